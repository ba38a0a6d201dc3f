import Diagnostics
import Git
import History
import Registry
import Rules
import SourceText
import Syntax

/// What the catalogue demands of a kind of baseline, judged over the way from the one before.
struct DemandCheck {
  let demands: BaselineDemands
  let request: Creation.Request
  let index: RecordIndex
  let before: RecordIndex?
  let previous: Baseline?
  let tree: CommitTree
  let repository: Repository
  private let scope: BaselineScope
  private(set) var obstacles: [Obstacle] = []

  init(
    _ kind: BaselineKind, _ request: Creation.Request, _ index: RecordIndex,
    before: RecordIndex?, previous: Baseline?, _ tree: CommitTree, _ repository: Repository
  ) {
    demands = kind.demands
    scope = BaselineScope(kind)
    self.request = request
    self.index = index
    self.before = before
    self.previous = previous
    self.tree = tree
    self.repository = repository
  }

  /// Judges everything, and goes on where something stands in the way.
  mutating func run() throws {
    if demands.decision, request.decisions.isEmpty {
      add(.baselineDecision, "it names no decision (--decision)")
    }
    if demands.published {
      switch request.published {
      case nil: add(.baselinePublished, "it does not say when it was published (--published)")
      case let day? where day > request.effective:
        add(
          .baselinePublished,
          "it is published on \(day), after it is in force (\(request.effective))")
      default: break
      }
    }
    if demands.versions { try judgeVersions() }
    guard let previous, !demands.explained.isEmpty || demands.modifications else { return }
    let reasons = try Reasons(from: previous.tag.target, to: tree.commit, in: repository)
    let old = try CommitTree(at: previous.tag.target.description, in: repository)
    let changes = try tree.changes(since: old).filter { change in
      change.path.string.hasPrefix(Catalogue.folder + "/") && holds(change.path)
    }
    if !demands.explained.isEmpty { judgeExplanations(changes, reasons) }
    if demands.modifications, let rule = index.snapshot.catalogue.modifications {
      judgeModifications(rule, changes, reasons)
    }
  }

  private mutating func add(_ code: Diagnostic.Code, _ reason: String) {
    obstacles.append(Obstacle(code, reason))
  }

  private func holds(_ path: RepoPath) -> Bool {
    let files = [index, before].compactMap { version in
      version.flatMap { version in
        version.snapshot.file(at: path).map {
          ($0, version.snapshot.catalogue.registers[$0.register])
        }
      }
    }
    if !files.isEmpty { return files.contains { scope.holds($0, of: $1) } }
    return index.snapshot.catalogue.registers.contains { scope.holds($0) && $0.claims(path) }
  }

  /// The version of a document rises when its text changes, and only then (rule R20); an amendment that has no
  /// words of its own is one that the amendment record has.
  private mutating func judgeVersions() throws {
    guard let before, let previous else { return }
    for (position, register) in index.snapshot.catalogue.registers.enumerated()
    where register.shape == .document && scope.holds(register) {
      guard let old = before.position(ofRegister: register.name) else { continue }
      for record in index.records[position] where scope.holds(record, of: register) {
        // A draft stands for no text yet.
        guard let earlier = before.record(record.id, in: old),
          !RegisterRule.isDraft(earlier, in: register),
          let one = RegisterRule.version(of: earlier, in: register),
          let two = RegisterRule.version(of: record, in: register),
          let isSame = RegisterRule.saysSame(
            earlier, in: before, as: record, in: index, register)
        else { continue }
        if RegisterRule.isDraft(record, in: register) {
          guard !isSame || one != two else { continue }
          let reasons = try Reasons(
            from: previous.tag.target, to: tree.commit, in: repository, behind: [record.path])
          add(
            .baselineVersion,
            "'\(record.id)' is a draft of version \(two)\(Self.last(reasons.commits(behind: record.path))), "
              + "and version \(one) is in force: keep a draft on a branch until it is released")
        } else if isSame, one != two, !RegisterRule.isOnRecord(record, in: register) {
          add(.baselineVersion, "'\(record.id)' has the version \(two) and the text of \(one)")
        } else if !isSame, one == two {
          add(
            .baselineVersion, "the text of '\(record.id)' changed, and its version is still \(one)")
        } else if !isSame, NaturalKey(two) < NaturalKey(one) {
          add(.baselineVersion, "the version of '\(record.id)' went back from \(one) to \(two)")
        }
      }
    }
  }

  /// Returns which commit changed a file last, in brackets after a word.
  private static func last(_ commits: [Commit]) -> String {
    commits.last.map { " (\($0.id.description.prefix(7)) \($0.subject))" } ?? ""
  }

  /// Behind each change stands a commit that says on what decision (rule R28).
  private mutating func judgeExplanations(_ changes: [TreeChange], _ reasons: Reasons) {
    for change in changes {
      let commits = reasons.commits(behind: change.path)
      let isExplained = commits.contains { commit in
        commit.trailers.contains { demands.explained.contains($0.key) }
      }
      guard !isExplained else { continue }
      add(
        .baselineUnexplained,
        "'\(change.path)' changed\(Self.last(commits)), and no commit says why with "
          + demands.explained.map { "'\($0): …'" }.joined(separator: " or "))
    }
  }

  private mutating func judgeModifications(
    _ rule: ModificationProcess, _ changes: [TreeChange], _ reasons: Reasons
  ) {
    guard let position = index.position(ofRegister: rule.register) else { return }
    var touched: [String: Set<RepoPath>] = [:]
    for change in changes {
      for commit in reasons.commits(behind: change.path) {
        for trailer in commit.trailers where trailer.key == rule.trailer {
          touched[trailer.value, default: []].insert(change.path)
        }
      }
    }
    for name in touched.keys.sorted() {
      guard let record = index.record(name, in: position) else {
        add(.baselineModification, "'\(rule.trailer): \(name)' names nothing in '\(rule.register)'")
        continue
      }
      let state = record.node[rule.state]?.text ?? "nothing"
      let allowed = rule.approved + [rule.implemented].compactMap(\.self)
      if !allowed.contains(state) {
        add(
          .baselineModification,
          "'\(name)' is carried out and is '\(state)', not '"
            + allowed.joined(separator: "' or '") + "'")
      }
    }
    guard let implemented = rule.implemented else { return }
    for record in index.records[position] where record.node[rule.state]?.text == implemented {
      let earlier = before.flatMap { before in
        before.position(ofRegister: rule.register).flatMap { before.record(record.id, in: $0) }
      }
      guard earlier?.node[rule.state]?.text != implemented else { continue }
      let paths = Set((touched[record.id] ?? []).map(\.string))
      for item in rule.affects.flatMap({ record.node[$0] })?.elements ?? [] {
        guard let id = item.string, let path = path(of: id), !paths.contains(path.string) else {
          continue
        }
        add(
          .baselineModification,
          "'\(record.id)' is '\(implemented)' and claims to change '\(id)', which no commit with "
            + "'\(rule.trailer): \(record.id)' does")
      }
    }
  }

  /// Returns the path of an item, whichever register it is in.
  private func path(of id: String) -> RepoPath? {
    for position in index.records.indices {
      if let record = index.record(id, in: position) { return record.path }
    }
    return nil
  }
}

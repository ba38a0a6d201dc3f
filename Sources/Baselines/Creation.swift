import Diagnostics
package import Git
package import Registry
package import Rules
package import SourceText
import Syntax

/// A baseline that somebody wants to make, and what stands in its way.
package struct Creation {
  /// What the user says of it.
  package struct Request: Sendable {
    package var name: String
    package var effective: Day
    /// The day on which it was published, where that is known.
    package var published: Day?
    package var decisions: [String] = []
    package var cause: String?
    package var text: String?
    /// Whether there is no baseline of the kind yet, for the user knows it.
    package var isFirst = false

    package init(name: String, effective: Day) {
      self.name = name
      self.effective = effective
    }
  }

  package let request: Request
  package let kind: BaselineKind
  package let previous: Baseline?
  /// Why it cannot be made; all at once.
  package private(set) var obstacles: [Obstacle] = []
  /// What it holds that is no text in force, in words.
  package private(set) var drafts: [String] = []
  package let manifest: Manifest
  private let tree: CommitTree
  private let repository: Repository

  /// Looks whether a baseline can be made.
  ///
  /// - Parameters:
  ///   - request: What is wanted.
  ///   - kind: Its kind.
  ///   - index: The records of the commit.
  ///   - tree: The commit.
  ///   - ledger: The baselines that there are.
  ///   - before: The records of the baseline of the kind before it.
  ///   - repository: Where it is made.
  ///   - jobs: The largest number of tasks at work at once.
  /// - Throws: `GitError` or `SourceTreeError` where something cannot be read.
  package init(
    _ request: Request, of kind: BaselineKind, _ index: RecordIndex, in tree: CommitTree,
    _ ledger: Ledger, with before: RecordIndex?, _ repository: Repository, jobs: Int
  ) async throws {
    self.request = request
    self.kind = kind
    previous = try ledger.baseline(toFollow: request.name, of: kind)
    self.tree = tree
    self.repository = repository
    manifest = try await Manifest(
      of: index.snapshot, in: tree, kind: kind, name: request.name,
      effective: request.effective.description, jobs: jobs)
    if try repository.reference("refs/tags/" + request.name) != nil {
      add(.tagExists, "there is a tag '\(request.name)' already, and a baseline is never moved")
    }
    judgeName()
    judgeSubject(index)
    judgeClone(ledger)
    judgePrevious()
    judgeDecisions(index)
    var check = DemandCheck(
      kind, request, index, before: before, previous: previous, tree, repository)
    try check.run()
    obstacles += check.obstacles
    let scope = BaselineScope(kind)
    drafts = RegisterRule.drafts(in: index)
      .filter { scope.holds($0.record, of: $0.register) }
      .map { "'\($0.record.id)' is a draft" + ($0.version.map { " (version \($0))" } ?? "") }
  }

  private mutating func add(_ code: Diagnostic.Code, _ reason: String) {
    obstacles.append(Obstacle(code, reason))
  }

  /// A version is a number: what stands before its first digit belongs to the template of the kind.
  private mutating func judgeName() {
    guard kind.property == "version", let value = kind.value(in: request.name),
      let first = value.first, first == "v" || first == "V",
      value.dropFirst().first?.isNumber == true
    else { return }
    add(
      .baselineName,
      "'\(value)' is no number: name it '\(kind.template.replacing("{version}", with: value.dropFirst()))', "
        + "or let the kind's tag be '\(kind.template.replacing("{", with: "v{"))'")
  }

  /// What a kind is named after is there: the meeting of `panel/SECP39`, where there is a register of meetings.
  private mutating func judgeSubject(_ index: RecordIndex) {
    let fault = index.fault(
      ofBaselineNamed: request.name, from: request.effective.description, of: kind)
    if let fault { add(.baselineName, "'\(request.name)' \(fault)") }
  }

  /// A clone that may lack baselines cannot tell which one is before.
  private mutating func judgeClone(_ ledger: Ledger) {
    let words = ledger.gaps.words.joined(separator: ", ")
    let remedy = ledger.gaps.remedy ?? "git fetch --tags"
    if ledger.gaps.isShallow {
      add(
        .baselineClone, "\(words): the way from the baseline before cannot be seen; run: \(remedy)")
    } else if previous == nil, ledger.gaps.mayLackTags, !request.isFirst {
      add(
        .baselineClone,
        "\(words): a baseline before it may be missing here; run: \(remedy); where there is none yet, say --first"
      )
    }
    if let previous, request.isFirst {
      add(.baselineOrder, "it is not the first: '\(previous.name)' is before it")
    }
    if !ledger.branches.isEmpty, !ledger.gaps.isShallow,
      repository.reachable([tree.commit], from: ledger.branches).isEmpty
    {
      add(.baselineBranch, "\(tree.title) is on no branch")
    }
  }

  private mutating func judgePrevious() {
    guard let previous else { return }
    let (value, before) = (kind.value(in: request.name), kind.value(in: previous.name))
    if let value, let before, NaturalKey(value) <= NaturalKey(before) {
      add(
        .baselineOrder,
        "'\(value)' does not come after '\(before)' (numbers compare as numbers: 5.9 < 5.10)")
    }
    if let day = previous.effective.flatMap(Day.init), request.effective < day {
      add(
        .baselineOrder,
        "it is in force from \(request.effective), before '\(previous.name)' from \(day)")
    }
    if !repository.isAncestor(previous.tag.target, of: tree.commit) {
      add(.baselineOrder, "its commit does not follow that of '\(previous.name)'")
    }
  }

  /// A decision names a resolution of a meeting, `SECP39#24`; what takes effect was decided before.
  private mutating func judgeDecisions(_ index: RecordIndex) {
    guard let decisions = Decisions(in: index) else { return }
    for decision in request.decisions {
      if let fault = decisions.fault(of: decision) { add(.baselineDecision, fault) }
      guard let held = decisions.day(of: decision) else { continue }
      if let published = request.published, held > published {
        add(
          .baselinePublished,
          "it is published on \(published), before the decision '\(decision)' of \(held)")
      }
      guard held > request.effective else { continue }
      add(
        .baselineDecision,
        "it is in force from \(request.effective), before the decision '\(decision)' of \(held)")
    }
  }

  /// Adds what else stands in the way.
  package mutating func add(obstacle: Obstacle) { obstacles.append(obstacle) }

  /// Returns the message of the tag.
  package func message(tool: String) -> String {
    let value = kind.value(in: request.name) ?? request.name
    let text = request.text ?? "Baseline \(kind.name) \(value)"
    var lines = [
      "Baseline: \(request.name)", "Kind: \(kind.name)", "Effective: \(request.effective)",
    ]
    if let published = request.published { lines.append("Published: \(published)") }
    lines += request.decisions.map { "Decision: \($0)" }
    if let cause = request.cause { lines.append("Cause: \(cause)") }
    if let previous { lines.append("Previous: \(previous.tag.id)") }
    lines += [
      "Items: \(manifest.items.count)", "Files: \(manifest.files.count)",
      "Manifest-Format: \(Manifest.format)", "Manifest-SHA256: \(manifest.digest)", "Tool: \(tool)",
    ]
    var words = Substring(text)
    while let last = words.last, last.isWhitespace { words.removeLast() }
    return words + "\n\n" + lines.joined(separator: "\n") + "\n"
  }

  /// Writes the tag.
  ///
  /// - Parameters:
  ///   - tagger: Who makes it and when: `Name <address> seconds zone`.
  ///   - tool: What makes it, for the record.
  ///   - signing: How to sign it; `nil` leaves it unsigned.
  /// - Returns: The name of the tag object.
  /// - Throws: `Signing.Failure`, or `GitError` where the tag cannot be written.
  package func write(tagger: String, tool: String, signing: Signing?) throws -> ObjectID {
    precondition(obstacles.isEmpty, "whoever writes has looked at what stands in the way")
    let text =
      "object \(tree.commit)\ntype commit\ntag \(request.name)\ntagger \(tagger)\n\n"
      + message(tool: tool)
    var bytes = Array(text.utf8)
    if let signing { bytes += Array(try signing.signature(of: bytes).utf8) }
    return try repository.createTag(bytes, named: request.name)
  }
}

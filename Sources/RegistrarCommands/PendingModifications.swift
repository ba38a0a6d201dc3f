import Baselines
import Comparison
import Git
import Registry
import Rules
import SourceText
import Syntax

/// A modification that is still to come, with its text where there is a branch of it.
struct PendingModification {
  let record: Record
  let state: String?
  let effective: Day?
  /// The end of its branch.
  let tip: ObjectID?
  /// The commit that its text is drafted from.
  let base: ObjectID?
  /// The baseline that the record names as what it is drafted against.
  let draftedAgainst: String?
  /// Whether the version has the whole of its branch, and the branch more than what it was drafted from.
  let isMerged: Bool

  var id: String { record.id }
  var title: String { record.node["title"]?.text ?? "" }

  /// Returns the day, the meeting or the decision of the last entry of a list in the record that set its state; `nil`
  /// where none did.
  func told(by process: ModificationProcess) -> String? {
    let entries = record.node.members.filter { $0.value.kind == .array }.flatMap(\.value.elements)
    guard let state, let entry = entries.last(where: { $0[process.state]?.text == state }) else {
      return nil
    }
    return (entry["date"] ?? entry["meeting"] ?? entry["decision"])?.text
  }
}

/// The modifications of a version that are still to come.
struct PendingModifications {
  let process: ModificationProcess
  /// In the order of their days of effect; those without one come last.
  let all: [PendingModification]

  /// Finds them.
  ///
  /// - Parameters:
  ///   - index: The records of the version.
  ///   - commit: The version.
  ///   - repository: Where the branches are.
  /// - Throws: `Failure` where the catalogue says nothing of modifications; `GitError`.
  init(in index: RecordIndex, at commit: ObjectID, _ repository: Repository) throws {
    guard let process = index.snapshot.catalogue.modifications,
      let register = index.position(ofRegister: process.register)
    else {
      throw Failure(
        "the catalogue does not say how modifications are kept",
        hint: "Write 'modifications: {register: …, state: …}' in \(Catalogue.path)")
    }
    self.process = process
    var all: [PendingModification] = []
    for record in index.records[register] {
      let state = record.node[process.state]?.text
      guard process.isPending(state) else { continue }
      let drafted = process.draftedAgainst.flatMap { record.node[$0]?.text }
      var (tip, base): (ObjectID?, ObjectID?) = (nil, nil)
      if let name = process.branch?.path({ $0 == "id" ? record.id : nil }) {
        tip = try repository.reference("refs/heads/" + name)
        if tip == nil { tip = try repository.reference("refs/remotes/origin/" + name) }
      }
      if let tip {
        base = drafted.flatMap { try? repository.commit(at: "refs/tags/" + $0) }
        if base.map({ repository.isAncestor($0, of: tip) }) != true {
          base = repository.mergeBase(commit, tip)
        }
      }
      let isMerged = tip.map { $0 == commit || repository.isAncestor($0, of: commit) } ?? false
      // A branch without a commit of its own is in every version after it.
      let hasText =
        drafted.flatMap { try? repository.commit(at: "refs/tags/" + $0) }
        .map { $0 != tip && $0 == base } ?? false
      all.append(
        PendingModification(
          record: record, state: state,
          effective: process.effective.flatMap { record.node[$0]?.text }.flatMap(Day.init),
          tip: tip, base: base, draftedAgainst: drafted, isMerged: isMerged && hasText))
    }
    let last = Day(number: .max)
    self.all = all.sorted {
      ($0.effective ?? last, NaturalKey($0.id)) < ($1.effective ?? last, NaturalKey($1.id))
    }
  }

  /// Those whose text is in the version, that are in force by a day by what they say, and that are told as pending
  /// still.
  func overtaken(by today: Day) -> [PendingModification] {
    all.filter { $0.isMerged && ($0.effective.map { $0 <= today } ?? false) }
  }

  /// Those that are decided.
  var approved: [PendingModification] {
    all.filter { $0.state.map { process.approved.contains($0) } ?? false }
  }
}

/// The text with one modification after another in it.
struct ConformedText {
  /// What one modification does to the text that those before it leave.
  struct Step {
    let modification: PendingModification
    let changes: Changes
    /// Files whose text could not be joined, because others changed the same words.
    let collisions: [RepoPath]
  }

  private(set) var steps: [Step] = []
  /// The text after the last.
  private(set) var tree: any SourceTree

  /// Joins modifications to a version.
  ///
  /// - Parameters:
  ///   - modifications: In the order of their days of effect.
  ///   - start: The version to begin with.
  ///   - reader: Compares versions.
  ///   - place: Where the commits are.
  /// - Throws: What reading throws.
  init(
    of modifications: [PendingModification], over start: any SourceTree, _ reader: ChangeReader,
    _ place: Workplace
  ) async throws {
    tree = start
    for modification in modifications {
      guard let tip = modification.tip, let base = modification.base else { continue }
      let repository = try place.openRepository()
      let old = try CommitTree(at: base.description, in: repository)
      let new = try CommitTree(at: tip.description, in: repository)
      var next = OverlayTree(over: tree, title: "with \(modification.id)")
      var collisions: [RepoPath] = []
      let catalogue = try Rulebook.catalogue(of: tree)
      for change in try new.changes(since: old)
      where change.path.string.hasPrefix(Catalogue.folder + "/") {
        let path = change.path
        func file(_ tree: any SourceTree) -> SourceFile? {
          (try? tree.bytes(of: path, limit: SyntaxLimits().bytes))
            .map { SourceFile(path: path, bytes: $0) }
        }
        guard let theirs = file(new) else {
          next[path] = .some(nil)
          continue
        }
        guard let base = file(old), let ours = file(tree), ours.bytes != base.bytes else {
          next[path] = theirs.bytes
          continue
        }
        let rules = catalogue.flatMap { MergeDriver.rules(for: path, $0, in: tree) }
        let labels = ConflictLabels(ours: tree.title, theirs: modification.id)
        let merge = ThreeWayMerge(
          base: base, ours: ours, theirs: theirs, register: rules?.register,
          program: rules?.program,
          labels: labels
        ) { MergeDriver.lines($0, $1, $2, labels) }
        if merge.conflicts > 0 {
          collisions.append(path)
        } else {
          next[path] = merge.bytes
        }
      }
      steps.append(
        Step(
          modification: modification, changes: try await reader.changes(from: tree, to: next),
          collisions: collisions))
      tree = next
    }
  }
}

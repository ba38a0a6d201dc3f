import Baselines
import Comparison
package import Git
package import Registry
package import Rules
package import SourceText
import Syntax

/// A modification that is still to come, with its text where there is a branch of it.
package struct PendingModification {
  package let record: Record
  package let state: String?
  package let effective: Day?
  /// The end of its branch.
  package let tip: ObjectID?
  /// The commit that its text is drafted from.
  package let base: ObjectID?
  /// The baseline that the record names as what it is drafted against.
  package let draftedAgainst: String?
  /// Whether the version has the whole of its branch, and the branch more than what it was drafted from.
  package let isMerged: Bool

  package var id: String { record.id }
  package var title: String { record.node["title"]?.text ?? "" }

  /// Returns the day, the meeting or the decision of the last entry of a list in the record that set its state; `nil`
  /// where none did.
  package func told(by process: ModificationProcess) -> String? {
    let entries = record.node.members.filter { $0.value.kind == .array }.flatMap(\.value.elements)
    guard let state, let entry = entries.last(where: { $0[process.state]?.text == state }) else {
      return nil
    }
    return (entry["date"] ?? entry["meeting"] ?? entry["decision"])?.text
  }
}

/// The modifications of a version that are still to come.
package struct PendingModifications {
  package let process: ModificationProcess
  /// In the order of their days of effect; those without one come last.
  package let all: [PendingModification]

  /// Finds them.
  ///
  /// - Parameters:
  ///   - index: The records of the version.
  ///   - commit: The version.
  ///   - repository: Where the branches are.
  /// - Throws: `Failure` where the catalogue says nothing of modifications; `GitError`.
  package init(in index: RecordIndex, at commit: ObjectID, _ repository: Repository) throws {
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
      if let name = process.branch(of: record.id) {
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
  package func overtaken(by today: Day) -> [PendingModification] {
    all.filter { $0.isMerged && ($0.effective.map { $0 <= today } ?? false) }
  }

  /// Those that are decided.
  package var approved: [PendingModification] {
    all.filter { $0.state.map { process.approved.contains($0) } ?? false }
  }
}

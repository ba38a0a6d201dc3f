package import Baselines
package import Comparison
import Diagnostics
import Git
package import Registry
import Rules
import SourceText
import Syntax

/// What came from one baseline to the next, as a Configuration Management Update tells it.
package struct ReleaseNotes {
  package let old: Baseline
  package let new: Baseline
  package let changes: Changes
  /// The documents that changed, each with its version before and now, and the commits behind it.
  package let documents: [(change: RecordChange, versions: [String?], reasons: [String])]
  /// The variations that ended in between.
  package let endedVariations: [Record]
  /// What is approved and comes next; `nil` where the catalogue says nothing of modifications.
  package let approved: [PendingModification]?

  /// The registers with what changed of what the baseline holds.
  package var registers: [(register: Register, changes: [RecordChange])] {
    changes.registers(of: new)
  }

  /// The texts that changed, each with how many of its passages did.
  package var texts: [(document: DocumentChange, count: Int)] {
    changes.documents.filter { !$0.isWhole }
      .map { ($0, $0.changes(in: $0.redline).count) }.filter { $0.1 > 0 }
  }

  /// Reads what came.
  ///
  /// - Parameters:
  ///   - first: The baseline before.
  ///   - second: The one that the notes are for.
  ///   - ledger: The baselines.
  ///   - reader: Compares versions.
  ///   - versions: Reads them.
  /// - Throws: `Failure` where there is no such baseline, or the second does not follow the first.
  package init(
    from first: String, to second: String, _ ledger: Ledger, _ reader: ChangeReader,
    _ versions: VersionReader
  ) async throws {
    (old, new) = (try ledger.baseline(named: first), try ledger.baseline(named: second))
    try Self.requireOrder(old, new, ledger)
    let tree = try reader.place.tree(at: .revision(new.tag.target.description))
    let changes = try await reader.changes(
      from: try reader.place.tree(at: .revision(old.tag.target.description)), to: tree)
    self.changes = changes
    documents = changes.registers.filter { $0.register.shape == .document }.flatMap(\.changes)
      .map { change in
        (
          change, [change.old, change.new].map { $0?.node["version"]?.text },
          changes.reasons(change)
        )
      }
    let index = RecordIndex(of: try await versions.snapshot(of: tree))
    endedVariations = Self.ended(between: old, new, index)
    if index.snapshot.catalogue.modifications != nil, let commit = (tree as? CommitTree)?.commit {
      approved = try PendingModifications(in: index, at: commit, ledger.repository).approved
    } else {
      approved = nil
    }
  }

  private static func ended(
    between old: Baseline, _ new: Baseline, _ index: RecordIndex
  ) -> [Record] {
    guard let kept = index.snapshot.catalogue.variations,
      let register = index.position(ofRegister: kept.register),
      let first = old.effective.flatMap(Day.init), let last = new.effective.flatMap(Day.init)
    else { return [] }
    return index.records[register].filter { record in
      guard let day = record.node[kept.end]?.text.flatMap(Day.init) else { return false }
      return first <= day && day < last
    }
  }

  /// Fails where the second does not follow the first: notes tell what came after.
  private static func requireOrder(
    _ old: Baseline, _ new: Baseline, _ ledger: Ledger
  ) throws(Failure) {
    guard old.name != new.name else {
      throw Failure(
        "'\(old.name)' is named twice, and nothing changes from a baseline to itself",
        hint: "Name the one before first: registrar baseline notes BEFORE \(new.name)")
    }
    let chain = ledger.chain(of: new.name).map(\.name)
    let isReversed: Bool
    if let one = chain.firstIndex(of: old.name), let two = chain.firstIndex(of: new.name) {
      isReversed = one > two
    } else {
      isReversed =
        old.tag.target != new.tag.target
        && ledger.repository.isAncestor(new.tag.target, of: old.tag.target)
    }
    if isReversed {
      throw Failure(
        "'\(old.name)' comes after '\(new.name)'",
        hint: "Name the earlier one first: registrar baseline notes \(new.name) \(old.name)")
    }
    if ledger.gaps.isShallow, !ledger.repository.isAncestor(old.tag.target, of: new.tag.target) {
      try ledger.requireHistory(for: "why things changed from '\(old.name)' to '\(new.name)'")
    }
  }
}

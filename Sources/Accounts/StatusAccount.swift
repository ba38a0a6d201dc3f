package import Baselines
import Git
package import Registry
package import Rules
package import SourceText
import Syntax

/// Where everything stands at a version: the status accounting of ISO 10007.
package struct StatusAccount {
  /// The version.
  package let title: String
  package let index: RecordIndex
  /// The last baseline of each kind with what changed since, in the order of the kinds' names.
  package private(set) var baselines: [(kind: String, baseline: Baseline, changes: Changes)] = []
  /// Whether the last baselines cannot be told, since tags or commits may be missing.
  package let isUnclear: Bool
  /// The modifications that are to come; `nil` where the catalogue says nothing of them.
  package let pending: PendingModifications?
  /// The day that the version is looked at from.
  package let day: Day

  /// A register with how many of its items are in which state.
  package struct Register {
    package let name: String
    package let count: Int
    /// The states with how many items are in each, the most first.
    package let states: [(state: String, count: Int)]
  }

  /// Reads where everything stands.
  ///
  /// - Parameters:
  ///   - tree: The version.
  ///   - commit: The same as a commit.
  ///   - today: The day of whoever asks.
  ///   - ledger: The baselines.
  ///   - reader: Compares versions.
  ///   - versions: Reads them.
  /// - Throws: What reading throws.
  package init(
    at tree: any SourceTree, _ commit: ObjectID, today: Day, _ ledger: Ledger,
    _ reader: ChangeReader, _ versions: VersionReader
  ) async throws {
    title = tree.title
    index = RecordIndex(of: try await versions.snapshot(of: tree))
    let last = try ledger.lastBaselines(before: commit)
    isUnclear = ledger.gaps.isShallow || (last.isEmpty && ledger.gaps.mayLackTags)
    for (kind, baseline) in last.sorted(by: { $0.key < $1.key }) {
      let old = try reader.place.tree(at: .revision(baseline.tag.target.description))
      baselines.append((kind, baseline, try await reader.changes(from: old, to: tree)))
    }
    pending =
      index.snapshot.catalogue.modifications == nil
      ? nil : try PendingModifications(in: index, at: commit, ledger.repository)
    day = try ledger.day(of: commit, today: today)
  }

  /// The registers in the order of the catalogue.
  package var registers: [Register] {
    index.snapshot.catalogue.registers.enumerated().map { position, register in
      let records = index.records[position]
      var counts: [String: Int] = [:]
      for record in records { if let state = record.state { counts[state, default: 0] += 1 } }
      return Register(
        name: register.name, count: records.count,
        states: counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
          .map { ($0.key, $0.value) })
    }
  }

  /// Every item with its version, its state and whether it changed since the last baseline of its kind, in the order
  /// of the catalogue.
  package var items: [(register: String, record: Record, isChanged: Bool)] {
    var changed: Set<[String]> = []
    for (_, baseline, changes) in baselines {
      for (register, items) in changes.items(of: baseline) {
        for item in items { changed.insert([register.name, item.id]) }
      }
    }
    return index.snapshot.catalogue.registers.enumerated().flatMap { position, register in
      index.records[position].sorted { NaturalKey($0.id) < NaturalKey($1.id) }
        .map { (register.name, $0, changed.contains([register.name, $0.id])) }
    }
  }

  /// The variations in force on the day; `nil` where the catalogue says nothing of variations.
  package var variations: [(record: Record, end: String?)]? {
    guard let kept = index.snapshot.catalogue.variations,
      let register = index.position(ofRegister: kept.register)
    else { return nil }
    return index.records[register].sorted { NaturalKey($0.id) < NaturalKey($1.id) }
      .map { ($0, $0.node[kept.end]?.text) }
      // One whose end is no date is told as it stands.
      .filter { $0.end.flatMap(Day.init).map { day <= $0 } ?? true }
  }
}

extension Record {
  /// The state that the record says it is in, by the first property of those that registers use for it.
  package var state: String? { (node["status"] ?? node["stage"] ?? node["state"])?.text }
}

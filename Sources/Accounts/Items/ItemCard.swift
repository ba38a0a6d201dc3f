import Baselines
import Comparison
import Diagnostics
package import Git
import History
package import Registry
import Rules
package import SourceText
import Syntax

/// An item with where it stands: what it is, since when, by which decision, in which baselines, and what refers to what.
package struct ItemCard {
  package let register: Register
  package let record: Record
  package let catalogue: Catalogue
  /// The clause or the field that is asked for alone.
  package let part: String?
  /// The line of the file where it begins, and its place among those of its register, from 1.
  package let line: Int
  package let position: Int?
  package let count: Int
  /// The fields that hold a day.
  package let dates: [(field: String, day: Day)]
  /// The last commit that changed it; `nil` where none has it.
  package private(set) var changed: Commit?
  /// Whether a shallow clone ends before that commit.
  package private(set) var isCut = false
  /// Whether it is told as no commit has it yet.
  package private(set) var isUncommitted = false
  /// The baselines that hold it; `nil` where that cannot be told.
  package private(set) var holders: Holders?
  package let refersTo: [(id: String, registers: [String])]
  package let referredToBy: [Place]
  /// Where a document names it in the place of its words.
  package let namedIn: [Place]
  /// Where a text cites it.
  package let citedIn: [Place]
  /// The id that was asked for, where the item has another one now.
  package let formerName: String?
  private let snapshot: Snapshot

  /// Something that leads to an item.
  package struct Place: Hashable {
    package let id: String
    package let register: String
    /// The file and the line, where it is a place in a text.
    package var path: RepoPath?
    package var line: Int?
  }

  /// Looks an item up.
  ///
  /// - Parameters:
  ///   - name: The item, with a clause or a field behind a colon.
  ///   - source: The version.
  ///   - place: Where it is.
  ///   - versions: Reads it.
  /// - Throws: `Failure` where there is none, with when it went; what reading throws.
  package init(
    of name: String, at source: Workplace.Source, in place: Workplace, _ versions: VersionReader
  ) async throws {
    let named = ItemName(name)
    let tree = try place.tree(at: source)
    let snapshot = try await versions.snapshot(of: tree)
    let index = RecordIndex(of: snapshot)
    let (register, record, former) = try await Self.find(named.item, index, source, place)
    if let part = named.part { try snapshot.require(part, of: record, in: register) }
    (self.snapshot, self.register, self.record) = (snapshot, register, record)
    (catalogue, part, formerName) = (snapshot.catalogue, named.part, former)
    let records = snapshot.records(of: register)
    let spot = records.firstIndex { $0.node.index == record.node.index && $0.id == record.id }
    (position, count) = (spot.map { $0 + 1 }, records.count)
    line = LineIndex(record.node.tree.file).position(at: record.node.range.offsets.lowerBound).line
    dates = record.node.members.compactMap { member in
      member.value.text.flatMap(Day.init).map { (member.key.text ?? "", $0) }
    }
    refersTo = Self.links(from: record, snapshot)
    referredToBy = Self.links(to: record, in: register, snapshot)
    let clause = named.part.flatMap { record.node[$0] == nil ? $0 : nil }
    namedIn =
      named.part == nil
      ? Self.places(RegisterRule.places(naming: record, in: register, index), snapshot) : []
    citedIn = Self.places(
      RegisterRule.places(citing: clause, of: record, in: register, index), snapshot)
    guard named.part == nil, let repository = place.repository, !repository.isUnborn else { return }
    try await addHistory(source, place, tree)
  }

  /// The clause that is asked for; `nil` where a field is, or nothing.
  ///
  /// - Throws: `Failure` where there is none.
  package func clause() throws(Failure) -> String? {
    guard let part, register.shape == .document, record.node[part] == nil else { return nil }
    return try snapshot.clause(part, of: record, in: register).source
  }

  /// How many passages a document has; `nil` of other items.
  package var passages: Int? {
    guard register.shape == .document, record.path.name.hasSuffix(".md") else { return nil }
    return Passage.passages(of: record.node.tree.file, register.numbering)
      .count { $0.kind != .head }
  }

  /// The item as its file has it; a row with the names of its columns.
  package var source: String {
    let file = record.node.tree.file
    switch register.shape {
    case .record, .document: return file.text(of: 0..<file.bytes.count)
    case .list: return "  " + file.text(of: record.node.range.offsets) + "\n"
    case .table:
      return record.node.members.map { "\($0.key.text ?? ""): \($0.value.text ?? "")\n" }.joined()
    }
  }

  /// Adds the last commit and the baselines.
  private mutating func addHistory(
    _ source: Workplace.Source, _ place: Workplace, _ tree: any SourceTree
  ) async throws {
    let revision = if case .revision(let revision) = source { revision } else { "HEAD" }
    let past = try Past(upTo: revision, in: place)
    var history = ItemHistory(of: register, in: past.repository, by: snapshot.rulebook)
    let last = try await history.entries(
      of: record.id, at: register.paths(of: record), upTo: past.tip, most: 1
    ).first
    (changed, isCut) = (last?.commit, last?.isCut ?? false)
    var finder = RecordFinder(record, of: register, by: snapshot.rulebook)
    if source.isDesk {
      isUncommitted = try await finder.record(in: past.tree).map { !finder.isSame($0) } ?? true
    }
    let ledger = try place.ledger()
    guard !ledger.gaps.mayLackTags else { return }
    holders = try await Holders(&finder, of: register, ledger)
  }

  /// Finds an item, also by an id that it had before; of one that is gone the failure says since when.
  private static func find(
    _ name: String, _ index: RecordIndex, _ source: Workplace.Source, _ place: Workplace
  ) async throws -> (register: Register, record: Record, former: String?) {
    do throws(Failure) {
      let (register, record) = try index.item(name)
      return (register, record, nil)
    } catch {
      guard error.isAbsence else { throw error }
      let catalogue = index.snapshot.catalogue
      for (position, register) in catalogue.registers.enumerated() {
        for id in register.ids(meant: name) {
          if let heir = index.records[position].first(where: { $0.formerIDs.contains(id) }) {
            return (register, heir, id)
          }
        }
      }
      let graves = catalogue.registers.lazy.compactMap { register in
        register.ids(meant: name).lazy.compactMap { id in
          index.tombstone(of: id, in: register).map { (id, register, $0) }
        }.first
      }
      let grave = graves.first
      // Only what is committed has a history.
      let revision = if case .revision(let revision) = source { revision } else { "HEAD" }
      guard let lost = try await (try? Past(upTo: revision, in: place))?.lost(name) else {
        guard let (id, register, words) = grave else { throw error }
        throw Failure(
          "'\(id)' of '\(register.name)' is gone, as its tombstone says: \(words)", isAbsence: true)
      }
      let commit = lost.commit.description.prefix(7)
      throw Failure(
        "'\(lost.id)' was removed in commit \(commit) (\(lost.subject))"
          + (grave.map { "; its tombstone says: \($0.2)" } ?? ""),
        hint: "See it as it was with: registrar show \(lost.id) --at \(commit)^; "
          + "its life with: registrar log \(lost.id)")
    }
  }

  private static func links(
    from record: Record, _ snapshot: Snapshot
  ) -> [(id: String, registers: [String])] {
    let nodes = record.node.tree.nodes
    let range = record.node.index..<Int(nodes[record.node.index].end)
    var seen: Set<String> = []
    return snapshot.references.filter { reference in
      reference.value.tree === record.node.tree && range.contains(reference.value.index)
    }.map { ($0.id, $0.registers) }.filter { seen.insert("\($0)").inserted }
  }

  private static func links(
    to record: Record, in register: Register, _ snapshot: Snapshot
  ) -> [Place] {
    var places: [Place] = []
    for reference in snapshot.references
    where reference.id == record.id && reference.registers.contains(register.name) {
      guard let owner = snapshot.owner(of: reference) else { continue }
      places.append(Place(id: owner.record.id, register: owner.register.name))
    }
    return unique(places)
  }

  private static func places(_ cited: [CitedPlace], _ snapshot: Snapshot) -> [Place] {
    unique(
      cited.compactMap { place in
        snapshot.source(at: place.range.path).map { source in
          let line = LineIndex(source).position(at: place.range.offsets.lowerBound).line
          return Place(
            id: place.record.id, register: place.register.name, path: place.range.path, line: line)
        }
      })
  }

  private static func unique(_ places: [Place]) -> [Place] {
    var seen: Set<Place> = []
    return places.filter { seen.insert($0).inserted }
  }
}

extension Workplace.Source {
  /// Whether it is what whoever works sees, and no commit.
  fileprivate var isDesk: Bool {
    switch self {
    case .workTree, .index: true
    case .revision: false
    }
  }
}

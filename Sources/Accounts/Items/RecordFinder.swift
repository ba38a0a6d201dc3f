import Comparison
import Diagnostics
import Git
import Registry
import Rules
import SourceText
import Syntax

/// Finds a record as other versions have it; a file that is the same in several is read once.
struct RecordFinder {
  private let record: Record
  private let register: Register
  private let rulebook: Rulebook
  private let ids: [String]
  private let paths: [RepoPath]
  private var known: [TreeEntry: Record?] = [:]

  init(_ record: Record, of register: Register, by rulebook: Rulebook) {
    (self.record, self.register, self.rulebook) = (record, register, rulebook)
    ids = [record.id] + record.formerIDs
    paths = register.paths(of: record) + record.formerIDs.flatMap { register.paths(of: $0) }
  }

  /// Returns the record in a version, also under an id that it had before; `nil` where it is not there.
  mutating func record(in tree: CommitTree) async throws -> Record? {
    let entries =
      register.isPlacedByID
      ? try paths.compactMap { path throws(SourceTreeError) in try tree.entry(at: path) }
      : try tree.entries(under: RepoPath(Catalogue.folder)).filter { register.claims($0.path) }
    for entry in entries where entry.kind == .file {
      if let found = try await record(at: entry, in: tree) { return found }
    }
    return nil
  }

  private mutating func record(at entry: TreeEntry, in tree: CommitTree) async throws -> Record? {
    if let found = known[entry] { return found }
    var dropped = Report()
    let snapshot = try await Snapshot.read(
      tree, [entry], by: rulebook, jobs: 1, judges: false, into: &dropped)
    let found = snapshot.files.flatMap(\.records).first { ids.contains($0.id) }
    known[entry] = .some(found)
    return found
  }

  /// Whether another version of the record says the same.
  func isSame(_ other: Record) -> Bool {
    guard register.shape == .document else { return record.node.isSame(as: other.node) }
    return record.node.tree.file.bytes == other.node.tree.file.bytes
  }
}

import Accounts
import Diagnostics
import Git
import Registry
import Rules
import SourceText

extension Session {
  /// Finds an item and reads no more files than may hold it: where the path gives the id, one.
  ///
  /// - Parameters:
  ///   - name: What the user wrote.
  ///   - tree: Where.
  /// - Returns: The item, and a snapshot of the files that were read.
  /// - Throws: `Failure` where there is none, or several.
  mutating func item(
    _ name: String, in tree: CommitTree
  ) async throws -> (snapshot: Snapshot, register: Register, record: Record) {
    var dropped = Report()
    if let rulebook = try Rulebook.read(tree, into: &dropped) {
      let registers = rulebook.catalogue.registers
      let entries: [TreeEntry]
      if registers.allSatisfy(\.isPlacedByID) {
        let paths = registers.flatMap { register in
          register.ids(meant: name).flatMap { register.paths(of: $0) }
        }
        entries = try Set(paths).sorted().compactMap { path throws(SourceTreeError) in
          try tree.entry(at: path)
        }
      } else {
        entries = try tree.entries(under: RepoPath(Catalogue.folder)).filter { entry in
          registers.contains { $0.mayHold(name, at: entry.path) }
        }
      }
      let snapshot = try await Snapshot.read(
        tree, entries, by: rulebook, jobs: processorCount, judges: false, into: &dropped)
      if let (register, record) = try? RecordIndex(of: snapshot).item(name) {
        return (snapshot, register, record)
      }
    }
    let snapshot = try await snapshotToShow(tree)
    let (register, record) = try RecordIndex(of: snapshot).item(name)
    return (snapshot, register, record)
  }
}

extension Register {
  /// Whether a file of the register may hold an item that a user names.
  fileprivate func mayHold(_ name: String, at path: RepoPath) -> Bool {
    guard claims(path) else { return false }
    guard let id = id(at: path) else { return true }
    return ids(meant: name).contains(id)
  }
}

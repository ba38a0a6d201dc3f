import Diagnostics
package import Git
package import Registry
import Rules
package import SourceText

extension VersionReader {
  /// What a name leads to: an item, its register, and a snapshot of the files that were read.
  package typealias Found = (snapshot: Snapshot, register: Register, record: Record)

  /// Finds an item and reads no more files than may hold it: where the path gives the id, one.
  ///
  /// - Parameters:
  ///   - name: What the user wrote.
  ///   - tree: Where.
  /// - Returns: The item, and a snapshot of the files that were read.
  /// - Throws: `Failure` where there is none, or several.
  package func item(_ name: String, in tree: CommitTree) async throws -> Found {
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
        tree, entries, by: rulebook, jobs: jobs, judges: false, into: &dropped)
      if let (register, record) = try? RecordIndex(of: snapshot).item(name) {
        return (snapshot, register, record)
      }
    }
    let snapshot = try await self.snapshot(of: tree)
    let (register, record) = try RecordIndex(of: snapshot).item(name)
    return (snapshot, register, record)
  }

  /// Makes sure that an item has a part, by the record alone or by all of its register.
  ///
  /// - Throws: `Failure` where it has none.
  func require(_ part: String, of found: Found, in tree: CommitTree) async throws {
    do throws(Failure) {
      try found.snapshot.require(part, of: found.record, in: found.register)
    } catch {
      try await snapshot(of: tree).require(part, of: found.record, in: found.register)
    }
  }
}

extension Register {
  /// Whether a file of the register may hold an item that a user names.
  fileprivate func mayHold(_ name: String, at path: RepoPath) -> Bool {
    guard claims(path) else { return false }
    guard let id = id(at: path) else { return true }
    return ids(meant: name).contains(id)
  }

  /// Where a record stands, and where it may have stood before.
  package func paths(of record: Record) -> [RepoPath] {
    let own = path(of: record.id) { record.text(of: $0) }
    let others = [own].compactMap(\.self) + paths(of: record.id)
    return [record.path] + others.filter { $0 != record.path }
  }
}

/// What a user names: an item, and what stands behind its colon.
package struct ItemName {
  package let item: String
  /// A clause or a field; `nil` where the item is meant as a whole.
  package let part: String?

  /// Splits `SEC-H:H8.4(b)`; text without a colon names no part.
  package init(_ text: String) {
    let colon = text.firstIndex(of: ":")
    item = String(colon.map { text[..<$0] } ?? text[...])
    part = colon.map { String(text[text.index(after: $0)...]) }
  }
}

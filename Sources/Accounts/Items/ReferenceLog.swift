package import Git
package import Registry
import Rules
import SourceText

/// What commits changed that name a decision or a modification.
package struct ReferenceLog {
  package let catalogue: Catalogue
  /// The commits, newest first, with all that each changed; `nil` where its catalogue cannot be read.
  package private(set) var steps: [(commit: Commit, changes: Changes?)] = []
  /// Names that are other ones now.
  package private(set) var renamed: [(name: String, now: String)] = []

  /// Looks for the commits.
  ///
  /// - Parameters:
  ///   - wanted: The trailers that they have one of.
  ///   - past: Up to when.
  ///   - reader: Reads what changed.
  ///   - versions: Reads the registers that say what the names are.
  /// - Throws: `Failure` where a name is of nothing; what reading throws.
  package init(
    of wanted: [(key: String, value: String)], _ past: Past, _ reader: ChangeReader,
    _ versions: VersionReader
  ) async throws {
    let index = RecordIndex(of: try await versions.snapshot(of: past.tree))
    catalogue = index.snapshot.catalogue
    // A record that was renamed is one under all its ids.
    var names: [String: Set<String>] = [:]
    for (key, value) in wanted {
      let aliases = index.aliases(of: value, namedBy: key)
      names[key.lowercased(), default: []].formUnion(aliases)
      if let now = aliases.first, now != value { renamed.append((value, now)) }
    }
    for commit in try past.repository.commits(from: nil, to: past.tip).reversed() {
      let isOf = commit.trailers.contains { trailer in
        names[trailer.key.lowercased()]?.contains(trailer.value) == true
      }
      guard isOf else { continue }
      let tree = try CommitTree(of: commit.id, in: past.repository)
      let before: any SourceTree =
        try commit.parents.first.map { try CommitTree(of: $0, in: past.repository) }
        ?? MemoryTree(bytes: [:])
      var changes: Changes?
      do { changes = try await reader.changes(from: before, to: tree) } catch is Failure {}
      steps.append((commit, changes))
    }
    guard steps.isEmpty else { return }
    for (key, value) in wanted where index.aliases(of: value, namedBy: key).first == value {
      try index.require(value, namedBy: key)
    }
  }
}

import Diagnostics
package import Git
package import Registry
import SourceText
import Syntax

/// The ids that a register has in the versions that a clone knows by a name: branches, those of remotes, tags.
package enum KnownIDs {
  /// Returns the ids of a register.
  ///
  /// - Parameters:
  ///   - position: The register, by its position in the catalogue.
  ///   - rulebook: The catalogue, by which all versions are read.
  ///   - repository: The clone.
  /// - Returns: The ids, those in its history that no name leads to left out.
  /// - Throws: `GitError` where references cannot be read; a version that cannot be read is left out.
  package static func all(
    of position: Int, by rulebook: Rulebook, in repository: Repository
  ) throws(GitError) -> Set<String> {
    var all: Set<String> = []
    try read(position, rulebook, repository) { all.formUnion($1) }
    return all
  }

  /// Returns the names of the versions in which a register has some ids.
  ///
  /// - Parameters:
  ///   - ids: The ids.
  ///   - position: The register, by its position in the catalogue.
  ///   - rulebook: The catalogue, by which all versions are read.
  ///   - repository: The clone.
  /// - Returns: For each id the names, `HEAD` among them.
  /// - Throws: `GitError` where references cannot be read; a version that cannot be read is left out.
  package static func versions(
    having ids: [String], of position: Int, by rulebook: Rulebook, in repository: Repository
  ) throws(GitError) -> [String: [String]] {
    var versions: [String: [String]] = [:]
    try read(position, rulebook, repository) { names, known in
      for id in ids where known.contains(id) { versions[id, default: []] += names }
    }
    return versions
  }

  /// Reads the ids of each version.
  private static func read(
    _ position: Int, _ rulebook: Rulebook, _ repository: Repository,
    _ body: (_ names: [String], _ ids: Set<String>) -> Void
  ) throws(GitError) {
    let register = rulebook.catalogue.registers[position]
    var names: [ObjectID: [String]] = [:]
    for name in ["HEAD"] + (try repository.revisionNames()) {
      if let commit = try? repository.commit(at: name) { names[commit, default: []].append(name) }
    }
    var blobs: [ObjectID: Set<String>] = [:]
    var reader = FileReader(rulebook)
    for (commit, names) in names.sorted(by: { $0.value[0] < $1.value[0] }) {
      guard let tree = try? CommitTree(of: commit, in: repository),
        let entries = try? tree.entries(under: RepoPath(Catalogue.folder))
      else { continue }
      var ids: Set<String> = []
      for entry in entries where entry.kind == .file && register.claims(entry.path) {
        if let id = register.id(at: entry.path) {
          ids.insert(id)
        } else if let object = entry.object {
          if blobs[object] == nil {
            var dropped = Report()
            let bytes = try? tree.bytes(of: entry.path, limit: SyntaxLimits().bytes)
            let file = bytes.map {
              reader.read(SourceFile(path: entry.path, bytes: $0), of: position, into: &dropped)
            }
            blobs[object] = Set((file?.records ?? []).map(\.id))
          }
          ids.formUnion(blobs[object] ?? [])
        }
      }
      body(names, ids)
    }
  }
}

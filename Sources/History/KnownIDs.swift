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
    let register = rulebook.catalogue.registers[position]
    var ids: Set<String> = []
    var (commits, blobs) = (Set<ObjectID>(), Set<ObjectID>())
    var reader = FileReader(rulebook)
    for name in try repository.revisionNames() {
      guard let commit = try? repository.commit(at: name), commits.insert(commit).inserted,
        let tree = try? CommitTree(of: commit, in: repository),
        let entries = try? tree.entries(under: RepoPath(Catalogue.folder))
      else { continue }
      for entry in entries where entry.kind == .file && register.claims(entry.path) {
        if let id = register.id(at: entry.path) {
          ids.insert(id)
        } else if let object = entry.object, blobs.insert(object).inserted,
          let bytes = try? tree.bytes(of: entry.path, limit: SyntaxLimits().bytes)
        {
          var dropped = Report()
          let file = reader.read(
            SourceFile(path: entry.path, bytes: bytes), of: position, into: &dropped)
          ids.formUnion(file.records.map(\.id))
        }
      }
    }
    return ids
  }
}

import Registry
import SourceText

/// The names of files that were added: others that look like them stand beside them.
struct AddedNames {
  let added: [RepoPath]
  private let files: Set<String>
  private let folders: Set<String>
  private let own: Set<String>
  /// Names are picked by number, and compared as texts only where that fits.
  private let digests: Set<UInt64>

  init(of added: [RepoPath]) {
    self.added = added
    files = Set(added.map { LookAlike.key(String($0.name)) })
    folders = Set(added.compactMap { $0.folder }.map { LookAlike.key($0.string) })
    own = Set(added.compactMap { $0.folder?.string })
    digests = Set(
      (added + added.compactMap(\.folder)).compactMap { path in
        var key = LookAlike.key(String(path.name))
        return key.withUTF8(LookAlike.digest)
      })
  }

  var isEmpty: Bool { added.isEmpty }

  /// Whether the name of a file, or the path of a folder, looks like that of one that was added.
  ///
  /// A folder that both share with their files is no neighbour.
  func lookLike(_ entry: TreeEntry) -> Bool {
    guard entry.kind != .folder else {
      return folders.contains(LookAlike.key(entry.path.string)) && !own.contains(entry.path.string)
    }
    return files.contains(LookAlike.key(String(entry.path.name)))
  }

  /// Returns the registers' files and folders that look like one that was added, in the order of paths.
  func neighbours(in tree: any SourceTree) throws(SourceTreeError) -> [RepoPath] {
    // To look through a few takes less time than to hash.
    let few = digests.count <= 8 ? Array(digests) : nil
    return try tree.entries(
      under: RepoPath(Catalogue.folder),
      named: { name in
        guard let digest = LookAlike.digest(name) else { return true }
        return few?.contains(digest) ?? digests.contains(digest)
      }
    ).filter(lookLike).map(\.path)
  }
}

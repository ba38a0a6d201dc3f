/// A tree of files that exist only in memory.
package struct MemoryTree: SourceTree, Sendable {
  package let title: String
  private let files: [RepoPath: [UInt8]]

  /// Makes a tree of texts by path.
  ///
  /// - Parameters:
  ///   - texts: The text of each file by its path.
  ///   - title: What the tree is called in messages.
  /// - Precondition: Every path is safe (``RepoPath``).
  package init(_ texts: [String: String], title: String = "memory") {
    self.init(bytes: texts.mapValues { Array($0.utf8) }, title: title)
  }

  /// Makes a tree of bytes by path.
  ///
  /// - Parameters:
  ///   - files: The bytes of each file by its path.
  ///   - title: What the tree is called in messages.
  /// - Precondition: Every path is safe (``RepoPath``).
  package init(bytes files: [String: [UInt8]], title: String = "memory") {
    self.title = title
    self.files = Dictionary(
      uniqueKeysWithValues: files.map { path, bytes in
        guard let path = RepoPath(path) else { preconditionFailure("'\(path)' is not a safe path") }
        return (path, bytes)
      })
  }

  package func entries(under folder: RepoPath?) -> [TreeEntry] {
    var folders: Set<RepoPath> = []
    for path in files.keys {
      var parent = path.folder
      while let folder = parent, folders.insert(folder).inserted {
        parent = folder.folder
      }
    }
    let all =
      files.keys.map { TreeEntry(path: $0, kind: .file) }
      + folders.map { TreeEntry(path: $0, kind: .folder) }
    return all.filter { entry in
      guard let folder else { return true }
      return entry.path != folder && entry.path.isInside(folder)
    }.sorted { $0.path < $1.path }
  }

  package func bytes(of path: RepoPath, limit: Int) throws(SourceTreeError) -> [UInt8] {
    guard let bytes = files[path] else {
      if !entries(under: path).isEmpty { throw .notAFile(path) }
      throw .missing(path)
    }
    guard bytes.count <= limit else { throw .tooLarge(path, size: bytes.count, limit: limit) }
    return bytes
  }

  package var shared: (any SourceTree & Sendable)? { self }
}

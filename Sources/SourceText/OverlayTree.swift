/// A tree with some of its files replaced, added or taken away.
package struct OverlayTree: SourceTree {
  package let title: String
  private let base: any SourceTree
  /// What stands at a path; `nil` for what is taken away.
  private var files: [RepoPath: [UInt8]?] = [:]

  package init(over base: any SourceTree, title: String) {
    self.base = base
    self.title = title
  }

  package subscript(path: RepoPath) -> [UInt8]?? {
    get { files[path] }
    set { files[path] = newValue }
  }

  package func entries(under folder: RepoPath?) throws(SourceTreeError) -> [TreeEntry] {
    var entries = try base.entries(under: folder).filter { files[$0.path] == nil }
    for (path, bytes) in files where bytes != nil && folder.map({ path.isInside($0) }) ?? true {
      entries.append(TreeEntry(path: path, kind: .file))
    }
    return entries.sorted { $0.path < $1.path }
  }

  package func entry(at path: RepoPath) throws(SourceTreeError) -> TreeEntry? {
    guard let own = files[path] else { return try base.entry(at: path) }
    return own == nil ? nil : TreeEntry(path: path, kind: .file)
  }

  package func hasFile(
    under folder: RepoPath?, where isWanted: (RepoPath) -> Bool
  ) throws(SourceTreeError) -> Bool {
    for (path, bytes) in files where bytes != nil && folder.map({ path.isInside($0) }) ?? true {
      if isWanted(path) { return true }
    }
    return try base.hasFile(under: folder) { files[$0] == nil && isWanted($0) }
  }

  package func bytes(of path: RepoPath, limit: Int) throws(SourceTreeError) -> [UInt8] {
    guard let own = files[path] else { return try base.bytes(of: path, limit: limit) }
    guard let bytes = own else { throw .missing(path) }
    guard bytes.count <= limit else { throw .tooLarge(path, size: bytes.count, limit: limit) }
    return bytes
  }
}

package import SourceText

/// What becomes of one file.
package struct FileEdit: Hashable, Sendable {
  package let path: RepoPath
  /// What it held when it was read; `nil` where it was not there.
  package let before: [UInt8]?
  /// What it is to hold; `nil` where it is to go.
  package let after: [UInt8]?

  package init(path: RepoPath, before: [UInt8]?, after: [UInt8]?) {
    self.path = path
    self.before = before
    self.after = after
  }

  /// The same as a difference of two trees.
  package var change: TreeChange {
    TreeChange(
      path: path, old: before.map { _ in TreeEntry(path: path, kind: .file) },
      new: after.map { _ in TreeEntry(path: path, kind: .file) })
  }
}

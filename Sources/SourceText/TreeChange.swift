/// A path that differs between two trees.
package struct TreeChange: Hashable, Sendable {
  package let path: RepoPath
  /// What stood there before; `nil` for what was added.
  package let old: TreeEntry?
  /// What stands there now; `nil` for what was removed.
  package let new: TreeEntry?

  package init(path: RepoPath, old: TreeEntry?, new: TreeEntry?) {
    self.path = path
    self.old = old
    self.new = new
  }

  /// Returns the files below some folders that differ between two trees of any kind, in the order of
  /// paths.
  ///
  /// Trees of Git know better ways between each other; this one reads what has no name to compare.
  ///
  /// - Parameters:
  ///   - old: The tree before.
  ///   - new: The tree now.
  ///   - folders: Where to look.
  /// - Returns: The changes, of files and not of folders.
  /// - Throws: `SourceTreeError` where a tree cannot be read.
  package static func changes(
    from old: any SourceTree, to new: any SourceTree, under folders: [RepoPath]
  ) throws(SourceTreeError) -> [TreeChange] {
    var changes: [TreeChange] = []
    for folder in folders {
      let before = try old.entries(under: folder)
      var next = before.startIndex
      // Both come in the order of paths.
      func removeUp(to path: RepoPath?) {
        while next < before.endIndex, path.map({ before[next].path < $0 }) ?? true {
          let entry = before[next]
          if entry.kind != .folder {
            changes.append(TreeChange(path: entry.path, old: entry, new: nil))
          }
          next += 1
        }
      }
      for entry in try new.entries(under: folder) where entry.kind != .folder {
        removeUp(to: entry.path)
        var other: TreeEntry?
        if next < before.endIndex, before[next].path == entry.path {
          other = before[next].kind == .folder ? nil : before[next]
          next += 1
        }
        if let other, try isSame(other, entry, old, new) { continue }
        changes.append(TreeChange(path: entry.path, old: other, new: entry))
      }
      removeUp(to: nil)
    }
    return changes.sorted { $0.path < $1.path }
  }

  private static func isSame(
    _ one: TreeEntry, _ two: TreeEntry, _ old: any SourceTree, _ new: any SourceTree
  ) throws(SourceTreeError) -> Bool {
    guard one.kind == two.kind else { return false }
    if let object = old.object(of: one), let other = new.object(of: two) {
      guard object == other else { return false }
    } else {
      // What cannot be read is told by the check; here it is a change.
      guard one.kind == .file, let bytes = try? old.bytes(of: one.path, limit: .max),
        let others = try? new.bytes(of: two.path, limit: .max), bytes == others
      else { return false }
    }
    guard let before = one.isExecutable, let now = new.isExecutable(one.path) else { return true }
    return before == now
  }
}

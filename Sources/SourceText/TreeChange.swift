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
      var before: [RepoPath: TreeEntry] = [:]
      for entry in try old.entries(under: folder) where entry.kind != .folder {
        before[entry.path] = entry
      }
      for entry in try new.entries(under: folder) where entry.kind != .folder {
        guard let other = before.removeValue(forKey: entry.path) else {
          changes.append(TreeChange(path: entry.path, old: nil, new: entry))
          continue
        }
        if try !isSame(other, entry, old, new) {
          changes.append(TreeChange(path: entry.path, old: other, new: entry))
        }
      }
      changes += before.values.map { TreeChange(path: $0.path, old: $0, new: nil) }
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

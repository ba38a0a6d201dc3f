import Clibgit2
import Glibc
package import SourceText

extension CommitTree {
  /// Returns the files that differ from those of an earlier commit, in the order of paths.
  ///
  /// Folders that are equal are never opened: the cost is that of what changed, where libgit2's own
  /// comparison expands both trees.
  ///
  /// - Parameter earlier: The commit to compare with.
  /// - Returns: The changes, of files and not of folders.
  /// - Throws: `SourceTreeError` where a tree cannot be read.
  package func changes(since earlier: CommitTree) throws(SourceTreeError) -> [TreeChange] {
    var comparison = TreeComparison(old: earlier, new: self)
    return try comparison.run()
  }
}

/// One walk through the trees of two commits side by side.
private struct TreeComparison {
  /// A folder that both have and that is not the same.
  private struct Pair {
    let old: OpenTree
    let new: OpenTree
    let prefix: String
    var oldPosition = 0
    var newPosition = 0
  }

  let old: CommitTree
  let new: CommitTree
  private var folders = OpenFolders<Pair>()
  private var found: [TreeChange] = []

  init(old: CommitTree, new: CommitTree) {
    self.old = old
    self.new = new
  }

  mutating func run() throws(SourceTreeError) -> [TreeChange] {
    try folders.push(Pair(old: old.root, new: new.root, prefix: ""), at: "")
    while var pair = folders.innermost {
      guard let (before, now) = try next(&pair) else {
        folders.pop()
        continue
      }
      folders.innermost = pair
      try change(before, now)
    }
    return found.sorted { $0.path < $1.path }
  }

  /// Returns the next entries that differ; `nil` at the end.
  private func next(_ pair: inout Pair) throws(SourceTreeError) -> (TreeEntry?, TreeEntry?)? {
    while pair.oldPosition < pair.old.count || pair.newPosition < pair.new.count {
      let (oldPosition, newPosition) = (pair.oldPosition, pair.newPosition)
      let one = unsafe git_tree_entry_byindex(pair.old.handle, oldPosition)
      let two = unsafe git_tree_entry_byindex(pair.new.handle, newPosition)
      let order: Int32
      if let one = unsafe one, let two = unsafe two {
        order = unsafe git_tree_entry_cmp(one, two)
      } else {
        order = unsafe one == nil ? 1 : -1
      }
      if order <= 0 { pair.oldPosition += 1 }
      if order >= 0 { pair.newPosition += 1 }
      if order == 0, unsafe git_oid_equal(git_tree_entry_id(one), git_tree_entry_id(two)) == 1,
        unsafe git_tree_entry_filemode_raw(one) == git_tree_entry_filemode_raw(two)
      {
        continue
      }
      return (
        order <= 0 ? try pair.old.entry(at: oldPosition, pair.prefix) : nil,
        order >= 0 ? try pair.new.entry(at: newPosition, pair.prefix) : nil
      )
    }
    return nil
  }

  private mutating func change(
    _ before: TreeEntry?, _ now: TreeEntry?
  ) throws(SourceTreeError) {
    if let before, let now, before.kind == .folder, now.kind == .folder, let one = before.object,
      let two = now.object
    {
      let path = now.path.string
      let pair = Pair(
        old: try old.tree(one, at: path), new: try new.tree(two, at: path), prefix: path + "/")
      try folders.push(pair, at: path)
      return
    }
    // A folder that is only on one side is all its files; beside a file of its name too.
    if before?.kind == .folder || now?.kind == .folder {
      try expand(before, of: old) { TreeChange(path: $0.path, old: $0, new: nil) }
      try expand(now, of: new) { TreeChange(path: $0.path, old: nil, new: $0) }
    } else if let path = (now ?? before)?.path {
      found.append(TreeChange(path: path, old: before, new: now))
    }
  }

  private mutating func expand(
    _ entry: TreeEntry?, of commit: CommitTree, as change: (TreeEntry) -> TreeChange
  ) throws(SourceTreeError) {
    guard let entry else { return }
    guard entry.kind == .folder, let id = entry.object else {
      found.append(change(entry))
      return
    }
    var files: [TreeEntry] = []
    let path = entry.path.string
    try unsafe commit.list(try commit.tree(id, at: path), path + "/", into: &files)
    found += files.filter { $0.kind != .folder }.map(change)
  }
}

extension IndexTree {
  /// Returns the files that differ from those of a commit, in the order of paths.
  ///
  /// The walk goes through both in the order of paths and makes no text of a path that is the same
  /// in both.
  ///
  /// - Parameter commit: The commit to compare with.
  /// - Returns: The changes, of files and not of folders.
  /// - Throws: `SourceTreeError` where a tree cannot be read.
  package func changes(since commit: CommitTree) throws(SourceTreeError) -> [TreeChange] {
    var walk = IndexWalk(index: self, commit: commit)
    return try walk.changes()
  }
}

/// One walk through an index and a tree side by side.
@safe private struct IndexWalk {
  private let index: IndexTree
  private let commit: CommitTree
  private let count: Int
  private var position = 0
  private var prefix: [UInt8] = []
  private var found: [TreeChange] = []

  init(index: IndexTree, commit: CommitTree) {
    self.index = index
    self.commit = commit
    count = index.index.count
  }

  mutating func changes() throws(SourceTreeError) -> [TreeChange] {
    var folders = OpenFolders<(tree: OpenTree, length: Int, position: Int)>()
    try folders.push((commit.root, 0, 0), at: "")
    while let (tree, length, number) = folders.innermost {
      prefix.removeLast(prefix.count - length)
      guard number < tree.count else {
        folders.pop()
        continue
      }
      folders.innermost?.position += 1
      guard let entry = unsafe git_tree_entry_byindex(tree.handle, number),
        let name = unsafe git_tree_entry_name(entry)
      else { continue }
      unsafe prefix.append(contentsOf: UnsafeRawBufferPointer(start: name, count: strlen(name)))
      let mode = unsafe git_tree_entry_filemode_raw(entry).rawValue
      let id = unsafe git_tree_entry_id(entry)
      if mode == 0o40000 {
        prefix.append(UInt8(ascii: "/"))
        let path = String(decoding: prefix, as: UTF8.self)
        let inner = try commit.tree(unsafe ObjectID(id), at: path)
        try folders.push((inner, prefix.count, 0), at: path)
        continue
      }
      try unsafe compare(id, mode)
    }
    while position < count { try addOne() }
    return found.sorted { $0.path < $1.path }
  }

  /// Compares what the commit has at the path at hand with the index.
  private mutating func compare(
    _ id: UnsafePointer<git_oid>?, _ mode: UInt32
  ) throws(SourceTreeError) {
    // What the index has before this path is new.
    var order = compare()
    while order < 0 {
      try addOne()
      order = compare()
    }
    let old = unsafe (ObjectID(id), mode)
    if order > 0 {
      try removed(old)
      return
    }
    guard let found = index.index[position] else { return }
    if found.object == old.0, found.mode == mode, found.stage == 0, !found.isIntended {
      position += 1
      return
    }
    try changed(old)
  }

  /// Returns how the index entry at hand is ordered to the path at hand; 1 at the end of the index.
  private func compare() -> Int {
    guard let entry = index.index[position] else { return 1 }
    return unsafe prefix.withUnsafeBytes { unsafe entry.order(of: $0) }
  }

  private func path() throws(SourceTreeError) -> RepoPath {
    let text = String(decoding: prefix, as: UTF8.self)
    guard text.utf8.elementsEqual(prefix), let path = RepoPath(text) else {
      throw .undecodablePath(text)
    }
    return path
  }

  private mutating func removed(_ old: (ObjectID, UInt32)) throws(SourceTreeError) {
    let path = try path()
    found.append(
      TreeChange(
        path: path, old: TreeEntry(path: path, kind: .init(mode: old.1), object: old.0), new: nil))
  }

  private mutating func changed(_ old: (ObjectID, UInt32)) throws(SourceTreeError) {
    let path = try path()
    found.append(
      TreeChange(
        path: path, old: TreeEntry(path: path, kind: .init(mode: old.1), object: old.0),
        new: index.entry(at: path)))
    // A path in conflict has up to three entries.
    while compare() == 0 { position += 1 }
  }

  private mutating func addOne() throws(SourceTreeError) {
    defer { position += 1 }
    guard let entry = index.index[position] else { return }
    guard let text = unsafe String(validating: entry.path, as: UTF8.self) else {
      throw .undecodablePath(unsafe String(decoding: entry.path, as: UTF8.self))
    }
    guard !entry.isIntended, let path = RepoPath(text), found.last?.path != path else {
      return
    }
    found.append(TreeChange(path: path, old: nil, new: index.entry(at: path)))
  }
}

extension TreeChange {
  /// Returns the files below some folders that differ between two trees, by the quickest way that
  /// there is between them.
  ///
  /// - Parameters:
  ///   - old: The tree before.
  ///   - new: The tree now.
  ///   - folders: Where to look.
  /// - Returns: The changes, of files and not of folders, in the order of paths.
  /// - Throws: `SourceTreeError` where a tree cannot be read.
  package static func between(
    _ old: any SourceTree, _ new: any SourceTree, under folders: [RepoPath]
  ) throws(SourceTreeError) -> [TreeChange] {
    let all: [TreeChange]
    if let old = old as? CommitTree, let new = new as? CommitTree {
      all = try new.changes(since: old)
    } else if let old = old as? CommitTree, let new = new as? IndexTree {
      all = try new.changes(since: old)
    } else {
      return try changes(from: old, to: new, under: folders)
    }
    return all.filter { change in folders.contains { change.path.isInside($0) } }
  }
}

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
    var changes: [TreeChange] = []
    try unsafe compare(earlier.root, root, "", into: &changes)
    return changes.sorted { $0.path < $1.path }
  }

  private func compare(
    _ old: OpaquePointer, _ new: OpaquePointer, _ prefix: String,
    into changes: inout [TreeChange]
  ) throws(SourceTreeError) {
    let (oldCount, newCount) = unsafe (git_tree_entrycount(old), git_tree_entrycount(new))
    var (oldPosition, newPosition) = (0, 0)
    while oldPosition < oldCount || newPosition < newCount {
      let one = unsafe oldPosition < oldCount ? git_tree_entry_byindex(old, oldPosition) : nil
      let two = unsafe newPosition < newCount ? git_tree_entry_byindex(new, newPosition) : nil
      let order: Int32
      if let one = unsafe one, let two = unsafe two {
        order = unsafe git_tree_entry_cmp(one, two)
      } else {
        order = unsafe one == nil ? 1 : -1
      }
      if order <= 0 { oldPosition += 1 }
      if order >= 0 { newPosition += 1 }
      if order == 0, unsafe git_oid_equal(git_tree_entry_id(one), git_tree_entry_id(two)) == 1,
        unsafe git_tree_entry_filemode_raw(one) == git_tree_entry_filemode_raw(two)
      {
        continue
      }
      let before = unsafe order <= 0 ? try entry(one, prefix) : nil
      let now = unsafe order >= 0 ? try entry(two, prefix) : nil
      try change(before, now, into: &changes)
    }
  }

  private func entry(
    _ entry: OpaquePointer?, _ prefix: String
  ) throws(SourceTreeError) -> TreeEntry? {
    guard let entry = unsafe entry, let name = unsafe git_tree_entry_name(entry) else { return nil }
    guard let text = unsafe String(validatingCString: name), let path = RepoPath(prefix + text)
    else { throw .undecodablePath(prefix + (unsafe String(cString: name))) }
    let mode = unsafe git_tree_entry_filemode_raw(entry)
    return unsafe TreeEntry(
      path: path, kind: .init(mode: mode.rawValue), object: ObjectID(git_tree_entry_id(entry)))
  }

  private func change(
    _ old: TreeEntry?, _ new: TreeEntry?, into changes: inout [TreeChange]
  ) throws(SourceTreeError) {
    if let old, let new, old.kind == .folder, new.kind == .folder, let before = old.object,
      let now = new.object
    {
      try unsafe withTree(before, at: old.path.string) { one throws(SourceTreeError) in
        try unsafe withTree(now, at: new.path.string) { two throws(SourceTreeError) in
          try unsafe compare(one, two, new.path.string + "/", into: &changes)
        }
      }
      return
    }
    // A folder that is only on one side is all its files; beside a file of its name too.
    if let old, old.kind == .folder || new?.kind == .folder {
      try expand(old, isOld: true, into: &changes)
      try expand(new, isOld: false, into: &changes)
      return
    }
    if let new, new.kind == .folder {
      try expand(new, isOld: false, into: &changes)
      return
    }
    guard let path = (new ?? old)?.path else { return }
    changes.append(TreeChange(path: path, old: old, new: new))
  }

  private func expand(
    _ entry: TreeEntry?, isOld: Bool, into changes: inout [TreeChange]
  ) throws(SourceTreeError) {
    guard let entry else { return }
    guard entry.kind == .folder, let id = entry.object else {
      changes.append(
        TreeChange(path: entry.path, old: isOld ? entry : nil, new: isOld ? nil : entry))
      return
    }
    var files: [TreeEntry] = []
    try unsafe withTree(id, at: entry.path.string) { tree throws(SourceTreeError) in
      try unsafe list(tree, entry.path.string + "/", into: &files)
    }
    for file in files where file.kind != .folder {
      changes.append(TreeChange(path: file.path, old: isOld ? file : nil, new: isOld ? nil : file))
    }
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
    count = unsafe git_index_entrycount(index.index)
  }

  mutating func changes() throws(SourceTreeError) -> [TreeChange] {
    try unsafe walk(commit.root)
    while position < count { try addOne() }
    return found.sorted { $0.path < $1.path }
  }

  private mutating func walk(_ tree: OpaquePointer) throws(SourceTreeError) {
    for number in 0..<(unsafe git_tree_entrycount(tree)) {
      guard let entry = unsafe git_tree_entry_byindex(tree, number),
        let name = unsafe git_tree_entry_name(entry)
      else { continue }
      let length = prefix.count
      unsafe prefix.append(contentsOf: UnsafeRawBufferPointer(start: name, count: strlen(name)))
      defer { prefix.removeLast(prefix.count - length) }
      let mode = unsafe git_tree_entry_filemode_raw(entry).rawValue
      let id = unsafe git_tree_entry_id(entry)
      if mode == 0o40000 {
        prefix.append(UInt8(ascii: "/"))
        let text = String(decoding: prefix, as: UTF8.self)
        let object = unsafe ObjectID(id)
        try unsafe commit.withTree(object, at: text) { inner throws(SourceTreeError) in
          try unsafe walk(inner)
        }
        continue
      }
      // What the index has before this path is new.
      var order = compare()
      while order < 0 {
        try addOne()
        order = compare()
      }
      let old = unsafe (ObjectID(id), mode)
      if order > 0 {
        try removed(old)
        continue
      }
      guard let found = unsafe git_index_get_byindex(index.index, position) else { continue }
      let isSame = unsafe git_oid_equal(&UnsafeMutablePointer(mutating: found).pointee.id, id) == 1
      if isSame, unsafe found.pointee.mode == mode, unsafe git_index_entry_stage(found) == 0,
        unsafe !found.isIntended
      {
        position += 1
        continue
      }
      try changed(old)
    }
  }

  /// Returns how the index entry at hand is ordered to the path at hand; 1 at the end of the index.
  private func compare() -> Int {
    guard position < count, let entry = unsafe git_index_get_byindex(index.index, position),
      let path = unsafe entry.pointee.path
    else { return 1 }
    let length = unsafe strlen(path)
    let order = unsafe prefix.withUnsafeBytes { prefix -> Int32 in
      guard let start = prefix.baseAddress else { return 0 }
      return unsafe memcmp(path, start, min(length, prefix.count))
    }
    if order != 0 { return Int(order) }
    return length - prefix.count
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
    guard let entry = unsafe git_index_get_byindex(index.index, position),
      let bytes = unsafe entry.pointee.path
    else { return }
    guard let text = unsafe String(validatingCString: bytes) else {
      throw .undecodablePath(unsafe String(cString: bytes))
    }
    guard unsafe !entry.isIntended, let path = RepoPath(text), found.last?.path != path else {
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

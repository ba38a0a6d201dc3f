import Clibgit2
package import SourceText

/// The files of a commit.
@safe package final class CommitTree: SourceTree {
  package let title: String
  /// The commit.
  package let commit: ObjectID
  let repository: Repository
  let root: OpaquePointer
  /// The files that were listed: looking a path up in Git reads every tree on the way anew.
  private var listed: [RepoPath: ObjectID] = [:]

  /// Finds the commit that a revision names.
  ///
  /// - Parameters:
  ///   - revision: As `git rev-parse` takes it.
  ///   - repository: Where to look.
  /// - Throws: `GitError` where there is no such commit.
  package init(at revision: String, in repository: Repository) throws(GitError) {
    self.repository = repository
    commit = try repository.commit(at: revision)
    var oid = commit.oid
    let handle = try unsafe make("git_commit_lookup") {
      unsafe git_commit_lookup($0, repository.handle, &oid)
    }
    defer { unsafe git_commit_free(handle) }
    unsafe root = try unsafe make("git_commit_tree") { unsafe git_commit_tree($0, handle) }
    let short = commit.description.prefix(7)
    title =
      commit.description.hasPrefix(revision) ? "commit \(short)" : "commit \(short) (\(revision))"
  }

  deinit {
    unsafe git_tree_free(root)
  }

  package func entries(under folder: RepoPath?) throws(SourceTreeError) -> [TreeEntry] {
    var entries: [TreeEntry] = []
    guard let folder else {
      try unsafe list(root, "", into: &entries)
      return entries.sorted { $0.path < $1.path }
    }
    guard let (id, mode) = try object(at: folder), mode == 0o40000 else { return [] }
    try unsafe withTree(id, at: folder.string) { tree throws(SourceTreeError) in
      try unsafe list(tree, folder.string + "/", into: &entries)
    }
    return entries.sorted { $0.path < $1.path }
  }

  func withTree(
    _ id: ObjectID, at path: String,
    _ body: (OpaquePointer) throws(SourceTreeError) -> Void
  ) throws(SourceTreeError) {
    var oid = id.oid
    let tree: OpaquePointer
    do throws(GitError) {
      unsafe tree = try unsafe make("git_tree_lookup") {
        unsafe git_tree_lookup($0, repository.handle, &oid)
      }
    } catch {
      throw .store(operation: "read \(path) (tree \(id))", reason: error.message)
    }
    defer { unsafe git_tree_free(tree) }
    try unsafe body(tree)
  }

  func list(
    _ tree: OpaquePointer, _ prefix: String, into entries: inout [TreeEntry]
  ) throws(SourceTreeError) {
    for position in 0..<(unsafe git_tree_entrycount(tree)) {
      guard let entry = unsafe git_tree_entry_byindex(tree, position),
        let name = unsafe git_tree_entry_name(entry)
      else { continue }
      guard let text = unsafe String(validatingCString: name), let path = RepoPath(prefix + text)
      else { throw .undecodablePath(prefix + (unsafe String(cString: name))) }
      let mode = unsafe git_tree_entry_filemode_raw(entry)
      let id = unsafe ObjectID(git_tree_entry_id(entry))
      let kind = TreeEntry.Kind(mode: mode.rawValue)
      entries.append(TreeEntry(path: path, kind: kind, object: id))
      guard kind == .folder else {
        if kind == .file { listed[path] = id }
        continue
      }
      try unsafe withTree(id, at: path.string) { tree throws(SourceTreeError) in
        try unsafe list(tree, path.string + "/", into: &entries)
      }
    }
  }

  package func entry(at path: RepoPath) throws(SourceTreeError) -> TreeEntry? {
    try object(at: path).map { TreeEntry(path: path, kind: .init(mode: $1), object: $0) }
  }

  private func object(at path: RepoPath) throws(SourceTreeError) -> (ObjectID, UInt32)? {
    do throws(GitError) {
      let entry = try unsafe make("git_tree_entry_bypath") {
        unsafe git_tree_entry_bypath($0, root, path.string)
      }
      defer { unsafe git_tree_entry_free(entry) }
      let mode = unsafe git_tree_entry_filemode_raw(entry)
      return unsafe (ObjectID(git_tree_entry_id(entry)), mode.rawValue)
    } catch {
      if error.isNotFound { return nil }
      throw .store(operation: "look up \(path)", reason: error.message)
    }
  }

  package func bytes(of path: RepoPath, limit: Int) throws(SourceTreeError) -> [UInt8] {
    if let id = listed[path] { return try repository.blob(id, at: path, limit: limit) }
    guard let (id, mode) = try object(at: path) else { throw .missing(path) }
    guard TreeEntry.Kind(mode: mode) == .file else { throw .notAFile(path) }
    return try repository.blob(id, at: path, limit: limit)
  }
}

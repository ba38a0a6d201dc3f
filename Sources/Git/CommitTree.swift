import Clibgit2
package import SourceText

/// The files of a commit.
@safe package final class CommitTree: SourceTree {
  /// The commit.
  package let commit: ObjectID
  let repository: Repository
  let root: OpaquePointer
  /// As the user named it.
  private let revision: String?
  /// The files that were listed: looking a path up in Git reads every tree on the way anew.
  private var listed: [RepoPath: ObjectID] = [:]
  /// Trees that were looked into: libgit2 keeps none above 4 KiB, and inflates a large folder anew for
  /// each file that is looked up in it.
  private var known: [ObjectID: OpaquePointer] = unsafe [:]
  /// From how many entries on a folder is worth keeping open.
  private static let large = 500

  /// Finds the commit that a revision names.
  ///
  /// - Parameters:
  ///   - revision: As `git rev-parse` takes it.
  ///   - repository: Where to look.
  /// - Throws: `GitError` where there is no such commit.
  package init(at revision: String, in repository: Repository) throws(GitError) {
    self.repository = repository
    commit = try repository.commit(at: revision)
    unsafe root = try unsafe Self.root(of: commit, in: repository)
    self.revision = revision
  }

  /// Opens the files of a commit.
  ///
  /// - Parameters:
  ///   - commit: The commit.
  ///   - repository: Where it is.
  /// - Throws: `GitError` where there is no such commit.
  package init(of commit: ObjectID, in repository: Repository) throws(GitError) {
    self.repository = repository
    self.commit = commit
    unsafe root = try unsafe Self.root(of: commit, in: repository)
    revision = nil
  }

  private static func root(
    of commit: ObjectID, in repository: Repository
  ) throws(GitError) -> OpaquePointer {
    let handle = try unsafe repository.lookUp(commit: commit)
    defer { unsafe git_commit_free(handle) }
    return unsafe try make("git_commit_tree") { unsafe git_commit_tree($0, handle) }
  }

  package var title: String {
    let name = commit.description
    let short = "commit \(name.prefix(7))"
    guard let revision, !name.hasPrefix(revision) else { return short }
    return "\(short) (\(revision))"
  }

  deinit {
    unsafe git_tree_free(root)
    while let (_, tree) = unsafe known.popFirst() { unsafe git_tree_free(tree) }
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
    if let tree = unsafe known[id] {
      try unsafe body(tree)
      return
    }
    let tree = try unsafe load(id, at: path)
    guard unsafe git_tree_entrycount(tree) < Self.large else {
      unsafe known[id] = tree
      try unsafe body(tree)
      return
    }
    defer { unsafe git_tree_free(tree) }
    try unsafe body(tree)
  }

  private func load(_ id: ObjectID, at path: String) throws(SourceTreeError) -> OpaquePointer {
    var oid = id.oid
    do throws(GitError) {
      return try unsafe make("git_tree_lookup") {
        unsafe git_tree_lookup($0, repository.handle, &oid)
      }
    } catch {
      throw .store(operation: "read \(path) (tree \(id))", reason: error.message)
    }
  }

  /// Returns a tree that stays open, for lookups of many files in one folder.
  private func open(_ id: ObjectID, at path: String) throws(SourceTreeError) -> OpaquePointer {
    if let tree = unsafe known[id] { return unsafe tree }
    let tree = try unsafe load(id, at: path)
    unsafe known[id] = tree
    return unsafe tree
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
    var tree = unsafe root
    var components = path.string.split(separator: "/")[...]
    while let name = components.popFirst() {
      guard let entry = unsafe git_tree_entry_byname(tree, String(name)) else { return nil }
      let mode = unsafe git_tree_entry_filemode_raw(entry).rawValue
      let id = unsafe ObjectID(git_tree_entry_id(entry))
      if components.isEmpty { return (id, mode) }
      guard mode == 0o40000 else { return nil }
      unsafe tree = try unsafe open(id, at: String(name))
    }
    return nil
  }

  package func bytes(of path: RepoPath, limit: Int) throws(SourceTreeError) -> [UInt8] {
    if let id = listed[path] { return try repository.blob(id, at: path, limit: limit) }
    guard let (id, mode) = try object(at: path) else { throw .missing(path) }
    guard TreeEntry.Kind(mode: mode) == .file else { throw .notAFile(path) }
    return try repository.blob(id, at: path, limit: limit)
  }
}

import Clibgit2
package import SourceText

/// The files of a commit.
@safe package final class CommitTree: SourceTree {
  /// The commit.
  package let commit: ObjectID
  let repository: Repository
  let root: OpenTree
  /// As the user named it.
  private let revision: String?
  /// The files that were listed: looking a path up in Git reads every tree on the way anew.
  private var listed: [RepoPath: ObjectID] = [:]
  /// Trees that were looked into: libgit2 keeps none above 4 KiB, and inflates a large folder anew for
  /// each file that is looked up in it.
  private var known: [ObjectID: OpenTree] = [:]
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
    root = try Self.root(of: commit, in: repository)
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
    root = try Self.root(of: commit, in: repository)
    revision = nil
  }

  private static func root(
    of commit: ObjectID, in repository: Repository
  ) throws(GitError) -> OpenTree {
    let handle = try unsafe repository.lookUp(commit: commit)
    defer { unsafe git_commit_free(handle) }
    return try repository.openTree(unsafe ObjectID(git_commit_tree_id(handle)))
  }

  package var title: String {
    let name = commit.description
    let short = "commit \(name.prefix(7))"
    guard let revision, !name.hasPrefix(revision) else { return short }
    return "\(short) (\(revision))"
  }

  package func entries(under folder: RepoPath?) throws(SourceTreeError) -> [TreeEntry] {
    try unsafe entries(under: folder, named: { _ in true })
  }

  package func entries(
    under folder: RepoPath?, named isWanted: (UnsafeBufferPointer<UInt8>) -> Bool
  ) throws(SourceTreeError) -> [TreeEntry] {
    var entries: [TreeEntry] = []
    if let folder {
      guard let (id, mode) = try object(at: folder) else { return [] }
      let kind = TreeEntry.Kind(mode: mode)
      guard kind == .folder else {
        return kind == .file ? [] : [TreeEntry(path: folder, kind: kind)]
      }
      try unsafe list(
        try tree(id, at: folder.string), folder.string + "/", named: isWanted, into: &entries)
    } else {
      try unsafe list(root, "", named: isWanted, into: &entries)
    }
    return entries.sorted { $0.path < $1.path }
  }

  /// Opens a folder; a large one stays open.
  ///
  /// - Parameters:
  ///   - id: The folder.
  ///   - path: Where it stands, for errors.
  /// - Returns: The folder.
  /// - Throws: `SourceTreeError` where it cannot be read.
  func tree(_ id: ObjectID, at path: String) throws(SourceTreeError) -> OpenTree {
    if let tree = known[id] { return tree }
    let tree = try load(id, at: path)
    if tree.count >= Self.large { known[id] = tree }
    return tree
  }

  package func hasFile(
    under folder: RepoPath?, where isWanted: (RepoPath) -> Bool
  ) throws(SourceTreeError) -> Bool {
    // Nothing behind the first that is wanted is looked at.
    var folders = OpenFolders<(tree: OpenTree, prefix: String, position: Int)>()
    if let folder {
      guard let (id, mode) = try object(at: folder), mode == 0o40000 else { return false }
      try folders.push((try tree(id, at: folder.string), folder.string + "/", 0), at: folder.string)
    } else {
      try folders.push((root, "", 0), at: "")
    }
    while let (tree, prefix, position) = folders.innermost {
      guard position < tree.count else {
        folders.pop()
        continue
      }
      folders.innermost?.position += 1
      guard let entry = try tree.entry(at: position, prefix) else { continue }
      if entry.kind == .file, isWanted(entry.path) { return true }
      guard entry.kind == .folder, let id = entry.object else { continue }
      let path = entry.path.string
      try folders.push((try self.tree(id, at: path), path + "/", 0), at: path)
    }
    return false
  }

  private func load(_ id: ObjectID, at path: String) throws(SourceTreeError) -> OpenTree {
    do throws(GitError) {
      return try repository.openTree(id)
    } catch {
      throw .store(operation: "read \(path) (tree \(id))", reason: error.message)
    }
  }

  /// Returns a tree that stays open, for lookups of many files in one folder.
  private func open(_ id: ObjectID, at path: String) throws(SourceTreeError) -> OpenTree {
    if let tree = known[id] { return tree }
    let tree = try load(id, at: path)
    known[id] = tree
    return tree
  }

  /// Lists all that stands in a folder.
  ///
  /// - Parameters:
  ///   - tree: The folder.
  ///   - prefix: Its path, with a final slash; empty for the top.
  ///   - isWanted: Whether what has a name is asked for.
  ///   - entries: Where files and folders are added.
  /// - Throws: `SourceTreeError` where a folder cannot be read.
  func list(
    _ tree: OpenTree, _ prefix: String,
    named isWanted: (UnsafeBufferPointer<UInt8>) -> Bool = { _ in true },
    into entries: inout [TreeEntry]
  ) throws(SourceTreeError) {
    var folders = OpenFolders<(tree: OpenTree, prefix: String, position: Int)>()
    try folders.push((tree, prefix, 0), at: prefix)
    while let (tree, prefix, position) = folders.innermost {
      guard position < tree.count else {
        folders.pop()
        continue
      }
      folders.innermost?.position += 1
      let isAsked = unsafe tree.hasName(at: position, where: isWanted)
      guard isAsked || tree.isFolder(at: position),
        let entry = try tree.entry(at: position, prefix)
      else { continue }
      if isAsked { entries.append(entry) }
      guard let id = entry.object else { continue }
      switch entry.kind {
      case .file: listed[entry.path] = id
      case .folder:
        let path = entry.path.string
        try folders.push((try self.tree(id, at: path), path + "/", 0), at: path)
      default: break
      }
    }
  }

  package func entry(at path: RepoPath) throws(SourceTreeError) -> TreeEntry? {
    try object(at: path).map { TreeEntry(path: path, kind: .init(mode: $1), object: $0) }
  }

  private func object(at path: RepoPath) throws(SourceTreeError) -> (ObjectID, UInt32)? {
    var tree = root
    var components = path.string.split(separator: "/")[...]
    while let name = components.popFirst() {
      guard let entry = unsafe git_tree_entry_byname(tree.handle, String(name)) else { return nil }
      let mode = unsafe git_tree_entry_filemode_raw(entry).rawValue
      let id = unsafe ObjectID(git_tree_entry_id(entry))
      if components.isEmpty { return (id, mode) }
      guard mode == 0o40000 else { return nil }
      tree = try open(id, at: String(name))
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

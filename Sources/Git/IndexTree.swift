import Clibgit2
package import SourceText

/// What is staged: the files that git will commit.
package final class IndexTree: SourceTree {
  package let title = "the index"
  private let repository: Repository
  /// In the order of paths, as Git keeps them.
  private let files: [TreeEntry]
  /// The first path that is not UTF-8, as it is shown.
  private let undecodable: String?
  /// Files that a sparse checkout left out of the work tree.
  let skipped: Set<RepoPath>

  /// Reads the index of a repository, or the one that `GIT_INDEX_FILE` named when it was opened.
  ///
  /// - Parameter repository: The repository.
  /// - Throws: `GitError` where the index cannot be read.
  package init(of repository: Repository) throws(GitError) {
    self.repository = repository
    let index = try unsafe make("git_repository_index") {
      unsafe git_repository_index($0, repository.handle)
    }
    defer { unsafe git_index_free(index) }
    var files: [TreeEntry] = []
    var skipped: Set<RepoPath> = []
    var undecodable: String?
    for position in 0..<(unsafe git_index_entrycount(index)) {
      guard let entry = unsafe git_index_get_byindex(index, position)?.pointee else { continue }
      // `git add -N` leaves an entry that the next commit will not have.
      let intended = UInt16(GIT_INDEX_ENTRY_INTENT_TO_ADD.rawValue)
      guard unsafe entry.flags_extended & intended == 0 else { continue }
      guard let bytes = unsafe entry.path else { continue }
      guard let name = unsafe String(validatingCString: bytes) else {
        undecodable = undecodable ?? (unsafe String(cString: bytes))
        continue
      }
      guard let path = RepoPath(name) else { continue }
      if unsafe git_index_entry_stage(git_index_get_byindex(index, position)) > 0 {
        if files.last?.path != path { files.append(TreeEntry(path: path, kind: .conflict)) }
        continue
      }
      var oid = unsafe entry.id
      let id = unsafe ObjectID(&oid)
      files.append(
        TreeEntry(path: path, kind: .init(mode: unsafe entry.mode), object: id))
      let skip = UInt16(GIT_INDEX_ENTRY_SKIP_WORKTREE.rawValue)
      if unsafe entry.flags_extended & skip != 0 { skipped.insert(path) }
    }
    self.files = files
    self.skipped = skipped
    self.undecodable = undecodable
  }

  /// Whether git tracks a file at `path`.
  func tracks(_ path: RepoPath) -> Bool { entry(at: path) != nil }

  private func entry(at path: RepoPath) -> TreeEntry? {
    var low = 0
    var high = files.count
    while low < high {
      let middle = (low + high) / 2
      if files[middle].path < path { low = middle + 1 } else { high = middle }
    }
    return low < files.count && files[low].path == path ? files[low] : nil
  }

  package func entries(under folder: RepoPath?) throws(SourceTreeError) -> [TreeEntry] {
    if let undecodable { throw .undecodablePath(undecodable) }
    return TreeEntry.withFolders(files, under: folder)
  }

  package func bytes(of path: RepoPath, limit: Int) throws(SourceTreeError) -> [UInt8] {
    guard let entry = entry(at: path) else { throw .missing(path) }
    guard entry.kind == .file, let id = entry.object else { throw .notAFile(path) }
    return try repository.blob(id, at: path, limit: limit)
  }
}

extension TreeEntry {
  /// Returns entries below a folder together with the folders that their paths imply.
  static func withFolders(_ files: [TreeEntry], under folder: RepoPath?) -> [TreeEntry] {
    var entries: [TreeEntry] = []
    var folders: Set<RepoPath> = []
    for file in files {
      if let folder, !file.path.isInside(folder) { continue }
      entries.append(file)
      var parent = file.path.folder
      while let current = parent, current != folder, folders.insert(current).inserted {
        entries.append(TreeEntry(path: current, kind: .folder))
        parent = current.folder
      }
    }
    return entries.sorted { $0.path < $1.path }
  }
}

extension TreeEntry.Kind {
  /// Returns the kind that a mode of Git stands for.
  init(mode: UInt32) {
    switch mode {
    case 0o40000: self = .folder
    case 0o120000: self = .link
    case 0o160000: self = .submodule
    default: self = .file
    }
  }
}

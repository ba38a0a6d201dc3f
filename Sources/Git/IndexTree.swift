import Clibgit2
import Glibc
package import SourceText

/// What is staged: the files that git will commit.
@safe package final class IndexTree: SourceTree {
  package let title = "the index"
  let repository: Repository
  let index: OpaquePointer
  /// When the file of the index was written, or before.
  let stamp: IndexStamp?
  private lazy var listing = unsafe Listing(of: index)

  /// Every entry of an index, in the order of paths, as Git keeps them.
  @safe private struct Listing {
    var files: [TreeEntry] = []
    /// The first path that is not UTF-8, as it is shown.
    var undecodable: String?
    /// Files that a sparse checkout left out of the work tree.
    var skipped: Set<RepoPath> = []

    init(of index: OpaquePointer) {
      for position in 0..<(unsafe git_index_entrycount(index)) {
        guard let entry = unsafe git_index_get_byindex(index, position) else { continue }
        guard unsafe !entry.isIntended, let bytes = unsafe entry.pointee.path else { continue }
        guard let name = unsafe String(validatingCString: bytes) else {
          undecodable = undecodable ?? (unsafe String(cString: bytes))
          continue
        }
        guard let path = RepoPath(name) else { continue }
        if unsafe git_index_entry_stage(entry) > 0 {
          if files.last?.path != path { files.append(TreeEntry(path: path, kind: .conflict)) }
          continue
        }
        files.append(unsafe entry.treeEntry(at: path))
        let skip = UInt16(GIT_INDEX_ENTRY_SKIP_WORKTREE.rawValue)
        if unsafe entry.pointee.flags_extended & skip != 0 { skipped.insert(path) }
      }
    }
  }

  /// Reads the index of a repository, or the one that `GIT_INDEX_FILE` named when it was opened.
  ///
  /// - Parameter repository: The repository.
  /// - Throws: `GitError` where the index cannot be read.
  package init(of repository: Repository) throws(GitError) {
    self.repository = repository
    stamp = repository.indexStamp
    unsafe index = try unsafe make("git_repository_index") {
      unsafe git_repository_index($0, repository.handle)
    }
  }

  deinit {
    unsafe git_index_free(index)
  }

  var skipped: Set<RepoPath> { listing.skipped }

  /// Whether a merge left files of which it holds several sides.
  var hasConflicts: Bool { unsafe git_index_has_conflicts(index) != 0 }

  /// Whether git tracks a file at `path`.
  func tracks(_ path: RepoPath) -> Bool { entry(at: path) != nil }

  package func entry(at path: RepoPath) -> TreeEntry? {
    if let entry = unsafe git_index_get_bypath(index, path.string, 0) {
      return unsafe entry.isIntended ? nil : unsafe entry.treeEntry(at: path)
    }
    for stage: Int32 in 1...3 where unsafe git_index_get_bypath(index, path.string, stage) != nil {
      return TreeEntry(path: path, kind: .conflict)
    }
    return nil
  }

  package func entries(under folder: RepoPath?) throws(SourceTreeError) -> [TreeEntry] {
    if let undecodable = listing.undecodable { throw .undecodablePath(undecodable) }
    return TreeEntry.withFolders(listing.files, under: folder)
  }

  package func entries(
    under folder: RepoPath?, named isWanted: (UnsafeBufferPointer<UInt8>) -> Bool
  ) throws(SourceTreeError) -> [TreeEntry] {
    var found: [RepoPath: TreeEntry] = [:]
    var last = unsafe UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    for position in 0..<(unsafe git_index_entrycount(index)) {
      guard let entry = unsafe git_index_get_byindex(index, position),
        let start = unsafe entry.pointee.path
      else { continue }
      let raw = unsafe UnsafeRawBufferPointer(start: start, count: strlen(start))
      let path = unsafe raw.assumingMemoryBound(to: UInt8.self)
      var name = unsafe path[...]
      var folders = unsafe path[..<0]
      if let slash = unsafe path.lastIndex(of: UInt8(ascii: "/")) {
        unsafe (folders, name) = (path[..<slash], path[(slash + 1)...])
      }
      if unsafe isWanted(UnsafeBufferPointer(rebasing: name)),
        let path = unsafe try Self.path(path[...], in: folder)
      {
        found[path] = self.entry(at: path)
      }
      // Most files are in the folder of the one before.
      let isLast = unsafe last.baseAddress.map { before in
        unsafe folders.count == last.count && memcmp(start, before, last.count) == 0
      }
      guard isLast != true else { continue }
      unsafe last = UnsafeBufferPointer(rebasing: folders)
      let parts = unsafe folders.split(separator: UInt8(ascii: "/"))
      for part in unsafe parts.indices {
        let name = unsafe parts[part]
        guard unsafe isWanted(UnsafeBufferPointer(rebasing: name)),
          let path = unsafe try Self.path(path[..<name.endIndex], in: folder)
        else { continue }
        found[path] = TreeEntry(path: path, kind: .folder)
      }
    }
    return found.values.sorted { $0.path < $1.path }
  }

  /// Returns the path of some bytes, where it is below a folder.
  private static func path(
    _ bytes: Slice<UnsafeBufferPointer<UInt8>>, in folder: RepoPath?
  ) throws(SourceTreeError) -> RepoPath? {
    guard let text = unsafe String(validating: bytes, as: UTF8.self) else {
      throw .undecodablePath(unsafe String(decoding: bytes, as: UTF8.self))
    }
    guard let path = RepoPath(text) else { return nil }
    return folder.map { path != $0 && path.isInside($0) } ?? true ? path : nil
  }

  package func bytes(of path: RepoPath, limit: Int) throws(SourceTreeError) -> [UInt8] {
    guard let entry = entry(at: path) else { throw .missing(path) }
    guard entry.kind == .file, let id = entry.object else { throw .notAFile(path) }
    return try repository.blob(id, at: path, limit: limit)
  }
}

extension UnsafePointer<git_index_entry> {
  /// Whether `git add -N` made the entry: the next commit will not have it.
  var isIntended: Bool {
    unsafe pointee.flags_extended & UInt16(GIT_INDEX_ENTRY_INTENT_TO_ADD.rawValue) != 0
  }

  func treeEntry(at path: RepoPath) -> TreeEntry {
    var oid = unsafe pointee.id
    return unsafe TreeEntry(path: path, kind: .init(mode: pointee.mode), object: ObjectID(&oid))
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

import Glibc
package import SourceText

/// What is staged: the files that git will commit.
@safe package final class IndexTree: SourceTree {
  package let title = "the index"
  let repository: Repository
  let index: IndexEntries
  /// When the file of the index was written, or before.
  let stamp: IndexStamp?
  private lazy var listing = Listing(of: index)

  /// Every entry of an index, in the order of paths, as Git keeps them.
  private struct Listing {
    var files: [TreeEntry] = []
    /// The first path that is not UTF-8, as it is shown.
    var undecodable: String?
    /// Files that a sparse checkout left out of the work tree.
    var skipped: Set<RepoPath> = []

    init(of index: IndexEntries) {
      for position in 0..<index.count {
        guard let entry = index[position], !entry.isIntended else { continue }
        guard let name = unsafe String(validating: entry.path, as: UTF8.self) else {
          undecodable = undecodable ?? (unsafe String(decoding: entry.path, as: UTF8.self))
          continue
        }
        guard let path = RepoPath(name) else { continue }
        if entry.stage > 0 {
          if files.last?.path != path { files.append(TreeEntry(path: path, kind: .conflict)) }
          continue
        }
        files.append(entry.treeEntry(at: path))
        if entry.isSkipped { skipped.insert(path) }
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
    index = try IndexEntries(of: repository)
  }

  var skipped: Set<RepoPath> { listing.skipped }

  /// Whether a merge left files of which it holds several sides.
  var hasConflicts: Bool { index.hasConflicts }

  /// Whether git tracks a file at `path`.
  func tracks(_ path: RepoPath) -> Bool { entry(at: path) != nil }

  package func entry(at path: RepoPath) -> TreeEntry? {
    guard let entry = index.first(at: path) else { return nil }
    guard entry.stage == 0 else { return TreeEntry(path: path, kind: .conflict) }
    return entry.isIntended ? nil : entry.treeEntry(at: path)
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
    for position in 0..<index.count {
      guard let entry = index[position], let start = unsafe entry.path.baseAddress else { continue }
      let path = unsafe entry.path.assumingMemoryBound(to: UInt8.self)
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

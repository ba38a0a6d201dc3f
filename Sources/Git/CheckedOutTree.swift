package import SourceText

/// The work tree of a repository, without what git ignores.
///
/// Files that a sparse checkout left out are not deleted: they are read from the index.
package final class CheckedOutTree: SourceTree {
  package let title = "the work tree"
  private let repository: Repository
  private let files: WorkTree
  private let index: IndexTree?
  /// The files that are there and that Git ignores, as far as folders were listed.
  package private(set) var ignored: Set<RepoPath> = []
  private let keepsModes: Bool
  /// What was listed once is not listed again: a check asks twice, and answers for one state.
  private var listed: [RepoPath?: [TreeEntry]] = [:]

  /// Reads the work tree at `root`.
  ///
  /// - Parameters:
  ///   - repository: The repository.
  ///   - root: The path of its work tree.
  /// - Throws: `GitError` where the index cannot be read.
  package init(of repository: Repository, at root: String) throws(GitError) {
    self.repository = repository
    files = WorkTree(root: root)
    index = try IndexTree(of: repository)
    keepsModes = Settings(of: repository).flag("core.filemode") ?? true
  }

  package func entries(under folder: RepoPath?) throws(SourceTreeError) -> [TreeEntry] {
    if let known = listed[folder] { return known }
    let entries = try list(folder)
    listed[folder] = entries
    return entries
  }

  private func list(_ folder: RepoPath?) throws(SourceTreeError) -> [TreeEntry] {
    var entries = try files.entries(under: folder).filter { entry in
      guard entry.kind != .folder, index?.tracks(entry.path) != true else { return true }
      guard repository.isIgnored(entry.path) else { return true }
      ignored.insert(entry.path)
      return false
    }
    guard let index, !index.skipped.isEmpty else { return entries }
    let present = Set(entries.map(\.path))
    for entry in try index.entries(under: folder)
    where index.skipped.contains(entry.path) && !present.contains(entry.path) {
      entries.append(entry)
    }
    return entries.sorted { $0.path < $1.path }
  }

  /// Returns the registers' and schemas' files of which the index holds several sides of a merge.
  ///
  /// What lies in the work tree need not show it: of a file that one side removed and the other changed it is
  /// the whole of one side.
  ///
  /// - Parameter folders: Where to look; everywhere where it is `nil`.
  /// - Returns: Their paths, in order.
  /// - Throws: `SourceTreeError` where the index has a name that cannot be read.
  package func unmerged(under folders: [RepoPath]? = nil) throws(SourceTreeError) -> [RepoPath] {
    guard let index, index.hasConflicts else { return [] }
    return try index.entries(under: nil).filter { entry in
      entry.kind == .conflict && folders?.contains { entry.path.isInside($0) } ?? true
    }.map(\.path)
  }

  package func entry(at path: RepoPath) throws(SourceTreeError) -> TreeEntry? {
    if let entry = try files.entry(at: path) { return entry }
    guard let index, index.skipped.contains(path) else { return nil }
    return index.entry(at: path)
  }

  package func bytes(of path: RepoPath, limit: Int) throws(SourceTreeError) -> [UInt8] {
    do throws(SourceTreeError) {
      return try files.bytes(of: path, limit: limit)
    } catch {
      guard case .missing = error, let index, index.skipped.contains(path) else { throw error }
      return try index.bytes(of: path, limit: limit)
    }
  }

  /// Where the file system keeps no modes, as `core.fileMode` says, they say nothing.
  package func isExecutable(_ path: RepoPath) -> Bool? {
    keepsModes ? files.isExecutable(path) : nil
  }

  /// A file that looks as it did when it was last added has what was added, as Git takes it.
  package func object(of entry: TreeEntry) -> ObjectID? {
    guard entry.object == nil, entry.kind == .file else { return entry.object }
    return index?.object(at: entry.path, ifUnchangedAt: files.root + "/" + entry.path.string)
  }

  package var shared: (any SourceTree & Sendable)? {
    index?.skipped.isEmpty ?? true ? files : nil
  }
}

import Clibgit2
import Glibc
package import SourceText

/// A Git repository, open for reading.
///
/// Not `Sendable`: a handle of libgit2 belongs to one task at a time, and opening another takes
/// 0.06 ms. Only plain values leave it.
@safe package final class Repository {
  let handle: OpaquePointer
  /// The commits at which a shallow clone was cut off; empty where none was.
  package private(set) lazy var cut: Set<ObjectID> = readCut()
  /// The commits that were looked at last.
  var knownLinks: [ObjectID: CommitLinks] = [:]
  /// The file of the index, where git named one.
  private var indexFile: String?
  /// When the file of the index was written; asked for before the index is read, so that it is never later.
  private(set) lazy var indexStamp = IndexStamp(of: indexPath)

  private init(handle: OpaquePointer) {
    unsafe self.handle = handle
  }

  deinit {
    unsafe git_repository_free(handle)
  }

  /// Opens the repository that git itself would take, in a shell and in a hook.
  ///
  /// libgit2's own reading of the environment fails in two kinds of hook (`--work-tree`, server
  /// paths with a colon), so the variables are read here.
  ///
  /// - Parameters:
  ///   - start: Where to look when the environment does not say.
  ///   - environment: What git told.
  /// - Returns: The repository.
  /// - Throws: `GitError` where there is none or it cannot be read.
  package static func open(
    from start: String = ".", _ environment: GitEnvironment = .init()
  ) throws(GitError) -> Repository {
    Library.start
    let repository: Repository
    if let directory = environment.directory {
      let flags = GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue | GIT_REPOSITORY_OPEN_NO_DOTGIT.rawValue
      repository = try openTrusting(directory, flags: flags, ceilings: nil)
    } else {
      let flags =
        environment.crossesFileSystems ? GIT_REPOSITORY_OPEN_CROSS_FS.rawValue : 0
      repository = try openTrusting(start, flags: flags, ceilings: environment.ceilings)
    }
    if let workTree = environment.workTree {
      try check(
        unsafe git_repository_set_workdir(repository.handle, workTree, 0),
        "git_repository_set_workdir")
    } else {
      try repository.findMovedWorkTree(from: environment.directory == nil ? start : nil)
    }
    if let file = environment.indexFile { try repository.useIndex(file) }
    try repository.useGuardedStore(with: environment.objectDirectories)
    return repository
  }

  /// Takes a linked work tree to be where it is found, and not where it was made: it may have been moved, or
  /// be mounted elsewhere.
  ///
  /// - Parameter start: Where the repository was looked for; `nil` where git named it, and the work tree is
  ///   the current folder unless it is where it was.
  /// - Throws: `GitError` where libgit2 does not take it.
  private func findMovedWorkTree(from start: String?) throws(GitError) {
    guard unsafe git_repository_is_worktree(handle) == 1 else { return }
    var folder = start.flatMap { Self.realPath($0) }
    while let current = folder, unsafe access(current + "/.git", F_OK) != 0 {
      folder = RepoPath(String(current.dropFirst()))?.folder.map { "/" + $0.string }
    }
    if start == nil, let known = workDirectory, unsafe access(known + ".git", F_OK) != 0 {
      folder = Self.realPath(".")
    }
    guard let folder, workDirectory.flatMap({ Self.realPath($0) }) != folder else { return }
    try check(unsafe git_repository_set_workdir(handle, folder, 0), "git_repository_set_workdir")
  }

  /// Opens a repository; one of another owner where the user's own settings trust its folder.
  private static func openTrusting(
    _ path: String, flags: UInt32, ceilings: String?
  ) throws(GitError) -> Repository {
    func attempt() throws(GitError) -> Repository {
      let handle = try unsafe make("git_repository_open_ext") {
        unsafe git_repository_open_ext($0, path, flags, ceilings)
      }
      return unsafe Repository(handle: handle)
    }
    do throws(GitError) {
      return try attempt()
    } catch {
      guard error.unsupported == .otherOwner else { throw error }
      let folder = Ownership.folder(of: discovered(from: path, flags, ceilings) ?? path)
      guard Ownership.isTrusted(folder) else { throw GitError(foreignFolder: folder, error) }
      _ = registrar_git_set_owner_validation(0)
      defer { _ = registrar_git_set_owner_validation(1) }
      return try attempt()
    }
  }

  /// Returns the Git directory that opening a path would find.
  private static func discovered(
    from path: String, _ flags: UInt32, _ ceilings: String?
  ) -> String? {
    guard flags & GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue == 0 else { return path }
    let crosses = flags & GIT_REPOSITORY_OPEN_CROSS_FS.rawValue == 0 ? Int32(0) : 1
    var found = unsafe git_buf()
    guard unsafe git_repository_discover(&found, path, crosses, ceilings) == 0 else {
      git_error_clear()
      return nil
    }
    defer { unsafe git_buf_dispose(&found) }
    return unsafe found.ptr.map { unsafe String(cString: $0) }
  }

  private func useIndex(_ file: String) throws(GitError) {
    // libgit2 takes an index that is not there for an empty one; only before the first commit is it.
    guard unsafe access(file, F_OK) == 0 || git_repository_head_unborn(handle) == 1 else {
      throw GitError(code: -1, message: "there is no index '\(file)'", operation: "git_index_open")
    }
    indexFile = file
    _ = indexStamp
  }

  /// The file of the index, which need not be there.
  var indexPath: String { indexFile ?? path + "index" }

  /// Returns the index as libgit2 reads it, which the caller frees.
  func libraryIndex() throws(GitError) -> OpaquePointer {
    if let indexFile {
      let index = try unsafe make("git_index_open") { unsafe git_index_open($0, indexFile) }
      defer { unsafe git_index_free(index) }
      try check(unsafe git_repository_set_index(handle, index), "git_repository_set_index")
    }
    return try unsafe make("git_repository_index") { unsafe git_repository_index($0, handle) }
  }

  /// The path of the Git directory, with a final slash.
  package var path: String { unsafe String(cString: git_repository_path(handle)) }

  /// The path of the Git directory that linked work trees share, with a final slash.
  package var commonDirectory: String { unsafe String(cString: git_repository_commondir(handle)) }

  /// The path of the work tree, with a final slash; `nil` in a bare repository.
  package var workDirectory: String? {
    unsafe git_repository_workdir(handle).map { unsafe String(cString: $0) }
  }

  /// Whether the commits end where a shallow clone was cut off.
  package var isShallow: Bool { unsafe git_repository_is_shallow(handle) == 1 }

  /// Returns the commit that a revision names.
  ///
  /// - Parameter revision: As `git rev-parse` takes it: a branch, a tag, an id, `HEAD~2`.
  /// - Returns: The commit's name; a tag leads to what it tags.
  /// - Throws: `GitError` where there is no such commit.
  package func commit(at revision: String) throws(GitError) -> ObjectID {
    // libgit2 resolves some forms that name several commits; git refuses them, as one is asked for.
    let several = ["^@", "^!", "^-", ".."].contains { revision.contains($0) }
    guard !several, !revision.hasPrefix("-"), !revision.hasPrefix("^") else {
      throw GitError(
        code: GIT_EINVALIDSPEC.rawValue, message: "it names more than one commit",
        operation: "git_revparse_single")
    }
    let object = try unsafe make("git_revparse_single") {
      unsafe git_revparse_single($0, handle, revision)
    }
    defer { unsafe git_object_free(object) }
    let commit = try unsafe make("git_object_peel") {
      unsafe git_object_peel($0, object, GIT_OBJECT_COMMIT)
    }
    defer { unsafe git_object_free(commit) }
    return unsafe ObjectID(git_object_id(commit))
  }

  /// Whether there is no commit yet on the branch that is checked out.
  package var isUnborn: Bool { unsafe git_repository_head_unborn(handle) == 1 }

  /// Whether git would leave out an untracked file at `path`.
  package func isIgnored(_ path: RepoPath) -> Bool {
    var ignored: Int32 = 0
    return unsafe git_ignore_path_is_ignored(&ignored, handle, path.string) == 0 && ignored == 1
  }

  /// Returns the bytes of a blob.
  ///
  /// - Parameters:
  ///   - id: The blob.
  ///   - path: The path it stands at, for errors.
  ///   - limit: The largest number of bytes to accept; a larger blob is not read.
  /// - Returns: The bytes.
  /// - Throws: `SourceTreeError` where it is too large or missing.
  func blob(_ id: ObjectID, at path: RepoPath, limit: Int) throws(SourceTreeError) -> [UInt8] {
    let tooLarge: Int
    do throws(GitError) {
      let (kind, size) = try header(of: id)
      guard kind == GIT_OBJECT_BLOB else { throw .other(than: "blob") }
      if size <= limit {
        return try unsafe withObject(id) { _, bytes throws(GitError) in unsafe [UInt8](bytes) }
      }
      tooLarge = size
    } catch {
      throw .store(operation: "read \(path) (blob \(id))", reason: error.message)
    }
    throw .tooLarge(path, size: tooLarge, limit: limit)
  }
}

extension ObjectID {
  /// Copies a name out of libgit2.
  init(_ oid: UnsafePointer<git_oid>?) {
    guard let oid = unsafe oid else { preconditionFailure("every object has a name") }
    self = unsafe withUnsafeBytes(of: oid.pointee.id) { unsafe ObjectID(at: $0) }
  }

  var oid: git_oid {
    var oid = git_oid()
    unsafe withUnsafeMutableBytes(of: &oid.id) { unsafe write(to: $0) }
    return oid
  }
}

extension Repository {
  /// The version of libgit2 that runs.
  package static var libraryVersion: String {
    var (major, minor, revision): (Int32, Int32, Int32) = (0, 0, 0)
    _ = unsafe git_libgit2_version(&major, &minor, &revision)
    return "\(major).\(minor).\(revision)"
  }
}

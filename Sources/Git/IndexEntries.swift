import Clibgit2
import Glibc
import SourceText

/// What an index keeps of a file.
@safe struct IndexEntry {
  /// The bytes of its path; they are there as long as the entries that it came from.
  let path: UnsafeRawBufferPointer
  let mode: UInt32
  let object: ObjectID
  /// 0, or in a conflict which side it is of.
  let stage: Int
  /// Whether `git add -N` made it: the next commit will not have it.
  let isIntended: Bool
  /// Whether a sparse checkout left it out of the work tree.
  let isSkipped: Bool
  let size: UInt32
  let inode: UInt32
  let user: UInt32
  let group: UInt32
  let changed: (seconds: UInt32, nanoseconds: UInt32)
  let modified: (seconds: UInt32, nanoseconds: UInt32)

  func treeEntry(at path: RepoPath) -> TreeEntry {
    TreeEntry(path: path, kind: .init(mode: mode), object: object)
  }

  /// Whether another path comes before (-1), is it (0), or comes after (1).
  func order(of other: UnsafeRawBufferPointer) -> Int { unsafe Self.order(path, other) }

  static func order(_ one: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer) -> Int {
    guard let start = one.baseAddress, let otherStart = other.baseAddress else {
      return one.count - other.count
    }
    let order = unsafe memcmp(start, otherStart, min(one.count, other.count))
    return order == 0 ? one.count - other.count : Int(order)
  }
}

/// The entries of an index, in the order of paths: read here where Git wrote them as it mostly does, and by
/// libgit2 where not.
///
/// libgit2 1.5 makes an object of each entry and hashes the whole file, which Git does in `git fsck` alone: half
/// of what a hook costs beside 50,000 files.
@safe final class IndexEntries {
  private let file: IndexFile?
  private let library: OpaquePointer?
  let count: Int

  /// Reads the index of a repository.
  ///
  /// - Throws: `GitError` where it cannot be read.
  init(of repository: Repository) throws(GitError) {
    file = IndexFile(at: repository.indexPath)
    if let file {
      count = file.count
      unsafe library = nil
      return
    }
    let library = try unsafe repository.libraryIndex()
    unsafe self.library = unsafe library
    count = unsafe git_index_entrycount(library)
  }

  deinit { unsafe git_index_free(library) }

  /// Returns an entry; `nil` where there are not as many.
  subscript(position: Int) -> IndexEntry? {
    guard position >= 0, position < count else { return nil }
    if let file { return file[position] }
    guard let entry = unsafe git_index_get_byindex(library, position),
      let path = unsafe entry.pointee.path
    else { return nil }
    let found = unsafe entry.pointee
    let extended = unsafe UInt32(found.flags_extended)
    return unsafe IndexEntry(
      path: UnsafeRawBufferPointer(start: path, count: strlen(path)), mode: found.mode,
      object: withUnsafePointer(to: found.id) { unsafe ObjectID($0) },
      stage: Int(git_index_entry_stage(entry)),
      isIntended: extended & GIT_INDEX_ENTRY_INTENT_TO_ADD.rawValue != 0,
      isSkipped: extended & GIT_INDEX_ENTRY_SKIP_WORKTREE.rawValue != 0, size: found.file_size,
      inode: found.ino, user: found.uid, group: found.gid,
      changed: (UInt32(bitPattern: found.ctime.seconds), found.ctime.nanoseconds),
      modified: (UInt32(bitPattern: found.mtime.seconds), found.mtime.nanoseconds))
  }

  /// Returns the first entry that has a path: the file, or the first side of a conflict.
  func first(at path: RepoPath) -> IndexEntry? {
    var text = path.string
    return text.withUTF8 { bytes in
      let wanted = UnsafeRawBufferPointer(bytes)
      var (low, high) = (0, count)
      while low < high {
        let middle = (low + high) / 2
        if let entry = self[middle], unsafe entry.order(of: wanted) < 0 {
          low = middle + 1
        } else {
          high = middle
        }
      }
      return self[low].flatMap { unsafe $0.order(of: wanted) == 0 ? $0 : nil }
    }
  }

  /// Whether a merge left files of which it holds several sides.
  var hasConflicts: Bool { (0..<count).contains { (self[$0]?.stage ?? 0) > 0 } }
}

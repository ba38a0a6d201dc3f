import Clibgit2
import Glibc
import SourceText

/// When the file of an index was written.
struct IndexStamp {
  private let seconds: Int
  private let nanoseconds: Int

  /// Looks when a file was written; `nil` where it is not there.
  init?(of file: String) {
    var status = stat()
    guard unsafe lstat(file, &status) == 0 else { return nil }
    (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
  }

  /// Whether a file that was written at a time may have been written again after the index was, and look
  /// the same: one that is as young as the index tells nothing.
  func isRacy(_ time: timespec) -> Bool {
    (time.tv_sec, time.tv_nsec) >= (seconds, nanoseconds)
  }
}

extension IndexTree {
  /// Returns what was added at a path, where its file says that still.
  ///
  /// The file is not read: its times, its size and what else the index keeps of it tell, as in Git
  /// (`Documentation/technical/racy-git.txt`). Where they leave it open whether a file of the same size was
  /// written again, it is read, as Git would add it: with the line ends that attributes and settings ask for.
  ///
  /// - Parameters:
  ///   - path: The path in the index.
  ///   - file: The file in the work tree.
  /// - Returns: The object; `nil` where the file says something else, or only its bytes can tell.
  func object(at path: RepoPath, ifUnchangedAt file: String) -> ObjectID? {
    guard let stamp, let known = index.first(at: path), known.stage == 0 else { return nil }
    var status = stat()
    // Git writes the size 0 where it knows no better.
    guard !known.isIntended, known.mode & UInt32(S_IFMT) == UInt32(S_IFREG), known.size > 0,
      unsafe lstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      known.size == UInt32(truncatingIfNeeded: status.st_size)
    else { return nil }
    let isUntouched =
      !stamp.isRacy(status.st_mtim) && Self.isSame(known.modified, status.st_mtim)
      && Self.isSame(known.changed, status.st_ctim)
      && known.inode == UInt32(truncatingIfNeeded: status.st_ino)
      && known.user == status.st_uid && known.group == status.st_gid
    return isUntouched || object(ofAdding: file, at: path, size: status.st_size) == known.object
      ? known.object : nil
  }

  /// Returns the object that Git would make of a file; `nil` where it cannot be read or is too large.
  private func object(ofAdding file: String, at path: RepoPath, size: Int) -> ObjectID? {
    var id = git_oid()
    guard size <= 1 << 24,
      unsafe git_repository_hashfile(&id, repository.handle, file, GIT_OBJECT_BLOB, path.string)
        == 0
    else { return nil }
    return unsafe ObjectID(&id)
  }

  private static func isSame(
    _ known: (seconds: UInt32, nanoseconds: UInt32), _ time: timespec
  ) -> Bool {
    known.seconds == UInt32(truncatingIfNeeded: time.tv_sec)
      && known.nanoseconds == UInt32(truncatingIfNeeded: time.tv_nsec)
  }
}

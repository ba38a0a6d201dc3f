import Glibc

/// A file that may be there: that it is plainly absent is one thing, that nobody can tell is another.
package enum OwnersFile: Hashable, Sendable {
  case absent
  case present([UInt8])
  /// Why it cannot be read: a link that leads nowhere, a folder that may not be entered, too many bytes.
  case unreadable(String)

  /// Reads a file; links are followed.
  ///
  /// - Parameters:
  ///   - name: Its name.
  ///   - folder: Its folder.
  ///   - limit: The largest number of bytes to accept.
  package init(_ name: String, in folder: String, limit: Int) {
    var status = stat()
    let path = folder + "/" + name
    for place in [folder, path] {
      guard lstat(place, &status) == 0 else {
        self = errno == ENOENT ? .absent : Self.failed()
        return
      }
      // What is there and leads nowhere is not absent.
      guard stat(place, &status) == 0 else {
        self = Self.failed()
        return
      }
    }
    guard status.st_mode & S_IFMT == S_IFREG, status.st_size <= limit else {
      self = .unreadable("it is no file of at most \(limit) bytes")
      return
    }
    self = WorkTree.bytes(ofFile: path, limit: limit).map { .present($0) } ?? Self.failed()
  }

  private static func failed() -> OwnersFile { .unreadable(String(cString: strerror(errno))) }
}

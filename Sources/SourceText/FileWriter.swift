import Glibc

/// Writes files so that nobody ever sees half of one.
package enum FileWriter {
  /// Makes a folder in one that is there; returns whether there is one now.
  package static func makeFolder(_ path: String) -> Bool {
    mkdir(path, 0o755) == 0 || errno == EEXIST
  }

  /// Writes a file under another name beside its place, and gives it its name last.
  ///
  /// - Parameters:
  ///   - path: Where the file belongs.
  ///   - bytes: What it holds.
  /// - Returns: Whether it is there; if not, what stood there is as it was.
  package static func replace(_ path: String, with bytes: [UInt8]) -> Bool {
    let temporary = "\(path).\(getpid()).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return false }
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      guard count > 0 else { break }
      written += count
    }
    let isWhole = written == bytes.count && fsync(descriptor) == 0
    guard close(descriptor) == 0, isWhole, rename(temporary, path) == 0 else {
      unlink(temporary)
      return false
    }
    return true
  }
}

import Glibc

/// Writes files so that nobody ever sees half of one.
package enum FileWriter {
  /// Makes a folder in one that is there; returns whether there is one now.
  package static func makeFolder(_ path: String) -> Bool {
    mkdir(path, 0o755) == 0 || errno == EEXIST
  }

  /// Adds to the end of a file, in one piece; returns whether it is there.
  package static func append(_ path: String, _ bytes: [UInt8]) -> Bool {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      == bytes.count
  }

  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Whether a file is there that can be run.
  package static func isProgram(_ path: String) -> Bool { access(path, X_OK) == 0 }

  /// Gives a file another name; returns whether it has it.
  package static func move(_ path: String, to other: String) -> Bool { rename(path, other) == 0 }

  package static func remove(_ path: String) { unlink(path) }

  /// Writes a file under another name beside its place, and gives it its name last.
  ///
  /// - Parameters:
  ///   - path: Where the file belongs.
  ///   - bytes: What it holds.
  ///   - isProgram: Whether it can be run.
  /// - Returns: Whether it is there; if not, what stood there is as it was.
  package static func replace(
    _ path: String, with bytes: [UInt8], isProgram: Bool = false
  ) -> Bool {
    let temporary = "\(path).\(getpid()).tmp"
    let descriptor = open(
      temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, isProgram ? 0o755 : 0o644)
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

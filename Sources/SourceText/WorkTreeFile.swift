import Glibc

extension WorkTree {
  /// Returns the bytes of a file of the machine, wherever it is.
  ///
  /// A path is taken as every program takes it: it may count from above with `..`, and lead through links.
  ///
  /// - Parameters:
  ///   - path: The path.
  ///   - limit: The largest number of bytes to accept.
  /// - Returns: The bytes; `nil` where there is no such file, or it cannot be read as a whole. A pipe or a
  ///   device is none: it could make the reader wait for ever.
  package static func bytes(ofFile path: String, limit: Int) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= limit
    else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(status.st_size)
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while bytes.count <= limit {
      let count = read(file, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
    return nil
  }
}

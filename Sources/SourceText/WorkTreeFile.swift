extension WorkTree {
  /// Returns the bytes of a file of the machine, wherever it is.
  ///
  /// - Parameters:
  ///   - path: The absolute path.
  ///   - limit: The largest number of bytes to accept.
  /// - Returns: The bytes; `nil` where there is no such file, or it cannot be read.
  package static func bytes(ofFile path: String, limit: Int) -> [UInt8]? {
    guard let place = RepoPath(String(path.drop { $0 == "/" })) else { return nil }
    return try? WorkTree(root: "/").bytes(of: place, limit: limit)
  }
}

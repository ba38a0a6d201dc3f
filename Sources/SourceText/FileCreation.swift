import Glibc

extension FileWriter {
  /// Makes a file that is not there yet, with the folders that lead to it.
  ///
  /// No link is followed below the top, and nothing that is there is replaced, whoever put it there meanwhile.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - root: The top, from which the path counts.
  ///   - bytes: What it holds.
  /// - Returns: Why it could not be made, in words; `nil` where it is there, whole.
  package static func create(
    _ path: RepoPath, below root: String, with bytes: [UInt8]
  ) -> String? {
    var names = path.string.split(separator: "/").map(String.init)
    var folder = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0, let name = names.popLast() else { return reason() }
    defer { close(folder) }
    for next in names {
      if mkdirat(folder, next, 0o755) != 0, errno != EEXIST { return reason() }
      let inner = openat(folder, next, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard inner >= 0 else {
        return errno == ENOTDIR || errno == ELOOP ? "'\(next)' is a link, or no folder" : reason()
      }
      close(folder)
      folder = inner
    }
    let temporary = "\(name).\(getpid()).tmp"
    if let failure = fill(temporary, in: folder, with: bytes) { return failure }
    defer { unlinkat(folder, temporary, 0) }
    if linkat(folder, temporary, folder, name, 0) == 0 { return nil }
    // Some file systems have no second names.
    return errno == EEXIST ? reason() : fill(name, in: folder, with: bytes)
  }

  /// Writes a file that is not there yet; half of it is never left.
  private static func fill(_ name: String, in folder: Int32, with bytes: [UInt8]) -> String? {
    let descriptor = openat(
      folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { return reason() }
    var failure = write(bytes[...], to: descriptor)
    if failure == nil, fsync(descriptor) != 0 { failure = reason() }
    if close(descriptor) != 0, failure == nil { failure = reason() }
    if failure != nil { unlinkat(folder, name, 0) }
    return failure
  }
}

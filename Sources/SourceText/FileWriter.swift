import Glibc

/// Writes files: those of the program so that nobody ever sees half of one, those that a user names into
/// what is there.
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

  /// Returns the names in a folder, in their order; `nil` where it cannot be read.
  package static func names(inFolder path: String) -> [String]? {
    guard let stream = opendir(path) else { return nil }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = String(decoding: WorkTree.name(of: entry).bytes, as: UTF8.self)
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// How the names of folders begin that are made by `makeScratchFolder`.
  package static let scratchPrefix = ".registrar-"

  /// Makes a folder of a name that nobody has yet; returns its path.
  package static func makeScratchFolder(in folder: String) -> String? {
    var template = Array((folder + "/" + scratchPrefix + "XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { return nil }
    return String(
      decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
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
    let isWhole = write(bytes[...], to: descriptor) == nil && fsync(descriptor) == 0
    guard close(descriptor) == 0, isWhole, rename(temporary, path) == 0 else {
      unlink(temporary)
      return false
    }
    return true
  }

  /// Writes into what a user names: through links, into devices and pipes, and with the mode and the other
  /// names of a file that is there.
  ///
  /// A file of one name is written under another beside it and takes its place last, so that what was there
  /// stays where the disk is full. Where that cannot be, as in a folder that is not the user's, it is written
  /// as a shell's `>` does.
  ///
  /// - Parameters:
  ///   - path: The file; a new one is readable for everybody whom the mask of the process lets read it.
  ///   - bytes: What it holds.
  /// - Returns: Why it could not be written, in words; `nil` where it was. Half of it is never left under the
  ///   name of a file that holds nothing else.
  package static func overwrite(_ path: String, with bytes: [UInt8]) -> String? {
    var status = stat()
    let isThere = lstat(path, &status) == 0
    if isThere, status.st_mode & S_IFMT != S_IFREG || status.st_nlink > 1 {
      return overwriteInPlace(path, with: bytes)
    }
    // Who may not write into a file does not take its place either.
    if isThere, access(path, W_OK) != 0 { return reason() }
    let temporary = "\(path).\(getpid()).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      let failure = overwriteInPlace(path, with: bytes)
      if failure != nil, !isThere { unlink(path) }
      return failure
    }
    var failure = write(bytes[...], to: descriptor)
    if failure == nil, fsync(descriptor) != 0 { failure = reason() }
    // Owner first: a change of it takes bits of the mode away.
    let isLike =
      !isThere
      || fchown(descriptor, status.st_uid, status.st_gid) == 0
        && fchmod(descriptor, status.st_mode & 0o7777) == 0
    if close(descriptor) != 0, failure == nil { failure = reason() }
    if failure == nil, isLike, rename(temporary, path) != 0 { failure = reason() }
    guard failure == nil, isLike else {
      unlink(temporary)
      return failure ?? overwriteInPlace(path, with: bytes)
    }
    return nil
  }

  /// Writes into a file, a device or a pipe that is there, or a new file behind a link.
  private static func overwriteInPlace(_ path: String, with bytes: [UInt8]) -> String? {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, 0o666)
    guard descriptor >= 0 else { return reason() }
    var failure = write(bytes[...], to: descriptor)
    // A device or a pipe keeps nothing that could be brought to a disk.
    if failure == nil, fsync(descriptor) != 0, ![EINVAL, EROFS, ENOTSUP].contains(errno) {
      failure = reason()
    }
    if close(descriptor) != 0, failure == nil { failure = reason() }
    return failure
  }

  static func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) -> String? {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return reason() }
      rest = rest.dropFirst(count)
    }
    return nil
  }

  static func reason() -> String { String(cString: strerror(errno)) }
}

import Glibc
import Synchronization

/// The files below a folder of this machine, as they are now.
///
/// Links are told and never followed: what a link points to is not under configuration control.
package struct WorkTree: SourceTree, Sendable {
  /// The absolute or relative path of the folder.
  package let root: String
  package let title: String
  private let known = KnownFolder()

  package init(root: String, title: String = "the work tree") {
    self.root = root
    self.title = title
  }

  /// Whether there is such a folder.
  package var isThere: Bool {
    var status = stat()
    return stat(root, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  package var shared: (any SourceTree & Sendable)? { self }

  /// How many folders may stand in each other.
  private static let deepest = 512

  package func entries(under folder: RepoPath?) throws(SourceTreeError) -> [TreeEntry] {
    if let folder {
      if isBehindLink(folder) { return [] }
      let kind = kind(of: folder, listedAs: UInt8(DT_UNKNOWN))
      if kind == .link || kind == .submodule { return [TreeEntry(path: folder, kind: kind)] }
    }
    var entries: [TreeEntry] = []
    var waiting: [(folder: RepoPath?, depth: Int)] = [(folder, 0)]
    while let (folder, depth) = waiting.popLast() {
      guard depth <= Self.deepest else {
        throw .tooDeep(folder?.string ?? "", limit: Self.deepest)
      }
      waiting += try list(folder, into: &entries).map { ($0, depth + 1) }
    }
    entries.sort { $0.path < $1.path }
    return entries
  }

  /// Lists one folder.
  ///
  /// - Returns: The folders in it.
  private func list(
    _ folder: RepoPath?, into entries: inout [TreeEntry]
  ) throws(SourceTreeError) -> [RepoPath] {
    let location = folder.map { root + "/" + $0.string } ?? root
    guard let stream = opendir(location) else {
      let reason = errno
      guard reason != ENOENT, reason != ENOTDIR else { return [] }
      guard let folder else {
        throw .store(operation: "open \(root)", reason: String(cString: strerror(reason)))
      }
      entries.removeAll { $0.path == folder }
      entries.append(TreeEntry(path: folder, kind: .other))
      return []
    }
    defer { closedir(stream) }
    var folders: [RepoPath] = []
    while let item = readdir(stream) {
      let (bytes, type) = Self.name(of: item)
      guard bytes != [UInt8(ascii: ".")], bytes != Array("..".utf8), bytes != Array(".git".utf8)
      else { continue }
      guard let name = String(validating: bytes, as: UTF8.self) else {
        let place = folder.map { $0.string + "/" } ?? ""
        throw .undecodablePath(place + String(decoding: bytes, as: UTF8.self))
      }
      let joined = folder.map { $0.string + "/" + name } ?? name
      guard let path = RepoPath(joined) else { continue }
      let kind = kind(of: path, listedAs: type)
      entries.append(TreeEntry(path: path, kind: kind))
      if kind == .folder { folders.append(path) }
    }
    return folders
  }

  /// Returns the name of what stands in a folder, and its kind as the folder knows it.
  static func name(of item: UnsafeMutablePointer<dirent>) -> (bytes: [UInt8], type: UInt8) {
    // `d_name` is imported as a tuple of 256; its bytes are read in place.
    let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) ?? 19
    let start = UnsafeRawPointer(item).advanced(by: offset).assumingMemoryBound(to: UInt8.self)
    let length = strlen(UnsafeRawPointer(start).assumingMemoryBound(to: CChar.self))
    return (Array(UnsafeBufferPointer(start: start, count: length)), item.pointee.d_type)
  }

  private func kind(of path: RepoPath, listedAs type: UInt8) -> TreeEntry.Kind {
    switch Int(type) {
    case Int(DT_REG): return .file
    case Int(DT_DIR): return isRepository(path) ? .submodule : .folder
    case Int(DT_LNK): return .link
    case Int(DT_UNKNOWN):
      var status = stat()
      guard lstat(root + "/" + path.string, &status) == 0 else { return .other }
      switch status.st_mode & S_IFMT {
      case S_IFREG: return .file
      case S_IFDIR: return isRepository(path) ? .submodule : .folder
      case S_IFLNK: return .link
      default: return .other
      }
    default: return .other
    }
  }

  /// Whether a folder is the top of a repository of its own, as a submodule is.
  private func isRepository(_ folder: RepoPath) -> Bool {
    access(root + "/" + folder.string + "/.git", F_OK) == 0
  }

  /// Whether one of the folders above a path is a link, so that Git has nothing at the path.
  private func isBehindLink(_ path: RepoPath) -> Bool {
    guard let parent = path.folder, known.folder.withLock({ $0 != parent }) else { return false }
    var folder: RepoPath? = parent
    while let here = folder {
      var status = stat()
      if lstat(root + "/" + here.string, &status) == 0, status.st_mode & S_IFMT == S_IFLNK {
        return true
      }
      folder = here.folder
    }
    known.folder.withLock { $0 = parent }
    return false
  }

  package func isExecutable(_ path: RepoPath) -> Bool? {
    var status = stat()
    guard lstat(root + "/" + path.string, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return nil
    }
    return status.st_mode & S_IXUSR != 0
  }

  package func bytes(of path: RepoPath, limit: Int) throws(SourceTreeError) -> [UInt8] {
    if isBehindLink(path) { throw .notAFile(path) }
    // O_NONBLOCK: opening a pipe that nobody writes to would wait for ever.
    let file = open(root + "/" + path.string, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else {
      switch errno {
      case ENOENT, ENOTDIR: throw .missing(path)
      case ELOOP: throw .notAFile(path)
      default: throw .unreadable(path, reason: String(cString: strerror(errno)))
      }
    }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else {
      throw .unreadable(path, reason: String(cString: strerror(errno)))
    }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path) }
    guard status.st_size <= limit else {
      throw .tooLarge(path, size: status.st_size, limit: limit)
    }
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: status.st_size) { buffer, count in
      while count < buffer.count {
        let length = read(file, buffer.baseAddress?.advanced(by: count), buffer.count - count)
        if length < 0 && errno == EINTR { continue }
        if length < 0 { failure = errno }
        guard length > 0 else { break }
        count += length
      }
    }
    guard failure == 0 else { throw .unreadable(path, reason: String(cString: strerror(failure))) }
    return bytes
  }
}

/// The folder that was found last not to be behind a link: nearly all files are in that of the one before.
private final class KnownFolder: Sendable {
  let folder = Mutex<RepoPath?>(nil)
}

import Glibc

/// Files as the system has them.
enum Disk {
  /// Returns the regular files below a folder, by paths that begin with its name; hidden ones are left out.
  static func files(below folder: String, in root: String) -> [String] {
    guard let stream = opendir(root + "/" + folder) else { return [] }
    defer { closedir(stream) }
    var paths: [String] = []
    while let item = readdir(stream) {
      let name = withUnsafeBytes(of: &item.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard !name.hasPrefix(".") else { continue }
      let path = folder + "/" + name
      var status = stat()
      guard lstat(root + "/" + path, &status) == 0 else { continue }
      switch status.st_mode & S_IFMT {
      case S_IFDIR: paths += files(below: path, in: root)
      case S_IFREG: paths.append(path)
      default: break
      }
    }
    return paths
  }

  static func bytes(of path: String) -> [UInt8]? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      guard count > 0 else { return ferror(file) == 0 ? bytes : nil }
      bytes += buffer[..<count]
    }
  }

  /// Writes a file that does not hold the bytes yet; returns whether it holds them.
  static func write(_ bytes: [UInt8], to path: String) -> Bool {
    if self.bytes(of: path) == bytes { return true }
    guard let file = fopen(path + ".new", "w") else { return false }
    let isWhole = fwrite(bytes, 1, bytes.count, file) == bytes.count
    return fclose(file) == 0 && isWhole && rename(path + ".new", path) == 0
  }
}

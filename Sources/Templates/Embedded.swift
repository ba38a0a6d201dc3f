/// The files that the program was built with: the registers and schemas of its own repository, and those of the
/// templates.
///
/// They are read at each build, so that what a template makes is what this repository holds.
enum Embedded {
  /// The bytes by paths from the top of the repository.
  static let files: [String: [UInt8]] = embeddedFiles.withUTF8Buffer { bytes in
    var files: [String: [UInt8]] = [:]
    var rest = bytes[...]
    while let path = line(&rest), let count = line(&rest).flatMap({ Int($0) }) {
      files[path] = Array(rest.prefix(count))
      rest = rest.dropFirst(count)
    }
    return files
  }

  /// The folder of the templates.
  static let templates = "Sources/Templates/Files"

  /// Returns the files below a folder, by paths from there.
  static func files(in folder: String) -> [String: [UInt8]] {
    var found: [String: [UInt8]] = [:]
    for (path, bytes) in files where path.hasPrefix(folder + "/") {
      found[String(path.dropFirst(folder.count + 1))] = bytes
    }
    return found
  }

  private static func line(_ rest: inout Slice<UnsafeBufferPointer<UInt8>>) -> String? {
    guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    defer { rest = rest[(end + 1)...] }
    return String(decoding: rest[..<end], as: UTF8.self)
  }
}

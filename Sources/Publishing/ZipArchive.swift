import SourceText

/// A ZIP archive (PKWARE APPNOTE 6.3) whose files are stored and not compressed, so that the same
/// content is always the same bytes.
struct ZipArchive {
  private var files: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0
  /// 1 January 1980, which the form takes for the earliest day.
  private static let day: [UInt8] = [0, 0, 0x21, 0]

  private static func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  mutating func add(_ name: String, _ text: String) {
    let (path, bytes) = (Array(name.utf8), Array(text.utf8))
    // Version 2.0, names in UTF-8, stored.
    let head: [UInt8] =
      [20, 0, 0, 8, 0, 0] + Self.day + Self.little(Int(CRC32.checksum(bytes)), 4)
      + Self.little(bytes.count, 4) + Self.little(bytes.count, 4) + Self.little(path.count, 2)
      + [0, 0]
    directory += [0x50, 0x4B, 1, 2, 20, 0] + head + [UInt8](repeating: 0, count: 10)
    directory += Self.little(files.count, 4) + path
    files += [0x50, 0x4B, 3, 4] + head + path + bytes
    count += 1
  }

  var bytes: [UInt8] {
    files + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + Self.little(count, 2)
      + Self.little(count, 2) + Self.little(directory.count, 4) + Self.little(files.count, 4)
      + [0, 0]
  }
}

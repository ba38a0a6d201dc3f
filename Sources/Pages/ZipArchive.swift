import SourceText

/// A ZIP archive (PKWARE APPNOTE 6.3) whose files are stored and not compressed, so that the same
/// content is always the same bytes.
package struct ZipArchive {
  private var files: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0
  /// 1 January 1980, which the form takes for the earliest day.
  private static let day: [UInt8] = [0, 0, 0x21, 0]

  private static func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  package init() {}

  /// Adds a file.
  package mutating func add(_ name: String, _ text: String) {
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

  /// Returns a file out of the bytes of an archive in which all are stored, found by its directory.
  ///
  /// - Returns: The file's bytes; `nil` where the archive has none of the name, or is not whole.
  package static func file(_ name: String, in archive: [UInt8]) -> [UInt8]? {
    func number(_ offset: Int, _ count: Int) -> Int? {
      guard offset >= 0, offset + count <= archive.count else { return nil }
      return (0..<count).reduce(0) { $0 | Int(archive[offset + $1]) << (8 * $1) }
    }
    let end = archive.count - 22
    guard number(end, 4) == 0x0605_4B50, var entry = number(end + 16, 4),
      let count = number(end + 10, 2)
    else { return nil }
    for _ in 0..<count {
      guard number(entry, 4) == 0x0201_4B50, let sum = number(entry + 16, 4),
        let size = number(entry + 24, 4), let nameSize = number(entry + 28, 2),
        let place = number(entry + 42, 4), entry + 46 + nameSize <= archive.count
      else { return nil }
      if archive[(entry + 46)..<(entry + 46 + nameSize)].elementsEqual(name.utf8) {
        guard let localName = number(place + 26, 2), let extra = number(place + 28, 2) else {
          return nil
        }
        let start = place + 30 + localName + extra
        guard start + size <= archive.count else { return nil }
        let bytes = Array(archive[start..<(start + size)])
        return Int(CRC32.checksum(bytes)) == sum ? bytes : nil
      }
      entry += 46 + nameSize
    }
    return nil
  }

  /// The archive.
  package var bytes: [UInt8] {
    files + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + Self.little(count, 2)
      + Self.little(count, 2) + Self.little(directory.count, 4) + Self.little(files.count, 4)
      + [0, 0]
  }
}

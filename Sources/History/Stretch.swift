package import Registry
package import SourceText

/// The stretch in which two versions of a file of many records differ.
package enum Stretch {
  /// Returns both versions without the records that stand before and behind everything that differs.
  ///
  /// - Parameters:
  ///   - old: The file before.
  ///   - new: The file now.
  ///   - shape: How its records are kept.
  /// - Returns: Two smaller files whose records are those that may differ; `nil` where the file can only
  ///   be read whole. The places in them are not those of the files.
  package static func differing(
    _ old: SourceFile, _ new: SourceFile, shape: Catalogue.Shape
  ) -> (old: SourceFile, new: SourceFile)? {
    guard shape == .table || shape == .list else { return nil }
    let (one, two) = (old.bytes, new.bytes)
    let shorter = min(one.count, two.count)
    var head = 0
    while head < shorter, one[head] == two[head] { head += 1 }
    var tail = 0
    while tail < shorter - head, one[one.count - 1 - tail] == two[two.count - 1 - tail] {
      tail += 1
    }
    let start = begin(of: one, before: head, shape)
    // The head of a table says what its cells are.
    let header = shape == .table ? (one.firstIndex(of: 0x0A).map { $0 + 1 } ?? one.count) : 0
    guard start >= header, start > 0 else { return nil }
    let back = tail == 0 ? 0 : end(of: one, behind: one.count - tail + 1, shape)
    let ends = (one.count - back, two.count - back)
    guard start <= ends.0, start <= ends.1 else { return nil }
    let stretches = (one[start..<ends.0], two[start..<ends.1])
    if shape == .table {
      // Quotes that are open at a border would make other rows of what follows.
      let isEven = [one[..<header], one[..<start], stretches.0, stretches.1].allSatisfy { bytes in
        bytes.count { $0 == UInt8(ascii: "\"") }.isMultiple(of: 2)
      }
      guard isEven else { return nil }
    }
    func file(_ stretch: ArraySlice<UInt8>) -> SourceFile {
      let isEmpty = stretch.isEmpty && shape == .list
      return SourceFile(
        path: old.path,
        bytes: Array(one[..<header]) + (isEmpty ? Array("[]\n".utf8) : Array(stretch)))
    }
    return (file(stretches.0), file(stretches.1))
  }

  /// Whether a record begins at a place, by the bytes up to another.
  private static func begins(
    _ bytes: [UInt8], at place: Int, to end: Int, _ shape: Catalogue.Shape
  ) -> Bool {
    guard place == 0 || bytes[place - 1] == 0x0A else { return false }
    guard shape == .list else { return true }
    return place + 1 < end && bytes[place] == UInt8(ascii: "-")
      && bytes[place + 1] == UInt8(ascii: " ")
  }

  /// Returns the last place at or before another at which a record begins.
  private static func begin(
    of bytes: [UInt8], before place: Int, _ shape: Catalogue.Shape
  ) -> Int {
    let end = place
    var place = place
    while place > 0, !begins(bytes, at: place, to: end, shape) { place -= 1 }
    return place
  }

  /// Returns how many bytes stand behind the first place at or behind another at which a record begins.
  private static func end(
    of bytes: [UInt8], behind place: Int, _ shape: Catalogue.Shape
  ) -> Int {
    var place = place
    while place < bytes.count, !begins(bytes, at: place, to: bytes.count, shape) { place += 1 }
    return bytes.count - place
  }
}

/// The bytes of a YAML file, or of the head of a document, as lines and columns.
struct YAMLText {
  let bytes: [UInt8]
  /// The stretch that is YAML.
  let bounds: Range<Int>

  /// What ends lines: as the first line does.
  var lineEnd: [UInt8] {
    guard let first = bytes.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { return [0x0A] }
    let isPair = bytes[first] == 0x0D && first + 1 < bytes.count && bytes[first + 1] == 0x0A
    return isPair ? [0x0D, 0x0A] : [bytes[first]]
  }

  subscript(offset: Int) -> UInt8? { bounds.contains(offset) ? bytes[offset] : nil }

  static func isBreak(_ byte: UInt8?) -> Bool { byte == 0x0A || byte == 0x0D }
  static func isBlank(_ byte: UInt8?) -> Bool { byte == 0x20 || byte == 0x09 }

  /// Where the line of an offset begins.
  func lineStart(_ offset: Int) -> Int {
    var start = offset
    while start > bounds.lowerBound, !Self.isBreak(bytes[start - 1]) { start -= 1 }
    if start == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return min(3, offset) }
    return start
  }

  /// Where the line of an offset ends, before its line break.
  func lineStop(_ offset: Int) -> Int {
    var stop = offset
    while let byte = self[stop], !Self.isBreak(byte) { stop += 1 }
    return stop
  }

  /// Where the line behind a line break begins; the end where there is no break.
  func behindBreak(_ stop: Int) -> Int {
    guard Self.isBreak(self[stop]) else { return stop }
    return self[stop] == 0x0D && self[stop + 1] == 0x0A ? stop + 2 : stop + 1
  }

  /// Where the line break before a line begins.
  func beforeBreak(_ start: Int) -> Int {
    guard start > bounds.lowerBound, Self.isBreak(bytes[start - 1]) else { return start }
    let isPair =
      bytes[start - 1] == 0x0A && start - 1 > bounds.lowerBound && bytes[start - 2] == 0x0D
    return isPair ? start - 2 : start - 1
  }

  /// How many characters stand before an offset in its line.
  func column(_ offset: Int) -> Int {
    bytes[lineStart(offset)..<offset].count { $0 & 0xC0 != 0x80 }
  }

  /// Whether nothing but spaces stands before an offset in its line.
  func isFirst(_ offset: Int) -> Bool {
    bytes[lineStart(offset)..<offset].allSatisfy { $0 == 0x20 }
  }

  /// Returns where the next sign stands that is neither space, line break nor comment.
  func skipSpace(_ offset: Int) -> Int {
    var offset = offset
    while let byte = self[offset] {
      if Self.isBlank(byte) || Self.isBreak(byte) {
        offset += 1
      } else if byte == UInt8(ascii: "#"),
        offset == bounds.lowerBound || Self.isBlank(bytes[offset - 1])
          || Self.isBreak(bytes[offset - 1])
      {
        offset = lineStop(offset)
      } else {
        break
      }
    }
    return offset
  }

  /// Whether a line break stands in a stretch.
  func hasBreak(_ range: Range<Int>) -> Bool { bytes[range].contains(where: Self.isBreak) }
}

/// Other bytes for some stretches of a file, none of which overlap.
struct TextEdits {
  private(set) var edits: [(range: Range<Int>, bytes: [UInt8])] = []

  mutating func replace(_ range: Range<Int>, with bytes: [UInt8]) {
    edits.append((range, bytes))
  }

  mutating func insert(_ bytes: [UInt8], at offset: Int) { replace(offset..<offset, with: bytes) }

  /// Returns the bytes of a file with all replacements; what stands at one place stays in the order it was added.
  func applied(to bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + edits.reduce(0) { $0 + $1.bytes.count })
    var offset = 0
    let ordered = edits.enumerated().sorted {
      ($0.element.range.lowerBound, $0.element.range.upperBound, $0.offset)
        < ($1.element.range.lowerBound, $1.element.range.upperBound, $1.offset)
    }
    for (_, edit) in ordered {
      result += bytes[offset..<max(offset, edit.range.lowerBound)]
      result += edit.bytes
      offset = max(offset, edit.range.upperBound)
    }
    return result + bytes[offset...]
  }

  /// How many bytes longer the file is.
  var growth: Int { edits.reduce(0) { $0 + $1.bytes.count - $1.range.count } }
}

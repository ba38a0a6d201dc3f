/// How a file is written, beside what it says.
struct TextLayout: Hashable {
  private(set) var hasMark = false
  private(set) var lineEnd: [UInt8] = [0x0A]
  private(set) var endsWithBreak = true

  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Finds out how a file is written; lines end as the first one does.
  init(of bytes: [UInt8]) {
    hasMark = bytes.starts(with: Self.mark)
    if let first = bytes.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) {
      let isReturn = bytes[first] == 0x0D
      let isPair = isReturn && first + 1 < bytes.count && bytes[first + 1] == 0x0A
      lineEnd = isPair ? [0x0D, 0x0A] : [bytes[first]]
    }
    endsWithBreak = bytes.last.map { $0 == 0x0A || $0 == 0x0D } ?? true
  }

  /// The layout that both sides want: what one side changed is as it has it.
  init(base: TextLayout, ours: TextLayout, theirs: TextLayout) {
    hasMark = merged(base.hasMark, ours.hasMark, theirs.hasMark)
    lineEnd = merged(base.lineEnd, ours.lineEnd, theirs.lineEnd)
    endsWithBreak = merged(base.endsWithBreak, ours.endsWithBreak, theirs.endsWithBreak)
  }

  /// Returns the bytes of a file without its byte order mark.
  static func withoutMark(_ bytes: [UInt8]) -> [UInt8] {
    bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes
  }

  /// Returns the bytes of a file without what is particular to its layout.
  static func plain(_ bytes: [UInt8]) -> [UInt8] {
    var plain: [UInt8] = []
    plain.reserveCapacity(bytes.count + 1)
    var offset = bytes.starts(with: mark) ? 3 : 0
    while offset < bytes.count {
      let isPair = bytes[offset] == 0x0D && offset + 1 < bytes.count && bytes[offset + 1] == 0x0A
      if !isPair { plain.append(bytes[offset]) }
      offset += 1
    }
    if let last = plain.last, last != 0x0A { plain.append(0x0A) }
    return plain
  }

  /// Returns plain bytes as a file of this layout.
  ///
  /// - Parameters:
  ///   - plain: The bytes.
  ///   - hasLineEnds: Whether lines end as they should already.
  /// - Returns: The bytes of the file.
  func written(_ plain: [UInt8], hasLineEnds: Bool = false) -> [UInt8] {
    var bytes = hasMark ? Self.mark : []
    bytes.reserveCapacity(plain.count + 3)
    if hasLineEnds || lineEnd == [0x0A] {
      bytes += plain
    } else {
      for byte in plain {
        if byte == 0x0A { bytes += lineEnd } else { bytes.append(byte) }
      }
    }
    if !endsWithBreak {
      while let last = bytes.last, last == 0x0A || last == 0x0D { bytes.removeLast() }
    }
    return bytes
  }
}

/// Returns what both sides want of a value that is not a matter of content: ours where both changed
/// it.
func merged<Value: Equatable>(_ base: Value, _ ours: Value, _ theirs: Value) -> Value {
  ours == base ? theirs : ours
}

/// A text in pieces, some of which are in conflict.
struct MergeText {
  enum Piece {
    case text([UInt8])
    /// What both sides have instead; whole lines.
    case conflict(ours: [UInt8], theirs: [UInt8])
  }

  /// Which side is taken where both are in conflict.
  enum Side {
    case ours
    case theirs
  }

  private(set) var pieces: [Piece] = []

  init(_ bytes: [UInt8] = []) { append(bytes) }

  var conflicts: Int {
    pieces.count { piece in
      if case .conflict = piece { return true }
      return false
    }
  }

  /// Whether it begins with lines in conflict.
  var beginsInConflict: Bool {
    if case .conflict? = pieces.first { return true }
    return false
  }

  mutating func append(_ bytes: [UInt8]) {
    guard !bytes.isEmpty else { return }
    guard case .text(var text)? = pieces.last else {
      pieces.append(.text(bytes))
      return
    }
    // The text must have one owner, or it is copied at every step.
    pieces.removeLast()
    text += bytes
    pieces.append(.text(text))
  }

  mutating func append(ours: [UInt8], theirs: [UInt8]) {
    pieces.append(.conflict(ours: ours, theirs: theirs))
  }

  mutating func append(_ other: MergeText) {
    for piece in other.pieces {
      switch piece {
      case .text(let bytes): append(bytes)
      case .conflict(let ours, let theirs): append(ours: ours, theirs: theirs)
      }
    }
  }

  /// Returns the text with one side's lines wherever both are in conflict.
  func text(taking side: Side) -> [UInt8] {
    pieces.flatMap { piece in
      switch piece {
      case .text(let bytes): bytes
      case .conflict(let ours, let theirs): side == .ours ? ours : theirs
      }
    }
  }

  /// Returns the text with Git's marks around what is in conflict.
  ///
  /// - Parameters:
  ///   - labels: What the marks say.
  ///   - lineEnd: What ends the lines of the marks.
  /// - Returns: The bytes.
  func marked(_ labels: ConflictLabels, lineEnd: [UInt8] = [0x0A]) -> [UInt8] {
    var text: [UInt8] = []
    for piece in pieces {
      switch piece {
      case .text(let bytes): text += bytes
      case .conflict(let ours, let theirs):
        text += labels.line("<", labels.ours) + lineEnd + ours + labels.line("=") + lineEnd
        text += theirs + labels.line(">", labels.theirs) + lineEnd
      }
    }
    return text
  }
}

/// What Git's marks of a conflict say.
package struct ConflictLabels: Sendable {
  package let ours: String
  package let theirs: String
  /// How many signs a mark has.
  package let size: Int

  package init(ours: String, theirs: String, size: Int = 7) {
    self.ours = ours
    self.theirs = theirs
    self.size = size
  }

  fileprivate func line(_ sign: String, _ label: String? = nil) -> [UInt8] {
    Array((String(repeating: sign, count: size) + (label.map { " " + $0 } ?? "")).utf8)
  }
}

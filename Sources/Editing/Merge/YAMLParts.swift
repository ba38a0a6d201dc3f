import SourceText
package import Syntax

/// One of three versions of a YAML text, with a digest for each value.
struct YAMLVersion {
  let file: SourceFile
  let digests: [ValueDigest]

  init(_ tree: SyntaxTree) {
    file = tree.file
    digests = ValueDigest.all(of: tree)
  }

  func digest(of node: Node) -> ValueDigest { digests[node.index] }

  func bytes(_ range: Range<Int>) -> [UInt8] { Array(file.bytes[range]) }
}

/// A member of a mapping or an element of a list, as a stretch of text.
package struct YAMLPart {
  /// The lines of comments and empty lines that stand before it.
  package let lead: Range<Int>
  /// From its key or dash up to the next one's lead.
  package let range: Range<Int>
  /// How many bytes stand before it in its line.
  let column: Int
  /// The key of a member.
  package let key: String?
  package let value: Node
}

/// A mapping or list cut into its parts; head, parts and foot together are the whole stretch.
package struct YAMLCut {
  let head: Range<Int>
  package let parts: [YAMLPart]
  let foot: Range<Int>
  /// Whether it is written with brackets.
  package let isFlow: Bool
  /// What stands between its parts, where it is written with brackets.
  private(set) var separator = Array(", ".utf8)
  /// How many bytes stand before each part in its line.
  let column: Int

  /// Cuts a container; there is none where the text cannot be cut between its parts.
  ///
  /// - Parameters:
  ///   - node: The container.
  ///   - stretch: The text that belongs to it, with the key or dash before it and the lines behind it.
  ///   - isRoot: Whether it is all of a file: comments before an empty line are then its head.
  package init?(_ node: Node, in stretch: Range<Int>, isRoot: Bool = false) {
    let bytes = node.tree.file.bytes
    let start = node.range.offsets.lowerBound
    let whole = node.range.offsets
    guard node.kind == .array || node.kind == .object, whole.clamped(to: stretch) == whole,
      start < bytes.count
    else { return nil }
    let values: [(key: Node?, value: Node)] =
      node.kind == .array
      ? node.elements.map { (nil, $0) } : node.members.map { ($0.key, $0.value) }
    if bytes[start] == UInt8(ascii: "[") || bytes[start] == UInt8(ascii: "{") {
      self.init(flow: whole, values, in: stretch, bytes)
    } else if node.kind == .array, bytes[start] != UInt8(ascii: "-") {
      // An anchor or a tag.
      return nil
    } else {
      self.init(block: whole, values, in: stretch, bytes, isRoot: isRoot)
    }
  }

  private init?(
    flow: Range<Int>, _ values: [(key: Node?, value: Node)], in stretch: Range<Int>,
    _ bytes: [UInt8]
  ) {
    guard flow.count >= 2 else { return nil }
    func isBetween(_ byte: UInt8) -> Bool {
      byte == 0x20 || byte == 0x0A || byte == UInt8(ascii: ",")
    }
    var parts: [YAMLPart] = []
    var end = flow.lowerBound + 1
    for (key, value) in values {
      let range = (key ?? value).range.offsets.lowerBound..<value.range.offsets.upperBound
      guard range.lowerBound >= end, range.upperBound < flow.upperBound,
        bytes[end..<range.lowerBound].allSatisfy(isBetween)
      else { return nil }
      parts.append(
        YAMLPart(
          lead: range.lowerBound..<range.lowerBound, range: range, column: 0, key: key?.text,
          value: value))
      if parts.count == 2 { separator = Array(bytes[end..<range.lowerBound]) }
      end = range.upperBound
    }
    head = stretch.lowerBound..<(parts.first?.range.lowerBound ?? flow.upperBound - 1)
    foot = (parts.last?.range.upperBound ?? flow.upperBound - 1)..<stretch.upperBound
    self.parts = parts
    isFlow = true
    column = 0
  }

  private init?(
    block: Range<Int>, _ values: [(key: Node?, value: Node)], in stretch: Range<Int>,
    _ bytes: [UInt8], isRoot: Bool
  ) {
    func lineStart(_ offset: Int) -> Int {
      var start = offset
      while start > stretch.lowerBound, bytes[start - 1] != 0x0A { start -= 1 }
      return start
    }
    func nextLine(_ offset: Int) -> Int {
      var end = offset
      while end < stretch.upperBound, bytes[end] != 0x0A { end += 1 }
      return min(end + 1, stretch.upperBound)
    }
    /// Where the first line from `low` on begins behind all comments deeper than `column`.
    func tail(from low: Int, to high: Int, column: Int) -> Int {
      var (line, tail) = (low, low)
      while line < high {
        let next = nextLine(line)
        let text = bytes[line..<next].firstIndex { $0 != 0x20 } ?? next
        if text < next, bytes[text] != 0x0A, text - line > column { tail = next }
        line = next
      }
      return tail
    }
    // The column counts from the begin of the line, which may lie before the stretch.
    var lineOfStart = block.lowerBound
    while lineOfStart > 0, bytes[lineOfStart - 1] != 0x0A { lineOfStart -= 1 }
    let column = block.lowerBound - lineOfStart
    var places: [(lead: Int, start: Int)] = []
    var end = stretch.lowerBound
    var head = stretch.lowerBound..<stretch.lowerBound
    for (position, (key, value)) in values.enumerated() {
      guard
        let start = key?.range.offsets.lowerBound
          ?? (position == 0 ? block.lowerBound : Self.dash(from: end, in: stretch, bytes)),
        start >= end, start < stretch.upperBound
      else { return nil }
      let line = lineStart(start)
      if position == 0 {
        guard start == block.lowerBound else { return nil }
        let isInline = line == stretch.lowerBound && bytes[line..<start].contains { $0 != 0x20 }
        let lead =
          isInline ? start : Self.lead(before: line, from: stretch.lowerBound, bytes, isRoot)
        head = stretch.lowerBound..<lead
        places.append((lead, start))
      } else {
        guard line >= end, start - line == column else { return nil }
        places.append((tail(from: nextLine(end), to: line, column: column), start))
      }
      // The place of an empty value says nothing.
      let valueEnd = value.range.offsets.isEmpty ? start + 1 : value.range.offsets.upperBound
      end = max(valueEnd, key?.range.offsets.upperBound ?? start + 1)
      guard end <= stretch.upperBound else { return nil }
    }
    guard let last = places.last else { return nil }
    let foot = tail(from: nextLine(end), to: stretch.upperBound, column: column)
    var parts: [YAMLPart] = []
    for (position, place) in places.enumerated() {
      let stop = position + 1 < places.count ? places[position + 1].lead : max(foot, last.start)
      guard place.lead <= place.start, place.start < stop else { return nil }
      parts.append(
        YAMLPart(
          lead: place.lead..<(place.lead == place.start ? place.start : lineStart(place.start)),
          range: place.start..<stop, column: column, key: values[position].key?.text,
          value: values[position].value))
    }
    self.head = head
    self.parts = parts
    self.foot = max(foot, last.start)..<stretch.upperBound
    isFlow = false
    self.column = column
  }

  /// Returns where the next dash stands; only comments may stand before it.
  private static func dash(from start: Int, in stretch: Range<Int>, _ bytes: [UInt8]) -> Int? {
    var offset = start
    while offset < stretch.upperBound {
      switch bytes[offset] {
      case 0x20, 0x0A: offset += 1
      case UInt8(ascii: "#"):
        while offset < stretch.upperBound, bytes[offset] != 0x0A { offset += 1 }
      case UInt8(ascii: "-"): return offset
      default: return nil
      }
    }
    return nil
  }

  /// Returns where the comments and empty lines begin that stand right before a line.
  private static func lead(
    before line: Int, from low: Int, _ bytes: [UInt8], _ isRoot: Bool
  ) -> Int {
    var lead = line
    while lead > low {
      var start = lead - 1
      while start > low, bytes[start - 1] != 0x0A { start -= 1 }
      let first = bytes[start..<lead].first { $0 != 0x20 }
      let isBlank = first == nil || first == 0x0A
      if isBlank && isRoot { break }
      // The line of the key before it is none.
      let isWhole = start > low || start == 0 || bytes[start - 1] == 0x0A
      guard isWhole, isBlank || first == UInt8(ascii: "#") else { break }
      lead = start
    }
    return lead
  }
}

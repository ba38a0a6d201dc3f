import SourceText
import Syntax

/// Where one part of a container stands: a key with its value, a dash with its element, or an element between
/// brackets.
struct YAMLPlace {
  let node: Node
  let key: Node?
  /// Where the part begins: at the key, at `?`, at the dash; between brackets at the element.
  let start: Int
  /// Behind the colon or the dash; `nil` where there is none.
  let indicator: Int?
  /// Where anchor and tag stand.
  let properties: Range<Int>?
  let isAlias: Bool
  /// Where the value stands; empty where nothing is written.
  let value: Range<Int>

  /// Where the part ends.
  var stop: Int { max(value.upperBound, properties?.upperBound ?? 0, indicator ?? 0, start) }
  /// Behind what stands before the value in its line.
  var lead: Int { properties?.upperBound ?? indicator ?? start }
}

extension YAMLText {
  /// Returns where the parts of a container stand.
  ///
  /// - Parameters:
  ///   - container: A mapping or a list.
  ///   - value: Where it is written, without anchor and tag.
  /// - Returns: Its parts in their order; `nil` where its form is not understood.
  func places(in container: Node, at value: Range<Int>) -> [YAMLPlace]? {
    let isFlow = isFlow(value)
    var cursor = isFlow ? value.lowerBound + 1 : value.lowerBound
    var places: [YAMLPlace] = []
    func next() {
      cursor = skipSpace(cursor)
      while isFlow, self[cursor] == UInt8(ascii: ",") { cursor = skipSpace(cursor + 1) }
    }
    if container.kind == .object {
      for member in container.members {
        next()
        guard let place = place(of: member, from: cursor) else { return nil }
        places.append(place)
        cursor = place.stop
      }
    } else {
      for element in container.elements {
        next()
        var indicator: Int?
        if !isFlow {
          guard self[cursor] == UInt8(ascii: "-") else { return nil }
          indicator = cursor + 1
        }
        guard let place = place(of: element, key: nil, from: cursor, indicator) else { return nil }
        places.append(place)
        cursor = place.stop
      }
    }
    return places
  }

  /// Whether a container is written between brackets or braces.
  func isFlow(_ value: Range<Int>) -> Bool {
    self[value.lowerBound] == UInt8(ascii: "[") || self[value.lowerBound] == UInt8(ascii: "{")
  }

  private func place(of member: Node.Member, from start: Int) -> YAMLPlace? {
    var cursor = start
    if self[cursor] == UInt8(ascii: "?"), member.key.range.offsets.lowerBound != cursor {
      cursor = skipSpace(cursor + 1)
    }
    let key = member.key.range.offsets
    cursor = skipProperties(cursor)?.upperBound ?? cursor
    cursor = skipSpace(cursor)
    guard cursor == key.lowerBound else { return nil }
    let behind = skipSpace(textStop(of: member.key, key))
    let indicator = self[behind] == UInt8(ascii: ":") ? behind + 1 : nil
    if indicator == nil {
      guard member.value.kind == .null else { return nil }
      return YAMLPlace(
        node: member.value, key: member.key, start: start, indicator: nil, properties: nil,
        isAlias: false, value: key.upperBound..<key.upperBound)
    }
    return place(of: member.value, key: member.key, from: start, indicator)
  }

  /// Returns where a value stands behind its colon or dash.
  func place(of node: Node, key: Node?, from start: Int, _ indicator: Int?) -> YAMLPlace? {
    let begin = indicator ?? start
    var cursor = skipSpace(begin)
    let range = node.range.offsets
    // Of an empty value nothing can stand in another line.
    let isEmpty = range.isEmpty && (self[cursor] == nil || hasBreak(begin..<cursor))
    func empty(_ properties: Range<Int>?) -> YAMLPlace {
      let end = properties?.upperBound ?? begin
      return YAMLPlace(
        node: node, key: key, start: start, indicator: indicator, properties: properties,
        isAlias: false, value: end..<end)
    }
    if isEmpty { return empty(nil) }
    let properties = skipProperties(cursor)
    if let properties {
      cursor = skipSpace(properties.upperBound)
      if range.isEmpty, self[cursor] != UInt8(ascii: "*") { return empty(properties) }
    }
    if self[cursor] == UInt8(ascii: "*") {
      return YAMLPlace(
        node: node, key: key, start: start, indicator: indicator, properties: nil, isAlias: true,
        value: cursor..<wordStop(cursor))
    }
    if range.isEmpty { return empty(nil) }
    let isContainer = node.kind == .array || node.kind == .object
    guard cursor == range.lowerBound || isContainer && properties?.lowerBound == range.lowerBound,
      range.upperBound <= bounds.upperBound, cursor < range.upperBound
    else { return nil }
    return YAMLPlace(
      node: node, key: key, start: start, indicator: indicator, properties: properties,
      isAlias: false, value: cursor..<textStop(of: node, cursor..<range.upperBound))
  }

  /// Returns where anchor and tag stand, where they begin at an offset.
  private func skipProperties(_ offset: Int) -> Range<Int>? {
    var (cursor, stop) = (offset, offset)
    while self[cursor] == UInt8(ascii: "&") || self[cursor] == UInt8(ascii: "!") {
      stop = wordStop(cursor)
      cursor = skipSpace(stop)
    }
    return stop > offset ? offset..<stop : nil
  }

  private func wordStop(_ offset: Int) -> Int {
    var stop = offset
    while let byte = self[stop], byte > 0x20, !",]}".utf8.contains(byte) { stop += 1 }
    return stop
  }

  // MARK: Blocks

  /// Where a value ends, the lines included that belong to a block at its end and say nothing else.
  private func textStop(of node: Node, _ range: Range<Int>) -> Int {
    var node = node
    var start = range.lowerBound
    while node.kind == .array || node.kind == .object, !isFlow(start..<range.upperBound) {
      guard let last = node.kind == .array ? node.elements.last : node.members.last?.value else {
        return range.upperBound
      }
      let inner = last.range.offsets
      // The copy of an alias stands elsewhere.
      guard inner.lowerBound >= start, inner.upperBound == range.upperBound, !inner.isEmpty else {
        return range.upperBound
      }
      (node, start) = (last, inner.lowerBound)
      while self[start] == UInt8(ascii: "&") || self[start] == UInt8(ascii: "!") {
        start = skipSpace(wordStop(start))
      }
    }
    guard node.kind == .string, node.tree.nodes[node.index].isDecoded,
      YAMLStyle(beginningWith: self[start]).isBlock
    else { return range.upperBound }
    return blockStop(of: node, start..<range.upperBound)
  }

  /// Where the last line of a block ends, before its line break.
  private func blockStop(of node: Node, _ range: Range<Int>) -> Int {
    var stop = max(lineStop(range.lowerBound), lineStop(range.upperBound))
    let isKept = blockHead(range.lowerBound).contains(UInt8(ascii: "+"))
    let indent = blockIndent(of: node, range.lowerBound)
    var line = behindBreak(stop)
    while line > stop, line <= bounds.upperBound {
      let end = lineStop(line)
      guard bytes[line..<end].allSatisfy(Self.isBlank), end > line || Self.isBreak(self[end]) else {
        break
      }
      // Behind the last line of text, lines of spaces are text where they are longer than its margin.
      if isKept || end - line > indent { stop = end }
      guard behindBreak(end) > end else { break }
      line = behindBreak(end)
    }
    return stop
  }

  /// The sign at the begin of a block with those that follow it: `>-`.
  func blockHead(_ start: Int) -> ArraySlice<UInt8> {
    var stop = start
    while let byte = self[stop], byte > 0x20 { stop += 1 }
    return bytes[start..<stop]
  }

  /// How many spaces stand before every line of a block.
  func blockIndent(of node: Node, _ start: Int) -> Int {
    let text = node.bytes.split(separator: 0x0A).first { !$0.allSatisfy { $0 == 0x20 } }
    guard let own = text?.prefix(while: { $0 == 0x20 }).count else { return .max }
    var line = behindBreak(lineStop(start))
    while line < bounds.upperBound {
      let spaces = bytes[line..<lineStop(line)].prefix { $0 == 0x20 }.count
      if line + spaces < lineStop(line) { return max(0, spaces - own) }
      guard behindBreak(lineStop(line)) > line else { break }
      line = behindBreak(lineStop(line))
    }
    return .max
  }
}

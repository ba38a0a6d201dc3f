import Diagnostics

/// A slip of the pen that libyaml stumbles over further on: what was meant as one text and begins like something
/// else, or a space that is missing.
struct YAMLSlip {
  let code: Diagnostic.Code
  let message: Diagnostic.Message
  /// The bytes that are to blame.
  let range: Range<Int>
  let help: String
  /// What is to stand where.
  var edit: (range: Range<Int>, text: String)?

  /// Looks for a slip on the line where libyaml stopped.
  ///
  /// - Parameters:
  ///   - source: The bytes of the file.
  ///   - offset: Where libyaml stopped.
  /// - Returns: The slip, or `nil` where the line has none.
  static func value(in source: UnsafeBufferPointer<UInt8>, at offset: Int) -> YAMLSlip? {
    let line = Line(source, at: offset)
    guard line.value < line.end else { return nil }
    let first = source[line.value]
    switch first {
    case UInt8(ascii: "-") where line.isSpace(line.value + 1):
      return quoted(line, "a text cannot begin with '- '", .badIndicator, at: line.value)
    case UInt8(ascii: ">"), UInt8(ascii: "|"):
      let sign = first == UInt8(ascii: ">") ? ">" : "|"
      return quoted(
        line, "a text cannot begin with '\(sign)'", .badIndicator, at: line.value)
    case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "\""), UInt8(ascii: "'"):
      guard let close = line.close(of: line.value), close < offset || close == offset else {
        return nil
      }
      let rest = line.skipSpaces(close + 1)
      guard rest < line.end, source[rest] != UInt8(ascii: "#") || rest == close + 1 else {
        return nil
      }
      let isQuote = first == UInt8(ascii: "\"") || first == UInt8(ascii: "'")
      let kind = first == UInt8(ascii: "[") ? "list" : "mapping"
      return quoted(
        line,
        isQuote
          ? "the text ends at this quote, and more follows"
          : "what begins here is a \(kind) that ends, and more follows",
        .textAfterValue, at: isQuote ? close : line.value)
    default: return nil
    }
  }

  /// Looks for a missing space on the line where a key begins that has no colon.
  ///
  /// - Parameters:
  ///   - source: The bytes of the file.
  ///   - offset: Where the key begins.
  /// - Returns: The slip, or `nil` where the line has none.
  static func space(in source: UnsafeBufferPointer<UInt8>, at offset: Int) -> YAMLSlip? {
    let line = Line(source, at: offset)
    var index = line.start
    guard index < line.end else { return nil }
    if source[index] == UInt8(ascii: "-") {
      guard !line.isSpace(index + 1), source[index..<line.end].contains(where: { $0 != 0x2D })
      else {
        return nil
      }
      let rest = line.text(index + 1..<line.end)
      return YAMLSlip(
        code: .missingSpace, message: "a space belongs after this '-'", range: index..<(index + 1),
        help: rest.utf8.count <= 60 ? "Write '- \(rest)'" : "Begin each element with '- '",
        edit: (index + 1..<index + 1, " "))
    }
    while index < line.end, isOfKey(source[index]) { index += 1 }
    guard index > line.start, index + 1 < line.end, source[index] == UInt8(ascii: ":"),
      !source[(index + 1)...].starts(with: "//".utf8)
    else { return nil }
    let key = line.text(line.start..<index)
    // A no-break space and its kin look like the space that they are not.
    var next = index + 1
    let wide = line.wideSpace(at: next)
    if let wide { next += wide.length }
    let rest = line.text(next..<line.end)
    return YAMLSlip(
      code: .missingSpace,
      message: wide.map { "a space belongs after this ':', and \($0.name) stands there" }
        ?? "a space belongs after this ':'",
      range: index..<next,
      help: rest.utf8.count <= 60 ? "Write '\(key): \(rest)'" : "Write '\(key): ' and the text",
      edit: (index + 1..<next, " "))
  }

  /// Looks for a comma that is missing in a mapping or a list in brackets.
  ///
  /// - Parameters:
  ///   - source: The bytes of the file.
  ///   - offset: Where libyaml found something else.
  /// - Returns: The slip, or `nil` where it is another.
  static func comma(in source: UnsafeBufferPointer<UInt8>, at offset: Int) -> YAMLSlip? {
    guard offset < source.count else { return nil }
    var start = offset
    var end = offset
    if source[offset] == UInt8(ascii: ":") {
      while start > 0, isOfKey(source[start - 1]) { start -= 1 }
    } else {
      while end < source.count, isOfKey(source[end]) { end += 1 }
    }
    var before = start
    while before > 0, source[before - 1] == 0x20 { before -= 1 }
    // On a line of its own it is most likely what follows a bracket that is not closed.
    guard start < end, before > 0, before < start || end > offset, source[before - 1] > 0x20 else {
      return nil
    }
    let key = String(decoding: source[start..<end], as: UTF8.self)
    switch source[before - 1] {
    case UInt8(ascii: ";"):
      return YAMLSlip(
        code: .missingComma, message: "';' separates no fields", range: (before - 1)..<before,
        help: "Write ',' instead: ', \(key)'", edit: ((before - 1)..<before, ","))
    case UInt8(ascii: ","), UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ":"): return nil
    default:
      return YAMLSlip(
        code: .missingComma, message: "a comma is missing before '\(key)'", range: start..<end,
        help: "Write ', \(key)'", edit: (before..<before, ","))
    }
  }

  /// Looks for a `- ` that is missing: the file is a list, and the line begins with something else.
  static func dash(
    in source: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, at offset: Int
  ) -> YAMLSlip? {
    guard let first = firstLine(in: source, range) else { return nil }
    let line = Line(source, at: offset)
    guard line.start > first.end, line.start < line.end,
      source[first.start..<first.end].starts(with: "- ".utf8), line.column == first.column,
      source[line.start] != UInt8(ascii: "-"),
      source[line.start] == UInt8(ascii: "{") || line.value > line.start
    else { return nil }
    let text = line.text(line.start..<line.end)
    return YAMLSlip(
      code: .missingDash, message: "an element of this list begins with '- '",
      range: line.start..<(line.start + 1),
      help: (text.utf8.count <= 60 ? "Write '- \(text)'" : "Write '- ' before it")
        + (source[line.start] == UInt8(ascii: "{")
          ? "" : ", and begin what else belongs to it two spaces further in"),
      edit: (line.start..<line.start, "- "))
  }

  /// Looks for an empty list at the begin of a file that has elements all the same.
  static func emptyList(
    in source: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, before offset: Int
  ) -> YAMLSlip? {
    guard let first = firstLine(in: source, range), offset > first.end else { return nil }
    let text = first.text(first.start..<first.end)
    let sign = String(text.prefix { $0 != "#" }.filter { $0 != " " })
    guard sign == "[]" || sign == "{}" else { return nil }
    let kind = sign == "[]" ? "the list is empty, and elements" : "there is nothing, and fields"
    return YAMLSlip(
      code: .textAfterValue, message: "'\(sign)' says that \(kind) follow",
      range: first.start..<(first.start + 2), help: "Remove the '\(sign)'")
  }

  /// Returns the first line that has more than a comment.
  private static func firstLine(
    in source: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
  ) -> Line? {
    var offset = range.lowerBound
    while offset < range.upperBound {
      let line = Line(source, at: offset)
      if line.start < line.end, source[line.start] != UInt8(ascii: "#"),
        line.text(line.start..<line.end) != "---"
      {
        return line
      }
      while offset < range.upperBound, source[offset] != 0x0A { offset += 1 }
      offset += 1
    }
    return nil
  }

  private static func isOfKey(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  /// Returns the slip whose remedy is quotes around the whole value of a line.
  private static func quoted(
    _ line: Line, _ message: Diagnostic.Message, _ code: Diagnostic.Code, at offset: Int
  ) -> YAMLSlip {
    var text = line.text(line.value..<line.end)
    for quote in ["\"", "'"]
    where text.count > 1 && text.hasPrefix(quote) && text.hasSuffix(quote) {
      text = String(text.dropFirst().dropLast())
      break
    }
    let written =
      !text.contains("'")
      ? "'\(text)'"
      : text.contains("\"") || text.contains("\\")
        ? "'\(text.replacing("'", with: "''"))'" : "\"\(text)\""
    let isShown = text.utf8.count <= 60 && !line.goesOn
    return YAMLSlip(
      code: code, message: message, range: offset..<(offset + 1),
      help: "Put the whole text in quotes" + (isShown ? ": \(written)" : ""),
      edit: isShown ? (line.value..<line.end, written) : nil)
  }
}

/// One line of a YAML file: where its text and its value begin.
private struct Line {
  private let source: UnsafeBufferPointer<UInt8>
  /// Where the text begins, after the indentation.
  let start: Int
  /// How many spaces stand before it.
  let column: Int
  /// Where the value begins: after the dashes of lists and the key.
  let value: Int
  /// Where the text ends.
  let end: Int
  /// Whether the next line has more of it.
  let goesOn: Bool

  init(_ source: UnsafeBufferPointer<UInt8>, at offset: Int) {
    self.source = source
    var begin = min(offset, source.count)
    while begin > 0, source[begin - 1] != 0x0A { begin -= 1 }
    var end = begin
    while end < source.count, source[end] != 0x0A { end += 1 }
    let next = end + 1
    while end > begin, source[end - 1] == 0x20 || source[end - 1] == 0x0D { end -= 1 }
    var start = begin
    while start < end, source[start] == 0x20 { start += 1 }
    self.start = start
    self.end = end
    column = start - begin
    var indentation = next
    while indentation < source.count, source[indentation] == 0x20 { indentation += 1 }
    goesOn =
      indentation - next > start - begin && indentation < source.count
      && source[indentation] != 0x0A
    var value = start
    while value + 1 < end, source[value] == UInt8(ascii: "-"), source[value + 1] == 0x20 {
      value += 2
      while value < end, source[value] == 0x20 { value += 1 }
    }
    // The key ends at the first colon with a space behind it.
    var index = value
    let isQuoted = value < end && (source[value] == 0x22 || source[value] == 0x27)
    while !isQuoted, index < end {
      if source[index] == UInt8(ascii: ":"), index + 1 == end || source[index + 1] == 0x20 {
        value = index + 1
        while value < end, source[value] == 0x20 { value += 1 }
        break
      }
      // A bracket begins a value, and what stands in it is no key of the line.
      if source[index] == UInt8(ascii: "[") || source[index] == UInt8(ascii: "{") { break }
      index += 1
    }
    self.value = value
  }

  func text(_ range: Range<Int>) -> String {
    String(decoding: source[range], as: UTF8.self)
  }

  func isSpace(_ offset: Int) -> Bool { offset >= end || source[offset] == 0x20 }

  func skipSpaces(_ offset: Int) -> Int {
    var index = offset
    while index < end, source[index] == 0x20 { index += 1 }
    return index
  }

  /// Returns a space at an offset that is not the one of the keyboard.
  func wideSpace(at offset: Int) -> (name: String, length: Int)? {
    let rest = source[offset..<end]
    if rest.starts(with: "\u{A0}".utf8) { return ("a no-break space (U+00A0)", 2) }
    if rest.starts(with: "\u{202F}".utf8) { return ("a narrow no-break space (U+202F)", 3) }
    if rest.starts(with: "\u{3000}".utf8) { return ("an ideographic space (U+3000)", 3) }
    return nil
  }

  /// Returns where on the line the quote or bracket at an offset is closed.
  func close(of open: Int) -> Int? {
    let first = source[open]
    var index = open + 1
    if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
      while index < end {
        if first == UInt8(ascii: "\""), source[index] == UInt8(ascii: "\\") {
          index += 2
          continue
        }
        if source[index] == first {
          guard first == UInt8(ascii: "'"), index + 1 < end, source[index + 1] == first else {
            return index
          }
          index += 1
        }
        index += 1
      }
      return nil
    }
    var depth = 1
    while index < end {
      switch source[index] {
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth -= 1
        if depth == 0 { return index }
      default: break
      }
      index += 1
    }
    return nil
  }
}

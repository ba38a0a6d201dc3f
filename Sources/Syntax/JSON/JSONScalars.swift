package import Diagnostics
import SourceText

extension JSONParser {
  mutating func string() -> Bool {
    let start = offset
    offset += 1
    while offset < source.count {
      switch source[offset] {
      case UInt8(ascii: "\""):
        offset += 1
        builder.scalar(.string, span: start..<offset, text: (start + 1)..<(offset - 1))
        return true
      case UInt8(ascii: "\\"):
        return escapedString(from: start)
      case 0..<0x20:
        return control(in: start)
      default:
        offset += 1
      }
    }
    return unclosedString(start)
  }

  private mutating func unclosedString(_ start: Int) -> Bool {
    fail(
      .unclosedString, "this text is never closed", start..<(start + 1),
      help: "Add the closing '\"'")
  }

  private mutating func control(in start: Int) -> Bool {
    if source[offset] == 0x0A || source[offset] == 0x0D {
      return fail(
        .unclosedString, "this text is not closed on its line", start..<offset,
        help: "Add the closing '\"', or write a line break as \\n")
    }
    return fail(
      .rawControl, "a tab or control character cannot stand in a text", offset..<(offset + 1),
      help: "Write a tab as \\t")
  }

  private mutating func escapedString(from start: Int) -> Bool {
    var text = Array(source[(start + 1)..<offset])
    while offset < source.count {
      switch source[offset] {
      case UInt8(ascii: "\""):
        offset += 1
        builder.scalar(.string, span: start..<offset, decoded: text)
        return true
      case UInt8(ascii: "\\"):
        guard escape(into: &text) else { return false }
      case 0..<0x20:
        return control(in: start)
      case let byte:
        text.append(byte)
        offset += 1
      }
    }
    return unclosedString(start)
  }

  private mutating func escape(into text: inout [UInt8]) -> Bool {
    let start = offset
    offset += 1
    let letter = peek ?? 0
    offset += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"): return unicodeEscape(from: start, into: &text)
    default:
      return fail(
        .badJSONEscape, "this is not an escape of JSON", start..<offset,
        help: "Write '\\\\' for a backslash")
    }
    return true
  }

  private mutating func unicodeEscape(from start: Int, into text: inout [UInt8]) -> Bool {
    guard let unit = hexadecimal() else {
      return fail(
        .badJSONEscape, "'\\u' takes four hexadecimal digits", start..<offset,
        help: "Write for example \\u00A3")
    }
    var value = unit
    if (0xD800...0xDBFF).contains(unit), source[offset...].starts(with: "\\u".utf8) {
      offset += 2
      if let low = hexadecimal(), (0xDC00...0xDFFF).contains(low) {
        value = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
      }
    }
    guard let scalar = Unicode.Scalar(value) else {
      return fail(
        .badJSONEscape, "half of a surrogate pair is no character", start..<offset,
        help: "Write both halves, or the character itself")
    }
    text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    return true
  }

  private mutating func hexadecimal() -> UInt32? {
    guard offset + 4 <= source.count else {
      offset = source.count
      return nil
    }
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Character(UnicodeScalar(source[offset])).hexDigitValue else { return nil }
      value = value << 4 | UInt32(digit)
      offset += 1
    }
    return value
  }

  mutating func number() -> Bool {
    let start = offset
    if peek == UInt8(ascii: "-") { offset += 1 }
    let digits = offset
    skipDigits()
    guard offset > digits else {
      return fail(
        .badJSONNumber, "a number has digits after '-'", start..<(offset + 1), help: "Write them")
    }
    if offset - digits > 1, source[digits] == UInt8(ascii: "0") {
      return fail(
        .badJSONNumber, "a number has no leading zeros", start..<offset,
        help: "Remove them, or quote the number to make it a text")
    }
    if peek == UInt8(ascii: ".") {
      offset += 1
      guard skipDigits() else { return incomplete(start) }
    }
    if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
      offset += 1
      if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { offset += 1 }
      guard skipDigits() else { return incomplete(start) }
    }
    builder.scalar(.number, span: start..<offset, text: start..<offset)
    return true
  }

  private mutating func incomplete(_ start: Int) -> Bool {
    fail(
      .badJSONNumber, "this number lacks digits at its end", start..<offset,
      help: "Write them, or remove the '.' or 'e'")
  }

  @discardableResult
  private mutating func skipDigits() -> Bool {
    let start = offset
    while offset < source.count, source[offset] &- UInt8(ascii: "0") <= 9 { offset += 1 }
    return offset > start
  }

  mutating func word() -> Bool {
    let start = offset
    while let byte = peek, byte | 0x20 >= UInt8(ascii: "a"), byte | 0x20 <= UInt8(ascii: "z") {
      offset += 1
    }
    let word = source[start..<offset]
    if word.elementsEqual("true".utf8) {
      builder.scalar(.true, span: start..<offset, text: start..<offset)
    } else if word.elementsEqual("false".utf8) {
      builder.scalar(.false, span: start..<offset, text: start..<offset)
    } else if word.elementsEqual("null".utf8) {
      builder.scalar(.null, span: start..<offset, text: start..<offset)
    } else {
      return noValue(start)
    }
    return true
  }

  private mutating func noValue(_ start: Int) -> Bool {
    let end = max(offset, start + 1)
    switch source[start] {
    case UInt8(ascii: "/"):
      return fail(
        .unexpectedJSON, "JSON has no comments", start..<end, help: "Remove the comment")
    case UInt8(ascii: "'"):
      return fail(
        .unexpectedJSON, "JSON puts texts in double quotes", start..<end, help: "Write \"…\"")
    case UInt8(ascii: "+"), UInt8(ascii: "."):
      return fail(
        .badJSONNumber, "a number begins with a digit or '-'", start..<end,
        help: "Write 0.5 or 5")
    default:
      let text = file.text(of: start..<end)
      return fail(
        .unexpectedJSON, "'\(text)' is not a value of JSON", start..<end,
        help: "Put it in double quotes if it is a text; the words are true, false and null")
    }
  }
}

extension Diagnostic.Code {
  package static let emptyJSON: Self = "json/empty"
  package static let extraJSON: Self = "json/extra"
  package static let unclosedJSON: Self = "json/unclosed"
  package static let unexpectedJSON: Self = "json/unexpected"
  package static let trailingComma: Self = "json/trailing-comma"
  package static let duplicateJSONKey: Self = "json/duplicate-key"
  package static let unclosedString: Self = "json/unclosed-text"
  package static let rawControl: Self = "json/control-character"
  package static let badJSONEscape: Self = "json/bad-escape"
  package static let badJSONNumber: Self = "json/bad-number"
}

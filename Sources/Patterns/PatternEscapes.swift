extension PatternTranslator {
  /// What an escape stands for.
  enum Escape {
    case scalar(Unicode.Scalar)
    /// Half of a surrogate pair alone, which no text of UTF-8 has.
    case nothing
    /// A set, written as the inside of a class of PCRE2.
    case set(String)
  }

  /// ECMA-262's WhiteSpace and LineTerminator, as the inside of a class.
  static let space =
    "\\x{9}-\\x{d}\\x{20}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}"
    + "\\x{3000}\\x{feff}"
  /// All other scalars.
  static let noSpace =
    "\\x{0}-\\x{8}\\x{e}-\\x{1f}\\x{21}-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}"
    + "\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}"
    + "\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}"

  /// Reads an escape outside of a class, after its backslash.
  mutating func atomEscape(from start: Int) throws(PatternError) {
    if let scalar = peek, ("1"..."9").contains(scalar), let number = number() {
      reference(number: number, from: start)
      return
    }
    if take("k") { return try namedReference(from: start) }
    switch try escape(from: start) {
    case .scalar(let scalar): output += Self.literal(scalar)
    case .nothing: output += "(?!)"
    case .set(let inside): output += "[\(inside)]"
    }
  }

  /// Reads what may be escaped inside and outside of a class.
  mutating func escape(from start: Int) throws(PatternError) -> Escape {
    guard let scalar = peek else { throw error("a pattern cannot end with '\\'", from: start) }
    position += 1
    switch scalar {
    case "d": return .set("0-9")
    case "D": return .set("\\D")
    case "w": return .set("a-zA-Z0-9_")
    case "W": return .set("\\W")
    case "s": return .set(Self.space)
    case "S": return .set(Self.noSpace)
    case "p", "P": return .set(try property(isNegated: scalar == "P", from: start))
    case "t": return .scalar("\t")
    case "n": return .scalar("\n")
    case "v": return .scalar("\u{B}")
    case "f": return .scalar("\u{C}")
    case "r": return .scalar("\r")
    case "0":
      if let next = peek, ("0"..."9").contains(next) {
        throw error("octal escapes are not part of the language", from: start)
      }
      return .scalar("\0")
    case "c":
      guard let letter = peek, letter.isASCII, letter.properties.isAlphabetic else {
        throw error("'\\c' takes a letter", from: start)
      }
      position += 1
      return .scalar(Unicode.Scalar(UInt8(letter.value & 31)))
    case "x":
      guard let value = hexadecimal(digits: 2), let scalar = Unicode.Scalar(value) else {
        throw error("'\\x' takes two hexadecimal digits", from: start)
      }
      return .scalar(scalar)
    case "u": return try unicodeEscape(from: start)
    case "^", "$", "\\", ".", "*", "+", "?", "(", ")", "[", "]", "{", "}", "|", "/":
      return .scalar(scalar)
    default:
      throw error("'\\\(scalar)' is not an escape of ECMA-262", from: start)
    }
  }

  private mutating func hexadecimal(digits: Int) -> UInt32? {
    var value: UInt32 = 0
    for offset in 0..<digits {
      let index = position + offset
      guard index < scalars.count, let digit = Character(scalars[index]).hexDigitValue,
        scalars[index].isASCII
      else { return nil }
      value = value << 4 | UInt32(digit)
    }
    position += digits
    return value
  }

  private mutating func unicodeEscape(from start: Int) throws(PatternError) -> Escape {
    if take("{") {
      var value: UInt32 = 0
      var count = 0
      while let digit = hexadecimal(digits: 1) {
        value = min(value << 4 | digit, 0x110000)
        count += 1
      }
      guard count > 0, value <= 0x10FFFF, take("}") else {
        throw error("'\\u{…}' takes a code point up to 10FFFF", from: start)
      }
      return Unicode.Scalar(value).map { .scalar($0) } ?? .nothing
    }
    guard let unit = hexadecimal(digits: 4) else {
      throw error("'\\u' takes four hexadecimal digits or '{…}'", from: start)
    }
    if (0xD800...0xDBFF).contains(unit) {
      let afterHigh = position
      if take("\\u"), let low = hexadecimal(digits: 4), (0xDC00...0xDFFF).contains(low),
        let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
      {
        return .scalar(scalar)
      }
      position = afterHigh
    }
    return Unicode.Scalar(unit).map { .scalar($0) } ?? .nothing
  }

  // MARK: Classes

  /// Reads a character class after its bracket.
  mutating func characterClass(from start: Int) throws(PatternError) {
    let isNegated = take("^")
    var inside = ""
    while true {
      guard peek != nil else { throw error("this '[' is never closed", from: start) }
      if take("]") { break }
      let low = try classAtom(from: start)
      guard peek == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else {
        inside += Self.inside(low)
        continue
      }
      let rangeStart = position - 1
      position += 1
      let high = try classAtom(from: start)
      inside += try range(low, high, from: rangeStart)
    }
    if inside.isEmpty {
      output += isNegated ? "[\\x{0}-\\x{10ffff}]" : "(?!)"
    } else {
      output += isNegated ? "[^\(inside)]" : "[\(inside)]"
    }
  }

  private mutating func classAtom(from start: Int) throws(PatternError) -> Escape {
    let atom = position
    guard let scalar = peek else { throw error("this '[' is never closed", from: start) }
    position += 1
    guard scalar == "\\" else { return .scalar(scalar) }
    if take("b") { return .scalar("\u{8}") }
    if take("-") { return .scalar("-") }
    return try escape(from: atom)
  }

  private static func inside(_ atom: Escape) -> String {
    switch atom {
    case .scalar(let scalar): literal(scalar)
    case .nothing: ""
    case .set(let inside): inside
    }
  }

  private func range(_ low: Escape, _ high: Escape, from start: Int) throws(PatternError) -> String
  {
    switch (low, high) {
    case (.scalar(let low), .scalar(let high)):
      guard low <= high else { throw error("this range is out of order", from: start) }
      return Self.literal(low) + "-" + Self.literal(high)
    case (.nothing, .scalar(let high)) where high.value > 0xDFFF:
      return "\\x{e000}-" + Self.literal(high)
    case (.scalar(let low), .nothing) where low.value < 0xD800:
      return Self.literal(low) + "-\\x{d7ff}"
    case (.nothing, .nothing): return ""
    case (.nothing, .scalar), (.scalar, .nothing):
      throw error("this range is out of order", from: start)
    default: throw error("a range cannot begin or end with a set", from: start)
    }
  }
}

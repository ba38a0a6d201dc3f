import SourceText

/// The words of an expression (CEL specification, "Syntax").
struct Token {
  enum Kind: Equatable {
    case identifier(String)
    /// A name in backquotes, for fields with other characters.
    case quoted(String)
    case int(String)
    case uint(String)
    case double(String)
    case string(String)
    case bytes([UInt8])
    case symbol(String)
    case end
  }

  let kind: Kind
  let range: Range<Int>
}

struct Lexer {
  private let text: [UInt8]
  private var offset = 0

  init(_ source: String) {
    text = Array(source.utf8)
  }

  static func tokens(of source: String) throws(ExpressionError) -> [Token] {
    var lexer = Lexer(source)
    var tokens: [Token] = []
    repeat { tokens.append(try lexer.next()) } while tokens.last?.kind != .end
    return tokens
  }

  private func error(_ message: String, from start: Int) -> ExpressionError {
    ExpressionError(message: message, range: start..<min(max(offset, start + 1), text.count))
  }

  private func peek(_ distance: Int = 0) -> UInt8 {
    offset + distance < text.count ? text[offset + distance] : 0
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 <= 9 }
  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte | 0x20) &- 97 < 6
  }
  private static func isNameStart(_ byte: UInt8) -> Bool { (byte | 0x20) &- 97 < 26 || byte == 95 }

  private mutating func next() throws(ExpressionError) -> Token {
    skipSpace()
    let start = offset
    guard offset < text.count else { return Token(kind: .end, range: start..<start) }
    let byte = peek()
    if let token = try literal(from: start) { return token }
    if Self.isNameStart(byte) {
      while Self.isNameStart(peek()) || Self.isDigit(peek()) { offset += 1 }
      let name = String(decoding: text[start..<offset], as: UTF8.self)
      return Token(kind: .identifier(name), range: start..<offset)
    }
    if Self.isDigit(byte) || (byte == 46 && Self.isDigit(peek(1))) {
      return try number(from: start)
    }
    if byte == 96 {
      offset += 1
      while offset < text.count, peek() != 96 { offset += 1 }
      guard offset < text.count, offset > start + 1 else {
        throw error("this backquote is never closed", from: start)
      }
      offset += 1
      let name = String(decoding: text[(start + 1)..<(offset - 1)], as: UTF8.self)
      return Token(kind: .quoted(name), range: start..<offset)
    }
    for symbol in ["==", "!=", "<=", ">=", "&&", "||", ".?", "[?"] where starts(with: symbol) {
      offset += 2
      return Token(kind: .symbol(symbol), range: start..<offset)
    }
    if byte == UInt8(ascii: "=") { throw error("'equal' is written '=='", from: start) }
    if byte == UInt8(ascii: "&") || byte == UInt8(ascii: "|") {
      throw error("'and' is written '&&', 'or' is written '||'", from: start)
    }
    guard "()[]{}.,?:+-*/%!<>".utf8.contains(byte) else {
      throw stranger(at: start)
    }
    offset += 1
    return Token(kind: .symbol(String(UnicodeScalar(byte))), range: start..<offset)
  }

  /// Names a character that no expression has: most come from word processors.
  private func stranger(at start: Int) -> ExpressionError {
    let rest = String(decoding: text[start..<min(start + 4, text.count)], as: UTF8.self)
    guard let sign = rest.unicodeScalars.first, !sign.isASCII else {
      return error("this character means nothing here", from: start)
    }
    let range = start..<min(start + String(sign).utf8.count, text.count)
    let isQuote = "\u{201C}\u{201D}\u{201E}\u{2018}\u{2019}\u{201A}".unicodeScalars.contains(sign)
    return ExpressionError(
      message: "\(sign.named) means nothing here" + (isQuote ? ": write \" or '" : ""), range: range
    )
  }

  private func starts(with symbol: String) -> Bool {
    text[offset...].starts(with: symbol.utf8)
  }

  private mutating func skipSpace() {
    while offset < text.count {
      if [0x20, 0x09, 0x0A, 0x0C, 0x0D].contains(text[offset]) {
        offset += 1
      } else if starts(with: "//") {
        while offset < text.count, text[offset] != 0x0A { offset += 1 }
      } else {
        return
      }
    }
  }

  private mutating func number(from start: Int) throws(ExpressionError) -> Token {
    func token(_ kind: Token.Kind) -> Token { Token(kind: kind, range: start..<offset) }
    func digits() -> String {
      String(decoding: text[start..<offset], as: UTF8.self)
    }
    if peek() == 48, peek(1) | 0x20 == 120 {
      offset += 2
      while Self.isHexadecimal(peek()) { offset += 1 }
      let number = digits()
      guard number.utf8.count > 2 else { throw error("this number has no digits", from: start) }
      if peek() | 0x20 == 117 {
        offset += 1
        return token(.uint(number))
      }
      return token(.int(number))
    }
    while Self.isDigit(peek()) { offset += 1 }
    var isDouble = false
    if peek() == 46, Self.isDigit(peek(1)) {
      isDouble = true
      offset += 1
      while Self.isDigit(peek()) { offset += 1 }
    }
    let sign = peek(1) == 43 || peek(1) == 45 ? 1 : 0
    if peek() | 0x20 == 101, Self.isDigit(peek(1 + sign)) {
      isDouble = true
      offset += 1 + sign
      while Self.isDigit(peek()) { offset += 1 }
    }
    let number = digits()
    if !isDouble, peek() | 0x20 == 117 {
      offset += 1
      return token(.uint(number))
    }
    return token(isDouble ? .double(number) : .int(number))
  }

  /// Reads a string or bytes literal with its prefix, if there is one here.
  private mutating func literal(from start: Int) throws(ExpressionError) -> Token? {
    var length = 0
    var isRaw = false
    var isBytes = false
    while length < 2 {
      let letter = peek(length) | 0x20
      if letter == 114, !isRaw, Self.isNameStart(peek(length)) {
        isRaw = true
      } else if letter == 98, !isBytes, Self.isNameStart(peek(length)) {
        isBytes = true
      } else {
        break
      }
      length += 1
    }
    let quote = peek(length)
    guard quote == 34 || quote == 39 else { return nil }
    offset += length
    let isTriple = peek(1) == quote && peek(2) == quote
    offset += isTriple ? 3 : 1
    var content: [UInt8] = []
    while true {
      guard offset < text.count else { throw error("this quote is never closed", from: start) }
      let byte = peek()
      if byte == quote, !isTriple || (peek(1) == quote && peek(2) == quote) {
        offset += isTriple ? 3 : 1
        break
      }
      guard isTriple || (byte != 0x0A && byte != 0x0D) else {
        throw error("this quote is not closed on its line", from: start)
      }
      if byte == 92, !isRaw {
        try escape(isBytes: isBytes, into: &content)
      } else {
        content.append(byte)
        offset += 1
      }
    }
    if isBytes { return Token(kind: .bytes(content), range: start..<offset) }
    return Token(
      kind: .string(String(decoding: content, as: UTF8.self)), range: start..<offset)
  }

  private mutating func escape(
    isBytes: Bool, into content: inout [UInt8]
  ) throws(ExpressionError) {
    let start = offset
    offset += 1
    let letter = peek()
    offset += 1
    let simple: [UInt8: UInt8] = [
      97: 7, 98: 8, 102: 12, 110: 10, 114: 13, 116: 9, 118: 11, 92: 92, 63: 63, 34: 34, 39: 39,
      96: 96,
    ]
    if let value = simple[letter] {
      content.append(value)
      return
    }
    let digits: (count: Int, base: Int)
    switch letter {
    case 120, 88: digits = (2, 16)
    case 117 where !isBytes: digits = (4, 16)
    case 85 where !isBytes: digits = (8, 16)
    case 48...51:
      digits = (3, 8)
      offset -= 1
    default: throw error("this is not an escape", from: start)
    }
    guard offset + digits.count <= text.count,
      let value = UInt32(
        String(decoding: text[offset..<(offset + digits.count)], as: UTF8.self),
        radix: digits.base)
    else { throw error("this escape takes \(digits.count) digits", from: start) }
    offset += digits.count
    if isBytes {
      content.append(UInt8(truncatingIfNeeded: value))
    } else {
      guard let scalar = Unicode.Scalar(value) else {
        throw error("there is no such character", from: start)
      }
      content.append(contentsOf: String(Character(scalar)).utf8)
    }
  }
}

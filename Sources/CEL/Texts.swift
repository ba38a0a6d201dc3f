import Patterns

extension Functions {
  static func texts(_ name: String, _ values: [Value]) throws(EvaluationError) -> Value? {
    if name == "base64.encode", values.count == 1, case .bytes(let bytes) = values[0] {
      return .string(Base64.encode(bytes))
    }
    guard case .string(let text)? = values.first else { return nil }
    switch (name, values.count) {
    case (".contains", 2), (".startsWith", 2), (".endsWith", 2), (".matches", 2), ("matches", 2):
      guard case .string(let other) = values[1] else { return nil }
      let (bytes, part) = (Array(text.utf8), Array(other.utf8))
      switch name {
      case ".contains": return .bool(part.isEmpty || position(of: part, in: bytes, from: 0) != nil)
      case ".startsWith": return .bool(bytes.starts(with: part))
      case ".endsWith": return .bool(bytes.reversed().starts(with: part.reversed()))
      default: return .bool(try matches(text, other))
      }
    case (".lowerAscii", 1):
      return .string(mapASCII(text) { (65...90).contains($0) ? $0 + 32 : $0 })
    case (".upperAscii", 1):
      return .string(mapASCII(text) { (97...122).contains($0) ? $0 - 32 : $0 })
    case (".trim", 1):
      var scalars = text.unicodeScalars[...]
      while scalars.first?.properties.isWhitespace == true { scalars.removeFirst() }
      while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
      return .string(String(scalars))
    case (".reverse", 1):
      return .string(String(String.UnicodeScalarView(text.unicodeScalars.reversed())))
    case ("strings.quote", 1): return .string(TextFormat.quoted(text))
    case (".format", 2):
      guard case .list(let arguments) = values[1] else { return nil }
      return .string(try TextFormat.format(text, arguments))
    case ("base64.decode", 1):
      guard let bytes = Base64.decode(text) else { throw EvaluationError("this is not Base64") }
      return .bytes(bytes)
    default: return nil
    }
  }

  static func position(of part: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    guard part.count + start <= bytes.count else { return nil }
    guard let first = part.first else { return start }
    return bytes.withUnsafeBufferPointer { bytes in
      part.withUnsafeBufferPointer { part in
        var place = start
        while place <= bytes.count - part.count {
          if bytes[place] == first {
            var length = 1
            while length < part.count, bytes[place + length] == part[length] { length += 1 }
            if length == part.count { return place }
          }
          place += 1
        }
        return nil
      }
    }
  }

  private static func mapASCII(_ text: String, _ change: (UInt8) -> UInt8) -> String {
    String(decoding: text.utf8.map(change), as: UTF8.self)
  }

  private static func matches(_ text: String, _ source: String) throws(EvaluationError) -> Bool {
    let pattern: Pattern
    do throws(PatternError) {
      pattern = try Pattern(re2: source)
    } catch {
      throw EvaluationError("'\(source)' is no regular expression of RE2: \(error.message)")
    }
    var text = text
    switch text.withUTF8({ pattern.matches($0, with: PatternMatcher()) }) {
    case .matched: return true
    case .notMatched: return false
    case .gaveUp: throw EvaluationError("matching '\(source)' would take too long")
    }
  }
}

/// Base 64 (RFC 4648, section 4).
enum Base64 {
  private static let digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let word = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
      for position in 0..<4 {
        let digit = digits[Int(word >> UInt32(18 - 6 * position)) & 63]
        text.append(position <= group.count ? digit : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Returns the bytes; padding may be missing.
  static func decode(_ text: String) -> [UInt8]? {
    var rest = Array(text.utf8)
    while rest.last == UInt8(ascii: "="), rest.count % 4 != 1 { rest.removeLast() }
    guard rest.count % 4 != 1 else { return nil }
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: rest.count, by: 4) {
      let group = rest[start..<min(start + 4, rest.count)]
      var word: UInt32 = 0
      for byte in group {
        guard let digit = digits.firstIndex(of: byte) else { return nil }
        word = word << 6 | UInt32(digit)
      }
      word <<= UInt32(6 * (4 - group.count))
      for position in 0..<(group.count - 1) {
        bytes.append(UInt8(truncatingIfNeeded: word >> UInt32(16 - 8 * position)))
      }
    }
    return bytes
  }
}

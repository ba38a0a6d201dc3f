/// How a scalar of YAML is written.
package enum YAMLStyle: Hashable, Sendable {
  case plain
  case singleQuoted
  case doubleQuoted
  /// A block whose lines are joined: `>`.
  case folded
  /// A block whose lines are kept: `|`.
  case literal

  /// The style of a value that begins with a byte; a value of no bytes is plain.
  package init(beginningWith byte: UInt8?) {
    switch byte {
    case UInt8(ascii: "'"): self = .singleQuoted
    case UInt8(ascii: "\""): self = .doubleQuoted
    case UInt8(ascii: ">"): self = .folded
    case UInt8(ascii: "|"): self = .literal
    default: self = .plain
    }
  }

  /// Whether the value stands in lines of its own, below the key.
  package var isBlock: Bool { self == .folded || self == .literal }
}

/// What readers of YAML 1.1, such as PyYAML, take a plain scalar for.
///
/// Whoever reads the same file with another program is to see the same text.
package enum PlainMeaning: Hashable, Sendable {
  case text
  /// A day, or a moment of one.
  case date
  /// A number, a truth value or nothing, in YAML 1.1 or in YAML 1.2.
  case other

  /// Resolves a plain scalar by the regular expressions of <https://yaml.org/type/> and by the core schema of
  /// YAML 1.2.
  package init(_ text: [UInt8]) {
    let isCoreText = text.withUnsafeBufferPointer { bytes in
      if case .string = CoreScalar(bytes) { return true }
      return false
    }
    if Self.isDate(text[...]) {
      self = .date
    } else if !isCoreText || Self.words.contains(String(decoding: text, as: UTF8.self))
      || Self.isNumber(text[...])
    {
      self = .other
    } else {
      self = .text
    }
  }

  private static let words: Set<String> = Set(
    ["y", "n", "yes", "no", "on", "off", "true", "false", "null"].flatMap { word in
      [word, word.uppercased(), word.prefix(1).uppercased() + word.dropFirst()]
    } + ["=", "<<", "~"])

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") <= 9 }

  /// Takes as many bytes from the front as satisfy a condition; returns how many.
  private static func skip(
    _ text: inout ArraySlice<UInt8>, atMost most: Int = .max, while isWanted: (UInt8) -> Bool
  ) -> Int {
    var count = 0
    while count < most, let first = text.first, isWanted(first) {
      text = text.dropFirst()
      count += 1
    }
    return count
  }

  private static func skip(_ text: inout ArraySlice<UInt8>, _ sign: Unicode.Scalar) -> Bool {
    skip(&text, atMost: 1) { $0 == UInt8(ascii: sign) } == 1
  }

  private static func isDate(_ text: ArraySlice<UInt8>) -> Bool {
    var rest = text
    guard skip(&rest, atMost: 4, while: isDigit) == 4, skip(&rest, "-"),
      (1...2).contains(skip(&rest, atMost: 2, while: isDigit)), skip(&rest, "-"),
      (1...2).contains(skip(&rest, atMost: 2, while: isDigit))
    else { return false }
    if rest.isEmpty { return true }
    guard let sign = rest.first, "Tt \t".utf8.contains(sign) else { return false }
    let time = rest.dropFirst()
    let colons = time.count { $0 == UInt8(ascii: ":") }
    return colons >= 2 && time.allSatisfy { isDigit($0) || ":.+-Zz \t".utf8.contains($0) }
  }

  private static func isNumber(_ text: ArraySlice<UInt8>) -> Bool {
    var rest = text
    if !skip(&rest, "-") { _ = skip(&rest, "+") }
    guard let first = rest.first, isDigit(first) || first == UInt8(ascii: ".") else { return false }
    if rest.count > 2, first == UInt8(ascii: "0"), let base = rest.dropFirst().first {
      let digits = rest.dropFirst(2)
      if base == UInt8(ascii: "b") { return digits.allSatisfy { "01_".utf8.contains($0) } }
      if base == UInt8(ascii: "x") {
        return digits.allSatisfy { isDigit($0) || (97...102).contains($0 | 0x20) || $0 == 0x5F }
      }
    }
    _ = skip(&rest) { isDigit($0) || $0 == UInt8(ascii: "_") }
    // Minutes and seconds: 190:20:30.
    while skip(&rest, ":") {
      guard (1...2).contains(skip(&rest, atMost: 2, while: isDigit)) else { return false }
    }
    if skip(&rest, ".") { _ = skip(&rest) { isDigit($0) || $0 == UInt8(ascii: "_") } }
    if let sign = rest.first, sign | 0x20 == UInt8(ascii: "e") {
      rest = rest.dropFirst()
      if !skip(&rest, "-") { _ = skip(&rest, "+") }
      guard skip(&rest, while: isDigit) > 0 else { return false }
    }
    return rest.isEmpty && text.contains(where: isDigit)
  }
}

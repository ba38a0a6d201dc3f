import Diagnostics
import SourceText

/// What a scalar means in the core schema of YAML 1.2 (section 10.3).
enum CoreScalar {
  case null
  case bool(Bool)
  case number
  case string
  /// Text that other tools read as a number which this one cannot be.
  case refused(Fault)

  /// Why a scalar is neither number nor text without a doubt.
  enum Fault {
    /// `012`: 12 in YAML 1.2, 10 in YAML 1.1, and most likely an identifier.
    case leadingZero
    /// `.inf` and `.nan`, which JSON does not have.
    case notFinite
    /// A hexadecimal or octal number with more digits than anybody means.
    case tooLong

    func diagnostic(at range: SourceRange, text: String) -> Diagnostic {
      switch self {
      case .leadingZero:
        Diagnostic(
          .error, .leadingZero, "'\(text)' is a number with a leading zero", at: range,
          help: "Quote it to keep the zero: '\(text)', or write the number without it",
          remedy: Remedy(.replace(range, old: text, new: "'\(text)'")))
      case .notFinite:
        Diagnostic(
          .error, .notFinite, "'\(text)' is not a finite number", at: range,
          help: "Quote it if it is meant as text")
      case .tooLong:
        Diagnostic(
          .error, .longNumber, "this number has too many digits", at: range,
          help: "Quote it if it is meant as text")
      }
    }
  }

  /// Resolves a plain scalar without a tag.
  init(_ text: UnsafeBufferPointer<UInt8>) {
    guard let first = text.first else {
      self = .null
      return
    }
    switch first {
    case UInt8(ascii: "~"), UInt8(ascii: "n"), UInt8(ascii: "N"):
      self = Self.isOne(of: ["~", "null", "Null", "NULL"], text) ? .null : .string
    case UInt8(ascii: "t"), UInt8(ascii: "T"):
      self = Self.isOne(of: ["true", "True", "TRUE"], text) ? .bool(true) : .string
    case UInt8(ascii: "f"), UInt8(ascii: "F"):
      self = Self.isOne(of: ["false", "False", "FALSE"], text) ? .bool(false) : .string
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      self = Self.number(text)
    default:
      self = .string
    }
  }

  /// Resolves a scalar with a tag; `nil` where the tag is unknown or does not fit.
  init?(_ text: UnsafeBufferPointer<UInt8>, tag: String) {
    let plain = CoreScalar(text)
    switch (tag, plain) {
    case ("tag:yaml.org,2002:str", _), ("!", _): self = .string
    case ("tag:yaml.org,2002:int", .number), ("tag:yaml.org,2002:float", .number): self = .number
    case ("tag:yaml.org,2002:bool", .bool(let value)): self = .bool(value)
    case ("tag:yaml.org,2002:null", .null): self = .null
    default: return nil
    }
  }

  private static func isOne(of words: [StaticString], _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    words.contains { word in
      word.utf8CodeUnitCount == text.count
        && word.withUTF8Buffer { $0.elementsEqual(text) }
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte &- UInt8(ascii: "0") <= 9
  }

  /// The longest number in another base than ten; converting takes the square of its length.
  private static let longestBased = 2000

  private static func number(_ text: UnsafeBufferPointer<UInt8>) -> CoreScalar {
    if text.count > 2, text[0] == UInt8(ascii: "0") {
      let digits = text[2...]
      if text[1] == UInt8(ascii: "x"),
        digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit })
      {
        return text.count > longestBased ? .refused(.tooLong) : .number
      }
      if text[1] == UInt8(ascii: "o"),
        digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) })
      {
        return text.count > longestBased ? .refused(.tooLong) : .number
      }
    }
    var offset = text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+") ? 1 : 0
    if Self.isOne(
      of: [".inf", ".Inf", ".INF"], UnsafeBufferPointer(rebasing: text[offset...]))
      || Self.isOne(of: [".nan", ".NaN", ".NAN"], text)
    {
      return .refused(.notFinite)
    }
    let start = offset
    while offset < text.count, isDigit(text[offset]) { offset += 1 }
    var digits = offset - start
    let hasLeadingZero = digits > 1 && text[start] == UInt8(ascii: "0")
    if offset < text.count, text[offset] == UInt8(ascii: ".") {
      offset += 1
      while offset < text.count, isDigit(text[offset]) {
        offset += 1
        digits += 1
      }
    }
    guard digits > 0 else { return .string }
    if offset < text.count, text[offset] | 0x20 == UInt8(ascii: "e") {
      offset += 1
      if offset < text.count, text[offset] == UInt8(ascii: "-") || text[offset] == UInt8(ascii: "+")
      {
        offset += 1
      }
      guard offset < text.count else { return .string }
      while offset < text.count, isDigit(text[offset]) { offset += 1 }
    }
    guard offset == text.count else { return .string }
    return hasLeadingZero ? .refused(.leadingZero) : .number
  }

  /// Whether a number is written as RFC 8259 writes it.
  static func isJSONNumber(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var offset = text.first == UInt8(ascii: "-") ? 1 : 0
    guard offset < text.count, isDigit(text[offset]) else { return false }
    if text[offset] == UInt8(ascii: "0"), offset + 1 < text.count,
      [UInt8(ascii: "x"), UInt8(ascii: "o")].contains(text[offset + 1])
    {
      return false
    }
    while offset < text.count, isDigit(text[offset]) { offset += 1 }
    guard offset < text.count, text[offset] == UInt8(ascii: ".") else { return true }
    return offset + 1 < text.count && isDigit(text[offset + 1])
  }

  /// Returns a number of YAML as RFC 8259 writes it: `0x1F` as `31`, `.5` as `0.5`.
  static func jsonNumber(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    if text.count > 2, text[0] == UInt8(ascii: "0"), text[1] == UInt8(ascii: "x") {
      return decimal(text[2...], base: 16)
    }
    if text.count > 2, text[0] == UInt8(ascii: "0"), text[1] == UInt8(ascii: "o") {
      return decimal(text[2...], base: 8)
    }
    var number: [UInt8] = []
    var rest = text[...]
    if rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    if rest.first == UInt8(ascii: "-") {
      number.append(UInt8(ascii: "-"))
      rest = rest.dropFirst()
    }
    if rest.first == UInt8(ascii: ".") { number.append(UInt8(ascii: "0")) }
    for index in rest.indices {
      number.append(rest[index])
      let isLast = index + 1 == rest.endIndex
      if rest[index] == UInt8(ascii: "."), isLast || !isDigit(rest[index + 1]) {
        number.append(UInt8(ascii: "0"))
      }
    }
    return number
  }

  /// Converts digits of another base, by the schoolbook, into decimal ones.
  private static func decimal(_ text: Slice<UnsafeBufferPointer<UInt8>>, base: Int) -> [UInt8] {
    var digits: [UInt8] = [0]
    for byte in text {
      var carry = Character(UnicodeScalar(byte)).hexDigitValue ?? 0
      for index in digits.indices {
        let value = Int(digits[index]) * base + carry
        digits[index] = UInt8(value % 10)
        carry = value / 10
      }
      while carry > 0 {
        digits.append(UInt8(carry % 10))
        carry /= 10
      }
    }
    return digits.reversed().map { $0 + UInt8(ascii: "0") }
  }
}

package import Syntax

/// JSON in its canonical form (RFC 8785): the same value is always the same bytes.
package indirect enum CanonicalJSON: Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  /// A number in the form of ECMA-262.
  case number(Double)
  case string(String)
  case array([CanonicalJSON])
  case object([String: CanonicalJSON])

  /// What a node of a file holds.
  package init(_ node: Node) {
    switch node.kind {
    case .null: self = .null
    case .true: self = .bool(true)
    case .false: self = .bool(false)
    case .string: self = .string(node.text ?? "")
    case .number:
      let text = node.text ?? "0"
      // Beyond 2^53 a number of JSON is no whole number to everybody.
      if let whole = Int(text), whole.magnitude <= 1 << 53 {
        self = .integer(whole)
      } else {
        self = .number(Double(text) ?? 0)
      }
    case .array: self = .array(node.elements.map { CanonicalJSON($0) })
    case .object:
      self = .object(
        Dictionary(
          node.members.map { ($0.key.text ?? "", CanonicalJSON($0.value)) },
          uniquingKeysWith: { $1 }))
    }
  }

  /// The canonical form in UTF-8.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return bytes
  }

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  private func write(to bytes: inout [UInt8]) {
    switch self {
    case .null: bytes += "null".utf8
    case .bool(let value): bytes += (value ? "true" : "false").utf8
    case .integer(let value): bytes += String(value).utf8
    case .number(let value): bytes += Self.text(of: value).utf8
    case .string(let value): Self.quote(value, to: &bytes)
    case .array(let values):
      bytes.append(UInt8(ascii: "["))
      for (position, value) in values.enumerated() {
        if position > 0 { bytes.append(UInt8(ascii: ",")) }
        value.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      // Names are sorted by their UTF-16 code units (3.2.3).
      let sorted = members.sorted { Self.precedes($0.key, $1.key) }
      for (position, member) in sorted.enumerated() {
        if position > 0 { bytes.append(UInt8(ascii: ",")) }
        Self.quote(member.key, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        member.value.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  /// Whether a name comes before another by UTF-16 code units; in ASCII bytes say the same.
  private static func precedes(_ one: String, _ other: String) -> Bool {
    let (first, second) = (one.utf8, other.utf8)
    return first.allSatisfy { $0 < 128 } && second.allSatisfy { $0 < 128 }
      ? first.lexicographicallyPrecedes(second)
      : one.utf16.lexicographicallyPrecedes(other.utf16)
  }

  private static func quote(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    // Nearly all texts have nothing to escape.
    let isPlain = text.utf8.withContiguousStorageIfAvailable { plain in
      guard plain.allSatisfy({ $0 >= 32 && $0 != 34 && $0 != 92 }) else { return false }
      bytes.append(contentsOf: plain)
      return true
    }
    if isPlain == true {
      bytes.append(UInt8(ascii: "\""))
      return
    }
    // What is escaped is ASCII, so bytes tell.
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): bytes += "\\\"".utf8
      case UInt8(ascii: "\\"): bytes += "\\\\".utf8
      case 8: bytes += "\\b".utf8
      case 9: bytes += "\\t".utf8
      case 10: bytes += "\\n".utf8
      case 12: bytes += "\\f".utf8
      case 13: bytes += "\\r".utf8
      case 0..<32:
        let digits = String(byte, radix: 16)
        bytes += ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Returns a number as ECMA-262 writes it (Number::toString): the shortest digits that read back as
  /// the same number, with an exponent from 1e21 on and below 1e-6.
  static func text(of number: Double) -> String {
    if number == 0 { return "0" }
    guard number.isFinite else { return "null" }
    let shortest = abs(number).description.lowercased()
    let parts = shortest.split(separator: "e")
    let mantissa = parts[0].split(separator: ".")
    var digits = mantissa.joined()
    var point = mantissa[0].count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
    while digits.hasPrefix("0"), digits.count > 1 {
      digits.removeFirst()
      point -= 1
    }
    while digits.hasSuffix("0"), digits.count > 1 { digits.removeLast() }
    let sign = number < 0 ? "-" : ""
    let count = digits.count
    if count <= point, point <= 21 {
      return sign + digits + String(repeating: "0", count: point - count)
    }
    if 0 < point, point <= 21 { return sign + digits.prefix(point) + "." + digits.dropFirst(point) }
    if -6 < point, point <= 0 {
      return sign + "0." + String(repeating: "0", count: -point) + digits
    }
    let exponent = (point - 1 < 0 ? "-" : "+") + String(abs(point - 1))
    return sign + digits.prefix(1) + (count > 1 ? "." + digits.dropFirst() : "") + "e" + exponent
  }
}

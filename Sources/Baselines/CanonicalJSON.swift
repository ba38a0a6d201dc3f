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
      if let whole = Int(text), abs(whole) <= 1 << 53 {
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

  package var text: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .number(let value): Self.text(of: value)
    case .string(let value): Self.quoted(value)
    case .array(let values): "[" + values.map(\.text).joined(separator: ",") + "]"
    case .object(let members):
      "{"
        // Names are sorted by their UTF-16 code units (3.2.3).
        + members.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
        .map { Self.quoted($0.key) + ":" + $0.value.text }.joined(separator: ",") + "}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\u{8}": result += "\\b"
      case "\t": result += "\\t"
      case "\n": result += "\\n"
      case "\u{C}": result += "\\f"
      case "\r": result += "\\r"
      case "\0"..<" ":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
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

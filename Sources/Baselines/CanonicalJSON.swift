import Glibc
import SourceText
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

  /// Returns the canonical form of what a node of a file holds, in UTF-8.
  ///
  /// It is written straight from the arena: a baseline has tens of thousands of records.
  package static func bytes(of node: Node) -> [UInt8] {
    node.tree.withView { view in
      var bytes: [UInt8] = []
      bytes.reserveCapacity(node.range.offsets.count)
      write(node.index, of: view, to: &bytes)
      return bytes
    }
  }

  private static func write(_ index: Int, of view: TreeView, to bytes: inout [UInt8]) {
    let node = view.nodes[index]
    switch node.kind {
    case .null: bytes += "null".utf8
    case .true: bytes += "true".utf8
    case .false: bytes += "false".utf8
    case .string: quote(view.text(of: index), to: &bytes)
    case .number:
      let text = String(decoding: view.text(of: index), as: UTF8.self)
      // Beyond 2^53 a number of JSON is no whole number to everybody.
      if let whole = Int(text), whole.magnitude <= 1 << 53 {
        bytes += String(whole).utf8
      } else {
        bytes += Self.text(of: Double(text) ?? 0).utf8
      }
    case .array:
      bytes.append(UInt8(ascii: "["))
      var child = index + 1
      while child < Int(node.end) {
        if child > index + 1 { bytes.append(UInt8(ascii: ",")) }
        write(child, of: view, to: &bytes)
        child = Int(view.nodes[child].end)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object: writeMembers(of: index, of: view, to: &bytes)
    }
  }

  private static func writeMembers(
    of index: Int, of view: TreeView, to bytes: inout [UInt8]
  ) {
    var keys: [Int] = []
    keys.reserveCapacity(Int(view.nodes[index].low))
    var child = index + 1
    while child + 1 < Int(view.nodes[index].end) {
      keys.append(child)
      child = Int(view.nodes[child + 1].end)
    }
    // The order of equal names is kept, and the last of them counts.
    keys.sort { precedes(view.text(of: $0), view.text(of: $1), or: $0 < $1) }
    bytes.append(UInt8(ascii: "{"))
    var isFirst = true
    for (position, key) in keys.enumerated() {
      if position + 1 < keys.count,
        view.text(of: key).elementsEqual(view.text(of: keys[position + 1]))
      {
        continue
      }
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      quote(view.text(of: key), to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      write(key + 1, of: view, to: &bytes)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  /// Whether a name comes before another by UTF-16 code units (3.2.3); in ASCII bytes say the same.
  private static func precedes(
    _ one: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>, or isEarlier: Bool
  ) -> Bool {
    guard one.contains(where: { $0 >= 128 }) || other.contains(where: { $0 >= 128 }) else {
      let common = min(one.count, other.count)
      let order =
        one.baseAddress.flatMap { first in
          other.baseAddress.map { common == 0 ? 0 : memcmp(first, $0, common) }
        } ?? 0
      return order != 0
        ? order < 0 : one.count != other.count ? one.count < other.count : isEarlier
    }
    let (first, second) = (
      String(decoding: one, as: UTF8.self).utf16, String(decoding: other, as: UTF8.self).utf16
    )
    return first.elementsEqual(second) ? isEarlier : first.lexicographicallyPrecedes(second)
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
      let sorted = members.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
      for (position, member) in sorted.enumerated() {
        if position > 0 { bytes.append(UInt8(ascii: ",")) }
        Self.quote(member.key, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        member.value.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  /// Writes a text in quotes.
  static func quote(_ text: String, to bytes: inout [UInt8]) {
    var text = text
    text.withUTF8 { quote($0, to: &bytes) }
  }

  private static func quote(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    defer { bytes.append(UInt8(ascii: "\"")) }
    // Nearly all texts have nothing to escape.
    guard text.contains(where: { $0 < 32 || $0 == 34 || $0 == 92 }) else {
      bytes.append(contentsOf: text)
      return
    }
    // What is escaped is ASCII, so bytes tell.
    for byte in text {
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

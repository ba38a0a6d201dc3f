/// The syntax of URIs (RFC 3986, appendix A) and IRIs (RFC 3987, section 2.2).
struct URISyntax {
  private let text: UnsafeBufferPointer<UInt8>
  private let allowsUnicode: Bool

  init(_ text: UnsafeBufferPointer<UInt8>, allowsUnicode: Bool) {
    self.text = text
    self.allowsUnicode = allowsUnicode
  }

  /// Whether the text is a URI, or where `isReference` holds also a relative reference.
  func isValid(isReference: Bool) -> Bool {
    var rest = text[...]
    if let hash = rest.firstIndex(of: UInt8(ascii: "#")) {
      guard isText(rest[(hash + 1)...], extra: ":@/?") else { return false }
      rest = rest[..<hash]
    }
    if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
      guard isText(rest[(mark + 1)...], extra: ":@/?", isQuery: true) else { return false }
      rest = rest[..<mark]
    }
    let colon = rest.firstIndex(of: UInt8(ascii: ":"))
    let slash = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
    if let colon, colon < slash {
      guard isScheme(rest[..<colon]) else { return false }
      rest = rest[(colon + 1)...]
    } else if !isReference {
      return false
    }
    if rest.starts(with: "//".utf8) {
      rest = rest.dropFirst(2)
      let end = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
      guard isAuthority(rest[..<end]) else { return false }
      rest = rest[end...]
    }
    return isText(rest, extra: ":@/")
  }

  private func isScheme(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    guard let first = text.first, ByteCursor.isLetter(first) else { return false }
    return text.allSatisfy {
      ByteCursor.isLetter($0) || ByteCursor.isDigit($0) || "+-.".utf8.contains($0)
    }
  }

  private func isAuthority(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    var rest = text
    if let at = rest.lastIndex(of: UInt8(ascii: "@")) {
      guard isText(rest[..<at], extra: ":") else { return false }
      rest = rest[(at + 1)...]
    }
    if rest.first == UInt8(ascii: "[") {
      guard let close = rest.firstIndex(of: UInt8(ascii: "]")),
        isLiteral(UnsafeBufferPointer(rebasing: rest[(rest.startIndex + 1)..<close]))
      else { return false }
      rest = rest[(close + 1)...]
      guard rest.first == UInt8(ascii: ":") else { return rest.isEmpty }
      return rest.dropFirst().allSatisfy(ByteCursor.isDigit)
    }
    if let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
      guard rest[(colon + 1)...].allSatisfy(ByteCursor.isDigit) else { return false }
      rest = rest[..<colon]
    }
    return isText(rest, extra: "")
  }

  /// `IPv6address` or `IPvFuture` between brackets.
  private func isLiteral(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var cursor = ByteCursor(text)
    if cursor.takeIPv6(), cursor.isAtEnd { return true }
    guard let first = text.first, first | 0x20 == UInt8(ascii: "v"),
      let dot = text.firstIndex(of: UInt8(ascii: ".")), dot > 1, dot + 1 < text.count
    else { return false }
    return text[1..<dot].allSatisfy(ByteCursor.isHexadecimal)
      && text[(dot + 1)...].allSatisfy { isUnreserved($0) || isSubDelimiter($0) || $0 == 0x3A }
  }

  private func isUnreserved(_ byte: UInt8) -> Bool {
    ByteCursor.isLetter(byte) || ByteCursor.isDigit(byte) || "-._~".utf8.contains(byte)
  }

  private func isSubDelimiter(_ byte: UInt8) -> Bool {
    "!$&'()*+,;=".utf8.contains(byte)
  }

  /// Whether all of a part is unreserved, a sub-delimiter, percent-encoded or one of `extra`.
  private func isText(
    _ part: Slice<UnsafeBufferPointer<UInt8>>, extra: String, isQuery: Bool = false
  ) -> Bool {
    var cursor = ByteCursor(UnsafeBufferPointer(rebasing: part))
    while let byte = cursor.peek {
      if byte >= 0x80 {
        guard allowsUnicode, let scalar = cursor.takeScalar(), isInternational(scalar, isQuery)
        else { return false }
        continue
      }
      cursor.position += 1
      if byte == UInt8(ascii: "%") {
        guard cursor.takeHexadecimalPair() else { return false }
      } else {
        guard isUnreserved(byte) || isSubDelimiter(byte) || extra.utf8.contains(byte) else {
          return false
        }
      }
    }
    return true
  }

  /// `ucschar`, and in a query `iprivate`.
  private func isInternational(_ scalar: Unicode.Scalar, _ isQuery: Bool) -> Bool {
    let value = scalar.value
    switch value {
    case 0xA0...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFEF: return true
    case 0xE000...0xF8FF, 0xF0000...0xFFFFD, 0x100000...0x10FFFD: return isQuery
    case 0xE0000...0xE0FFF: return false
    default: return value >= 0x10000 && value & 0xFFFF <= 0xFFFD
    }
  }
}

extension ByteCursor {
  /// Reads one scalar of valid UTF-8.
  mutating func takeScalar() -> Unicode.Scalar? {
    guard position < text.count else { return nil }
    var iterator = text[position...].makeIterator()
    var decoder = UTF8()
    guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return nil }
    position += UTF8.width(scalar)
    return scalar
  }
}

extension ByteCursor {
  /// Reads a JSON Pointer (RFC 6901, section 3).
  mutating func takePointer() -> Bool {
    while !isAtEnd {
      guard take("/") else { return false }
      while let byte = peek, byte != UInt8(ascii: "/") {
        position += 1
        if byte == UInt8(ascii: "~"), !take("0"), !take("1") { return false }
      }
    }
    return true
  }

  /// Reads a relative JSON Pointer (draft-bhutton-relative-json-pointer-00).
  mutating func takeRelativePointer() -> Bool {
    let isZero = peek == UInt8(ascii: "0")
    let count = takeDigits()
    guard count > 0, count == 1 || !isZero else { return false }
    return take("#") || takePointer()
  }

  /// Reads a URI template (RFC 6570, section 2) to its end.
  mutating func takeTemplate() -> Bool {
    while let byte = peek {
      position += 1
      switch byte {
      case UInt8(ascii: "{"):
        guard takeExpression() else { return false }
      case UInt8(ascii: "%"):
        guard takeHexadecimalPair() else { return false }
      case 0...0x20, 0x7F, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "<"),
        UInt8(ascii: ">"), UInt8(ascii: "\\"), UInt8(ascii: "^"), UInt8(ascii: "`"),
        UInt8(ascii: "|"), UInt8(ascii: "}"):
        return false
      default: break
      }
    }
    return true
  }

  mutating func takeHexadecimalPair() -> Bool {
    guard position + 2 <= text.count, Self.isHexadecimal(text[position]),
      Self.isHexadecimal(text[position + 1])
    else { return false }
    position += 2
    return true
  }

  private mutating func takeExpression() -> Bool {
    // The operators, with those that are reserved for later.
    if let byte = peek, "+#./;?&=,!@|".utf8.contains(byte) { position += 1 }
    repeat {
      guard takeVariable() else { return false }
      if take(":") {
        guard let first = peek, first != UInt8(ascii: "0"), (1...4).contains(takeDigits()) else {
          return false
        }
      } else {
        _ = take("*")
      }
    } while take(",")
    return take("}")
  }

  private mutating func takeVariable() -> Bool {
    var wasDot = true
    let start = position
    while let byte = peek {
      if byte == UInt8(ascii: ".") {
        guard !wasDot else { return false }
        wasDot = true
        position += 1
        continue
      }
      if byte == UInt8(ascii: "%") {
        position += 1
        guard takeHexadecimalPair() else { return false }
      } else if Self.isLetter(byte) || Self.isDigit(byte) || byte == UInt8(ascii: "_") {
        position += 1
      } else {
        break
      }
      wasDot = false
    }
    return position > start && !wasDot
  }
}

extension ByteCursor {
  /// Reads `dec-octet "." …` of RFC 3986; leading zeros are refused, as some read them as octal.
  mutating func takeIPv4() -> Bool {
    for part in 0..<4 {
      if part > 0, !take(".") { return false }
      let start = position
      let count = takeDigits()
      guard (1...3).contains(count), count == 1 || text[start] != UInt8(ascii: "0") else {
        return false
      }
      let value = text[start..<position].reduce(0) { $0 * 10 + Int($1 & 15) }
      guard value <= 255 else { return false }
    }
    return true
  }

  /// Reads an address of RFC 4291, section 2.2, without a zone.
  mutating func takeIPv6() -> Bool {
    var groups = 0
    var hasGap = false
    if take(":") {
      guard take(":") else { return false }
      hasGap = true
    }
    while groups < 8, let byte = peek, Self.isHexadecimal(byte) {
      let start = position
      while let byte = peek, Self.isHexadecimal(byte) { position += 1 }
      if peek == UInt8(ascii: ".") {
        position = start
        guard takeIPv4() else { return false }
        groups += 2
        break
      }
      guard position - start <= 4 else { return false }
      groups += 1
      guard peek == UInt8(ascii: ":") else { break }
      position += 1
      if take(":") {
        guard !hasGap else { return false }
        hasGap = true
      } else if isAtEnd || !Self.isHexadecimal(text[position]) {
        return false
      }
    }
    return hasGap ? groups <= 7 : groups == 8
  }
}

/// Addresses of e-mail: RFC 5321, section 4.1.2, with RFC 6531 for other scripts.
enum MailAddress {
  static func isValid(_ text: UnsafeBufferPointer<UInt8>, allowsUnicode: Bool) -> Bool {
    guard let at = text.lastIndex(of: UInt8(ascii: "@")), at > 0, at + 1 < text.count else {
      return false
    }
    let local = UnsafeBufferPointer(rebasing: text[..<at])
    let domain = UnsafeBufferPointer(rebasing: text[(at + 1)...])
    return isLocalPart(local, allowsUnicode) && isDomain(domain, allowsUnicode)
  }

  private static func isLocalPart(_ text: UnsafeBufferPointer<UInt8>, _ allowsUnicode: Bool) -> Bool
  {
    guard text.count <= 64 || allowsUnicode else { return false }
    if text.first == UInt8(ascii: "\"") { return isQuoted(text, allowsUnicode) }
    var wasDot = true
    for byte in text {
      let isDot = byte == UInt8(ascii: ".")
      if isDot {
        guard !wasDot else { return false }
      } else {
        guard isAtom(byte) || (allowsUnicode && byte >= 0x80) else { return false }
      }
      wasDot = isDot
    }
    return !wasDot
  }

  private static func isAtom(_ byte: UInt8) -> Bool {
    ByteCursor.isLetter(byte) || ByteCursor.isDigit(byte)
      || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
  }

  private static func isQuoted(_ text: UnsafeBufferPointer<UInt8>, _ allowsUnicode: Bool) -> Bool {
    guard text.count >= 2, text.last == UInt8(ascii: "\"") else { return false }
    var index = 1
    while index < text.count - 1 {
      let byte = text[index]
      if byte == UInt8(ascii: "\\") {
        index += 1
        guard index < text.count - 1, (0x20...0x7E).contains(text[index]) else { return false }
      } else {
        let isText = (0x20...0x7E).contains(byte) || (allowsUnicode && byte >= 0x80)
        guard isText, byte != UInt8(ascii: "\"") else { return false }
      }
      index += 1
    }
    return true
  }

  private static func isDomain(_ text: UnsafeBufferPointer<UInt8>, _ allowsUnicode: Bool) -> Bool {
    guard text.first == UInt8(ascii: "[") else {
      return HostName.isValid(text, allowsUnicode: allowsUnicode)
    }
    guard text.count > 2, text.last == UInt8(ascii: "]") else { return false }
    let inside = UnsafeBufferPointer(rebasing: text[1..<(text.count - 1)])
    var cursor = ByteCursor(inside)
    if cursor.takeIPv4(), cursor.isAtEnd { return true }
    guard inside.count > 5, inside[..<5].elementsEqual("IPv6:".utf8) else { return false }
    cursor = ByteCursor(UnsafeBufferPointer(rebasing: inside[5...]))
    return cursor.takeIPv6() && cursor.isAtEnd
  }
}

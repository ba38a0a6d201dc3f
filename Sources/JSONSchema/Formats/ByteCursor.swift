/// A place in a text of bytes, for parsers that read forward and never copy.
struct ByteCursor {
  let text: UnsafeBufferPointer<UInt8>
  var position = 0

  init(_ text: UnsafeBufferPointer<UInt8>) {
    self.text = text
  }

  var isAtEnd: Bool { position == text.count }

  var peek: UInt8? { position < text.count ? text[position] : nil }

  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard position < text.count, UInt32(text[position]) == scalar.value else { return false }
    position += 1
    return true
  }

  /// Reads a number of exactly so many digits of ASCII.
  mutating func takeNumber(digits: Int) -> Int? {
    guard position + digits <= text.count else { return nil }
    var value = 0
    for offset in position..<(position + digits) {
      let digit = text[offset] &- UInt8(ascii: "0")
      guard digit <= 9 else { return nil }
      value = value * 10 + Int(digit)
    }
    position += digits
    return value
  }

  /// Reads digits, at least one, and returns how many.
  mutating func takeDigits() -> Int {
    let start = position
    while position < text.count, text[position] &- UInt8(ascii: "0") <= 9 { position += 1 }
    return position - start
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") <= 9 }

  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

  static func isHexadecimal(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte | 0x20) &- UInt8(ascii: "a") < 6
  }
}

/// Files as one string literal: for each its path, the number of its bytes, and these.
///
/// A literal costs nothing at the start of a program, and a compiler reads it at once; an array of
/// numbers it would check one by one.
struct Pack {
  private var literal: [UInt8] = []

  /// Adds a file; returns whether its bytes are a text.
  mutating func add(_ path: String, _ bytes: [UInt8]) -> Bool {
    guard String(validating: bytes, as: UTF8.self) != nil else { return false }
    add(Array("\(path)\n\(bytes.count)\n".utf8))
    add(bytes)
    return true
  }

  private mutating func add(_ bytes: [UInt8]) {
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\n"): literal += Array("\\n".utf8)
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): literal += [UInt8(ascii: "\\"), byte]
      case 0..<0x20, 0x7F: literal += Array("\\u{\(String(byte, radix: 16))}".utf8)
      default: literal.append(byte)
      }
    }
  }

  /// The Swift source.
  var source: [UInt8] {
    Array("let embeddedFiles: StaticString = \"".utf8) + literal + Array("\"\n".utf8)
  }
}

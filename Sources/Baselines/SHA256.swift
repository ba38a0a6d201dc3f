import Crypto

/// A SHA-256 digest (FIPS 180-4), which names content where Git's SHA-1 alone would not do.
package struct Digest: Hashable, Sendable, CustomStringConvertible {
  private let bytes: [UInt8]

  /// Digests bytes.
  package init(of bytes: [UInt8]) {
    self.bytes = Array(SHA256.hash(data: bytes))
  }

  /// The digest in small hexadecimal digits.
  package var description: String {
    var text: [UInt8] = []
    write(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Writes the small hexadecimal digits.
  func write(to text: inout [UInt8]) {
    func digit(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 87 + value }
    for byte in bytes {
      text.append(digit(byte >> 4))
      text.append(digit(byte & 15))
    }
  }
}

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
    bytes.map { byte in
      let digits = String(byte, radix: 16)
      return digits.count < 2 ? "0" + digits : digits
    }.joined()
  }
}

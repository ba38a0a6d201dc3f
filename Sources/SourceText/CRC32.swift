/// The checksum of gzip (RFC 1952) and ZIP: CRC-32 of ISO 3309.
package enum CRC32 {
  private static let table = (0..<256).map { number -> UInt32 in
    (0..<8).reduce(UInt32(number)) { value, _ in
      value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1
    }
  }

  /// Returns the checksum of bytes.
  package static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { sum, byte in
      sum >> 8 ^ table[Int((sum ^ UInt32(byte)) & 255)]
    }
  }
}

/// Which bytes a text has, and which of them stand beside each other.
///
/// A text is read once for it; what has a pair that the text has not cannot stand in the text. The other way
/// round nothing is said: many pairs share a bit.
package struct LetterPairs: Hashable, Sendable {
  /// A bit for each byte.
  private var bytes = SIMD4<UInt64>()
  /// A bit for each 64 pairs or so.
  private var pairs = SIMD16<UInt64>()

  /// The letters of no text.
  init() {}

  /// Reads a text.
  ///
  /// - Parameter text: The text, in UTF-8.
  package init(of text: UnsafeBufferPointer<UInt8>) {
    var bytes = self.bytes
    var pairs = self.pairs
    withUnsafeMutableBytes(of: &bytes) { bytes in
      withUnsafeMutableBytes(of: &pairs) { pairs in
        var last: UInt32 = 0
        var isFirst = true
        for byte in text {
          bytes[Int(byte >> 3)] |= 1 << (byte & 7)
          if !isFirst {
            let place = Int(((last << 8 | UInt32(byte)) &* 0x9E37_79B1) >> 22)
            pairs[place >> 3] |= 1 << UInt8(place & 7)
          }
          isFirst = false
          last = UInt32(byte)
        }
      }
    }
    self.bytes = bytes
    self.pairs = pairs
  }

  /// Reads a text.
  package init(of text: String) {
    var text = text
    self = text.withUTF8 { LetterPairs(of: $0) }
  }

  /// Whether all of another text may stand in this one; `false` says that it does not.
  package func mayContain(_ other: LetterPairs) -> Bool {
    (other.bytes & ~bytes) == SIMD4() && (other.pairs & ~pairs) == SIMD16()
  }

  /// Returns what two texts have both.
  func common(with other: LetterPairs) -> LetterPairs {
    var common = self
    common.bytes &= other.bytes
    common.pairs &= other.pairs
    return common
  }

  /// Whether the text has one of some bytes.
  package func hasAny(of letters: String) -> Bool {
    letters.utf8.contains { byte in bytes[Int(byte >> 6)] & (1 << UInt64(byte & 63)) != 0 }
  }
}

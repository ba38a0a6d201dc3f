/// Phrases that texts are searched for, all in one pass.
struct Phrases {
  /// For each first byte, the phrases that begin with it and their positions.
  private var beginnings: [[(position: Int, bytes: [UInt8])]]

  init(_ phrases: [String]) {
    beginnings = Array(repeating: [], count: 256)
    for (position, phrase) in phrases.enumerated() {
      let bytes = Array(phrase.utf8)
      if let first = bytes.first { beginnings[Int(first)].append((position, bytes)) }
    }
  }

  /// Returns where phrases stand in a text with no letter or digit beside them.
  ///
  /// - Parameter text: The text.
  /// - Returns: The places in UTF-8, in the order of the phrases and then of places.
  /// - Complexity: Linear in the text, but for phrases that begin alike.
  func places(in text: String) -> [(phrase: Int, range: Range<Int>)] {
    var text = text
    var found = text.withUTF8 { bytes in
      var found: [(phrase: Int, range: Range<Int>)] = []
      for start in bytes.indices {
        for (position, phrase) in beginnings[Int(bytes[start])] {
          let end = start + phrase.count
          guard end <= bytes.count, bytes[start..<end].elementsEqual(phrase),
            !Self.isWord(bytes[..<start].last, bytes[..<start], isBefore: true),
            !Self.isWord(bytes[end...].first, bytes[end...], isBefore: false)
          else { continue }
          found.append((position, start..<end))
        }
      }
      return found
    }
    found.sort { ($0.phrase, $0.range.lowerBound) < ($1.phrase, $1.range.lowerBound) }
    return found
  }

  /// Whether a letter or a digit stands at an end of a stretch of text.
  private static func isWord(
    _ byte: UInt8?, _ stretch: Slice<UnsafeBufferPointer<UInt8>>, isBefore: Bool
  ) -> Bool {
    guard let byte else { return false }
    guard byte >= 0x80 else {
      return (97...122).contains(byte | 0x20) || (48...57).contains(byte)
    }
    let near = isBefore ? stretch.suffix(4) : stretch.prefix(4)
    // Bytes that were cut off at the other end are not asked about.
    let text = String(decoding: near, as: UTF8.self)
    let scalar = isBefore ? text.unicodeScalars.last : text.unicodeScalars.first
    return scalar.map { $0.properties.isAlphabetic || $0.properties.numericType != nil } ?? false
  }
}

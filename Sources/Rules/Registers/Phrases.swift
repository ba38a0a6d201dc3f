import Patterns

/// Phrases that texts are searched for, all in one pass.
struct Phrases: Sendable {
  private let search: NameSearch

  init(_ phrases: [String]) {
    search = NameSearch(phrases)
  }

  /// Returns where phrases stand in a text with no letter or digit beside them.
  ///
  /// - Parameter text: The text.
  /// - Returns: The places in UTF-8, in the order of the phrases and then of places.
  /// - Complexity: Linear in the text and in what is found.
  func places(in text: String) -> [(phrase: Int, range: Range<Int>)] {
    var text = text
    var found = text.withUTF8 { bytes in
      var found: [(phrase: Int, range: Range<Int>)] = []
      search.find(in: bytes) { phrase, range in
        guard !Self.isWord(bytes[..<range.lowerBound], isBefore: true),
          !Self.isWord(bytes[range.upperBound...], isBefore: false)
        else { return }
        found.append((phrase, range))
      }
      return found
    }
    found.sort { ($0.phrase, $0.range.lowerBound) < ($1.phrase, $1.range.lowerBound) }
    return found
  }

  /// Whether a letter or a digit stands at an end of a stretch of text.
  private static func isWord(
    _ stretch: Slice<UnsafeBufferPointer<UInt8>>, isBefore: Bool
  ) -> Bool {
    guard let byte = isBefore ? stretch.last : stretch.first else { return false }
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

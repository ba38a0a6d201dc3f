/// How alike two texts are by their words.
///
/// Words are told apart by a digest of 64 bits: two that share one by chance would make two texts look a little
/// more alike, and nothing else hangs on it.
struct Likeness {
  /// The digests of the words in increasing order, those that stand several times as often.
  private let words: [UInt64]

  var total: Int { words.count }

  init(_ text: String) {
    words = Wording.words(of: text).filter(Self.isWord).map(Self.digest).sorted()
  }

  private static func isWord(_ text: Substring) -> Bool {
    guard let byte = text.utf8.first else { return false }
    if byte < 0x80 { return Wording.kind(ofASCII: byte) == 1 }
    return text.first.map { $0.isLetter || $0.isNumber } == true
  }

  /// Returns the digest of a word: FNV-1a of its bytes.
  private static func digest(_ word: Substring) -> UInt64 {
    word.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }

  /// The words, each once.
  var distinct: [UInt64] {
    var distinct: [UInt64] = []
    for word in words where word != distinct.last { distinct.append(word) }
    return distinct
  }

  /// Returns the Sørensen–Dice coefficient of the words: 1 for the same words, 0 for none in common.
  func likeness(to other: Likeness) -> Double {
    guard total + other.total > 0 else { return 1 }
    return 2 * Double(common(with: other)) / Double(total + other.total)
  }

  /// Returns how many words the two have in common.
  func common(with other: Likeness) -> Int {
    var (position, otherPosition, count) = (0, 0, 0)
    while position < words.count, otherPosition < other.words.count {
      let (one, two) = (words[position], other.words[otherPosition])
      if one == two { count += 1 }
      if one <= two { position += 1 }
      if two <= one { otherPosition += 1 }
    }
    return count
  }
}

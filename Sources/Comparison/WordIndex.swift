/// Finds texts that have rare words in common, without comparing each text with each.
struct WordIndex {
  /// From how many places on a word says nothing of a text.
  private static let mostPlaces = 64
  /// How many of the rarest words of a text are looked for.
  private static let mostWords = 12
  /// How many texts are worth a closer look.
  private static let mostCandidates = 16

  private var places: [UInt64: [Int]] = [:]

  /// - Parameter texts: The texts, which are named by their positions.
  init(_ texts: some Sequence<(position: Int, words: Likeness)>) {
    for (position, words) in texts {
      for word in words.distinct where places[word, default: []].count <= Self.mostPlaces {
        places[word, default: []].append(position)
      }
    }
  }

  /// Returns the positions of texts that share rare words with a text, those that share most first.
  ///
  /// - Complexity: Bounded, however many texts there are.
  func candidates(for words: Likeness) -> [Int] {
    let known = words.distinct.compactMap { places[$0] }
      .filter { $0.count <= Self.mostPlaces }.sorted { $0.count < $1.count }
    var counts: [Int: Int] = [:]
    for position in known.prefix(Self.mostWords).joined() { counts[position, default: 0] += 1 }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .prefix(Self.mostCandidates).map(\.key)
  }
}

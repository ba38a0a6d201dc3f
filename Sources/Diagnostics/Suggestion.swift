import SourceText

/// Returns what to say to somebody who wrote `text`: the word that was most likely meant, `nil` where none is near.
///
/// - Parameters:
///   - text: What was written.
///   - words: What could have been meant.
/// - Returns: A sentence.
package func advice(for text: String, among words: [String]) -> String? {
  nearest(to: text, among: words).map { suggestion(of: $0, for: text) }
}

/// Returns the sentence that names the word that was meant; where both look the same, it says what tells them apart.
package func suggestion(of word: String, for text: String) -> String {
  if let sign = text.unicodeScalars.first, quotes.contains(sign), withoutQuotes(text) == word {
    return "Write '\(word)': the quotes around it are a part of the text"
  }
  if LookAlike.ascii(text) == word,
    let sign = text.unicodeScalars.first(where: { LookAlike.ascii($0) != nil }),
    let plain = LookAlike.ascii(sign)
  {
    return "Write '\(word)': the '\(plain)' that stands here is \(sign.named)"
  }
  return "Did you mean '\(word)'?"
}

private let quotes: Set<Unicode.Scalar> = [
  "\u{201C}", "\u{201D}", "\u{201E}", "\u{2018}", "\u{2019}", "\"", "'", "`",
]

private func withoutQuotes(_ text: String) -> String {
  var scalars = text.unicodeScalars[...]
  while let first = scalars.first, quotes.contains(first) { scalars.removeFirst() }
  while let last = scalars.last, quotes.contains(last) { scalars.removeLast() }
  return String(scalars)
}

/// Returns the word of `words` that somebody who wrote `text` most likely meant.
///
/// The nearest by edit distance (insertions, deletions, replacements, swapped neighbours), as long
/// as it is near: one edit in short words, up to a third of the length in long ones. Case does not
/// count.
///
/// - Parameters:
///   - text: What was written.
///   - words: What could have been meant.
/// - Returns: The nearest word, the first of equals, or `nil` where none is near.
package func nearest(to text: String, among words: [String]) -> String? {
  let written = Array(text.lowercased().unicodeScalars)
  guard !written.isEmpty, written.count <= 64 else { return nil }
  let plain = [withoutQuotes(text), LookAlike.ascii(text)].filter { $0 != text }
  if let same = plain.first(where: words.contains) { return same }
  var best: (distance: Int, word: String)?
  for word in words where word != text {
    let meant = Array(word.lowercased().unicodeScalars)
    let bound = max(1, min(written.count, meant.count) / 3)
    guard abs(meant.count - written.count) <= bound else { continue }
    let distance = editDistance(written, meant)
    // A word of one sign that is another sign is another word.
    guard distance < max(written.count, meant.count) || distance == 0 else { continue }
    if distance <= bound, distance < best?.distance ?? Int.max { best = (distance, word) }
  }
  return best?.word
}

/// Returns the number of edits between two words (optimal string alignment).
private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
  var twoBack: [Int] = []
  var previous = Array(0...right.count)
  for row in left.indices {
    var current = [row + 1]
    for column in right.indices {
      let isSame = left[row] == right[column]
      var cost = min(
        previous[column] + (isSame ? 0 : 1), previous[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
        cost = min(cost, twoBack[column - 1] + 1)
      }
      current.append(cost)
    }
    (twoBack, previous) = (previous, current)
  }
  return previous[right.count]
}

/// Breaks a paragraph into lines of a width, and keeps the breaks that it had.
package struct YAMLWrapping: Sendable {
  /// The most characters of a line.
  package let width: Int
  /// How many characters stand before every line but the first.
  package let indent: Int

  package init(width: Int, indent: Int) {
    self.width = width
    self.indent = indent
  }

  /// Breaks a paragraph.
  ///
  /// Lines that only stand before and behind what changed are as they were, whatever their width.
  ///
  /// - Parameters:
  ///   - paragraph: The text, without line breaks.
  ///   - column: How many characters stand before the first line.
  ///   - old: The lines that the paragraph had; none for a new one.
  /// - Returns: The lines; one space stood between two of them.
  package func lines(
    of paragraph: ArraySlice<UInt8>, from column: Int, like old: [[UInt8]] = []
  ) -> [[UInt8]] {
    let words = Self.words(of: paragraph)
    var oldWords: [ArraySlice<UInt8>] = []
    var starts: Set<Int> = []
    for line in old {
      starts.insert(oldWords.count)
      oldWords += Self.words(of: line[...])
    }
    let head = zip(words, oldWords).prefix { $0 == $1 }.count
    let tail = zip(words.reversed(), oldWords.reversed()).prefix { $0 == $1 }.count
    let shift = oldWords.count - words.count
    func wasStart(_ position: Int) -> Bool {
      words.count - position <= tail && starts.contains(position + shift)
    }
    // What was broken by hand is so again behind the change too; what was full lines is filled up.
    let isByHand = !old.isEmpty && broken(oldWords, from: column) { _, isFull in isFull } != old
    var isOld = false
    return broken(words, from: column) { position, isFull in
      let isBroken =
        if position < head { starts.contains(position) } else if isOld {
          starts.contains(position + shift)
        } else { isFull || isByHand && wasStart(position) }
      isOld = isOld || isBroken && wasStart(position)
      return isBroken
    }
  }

  /// Puts words into lines.
  ///
  /// - Parameters:
  ///   - words: The words.
  ///   - column: How many characters stand before the first line.
  ///   - isBroken: Whether a line begins with a word, where it has its position and whether the line before is
  ///     full.
  /// - Returns: The lines.
  private func broken(
    _ words: [ArraySlice<UInt8>], from column: Int, where isBroken: (Int, Bool) -> Bool
  ) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var column = column
    for (position, word) in words.enumerated() {
      let length = Self.length(of: word)
      if position == 0 {
        lines.append(Array(word))
        column += length
      } else if isBroken(position, column + 1 + length > width) {
        lines.append(Array(word))
        column = indent + length
      } else {
        lines[lines.count - 1] += [0x20] + word
        column += 1 + length
      }
    }
    return lines
  }

  /// Returns the pieces of a text between which a line may end: at one space between two other signs.
  private static func words(of text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    var words: [ArraySlice<UInt8>] = []
    var start = text.startIndex
    for offset in text.indices.dropFirst().dropLast() where text[offset] == 0x20 {
      guard !isBlank(text[offset - 1]), !isBlank(text[offset + 1]) else { continue }
      words.append(text[start..<offset])
      start = offset + 1
    }
    return words + [text[start...]]
  }

  /// How many characters a text has: Unicode scalars, as columns are counted.
  package static func length(of text: some Sequence<UInt8>) -> Int {
    text.reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
  }
}

/// The difference of two texts, word by word.
///
/// The parts are exact: those that are not inserted make the old text, and those that are not deleted
/// the new one, to the last byte.
package struct Wording: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case equal
    case deleted
    case inserted
  }

  package struct Part: Hashable, Sendable {
    package let kind: Kind
    package let text: String
  }

  package let parts: [Part]

  package var old: String { parts.filter { $0.kind != .inserted }.map(\.text).joined() }
  package var new: String { parts.filter { $0.kind != .deleted }.map(\.text).joined() }
  package var isChanged: Bool { parts.contains { $0.kind != .equal } }

  /// Compares two texts.
  ///
  /// - Parameters:
  ///   - old: The text before.
  ///   - new: The text now.
  package init(from old: String, to new: String) {
    guard old != new || !old.utf8.elementsEqual(new.utf8) else {
      parts = old.isEmpty ? [] : [Part(kind: .equal, text: old)]
      return
    }
    let (words, newWords) = (Self.words(of: old), Self.words(of: new))
    var raw: [(kind: Kind, words: ArraySlice<Substring>)] = []
    var (position, newPosition) = (0, 0)
    func step(to old: Int, _ new: Int) {
      if position < old { raw.append((.deleted, words[position..<old])) }
      if newPosition < new { raw.append((.inserted, newWords[newPosition..<new])) }
    }
    for pair in Alignment.pairs(words.map(Word.init), newWords.map(Word.init)) {
      step(to: pair.old, pair.new)
      raw.append((.equal, words[pair.old...pair.old]))
      (position, newPosition) = (pair.old + 1, pair.new + 1)
    }
    step(to: words.count, newWords.count)
    parts = Self.joined(raw)
  }

  /// Joins differences of texts that follow each other.
  init(joining wordings: [Wording]) {
    var joined: [Part] = []
    for part in wordings.flatMap(\.parts) {
      if let last = joined.last, last.kind == part.kind {
        joined[joined.count - 1] = Part(kind: part.kind, text: last.text + part.text)
      } else {
        joined.append(part)
      }
    }
    parts = joined
  }

  /// A word as it is compared: by its bytes, not by what Unicode takes for the same.
  private struct Word: Hashable {
    let text: Substring

    static func == (one: Word, two: Word) -> Bool { one.text.utf8.elementsEqual(two.text.utf8) }
    func hash(into hasher: inout Hasher) { for byte in text.utf8 { hasher.combine(byte) } }
  }

  /// Splits a text into words, stretches of white space, and single signs; a number with what stands
  /// inside of it, as `1,000.50`, `31.12.2016`, `10:30` and `2.5%`, is one word.
  static func words(of text: String) -> [Substring] {
    var words: [Substring] = []
    var start = text.startIndex
    var kind = 0
    var index = text.startIndex
    let bytes = text.utf8
    while index < text.endIndex {
      var own: Int
      var next = bytes.index(after: index)
      // Nearly all characters are one byte, and need no table of Unicode.
      if bytes[index] < 0x80, next == text.endIndex || bytes[next] < 0x80 {
        own = Self.kind(ofASCII: bytes[index])
        if own == 0, kind == 1, start < index, isDigit(bytes[bytes.index(before: index)]),
          isInNumber(bytes[index], next < text.endIndex ? bytes[next] : 0)
        {
          own = 1
        }
      } else {
        let character = text[index]
        next = text.index(after: index)
        own =
          character.isLetter || character.isNumber
          ? 1 : character.isNewline ? 3 : character.isWhitespace ? 2 : 0
      }
      if own != kind || own == 0 {
        if start < index { words.append(text[start..<index]) }
        start = index
      }
      kind = own
      index = next
    }
    if start < text.endIndex { words.append(text[start...]) }
    return words
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// Whether a sign behind a digit belongs to the number: a percent sign, or one with a digit behind it.
  private static func isInNumber(_ sign: UInt8, _ next: UInt8) -> Bool {
    switch sign {
    case UInt8(ascii: "%"): true
    case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "/"),
      UInt8(ascii: "-"), UInt8(ascii: "'"):
      isDigit(next)
    default: false
    }
  }

  /// Returns 1 for a letter or a digit, 2 for white space, 3 for the end of a line, 0 for another sign.
  static func kind(ofASCII byte: UInt8) -> Int {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: 1
    case 0x0A...0x0D: 3
    case 0x09, 0x20: 2
    default: 0
    }
  }

  /// Joins parts of one kind, and makes one change of two that only white space or a lonely small word
  /// keeps apart: readers take them for one.
  ///
  /// A number stands for itself.
  private static func joined(
    _ raw: [(kind: Kind, words: ArraySlice<Substring>)]
  ) -> [Part] {
    var runs: [Run] = []
    for (kind, words) in raw {
      let text = words.joined()
      let weight = words.count { $0.first.map { $0.isLetter || $0.isNumber } ?? false }
      let hasNumber = kind != .equal && text.utf8.contains(where: isDigit)
      if runs.last?.kind == kind {
        runs[runs.count - 1].text += text
        runs[runs.count - 1].weight += weight
        runs[runs.count - 1].hasNumber = runs[runs.count - 1].hasNumber || hasNumber
      } else {
        runs.append(Run(kind: kind, text: text, weight: weight, hasNumber: hasNumber))
      }
    }
    var parts: [Part] = []
    var (deleted, inserted) = ("", "")
    func flush() {
      if !deleted.isEmpty { parts.append(Part(kind: .deleted, text: deleted)) }
      if !inserted.isEmpty { parts.append(Part(kind: .inserted, text: inserted)) }
      (deleted, inserted) = ("", "")
    }
    for (index, run) in runs.enumerated() {
      switch run.kind {
      case .deleted: deleted += run.text
      case .inserted: inserted += run.text
      case .equal:
        let isBetween = index > 0 && index + 1 < runs.count
        let isBridge =
          isBetween && !run.text.contains(where: \.isNewline) && run.weight <= 1
          && (run.weight == 0 ? run.text.utf8.count <= 3 : run.text.utf8.count <= 5)
          && !deleted.isEmpty && !inserted.isEmpty && hasBoth(runs, after: index)
          && !runs[max(0, index - 2)...min(index + 2, runs.count - 1)].contains(where: \.hasNumber)
        if isBridge {
          deleted += run.text
          inserted += run.text
        } else {
          flush()
          parts.append(Part(kind: .equal, text: run.text))
        }
      }
    }
    flush()
    return parts
  }

  /// Words of one kind that follow each other.
  private struct Run {
    let kind: Kind
    var text: String
    /// How many of them are words and no signs.
    var weight: Int
    /// Whether it is a change of a number.
    var hasNumber: Bool
  }

  /// Whether both a deletion and an insertion follow at once.
  private static func hasBoth(_ runs: [Run], after index: Int) -> Bool {
    index + 2 < runs.count && runs[index + 1].kind != .equal && runs[index + 2].kind != .equal
  }
}

/// The words of a source document with their lines, and who holds each of them.
struct SourceWords {
  /// A word as it stands, and as it is compared.
  struct Word {
    let text: String
    let line: Int
    /// Without the signs in front of it and behind it.
    let bare: String
    /// What is left where neither signs nor capitals nor a plural count.
    let plain: String

    init(_ text: String, line: Int = 0) {
      self.text = text
      self.line = line
      bare = SourceWords.bare(text)
      plain = SourceWords.plain(text)
    }
  }

  private(set) var words: [Word] = []
  /// For each word its holder, an item or the furniture of the page.
  private(set) var holders: [String?] = []
  private var isFurniture: Set<Int> = []

  /// Reads the text of a source.
  ///
  /// The signs of lists are none of its words; a word that a line breaks off behind its hyphen is one.
  init(_ text: String) {
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      for word in Self.words(of: Self.withoutBullet(line)) {
        if let last = words.last, last.line < index + 1, last.text.count > 1,
          last.text.last == "-", word.first?.isLetter == true
        {
          words[words.count - 1] = Word(last.text + word, line: last.line)
        } else {
          words.append(Word(word, line: index + 1))
        }
      }
    }
    holders = Array(repeating: nil, count: words.count)
  }

  private static func withoutBullet(_ line: Substring) -> Substring {
    let text = line.drop { $0 == " " }
    let rest = text.dropFirst().drop { $0 == " " }
    switch text.first {
    case "•": return rest
    case "o" where text.dropFirst().first == " ": return rest
    case "-" where text.dropFirst().first == " " && rest.first?.isUppercase == true: return rest
    default: return text
    }
  }

  /// Returns the words of a text, without the marks of footnotes glued to them.
  static func words(of text: some StringProtocol) -> [String] {
    let all = text.split { $0.isWhitespace || $0 == "•" }
    var words: [String] = []
    for (index, word) in all.enumerated() {
      // A dash behind a colon or a semicolon is the sign of a list.
      if word == "-", index > 0, index + 1 < all.count, all[index + 1].first?.isUppercase == true,
        all[index - 1] == "and" || ":;".contains(all[index - 1].last ?? " ")
      {
        continue
      }
      words.append(withoutMark(String(word)))
    }
    return words
  }

  private static func withoutMark(_ word: String) -> String {
    var stem = Substring(word)
    let end = stem.last.map { ".,;:".contains($0) } == true ? String(stem.removeLast()) : ""
    guard stem.last?.isNumber == true else { return word }
    stem.removeLast()
    let isWord =
      stem.count > 2 && stem.allSatisfy(\.isLetter) && stem.suffix(3).allSatisfy(\.isLowercase)
    return isWord ? stem + end : word
  }

  private static func bare(_ text: String) -> String {
    var text = text.drop { "‘“(\"".contains($0) }
    while let last = text.last, "’”).;,:\"".contains(last) { text.removeLast() }
    return String(text)
  }

  private static func plain(_ text: String) -> String {
    let text = text.filter { !".,;:()‘’“”\"'".contains($0) }.lowercased()
    if text.hasSuffix("ies") { return text.dropLast(3) + "y" }
    return text.count > 3 && text.hasSuffix("s") ? String(text.dropLast()) : text
  }

  /// Returns the numbers in a text of lines such as `93-97, 101`.
  static func lines(_ text: String) -> [ClosedRange<Int>] {
    text.split(separator: ",").compactMap { part in
      let ends = part.split(separator: "-").compactMap { Int($0.filter(\.isNumber)) }
      guard let low = ends.first, let high = ends.last, low <= high else { return nil }
      return low...high
    }
  }

  /// Returns the words in some lines that are no furniture.
  func indices(in lines: [ClosedRange<Int>]) -> [Int] {
    lines.flatMap { range -> [Int] in
      (first(of: range.lowerBound)..<first(of: range.upperBound + 1)).filter {
        !isFurniture.contains($0)
      }
    }.sorted()
  }

  private func first(of line: Int) -> Int {
    var (low, high) = (0, words.count)
    while low < high {
      let middle = (low + high) / 2
      if words[middle].line < line { low = middle + 1 } else { high = middle }
    }
    return low
  }

  enum Likeness {
    /// Sign by sign, but for those in front and at the end.
    case exact
    case plain
  }

  /// Finds the places of a text in some lines, which do not overlap.
  func places(
    of text: ArraySlice<Word>, in lines: [ClosedRange<Int>], _ likeness: Likeness,
    unheld isUnheld: Bool
  ) -> [[Int]] {
    let indices = indices(in: lines)
    guard let first = text.indices.first, let last = text.indices.last else { return [] }
    var places: [[Int]] = []
    var start = 0
    while start + text.count <= indices.count {
      guard text[first].plain == words[indices[start]].plain else {
        start += 1
        continue
      }
      let stretch = indices[start..<(start + text.count)]
      let isHere = zip(text.indices, stretch).allSatisfy { own, index in
        guard !isUnheld || holders[index] == nil else { return false }
        let (one, two) = (text[own], words[index])
        guard likeness == .exact else { return one.plain == two.plain }
        return one.text == two.text || (own == first || own == last) && one.bare == two.bare
      }
      if isHere { places.append(Array(stretch)) }
      start += isHere ? text.count : 1
    }
    return places
  }

  /// Finds the places of a text that a page or a table cuts in two.
  func brokenPlaces(
    of text: [Word], in lines: [ClosedRange<Int>], unheld isUnheld: Bool
  ) -> [[Int]] {
    for cut in stride(from: text.count - 2, to: 1, by: -1) {
      let begins = places(of: text[..<cut], in: lines, .exact, unheld: isUnheld)
      guard !begins.isEmpty else { continue }
      let ends = places(of: text[cut...], in: lines, .exact, unheld: isUnheld)
      let whole = begins.enumerated().compactMap { number, begin -> [Int]? in
        let limit = number + 1 < begins.count ? begins[number + 1][0] : words.count
        return ends.first { $0[0] > begin[begin.count - 1] && $0[0] < limit }.map { begin + $0 }
      }
      if !whole.isEmpty { return whole }
    }
    return []
  }

  /// Gives words to a holder, those that have one excepted; and with an item of a list the `and` that joins it
  /// to the next.
  mutating func hold(_ place: [Int], by holder: String, asFurniture: Bool = false) {
    for index in place where holders[index] == nil {
      holders[index] = holder
      if asFurniture { isFurniture.insert(index) }
    }
    guard let last = place.last, last + 1 < words.count, !asFurniture,
      ";,".contains(words[last].text.last ?? " "),
      ["and", "or", "and/or"].contains(words[last + 1].text),
      words[last + 1].line <= words[last].line + 1,
      last + 2 == words.count || words[last + 2].line > words[last + 1].line
    else { return }
    holders[last + 1] = holders[last + 1] ?? holder
  }

  /// The words that nobody holds, each stretch with its first line.
  var unheld: [String] {
    var stretches: [(line: Int, words: [String], last: Int)] = []
    for index in words.indices where holders[index] == nil {
      if let last = stretches.last, last.last + 1 == index {
        stretches[stretches.count - 1].words.append(words[index].text)
        stretches[stretches.count - 1].last = index
      } else {
        stretches.append((words[index].line, [words[index].text], index))
      }
    }
    return stretches.map { "\($0.line): \($0.words.joined(separator: " "))" }
  }
}

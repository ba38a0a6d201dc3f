package import Registry

/// A place at which a text cites a clause: `Section H8.4(b)`, `C3.1 (a) – (e)`, `G3 to G6`.
package struct Citation: Hashable, Sendable {
  /// The parts of the number.
  package let path: [Numbering.Ordinal]
  /// The whole number without white space: `C3.1(e)`.
  package let number: String
  /// Where it stands in the text, in UTF-8 offsets.
  package let range: Range<Int>
  /// The numbers between it and the one before, where the two are the ends of a range.
  package let between: [String]

  /// What a text may have in front of a number.
  private static let words: Set<String> = [
    "section", "sections", "clause", "clauses", "paragraph", "paragraphs", "provision",
    "provisions",
  ]

  /// Finds the citations of a text.
  ///
  /// A number of a heading alone, as `G3`, counts behind a word such as "Section" or with another one,
  /// for much that is no clause looks like it.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - numbering: How the cited clauses are numbered.
  ///   - needsWord: Whether every citation begins with a word such as "paragraph".
  /// - Returns: The citations in the order of the text; those of a list or a range each on its own.
  package static func all(
    in text: String, _ numbering: Numbering, needsWord: Bool = false
  ) -> [Citation] {
    var citations: [Citation] = []
    let reader = CitationReader(text: text, numbering: numbering)
    var position = text.startIndex
    var before = ""
    var name = DocumentName()
    while position < text.endIndex {
      guard text[position].isASCII, text[position].isLetter || text[position].isNumber else {
        if !text[position].isWhitespace { before = "" }
        if !text[position].isWhitespace, text[position] != "," { name = DocumentName() }
        position = text.index(after: position)
        continue
      }
      let hasWord = words.contains(before)
      let found = reader.citations(at: position, hasWord: hasWord)
      if let (list, end) = found, hasWord || !needsWord {
        // "RFC 5280, Section 4.2" is none of ours.
        if !(needsWord && name.isWhole) { citations += list }
        name = DocumentName()
        position = end
        before = ""
        continue
      }
      let word = text[position...].prefix { $0.isLetter || $0.isNumber }
      before = word.lowercased()
      if !words.contains(before) { name.add(word) }
      position = word.endIndex
      // What goes on with such a sign is one name: `TABASC-R8`, `SECP_39`.
      while position < text.endIndex, "-_/#.".contains(text[position]) {
        let rest = text[text.index(after: position)...]
        guard let next = rest.first, next.isLetter || next.isNumber else { break }
        position = rest.prefix { $0.isLetter || $0.isNumber }.endIndex
      }
    }
    return citations
  }
}

private struct CitationReader {
  let text: String
  let numbering: Numbering

  /// Reads a citation with all that is joined to it.
  func citations(
    at start: String.Index, hasWord: Bool
  ) -> (list: [Citation], end: String.Index)? {
    guard var (path, end) = number(at: start) else { return nil }
    var places = [(path: path, start: start, end: end, isRange: false)]
    while let (connector, next) = connector(at: end) {
      let following = continuation(of: path, at: next)
      guard let following else { break }
      places.append((following.path, next, following.end, connector))
      (path, end) = following
    }
    let isPlain = places.allSatisfy { $0.path.count < 3 }
    guard hasWord || !isPlain || (places.count > 1 && places.contains(where: \.isRange)) else {
      return nil
    }
    var list: [Citation] = []
    for (index, place) in places.enumerated() {
      let between = place.isRange ? between(places[index - 1].path, place.path) : []
      list.append(
        Citation(
          path: place.path, number: whole(place.path),
          range: offset(place.start)..<offset(place.end), between: between))
    }
    return (list, end)
  }

  private func offset(_ index: String.Index) -> Int {
    text.utf8.distance(from: text.utf8.startIndex, to: index)
  }

  private func whole(_ path: [Numbering.Ordinal]) -> String {
    numbering.number(of: path).filter { !$0.isWhitespace }
  }

  /// Reads a whole number, as `H8.4(b)` or `C3.1 (e)`.
  private func number(at start: String.Index) -> (path: [Numbering.Ordinal], end: String.Index)? {
    guard mayBegin(at: start), let reading = numbering.reading(of: text[start...], from: 0) else {
      return nil
    }
    var path = reading.ordinals
    let isWhole = path.count > 1 || numbering.levels[0].form == .number
    guard isWhole, var end = end(of: reading, at: start) else { return nil }
    // What stands in brackets may stand apart.
    while end < text.endIndex, text[end] == " ", let last = path.last {
      let next = text.index(after: end)
      guard next < text.endIndex, text[next] == "(", last.level + 1 < numbering.levels.count,
        let more = numbering.reading(of: text[next...], from: last.level + 1),
        let stop = self.end(of: more, at: next)
      else { break }
      path += more.ordinals
      end = stop
    }
    return (path, end)
  }

  /// Whether a number may begin at a place: most words are told from one by their first two letters.
  private func mayBegin(at start: String.Index) -> Bool {
    let top = numbering.levels[0]
    guard top.before.isEmpty, top.form == .capital else { return true }
    let rest = text.utf8[start...].drop { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    guard rest.startIndex > start, let next = rest.first else { return rest.startIndex > start }
    return !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains(next)
  }

  /// Returns where a reading ends, without a full stop that ends the sentence; `nil` where a word goes on.
  private func end(of reading: Numbering.Reading, at start: String.Index) -> String.Index? {
    var end = text.index(start, offsetBy: reading.text.count)
    let last = reading.ordinals.last.map { numbering.levels[$0.level].after } ?? ""
    if reading.text.hasSuffix("."), !last.hasSuffix(".") { end = text.index(before: end) }
    if end < text.endIndex {
      let rest = text[end...]
      guard let sign = rest.first, !sign.isLetter, !sign.isNumber, sign != "_" else { return nil }
      // What has more parts than clauses have here is of another document.
      if sign == ".", rest.dropFirst().first?.isNumber == true { return nil }
      if "-/".contains(sign), let next = rest.dropFirst().first, next.isNumber || next.isLowercase {
        return nil
      }
    }
    return end
  }

  /// Reads what joins two numbers: whether it makes a range, and where the next begins.
  private func connector(at start: String.Index) -> (isRange: Bool, next: String.Index)? {
    var rest = text[start...]
    func skipSpaces() { rest = rest.drop { $0 == " " || $0 == "\n" } }
    skipSpaces()
    for (word, isRange) in [
      (", and ", false), (", or ", false), (",", false), ("and ", false), ("or ", false),
      ("& ", false),
      ("to ", true), ("through ", true), ("–", true), ("—", true), ("-", true),
    ] where rest.hasPrefix(word) {
      rest = rest.dropFirst(word.count)
      skipSpaces()
      return (isRange, rest.startIndex)
    }
    return nil
  }

  /// Reads a number that goes on with another: a whole one, or its end alone.
  private func continuation(
    of path: [Numbering.Ordinal], at start: String.Index
  ) -> (path: [Numbering.Ordinal], end: String.Index)? {
    if let whole = number(at: start) { return whole }
    for ordinal in path.reversed() where !numbering.levels[ordinal.level].before.isEmpty {
      guard let reading = numbering.reading(of: text[start...], from: ordinal.level),
        let end = end(of: reading, at: start)
      else { continue }
      return (path.prefix { $0.level < ordinal.level } + reading.ordinals, end)
    }
    return nil
  }

  /// Returns the numbers between the ends of a range that stand in one clause.
  private func between(_ one: [Numbering.Ordinal], _ two: [Numbering.Ordinal]) -> [String] {
    guard let first = one.last, let last = two.last, first.level == last.level,
      one.dropLast().elementsEqual(two.dropLast()), last.value > first.value + 1,
      last.value - first.value < 100
    else { return [] }
    // Between `(a)` and `(aa)` nothing need be.
    guard [first, last].allSatisfy({ $0.inserted.isEmpty && $0.isPlain }) else { return [] }
    let form = numbering.levels[first.level].form
    return ((first.value + 1)..<last.value).map { value in
      let ordinal = Numbering.Ordinal(level: first.level, value: value, as: form)
      return whole(one.dropLast() + [ordinal])
    }
  }
}

/// The words before a citation that may name a document of somebody else: letters of an institution, and a
/// number.
private struct DocumentName {
  private var hasLetters = false
  private(set) var isWhole = false

  mutating func add(_ word: Substring) {
    let isNumber = word.first?.isNumber == true
    isWhole = isNumber && hasLetters
    hasLetters = word.count > 1 && word.allSatisfy(\.isUppercase)
  }
}

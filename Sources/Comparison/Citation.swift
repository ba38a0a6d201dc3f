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
    let second = numbering.citationBytes
    guard mayCite(text, second, needsWord: needsWord) else { return [] }
    var citations: [Citation] = []
    let words = Words(of: text)
    let reader = CitationReader(words: words, numbering: numbering, second: second)
    let bytes = words.bytes
    var position = 0
    var hasWord = false
    var name = DocumentName()
    while position < bytes.count {
      guard let end = words.end(from: position) else {
        let (isSpace, next) = words.sign(at: position)
        if !isSpace { hasWord = false }
        if !isSpace, bytes[position] != UInt8(ascii: ",") { name = DocumentName() }
        position = next
        continue
      }
      if hasWord || !needsWord, let (list, end) = reader.citations(at: position, hasWord: hasWord) {
        // "RFC 5280, Section 4.2" is none of ours.
        if !(needsWord && name.isWhole) { citations += list }
        name = DocumentName()
        position = end
        hasWord = false
        continue
      }
      hasWord = leads(bytes[position..<end])
      if needsWord, !hasWord { name.add(words.text[words.index(position)..<words.index(end)]) }
      position = end
      // What goes on with such a sign is one name: `TABASC-R8`, `SECP_39`.
      while position < bytes.count, joints.contains(bytes[position]) {
        guard let end = words.end(from: position + 1, isASCII: false) else { break }
        position = end
      }
    }
    return citations
  }

  /// Whether a text may have a citation: a word that leads one, or letters with what may stand behind them.
  private static func mayCite(_ text: String, _ second: ByteSet?, needsWord: Bool) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      if needsWord {
        return bytes.indices.contains { place in
          stemLetters.contains(bytes[place])
            && stems[Int(bytes[place] & 0x1F)].contains { stem in
              place + stem.count <= bytes.count
                && stem.indices.allSatisfy { bytes[place + $0] | 0x20 == stem[$0] }
            }
        }
      }
      guard let second else { return true }
      var isBehindCapital = false
      for byte in bytes {
        if isBehindCapital, byte >= 0x80 || second.contains(byte) { return true }
        isBehindCapital = byte.isCapital
      }
      return false
    }
  }

  /// The letters that the words that lead a citation begin with.
  private static let stemLetters = ByteSet(
    words.flatMap { word in
      word.utf8.prefix(1).flatMap { [$0, $0 & ~0x20] }
    })

  /// What the words that lead a citation begin with, by the last five bits of their first letter.
  private static let stems: [[[UInt8]]] = {
    var stems = Array(repeating: [[UInt8]](), count: 32)
    for word in words.map({ Array($0.utf8) }) { stems[Int((word.first ?? 0) & 0x1F)].append(word) }
    return stems
  }()

  private static let joints = Array("-_/#.".utf8)

  /// Whether a word is one that a text may have in front of a number.
  private static func leads(_ word: ArraySlice<UInt8>) -> Bool {
    guard (6...10).contains(word.count), let first = word.first, "scpSCP".utf8.contains(first)
    else { return false }
    return words.contains(String(decoding: word, as: UTF8.self).lowercased())
  }
}

/// A text by its words, which are looked for byte by byte: only beside signs beyond ASCII it matters what is one
/// character.
private struct Words {
  let text: String
  let bytes: [UInt8]

  init(of text: String) {
    self.text = text
    bytes = Array(text.utf8)
  }

  func index(_ offset: Int) -> String.Index {
    text.utf8.index(text.startIndex, offsetBy: offset)
  }

  func offset(_ index: String.Index) -> Int {
    text.utf8.distance(from: text.startIndex, to: index)
  }

  /// Returns where a word of letters and digits ends that begins at a place; `nil` where none does.
  ///
  /// - Parameters:
  ///   - start: The place.
  ///   - isASCII: Whether its first letter must be one of ASCII.
  /// - Returns: The place behind its last letter.
  func end(from start: Int, isASCII: Bool = true) -> Int? {
    var end = start
    while end < bytes.count, bytes[end].isASCIILetterOrDigit { end += 1 }
    guard end < bytes.count, bytes[end] >= 0x80 else { return end > start ? end : nil }
    // A letter beyond ASCII, or a mark on the last one.
    let rest = text[index(start)...]
    guard let first = rest.first, first.isASCII || !isASCII else { return nil }
    let word = rest.prefix { $0.isLetter || $0.isNumber }
    return word.isEmpty ? nil : offset(word.endIndex)
  }

  /// Returns whether the sign at a place is white space, and where the next begins.
  func sign(at place: Int) -> (isSpace: Bool, next: Int) {
    let byte = bytes[place]
    if byte < 0x80, place + 1 == bytes.count || bytes[place + 1] < 0x80 {
      return (byte == 0x20 || (0x09...0x0D).contains(byte), place + 1)
    }
    let start = index(place)
    return (text[start].isWhitespace, offset(text.index(after: start)))
  }
}

extension UInt8 {
  fileprivate var isASCIILetterOrDigit: Bool {
    (0x61...0x7A).contains(self | 0x20) || (0x30...0x39).contains(self)
  }
  fileprivate var isCapital: Bool { (0x41...0x5A).contains(self) }
}

private struct CitationReader {
  private let words: Words
  private let text: String
  private let numbering: Numbering
  /// The bytes of which one stands behind the letters that a number begins with; `nil` where it begins otherwise.
  private let second: ByteSet?

  init(words: Words, numbering: Numbering, second: ByteSet?) {
    self.words = words
    self.numbering = numbering
    self.second = second
    text = words.text
  }

  /// Reads a citation with all that is joined to it.
  func citations(at place: Int, hasWord: Bool) -> (list: [Citation], end: Int)? {
    let start = words.index(place)
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
          range: words.offset(place.start)..<words.offset(place.end), between: between))
    }
    return (list, words.offset(end))
  }

  private func whole(_ path: [Numbering.Ordinal]) -> String {
    numbering.number(of: path).filter { !$0.isWhitespace }
  }

  /// Reads a whole number, as `H8.4(b)` or `C3.1 (e)`.
  private func number(at start: String.Index) -> (path: [Numbering.Ordinal], end: String.Index)? {
    guard mayBegin(at: words.offset(start)),
      let reading = numbering.reading(of: text[start...], from: 0)
    else { return nil }
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

  /// Whether a number may begin at a place: most words are told from one by their first letters.
  private func mayBegin(at place: Int) -> Bool {
    guard let second else { return true }
    let rest = words.bytes[place...]
    let letters = rest.prefix(4).prefix(while: \.isCapital)
    // More letters than three count nothing.
    guard (1...3).contains(letters.count), letters.endIndex < rest.endIndex else { return false }
    let next = rest[letters.endIndex]
    return second.contains(next) || next >= 0x80
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

/// Some bytes.
private struct ByteSet {
  private var bits = SIMD4<UInt64>()

  init(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { bits[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }
  }

  func contains(_ byte: UInt8) -> Bool { bits[Int(byte >> 6)] & (1 << UInt64(byte & 63)) != 0 }
}

extension Numbering {
  /// The bytes of which one stands behind the letters that a number begins with; `nil` where it begins otherwise.
  fileprivate var citationBytes: ByteSet? {
    let top = levels[0]
    guard top.form == .capital, top.before.isEmpty else { return nil }
    if let first = top.after.utf8.first { return ByteSet([first]) }
    return ByteSet(levels.dropFirst().lazy.flatMap(\.firstBytes))
  }
}

extension Numbering.Level {
  /// The bytes that a number of the level may begin with; behind capital letters none of small ones begins.
  fileprivate var firstBytes: [UInt8] {
    guard before.isEmpty else { return Array(before.utf8.prefix(1)) }
    return form == .number ? Array(0x30...0x39) : []
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

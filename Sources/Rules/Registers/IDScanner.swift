import Patterns

/// Finds an id in texts where it stands as a name, and the ranges of ids that it ends or lies in.
struct IDScanner {
  /// Two ids of a series with a word or a dash between them: `SECP-R10 to SECP-R14`.
  struct Span: Hashable {
    let first: Int
    let last: Int
    /// Where both stand, in UTF-8 offsets.
    let range: Range<Int>
    /// Whether the id is one of the two.
    let isEnd: Bool
  }

  struct Found {
    /// Where the id stands, in UTF-8 offsets.
    var names: [Range<Int>] = []
    var spans: [Span] = []
  }

  private let id: [UInt8]
  private let series: Series?
  private let begin: [UInt8]
  /// What may stand in front of the id and belong to its name: that of its register.
  private let qualifier: [UInt8]
  private let search: NameSearch

  /// Prepares a search.
  ///
  /// - Parameters:
  ///   - id: The id.
  ///   - register: The name of its register.
  init(for id: String, of register: String) {
    self.id = Array(id.utf8)
    series = Series(of: id)
    begin = Array((series?.prefix ?? id).utf8)
    qualifier = Array((register + "/").utf8)
    search = NameSearch([series?.prefix ?? id])
  }

  /// Looks through a text.
  func found(in text: String) -> Found {
    var places: [Int] = []
    var text = text
    return text.withUTF8 { bytes in
      search.find(in: bytes) { places.append($1.lowerBound) }
      var found = Found()
      guard !places.isEmpty else { return found }
      let reader = Reader(bytes: bytes, scanner: self)
      for place in places {
        guard let end = reader.end(of: place) else { continue }
        let isID = bytes[place..<end].elementsEqual(id)
        let span = reader.span(from: place, end)
        if let span, span.isEnd || reader.holds(span) { found.spans.append(span) }
        guard isID, reader.isFree(before: place), span != nil || reader.isFree(behind: end) else {
          continue
        }
        found.names.append(place..<end)
      }
      return found
    }
  }

  private struct Reader {
    let bytes: UnsafeBufferPointer<UInt8>
    let scanner: IDScanner

    private static let connectors = ["to", "through", "until", "–", "—", "-"].map {
      Array($0.utf8)
    }

    /// Returns where an id ends that begins at a place; `nil` where none of the series does.
    func end(of place: Int) -> Int? {
      let start = place + scanner.begin.count
      guard scanner.series != nil else { return start }
      let digits = digits(from: start)
      return digits.isEmpty ? nil : digits.upperBound
    }

    private func digits(from start: Int) -> Range<Int> {
      var end = start
      while end < bytes.count, isDigit(bytes[end]) { end += 1 }
      return start..<end
    }

    private func number(_ range: Range<Int>) -> Int? {
      range.count <= 9 ? Int(String(decoding: bytes[range], as: UTF8.self)) : nil
    }

    /// Whether a number lies between those of a range.
    func holds(_ span: Span) -> Bool {
      scanner.series.map { span.first < $0.number && $0.number < span.last } ?? false
    }

    /// Reads a range that begins with the id at a place.
    func span(from place: Int, _ end: Int) -> Span? {
      guard let series = scanner.series,
        let first = number((place + scanner.begin.count)..<end)
      else { return nil }
      let (space, start) = skipSpace(end)
      guard
        let connector = Self.connectors.first(where: { bytes[start...].starts(with: $0) })
      else { return nil }
      let isWord = (connector.first ?? 0) | 0x20 >= UInt8(ascii: "a") && connector[0] < 0x80
      let (gap, next) = skipSpace(start + connector.count)
      guard !isWord || space > 0 && gap > 0 else { return nil }
      let isWhole = bytes[next...].starts(with: scanner.begin)
      // Behind a hyphen a number alone may be a part of a name.
      guard isWhole || connector != [0x2D] || space > 0 else { return nil }
      let digits = digits(from: isWhole ? next + scanner.begin.count : next)
      guard let last = number(digits), last > first, isFree(behind: digits.upperBound) else {
        return nil
      }
      return Span(
        first: first, last: last, range: place..<digits.upperBound,
        isEnd: first == series.number || last == series.number)
    }

    private func skipSpace(_ place: Int) -> (count: Int, next: Int) {
      var next = place
      while next < bytes.count, bytes[next] == 0x20 || bytes[next] == 0x0A { next += 1 }
      return (next - place, next)
    }

    /// Whether nothing before a place goes on into it.
    func isFree(before place: Int) -> Bool {
      guard place > 0 else { return true }
      let own = bytes[..<place]
      if own.reversed().starts(with: scanner.qualifier.reversed()) {
        return isFree(before: place - scanner.qualifier.count)
      }
      let last = bytes[place - 1]
      if isLetter(last) { return false }
      guard Self.isJoint(last), place > 1, isLetter(bytes[place - 2]) else { return true }
      // Of `SECP-R8/SECP-R9` both are named.
      return last == UInt8(ascii: "/") && endsWithSibling(own.dropLast())
    }

    /// Whether an id of the same series ends a stretch.
    private func endsWithSibling(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
      guard scanner.series != nil else { return false }
      let digits = text.reversed().prefix(while: isDigit).count
      return digits > 0
        && text.dropLast(digits).reversed().starts(with: scanner.begin.reversed())
    }

    /// Whether nothing behind a place goes on from it.
    func isFree(behind place: Int) -> Bool {
      guard place < bytes.count else { return true }
      let next = bytes[place]
      if isLetter(next) { return false }
      guard Self.isJoint(next), place + 1 < bytes.count, isLetter(bytes[place + 1]) else {
        return true
      }
      return next == UInt8(ascii: "/") && scanner.series != nil
        && bytes[(place + 1)...].starts(with: scanner.begin)
    }

    private static func isJoint(_ byte: UInt8) -> Bool { "-_/#.".utf8.contains(byte) }

    private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    /// Whether a byte is of a letter or a digit: of those beyond ASCII signs of punctuation are none.
    private func isLetter(_ byte: UInt8) -> Bool {
      isDigit(byte) || (0x61...0x7A).contains(byte | 0x20)
        || (0xC3...0xDF).contains(byte)
    }
  }
}

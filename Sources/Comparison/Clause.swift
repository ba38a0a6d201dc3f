package import SourceText

/// A clause of a document, with all that stands in it.
package struct Clause: Sendable {
  package let number: String
  /// The passages, the one with the number first.
  package let passages: [Passage]

  /// The text as the file has it.
  package var source: String { passages.map(\.source).joined() }
  /// The stretch of the file, in UTF-8 offsets.
  package var range: Range<Int> {
    (passages.first?.range.lowerBound ?? 0)..<(passages.last?.range.upperBound ?? 0)
  }

  /// Finds a clause.
  ///
  /// - Parameters:
  ///   - number: The number, as `H8.4`, `C3.1(e)` or `D`; white space in it does not matter.
  ///   - file: The document.
  package init?(_ number: String, in file: SourceFile) {
    self.init(number, in: Passage.passages(of: file))
  }

  /// Finds a clause among the passages of a document.
  package init?(_ number: String, in passages: [Passage]) {
    let wanted = number.filter { !$0.isWhitespace }
    guard let start = passages.firstIndex(where: { $0.number == wanted }) else { return nil }
    var end = start + 1
    while end < passages.count, Self.belongs(passages[end], to: wanted, passages[start]) {
      end += 1
    }
    self.number = wanted
    self.passages = Array(passages[start..<end])
  }

  /// Whether a passage that follows stands inside: it has a longer number, or none and is no heading
  /// of the same level.
  private static func belongs(_ passage: Passage, to number: String, _ first: Passage) -> Bool {
    if case .heading(let level) = passage.kind {
      guard case .heading(let own) = first.kind, own < level else { return false }
      return passage.number.isEmpty || isInside(passage.number, number)
    }
    return passage.number.isEmpty || isInside(passage.number, number)
  }

  /// Whether `H8.4(b)` stands inside of `H8.4`, and `H8.4` of `H8`.
  private static func isInside(_ number: String, _ outer: String) -> Bool {
    guard number.hasPrefix(outer), let next = number.dropFirst(outer.count).first else {
      return false
    }
    return next == "." || next == "(" || (outer.allSatisfy(\.isLetter) && next.isNumber)
  }
}

/// Counts the sub-clauses of a clause that says its whole place: under `H8.4` stand `(a)` and in it
/// `(i)`, which are `H8.4(a)` and `H8.4(a)(i)`.
struct SubclauseNumbers {
  private enum Form {
    case letter
    case roman
    case capital
    case number
  }

  private var clause = ""
  private var open: [(form: Form, text: String)] = []

  /// Forgets the clause, as at a heading that is none.
  mutating func leave() {
    clause = ""
    open = []
  }

  /// Begins with a clause that says its whole place.
  mutating func enter(_ number: String) {
    let base = number.prefix { $0 != "(" }
    clause = String(base)
    open = []
    for part in number.dropFirst(base.count).split(separator: "(") {
      let text = "(" + part
      open.append((form(of: text), text))
    }
  }

  /// Returns the whole number of a sub-clause, or `nil` where no clause is open.
  mutating func number(of own: String) -> String? {
    guard !clause.isEmpty, own.hasPrefix("("), own.hasSuffix(")") else { return nil }
    let form = form(of: own)
    if let position = open.lastIndex(where: { $0.form == form }) {
      open.removeSubrange(position...)
    }
    open.append((form, own))
    return clause + open.map(\.text).joined()
  }

  /// `(i)` and `(c)` may be a letter or a Roman number: one that follows the last of its kind is that.
  private func form(of text: String) -> Form {
    let inner = text.dropFirst().dropLast()
    if inner.allSatisfy(\.isNumber) { return .number }
    if inner.allSatisfy(\.isUppercase) { return .capital }
    guard let value = RomanNumber.value(of: inner) else { return .letter }
    func last(_ form: Form) -> Substring? {
      open.last { $0.form == form }.map { $0.text.dropFirst().dropLast() }
    }
    if let before = last(.roman).flatMap({ RomanNumber.value(of: $0) }), value == before + 1 {
      return .roman
    }
    let letter = last(.letter)?.unicodeScalars.first
    let isNext =
      inner.count == 1 && letter.map { inner.unicodeScalars.first?.value == $0.value + 1 } == true
    if isNext { return .letter }
    return value == 1 || last(.roman) != nil ? .roman : .letter
  }
}

/// Roman numbers in small letters, as sub-clauses have them.
package enum RomanNumber {
  private static let values: [Character: Int] = ["i": 1, "v": 5, "x": 10, "l": 50, "c": 100]

  /// Returns the value of a number, or `nil` where it has other letters.
  package static func value(of text: Substring) -> Int? {
    var (sum, last) = (0, 0)
    for character in text.reversed() {
      guard let value = values[character] else { return nil }
      sum += value < last ? -value : value
      last = max(last, value)
    }
    return sum
  }
}

import SourceText
import Syntax

/// How the clauses of a family of documents are numbered, level by level.
package struct Numbering: Hashable, Sendable {
  /// The key in the catalogue.
  package let name: String
  /// The levels, the outermost first.
  package let levels: [Level]

  /// A way to count.
  package enum Form: Character, Sendable {
    /// A to Z, then AA, AB…
    case capital = "A"
    /// 1, 2, 3; a clause that was put in between has a letter: 4A.
    case number = "1"
    /// a to z, then aa, ab…
    case letter = "a"
    /// i, ii, iii.
    case roman = "i"
    /// I, II, III.
    case capitalRoman = "I"

    /// Returns a value, counted from 1, as it is written.
    package func text(of value: Int) -> String {
      switch self {
      case .number: return String(value)
      case .roman: return RomanNumber.text(of: value)
      case .capitalRoman: return RomanNumber.text(of: value).uppercased()
      case .capital, .letter:
        var (rest, text) = (value, "")
        while rest > 0 {
          let letter = Unicode.Scalar(UInt8(97 + (rest - 1) % 26))
          text.insert(Character(letter), at: text.startIndex)
          rest = (rest - 1) / 26
        }
        return self == .capital ? text.uppercased() : text
      }
    }
  }

  /// One level: how its numbers are written.
  package struct Level: Hashable, Sendable {
    package let before: String
    package let form: Form
    package let after: String

    /// Reads the first number of a level as it is written: `A`, `.1`, `(a)`, `Schedule 1`.
    ///
    /// - Returns: `nil` where the last word of letters and digits is none of `A`, `1`, `a`, `i`, `I`.
    package init?(_ example: String) {
      func isCounter(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber)
      }
      guard let last = example.lastIndex(where: isCounter), let form = Form(rawValue: example[last])
      else { return nil }
      let before = example[..<last]
      if let neighbour = before.last, isCounter(neighbour) { return nil }
      self.before = String(before)
      self.form = form
      after = String(example[example.index(after: last)...])
    }

    /// Returns a number of the level as it is written.
    package func written(_ ordinal: Substring) -> String { before + ordinal + after }

    /// Whether nothing but letters or digits is written, as in `12`, which begins many a sentence.
    var isBare: Bool { before.isEmpty && after.isEmpty }
  }

  /// The place of a clause among those of its level.
  package struct Ordinal: Hashable, Sendable {
    /// The position of the level in the convention.
    package let level: Int
    /// As it is written, without what stands around it.
    package let text: String
    package let value: Int
    /// The letters of one that was put in between: `A` of `4A`.
    package let inserted: String
    /// Whether letters are what counts: A to Z, then AA.
    let isLettered: Bool

    init(level: Int, text: String, value: Int, inserted: String, isLettered: Bool) {
      self.level = level
      self.text = text
      self.value = value
      self.inserted = inserted
      self.isLettered = isLettered
    }

    /// The ordinal of a value, counted from 1.
    package init(level: Int, value: Int, as form: Form) {
      self.init(
        level: level, text: form.text(of: value), value: value, inserted: "",
        isLettered: form == .letter || form == .capital)
    }
  }

  /// A way to read the number at the begin of a text.
  package struct Reading: Hashable, Sendable {
    package let ordinals: [Ordinal]
    /// What was read, with a full stop that ends it.
    package let text: String
    /// Whether it is of letters or digits alone.
    package let isBare: Bool
  }

  /// Makes a convention; `nil` where a level is no number, or there is none.
  ///
  /// - Parameters:
  ///   - name: The key in the catalogue.
  ///   - levels: The first number of each level as it is written, the outermost first.
  package init?(name: String, levels: [String]) {
    let read = levels.compactMap(Level.init)
    guard !read.isEmpty, read.count == levels.count else { return nil }
    self.name = name
    self.levels = read
  }

  /// Returns all ways to read the number at the begin of a text.
  ///
  /// `(i)` may be a letter or a Roman number. A number begins at any level, and may leave levels out.
  ///
  /// - Parameter text: The text.
  /// - Returns: The readings, those of outer levels first.
  package func readings(of text: Substring) -> [Reading] {
    levels.indices.compactMap { reading(of: text, from: $0) }.filter { reading in
      let rest = text.dropFirst(reading.text.count)
      return rest.first.map(\.isWhitespace) ?? true
    }
  }

  /// Returns the longest number at the begin of a text that starts at a level, whatever follows.
  package func reading(of text: Substring, from level: Int) -> Reading? {
    var rest = text
    var ordinals: [Ordinal] = []
    for position in level..<levels.count {
      guard let (ordinal, end) = ordinal(at: position, in: rest) else {
        // The first of its levels cannot be left out.
        if ordinals.isEmpty { return nil }
        continue
      }
      ordinals.append(ordinal)
      rest = text[end...]
    }
    let isBare = ordinals.count == 1 && levels[level].isBare
    var end = rest.startIndex
    if rest.first == ".", levels[ordinals[ordinals.count - 1].level].after.isEmpty {
      let next = rest.dropFirst().first
      if next.map(\.isWhitespace) ?? true { end = rest.index(after: end) }
    }
    return Reading(
      ordinals: ordinals, text: String(text[..<end]), isBare: isBare && end == rest.startIndex)
  }

  private func ordinal(at position: Int, in text: Substring) -> (Ordinal, end: String.Index)? {
    let level = levels[position]
    guard text.hasPrefix(level.before) else { return nil }
    let rest = text.dropFirst(level.before.count)
    let word: Substring
    var inserted = ""
    var value: Int?
    switch level.form {
    case .number:
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      let letters = rest[digits.endIndex...].prefix { $0.isASCII && $0.isUppercase }
      word = rest[..<letters.endIndex]
      inserted = String(letters)
      value = letters.count <= 3 ? Int(bounded: digits) : nil
    case .capital, .letter:
      word = rest.prefix {
        $0.isASCII && (level.form == .capital ? $0.isUppercase : $0.isLowercase)
      }
      value = Self.mayCount(word) ? Self.letters(word) : nil
    case .capitalRoman, .roman:
      word = rest.prefix {
        $0.isASCII && (level.form == .capitalRoman ? $0.isUppercase : $0.isLowercase)
      }
      let text = word.lowercased()
      value = RomanNumber.value(of: text)
      if value.map({ RomanNumber.text(of: $0) != text }) ?? true,
        let split = RomanNumber.inserted(text)
      {
        (value, inserted) = (split.value, split.letters)
      }
    }
    guard let value, !word.isEmpty, rest[word.endIndex...].hasPrefix(level.after) else {
      return nil
    }
    let end = rest.index(word.endIndex, offsetBy: level.after.count)
    let ordinal = Ordinal(
      level: position, text: String(word), value: value, inserted: inserted,
      isLettered: level.form == .letter || level.form == .capital)
    return (ordinal, end)
  }

  /// Whether letters are a number: two at the most, or three that are the same, or stand around a `z` as
  /// those of an insertion do, for `(the)` begins no clause.
  private static func mayCount(_ word: Substring) -> Bool {
    guard word.count == 3 else { return word.count < 3 }
    let text = word.lowercased()
    return Set(text).count == 1 || text.dropLast().contains("z")
  }

  /// Returns the value of letters that count: a is 1, z 26, aa 27.
  private static func letters(_ word: Substring) -> Int {
    word.unicodeScalars.reduce(0) { $0 * 26 + Int($1.value & 31) }
  }

  /// Returns the whole number of a clause, as people cite it: `H8.4(b)`, `A.1.a`.
  package func number(of path: [Ordinal]) -> String {
    var number = ""
    for ordinal in path {
      let level = levels[ordinal.level]
      var own = level.written(Substring(ordinal.text))
      while own.last == "." || own.last == ":" { own.removeLast() }
      if let last = number.last, let first = own.first {
        let isRun = (last.isNumber && first.isNumber) || (last.isLetter && first.isLetter)
        let before = path.last { $0.level < ordinal.level }.map { levels[$0.level].after }
        let isDotted = before?.hasSuffix(".") == true && (first.isLetter || first.isNumber)
        let isWord = level.before.first?.isLetter == true
        if isWord { number += " " } else if isRun || isDotted { number += "." }
      }
      number += own
    }
    return number
  }
}

/// Roman numbers in small letters, as sub-clauses have them.
package enum RomanNumber {
  private static let values: [Character: Int] = ["i": 1, "v": 5, "x": 10, "l": 50, "c": 100]

  private static let signs: [(Int, String)] = [
    (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"),
    (1, "i"),
  ]

  /// Returns a value as a Roman number.
  package static func text(of value: Int) -> String {
    var (rest, text) = (value, "")
    for (worth, sign) in signs {
      while rest >= worth {
        text += sign
        rest -= worth
      }
    }
    return text
  }

  /// Splits a number that was put in between, as `iia`, into the one before it and its own letters.
  static func inserted(_ text: String) -> (value: Int, letters: String)? {
    for count in stride(from: text.count - 1, to: max(0, text.count - 3), by: -1) {
      let own = String(text.prefix(count))
      guard let value = value(of: own), Self.text(of: value) == own else { continue }
      return (value, String(text.dropFirst(count)))
    }
    return nil
  }

  /// Returns the value of a number, or `nil` where it has other letters.
  package static func value(of text: String) -> Int? {
    var (sum, last) = (0, 0)
    for character in text.reversed() {
      guard let value = values[character] else { return nil }
      sum += value < last ? -value : value
      last = max(last, value)
    }
    return sum
  }
}

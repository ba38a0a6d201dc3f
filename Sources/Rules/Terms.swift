import SourceText

/// A place at which a term is defined.
struct Definition {
  let term: String
  let range: SourceRange
}

/// The terms of a set of documents.
struct Terms {
  private var definitions: [String: Definition] = [:]
  private var order: [String] = []
  private var used: Set<String> = []
  /// The lengths in words that terms have which begin with a word, the longest first.
  private var lengths: [String: [Int]] = [:]
  private var names: Set<String> = []

  var isEmpty: Bool { definitions.isEmpty }
  var unused: [Definition] { order.filter { !used.contains($0) }.compactMap { definitions[$0] } }

  /// Adds a definition; returns the one that the term has already.
  mutating func add(_ definition: Definition) -> Definition? {
    let key = Self.key(of: definition.term)
    if let first = definitions[key] { return first }
    definitions[key] = definition
    order.append(key)
    note(key)
    return nil
  }

  mutating func addName(_ name: String) {
    let key = Self.key(of: name)
    guard !key.isEmpty, definitions[key] == nil else { return }
    names.insert(key)
    note(key)
  }

  private mutating func note(_ key: String) {
    let words = key.split(separator: " ")
    guard let first = words.first else { return }
    var known = lengths[String(first)] ?? []
    guard !known.contains(words.count) else { return }
    known.append(words.count)
    lengths[String(first)] = known.sorted(by: >)
  }

  /// A term as it is looked up: its words in small letters and in the singular.
  static func key(of term: String) -> String {
    TermWord.words(of: term).map(\.key).joined(separator: " ")
  }

  /// Returns how many of the words from a position on are a term or a name, and which.
  mutating func match(
    _ words: ArraySlice<TermWord>
  ) -> (count: Int, definition: Definition?, isExact: Bool)? {
    guard let first = words.first else { return nil }
    for length in lengths[first.key] ?? [] where length <= words.count {
      let stretch = words.prefix(length)
      // Words of two sentences are no term.
      guard stretch.dropFirst().allSatisfy({ !$0.beginsSentence && !$0.isApart }) else { continue }
      let key = stretch.map(\.key).joined(separator: " ")
      if names.contains(key) { return (length, nil, true) }
      guard let definition = definitions[key] else { continue }
      let own = TermWord.words(of: definition.term)
      let isExact = zip(own, stretch).allSatisfy { $0.hasCapital == $1.hasCapital }
      if isExact { used.insert(key) }
      return (length, definition, isExact)
    }
    return nil
  }
}

/// A word of a text, as terms are looked for.
struct TermWord {
  let text: Substring
  /// The word in small letters and in the singular.
  let key: String
  let range: Range<Int>
  let beginsSentence: Bool
  /// Whether a sign stands between it and the word before.
  let isApart: Bool

  var hasCapital: Bool { text.first?.isUppercase == true }
  /// Whether it has small letters: an acronym is a name.
  var isAcronym: Bool {
    !text.contains(where: \.isLowercase) || text.dropFirst().contains(where: \.isUppercase)
  }

  static func words(of text: String) -> [TermWord] {
    var words: [TermWord] = []
    var rest = text[...]
    var offset = 0
    var (beginsSentence, isApart) = (true, false)
    while let first = rest.first {
      if first.isLetter || first.isNumber {
        let word = rest.prefix { $0.isLetter || $0.isNumber || "-’'".contains($0) }
        var own = word
        for ending in ["’s", "'s", "s’", "s'"] where own.hasSuffix(ending) {
          own = own.dropLast(ending.first == "s" ? 1 : 2)
        }
        while let last = own.last, "-’'".contains(last) { own = own.dropLast() }
        words.append(
          TermWord(
            text: own, key: singular(own.lowercased()),
            range: offset..<(offset + own.utf8.count), beginsSentence: beginsSentence,
            isApart: isApart))
        (beginsSentence, isApart) = (false, false)
        offset += word.utf8.count
        rest = rest[word.endIndex...]
        continue
      }
      if ".?!:;".contains(first) { beginsSentence = true }
      if first != " ", first != "\n" { isApart = true }
      offset += first.utf8.count
      rest = rest.dropFirst()
    }
    return words
  }

  private static func singular(_ word: String) -> String {
    if word.hasSuffix("ies"), word.count > 4 { return word.dropLast(3) + "y" }
    if word.hasSuffix("ss") || word.count < 4 { return word }
    for ending in ["ses", "xes", "ches", "shes"] where word.hasSuffix(ending) {
      return String(word.dropLast(2))
    }
    return word.hasSuffix("s") ? String(word.dropLast()) : word
  }
}

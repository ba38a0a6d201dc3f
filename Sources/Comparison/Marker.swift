import Registry

/// The number in front of a passage.
enum Marker {
  /// How sub-clauses are numbered where nothing else is declared.
  static let subclauses = Numbering(name: "", levels: ["A", "1", ".1", "(a)", "(i)", "(A)", "(1)"])

  /// A passage whose number is not read yet.
  struct Parts {
    /// The signs of a heading or of a bullet, and the white space before the number.
    let before: String
    let rest: Substring
    /// Whether it is an item of a list that counts.
    let isOrdered: Bool
    /// Whether bold type begins with the number, as in `**2.1** The Developer`.
    let isBold: Bool
    let mayHaveNumber: Bool
  }

  /// Takes off what Markdown has in front of the words of a passage.
  static func parts(of source: String, _ kind: Passage.Kind) -> Parts {
    let trimmed = source.drop { $0 == " " || $0 == "\t" }
    var rest = trimmed
    var isOrdered = false
    switch kind {
    case .head, .row, .code, .other:
      return Parts(before: "", rest: "", isOrdered: false, isBold: false, mayHaveNumber: false)
    case .paragraph: break
    case .heading: rest = rest.drop { $0 == "#" }.drop { $0 == " " }
    case .item:
      isOrdered = !ordered(rest).isEmpty
      if !isOrdered { rest = rest.drop { "-*+".contains($0) }.drop { $0 == " " } }
    }
    let isBold = rest.hasPrefix("**") && !isOrdered
    if isBold { rest = rest.dropFirst(2) }
    return Parts(
      before: String(trimmed[..<rest.startIndex]), rest: rest, isOrdered: isOrdered, isBold: isBold,
      mayHaveNumber: true)
  }

  /// Returns the number of an item of a list that counts, as `3.` or `3)`; empty for another text.
  static func ordered(_ text: Substring) -> Substring {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty, let sign = text[digits.endIndex...].first, sign == "." || sign == ")"
    else { return "" }
    return text[...digits.endIndex]
  }

  /// Returns what stands in front of a passage as its number: `## A.`, `1.`, `- `, `(a)`, `H8.4`.
  static func of(_ source: String, _ kind: Passage.Kind) -> String {
    switch kind {
    case .head, .row, .code, .other: return ""
    case .heading, .paragraph, .item: break
    }
    var rest = Substring(source).drop { $0 == " " || $0 == "\t" }
    let begin = rest.startIndex
    if case .heading = kind {
      rest = rest.drop { $0 == "#" }
      let spaced = rest.drop { $0 == " " }
      let word = spaced.prefix { !$0.isWhitespace }
      let isNumber = isNumber(word)
      return String(source[begin..<(isNumber ? word.endIndex : rest.startIndex)])
    }
    let word = rest.prefix { !$0.isWhitespace }
    // A number in bold type is a number.
    if word.count > 4, word.hasPrefix("**"), word.hasSuffix("**"),
      isNumber(word.dropFirst(2).dropLast(2))
    {
      return String(word)
    }
    if kind == .item {
      let isBullet = ["-", "*", "+"].contains(String(word))
      if isBullet {
        // Behind a bullet a number may stand that its author wrote: `- (a)`.
        let next = rest[word.endIndex...].drop { $0 == " " }
        let second = next.prefix { !$0.isWhitespace }
        if isNumber(second) { return String(rest[..<second.endIndex]) }
      }
      if isBullet
        || (word.last == "." || word.last == ")") && word.dropLast().allSatisfy(\.isNumber)
      {
        return String(word)
      }
    }
    return isNumber(word) ? String(word) : ""
  }

  /// Whether a word is the number of a clause: `A.`, `12.3`, `(b)`, `(iv)`, `H8.4(b)`, `N4A`.
  private static func isNumber(_ word: Substring) -> Bool {
    let text = word.last == "." ? word.dropLast() : word
    guard !text.isEmpty, text.utf8.count <= 24 else { return false }
    if word.last == ".", text.count <= 2, text.allSatisfy({ $0.isASCII && $0.isLetter }) {
      return true
    }
    if isAbsolute(String(text)) { return true }
    if word.last == ".", text.allSatisfy({ $0.isNumber || $0 == "." }) { return true }
    if text.contains("."), text.allSatisfy({ $0.isNumber || $0 == "." }) { return true }
    guard text.first == "(", text.last == ")" else { return false }
    let inner = text.dropFirst().dropLast()
    return (1...5).contains(inner.count)
      && inner.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
  }

  /// Whether a number says all of its place, as `H8.4(b)` does and `(b)` does not.
  static func isAbsolute(_ number: String) -> Bool {
    let letters = number.prefix { $0.isASCII && $0.isUppercase }
    let rest = number.dropFirst(letters.count)
    guard (1...2).contains(letters.count), rest.first?.isNumber == true else { return false }
    var depth = 0
    for character in rest {
      switch character {
      case "(": depth += 1
      case ")": depth -= 1
      case ".": break
      default:
        guard character.isASCII, character.isLetter || character.isNumber else { return false }
      }
      guard depth == 0 || depth == 1 else { return false }
    }
    return depth == 0
  }

  /// Returns a marker without what is no number: `## A.` is `A`.
  static func number(_ marker: String) -> String {
    var text = Substring(marker).drop { $0 == "#" || $0 == " " }
    if let first = text.first, "-*+".contains(first), text.dropFirst().first == " " {
      text = text.dropFirst().drop { $0 == " " }
    }
    if text.hasPrefix("**"), text.hasSuffix("**"), text.count > 4 {
      text = text.dropFirst(2).dropLast(2)
    }
    if text.last == "." { text.removeLast() }
    return ["-", "*", "+"].contains(String(text)) ? "" : String(text)
  }

  /// Returns a marker as it is shown: without the signs of a heading, a bullet as one and the same.
  static func shown(_ marker: String) -> String {
    let text = marker.drop { $0 == "#" || $0 == " " }
    guard let first = text.first, "-*+".contains(first), !text.hasPrefix("**") else {
      return String(text)
    }
    return "-" + text.dropFirst()
  }

  /// Joins numbers of places inside of each other.
  static func joined(_ numbers: [String]) -> String {
    numbers.reduce("") { joined, number in
      joined.isEmpty || number.hasPrefix("(") ? joined + number : joined + "." + number
    }
  }
}

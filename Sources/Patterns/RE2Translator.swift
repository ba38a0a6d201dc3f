extension Pattern {
  /// Compiles a pattern of RE2, the language of `matches` in the Common Expression Language.
  ///
  /// RE2 is nearly a part of what PCRE2 reads; what is not is translated, and what only PCRE2 has is
  /// refused, because other tools would.
  ///
  /// - Parameter source: The pattern.
  /// - Throws: `PatternError` where RE2 does not allow it.
  package init(re2 source: String) throws(PatternError) {
    self = try KnownPatterns.pattern(source, in: .re2) { () throws(PatternError) in
      try Pattern(source, translated: try RE2Translator.translate(source))
    }
  }
}

/// Translates patterns of RE2 into ones of PCRE2.
enum RE2Translator {
  static func translate(_ source: String) throws(PatternError) -> String {
    let scalars = Array(source.unicodeScalars)
    var output = ""
    var index = 0
    var isInClass = false
    func error(_ message: String) -> PatternError {
      PatternError(message, at: 0..<source.utf8.count)
    }
    while index < scalars.count {
      let scalar = scalars[index]
      let next = index + 1 < scalars.count ? scalars[index + 1] : nil
      switch scalar {
      case "\\":
        guard let next else { throw error("a pattern cannot end with '\\'") }
        index += 1
        output += try escape(next, isInClass: isInClass, error)
      case "[" where !isInClass:
        isInClass = true
        output += "["
        // A bracket that closes at once is one of the set.
        if next == "^" {
          index += 1
          output += "^"
        }
        if index + 1 < scalars.count, scalars[index + 1] == "]" {
          index += 1
          output += "\\]"
        }
      case "[" where next == ":":
        output += "["
      case "[": output += "\\["
      case "]" where isInClass && output.hasSuffix(":"): output += "]"
      case "]" where isInClass:
        isInClass = false
        output += "]"
      case "(" where !isInClass && next == "?":
        let after = index + 2 < scalars.count ? scalars[index + 2] : nil
        let second = index + 3 < scalars.count ? scalars[index + 3] : nil
        let isName = after == "P" && second == "<"
        let isNewName = after == "<" && second != "=" && second != "!"
        let isFlags = after.map { "imsU-:".unicodeScalars.contains($0) } ?? false
        guard isName || isNewName || isFlags else { throw error("RE2 has no group of this kind") }
        output += "("
      case "+"
      where !isInClass && "*+?}".unicodeScalars.contains(scalars[max(0, index - 1)])
        && index > 0 && (index < 2 || scalars[index - 2] != "\\"):
        throw error("RE2 has no possessive repeats")
      case "$" where !isInClass: output += "$"
      default: output.unicodeScalars.append(scalar)
      }
      index += 1
    }
    return output
  }

  private static func escape(
    _ letter: Unicode.Scalar, isInClass: Bool, _ error: (String) -> PatternError
  ) throws(PatternError) -> String {
    switch letter {
    case "s": return isInClass ? "\\t\\n\\f\\r " : "[\\t\\n\\f\\r ]"
    case "S" where !isInClass: return "[^\\t\\n\\f\\r ]"
    case "1"..."9": throw error("RE2 has no references to groups")
    case "C", "Z", "G", "K", "R", "X", "h", "H", "N", "V", "k", "g":
      throw error("'\\\(letter)' is no escape of RE2")
    default: return "\\" + String(Character(letter))
    }
  }
}

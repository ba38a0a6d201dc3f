/// Translates a pattern of ECMA-262 (2024, with the flag `u`) into one of PCRE2.
///
/// A recursive-descent parser of the grammar in section 22.2.1 of the standard that writes the
/// equivalent as it goes. Every character that is not a letter or digit is written as `\x{…}`, so
/// that nothing means to PCRE2 what it does not mean to ECMA-262. What is not reproduced: captures
/// inside a repeat keep their value from one turn to the next.
struct PatternTranslator {
  /// The scalars of the pattern, and the UTF-8 offset of each and of the end.
  let scalars: [Unicode.Scalar]
  private let offsets: [Int]
  var position = 0
  var output = ""
  private var groupCount = 0
  private var groupNames: [String: Int] = [:]
  private var usedNames: Set<String> = []
  private var depth = 0
  /// References to check once all groups are known.
  private var references: [(number: Int, range: Range<Int>)] = []

  private static let deepest = 200

  init(_ source: String) {
    scalars = Array(source.unicodeScalars)
    var offsets = [0]
    for scalar in scalars { offsets.append((offsets.last ?? 0) + UTF8.width(scalar)) }
    self.offsets = offsets
  }

  var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  func error(_ message: String, from start: Int) -> PatternError {
    let end = min(max(position, start + 1), scalars.count)
    return PatternError(message, at: offsets[min(start, end)]..<offsets[end])
  }

  mutating func take(_ text: String) -> Bool {
    let wanted = Array(text.unicodeScalars)
    guard scalars[position...].starts(with: wanted) else { return false }
    position += wanted.count
    return true
  }

  /// Returns the equivalent pattern of PCRE2.
  mutating func translate() throws(PatternError) -> String {
    findGroups()
    try disjunction()
    if peek != nil { throw error("there is a ')' without its '('", from: position) }
    for reference in references where reference.number > groupCount {
      throw PatternError("there is no group \(reference.number)", at: reference.range)
    }
    return output
  }

  /// Numbers the named groups first: a reference may come before its group.
  private mutating func findGroups() {
    var index = 0
    var count = 0
    var isInClass = false
    while index < scalars.count {
      switch scalars[index] {
      case "\\": index += 1
      case "[": isInClass = true
      case "]": isInClass = false
      case "(" where !isInClass:
        let next = scalars[(index + 1)...].prefix(3).map(\.self)
        if next.first != "?" {
          count += 1
        } else if next.count > 2, next[1] == "<", next[2] != "=", next[2] != "!" {
          count += 1
          let name = scalars[(index + 3)...].prefix { $0 != ">" }
          groupNames[String(String.UnicodeScalarView(name))] = count
        }
      default: break
      }
      index += 1
    }
    groupCount = count
  }

  private mutating func disjunction() throws(PatternError) {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else {
      throw error("groups are nested more than \(Self.deepest) deep", from: position)
    }
    while let scalar = peek, scalar != ")" {
      if scalar == "|" {
        position += 1
        output += "|"
      } else {
        try term()
      }
    }
  }

  private mutating func term() throws(PatternError) {
    let start = position
    guard let scalar = peek else { return }
    position += 1
    switch scalar {
    case "^":
      output += "\\A"
      return try refuseQuantifier(start)
    case "$":
      output += "\\z"
      return try refuseQuantifier(start)
    case "(":
      if try group(from: start) { return try refuseQuantifier(start) }
    case ".": output += "[^\\n\\r\\x{2028}\\x{2029}]"
    case "[": try characterClass(from: start)
    case "\\":
      if take("b") || take("B") {
        output += scalars[position - 1] == "b" ? "\\b" : "\\B"
        return try refuseQuantifier(start)
      }
      try atomEscape(from: start)
    case "*", "+", "?": throw error("there is nothing to repeat", from: start)
    case "{": throw error("there is nothing to repeat; write '\\{' for a brace", from: start)
    case "}": throw error("a '}' alone is written '\\}'", from: start)
    case "]": throw error("a ']' alone is written '\\]'", from: start)
    default: output += Self.literal(scalar)
    }
    try quantifier()
  }

  private func refuseQuantifier(_ start: Int) throws(PatternError) {
    if let next = peek, "*+?{".unicodeScalars.contains(next) {
      throw error("an assertion cannot be repeated", from: start)
    }
  }

  /// Returns a scalar as PCRE2 takes it literally.
  static func literal(_ scalar: Unicode.Scalar) -> String {
    if scalar.isASCII, scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) {
      return String(Character(scalar))
    }
    return "\\x{" + String(scalar.value, radix: 16) + "}"
  }

  // MARK: Groups and repeats

  /// Reads a group after its parenthesis.
  ///
  /// - Returns: Whether it is an assertion, which cannot be repeated.
  private mutating func group(from start: Int) throws(PatternError) -> Bool {
    var isAssertion = false
    if take("?") {
      if take(":") {
        output += "(?:"
      } else if take("=") {
        (isAssertion, output) = (true, output + "(?=")
      } else if take("!") {
        (isAssertion, output) = (true, output + "(?!")
      } else if take("<=") {
        (isAssertion, output) = (true, output + "(?<=")
      } else if take("<!") {
        (isAssertion, output) = (true, output + "(?<!")
      } else if take("<") {
        let name = try groupName(from: start)
        guard usedNames.insert(name).inserted else {
          throw error("the group name '\(name)' is already taken", from: start)
        }
        output += "("
      } else {
        throw error("ECMA-262 has no group of this kind", from: start)
      }
    } else {
      output += "("
    }
    try disjunction()
    guard take(")") else { throw error("this '(' is never closed", from: start) }
    output += ")"
    return isAssertion
  }

  private mutating func groupName(from start: Int) throws(PatternError) -> String {
    let nameStart = position
    while let scalar = peek, scalar != ">" {
      let isStart = scalar == "$" || scalar == "_" || scalar.properties.isIDStart
      guard isStart || (position > nameStart && scalar.properties.isIDContinue) else {
        throw error("'\(scalar)' cannot stand in a group's name", from: position)
      }
      position += 1
    }
    guard position > nameStart, take(">") else {
      throw error("the name of a group stands between '<' and '>'", from: start)
    }
    return String(String.UnicodeScalarView(scalars[nameStart..<(position - 1)]))
  }

  private mutating func quantifier() throws(PatternError) {
    let start = position
    switch peek {
    case "*", "+", "?":
      output.unicodeScalars.append(scalars[position])
      position += 1
    case "{":
      position += 1
      try bounds(from: start)
    default: return
    }
    if take("?") { output += "?" }
  }

  private mutating func bounds(from start: Int) throws(PatternError) {
    guard let low = number() else {
      throw error("a '{' that is no repeat is written '\\{'", from: start)
    }
    var high: Int? = low
    if take(",") { high = number() }
    guard take("}") else {
      throw error("a '{' that is no repeat is written '\\{'", from: start)
    }
    if let high, high < low {
      throw error("the numbers of this repeat are out of order", from: start)
    }
    // PCRE2 counts to 65535.
    guard low <= 65535 else {
      throw error("a repeat of more than 65535 is not supported", from: start)
    }
    guard let high else {
      output += "{\(low),}"
      return
    }
    output += high == low ? "{\(low)}" : high > 65535 ? "{\(low),}" : "{\(low),\(high)}"
  }

  mutating func number() -> Int? {
    var value: Int?
    while let scalar = peek, ("0"..."9").contains(scalar) {
      value = min((value ?? 0) * 10 + Int(scalar.value - 48), 1_000_000_000)
      position += 1
    }
    return value
  }

  /// Notes a reference to a group and writes it.
  mutating func reference(number: Int, from start: Int) {
    references.append((number, offsets[start]..<offsets[position]))
    output += "\\g{\(number)}"
  }

  mutating func namedReference(from start: Int) throws(PatternError) {
    guard take("<") else { throw error("'\\k' takes the name of a group: \\k<name>", from: start) }
    let name = try groupName(from: start)
    guard let number = groupNames[name] else {
      throw error("there is no group '\(name)'", from: start)
    }
    output += "\\g{\(number)}"
  }
}

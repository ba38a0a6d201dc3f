/// The words of which one stands wherever a pattern of ECMA-262 is found, so that texts without them need not be
/// searched.
///
/// What is not understood is taken for anything: then there may be no such words.
struct RequiredWords {
  /// What is known of a part of a pattern.
  private struct Part {
    /// All that the part can be; `nil` where that is not known, or too much.
    var whole: [[UInt8]]?
    /// Of which one stands in all that the part can be; `nil` where nothing is known.
    var some: [[UInt8]]?

    static let nothing = Part(whole: [[]], some: nil)
    static let anything = Part(whole: nil, some: nil)
  }

  private static let most = 32
  private static let longest = 64
  private static let deepest = 30

  private let scalars: [Unicode.Scalar]
  private var position = 0
  private var depth = 0
  /// Whether something stands there that is not understood.
  private var isOpen = false

  /// Returns the words of a pattern, of which every place where it is found has one.
  ///
  /// - Parameter source: A pattern that is one.
  /// - Returns: The words; none where nothing is known.
  static func all(in source: String) -> [[UInt8]] {
    var reader = RequiredWords(scalars: Array(source.unicodeScalars))
    let part = reader.alternatives()
    guard !reader.isOpen, reader.position == reader.scalars.count else { return [] }
    let words = better(part.whole, part.some) ?? []
    return words.contains(where: \.isEmpty) ? [] : words
  }

  private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

  private var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  private mutating func take(_ text: String) -> Bool {
    guard scalars[position...].starts(with: text.unicodeScalars) else { return false }
    position += text.unicodeScalars.count
    return true
  }

  /// Returns the set of words that tells more: that of which the shortest word is longer.
  private static func better(_ one: [[UInt8]]?, _ other: [[UInt8]]?) -> [[UInt8]]? {
    func worth(_ words: [[UInt8]]?) -> (Int, Int) {
      guard let words, !words.isEmpty else { return (0, 0) }
      return (words.map(\.count).min() ?? 0, -words.count)
    }
    return worth(one) >= worth(other) ? one : other
  }

  private mutating func alternatives() -> Part {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else {
      isOpen = true
      return .anything
    }
    var parts = [sequence()]
    while take("|") { parts.append(sequence()) }
    guard parts.count > 1 else { return parts[0] }
    func union(_ sets: [[[UInt8]]?]) -> [[UInt8]]? {
      let known = sets.compactMap(\.self)
      guard known.count == sets.count else { return nil }
      let all = known.flatMap(\.self)
      return all.count <= Self.most ? all : nil
    }
    return Part(
      whole: union(parts.map(\.whole)), some: union(parts.map { Self.better($0.whole, $0.some) }))
  }

  private mutating func sequence() -> Part {
    var best: [[UInt8]]?
    /// What stands there since the last part of which not all is known.
    var run: [[UInt8]] = [[]]
    var isWhole = true
    func breakRun(_ next: [[UInt8]] = [[]]) {
      best = Self.better(best, run)
      run = next
      isWhole = false
    }
    func append(_ part: Part) {
      best = Self.better(best, part.some)
      guard let whole = part.whole else { return breakRun() }
      guard run.count * whole.count <= Self.most,
        (run.map(\.count).max() ?? 0) + (whole.map(\.count).max() ?? 0) <= Self.longest
      else { return breakRun(whole) }
      run = run.flatMap { begin in whole.map { begin + $0 } }
    }
    while let scalar = peek, scalar != "|", scalar != ")", !isOpen {
      let part = atom()
      let (low, high) = quantifier()
      switch (low, high) {
      case (1, 1): append(part)
      case (0, 1): append(Part(whole: part.whole.map { [[]] + $0 }, some: nil))
      case (0, _): breakRun()
      default:
        for _ in 0..<min(low, 3) { append(part) }
        if low > 3 || high != low { breakRun(part.whole ?? [[]]) }
      }
    }
    return Part(whole: isWhole ? run : nil, some: isWhole ? best : Self.better(best, run))
  }

  /// Reads how often a part stands there at least and at most.
  private mutating func quantifier() -> (low: Int, high: Int) {
    var counts = (1, 1)
    if take("*") {
      counts = (0, .max)
    } else if take("+") {
      counts = (1, .max)
    } else if take("?") {
      counts = (0, 1)
    } else if peek == "{" {
      guard let end = scalars[position...].firstIndex(of: "}") else {
        isOpen = true
        return counts
      }
      var digits = String.UnicodeScalarView()
      digits.append(contentsOf: scalars[(position + 1)..<end])
      let parts = String(digits).split(separator: ",", omittingEmptySubsequences: false)
      let low = parts.first.flatMap { Int($0) } ?? 0
      counts = (low, parts.count == 1 ? low : parts.last.flatMap { Int($0) } ?? .max)
      position = end + 1
    } else {
      return counts
    }
    _ = take("?")
    return counts
  }

  private mutating func atom() -> Part {
    guard let scalar = peek else { return .nothing }
    position += 1
    switch scalar {
    case "^", "$": return .nothing
    case ".": return .anything
    case "(": return group()
    case "[": return Self.part(of: set())
    case "\\": return Self.part(of: escape(inSet: false))
    default: return Part(whole: [Array(String(scalar).utf8)], some: nil)
    }
  }

  private mutating func group() -> Part {
    var hasWidth = true
    var isNegated = false
    if take("?") {
      if take(":") {
      } else if take("=") || take("<=") {
        hasWidth = false
      } else if take("!") || take("<!") {
        (hasWidth, isNegated) = (false, true)
      } else if take("<"), let end = scalars[position...].firstIndex(of: ">") {
        position = end + 1
      } else {
        isOpen = true
        return .anything
      }
    }
    let inner = alternatives()
    guard take(")") else {
      isOpen = true
      return .anything
    }
    if hasWidth { return inner }
    // What is only looked at stands there, and what follows it begins where it begins.
    return Part(whole: [[]], some: isNegated ? nil : Self.better(inner.whole, inner.some))
  }

  private static func part(of scalars: [Unicode.Scalar]?) -> Part {
    guard let scalars else { return .anything }
    guard !scalars.isEmpty else { return .nothing }
    return Part(whole: scalars.map { Array(String($0).utf8) }, some: nil)
  }

  /// Reads a set of characters behind its bracket; `nil` where they are too many, or not known one by one.
  private mutating func set() -> [Unicode.Scalar]? {
    var isKnown = !take("^")
    var members: [Unicode.Scalar] = []
    while let scalar = peek, scalar != "]" {
      position += 1
      var found: [Unicode.Scalar]? = scalar == "\\" ? escape(inSet: true) : [scalar]
      if peek == "-", position + 1 < scalars.count, scalars[position + 1] != "]" {
        position += 1
        let scalar = scalars[position]
        position += 1
        let last = scalar == "\\" ? escape(inSet: true) : [scalar]
        if let low = found?.first?.value, let high = last?.first?.value, low <= high,
          high - low < 16
        {
          found = (low...high).compactMap(Unicode.Scalar.init)
        } else {
          found = nil
        }
      }
      if let found { members += found } else { isKnown = false }
      if members.count > Self.most { isKnown = false }
    }
    if !take("]") { isOpen = true }
    return isKnown && !members.isEmpty ? members : nil
  }

  /// Reads an escape behind its backslash: the characters that it may be, `[]` for a place between two, which has
  /// none, and `nil` where they are not known one by one.
  private mutating func escape(inSet: Bool) -> [Unicode.Scalar]? {
    guard let scalar = peek else {
      isOpen = true
      return nil
    }
    position += 1
    switch scalar {
    case "d": return "0123456789".unicodeScalars.map(\.self)
    case "t": return ["\t"]
    case "n": return ["\n"]
    case "r": return ["\r"]
    case "^", "$", "\\", ".", "*", "+", "?", "(", ")", "[", "]", "{", "}", "|", "/", "-":
      return [scalar]
    case "s", "S", "w", "W", "D": return nil
    case "b" where !inSet, "B" where !inSet: return []
    case "u" where peek != "{":
      guard position + 4 <= scalars.count else { break }
      var digits = String.UnicodeScalarView()
      digits.append(contentsOf: scalars[position..<(position + 4)])
      guard let value = UInt32(String(digits), radix: 16), let scalar = Unicode.Scalar(value)
      else { break }
      position += 4
      return [scalar]
    default: break
    }
    isOpen = true
    return nil
  }
}

/// Parses expressions by recursive descent (CEL specification, "Syntax").
package struct Parser {
  private let tokens: [Token]
  private var position = 0
  private var depth = 0

  /// The deepest nesting; expressions come from schemas, which are hostile until checked.
  private static let deepest = 250
  /// The most words; a chain of operators nests as deep as it is long.
  private static let longest = 2000
  private static let reserved: Set<String> = [
    "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop",
    "package", "namespace", "return", "var", "void", "while",
  ]

  /// Parses an expression.
  ///
  /// - Parameter source: The expression.
  /// - Returns: Its tree.
  /// - Throws: `ExpressionError` where it is none.
  package static func expression(_ source: String) throws(ExpressionError) -> Expression {
    let tokens = try Lexer.tokens(of: source)
    guard tokens.count <= longest else {
      throw ExpressionError(
        message: "the expression has more than \(longest) words", range: tokens[longest].range)
    }
    var parser = Parser(tokens: tokens)
    let expression = try parser.expression()
    guard parser.peek.kind == .end else { throw parser.leftOver() }
    return expression
  }

  /// Returns the words of an expression that may be names.
  package static func identifiers(in source: String) -> Set<String> {
    Set(
      ((try? Lexer.tokens(of: source)) ?? []).compactMap { token in
        switch token.kind {
        case .identifier(let name), .quoted(let name): name
        default: nil
        }
      })
  }

  /// A text that an expression compares a field with.
  package struct Comparison: Sendable {
    package let field: String
    package let text: String
    /// Where the text stands, in UTF-8 offsets.
    package let range: Range<Int>
  }

  /// Returns what an expression compares fields with, as in `status == "open"` and `status in ["open", "closed"]`.
  ///
  /// - Parameter source: The expression.
  /// - Returns: The comparisons of fields of the record itself; those of names that a macro binds are none.
  package static func comparisons(in source: String) -> [Comparison] {
    let tokens = (try? Lexer.tokens(of: source)) ?? []
    var found: [Comparison] = []
    func name(at index: Int) -> String? {
      guard tokens.indices.contains(index), case .identifier(let name) = tokens[index].kind else {
        return nil
      }
      let isPart = index > 0 && tokens[index - 1].kind == .symbol(".")
      let isOwn = index > 1 && tokens[index - 2].kind == .identifier("self")
      return isPart && !isOwn ? nil : name
    }
    let bound = Set(
      tokens.indices.compactMap { index -> String? in
        guard index > 0, index + 1 < tokens.count, tokens[index - 1].kind == .symbol("("),
          tokens[index + 1].kind == .symbol(",")
        else { return nil }
        return name(at: index)
      })
    func add(_ field: String?, _ index: Int) {
      guard let field, !bound.contains(field), tokens.indices.contains(index),
        case .string(let text) = tokens[index].kind
      else { return }
      found.append(Comparison(field: field, text: text, range: tokens[index].range))
    }
    for (index, token) in tokens.enumerated() {
      switch token.kind {
      case .symbol("=="), .symbol("!="):
        add(name(at: index - 1), index + 1)
        let next = index + 2 < tokens.count ? tokens[index + 2].kind : .end
        // `"x" == a.b` compares with another field than `a`.
        if next != .symbol("."), next != .symbol("("), next != .symbol("[") {
          add(name(at: index + 1), index - 1)
        }
      case .identifier("in"):
        guard let field = name(at: index - 1), index + 1 < tokens.count,
          tokens[index + 1].kind == .symbol("[")
        else { continue }
        var place = index + 2
        while place < tokens.count, tokens[place].kind != .symbol("]") {
          add(field, place)
          place += 1
        }
      default: break
      }
    }
    return found
  }

  /// What stands behind an expression that is whole; operators of other languages are words here.
  private func leftOver() -> ExpressionError {
    let operators = ["and": "&&", "or": "||", "not": "!", "mod": "%", "xor": "!="]
    for token in [peek] + tokens[..<position].suffix(1) {
      if case .identifier(let word) = token.kind, let sign = operators[word.lowercased()] {
        return ExpressionError(message: "'\(word)' is written '\(sign)'", range: token.range)
      }
    }
    return error("something is left over here")
  }

  private init(tokens: [Token]) {
    self.tokens = tokens
  }

  private var peek: Token { tokens[position] }

  private func error(_ message: String) -> ExpressionError {
    ExpressionError(message: message, range: peek.range)
  }

  private mutating func take(_ symbol: String) -> Bool {
    guard peek.kind == .symbol(symbol) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ symbol: String) throws(ExpressionError) {
    guard take(symbol) else { throw error("'\(symbol)' is missing here") }
  }

  /// Reads the comma before a further element.
  private mutating func expectComma(or closing: String) throws(ExpressionError) {
    guard take(",") else { throw error("',' or '\(closing)' is missing here") }
  }

  private func span(from start: Int) -> Range<Int> {
    start..<max(start, tokens[max(0, position - 1)].range.upperBound)
  }

  // MARK: Operators

  private mutating func expression() throws(ExpressionError) -> Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw error("the expression is nested too deep") }
    let start = peek.range.lowerBound
    let condition = try or()
    guard take("?") else { return condition }
    let then = try or()
    try expect(":")
    let otherwise = try expression()
    return .conditional(condition, then, otherwise, span(from: start))
  }

  private mutating func or() throws(ExpressionError) -> Expression {
    let start = peek.range.lowerBound
    var left = try and()
    while take("||") { left = .or(left, try and(), span(from: start)) }
    return left
  }

  private mutating func and() throws(ExpressionError) -> Expression {
    let start = peek.range.lowerBound
    var left = try relation()
    while take("&&") { left = .and(left, try relation(), span(from: start)) }
    return left
  }

  private mutating func relation() throws(ExpressionError) -> Expression {
    let start = peek.range.lowerBound
    var left = try sum()
    while true {
      var found: String?
      for symbol in ["==", "!=", "<=", ">=", "<", ">"] where take(symbol) {
        found = symbol
        break
      }
      if found == nil, peek.kind == .identifier("in") {
        position += 1
        found = "in"
      }
      guard let found else { return left }
      left = .call(found, receiver: nil, [left, try sum()], span(from: start))
    }
  }

  private mutating func sum() throws(ExpressionError) -> Expression {
    let start = peek.range.lowerBound
    var left = try product()
    while true {
      let symbol = take("+") ? "+" : take("-") ? "-" : nil
      guard let symbol else { return left }
      left = .call(symbol, receiver: nil, [left, try product()], span(from: start))
    }
  }

  private mutating func product() throws(ExpressionError) -> Expression {
    let start = peek.range.lowerBound
    var left = try unary()
    while true {
      let symbol = take("*") ? "*" : take("/") ? "/" : take("%") ? "%" : nil
      guard let symbol else { return left }
      left = .call(symbol, receiver: nil, [left, try unary()], span(from: start))
    }
  }

  private mutating func unary() throws(ExpressionError) -> Expression {
    let start = peek.range.lowerBound
    if take("!") {
      var count = 1
      while take("!") { count += 1 }
      let operand = try member()
      return count % 2 == 0
        ? .call(
          "!", receiver: nil, [.call("!", receiver: nil, [operand], span(from: start))],
          span(from: start))
        : .call("!", receiver: nil, [operand], span(from: start))
    }
    guard take("-") else { return try member() }
    // The smallest int has no positive counterpart, so its sign belongs to the literal.
    if case .int(let digits) = peek.kind, let value = Self.integer("-" + digits) {
      position += 1
      return try members(of: .literal(.int(value), span(from: start)), from: start)
    }
    if case .double(let digits) = peek.kind, let value = Double(digits) {
      position += 1
      return try members(of: .literal(.double(-value), span(from: start)), from: start)
    }
    var count = 1
    while take("-") { count += 1 }
    guard count <= Self.deepest else { throw error("the expression is nested too deep") }
    var operand = try member()
    for _ in 0..<count { operand = .call("-", receiver: nil, [operand], span(from: start)) }
    return operand
  }

  private static func integer(_ text: String) -> Int64? {
    let isNegative = text.hasPrefix("-")
    let digits = isNegative ? text.dropFirst() : text[...]
    if digits.hasPrefix("0x") || digits.hasPrefix("0X") {
      return Int64((isNegative ? "-" : "") + digits.dropFirst(2), radix: 16)
    }
    return Int64(text)
  }

  // MARK: Members and primaries

  private mutating func member() throws(ExpressionError) -> Expression {
    let start = peek.range.lowerBound
    return try members(of: try primary(), from: start)
  }

  private mutating func members(
    of operand: Expression, from start: Int
  ) throws(ExpressionError) -> Expression {
    var operand = operand
    while true {
      let isOptional = peek.kind == .symbol(".?") || peek.kind == .symbol("[?")
      if take(".") || take(".?") {
        let field = try field()
        if !isOptional, take("(") {
          operand = try call(field, receiver: operand, from: start)
        } else {
          operand = .select(operand, field: field, isOptional: isOptional, span(from: start))
        }
      } else if take("[") || take("[?") {
        let key = try expression()
        try expect("]")
        operand = .index(operand, key, isOptional: isOptional, span(from: start))
      } else {
        return operand
      }
    }
  }

  private mutating func field() throws(ExpressionError) -> String {
    switch peek.kind {
    case .identifier(let name), .quoted(let name):
      position += 1
      return name
    default: throw error("the name of a field is missing here")
    }
  }

  private mutating func arguments() throws(ExpressionError) -> [Expression] {
    var arguments: [Expression] = []
    while !take(")") {
      if !arguments.isEmpty {
        try expectComma(or: ")")
      }
      arguments.append(try expression())
    }
    return arguments
  }

  private mutating func primary() throws(ExpressionError) -> Expression {
    let start = peek.range.lowerBound
    let token = peek
    position += token.kind == .end ? 0 : 1
    let range = token.range
    switch token.kind {
    case .int(let digits):
      guard let value = Self.integer(digits) else {
        throw ExpressionError(message: "this number is beyond int", range: range)
      }
      return .literal(.int(value), range)
    case .uint(let digits):
      let isHexadecimal = digits.hasPrefix("0x") || digits.hasPrefix("0X")
      guard
        let value = isHexadecimal ? UInt64(digits.dropFirst(2), radix: 16) : UInt64(digits)
      else { throw ExpressionError(message: "this number is beyond uint", range: range) }
      return .literal(.uint(value), range)
    case .double(let digits):
      let text = digits.hasPrefix(".") ? "0" + digits : digits
      return .literal(.double(Double(text) ?? .nan), range)
    case .string(let value): return .literal(.string(value), range)
    case .bytes(let value): return .literal(.bytes(value), range)
    case .identifier(let name): return try identifier(name, isRooted: false, from: start)
    case .symbol("."):
      guard case .identifier(let name) = peek.kind else {
        throw error("a name is missing here")
      }
      position += 1
      return try identifier(name, isRooted: true, from: start)
    case .symbol("("):
      let inner = try expression()
      try expect(")")
      return inner
    case .symbol("["), .symbol("[?"):
      return try list(startsOptional: token.kind == .symbol("[?"), from: start)
    case .symbol("{"): return try map(from: start)
    default: throw ExpressionError(message: "a value is missing here", range: range)
    }
  }

  private mutating func identifier(
    _ name: String, isRooted: Bool, from start: Int
  ) throws(ExpressionError) -> Expression {
    switch name {
    case "true": return .literal(.bool(true), span(from: start))
    case "false": return .literal(.bool(false), span(from: start))
    case "null": return .literal(.null, span(from: start))
    case "in":
      throw ExpressionError(message: "'in' needs a value before it", range: span(from: start))
    default: break
    }
    guard !Self.reserved.contains(name) else {
      throw ExpressionError(message: "'\(name)' is a reserved word", range: span(from: start))
    }
    if take("(") { return try call(name, receiver: nil, from: start) }
    return .name(name, isRooted: isRooted, span(from: start))
  }

  private mutating func call(
    _ name: String, receiver: Expression?, from start: Int
  ) throws(ExpressionError) -> Expression {
    let arguments = try arguments()
    return try Macros.expand(name, receiver: receiver, arguments, span(from: start))
      ?? .call(name, receiver: receiver, arguments, span(from: start))
  }

  private mutating func list(
    startsOptional: Bool, from start: Int
  ) throws(ExpressionError) -> Expression {
    var items: [Expression.Item] = []
    var isOptional = startsOptional
    while !take("]") {
      if !items.isEmpty {
        try expectComma(or: "]")
        if take("]") { break }
        isOptional = take("?")
      } else if !startsOptional {
        isOptional = take("?")
      }
      items.append(.init(value: try expression(), isOptional: isOptional))
    }
    return .list(items, span(from: start))
  }

  private mutating func map(from start: Int) throws(ExpressionError) -> Expression {
    var entries: [Expression.Entry] = []
    while !take("}") {
      if !entries.isEmpty {
        try expectComma(or: "}")
        if take("}") { break }
      }
      let isOptional = take("?")
      let key = try expression()
      try expect(":")
      entries.append(.init(key: key, value: try expression(), isOptional: isOptional))
    }
    return .map(entries, span(from: start))
  }
}

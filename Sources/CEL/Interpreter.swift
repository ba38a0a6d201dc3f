/// Calls a function that the language does not have: takes its name and its arguments, and returns
/// `nil` where there is no such function for such values.
package typealias HostFunctions = (String, [Value]) throws(EvaluationError) -> Value?

/// Evaluates expressions.
///
/// Every step costs one; an expression that costs more than the limit ends in an error, because
/// rules come from schemas, which are hostile until checked.
package struct Interpreter {
  /// The names that are bound, the innermost last.
  private var scopes: [(name: String, value: Value)] = []
  /// The names that the caller binds; they are few.
  private let variables: [(name: String, value: Value)]
  /// The prefixes that names may be meant with, the longest first (`a.b`, `a` and none).
  private let containers: [String]
  /// The functions that the caller knows beside those of the language.
  private let functions: HostFunctions?
  /// Whether some name is looked up as a whole, with its dots.
  private let hasDottedNames: Bool
  /// The steps that were taken.
  package private(set) var cost = 0
  private let costLimit: Int

  /// Makes an interpreter.
  ///
  /// - Parameters:
  ///   - variables: The values of names; a name may have dots.
  ///   - container: The namespace that names are looked up in first.
  ///   - functions: Functions beside those of the language.
  ///   - costLimit: How many steps an evaluation may take.
  package init(
    variables: [String: Value] = [:], container: String = "", functions: HostFunctions? = nil,
    costLimit: Int = 1_000_000
  ) {
    self.init(
      names: variables.map { ($0.key, $0.value) }, container: container, functions: functions,
      costLimit: costLimit)
  }

  /// Makes an interpreter.
  ///
  /// - Parameters:
  ///   - names: Names, each once, with their values.
  ///   - container: The namespace that names are looked up in first.
  ///   - functions: Functions beside those of the language.
  ///   - costLimit: How many steps an evaluation may take.
  package init(
    names: [(name: String, value: Value)], container: String = "",
    functions: HostFunctions? = nil, costLimit: Int = 1_000_000
  ) {
    variables = names
    self.functions = functions
    hasDottedNames = !container.isEmpty || names.contains { $0.name.utf8.contains(46) }
    self.costLimit = costLimit
    guard !container.isEmpty else {
      containers = [""]
      return
    }
    var containers: [String] = []
    var parts = container.split(separator: ".")
    while !parts.isEmpty {
      containers.append(parts.joined(separator: ".") + ".")
      parts.removeLast()
    }
    self.containers = containers + [""]
  }

  /// Evaluates an expression.
  ///
  /// - Parameter expression: The expression.
  /// - Returns: Its value.
  /// - Throws: `EvaluationError` where it has none.
  package mutating func value(of expression: Expression) throws(EvaluationError) -> Value {
    cost += 1
    guard cost <= costLimit else {
      throw EvaluationError(
        "the expression takes more than \(costLimit) steps", at: expression.range)
    }
    do throws(EvaluationError) {
      return try evaluate(expression)
    } catch {
      // The innermost expression that fails is the one to show.
      if error.range.isEmpty { throw EvaluationError(error.message, at: expression.range) }
      throw error
    }
  }

  private mutating func evaluate(_ expression: Expression) throws(EvaluationError) -> Value {
    switch expression {
    case .literal(let value, _): return value
    case .name(let name, let isRooted, _):
      if let value = lookUp(name, isRooted: isRooted) { return value }
      throw EvaluationError("there is no '\(name)'")
    case .select(let operand, let field, let isOptional, _):
      if !isOptional, mayBeQualified(operand), let name = qualifiedName(expression),
        let value = lookUpQualified(name)
      {
        return value
      }
      return try select(field, of: try value(of: operand), isOptional: isOptional)
    case .index(let operand, let key, let isOptional, _):
      let container = try value(of: operand)
      return try element(try value(of: key), of: container, isOptional: isOptional)
    case .call(let name, let receiver, let arguments, _):
      return try call(name, receiver, arguments)
    case .list(let items, _): return try list(items)
    case .map(let entries, _): return try map(entries)
    case .conditional(let condition, let then, let otherwise, _):
      guard case .bool(let holds) = try value(of: condition) else {
        throw EvaluationError("a condition is true or false", at: condition.range)
      }
      return try value(of: holds ? then : otherwise)
    case .and(let left, let right, _): return try logic(left, right, decisive: false)
    case .or(let left, let right, _): return try logic(left, right, decisive: true)
    case .has(let operand, _): return try has(operand)
    case .macro(let macro, _): return try run(macro)
    }
  }

  // MARK: Names

  private func variable(_ name: String) -> Value? {
    for variable in variables where variable.name == name { return variable.value }
    return nil
  }

  private func lookUp(_ name: String, isRooted: Bool) -> Value? {
    if !isRooted, let bound = scopes.last(where: { $0.name == name }) { return bound.value }
    if let value = variable(name), isRooted || containers.count == 1 { return value }
    for container in isRooted ? [] : containers.dropLast() {
      if let value = variable(container + name) { return value }
    }
    if let value = variable(name) { return value }
    return Self.types.contains(name) ? .type(name) : nil
  }

  static let types: Set<String> = [
    "bool", "int", "uint", "double", "string", "bytes", "list", "map", "null_type", "type",
    "optional_type",
  ]

  /// Whether a selection from `operand` may spell a name with dots: not where the first part of it is
  /// a variable and none has dots.
  private func mayBeQualified(_ operand: Expression) -> Bool {
    guard !hasDottedNames else { return true }
    var first = operand
    while case .select(let inner, _, false, _) = first { first = inner }
    guard case .name(let name, _, _) = first else { return false }
    return variable(name) == nil
  }

  /// Returns the dotted name that a chain of selections spells, unless a macro binds its first part.
  private func qualifiedName(_ expression: Expression) -> (name: String, isRooted: Bool)? {
    switch expression {
    case .name(let name, let isRooted, _):
      if !isRooted, scopes.contains(where: { $0.name == name }) { return nil }
      return (name, isRooted)
    case .select(let operand, let field, false, _):
      return qualifiedName(operand).map { ($0.name + "." + field, $0.isRooted) }
    default: return nil
    }
  }

  private func lookUpQualified(_ name: (name: String, isRooted: Bool)) -> Value? {
    for container in name.isRooted ? [""] : containers {
      if let value = variable(container + name.name) { return value }
    }
    let known = ["google.protobuf.Timestamp", "google.protobuf.Duration"]
    return known.contains(name.name) ? .type(name.name) : nil
  }

  // MARK: Logic and access

  /// `&&` and `||` are commutative: one side that decides makes an error of the other vanish.
  private mutating func logic(
    _ left: Expression, _ right: Expression, decisive: Bool
  ) throws(EvaluationError) -> Value {
    func truth(_ value: Value) throws(EvaluationError) -> Bool {
      guard case .bool(let truth) = value else {
        throw .noOverload(decisive ? "||" : "&&", [value])
      }
      return truth
    }
    do throws(EvaluationError) {
      if try truth(try value(of: left)) == decisive { return .bool(decisive) }
    } catch {
      guard let other = try? truth(value(of: right)), other == decisive else { throw error }
      return .bool(decisive)
    }
    return .bool(try truth(try value(of: right)))
  }

  private func select(
    _ field: String, of operand: Value, isOptional: Bool
  ) throws(EvaluationError) -> Value {
    if case .optional(let inner) = operand {
      guard let inner else { return .optional(nil) }
      return try select(field, of: inner, isOptional: true)
    }
    guard case .map(let map) = operand else { throw .noOverload("." + field, [operand]) }
    let found = map[.string(field)]
    if isOptional { return .optional(found) }
    guard let found else { throw EvaluationError("there is no key '\(field)'") }
    return found
  }

  private func element(
    _ key: Value, of operand: Value, isOptional: Bool
  ) throws(EvaluationError) -> Value {
    switch operand {
    case .optional(let inner):
      guard let inner else { return .optional(nil) }
      return try element(key, of: inner, isOptional: true)
    case .map(let map):
      switch key {
      case .bool, .int, .uint, .double, .string: break
      default: throw .noOverload("[]", [operand, key])
      }
      if isOptional { return .optional(map[key]) }
      guard let found = map[key] else { throw EvaluationError("there is no such key") }
      return found
    case .list(let list):
      let position: Int?
      switch key {
      case .int(let value): position = Int(value)
      case .uint(let value): position = Int(exactly: value)
      case .double(let value): position = Int(exactly: value)
      default: throw .noOverload("[]", [operand, key])
      }
      let found = position.flatMap { list.indices.contains($0) ? list[$0] : nil }
      if isOptional { return .optional(found) }
      guard let found else {
        throw EvaluationError("the position is beyond the \(list.count) elements of the list")
      }
      return found
    default: throw .noOverload("[]", [operand, key])
    }
  }

  private mutating func has(_ expression: Expression) throws(EvaluationError) -> Value {
    guard case .select(let operand, let field, _, _) = expression else {
      throw EvaluationError("'has' takes a field")
    }
    let owner = try value(of: operand)
    if case .optional(let inner) = owner {
      guard let inner, case .map(let map) = inner else { return .bool(false) }
      return .bool(map[.string(field)] != nil)
    }
    guard case .map(let map) = owner else { throw .noOverload("has", [owner]) }
    return .bool(map[.string(field)] != nil)
  }

  private mutating func list(_ items: [Expression.Item]) throws(EvaluationError) -> Value {
    var values: [Value] = []
    for item in items {
      let value = try value(of: item.value)
      guard item.isOptional else {
        values.append(value)
        continue
      }
      guard case .optional(let inner) = value else { throw .noOverload("[?]", [value]) }
      if let inner { values.append(inner) }
    }
    return .list(values)
  }

  private mutating func map(_ entries: [Expression.Entry]) throws(EvaluationError) -> Value {
    var map = MapValue()
    for entry in entries {
      let key = try value(of: entry.key)
      var value = try value(of: entry.value)
      if entry.isOptional {
        guard case .optional(let inner) = value else { throw .noOverload("{?}", [value]) }
        guard let inner else { continue }
        value = inner
      }
      guard map.insert(value, under: key) else {
        throw EvaluationError("a map has each key once, and keys are texts, whole numbers or bools")
      }
    }
    return .map(map)
  }

  private mutating func call(
    _ name: String, _ receiver: Expression?, _ arguments: [Expression]
  ) throws(EvaluationError) -> Value {
    if let receiver, let value = try special(name, receiver, arguments) { return value }
    var values: [Value] = []
    if let receiver { values.append(try value(of: receiver)) }
    for argument in arguments { values.append(try value(of: argument)) }
    return try apply(name, isMethod: receiver != nil, values)
  }

  // What is not on the way down to the operands stands in functions of its own: long chains of
  // operators need small frames.

  private func apply(
    _ name: String, isMethod: Bool, _ values: [Value]
  ) throws(EvaluationError) -> Value {
    if isMethod { return try Functions.call("." + name, values) }
    // An operator is no function of the caller's.
    if let first = name.utf8.first, first >= UInt8(ascii: "A"),
      let value = try functions?(name, values)
    {
      return value
    }
    return try Functions.call(name, values)
  }

  /// Calls a function of a namespace, or one of optional values that need not evaluate its argument;
  /// `nil` for any other.
  private mutating func special(
    _ name: String, _ receiver: Expression, _ arguments: [Expression]
  ) throws(EvaluationError) -> Value? {
    // A receiver that is a namespace, such as math in math.abs(x), is no value.
    if case .name(let space, let isRooted, _) = receiver, Functions.namespaces.contains(space),
      isRooted || !scopes.contains(where: { $0.name == space }),
      lookUp(space, isRooted: false) == nil
    {
      var values: [Value] = []
      for argument in arguments { values.append(try value(of: argument)) }
      return try Functions.call(space + "." + name, values)
    }
    guard name == "or" || name == "orValue" else { return nil }
    guard case .optional(let inner) = try value(of: receiver), arguments.count == 1 else {
      throw EvaluationError("'\(name)' is a function of optional values")
    }
    if let inner { return name == "or" ? .optional(inner) : inner }
    return try value(of: arguments[0])
  }

  // MARK: Macros

  /// Returns what a macro walks over: positions or keys, and values.
  private func pairs(of value: Value, names: Int) throws(EvaluationError) -> [(Value, Value)] {
    switch value {
    case .list(let list): return list.enumerated().map { (.int(Int64($0)), $1) }
    case .map(let map): return map.entries.map { ($0.key, names == 2 ? $0.value : $0.key) }
    default: throw EvaluationError("a macro walks over lists and maps, not \(value.typeName)")
    }
  }

  private mutating func withNames<R>(
    _ names: [String], _ pair: (Value, Value),
    _ body: (inout Interpreter) throws(EvaluationError) -> R
  ) throws(EvaluationError) -> R {
    let depth = scopes.count
    if names.count == 2 { scopes.append((names[0], pair.0)) }
    scopes.append((names[names.count - 1], pair.1))
    defer { scopes.removeLast(scopes.count - depth) }
    return try body(&self)
  }

  private mutating func truth(_ expression: Expression) throws(EvaluationError) -> Bool {
    guard case .bool(let truth) = try value(of: expression) else {
      throw EvaluationError("this is neither true nor false", at: expression.range)
    }
    return truth
  }

  private mutating func run(_ macro: Expression.Macro) throws(EvaluationError) -> Value {
    let operand = try value(of: macro.operand)
    switch macro.kind {
    case .bind:
      return try withNames(macro.names, (.null, operand)) { interpreter throws(EvaluationError) in
        try interpreter.value(of: macro.body)
      }
    case .optMap, .optFlatMap:
      guard case .optional(let inner) = operand else {
        throw EvaluationError("'\(macro.kind.rawValue)' is a macro of optional values")
      }
      guard let inner else { return .optional(nil) }
      let value = try withNames(macro.names, (.null, inner)) {
        interpreter throws(EvaluationError) in
        try interpreter.value(of: macro.body)
      }
      return macro.kind == .optMap ? .optional(value) : value
    case .all, .exists: return try quantify(macro, operand)
    default: return try collect(macro, operand)
    }
  }

  /// `all` and `exists`: one element that decides makes errors of others vanish.
  private mutating func quantify(
    _ macro: Expression.Macro, _ operand: Value
  ) throws(EvaluationError) -> Value {
    let decisive = macro.kind == .exists
    var failure: EvaluationError?
    for pair in try pairs(of: operand, names: macro.names.count) {
      do throws(EvaluationError) {
        let holds = try withNames(macro.names, pair) { interpreter throws(EvaluationError) in
          try interpreter.truth(macro.body)
        }
        if holds == decisive { return .bool(decisive) }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return .bool(!decisive)
  }

  private mutating func collect(
    _ macro: Expression.Macro, _ operand: Value
  ) throws(EvaluationError) -> Value {
    var values: [Value] = []
    var map = MapValue()
    var count = 0
    for pair in try pairs(of: operand, names: macro.names.count) {
      try withNames(macro.names, pair) { interpreter throws(EvaluationError) in
        if let condition = macro.condition, try !interpreter.truth(condition) { return }
        switch macro.kind {
        case .existsOne: count += try interpreter.truth(macro.body) ? 1 : 0
        case .filter: if try interpreter.truth(macro.body) { values.append(pair.1) }
        case .transformMap:
          _ = map.insert(try interpreter.value(of: macro.body), under: pair.0)
        case .transformMapEntry:
          guard case .map(let made) = try interpreter.value(of: macro.body) else {
            throw EvaluationError("'transformMapEntry' makes a map", at: macro.body.range)
          }
          for entry in made.entries where !map.insert(entry.value, under: entry.key) {
            throw EvaluationError("'transformMapEntry' makes a key twice", at: macro.body.range)
          }
        default: values.append(try interpreter.value(of: macro.body))
        }
      }
    }
    switch macro.kind {
    case .existsOne: return .bool(count == 1)
    case .transformMap, .transformMapEntry: return .map(map)
    case .sortBy:
      guard case .list(let list) = operand else { throw .noOverload("sortBy", [operand]) }
      return .list(try Functions.sorted(list, by: values))
    default: return .list(values)
    }
  }
}

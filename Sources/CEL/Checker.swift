import Diagnostics

/// Finds in an expression what cannot have a value, whatever the values of its names are.
///
/// What nothing is known of may be anything, as in the gradual typing of the specification: the
/// checker tells only what is surely wrong.
package struct Checker {
  private var names: [(name: String, type: ValueType)]
  private let functions: [String: [Signature]]
  private var depth = 0
  private static let deepest = 60

  /// Prepares a check.
  ///
  /// - Parameters:
  ///   - names: The types of the names that an expression may use.
  ///   - functions: The functions beside those of the language.
  package init(names: [String: ValueType], functions: [FunctionSignature] = []) {
    self.names = names.map { ($0, $1) }
    var known = Signature.known
    for function in functions {
      known[function.name, default: []].append(Signature(function.arguments, function.result))
    }
    self.functions = known
  }

  /// Returns the type of an expression's value.
  ///
  /// - Parameter expression: The expression.
  /// - Returns: What is known of its value.
  /// - Throws: `ExpressionError` where it cannot have one.
  package mutating func type(of expression: Expression) throws(ExpressionError) -> ValueType {
    // Of what is nested deeper nothing is known, which is always right.
    guard depth < Self.deepest else { return .any }
    depth += 1
    defer { depth -= 1 }
    switch expression {
    case .literal(let value, _): return Self.type(of: value)
    case .name(let name, _, let range): return try type(ofName: name, range)
    case .select(let operand, let field, let isOptional, let range):
      return try fieldType(field, of: try type(of: operand), isOptional, range)
    case .index(let operand, let key, let isOptional, let range):
      let (container, key) = (try type(of: operand), try type(of: key))
      return try element(of: container, at: key, isOptional, range)
    case .call(let name, let receiver, let arguments, let range):
      return try call(name, receiver, arguments, range)
    case .list(let items, _):
      var types: [ValueType] = []
      for item in items { types.append(try type(of: item.value)) }
      guard let first = types.first, types.allSatisfy({ $0.isPlain && $0 == first }) else {
        return .list(.any)
      }
      return .list(first)
    case .map(let entries, _):
      for entry in entries {
        _ = try type(of: entry.key)
        _ = try type(of: entry.value)
      }
      return .map(.any)
    case .conditional(let condition, let then, let otherwise, _):
      try expect(.bool, condition)
      let (one, two) = (try type(of: then), try type(of: otherwise))
      return one.isPlain && one == two ? one : .any
    case .and(let left, let right, _), .or(let left, let right, _):
      try expect(.bool, left)
      try expect(.bool, right)
      return .bool
    case .has(let operand, _):
      // A field that the mapping may lack is what is asked for; one that it cannot have is a slip.
      _ = try type(of: operand)
      return .bool
    case .macro(let macro, let range): return try type(of: macro, range)
    }
  }

  private mutating func expect(
    _ type: ValueType, _ expression: Expression
  ) throws(ExpressionError) {
    let found = try self.type(of: expression)
    guard !found.mayBe(type) else { return }
    throw ExpressionError(
      message: "this is \(found.name), where \(type.name) belongs", range: expression.range)
  }

  private static func type(of value: Value) -> ValueType {
    switch value {
    case .null: .null
    case .bool: .bool
    case .int: .int
    case .uint: .uint
    case .double: .double
    case .string: .string
    case .bytes: .bytes
    case .timestamp: .timestamp
    case .duration: .duration
    case .version: .version
    case .type: .type
    case .list: .list(.any)
    case .map: .map(.any)
    case .optional: .optional(.any)
    }
  }

  private func type(ofName name: String, _ range: Range<Int>) throws(ExpressionError) -> ValueType {
    if let known = names.last(where: { $0.name == name }) { return known.type }
    if Interpreter.types.contains(name) { return .type }
    // A field without 'self' is the slip that people make.
    let owner = names.first { $0.name == "self" }
    if case .object(let fields, _)? = owner?.type, fields[name] != nil {
      throw ExpressionError(
        message: "there is no '\(name)'; a field is reached by 'self.\(name)'", range: range)
    }
    let known = names.map(\.name)
    let hint = nearest(to: name, among: known).map { "; did you mean '\($0)'?" } ?? ""
    let isLoud = hint.isEmpty && name.allSatisfy { $0.isUppercase || "_0123456789".contains($0) }
    throw ExpressionError(
      message: "there is no '\(name)'\(hint)"
        + (isLoud ? "; a text stands in quotes: \"\(name)\"" : ""),
      range: range)
  }

  private func fieldType(
    _ field: String, of owner: ValueType, _ isOptional: Bool, _ range: Range<Int>
  ) throws(ExpressionError) -> ValueType {
    func wrapped(_ type: ValueType) -> ValueType { isOptional ? .optional(type) : type }
    switch owner {
    case .any: return wrapped(.any)
    case .map(let value): return wrapped(value)
    case .object(let fields, let isClosed):
      if let type = fields[field] { return wrapped(type) }
      guard isClosed else { return wrapped(.any) }
      let hint = nearest(to: field, among: fields.keys.sorted()).map { "; did you mean '\($0)'?" }
      throw ExpressionError(
        message: "the schema has no field '\(field)'\(hint ?? "")", range: range)
    case .optional(let inner):
      let type = try fieldType(field, of: inner, false, range)
      if case .optional = type { return type }
      return .optional(type)
    default:
      throw ExpressionError(
        message: "\(owner.name) has no field '\(field)'", range: range)
    }
  }

  private func element(
    of container: ValueType, at key: ValueType, _ isOptional: Bool, _ range: Range<Int>
  ) throws(ExpressionError) -> ValueType {
    func wrapped(_ type: ValueType) -> ValueType { isOptional ? .optional(type) : type }
    switch container {
    case .any, .object: return wrapped(.any)
    case .map(let value): return wrapped(value)
    case .optional(let inner):
      let type = try element(of: inner, at: key, false, range)
      if case .optional = type { return type }
      return .optional(type)
    case .list(let element):
      guard key.mayBe(.int) else {
        throw ExpressionError(
          message: "a position of a list is a number, not \(key.name)", range: range)
      }
      return wrapped(element)
    default:
      throw ExpressionError(message: "\(container.name) has no elements", range: range)
    }
  }

  // MARK: Calls

  private mutating func call(
    _ name: String, _ receiver: Expression?, _ arguments: [Expression], _ range: Range<Int>
  ) throws(ExpressionError) -> ValueType {
    if let receiver, case .name(let space, _, _) = receiver, Functions.namespaces.contains(space),
      !names.contains(where: { $0.name == space })
    {
      var types: [ValueType] = []
      for argument in arguments { types.append(try type(of: argument)) }
      // The functions of math take numbers of any type in any number.
      return space == "math" ? .any : try result(of: space + "." + name, types, range)
    }
    var types: [ValueType] = []
    if let receiver { types.append(try type(of: receiver)) }
    for argument in arguments { types.append(try type(of: argument)) }
    if receiver == nil, let result = try operation(name, types, arguments, range) { return result }
    return try result(of: (receiver == nil ? "" : ".") + name, types, range)
  }

  private func result(
    of name: String, _ types: [ValueType], _ range: Range<Int>
  ) throws(ExpressionError) -> ValueType {
    let shown = name.hasPrefix(".") ? String(name.dropFirst()) : name
    guard let signatures = functions[name] else {
      let known = functions.keys.map { $0.hasPrefix(".") ? String($0.dropFirst()) : $0 }.sorted()
      let hint = nearest(to: shown, among: known).map { "; did you mean '\($0)'?" } ?? ""
      throw ExpressionError(message: "there is no function '\(shown)'\(hint)", range: range)
    }
    let fitting = signatures.filter { signature in
      signature.arguments.count == types.count
        && zip(types, signature.arguments).allSatisfy { $0.mayBe($1) }
    }
    guard let first = fitting.first else {
      let given = types.map(\.name).joined(separator: ", ")
      throw ExpressionError(
        message: "'\(shown)' does not take \(given.isEmpty ? "nothing" : given)", range: range)
    }
    return Set(fitting.map(\.result)).count == 1 ? first.result : .any
  }

  /// Returns the type of an operator's result, or `nil` where the name is none of an operator.
  private func operation(
    _ name: String, _ types: [ValueType], _ arguments: [Expression], _ range: Range<Int>
  ) throws(ExpressionError) -> ValueType? {
    func refuse() -> ExpressionError {
      ExpressionError(
        message: "'\(name)' does not take \(types.map(\.name).joined(separator: " and "))",
        range: range)
    }
    switch (name, types.count) {
    case ("==", 2), ("!=", 2):
      // Null is compared with anything, to ask whether there is a value.
      guard types[0].mayBe(types[1]) || types.contains(.null) else {
        throw ExpressionError(
          message: "\(types[0].name) is never equal to \(types[1].name)", range: range)
      }
      return .bool
    case ("<", 2), ("<=", 2), (">", 2), (">=", 2):
      guard types[0].mayBe(types[1]), !types.contains(where: \.hasNoOrder) else { throw refuse() }
      return .bool
    case ("in", 2):
      switch types[1] {
      case .any, .map, .object: return .bool
      case .list(let element) where types[0].mayBe(element): return .bool
      default: throw refuse()
      }
    case ("!", 1):
      guard types[0].mayBe(.bool) else { throw refuse() }
      return .bool
    case ("-", 1):
      guard types[0].mayBe(.int) else { throw refuse() }
      return types[0]
    case ("+", 2), ("-", 2), ("*", 2), ("/", 2), ("%", 2): return try sum(name, types, refuse())
    default: return nil
    }
  }

  private func sum(
    _ name: String, _ types: [ValueType], _ refusal: ExpressionError
  ) throws(ExpressionError) -> ValueType {
    if types.contains(.any) { return .any }
    switch (types[0], types[1]) {
    case (.int, .int), (.uint, .uint), (.double, .double): return types[0]
    case (.string, .string) where name == "+", (.bytes, .bytes) where name == "+": return types[0]
    case (.list(let one), .list(let two)) where name == "+":
      return .list(one.isPlain && one == two ? one : .any)
    case (.timestamp, .duration) where name == "+" || name == "-": return .timestamp
    case (.duration, .timestamp) where name == "+": return .timestamp
    case (.duration, .duration) where name == "+" || name == "-": return .duration
    case (.timestamp, .timestamp) where name == "-": return .duration
    default: throw refusal
    }
  }

  // MARK: Macros

  private mutating func type(
    of macro: Expression.Macro, _ range: Range<Int>
  ) throws(ExpressionError) -> ValueType {
    let operand = try type(of: macro.operand)
    let bound: [ValueType]
    switch (macro.kind, operand) {
    case (.bind, _): bound = [operand]
    case (.optMap, .optional(let inner)), (.optFlatMap, .optional(let inner)): bound = [inner]
    case (.optMap, .any), (.optFlatMap, .any), (_, .any): bound = [.any, .any]
    case (.optMap, _), (.optFlatMap, _):
      throw ExpressionError(message: "this is \(operand.name), and no optional value", range: range)
    case (_, .list(let element)): bound = [.int, element]
    case (_, .map(let value)): bound = macro.names.count == 2 ? [.any, value] : [.any]
    case (_, .object): bound = macro.names.count == 2 ? [.string, .any] : [.string]
    default:
      throw ExpressionError(
        message: "a macro walks over lists and mappings, not \(operand.name)",
        range: macro.operand.range)
    }
    let depth = names.count
    for (name, type) in zip(macro.names, bound.suffix(macro.names.count)) {
      names.append((name, type))
    }
    defer { names.removeLast(names.count - depth) }
    if let condition = macro.condition { try expect(.bool, condition) }
    switch macro.kind {
    case .all, .exists, .existsOne:
      try expect(.bool, macro.body)
      return .bool
    case .filter:
      try expect(.bool, macro.body)
      guard case .list = operand else { return .list(bound.last ?? .any) }
      return operand
    case .map, .transformList: return .list(try type(of: macro.body))
    case .transformMap, .transformMapEntry:
      _ = try type(of: macro.body)
      return .map(.any)
    case .sortBy:
      _ = try type(of: macro.body)
      return operand
    case .bind: return try type(of: macro.body)
    case .optMap: return .optional(try type(of: macro.body))
    case .optFlatMap: return try type(of: macro.body)
    }
  }
}

extension ValueType {
  /// Whether the type has no parts: only such are compared, since those of a schema that refers to itself have
  /// parts without number.
  var isPlain: Bool {
    switch self {
    case .list, .map, .object, .optional: false
    default: true
    }
  }

  /// Whether values of the type have no order.
  var hasNoOrder: Bool {
    switch self {
    case .list, .map, .object, .null, .optional, .type: true
    default: false
    }
  }
}

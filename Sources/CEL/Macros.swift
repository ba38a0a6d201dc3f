/// The macros of the language: calls whose arguments are not values but names and expressions.
enum Macros {
  /// Returns the form that a call stands for, or `nil` where it is no macro.
  static func expand(
    _ name: String, receiver: Expression?, _ arguments: [Expression], _ range: Range<Int>
  ) throws(ExpressionError) -> Expression? {
    guard let receiver else {
      guard name == "has", arguments.count == 1 else { return nil }
      guard case .select = arguments[0] else {
        throw ExpressionError(message: "'has' takes a field: has(a.b)", range: range)
      }
      return .has(arguments[0], range)
    }
    if name == "bind", case .name("cel", _, _) = receiver, arguments.count == 3 {
      let names = try names(arguments.prefix(1), range)
      return .macro(
        .init(kind: .bind, operand: arguments[1], names: names, condition: nil, body: arguments[2]),
        range)
    }
    guard let (kind, variables) = kind(name, count: arguments.count) else { return nil }
    let rest = arguments.dropFirst(variables)
    guard let body = rest.last else { return nil }
    return .macro(
      .init(
        kind: kind, operand: receiver, names: try names(arguments.prefix(variables), range),
        condition: rest.count == 2 ? rest.first : nil, body: body), range)
  }

  /// Returns the macro of a name with so many arguments, and how many of them are names.
  private static func kind(_ name: String, count: Int) -> (Expression.Macro.Kind, Int)? {
    switch (name, count) {
    case ("all", 2): (.all, 1)
    case ("all", 3): (.all, 2)
    case ("exists", 2): (.exists, 1)
    case ("exists", 3): (.exists, 2)
    case ("exists_one", 2), ("existsOne", 2): (.existsOne, 1)
    case ("exists_one", 3), ("existsOne", 3): (.existsOne, 2)
    case ("map", 2), ("map", 3): (.map, 1)
    case ("filter", 2): (.filter, 1)
    case ("transformList", 3), ("transformList", 4): (.transformList, 2)
    case ("transformMap", 3), ("transformMap", 4): (.transformMap, 2)
    case ("transformMapEntry", 3), ("transformMapEntry", 4): (.transformMapEntry, 2)
    case ("sortBy", 2): (.sortBy, 1)
    case ("optMap", 2): (.optMap, 1)
    case ("optFlatMap", 2): (.optFlatMap, 1)
    default: nil
    }
  }

  private static func names(
    _ arguments: ArraySlice<Expression>, _ range: Range<Int>
  ) throws(ExpressionError) -> [String] {
    var names: [String] = []
    for argument in arguments {
      guard case .name(let name, false, _) = argument, !names.contains(name) else {
        throw ExpressionError(message: "a macro takes a simple name here", range: argument.range)
      }
      names.append(name)
    }
    return names
  }
}

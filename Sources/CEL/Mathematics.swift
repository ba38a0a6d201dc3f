extension Functions {
  static func mathematics(_ name: String, _ values: [Value]) throws(EvaluationError) -> Value? {
    guard name.hasPrefix("math.") else { return nil }
    let function = name.dropFirst(5)
    if function == "greatest" || function == "least" {
      return try extreme(values, greatest: function == "greatest")
    }
    if function.hasPrefix("bit") { return try bits(String(function), values) }
    guard values.count == 1 else { return nil }
    switch (function, values[0]) {
    case ("ceil", .double(let value)): return .double(value.rounded(.up))
    case ("floor", .double(let value)): return .double(value.rounded(.down))
    case ("round", .double(let value)): return .double(value.rounded(.toNearestOrAwayFromZero))
    case ("trunc", .double(let value)): return .double(value.rounded(.towardZero))
    case ("isNaN", .double(let value)): return .bool(value.isNaN)
    case ("isInf", .double(let value)): return .bool(value.isInfinite)
    case ("isFinite", .double(let value)): return .bool(value.isFinite)
    case ("abs", .double(let value)): return .double(abs(value))
    case ("abs", .uint): return values[0]
    case ("abs", .int(let value)):
      return .int(value < 0 ? try checked(Int64(0).subtractingReportingOverflow(value)) : value)
    case ("sign", .double(let value)):
      return .double(value.isNaN ? value : value > 0 ? 1 : value < 0 ? -1 : 0)
    case ("sign", .int(let value)): return .int(value.signum())
    case ("sign", .uint(let value)): return .uint(value > 0 ? 1 : 0)
    case ("sqrt", .double(let value)): return .double(value.squareRoot())
    case ("sqrt", .int(let value)): return .double(Double(value).squareRoot())
    case ("sqrt", .uint(let value)): return .double(Double(value).squareRoot())
    default: return nil
    }
  }

  private static func extreme(
    _ values: [Value], greatest: Bool
  ) throws(EvaluationError) -> Value? {
    var candidates = values
    if values.count == 1, case .list(let list) = values[0] { candidates = list }
    guard var best = candidates.first, best.numericOrder(to: best) != nil else { return nil }
    for value in candidates.dropFirst() {
      guard let order = value.numericOrder(to: best) else { throw .noOverload("greatest", [value]) }
      if order == (greatest ? .greater : .less) { best = value }
    }
    return best
  }

  private static func bits(_ name: String, _ values: [Value]) throws(EvaluationError) -> Value? {
    switch (name, values.first, values.dropFirst().first) {
    case ("bitNot", .int(let value), nil): return .int(~value)
    case ("bitNot", .uint(let value), nil): return .uint(~value)
    case ("bitAnd", .int(let one), .int(let two)): return .int(one & two)
    case ("bitAnd", .uint(let one), .uint(let two)): return .uint(one & two)
    case ("bitOr", .int(let one), .int(let two)): return .int(one | two)
    case ("bitOr", .uint(let one), .uint(let two)): return .uint(one | two)
    case ("bitXor", .int(let one), .int(let two)): return .int(one ^ two)
    case ("bitXor", .uint(let one), .uint(let two)): return .uint(one ^ two)
    case ("bitShiftLeft", let value, .int(let count)),
      ("bitShiftRight", let value, .int(let count)):
      guard count >= 0 else { throw EvaluationError("a shift by less than nothing") }
      // A right shift moves zeros in, also for a negative int.
      let isLeft = name == "bitShiftLeft"
      switch value {
      case .int(let number):
        let word = UInt64(bitPattern: number)
        return .int(Int64(bitPattern: isLeft ? word << count : word >> count))
      case .uint(let number): return .uint(isLeft ? number << count : number >> count)
      default: return nil
      }
    default: return nil
    }
  }
}

/// `+`, `-`, `*`, `/` and `%`; an overflow is an error and never a wrong number.
enum Arithmetic {
  static func apply(
    _ symbol: String, _ left: Value, _ right: Value
  ) throws(EvaluationError) -> Value? {
    switch (left, right) {
    case (.int(let one), .int(let two)): return .int(try whole(symbol, one, two))
    case (.uint(let one), .uint(let two)): return .uint(try whole(symbol, one, two))
    case (.double(let one), .double(let two)):
      switch symbol {
      case "+": return .double(one + two)
      case "-": return .double(one - two)
      case "*": return .double(one * two)
      case "/": return .double(one / two)
      default: return nil
      }
    default: break
    }
    return symbol == "+" ? try sum(left, right) : symbol == "-" ? try difference(left, right) : nil
  }

  private static func whole<Number: FixedWidthInteger>(
    _ symbol: String, _ one: Number, _ two: Number
  ) throws(EvaluationError) -> Number {
    switch symbol {
    case "+": return try Functions.checked(one.addingReportingOverflow(two))
    case "-": return try Functions.checked(one.subtractingReportingOverflow(two))
    case "*": return try Functions.checked(one.multipliedReportingOverflow(by: two))
    default: break
    }
    guard two != 0 else { throw EvaluationError("this divides by zero") }
    return try Functions.checked(
      symbol == "/"
        ? one.dividedReportingOverflow(by: two) : one.remainderReportingOverflow(dividingBy: two))
  }

  private static func sum(_ left: Value, _ right: Value) throws(EvaluationError) -> Value? {
    switch (left, right) {
    case (.string(let one), .string(let two)): return .string(one + two)
    case (.bytes(let one), .bytes(let two)): return .bytes(one + two)
    case (.list(let one), .list(let two)): return .list(one + two)
    case (.duration(let one), .duration(let two)): return try span(one.total + two.total)
    case (.timestamp(let one), .duration(let two)): return try moment(one.total + two.total)
    case (.duration(let one), .timestamp(let two)): return try moment(one.total + two.total)
    default: return nil
    }
  }

  private static func difference(_ left: Value, _ right: Value) throws(EvaluationError) -> Value? {
    switch (left, right) {
    case (.duration(let one), .duration(let two)): return try span(one.total - two.total)
    case (.timestamp(let one), .duration(let two)): return try moment(one.total - two.total)
    case (.timestamp(let one), .timestamp(let two)): return try span(one.total - two.total)
    default: return nil
    }
  }

  /// Returns a computed duration, which like all numbers of the language has 64 bits: 292 years.
  private static func span(_ nanoseconds: Int128) throws(EvaluationError) -> Value {
    guard Int64(exactly: nanoseconds) != nil, let span = TimeSpan(nanoseconds: nanoseconds) else {
      throw EvaluationError("the duration is beyond its range")
    }
    return .duration(span)
  }

  private static func moment(_ nanoseconds: Int128) throws(EvaluationError) -> Value {
    guard let moment = Timestamp(total: nanoseconds) else {
      throw EvaluationError("the timestamp is beyond its range")
    }
    return .timestamp(moment)
  }
}

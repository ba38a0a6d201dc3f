extension Value {
  /// Whether two values are equal: numbers of all types by value, NaN to nothing, values of
  /// different kinds never.
  package func isEqual(to other: Value) -> Bool {
    switch (self, other) {
    case (.null, .null): return true
    case (.bool(let one), .bool(let two)): return one == two
    case (.string(let one), .string(let two)): return one.utf8.elementsEqual(two.utf8)
    case (.bytes(let one), .bytes(let two)): return one == two
    case (.timestamp(let one), .timestamp(let two)): return one == two
    case (.duration(let one), .duration(let two)): return one == two
    case (.type(let one), .type(let two)): return one == two
    case (.version(let one), .version(let two)): return one == two
    case (.list(let one), .list(let two)):
      return one.count == two.count && zip(one, two).allSatisfy { $0.isEqual(to: $1) }
    case (.map(let one), .map(let two)):
      return one.count == two.count
        && one.entries.allSatisfy { key, value in two[key]?.isEqual(to: value) ?? false }
    case (.optional(let one), .optional(let two)):
      guard let one, let two else { return one == nil && two == nil }
      return one.isEqual(to: two)
    default: return numericOrder(to: other) == .equal
    }
  }

  enum Order {
    case less
    case equal
    case greater
    /// NaN is in no order with anything.
    case none

    init<Number: Comparable>(_ one: Number, _ two: Number) {
      self = one < two ? .less : one > two ? .greater : one == two ? .equal : .none
    }
  }

  /// Returns the order of two numbers of any types, `nil` where one is no number.
  func numericOrder(to other: Value) -> Order? {
    switch (self, other) {
    case (.int(let one), .int(let two)): return Order(one, two)
    case (.uint(let one), .uint(let two)): return Order(one, two)
    case (.double(let one), .double(let two)): return Order(one, two)
    case (.int(let one), .uint(let two)): return Order(Int128(one), Int128(two))
    case (.uint(let one), .int(let two)): return Order(Int128(one), Int128(two))
    // As the specification's own runtimes do, a whole number is compared with a double as a double.
    case (.int(let one), .double(let two)): return Order(Double(one), two)
    case (.uint(let one), .double(let two)): return Order(Double(one), two)
    case (.double(let one), .int(let two)): return Order(one, Double(two))
    case (.double(let one), .uint(let two)): return Order(one, Double(two))
    default: return nil
    }
  }

  /// Returns the order of two values that have one.
  func order(to other: Value) throws(EvaluationError) -> Order {
    if let order = numericOrder(to: other) { return order }
    switch (self, other) {
    case (.bool(let one), .bool(let two)): return Order(one ? 1 : 0, two ? 1 : 0)
    case (.string(let one), .string(let two)):
      if one.utf8.elementsEqual(two.utf8) { return .equal }
      return one.utf8.lexicographicallyPrecedes(two.utf8) ? .less : .greater
    case (.bytes(let one), .bytes(let two)):
      if one == two { return .equal }
      return one.lexicographicallyPrecedes(two) ? .less : .greater
    case (.timestamp(let one), .timestamp(let two)): return Order(one, two)
    case (.duration(let one), .duration(let two)): return Order(one, two)
    case (.version(let one), .version(let two)):
      if one == two { return .equal }
      return one.lexicographicallyPrecedes(two) ? .less : .greater
    default: throw .noOverload("<", [self, other])
    }
  }
}

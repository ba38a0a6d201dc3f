import Patterns

/// The standard functions and the extensions for strings, math, lists, encoders and optional types.
///
/// A function is looked up by its name; one that is called on a value begins with a dot.
enum Functions {
  static let namespaces: Set<String> = ["math", "strings", "lists", "base64", "optional"]

  /// Calls a function.
  ///
  /// - Parameters:
  ///   - name: The name, with a dot before it where the first value is the receiver.
  ///   - values: The receiver, if there is one, and the arguments.
  /// - Returns: What the function returns.
  /// - Throws: `EvaluationError` where there is no such function for such values, or it fails.
  static func call(_ name: String, _ values: [Value]) throws(EvaluationError) -> Value {
    // An operator is no word, but for one; a function of a value begins with a dot.
    let first = name.utf8.first ?? 0
    if first != UInt8(ascii: "."), first < UInt8(ascii: "A") || name == "in",
      let value = try operators(name, values)
    {
      return value
    }
    // The functions are many, and these are in most rules.
    if name == "size" || name == ".last" || name == ".value",
      let value = try collections(name, values)
    {
      return value
    }
    if first == UInt8(ascii: "."), let value = try texts(name, values) { return value }
    if let value = try conversions(name, values) { return value }
    if let value = try texts(name, values) { return value }
    if let value = try moreTexts(name, values) { return value }
    if let value = try mathematics(name, values) { return value }
    if let value = try times(name, values) { return value }
    if let value = try collections(name, values) { return value }
    throw .noOverload(name.hasPrefix(".") ? String(name.dropFirst()) : name, values)
  }

  private static func operators(
    _ name: String, _ values: [Value]
  ) throws(EvaluationError) -> Value? {
    switch (name, values.count) {
    case ("==", 2): return .bool(values[0].isEqual(to: values[1]))
    case ("!=", 2): return .bool(!values[0].isEqual(to: values[1]))
    case ("<", 2): return .bool(try values[0].order(to: values[1]) == .less)
    case (">", 2): return .bool(try values[0].order(to: values[1]) == .greater)
    case ("<=", 2):
      let order = try values[0].order(to: values[1])
      return .bool(order == .less || order == .equal)
    case (">=", 2):
      let order = try values[0].order(to: values[1])
      return .bool(order == .greater || order == .equal)
    case ("in", 2):
      switch values[1] {
      case .list(let list): return .bool(list.contains { $0.isEqual(to: values[0]) })
      case .map(let map): return .bool(map[values[0]] != nil)
      default: return nil
      }
    case ("!", 1):
      guard case .bool(let value) = values[0] else { return nil }
      return .bool(!value)
    case ("-", 1):
      switch values[0] {
      case .int(let value): return .int(try checked(Int64(0).subtractingReportingOverflow(value)))
      case .double(let value): return .double(-value)
      default: return nil
      }
    case ("+", 2), ("-", 2), ("*", 2), ("/", 2), ("%", 2):
      return try Arithmetic.apply(name, values[0], values[1])
    default: return nil
    }
  }

  static func checked<Number>(
    _ result: (partialValue: Number, overflow: Bool)
  ) throws(EvaluationError) -> Number {
    guard !result.overflow else { throw EvaluationError("the result is beyond its type") }
    return result.partialValue
  }

  private static func collections(
    _ name: String, _ values: [Value]
  ) throws(EvaluationError) -> Value? {
    switch (name, values.count) {
    case ("size", 1), (".size", 1):
      switch values[0] {
      case .string(let value): return .int(Int64(value.unicodeScalars.count))
      case .bytes(let value): return .int(Int64(value.count))
      case .list(let value): return .int(Int64(value.count))
      case .map(let value): return .int(Int64(value.entries.count))
      default: return nil
      }
    case ("optional.of", 1): return .optional(values[0])
    case ("optional.ofNonZeroValue", 1): return .optional(values[0].isZero ? nil : values[0])
    case ("optional.none", 0): return .optional(nil)
    case (".hasValue", 1):
      guard case .optional(let inner) = values[0] else { return nil }
      return .bool(inner != nil)
    case (".value", 1):
      guard case .optional(let inner) = values[0] else { return nil }
      guard let inner else { throw EvaluationError("the optional value is absent") }
      return inner
    case ("lists.range", 1):
      guard case .int(let count) = values[0], (0...100_000).contains(count) else { return nil }
      return .list((0..<count).map { .int($0) })
    default: break
    }
    guard case .list(let list)? = values.first else { return nil }
    switch (name, values.count) {
    case (".slice", 3):
      guard case .int(let low) = values[1], case .int(let high) = values[2] else { return nil }
      guard low >= 0, low <= high, high <= list.count else {
        throw EvaluationError("the positions are beyond the list")
      }
      return .list(Array(list[Int(low)..<Int(high)]))
    case (".flatten", 1): return .list(try flattened(list, depth: 1))
    case (".flatten", 2):
      guard case .int(let depth) = values[1], depth >= 0 else { return nil }
      return .list(try flattened(list, depth: depth))
    case (".distinct", 1):
      var distinct: [Value] = []
      for value in list where !distinct.contains(where: { $0.isEqual(to: value) }) {
        distinct.append(value)
      }
      return .list(distinct)
    case (".reverse", 1): return .list(list.reversed())
    case (".sort", 1): return .list(try sorted(list, by: list))
    case (".first", 1): return .optional(list.first)
    case (".last", 1): return .optional(list.last)
    default: return nil
    }
  }

  private static func flattened(_ list: [Value], depth: Int64) throws(EvaluationError) -> [Value] {
    var values: [Value] = []
    for value in list {
      if case .list(let inner) = value, depth > 0 {
        values += try flattened(inner, depth: depth - 1)
      } else {
        values.append(value)
      }
    }
    return values
  }

  /// Returns values in the order of their keys; equals keep their order.
  static func sorted(_ values: [Value], by keys: [Value]) throws(EvaluationError) -> [Value] {
    var failure: EvaluationError?
    let positions = values.indices.sorted { one, two in
      do throws(EvaluationError) {
        let order = try keys[one].order(to: keys[two])
        return order == .less || (order == .equal && one < two)
      } catch {
        failure = error
        return one < two
      }
    }
    if let failure { throw failure }
    return positions.map { values[$0] }
  }
}

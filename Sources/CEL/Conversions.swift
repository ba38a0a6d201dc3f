extension Functions {
  static func conversions(_ name: String, _ values: [Value]) throws(EvaluationError) -> Value? {
    guard values.count == 1 else { return nil }
    switch name {
    case "dyn": return values[0]
    case "type": return .type(values[0].typeName)
    case "bool": return try bool(values[0])
    case "int": return try int(values[0])
    case "uint": return try uint(values[0])
    case "double": return double(values[0])
    case "string": return try string(values[0])
    case "bytes":
      switch values[0] {
      case .bytes: return values[0]
      case .string(let text): return .bytes(Array(text.utf8))
      default: return nil
      }
    case "timestamp":
      switch values[0] {
      case .timestamp: return values[0]
      case .int(let seconds): return Timestamp(seconds: seconds).map { .timestamp($0) }
      case .string(let text):
        guard let moment = Timestamp(text) else {
          throw EvaluationError("'\(text)' is no timestamp such as 2016-12-09T10:00:00Z")
        }
        return .timestamp(moment)
      default: return nil
      }
    case "duration":
      switch values[0] {
      case .duration: return values[0]
      case .string(let text):
        guard let span = TimeSpan(text) else {
          throw EvaluationError("'\(text)' is no duration such as 1h30m, or beyond its range")
        }
        return .duration(span)
      default: return nil
      }
    default: return nil
    }
  }

  private static func bool(_ value: Value) throws(EvaluationError) -> Value? {
    switch value {
    case .bool: return value
    case .string(let text):
      if ["1", "t", "true", "TRUE", "True"].contains(text) { return .bool(true) }
      if ["0", "f", "false", "FALSE", "False"].contains(text) { return .bool(false) }
      throw EvaluationError("'\(text)' is neither true nor false")
    default: return nil
    }
  }

  private static func int(_ value: Value) throws(EvaluationError) -> Value? {
    switch value {
    case .int: return value
    case .uint(let number):
      guard let whole = Int64(exactly: number) else { break }
      return .int(whole)
    case .double(let number):
      guard number > -0x1p63, number < 0x1p63 else { break }
      return .int(Int64(number))
    case .string(let text):
      guard let whole = Int64(text) else { break }
      return .int(whole)
    case .timestamp(let moment): return .int(moment.seconds)
    case .duration(let span): return .int(Int64(span.total / 1_000_000_000))
    default: return nil
    }
    throw EvaluationError("the value is no int")
  }

  private static func uint(_ value: Value) throws(EvaluationError) -> Value? {
    switch value {
    case .uint: return value
    case .int(let number):
      guard let whole = UInt64(exactly: number) else { break }
      return .uint(whole)
    case .double(let number):
      guard number >= 0, number < 0x1p64 else { break }
      return .uint(UInt64(number))
    case .string(let text):
      guard let whole = UInt64(text) else { break }
      return .uint(whole)
    default: return nil
    }
    throw EvaluationError("the value is no uint")
  }

  private static func double(_ value: Value) -> Value? {
    switch value {
    case .double: value
    case .int(let number): .double(Double(number))
    case .uint(let number): .double(Double(number))
    case .string(let text): Double(text).map { .double($0) }
    default: nil
    }
  }

  private static func string(_ value: Value) throws(EvaluationError) -> Value? {
    switch value {
    case .string: return value
    case .bool(let truth): return .string(truth ? "true" : "false")
    case .int(let number): return .string(String(number))
    case .uint(let number): return .string(String(number))
    case .double(let number): return .string(TextFormat.text(of: number))
    case .bytes(let bytes):
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw EvaluationError("the bytes are not UTF-8")
      }
      return .string(text)
    case .timestamp(let moment): return .string(moment.text)
    case .duration(let span): return .string(span.text)
    default: return nil
    }
  }
}

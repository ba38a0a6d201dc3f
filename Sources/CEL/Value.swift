import Syntax

/// A value of the Common Expression Language.
package enum Value: Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case uint(UInt64)
  case double(Double)
  case string(String)
  case bytes([UInt8])
  case list([Value])
  case map(MapValue)
  case timestamp(Timestamp)
  case duration(TimeSpan)
  case type(String)
  /// A version number, whose parts compare as numbers: 5.9 is before 5.10.
  case version([Int])
  /// A value that may be absent (the optional types extension).
  indirect case optional(Value?)

  /// The name of the value's type, as `type()` gives it.
  package var typeName: String {
    switch self {
    case .null: "null_type"
    case .bool: "bool"
    case .int: "int"
    case .uint: "uint"
    case .double: "double"
    case .string: "string"
    case .bytes: "bytes"
    case .list: "list"
    case .map: "map"
    case .timestamp: "google.protobuf.Timestamp"
    case .duration: "google.protobuf.Duration"
    case .type: "type"
    case .version: "version"
    case .optional: "optional_type"
    }
  }

  /// Whether the value is the zero of its type: 0, "", an empty list.
  var isZero: Bool {
    switch self {
    case .null: true
    case .bool(let value): !value
    case .int(let value): value == 0
    case .uint(let value): value == 0
    case .double(let value): value == 0
    case .string(let value): value.isEmpty
    case .bytes(let value): value.isEmpty
    case .list(let value): value.isEmpty
    case .map(let value): value.count == 0
    case .timestamp(let value): value.seconds == 0 && value.nanoseconds == 0
    case .duration(let value): value == .zero
    case .type, .version: false
    case .optional(let value): value == nil
    }
  }
}

/// A map that keeps the order of its entries; keys are told apart by value, so that `1` and `1u`
/// are the same.
package struct MapValue: Sendable {
  private var own: [(key: Value, value: Value)] = []
  private var positions: [MapKey: Int] = [:]
  /// The object of a file that this map is; its members become values as they are asked for.
  private let node: Node?

  package init() {
    node = nil
  }

  init(_ node: Node) {
    self.node = node
  }

  package var entries: [(key: Value, value: Value)] {
    guard let node else { return own }
    return node.members.map { (.string($0.key.text ?? ""), Value($0.value)) }
  }

  package var count: Int { node?.count ?? own.count }

  /// Returns the value under a key, or `nil` where there is none.
  package subscript(key: Value) -> Value? {
    if let node {
      guard case .string(let name) = key else { return nil }
      return node[name].map { Value($0) }
    }
    guard let key = MapKey(key), let position = positions[key] else { return nil }
    return own[position].value
  }

  /// Adds an entry.
  ///
  /// - Parameters:
  ///   - value: The value.
  ///   - key: A bool, an int, a uint or a string.
  /// - Returns: Whether the key is of such a type and was not there before.
  package mutating func insert(_ value: Value, under key: Value) -> Bool {
    guard let known = MapKey(key), positions[known] == nil else { return false }
    if case .double = key { return false }
    positions[known] = own.count
    own.append((key, value))
    return true
  }
}

/// A key as it is compared: whole numbers of any type by their value.
private enum MapKey: Hashable {
  case bool(Bool)
  case number(Int128)
  case string([UInt8])

  init?(_ value: Value) {
    switch value {
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .number(Int128(value))
    case .uint(let value): self = .number(Int128(value))
    case .double(let value):
      guard let whole = Int128(exactly: value) else { return nil }
      self = .number(whole)
    case .string(let value): self = .string(Array(value.utf8))
    default: return nil
    }
  }
}

/// Why an expression has no value.
package struct EvaluationError: Error, Hashable, Sendable {
  /// What is wrong, without a full stop.
  package let message: String
  /// Where in the expression, in UTF-8 offsets.
  package var range: Range<Int>

  package init(_ message: String, at range: Range<Int> = 0..<0) {
    self.message = message
    self.range = range
  }

  static func noOverload(_ function: String, _ values: [Value]) -> EvaluationError {
    let types = values.map(\.typeName).joined(separator: ", ")
    return EvaluationError("'\(function)' takes no \(types.isEmpty ? "such values" : types)")
  }
}

/// What is known of a value before there is one.
package indirect enum ValueType: Hashable, Sendable {
  /// Anything: what nothing is known of.
  case any
  case null
  case bool
  case int
  case uint
  case double
  case string
  case bytes
  case timestamp
  case duration
  case version
  case type
  case list(ValueType)
  case map(ValueType)
  /// A mapping with named fields; a closed one has no others.
  case object([String: ValueType], isClosed: Bool)
  case optional(ValueType)

  /// The name that people read.
  package var name: String {
    switch self {
    case .any: "anything"
    case .null: "null"
    case .bool: "a bool"
    case .int: "an int"
    case .uint: "a uint"
    case .double: "a double"
    case .string: "a text"
    case .bytes: "bytes"
    case .timestamp: "a timestamp"
    case .duration: "a duration"
    case .version: "a version"
    case .type: "a type"
    case .list: "a list"
    case .map, .object: "a mapping"
    case .optional: "an optional value"
    }
  }

  var isNumber: Bool { self == .int || self == .uint || self == .double }

  /// Whether a value of this type may be one of the other.
  package func mayBe(_ other: ValueType) -> Bool {
    switch (self, other) {
    case (.any, _), (_, .any): true
    case (.list, .list), (.optional, .optional): true
    case (.map, .map), (.object, .object), (.map, .object), (.object, .map): true
    default: self == other || (isNumber && other.isNumber)
    }
  }
}

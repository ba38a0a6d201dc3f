package import Syntax

extension Value {
  /// Returns what a node of a file means in expressions.
  ///
  /// A whole number that fits is an int, any other number a double; dates are texts, as in the file.
  package init(_ node: Node) {
    switch node.kind {
    case .null: self = .null
    case .true: self = .bool(true)
    case .false: self = .bool(false)
    case .string: self = .string(node.text ?? "")
    case .number:
      let text = node.text ?? "0"
      self = Int64(text).map { .int($0) } ?? .double(Double(text) ?? .nan)
    case .array: self = .list(node.elements.map { Value($0) })
    case .object: self = .map(MapValue(node))
    }
  }

  /// The value as a person reads it: texts in quotes, lists and maps with brackets.
  package var text: String {
    switch self {
    case .string(let text): TextFormat.quoted(text)
    case .list(let list): "[" + list.map(\.text).joined(separator: ", ") + "]"
    case .map(let map):
      "{" + map.entries.map { "\($0.key.text): \($0.value.text)" }.joined(separator: ", ") + "}"
    case .optional(let inner): inner.map { "optional(\($0.text))" } ?? "optional.none()"
    case .bytes(let bytes): "b'" + Base64.encode(bytes) + "'"
    default: (try? TextFormat.text(of: self)) ?? typeName
    }
  }
}

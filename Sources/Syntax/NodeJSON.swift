import Diagnostics

extension Node {
  /// The value as JSON without white space, which readers of YAML take as well.
  package var json: String {
    switch kind {
    case .null: "null"
    case .true: "true"
    case .false: "false"
    case .number: text ?? "0"
    case .string: JSONText.string(text ?? "").text
    case .array: "[" + elements.map(\.json).joined(separator: ",") + "]"
    case .object:
      "{"
        + members.map { JSONText.string($0.key.text ?? "").text + ":" + $0.value.json }
        .joined(separator: ",") + "}"
    }
  }
}

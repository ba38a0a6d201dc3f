package import Comparison
package import Syntax

/// Values of records as lines of text.
package enum ValueText {
  /// From how many characters on a list or a mapping stands on several lines.
  private static let longestLine = 72

  /// Returns a value on one line.
  package static func line(_ node: Node) -> String {
    switch node.kind {
    case .array: "[" + node.elements.map(line).joined(separator: ", ") + "]"
    case .object:
      "{" + node.members.map { "\($0.key.text ?? ""): \(line($0.value))" }.joined(separator: ", ")
        + "}"
    default: (node.text ?? "null").replacing("\n", with: " ")
    }
  }

  /// Returns a value on one line, a text in quotes, so that its type and the white space at its ends are
  /// seen.
  package static func quoted(_ node: Node) -> String {
    guard node.kind == .string, let text = node.text else { return line(node) }
    let escaped = text.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
      .replacing("\r", with: "\\r").replacing("\n", with: "\\n").replacing("\t", with: "\\t")
    return "'\(escaped)'"
  }

  /// Returns a member of a record with all that is in it, what is inside of it below it.
  package static func lines(_ name: String, _ node: Node) -> [String] {
    switch node.kind {
    case .array where !isShort(node):
      let elements = node.elements.flatMap { element -> [String] in
        let inner = element.kind == .object ? members(of: element) : lines("", element)
        return inner.enumerated().map { ($0 == 0 ? "- " : "  ") + $1 }
      }
      return (name.isEmpty ? [] : ["\(name):"]) + elements.map { (name.isEmpty ? "" : "  ") + $0 }
    case .object where !isShort(node):
      return ["\(name):"] + members(of: node).map { "  " + $0 }
    case .array, .object: return [prefixed(name, line(node))]
    default:
      let text = node.text ?? "null"
      guard text.utf8.contains(0x0A) else { return [prefixed(name, text)] }
      let lines = textLines(text)
      return name.isEmpty ? lines : ["\(name):"] + lines.map { "  " + $0 }
    }
  }

  private static func members(of node: Node) -> [String] {
    node.members.flatMap { lines($0.key.text ?? "", $0.value) }
  }

  private static func prefixed(_ name: String, _ text: String) -> String {
    name.isEmpty ? text : "\(name): \(text)"
  }

  /// Whether a list or a mapping fits on a line.
  private static func isShort(_ node: Node) -> Bool {
    node.tree.nodes[node.index].stop - node.tree.nodes[node.index].start <= longestLine
      && node.elements.allSatisfy { $0.kind != .object && $0.kind != .array }
      && node.members.allSatisfy { $0.value.kind != .object && $0.value.kind != .array }
      && !line(node).isEmpty && !hasLineBreak(node)
  }

  private static func hasLineBreak(_ node: Node) -> Bool {
    (node.elements + node.members.map(\.value)).contains { $0.bytes.contains(0x0A) }
  }

  /// Returns the lines of a text; the line break at its end begins none.
  static func textLines(_ text: String) -> [String] {
    var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map { String($0) }
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// The most places of a list that are counted up one by one.
  private static let mostPlaces = 12

  /// Returns the places that the elements of a list had, as `order 2, 1`, of a long one those that moved;
  /// `nil` where a field is no list in another order.
  package static func order(of field: FieldChange) -> String? {
    guard !field.order.isEmpty else { return nil }
    func list(_ places: [Int]) -> String { places.map(String.init).joined(separator: ", ") }
    guard field.order.count > mostPlaces else { return "order " + list(field.order) }
    let moved = field.moved
    let more = moved.count > mostPlaces ? " and \(moved.count - mostPlaces) more" : ""
    return "order changed, moved: " + list(Array(moved.prefix(mostPlaces))) + more
  }

  /// Returns what differs of two values that readers might take for the same; none where they see it.
  package static func notes(on field: FieldChange) -> [String] {
    guard let old = field.old, let new = field.new else { return [] }
    guard old.kind == new.kind else {
      guard line(old) == line(new) else { return [] }
      return ["\(name(of: old.kind)) becomes \(name(of: new.kind))"]
    }
    guard old.kind == .string else { return [] }
    return Unseen.notes(from: old.text ?? "", to: new.text ?? "")
  }

  private static func name(of kind: RawNode.Kind) -> String {
    switch kind {
    case .string: "text"
    case .number: "number"
    case .true, .false: "truth value"
    case .null: "nothing"
    case .array: "list"
    case .object: "mapping"
    }
  }
}

package import CEL
package import Registry
package import Rules
import SourceText
import Syntax

/// The fields that a register's schema computes and its records do not store.
package struct ComputedFields {
  private let expressions: [String: Expression]
  private let functions: OwnFunctions

  /// Finds what the schema of a register computes.
  package init(of register: Register, in index: RecordIndex) {
    functions = OwnFunctions(over: index)
    let schema = index.snapshot.rulebook.schemas.first { $0.file.path == register.schemaPath }
    var expressions: [String: Expression] = [:]
    for member in schema?.root?["properties"]?.members ?? [] {
      guard let source = member.value["x-computed"]?.text else { continue }
      // One that is no expression is told by the check.
      expressions[member.key.text ?? ""] = try? Parser.expression(source)
    }
    self.expressions = expressions
  }

  /// Returns what a record that does not store a field has in it, or `nil` where nothing follows.
  package func value(of property: String, in record: Record) -> Value? {
    guard record.node[property] == nil, let expression = expressions[property] else { return nil }
    var interpreter = Interpreter(
      variables: ["self": Value(record.node)], functions: functions.call)
    return try? interpreter.value(of: expression)
  }

  /// Returns the value as text: of what is stored or computed.
  package func text(of property: String, in record: Record) -> String? {
    if let stored = record.text(of: property) { return stored }
    switch value(of: property, in: record) {
    case .string(let text)?: return text
    case let value?: return value.text
    case nil: return nil
    }
  }

  /// The computed fields of a record by name.
  package func values(in record: Record) -> [String: Value] {
    expressions.keys.reduce(into: [:]) { $0[$1] = value(of: $1, in: record) }
  }
}

import CEL
package import Diagnostics
import JSONSchema
package import Registry
package import Syntax

extension RecordIndex {
  /// A value that is stored and follows from others, as its schema says, with what it should be.
  package struct StaleValue: Sendable {
    /// The value that is stored.
    package let node: Node
    /// What the schema computes.
    package let computed: Node
  }

  /// Returns the stored values of a file that are not what its schema computes.
  ///
  /// - Parameters:
  ///   - file: The file as it would be.
  ///   - register: The position of its register.
  /// - Returns: Those whose computed value a file can hold, in the order of the file.
  package func staleValues(of file: RegisterFile, in register: Int) -> [StaleValue] {
    let computed = file.annotations.filter { OwnKeyword.allCases[$0.keyword] == .computed }
    guard !computed.isEmpty else { return [] }
    var dropped = Report()
    let inspection = Inspection(
      of: replacing(file.path, of: register, with: file), into: &dropped)
    return computed.compactMap { annotation in
      guard let expression = inspection.expressions.expression(at: annotation.value),
        let owner = annotation.instance.owner,
        let value = try? inspection.value(of: expression, on: owner),
        !inspection.functions.hasMetUnread, !value.isEqual(to: Value(annotation.instance)),
        let scalar = Self.scalar(value)
      else { return nil }
      return StaleValue(node: annotation.instance, computed: scalar.node)
    }
  }

  /// Returns what a file can hold of a value.
  static func scalar(_ value: Value) -> Remedy.Scalar? {
    switch value {
    case .string(let text): .text(text)
    case .int, .uint, .double: .number(value.text)
    case .bool(let value): .truth(value)
    default: nil
    }
  }
}

extension Remedy.Scalar {
  /// The value as a node.
  package var node: Node {
    switch self {
    case .text(let text): .text(text)
    case .number(let number): .number(number)
    case .truth(let value): .bool(value)
    }
  }
}

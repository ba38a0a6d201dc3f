import CEL
package import Diagnostics
import JSONSchema
import Registry
import SourceText
import Syntax

extension Rule {
  /// What schemas say in expressions: values that follow from others, and rules with words of
  /// their own.
  static let recordRules = Rule(
    [.computedDiffers, .brokenRule, .failedRule, .badExpression],
    requirement: "Every record obeys the expressions of its schema."
  ) { index, report in
    let expressions = SchemaExpressions(in: index.snapshot.schemas, into: &report)
    for file in index.snapshot.files {
      for annotation in file.annotations {
        switch OwnKeyword.allCases[annotation.keyword] {
        case .computed: checkComputed(annotation, expressions, &report)
        case .rules: checkRules(annotation, expressions, &report)
        default: break
        }
      }
    }
  }

  private static func checkComputed(
    _ annotation: Annotation, _ expressions: SchemaExpressions, _ report: inout Report
  ) {
    guard let expression = expressions.expression(at: annotation.value),
      let owner = annotation.instance.owner
    else { return }
    do throws(EvaluationError) {
      let computed = try value(of: expression, on: owner)
      guard !computed.isEqual(to: Value(annotation.instance)) else { return }
      report.error(
        .computedDiffers,
        .differs(annotation.instance.text ?? "", annotation.value.text ?? "", computed.text),
        at: annotation.instance.range, help: "Write \(computed.text), or correct the other fields")
    } catch {
      fail(error, annotation.value, at: annotation.instance, &report)
    }
  }

  private static func checkRules(
    _ annotation: Annotation, _ expressions: SchemaExpressions, _ report: inout Report
  ) {
    for rule in annotation.value.elements {
      // A rule that names the old version speaks of two versions, not of one.
      guard let source = rule["rule"], source.text?.contains("oldSelf") == false,
        let expression = expressions.expression(at: source)
      else { continue }
      do throws(EvaluationError) {
        guard case .bool(let holds) = try value(of: expression, on: annotation.instance) else {
          throw EvaluationError("a rule is true or false")
        }
        guard !holds else { continue }
        let place = rule["at"]?.text.flatMap { annotation.instance[$0] } ?? annotation.instance
        let severity = rule["severity"]?.text.flatMap(Diagnostic.Severity.init) ?? .error
        report.add(
          Diagnostic(
            severity, rule["code"]?.text.map(Diagnostic.Code.init(rawValue:)) ?? .brokenRule,
            .init(filled(rule["message"]?.text ?? "", on: annotation.instance)), at: place.range,
            help: rule["help"]?.text))
      } catch {
        fail(error, source, at: annotation.instance, &report)
      }
    }
  }

  private static func value(
    of expression: Expression, on owner: Node
  ) throws(EvaluationError) -> Value {
    var interpreter = Interpreter(variables: ["self": Value(owner)])
    return try interpreter.value(of: expression)
  }

  /// Returns a message with each `{expression}` replaced by its value.
  private static func filled(_ message: String, on owner: Node) -> String {
    var result = ""
    var rest = Substring(message)
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      result += rest[..<open]
      let source = String(rest[rest.index(after: open)..<close])
      let expression = try? Parser.expression(source)
      switch expression.flatMap({ try? value(of: $0, on: owner) }) {
      case .string(let text): result += text
      case let value?: result += value.text
      case nil: result += "{\(source)}"
      }
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }

  private static func fail(
    _ error: EvaluationError, _ source: Node, at instance: Node, _ report: inout Report
  ) {
    report.error(
      .failedRule, "a rule of the schema cannot be decided: \(error.message)",
      at: instance.range, related: [.init("this rule", at: source.range)],
      help: "Complete the record, or let the rule ask with has(self.…) first")
  }
}

extension Node {
  /// The innermost object that this value stands in.
  fileprivate var owner: Node? {
    var candidate = index - 1
    while candidate >= 0 {
      let node = tree.nodes[candidate]
      if node.kind == .object, Int(node.end) > index { return Node(tree: tree, index: candidate) }
      candidate -= 1
    }
    return nil
  }
}

extension Diagnostic.Code {
  /// A stored value differs from what its schema computes.
  package static let computedDiffers: Self = "record/computed"
  /// A rule of a schema without a code of its own is broken.
  package static let brokenRule: Self = "record/rule"
  /// A rule of a schema has no answer for a record.
  package static let failedRule: Self = "record/undecided-rule"
}

extension Diagnostic.Message {
  fileprivate static func differs(_ stored: String, _ source: String, _ computed: String) -> Self {
    "the value is \(stored), and \(source) gives \(computed)"
  }
}

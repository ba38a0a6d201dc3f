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
    [.computedDiffers, .brokenRule, .failedRule, .badExpression, .duplicateKey],
    requirement: "Every record obeys the expressions of its schema.", .ofFiles
  ) { inspection, report in
    for file in inspection.files(reading: true) { checkExpressions(of: file, inspection, &report) }
  }

  static func checkExpressions(
    of file: RegisterFile, _ inspection: Inspection, _ report: inout Report
  ) {
    for annotation in file.annotations
    where inspection.mayDiffer(annotation.instance, in: file) {
      switch OwnKeyword.allCases[annotation.keyword] {
      case .computed: checkComputed(annotation, inspection, &report)
      case .rules: checkRules(annotation, inspection, &report)
      case .key: checkKeys(annotation, &report)
      default: break
      }
    }
  }

  private static func checkComputed(
    _ annotation: Annotation, _ inspection: Inspection, _ report: inout Report
  ) {
    guard let expression = inspection.expressions.expression(at: annotation.value),
      let owner = annotation.instance.owner
    else { return }
    guard !inspection.functions.isSpent else {
      if inspection.functions.tellsSpent() { report.add(.spent(at: annotation.value.range)) }
      return
    }
    inspection.functions.hasMetUnread = false
    do throws(EvaluationError) {
      let computed = try inspection.value(of: expression, on: owner)
      guard !inspection.functions.hasMetUnread, !computed.isEqual(to: Value(annotation.instance))
      else { return }
      report.error(
        .computedDiffers,
        .differs(annotation.instance.text ?? "", annotation.value.text ?? "", computed.text),
        at: annotation.instance.range, help: "Write \(computed.text), or correct the other fields",
        remedy: RecordIndex.scalar(computed).map { Remedy(.set(annotation.instance.range, $0)) })
    } catch {
      inspection.tell(error, of: annotation.value, on: owner, at: annotation.instance, &report)
    }
  }

  /// A key that two elements have tells neither from the other.
  private static func checkKeys(_ annotation: Annotation, _ report: inout Report) {
    guard let name = annotation.value.string else { return }
    var first: [String: Node] = [:]
    for element in annotation.instance.elements {
      guard let key = element[name], let text = key.text else { continue }
      guard let earlier = first.updateValue(key, forKey: text) else { continue }
      report.error(
        .duplicateKey, .duplicateKey(name, text), at: key.range,
        related: [.init("first used here", at: earlier.range)],
        help: "Put both into one element, where they say the same of one \(name); "
          + "or correct the '\(name)' that is wrong")
    }
  }

  private static func checkRules(
    _ annotation: Annotation, _ inspection: Inspection, _ report: inout Report
  ) {
    // A rule that names the old version speaks of two versions, not of one.
    for rule in inspection.expressions.rules(at: annotation.value) where !rule.namesOldVersion {
      inspection.apply(rule, to: annotation.instance, into: &report)
    }
  }
}

extension Inspection {
  /// Evaluates a rule of a schema and reports where it does not hold.
  ///
  /// - Parameters:
  ///   - prepared: The rule.
  ///   - owner: The value that the rule is about.
  ///   - old: The value before, for a rule between two versions.
  ///   - report: Where findings go.
  func apply(
    _ prepared: SchemaExpressions.PreparedRule, to owner: Node, old: Node? = nil,
    into report: inout Report
  ) {
    guard !functions.isSpent else {
      if functions.tellsSpent() { report.add(.spent(at: prepared.source.range)) }
      return
    }
    functions.hasMetUnread = false
    do throws(EvaluationError) {
      guard case .bool(let holds) = try value(of: prepared.expression, on: owner, old: old)
      else {
        throw EvaluationError("a rule is true or false")
      }
      // What rests on a file that cannot be read is not decided by it.
      guard !holds, !functions.hasMetUnread else { return }
      let rule = prepared.rule
      let place = rule["at"]?.text.flatMap { owner[$0] } ?? owner
      let severity = rule["severity"]?.text.flatMap(Diagnostic.Severity.init) ?? .error
      report.add(
        Diagnostic(
          severity, rule["code"]?.text.map(Diagnostic.Code.init(rawValue:)) ?? .brokenRule,
          .init(filled(rule["message"]?.text ?? "", on: owner, old: old)), at: place.range,
          help: rule["help"]?.text.map { filled($0, on: owner, old: old) }))
    } catch {
      tell(error, of: prepared.source, on: owner, old: old, at: owner, &report)
    }
  }

  /// Reports an expression that has no answer, unless its cause is told already: an error that was found in
  /// the value itself, or in the one before when that was committed.
  ///
  /// - Parameters:
  ///   - error: Why it has none.
  ///   - source: The expression.
  ///   - owner: The value that it is about.
  ///   - old: The value before, for an expression about two versions.
  ///   - place: The value at which it is told.
  ///   - report: Where findings go.
  func tell(
    _ error: EvaluationError, of source: Node, on owner: Node, old: Node? = nil, at place: Node,
    _ report: inout Report
  ) {
    guard !functions.isSpent else {
      if functions.tellsSpent() { report.add(.spent(at: source.range)) }
      return
    }
    // What is wrong with a value is told where it stands, and not once more by what cannot be made of it.
    guard !functions.hasMetUnread, !current.snapshot.hasFault(in: owner),
      !(old.map { previous?.snapshot.hasFault(in: $0) ?? false } ?? false),
      !restsOnFault(source, on: owner, old: old)
    else { return }
    report.error(
      .failedRule, "a rule of the schema cannot be decided: \(error.message)", at: place.range,
      related: [.init("this rule", at: source.range)],
      help: "Complete the record, or let the rule ask with has(self.…) first")
  }

  /// Whether an expression that has no value reads another record in which a value has an error.
  private func restsOnFault(_ source: Node, on owner: Node, old: Node?) -> Bool {
    guard
      let expression = expressions.expression(at: source)
        ?? source.text.flatMap({ try? Parser.expression($0) })
    else { return false }
    let readBefore = functions.reads
    functions.reads = []
    defer { functions.reads = readBefore.map { $0.union(functions.reads ?? []) } }
    _ = try? value(of: expression, on: owner, old: old)
    return (functions.reads ?? []).contains { read in
      switch read {
      case .record(let id, let register):
        current.record(id, in: register).map { current.snapshot.hasFault(in: $0.node) } ?? false
      case .register(let register):
        current.records[register].contains { current.snapshot.hasFault(in: $0.node) }
      }
    }
  }

  /// Evaluates an expression with a value as `self`, and the one before as `oldSelf`.
  func value(
    of expression: Expression, on owner: Node, old: Node? = nil
  ) throws(EvaluationError) -> Value {
    var names = [(name: "self", value: Value(owner))]
    if let old { names.append(("oldSelf", Value(old))) }
    guard !functions.isSpent else {
      throw EvaluationError("the expressions of this check take too many steps together")
    }
    var interpreter = Interpreter(
      names: names, functions: functions.call, costLimit: functions.allowance)
    defer { functions.spend(interpreter.cost) }
    return try interpreter.value(of: expression)
  }

  /// Returns a message with each `{expression}` replaced by its value; by an ellipsis where it has none.
  func filled(_ message: String, on owner: Node, old: Node?) -> String {
    var result = ""
    for part in MessageTemplate(message).parts {
      switch part {
      case .text(let text): result += text
      case .expression(let source, _):
        let expression = try? Parser.expression(source)
        switch expression.flatMap({ try? value(of: $0, on: owner, old: old) }) {
        case .string(let text): result += text
        case let value?: result += value.text
        case nil: result += "…"
        }
      }
    }
    return result
  }
}

extension Diagnostic {
  /// Returns the finding for the expression on which the last steps of a check were spent.
  static func spent(at place: SourceRange) -> Diagnostic {
    Diagnostic(
      .error, .failedRule,
      "the rules of all records together take too many steps, and those after this are not decided",
      at: place,
      help: "Let the rule ask for one record by its id, instead of going through all for each")
  }
}

/// A message with expressions in braces.
package struct MessageTemplate {
  package enum Part {
    case text(Substring)
    /// An expression, and where it begins in the message, in UTF-8.
    case expression(String, Int)
  }

  package let parts: [Part]

  package init(_ message: String) {
    var parts: [Part] = []
    var rest = Substring(message)
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      parts.append(.text(rest[..<open]))
      let start = rest.index(after: open)
      parts.append(
        .expression(
          String(rest[start..<close]), message.utf8.distance(from: message.startIndex, to: start)))
      rest = rest[rest.index(after: close)...]
    }
    self.parts = parts + [.text(rest)]
  }
}

extension Node {
  /// The innermost object that this value stands in.
  var owner: Node? {
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
  /// Two elements of a list have the same key.
  package static let duplicateKey: Self = "list/duplicate-key"
  /// A rule of a schema without a code of its own is broken.
  package static let brokenRule: Self = "record/rule"
  /// A rule of a schema has no answer for a record.
  package static let failedRule: Self = "record/undecided-rule"
}

extension Diagnostic.Message {
  fileprivate static func duplicateKey(_ name: String, _ text: String) -> Self {
    "two elements of the list have the \(name) '\(text)'"
  }
  fileprivate static func differs(_ stored: String, _ source: String, _ computed: String) -> Self {
    "the value is \(stored), and \(source) gives \(computed)"
  }
}

package import CEL
import Diagnostics
package import Registry
package import Rules
package import Syntax

/// An expression that a user wrote, evaluated on records.
package struct Query {
  private let source: String
  private let expression: Expression
  private let type: ValueType
  private let names: [String: ValueType]
  private let functions: OwnFunctions?

  /// Parses what a user wrote, and checks it against what is known of its names.
  ///
  /// - Parameters:
  ///   - source: The expression.
  ///   - index: The records that its functions look at, if there are any.
  ///   - names: The names that it may use, with what is known of their values.
  ///   - texts: For fields of which all texts are listed, those.
  /// - Throws: `Failure` where it is no expression, or surely has no value.
  package init(
    _ source: String, over index: RecordIndex?, names: [String: ValueType],
    texts: [String: [String]] = [:]
  ) throws(Failure) {
    self.source = source
    self.names = names
    functions = index.map { OwnFunctions(over: $0) }
    do throws(ExpressionError) {
      expression = try Parser.expression(source)
      var checker = Checker(
        names: names, functions: functions == nil ? [] : OwnFunctions.signatures)
      type = try checker.type(of: expression)
    } catch {
      throw Failure(Self.picture(of: error.message, in: source, at: error.range))
    }
    for comparison in Parser.comparisons(in: source) {
      guard let known = texts[comparison.field], !known.contains(comparison.text) else { continue }
      throw Failure(
        Self.picture(
          of: "'\(comparison.field)' is never '\(comparison.text)'", in: source,
          at: comparison.range),
        hint: advice(for: comparison.text, among: known)
          ?? "It is one of: \(known.joined(separator: ", "))")
    }
  }

  /// Returns the names that an expression on records of a register may use: the fields that its schema describes
  /// and those that the records have, and `self`.
  package static func names(
    of records: [Record], in register: Register, _ rulebook: Rulebook
  ) -> [String: ValueType] {
    let whole = rulebook.type(of: register)
    var names: [String: ValueType] = [:]
    for record in records {
      for member in record.node.members { names[member.key.text ?? ""] = .any }
    }
    if case .object(let fields, _) = whole { names.merge(fields) { $1 } }
    names["self"] = whole
    return names
  }

  /// Whether an answer rests on files that could not be read.
  package var restsOnUnread: Bool { functions?.hasMetUnread ?? false }

  /// Evaluates the expression with the fields of a record as names, and the record as `self`.
  ///
  /// - Parameters:
  ///   - record: The record, if there is one; a field that it lacks is null.
  ///   - computed: The fields that the record does not store.
  /// - Returns: The value.
  /// - Throws: `EvaluationError` where there is none.
  package func value(
    on record: Node?, computed: [String: Value] = [:]
  ) throws(EvaluationError) -> Value {
    var variables = names.mapValues { _ in Value.null }
    variables.merge(computed) { $1 }
    if let record {
      variables["self"] = Value(record)
      for member in record.members { variables[member.key.text ?? ""] = Value(member.value) }
    }
    var interpreter = Interpreter(variables: variables, functions: functions?.call)
    return try interpreter.value(of: expression)
  }

  /// Returns the failure that shows where an evaluation went wrong.
  package func failure(_ error: EvaluationError) -> Failure {
    Failure(Self.picture(of: error.message, in: source, at: error.range))
  }

  /// Returns the records for which the expression is true.
  ///
  /// A record that lacks a field which the expression names, and for which that leads to no answer, is left out.
  ///
  /// - Parameters:
  ///   - records: The records to choose from.
  ///   - computed: The fields that they do not store.
  /// - Returns: The records.
  /// - Throws: `Failure` where the expression is neither true nor false, or a record that has all its fields has
  ///   no answer.
  package func filter(_ records: [Record], computed: ComputedFields) throws(Failure) -> [Record] {
    let used = Parser.identifiers(in: source).filter { names[$0] != nil && $0 != "self" }
    let isNeither = EvaluationError("this is neither true nor false", at: expression.range)
    guard type.mayBe(.bool) else { throw failure(isNeither) }
    var kept: [Record] = []
    for record in records {
      let values = computed.values(in: record)
      do throws(EvaluationError) {
        guard case .bool(let holds) = try value(on: record.node, computed: values) else {
          throw isNeither
        }
        if holds { kept.append(record) }
      } catch {
        let lacksOne = used.contains { name in
          values[name] == nil && record.node[name].map { $0.kind == .null } ?? true
        }
        guard lacksOne else {
          throw Failure(
            "of '\(record.id)': " + Self.picture(of: error.message, in: source, at: error.range))
        }
      }
    }
    return kept
  }

  /// Shows a message over the expression with a caret under what it speaks of.
  private static func picture(of message: String, in source: String, at range: Range<Int>) -> String
  {
    let before = String(decoding: Array(source.utf8).prefix(range.lowerBound), as: UTF8.self)
    let marked = String(
      decoding: Array(source.utf8)[range.clamped(to: 0..<source.utf8.count)], as: UTF8.self)
    let carets = String(repeating: "^", count: max(1, marked.count))
    return "\(message)\n  \(source)\n  \(String(repeating: " ", count: before.count))\(carets)"
  }
}

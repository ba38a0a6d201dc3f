import CEL
import Registry
import Rules
import Syntax

/// An expression that a user wrote, evaluated on records.
struct Query {
  private let source: String
  private let expression: Expression
  private let functions: OwnFunctions?

  /// Parses what a user wrote.
  ///
  /// - Parameters:
  ///   - source: The expression.
  ///   - index: The records that its functions look at, if there are any.
  /// - Throws: `Failure` where it is no expression.
  init(_ source: String, over index: RecordIndex?) throws(Failure) {
    self.source = source
    functions = index.map { OwnFunctions(over: $0) }
    do throws(ExpressionError) {
      expression = try Parser.expression(source)
    } catch {
      throw Failure(Self.picture(of: error.message, in: source, at: error.range))
    }
  }

  /// Evaluates the expression with the fields of a record as names, and the record as `self`.
  ///
  /// - Parameters:
  ///   - record: The record, if there is one.
  ///   - fields: Names that are null where the record has no such field.
  ///   - computed: The fields that the record does not store.
  /// - Returns: The value.
  /// - Throws: `EvaluationError` where there is none.
  func value(
    on record: Node?, fields: Set<String> = [], computed: [String: Value] = [:]
  ) throws(EvaluationError) -> Value {
    var variables = Dictionary(uniqueKeysWithValues: fields.map { ($0, Value.null) })
    variables.merge(computed) { $1 }
    if let record {
      variables["self"] = Value(record)
      for member in record.members { variables[member.key.text ?? ""] = Value(member.value) }
    }
    var interpreter = Interpreter(variables: variables, functions: functions?.call)
    return try interpreter.value(of: expression)
  }

  /// Returns the failure that shows where an evaluation went wrong.
  func failure(_ error: EvaluationError) -> Failure {
    Failure(Self.picture(of: error.message, in: source, at: error.range))
  }

  /// Returns the records for which the expression is true.
  ///
  /// A field that a record lacks is null; a record for which that leads to no answer is left out, as
  /// long as there is an answer for some.
  ///
  /// - Parameters:
  ///   - records: The records to choose from.
  ///   - computed: The fields that they do not store.
  /// - Returns: The records.
  /// - Throws: `Failure` where there is an answer for none.
  func filter(_ records: [Record], computed: ComputedFields) throws(Failure) -> [Record] {
    var fields: Set<String> = []
    for record in records {
      for member in record.node.members { fields.insert(member.key.text ?? "") }
    }
    var kept: [Record] = []
    var answers = 0
    var failure: EvaluationError?
    for record in records {
      do throws(EvaluationError) {
        guard
          case .bool(let holds) = try value(
            on: record.node, fields: fields, computed: computed.values(in: record))
        else {
          throw EvaluationError("this is neither true nor false", at: expression.range)
        }
        answers += 1
        if holds { kept.append(record) }
      } catch {
        failure = error
      }
    }
    if answers == 0, let failure { throw self.failure(failure) }
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

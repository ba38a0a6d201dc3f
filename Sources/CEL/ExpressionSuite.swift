package import Diagnostics
package import SourceText
import Syntax

/// Runs cases in the format that the conformance suite of the language is kept in here.
///
/// One JSON object a line: `expr`, `bindings`, `container`, and in `expect` a `value` or an `error`. A
/// value is `{type, value}`; an error case passes where the evaluation fails, whatever its words.
package struct ExpressionSuite {
  package private(set) var passed = 0
  package private(set) var failed = 0

  package init() {}

  /// Runs the cases of a file; each that fails becomes a finding at its expression.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - report: Where findings go.
  package mutating func run(_ file: SourceFile, into report: inout Report) {
    let lines = LineIndex(file)
    for line in 1...lines.count {
      let range = lines.offsets(ofLine: line)
      guard !range.isEmpty else { continue }
      // A line is a document of its own; places are given in the file.
      let part = SourceFile(path: file.path, bytes: Array(file.bytes[range]))
      guard let item = JSONReader.tree(of: part, into: &report)?.root else { continue }
      let place = SourceRange(file.path, range.lowerBound..<range.lowerBound)
      guard let source = item["expr"]?.text, let expected = item["expect"] else {
        report.error(
          .badExpressionCase, "a case has 'expr' and 'expect'", at: place, help: "Add them")
        continue
      }
      let outcome = Self.outcome(of: source, item)
      if Self.fits(outcome, expected) {
        passed += 1
        continue
      }
      failed += 1
      let name = ["file", "section", "name"].compactMap { item[$0]?.text }.joined(separator: "/")
      report.error(
        .failedExpressionCase, "\(name): \(source) gives \(Self.words(for: outcome))", at: place,
        help: "Expected is \(Self.describe(expected))")
    }
  }

  private static func outcome(of source: String, _ item: Node) -> Result<Value, EvaluationError> {
    var variables: [String: Value] = [:]
    for member in item["bindings"]?.members ?? [] {
      variables[member.key.text ?? ""] = value(member.value)
    }
    var interpreter = Interpreter(
      variables: variables, container: item["container"]?.text ?? "")
    do throws(ExpressionError) {
      let expression = try Parser.expression(source)
      do throws(EvaluationError) {
        return .success(try interpreter.value(of: expression))
      } catch {
        return .failure(error)
      }
    } catch {
      return .failure(EvaluationError(error.message, at: error.range))
    }
  }

  private static func fits(_ outcome: Result<Value, EvaluationError>, _ expected: Node) -> Bool {
    switch outcome {
    case .failure: return expected["error"] != nil
    case .success(let found):
      guard let wanted = expected["value"].flatMap({ value($0) }) else { return false }
      return areSame(found, wanted)
    }
  }

  /// Whether two values are the same: of one type, and NaN is NaN.
  private static func areSame(_ found: Value, _ wanted: Value) -> Bool {
    switch (found, wanted) {
    case (.double(let one), .double(let two)): return one == two || (one.isNaN && two.isNaN)
    case (.list(let one), .list(let two)):
      return one.count == two.count && zip(one, two).allSatisfy { areSame($0, $1) }
    case (.map(let one), .map(let two)):
      return one.entries.count == two.entries.count
        && two.entries.allSatisfy { key, value in one[key].map { areSame($0, value) } ?? false }
    default: return found.typeName == wanted.typeName && found.isEqual(to: wanted)
    }
  }

  private static func value(_ node: Node) -> Value? {
    let text = node["value"]?.text ?? ""
    switch node["type"]?.text {
    case "null": return .null
    case "bool": return node["value"]?.bool.map { .bool($0) }
    case "int": return Int64(text).map { .int($0) }
    case "uint": return UInt64(text).map { .uint($0) }
    case "double": return .double(Double(text.replacingInfinity) ?? .nan)
    case "string": return .string(text)
    case "bytes": return Base64.decode(text).map { .bytes($0) }
    case "type": return .type(text)
    case "timestamp": return Timestamp(text).map { .timestamp($0) }
    case "duration": return TimeSpan(text).map { .duration($0) }
    case "list": return .list((node["value"]?.elements ?? []).compactMap { value($0) })
    case "map":
      var map = MapValue()
      for pair in node["value"]?.elements ?? [] where pair.count == 2 {
        guard let key = value(pair.elements[0]), let value = value(pair.elements[1]) else {
          return nil
        }
        _ = map.insert(value, under: key)
      }
      return .map(map)
    default: return nil
    }
  }

  private static func words(for outcome: Result<Value, EvaluationError>) -> String {
    switch outcome {
    case .failure(let error): "an error: \(error.message)"
    case .success(let value): "\(value.typeName) \((try? TextFormat.text(of: value)) ?? "")"
    }
  }

  private static func describe(_ expected: Node) -> String {
    if expected["error"] != nil { return "an error" }
    guard let wanted = expected["value"].flatMap({ value($0) }) else { return "something unknown" }
    return "\(wanted.typeName) \((try? TextFormat.text(of: wanted)) ?? "")"
  }
}

extension String {
  /// The text of a double as `Double.init` reads it.
  fileprivate var replacingInfinity: String {
    self == "Infinity" ? "inf" : self == "-Infinity" ? "-inf" : self
  }
}

extension Diagnostic.Code {
  /// A case of a suite of expressions does not come out as it says.
  package static let failedExpressionCase: Self = "expression/failed-case"
  /// A line of a suite of expressions is no case.
  package static let badExpressionCase: Self = "expression/bad-case"
}

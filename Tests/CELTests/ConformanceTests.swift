import CEL
import Diagnostics
import Foundation
import RegistrarTestSupport
import SourceText
import Testing

/// Cases whose expectation lost an escape when the suite was converted: the expression has `?`, the
/// expectation `\?`, which in the original is the same character.
private let misconverted = [
  "parse/bytes_literals/triple_single_quoted_unescaped_punctuation",
  "parse/bytes_literals/triple_double_quoted_unescaped_punctuation",
]

@Test func `the conformance suite of the language passes`() throws {
  guard let folder = Conformance.folder else {
    #expect(!Conformance.isRequired, "the foreign test suites are absent")
    return
  }
  let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/cel/cases.jsonl"))
  let path = try #require(RepoPath("cases.jsonl"))
  var suite = ExpressionSuite()
  var report = Report()
  suite.run(SourceFile(path: path, bytes: Array(data)), into: &report)
  #expect(suite.passed == 967)
  let unexpected = report.diagnostics.filter { finding in
    !misconverted.contains { finding.message.text.hasPrefix($0) }
  }
  #expect(unexpected.map(\.message.text) == [])
}

@Test func `the checker refuses nothing that has a value`() throws {
  guard let folder = Conformance.folder else {
    #expect(!Conformance.isRequired, "the foreign test suites are absent")
    return
  }
  let text = try String(contentsOfFile: folder + "/cel/cases.jsonl", encoding: .utf8)
  var accepted = 0
  for line in text.split(separator: "\n") {
    let parsed = try JSONSerialization.jsonObject(with: Data(line.utf8))
    let item = try #require(parsed as? [String: Any])
    let bindings = (item["bindings"] as? [String: Any]) ?? [:]
    let isPlain = item["container"] == nil && !bindings.keys.contains { $0.contains(".") }
    guard let source = item["expr"] as? String, isPlain, item["disable_check"] == nil,
      let expression = try? Parser.expression(source)
    else { continue }
    var checker = Checker(names: bindings.mapValues { _ in .any })
    let expectsValue = (item["expect"] as? [String: Any])?["value"] != nil
    do throws(ExpressionError) {
      _ = try checker.type(of: expression)
      accepted += expectsValue ? 1 : 0
    } catch {
      #expect(!expectsValue, "\(source): \(error.message)")
    }
  }
  #expect(accepted > 700)
}

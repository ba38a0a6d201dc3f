package import Diagnostics
import SourceText
package import Syntax

/// Runs test files in the format of the JSON Schema Test Suite.
///
/// A file is a list of groups, each with a `schema` and `tests` of `data` that must or must not be
/// `valid`. People who write schemas need such tests as much as people who write validators.
package struct SchemaSuite {
  /// What became of the tests of one or more files.
  package struct Outcome: Sendable {
    package var passed = 0
    package var failed = 0

    package init() {}
  }

  private let options: Compiler.Options
  private let load: (String) -> SyntaxTree?

  /// Makes a runner.
  ///
  /// - Parameters:
  ///   - options: What schemas are compiled with.
  ///   - load: Returns the document under an absolute URI, or `nil`.
  package init(options: Compiler.Options, load: @escaping (String) -> SyntaxTree?) {
    self.options = options
    self.load = load
  }

  /// Runs the tests of one file; each that fails becomes a finding at its `valid`.
  ///
  /// - Parameters:
  ///   - tree: The parsed file.
  ///   - outcome: Where passed and failed tests are counted.
  ///   - report: Where findings go.
  package func run(_ tree: SyntaxTree, into outcome: inout Outcome, _ report: inout Report) {
    guard let root = tree.root, root.kind == .array else {
      report.error(
        .badSuite, "a test file is a list of groups", at: .file(tree.file.path),
        help: "Write [{\"description\": …, \"schema\": …, \"tests\": […]}]")
      return
    }
    for (position, group) in root.elements.enumerated() {
      run(group, at: "registrar-test:/\(tree.file.path)/\(position)", into: &outcome, &report)
    }
  }

  private func run(
    _ group: Node, at uri: String, into outcome: inout Outcome, _ report: inout Report
  ) {
    guard let schema = group["schema"], let tests = group["tests"], tests.kind == .array else {
      report.error(
        .badSuite, "a group has a 'schema' and a list of 'tests'", at: group.range,
        help: "Add what is missing")
      return
    }
    let library = SchemaLibrary(load: load)
    let program = Compiler.program(for: schema, at: uri, library: library, options: options)
    report.merge(library.report)
    let evaluator = Evaluator(program)
    for test in tests.elements {
      guard let data = test["data"], let expected = test["valid"], let isValid = expected.bool
      else {
        report.error(
          .badSuite, "a test has 'data' and 'valid', which is true or false", at: test.range,
          help: "Add what is missing")
        continue
      }
      var findings = Report()
      _ = evaluator.check(data, into: &findings)
      if findings.hasErrors != isValid {
        outcome.passed += 1
        continue
      }
      outcome.failed += 1
      let title = [group["description"]?.text, test["description"]?.text].compactMap(\.self)
        .joined(separator: ": ")
      report.error(
        .failedTest, .failedTest(title, expected: isValid), at: expected.range,
        related: findings.sorted.map { .init($0.message, at: $0.range) },
        help: "Correct the schema or the test")
    }
  }
}

extension Diagnostic.Code {
  /// A test of a schema does not come out as it says.
  package static let failedTest: Self = "schema/failed-test"
  /// A file of tests is not in the format of the JSON Schema Test Suite.
  package static let badSuite: Self = "schema/bad-suite"
}

extension Diagnostic.Message {
  fileprivate static func failedTest(_ title: String, expected: Bool) -> Self {
    "'\(title)' is \(expected ? "refused" : "accepted") and should be "
      + "\(expected ? "accepted" : "refused")"
  }
}

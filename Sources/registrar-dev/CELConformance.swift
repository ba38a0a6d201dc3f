import ArgumentParser
import CEL
import Diagnostics
import Foundation
import SourceText

struct CELConformance: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cel-conformance",
    abstract: "Run cases of the conformance suite of the Common Expression Language")

  @Argument(help: "A file of cases, one JSON object a line.")
  var file: String

  func run() throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: file))
    guard let path = RepoPath(String(file.drop { $0 == "/" || $0 == "." })) else {
      throw ValidationError("'\(file)' is no file")
    }
    let source = SourceFile(path: path, bytes: Array(data))
    var suite = ExpressionSuite()
    var report = Report()
    suite.run(source, into: &report)
    let context = ReportContext(tool: "registrar-dev", version: "1") { _, _ in source }
    print(report.text(as: .concise, in: context), terminator: "")
    print("\(suite.passed) passed, \(suite.failed) failed")
    if report.hasErrors { throw ExitCode(1) }
  }
}

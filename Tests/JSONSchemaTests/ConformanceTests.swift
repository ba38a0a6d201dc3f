import Diagnostics
import Foundation
import JSONSchema
import RegistrarTestSupport
import SourceText
import Syntax
import Testing

private func file(at path: String) throws -> SourceFile {
  let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
  return SourceFile(
    path: try #require(RepoPath(String(path.drop { $0 == "/" }))), bytes: bytes)
}

private func run(_ path: String, assertsFormats: Bool) throws -> (SchemaSuite.Outcome, Report) {
  var report = Report()
  var outcome = SchemaSuite.Outcome()
  let tree = try #require(JSONReader.tree(of: try file(at: path), into: &report))
  let suite = SchemaSuite(options: .init(assertsFormats: assertsFormats)) { uri in
    guard let folder = Conformance.folder, uri.hasPrefix("http://localhost:1234/"),
      let remote = try? file(at: folder + "/json-schema/remotes/" + uri.dropFirst(22))
    else { return nil }
    var ignored = Report()
    return JSONReader.tree(of: remote, into: &ignored)
  }
  suite.run(tree, into: &outcome, &report)
  return (outcome, report)
}

private let required = Conformance.files(
  in: "json-schema/tests/draft2020-12", withSuffix: ".json")

@Test func `the JSON Schema Test Suite is at hand`() {
  if Conformance.folder == nil, !Conformance.isRequired {
    print("the foreign test suites are absent: set REGISTRAR_CONFORMANCE to run them")
  } else {
    #expect(required.count == 46)
  }
}

@Test(arguments: required)
func `every required test of the JSON Schema Test Suite passes`(_ path: String) throws {
  let (outcome, report) = try run(path, assertsFormats: false)
  #expect(outcome.passed > 0)
  #expect(outcome.failed == 0)
  #expect(report.diagnostics.map(\.message.text) == [])
}

private let own = try? FileManager.default.contentsOfDirectory(
  atPath: projectFolder + "/Tests/JSONSchemaTests/Cases"
).sorted()

@Test(arguments: own ?? [])
func `every case of our own passes`(_ name: String) throws {
  let path = projectFolder + "/Tests/JSONSchemaTests/Cases/" + name
  let (outcome, report) = try run(path, assertsFormats: name.hasPrefix("format"))
  #expect(outcome.passed > 0)
  #expect(outcome.failed == 0)
  #expect(report.diagnostics.map(\.message.text) == [])
}

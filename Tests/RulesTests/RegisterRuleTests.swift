import Diagnostics
import Foundation
import RegistrarTestSupport
import Registry
import Rules
import SourceText
import Testing

private func index(_ rule: RegisterRuleCase, _ items: String) async throws -> RecordIndex {
  var files = [
    "schema/catalogue.yaml": rule.catalogue, "schema/any.schema.json": "{}",
    "registers/items\(rule.catalogue.contains("path: items.md") ? ".md" : ".yaml")": items,
  ]
  for (name, text) in rule.others { files["registers/\(name).yaml"] = text }
  var report = Report()
  let snapshot = try #require(
    try await Snapshot.read(MemoryTree(files), jobs: 1, into: &report))
  return RecordIndex(of: snapshot)
}

private func findings(_ rule: RegisterRuleCase, _ items: String) async throws -> [Finding] {
  var report = Report()
  let previous = rule.before == nil ? nil : try await index(rule, rule.before ?? "")
  Rule.check(try await index(rule, items), against: previous, into: &report)
  return report.findings
}

@Test(arguments: RegisterRuleCase.all.indices)
func `a rule of the catalogue is told where it is broken`(_ number: Int) async throws {
  let rule = RegisterRuleCase.all[number]
  let marked = MarkedText(rule.bad)
  #expect(try await findings(rule, marked.text) == [Finding(rule.code, marked.offsets(1, 2))])
}

@Test(arguments: RegisterRuleCase.all.indices)
func `a rule of the catalogue is silent on the nearest neighbour`(_ number: Int) async throws {
  let rule = RegisterRuleCase.all[number]
  #expect(try await findings(rule, rule.good) == [])
}

@Test func `every rule of the catalogue has a case for each of its codes, and says what it wants`()
{
  let cases = Set(RegisterRuleCase.all.map(\.code))
  for rule in RegisterRule.all {
    #expect(rule.requirement.hasSuffix("."))
    // What the history of a repository tells has a story.
    for code in rule.codes where code != .reusedID { #expect(cases.contains(code), "\(code)") }
    for parameter in rule.parameters { #expect(parameter.meaning.hasSuffix(".")) }
  }
  #expect(RegisterRule.all.map(\.name) == RegisterRule.all.map(\.name).sorted())
}

@Test func `the reference page lists every rule of the catalogue with its parameters`() throws {
  var page = """
    # Rules of registers

    A register switches them on under `rules` in `schema/catalogue.yaml`, each with its parameters:
    `rules: {numbering: {series: '^SECP-R(\\\\d+)$'}}`. `registrar explain CODE` has a page for each code.

    """
  for rule in RegisterRule.all {
    page += "\n## `\(rule.name)`\n\n\(rule.requirement)\n\n"
    for parameter in rule.parameters {
      let need = parameter.isRequired ? "" : " (optional)"
      page += "- `\(parameter.name)`\(need): \(parameter.meaning)\n"
    }
    page += rule.parameters.isEmpty ? "" : "\n"
    page += "Codes: \(rule.codes.map { "`\($0.rawValue)`" }.joined(separator: ", ")).\n"
  }
  let path = "\(projectFolder)/Sources/RegistrarCommands/RegistrarCommands.docc/RegisterRules.md"
  if ProcessInfo.processInfo.environment["REGISTRAR_GOLDEN"] == "update" {
    try Data(page.utf8).write(to: URL(fileURLWithPath: path))
  }
  #expect(try String(contentsOfFile: path, encoding: .utf8) == page)
}

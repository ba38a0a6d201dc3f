import Diagnostics
import RegistrarTestSupport
import Registry
import Rules
import SourceText
import Testing

/// A repository with two registers, each with a text that ends in two full stops.
private func findings(rules: String, own: String = "{}") async throws -> [String] {
  let files = [
    "schema/catalogue.yaml": """
    catalogue: 1
    rules:
    \(rules)
    registers:
      actions: {path: actions.yaml, shape: list, schema: any.schema.json, rules: \(own)}
      risks: {path: risks.yaml, shape: list, schema: any.schema.json}

    """,
    "schema/any.schema.json": "{}", "registers/actions.yaml": "- {id: A1, text: It is late..}\n",
    "registers/risks.yaml": "- {id: R1, text: It is late..}\n",
  ]
  var report = Report()
  let snapshot = try #require(try await Snapshot.read(MemoryTree(files), jobs: 1, into: &report))
  Rule.check(RecordIndex(of: snapshot), into: &report)
  return report.sorted.map { "\($0.range.path.name) \($0.code.rawValue)" }
}

@Test func `a rule that is stated once holds for every register`() async throws {
  #expect(
    try await findings(rules: "  - rules: {text-hygiene: {}}") == [
      "actions.yaml text/double-full-stop", "risks.yaml text/double-full-stop",
    ])
}

@Test func `a group of rules is for the registers that it names`() async throws {
  #expect(
    try await findings(rules: "  - {registers: [risks], rules: {text-hygiene: {}}}") == [
      "risks.yaml text/double-full-stop"
    ])
}

@Test func `a group of rules is for all registers without its exceptions`() async throws {
  #expect(
    try await findings(rules: "  - {except: [risks], rules: {text-hygiene: {}}}") == [
      "actions.yaml text/double-full-stop"
    ])
}

@Test func `what a register states itself goes before what is stated for several`() async throws {
  #expect(
    try await findings(
      rules: "  - rules: {text-hygiene: {}}", own: "{text-hygiene: {in: statement}}") == [
        "risks.yaml text/double-full-stop"
      ])
}

@Test func `a register switches a rule off that is stated for several`() async throws {
  #expect(
    try await findings(rules: "  - rules: {text-hygiene: {}}", own: "{text-hygiene: false}") == [
      "risks.yaml text/double-full-stop"
    ])
}

@Test func `several groups may be for one register`() async throws {
  #expect(
    try await findings(
      rules:
        "  - rules: {stated-weekdays: {}}\n  - {registers: [actions], rules: {text-hygiene: {}}}"
    ) == ["actions.yaml text/double-full-stop"])
}

import Diagnostics
import RegistrarTestSupport
import Registry
import Rules
import SourceText
import Testing

private func report(
  of reference: String, to registers: String, grave: String = "became: I1,"
) async throws -> Report {
  let files = [
    "schema/catalogue.yaml": """
    catalogue: 1
    registers:
      risks:
        path: risks/{id}.yaml
        shape: record
        schema: any.schema.json
        id: {pattern: '^R\\d+$'}
        rules: {never-reused-ids: {tombstones: tombstones}}
      issues: {path: 'issues/{id}.yaml', shape: record, schema: issue.schema.json}
      tombstones: {path: tombstones.yaml, shape: list, schema: any.schema.json}

    """,
    "schema/any.schema.json": "{}",
    "schema/issue.schema.json": #"{"properties": {"risk": {"x-references": \#(registers)}}}"#,
    "registers/risks/R1.yaml": "id: R1\n",
    "registers/issues/I1.yaml": "id: I1\nrisk: \(reference)\n",
    "registers/tombstones.yaml":
      "- {id: risks/R2, register: risks, item: R2, \(grave) reason: became an issue}\n",
  ]
  var report = Report()
  let snapshot = try #require(try await Snapshot.read(MemoryTree(files), jobs: 1, into: &report))
  Rule.check(RecordIndex(of: snapshot), into: &report)
  return report
}

@Test func `a reference to what is gone tells what it became`() async throws {
  let found = try await report(of: "R2", to: #""risks""#).sorted
  #expect(found.map(\.code) == [.unresolvedReference])
  #expect(found.first?.message.text == "'R2' is gone: it became 'I1'")
  #expect(found.first?.help?.contains("'tombstones' in its x-references") == true)
}

@Test func `a reference to what is gone is told which one to write where the field may name it`()
  async throws
{
  let found = try await report(of: "R2", to: #"["risks", "issues"]"#).sorted
  #expect(found.map(\.help) == ["Write 'I1'"])
}

@Test func `a field that names the tombstones may refer to what is gone and has a successor`()
  async throws
{
  #expect(try await report(of: "R2", to: #"["risks", "tombstones"]"#).isEmpty)
  #expect(
    try await report(of: "R2", to: #"["risks", "tombstones"]"#, grave: "").sorted.map(
      \.message.text)
      == ["'R2' is gone: became an issue"])
  #expect(
    try await report(of: "R3", to: #"["risks", "tombstones"]"#).sorted.map(\.code)
      == [.unresolvedReference])
}

import Diagnostics
import RegistrarTestSupport
import Registry
import Rules
import SourceText
import Testing

private let catalogue = """
  catalogue: 1
  title: Code
  registers:
    risks:
      title: Risks
      path: risks/{id}.yaml
      shape: record
      schema: risk.schema.json
      id: {pattern: '^R\\d+$', near: [{pattern: '^Risk #?(\\d+)$', form: 'R$1'}]}
      rules: {nothing-open-vanishes: {}}
    parties: {title: Parties, path: parties.csv, shape: table, schema: party.schema.json}

  """

private let schema =
  #"{"properties": {"id": {"pattern": "^R[0-9]+$"}, "see": {"x-references": "risks", "pattern": "^R[0-9]+$"}, "#
  + #""code": {"pattern": "^[A-Z]{3}$", "description": "Three letters"}, "#
  + #""state": {"x-states": {"initial": ["open"], "transitions": [{"from": "open", "to": ["closed"]}]}}}}"#

/// Checks risks (by the names of their files) and rows of parties, against those of a version before.
private func findings(
  _ risks: [String: String], _ parties: String = "", since before: [String: String]? = nil,
  _ oldParties: String = ""
) async throws -> [Diagnostic] {
  func index(
    _ risks: [String: String], _ parties: String, _ report: inout Report
  ) async throws -> RecordIndex {
    var files = [
      "schema/catalogue.yaml": catalogue, "schema/risk.schema.json": schema,
      "schema/party.schema.json": "{}",
    ]
    if !parties.isEmpty { files["registers/parties.csv"] = parties }
    for (name, text) in risks { files["registers/risks/\(name).yaml"] = text }
    let snapshot = try await Snapshot.read(MemoryTree(files), jobs: 1, into: &report)
    return RecordIndex(of: try #require(snapshot))
  }
  var (report, dropped) = (Report(), Report())
  let current = try await index(risks, parties, &report)
  let previous: RecordIndex?
  if let before {
    previous = try await index(before, oldParties, &dropped)
  } else {
    previous = nil
  }
  var expressions = Report()
  let inspection = Inspection(of: current, against: previous, into: &expressions)
  let found = Rule.check(inspection)
  report.merge(found.state)
  report.merge(found.step)
  Rule.tidy(&report, after: inspection)
  return report.sorted
}

private func words(_ findings: [Diagnostic]) -> [String] {
  findings.map { "\($0.range.path): \($0.message.text)" }
}

@Test func `a file that was copied with its id is told once, with the id that its name says`()
  async throws
{
  let found = try await findings(["R1": "id: R1\n", "R2": "id: R1\n"])
  #expect(
    words(found) == [
      "registers/risks/R2.yaml: the id 'R1' is that of another file, and this file's name says 'R2'"
    ])
  #expect(found.first?.help == "Write 'id: R2'")
}

@Test func `a record whose file was copied over with a neighbour's id is not gone`() async throws {
  let before = ["R1": "id: R1\nstate: open\n", "R2": "id: R2\nstate: open\n"]
  let found = try await findings(
    ["R1": "id: R1\nstate: open\n", "R2": "id: R1\nstate: closed\n"], since: before)
  #expect(found.map(\.code) == [Diagnostic.Code(rawValue: "record/misplaced")], "\(words(found))")
}

@Test func `two files of one id, neither of which is named by it, are told for what they are`()
  async throws
{
  let found = try await findings(["R2": "id: R1\n", "R3": "id: R1\n"])
  #expect(found.contains { $0.message.text == "the id 'R1' is already taken" }, "\(words(found))")
}

@Test func `an id in another spelling is the record that it means, and is told once`() async throws
{
  let before = ["R1": "id: R1\nstate: open\n"]
  let found = try await findings(["R1": "id: 'Risk #1'\nstate: open\n"], since: before)
  #expect(
    words(found) == [
      "registers/risks/R1.yaml: the id 'Risk #1' does not have the regular form of 'risks'"
    ])
  #expect(found.first?.help == "Write 'R1'")
}

@Test func `a reference in another spelling is told once, though a pattern refuses it too`()
  async throws
{
  let found = try await findings(["R1": "id: R1\n", "R2": "id: R2\nsee: 'Risk #1'\n"])
  #expect(
    found.map(\.code) == [Diagnostic.Code(rawValue: "reference/near-form")], "\(words(found))")
}

@Test func `a text without the form of a pattern is shown one of the register that has it`()
  async throws
{
  let found = try await findings(["R1": "id: R1\ncode: abc\n", "R2": "id: R2\ncode: XYZ\n"])
  #expect(found.count == 1)
  #expect(found.first?.help?.contains("such as 'XYZ'") == true, "\(found.first?.help ?? "")")
}

@Test func `where no record has the form, one of the version before is shown`() async throws {
  let found = try await findings(
    ["R1": "id: R1\ncode: abc\n"], since: ["R1": "id: R1\ncode: OLD\n"])
  #expect(found.first?.help?.contains("such as 'OLD'") == true, "\(found.first?.help ?? "")")
}

@Test func `a value that is wrong itself is no example`() async throws {
  let found = try await findings(["R1": "id: R1\ncode: abc\n", "R2": "id: R2\ncode: def\n"])
  #expect(found.count == 2)
  #expect(found.allSatisfy { $0.help?.contains("such as") != true }, "\(found.map(\.help))")
}

@Test func `a fault that stood elsewhere in the version before is no example`() async throws {
  let found = try await findings(
    ["R1": "id: R1\nstate: open\ncode: abc\n"], since: ["R1": "id: R1\ncode: abc\n"])
  #expect(found.first?.help?.contains("such as") != true, "\(found.first?.help ?? "")")
}

@Test func `a row of a table that is gone is told where no rule says what may go`() async throws {
  let (before, after) = ("id,name\nP,Pea\nQ,Queue\nR,Are\n", "id,name\nP,Pea\nR,Are\n")
  let risk = ["R1": "id: R1\n"]
  let found = try await findings(risk, after, since: risk, before)
  #expect(words(found) == ["registers/parties.csv: 'Q' is gone"])
  // It would stand where the row that followed it stands.
  let source = SourceFile(path: found[0].range.path, text: after)
  #expect(LineIndex(source).position(at: found[0].range.offsets.lowerBound).line == 3)
}

@Test func `rows that are sorted anew, and a row with another name, are not gone`() async throws {
  let risk = ["R1": "id: R1\n"]
  let found = try await findings(
    risk, "id,name\nQ,Cue\nP,Pea\n", since: risk, "id,name\nP,Pea\nQ,Queue\n")
  #expect(found.isEmpty, "\(words(found))")
}

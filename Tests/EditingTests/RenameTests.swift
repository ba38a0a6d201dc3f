import Diagnostics
import Editing
import RegistrarTestSupport
import Registry
import Rules
import SourceText
import Syntax
import Testing

private let schema = """
  {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "required": ["id"],
   "properties": {"id": {"type": "string"}, "text": {"type": "string"}, "title": {"type": "string"},
     "formerly": {"type": "array", "items": {"type": "string"}},
     "risk": {"type": "string", "x-references": "risks"},
     "risks": {"type": "array", "items": {"type": "string", "x-references": "risks"}},
     "of": {"type": "string", "x-references": "clauses"}}}
  """

private let catalogue = """
  catalogue: 1
  title: Test
  numbering: {section: {levels: [A, '1', '.1', (a)]}}
  rules:
    - rules:
        reference-forms: {forms: {'\\bRisk #(\\d+)\\b': SECP-R$1}}
        clause-references: {documents: clauses, id: $1}
  registers:
    risks:
      {title: Risks, path: 'risks/{id}.yaml', shape: record, schema: any.schema.json,
       id: {pattern: '^SECP-R\\d+$'}}
    classes: {title: Classes, path: classes.yaml, shape: list, schema: any.schema.json}
    parties: {title: Parties, path: parties.csv, shape: table, schema: any.schema.json}
    clauses:
      {title: Clauses, path: 'clauses/{id}.md', shape: document, schema: any.schema.json,
       numbering: section, id: {pattern: '^[A-Z]$'}}
    tombstones: {title: Tombstones, path: tombstones.yaml, shape: list, schema: grave.schema.json}
  """

/// What became of the files of a renaming; of one that is refused, the code of the refusal.
private struct Renamed {
  var files: [String: String] = [:]
  var codes: [String] = []
}

private func rename(
  _ id: String, in register: String, to new: String, wasKnown: Bool = true,
  _ files: [String: String]
) async throws -> Renamed {
  var all = files
  all["schema/catalogue.yaml"] = all["schema/catalogue.yaml"] ?? catalogue
  all["schema/any.schema.json"] = schema
  all["schema/grave.schema.json"] = """
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
     "properties": {"id": {"type": "string"}, "register": {"type": "string"},
       "item": {"type": "string"}, "reason": {"type": "string"},
       "became": {"type": "string", "x-references": ["risks", "classes"]}}}
    """
  let tree = MemoryTree(all)
  var report = Report()
  let snapshot = try #require(try await Snapshot.read(tree, jobs: 1, into: &report))
  #expect(report.diagnostics.map(\.message.text) == [])
  let index = RecordIndex(of: snapshot)
  let position = try #require(index.position(ofRegister: register))
  let record = try #require(index.record(id, in: position))
  let renaming = Renaming(of: record, in: position, as: new, index, wasKnown: wasKnown)
  var editor = ItemEditor(tree, snapshot.rulebook)
  var renamed = Renamed()
  do throws(EditFailure) {
    _ = try renaming.make(in: &editor, except: [])
    renamed.codes = renaming.findings(keeping: []).sorted.map(\.code.rawValue)
  } catch {
    renamed.codes = [error.diagnostic.code.rawValue]
  }
  for edit in editor.edits {
    renamed.files[edit.path.string] = edit.after.map { String(decoding: $0, as: UTF8.self) } ?? "-"
  }
  return renamed
}

private let risk = ["registers/risks/SECP-R8.yaml": "id: SECP-R8 # the number\ntext: 'x'\n"]

@Test func `the id, the file and what notes former ids follow`() async throws {
  let renamed = try await rename("SECP-R8", in: "risks", to: "SECP-R20", risk)
  #expect(
    renamed.files == [
      "registers/risks/SECP-R8.yaml": "-",
      "registers/risks/SECP-R20.yaml":
        "id: SECP-R20 # the number\ntext: 'x'\nformerly:\n  - SECP-R8\n",
    ])
}

@Test func `a record that nobody knew by its old id has no former one`() async throws {
  let renamed = try await rename("SECP-R8", in: "risks", to: "SECP-R20", wasKnown: false, risk)
  #expect(
    renamed.files["registers/risks/SECP-R20.yaml"] == "id: SECP-R20 # the number\ntext: 'x'\n")
}

@Test func `to rename back takes the note out`() async throws {
  let renamed = try await rename(
    "SECP-R20", in: "risks", to: "SECP-R8", wasKnown: false,
    ["registers/risks/SECP-R20.yaml": "id: SECP-R20\nformerly: [SECP-R2, SECP-R8]\ntext: x\n"])
  #expect(
    renamed.files["registers/risks/SECP-R8.yaml"] == "id: SECP-R8\nformerly: [SECP-R2]\ntext: x\n")
}

@Test func `references follow in lists, between brackets, in cells and in heads`() async throws {
  let renamed = try await rename(
    "SECP-R8", in: "risks", to: "SECP-R20",
    risk.merging([
      "registers/risks/SECP-R9.yaml":
        "id: SECP-R9\nrisk: \"SECP-R8\"\nrisks: [SECP-R8, SECP-R9]\n",
      "registers/parties.csv": "id,risk,title\nP1,SECP-R8,\"a, SECP-R8\"\nP2,SECP-R9,b\n",
      "registers/clauses/A.md": "---\nid: A\nrisk: SECP-R8\n---\n\nA1 Text.\n",
    ]) { $1 })
  #expect(
    renamed.files["registers/risks/SECP-R9.yaml"]
      == "id: SECP-R9\nrisk: \"SECP-R20\"\nrisks: [SECP-R20, SECP-R9]\n")
  #expect(
    renamed.files["registers/parties.csv"]
      == "id,risk,title\nP1,SECP-R20,\"a, SECP-R20\"\nP2,SECP-R9,b\n")
  #expect(
    renamed.files["registers/clauses/A.md"] == "---\nid: A\nrisk: SECP-R20\n---\n\nA1 Text.\n")
}

@Test(
  arguments: [
    ("see SECP-R8.", "see SECP-R20."), ("(SECP-R8)", "(SECP-R20)"),
    ("SECP-R8's and SECP-R81", "SECP-R20's and SECP-R81"), ("risks/SECP-R8", "risks/SECP-R20"),
    ("SECP-R8/SECP-R9", "SECP-R20/SECP-R9"), ("SECP-R9/SECP-R8", "SECP-R9/SECP-R20"),
    ("Risk #8 is told", "Risk #20 is told"), ("SECP-R8–a dash", "SECP-R20–a dash"),
    ("XSECP-R8 SECP-R8/01 SECP-R8-PA SECP-R8.yaml a/SECP-R8", nil), ("secp-r8", nil),
  ] as [(String, String?)])
func `names in running text follow where they stand as names`(
  text: String, expected: String?
) async throws {
  let renamed = try await rename(
    "SECP-R8", in: "risks", to: "SECP-R20",
    risk.merging([
      "registers/risks/SECP-R9.yaml": "id: SECP-R9\ntext: >-\n  a\n  \(text)\n  b\n",
      "registers/clauses/A.md": "---\nid: A\n---\n\nA1 \(text)\n",
    ]) { $1 })
  #expect(
    renamed.files["registers/risks/SECP-R9.yaml"]
      == expected.map { "id: SECP-R9\ntext: >-\n  a\n  \($0)\n  b\n" })
  #expect(
    renamed.files["registers/clauses/A.md"] == expected.map { "---\nid: A\n---\n\nA1 \($0)\n" })
}

@Test(arguments: [
  ("SECP-R8 to SECP-R10", ["rename/range"]), ("SECP-R3–SECP-R8", ["rename/range"]),
  ("SECP-R8 to 10", ["rename/range"]), ("SECP-R7 through SECP-R10", ["rename/range"]),
  ("SECP-R19 - SECP-R21", ["rename/range"]), ("SECP-R1 to SECP-R3", []),
  ("SECP-R8 to be told", []), ("SECP-R8-9", []),
])
func `a range that would say something else is told`(
  text: String, codes: [String]
) async throws {
  let renamed = try await rename(
    "SECP-R8", in: "risks", to: "SECP-R20",
    risk.merging(["registers/risks/SECP-R9.yaml": "id: SECP-R9\ntext: \(text)\n"]) { $1 })
  #expect(renamed.codes == codes)
}

@Test func `an id that is a word like others stays where nothing says that it is meant`()
  async throws
{
  let renamed = try await rename(
    "White", in: "classes", to: "Pale",
    [
      "registers/classes.yaml": "- id: White\n- id: Red\n  text: no White paper, but [White]\n",
      "registers/clauses/A.md": "---\nid: A\n---\n\n[White]\n\nA1 of classes/White\n",
    ])
  #expect(
    renamed.files["registers/classes.yaml"]
      == "- id: Pale\n  formerly:\n    - White\n- id: Red\n  text: no White paper, but [White]\n")
  #expect(
    renamed.files["registers/clauses/A.md"]
      == "---\nid: A\n---\n\n[Pale]\n\nA1 of classes/Pale\n")
  #expect(renamed.codes == ["rename/word"])
}

@Test func `clauses of a document and their citations follow`() async throws {
  let renamed = try await rename(
    "A", in: "clauses", to: "B",
    [
      "registers/clauses/A.md":
        "---\nid: A\n---\n\n## A1 Title\n\nA1.1 See A1.2(a) and A Section.\n\nA1.2 In:\n\n(a) one\n",
      "registers/risks/SECP-R8.yaml":
        "id: SECP-R8\nof: A\ntext: Section A1, A1.1 to A1.2, B2.1 and [A](clauses/A.md)\n",
    ])
  #expect(renamed.files["registers/clauses/A.md"] == "-")
  #expect(
    renamed.files["registers/clauses/B.md"]
      == "---\nid: B\nformerly:\n  - A\n---\n\n## B1 Title\n\nB1.1 See B1.2(a) and A Section.\n\nB1.2 In:\n\n(a) one\n"
  )
  #expect(
    renamed.files["registers/risks/SECP-R8.yaml"]
      == "id: SECP-R8\nof: B\ntext: Section B1, B1.1 to B1.2, B2.1 and [A](clauses/A.md)\n")
}

@Test func `a table without a column for former ids leaves a tombstone, and takes it back`()
  async throws
{
  let names = catalogue.replacing(
    "schema: any.schema.json}\n  clauses",
    with:
      "schema: any.schema.json, rules: {never-reused-ids: {tombstones: tombstones}}}\n  clauses")
  let there = try await rename(
    "P1", in: "parties", to: "P9",
    ["schema/catalogue.yaml": names, "registers/parties.csv": "id,text\nP1,x\n"])
  #expect(there.files["registers/parties.csv"] == "id,text\nP9,x\n")
  let grave =
    "- id: parties/P1\n  register: parties\n  item: P1\n  reason: It was renamed 'P9'.\n"
  #expect(there.files["registers/tombstones.yaml"] == grave)
  let back = try await rename(
    "P9", in: "parties", to: "P1", wasKnown: false,
    [
      "schema/catalogue.yaml": names, "registers/parties.csv": "id,text\nP9,x\n",
      "registers/tombstones.yaml": grave,
    ])
  #expect(
    back.files == [
      "registers/parties.csv": "id,text\nP1,x\n", "registers/tombstones.yaml": "-",
    ])
}

@Test func `a name that an alias brings to other places is written once`() async throws {
  let renamed = try await rename(
    "SECP-R8", in: "risks", to: "SECP-R20",
    risk.merging([
      "registers/risks/SECP-R9.yaml":
        "id: SECP-R9\r\nrisk: &a SECP-R8\r\nrisks: [*a]\r\ntext: \"a\\u0020SECP-R8\"\r\n"
    ]) { $1 })
  #expect(
    renamed.files["registers/risks/SECP-R9.yaml"]
      == "id: SECP-R9\r\nrisk: &a SECP-R20\r\nrisks: [*a]\r\ntext: \"a\\u0020SECP-R20\"\r\n")
}

@Test func `a rule that names the record is told and stays`() async throws {
  let names = catalogue.replacing(
    "numbering: section, id", with: "classification: SECP-R8, numbering: section, id"
  ).replacing("title: Test", with: "title: Test\nclasses: [SECP-R8]")
  let renamed = try await rename(
    "SECP-R8", in: "risks", to: "SECP-R20", risk.merging(["schema/catalogue.yaml": names]) { $1 })
  #expect(renamed.codes == ["rename/rules", "rename/rules"])
  #expect(renamed.files["schema/catalogue.yaml"] == nil)
}

/// The whole runs on the build server: one record of so many is tried here, others with each commit.
@Test func `every record of the own registers is renamed and back to the same bytes`() throws {
  let folder = try TemporaryFolder()
  let environment = ["PATH": programFolder + ":/usr/local/bin:/usr/bin:/bin", "HOME": folder.path]
  let head = try runProgram(
    ["git", "rev-parse", "HEAD"], in: projectFolder, environment: environment)
  let seed = Int(head.output.prefix(6), radix: 16) ?? 0
  let result = try runProgram(
    ["registrar-dev", "renames", "--part", "41", "--seed", String(seed), projectFolder],
    in: folder.path, environment: environment)
  #expect(result.status == 0, "\(result.output)\(result.errors)")
}

import Diagnostics
import RegistrarTestSupport
import Registry
import Rules
import SourceText
import Testing

/// A repository with two registers, one of whose schemas refers to a file of its own.
private let files = [
  "schema/catalogue.yaml": """
  catalogue: 1
  registers:
    risks: {path: 'risks/{id}.yaml', shape: record, schema: risk.schema.json}
    terms: {path: terms.yaml, shape: list, schema: term.schema.json}

  """,
  "schema/risk.schema.json": #"{"properties": {"level": {"$ref": "common/level.json"}}}"#,
  "schema/common/level.json": #"{"type": "integer"}"#,
  "schema/term.schema.json": "{}",
  "registers/risks/R1.yaml": "id: R1\nlevel: 1\n",
  "registers/terms.yaml": "- id: HAN\n",
]

/// What breaks the rules of the risks.
private let breaks: [(path: String, text: String?)] = [
  ("schema/risk.schema.json", "{"),
  ("schema/risk.schema.json", nil),
  ("schema/risk.schema.json", #"{"properties": {"level": {"$ref": "common/levl.json"}}}"#),
  ("schema/common/level.json", "{"),
  ("schema/common/level.json", #"{"type": "intger"}"#),
  (
    "schema/catalogue.yaml",
    files["schema/catalogue.yaml"]?.replacing("risk.schema", with: "rsk.schema")
  ),
]

private func found(
  _ old: [String: String], _ new: [String: String]
) async throws -> [Diagnostic] {
  let trees = (MemoryTree(old), MemoryTree(new))
  let folders = ["registers", "schema"].compactMap { RepoPath($0) }
  let changes = try TreeChange.changes(from: trees.0, to: trees.1, under: folders)
  return try await Increment.check(from: trees.0, to: trees.1, changes, jobs: 1).found.sorted
}

@Test(arguments: breaks.indices)
func `under rules that were broken before, a change is told as not judged, once for a register`(
  _ index: Int
) async throws {
  var old = files
  old[breaks[index].path] = breaks[index].text
  var new = old
  new["registers/risks/R2.yaml"] = "id: R2\nlevel: nonsense\n"
  new["registers/risks/R3.yaml"] = "id: R3\nlevel: nonsense\n"
  new["registers/terms.yaml"] = "- id: HAN\n- id: BAD\n"
  let findings = try await found(old, new)
  #expect(findings.map(\.code) == [.unjudged])
  #expect(findings.map(\.range.path.string) == ["registers/risks/R2.yaml"])
}

@Test(arguments: breaks.indices)
func `broken rules are told where they were broken, and may be mended`(_ index: Int) async throws {
  var broken = files
  broken[breaks[index].path] = breaks[index].text
  let findings = try await found(files, broken)
  #expect(!findings.isEmpty)
  #expect(findings.allSatisfy { $0.range.path.string.hasPrefix("schema/") })
  #expect(try await found(broken, files) == [])
  // With what nobody could judge before, in the same commit.
  var mended = files
  mended["registers/risks/R2.yaml"] = "id: R2\nlevel: 2\n"
  #expect(try await found(broken, mended) == [])
}

@Test func `under a catalogue that cannot be read, no register changes`() async throws {
  var old = files
  old["schema/catalogue.yaml"]? += "x: [\n"
  var new = old
  new["registers/risks/R2.yaml"] = "junk: 1\n"
  #expect(try await found(old, new).map(\.code) == [.unjudged])
  new["schema/catalogue.yaml"] = files["schema/catalogue.yaml"]
  #expect(try await found(old, new).map(\.code) == [.missingID])
}

@Test func `a register that a slip in the catalogue takes away is not judged`() async throws {
  var old = files
  old["schema/catalogue.yaml"] = files["schema/catalogue.yaml"]?.replacing("record", with: "recrd")
  var new = old
  new["registers/risks/R1.yaml"] = "id: R1\nlevel: nonsense\n"
  #expect(try await found(old, new).map(\.code) == [.unjudged])
}

@Test func `what a file could not be read for is not waived, whatever its code`() async throws {
  var waived = files
  waived["schema/catalogue.yaml"]? +=
    "  waivers: {path: waivers.yaml, shape: list, schema: term.schema.json}\n"
  waived["registers/terms.yaml"] = ""
  waived["registers/waivers.yaml"] =
    "- {id: W1, code: yaml/empty, file: registers/terms.yaml, reason: r}\n"
  var report = Report()
  let snapshot = try #require(try await Snapshot.read(MemoryTree(waived), jobs: 1, into: &report))
  let index = RecordIndex(of: snapshot)
  let day = try #require(Day("2026-01-01"))
  let accepted = Waivers(in: index).apply(to: &report, index, today: day, isWhole: false)
  #expect(accepted.isEmpty)
  #expect(report.sorted.map(\.code.rawValue).contains("yaml/empty"))
}

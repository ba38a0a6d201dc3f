import Diagnostics
import RegistrarTestSupport
import Registry
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
      order: [-severity, id]
    terms: {title: Terms, path: terms.yaml, shape: list, schema: term.schema.json}

  """
private let files = [
  "schema/catalogue.yaml": catalogue,
  "schema/risk.schema.json": #"{"properties": {"see": {"x-references": "terms"}}}"#,
  "schema/term.schema.json": "{}",
  "registers/risks/R2.yaml": "id: R2\nseverity: 9\n",
  "registers/risks/R10.yaml": "id: R10\nseverity: 12\nsee: BAD\n",
  "registers/risks/R9.yaml": "id: R9\nseverity: 12\n",
  "registers/risks/R1.yaml": "id: R1\n",
  "registers/terms.yaml": "- id: BAD\n- id: BAD\n",
]

private func read(_ changes: [String: String] = [:]) async throws -> (Snapshot?, Report) {
  var report = Report()
  let tree = MemoryTree(files.merging(changes) { $1 })
  let snapshot = try await Snapshot.read(tree, jobs: 2, into: &report)
  return (snapshot, report)
}

@Test func `records come in the register's order and those without the property last`() async throws
{
  let (snapshot, report) = try await read()
  let risks = try #require(snapshot?.catalogue.register(named: "risks"))
  #expect(snapshot?.records(of: risks).map(\.id) == ["R9", "R10", "R2", "R1"])
  #expect(report.isEmpty)
  #expect(snapshot?.recordCount == 6)
}

@Test func `references know what they stand in and where they lead`() async throws {
  let (snapshot, _) = try await read()
  let reference = try #require(snapshot?.references.first)
  #expect(reference.id == "BAD")
  #expect(reference.registers == ["terms"])
  #expect(snapshot?.owner(of: reference)?.record.id == "R10")
}

@Test func `a file that no register claims is a stray`() async throws {
  let (snapshot, _) = try await read(["registers/risks/R3.yml": "id: R3\n"])
  #expect(snapshot?.strays.map(\.string) == ["registers/risks/R3.yml"])
}

@Test func `a list file that is a mapping is told as such`() async throws {
  let (_, report) = try await read(["registers/terms.yaml": "BAD: x\n"])
  #expect(report.findings == [Finding(.notAList, 0..<6)])
}

@Test func `two registers that claim a file are told`() async throws {
  let second =
    catalogue + "  more: {title: M, path: 'risks/{id}.yaml', shape: record, "
    + "schema: risk.schema.json}\n"
  let (_, report) = try await read(["schema/catalogue.yaml": second])
  #expect(Set(report.findings.map(\.code)) == ["register/overlap"])
}

@Test(arguments: [("catalogue: 2\n", "catalogue/version"), ("- a\n", "catalogue/bad-value")])
func `a catalogue that cannot be read ends the check with its reason`(
  _ text: String, _ code: String
) async throws {
  let (snapshot, report) = try await read(["schema/catalogue.yaml": text])
  #expect(snapshot == nil)
  #expect(report.findings.map(\.code) == [code])
}

@Test func `a schema may refer to another by path and by its own id`() async throws {
  let (_, report) = try await read([
    "schema/risk.schema.json":
      #"{"$id": "https://example.org/s/risk.json", "properties": {"severity": {"$ref": "common.json#/$defs/level"}}}"#,
    "schema/common.schema.json":
      #"{"$id": "https://example.org/s/common.json", "$defs": {"level": {"maximum": 10}}}"#,
  ])
  #expect(report.findings.map(\.code) == ["value/out-of-range", "value/out-of-range"])
}

/// A tree in which one file cannot be read.
private struct UnreadableTree: SourceTree {
  let title = "memory"
  let tree = MemoryTree(files)
  let failure: SourceTreeError
  let path: String

  func entries(under folder: RepoPath?) -> [TreeEntry] { tree.entries(under: folder) }

  func bytes(of path: RepoPath, limit: Int) throws(SourceTreeError) -> [UInt8] {
    if path.string == self.path { throw failure }
    return try tree.bytes(of: path, limit: limit)
  }
}

@Test func `a file that cannot be read is a finding and the others are checked`() async throws {
  let path = try #require(RepoPath("registers/risks/R2.yaml"))
  var report = Report()
  let tree = UnreadableTree(
    failure: .unreadable(path, reason: "Permission denied"), path: path.string)
  let snapshot = try await Snapshot.read(tree, jobs: 2, into: &report)
  #expect(report.sorted.map(\.code.rawValue) == ["source/unreadable"])
  #expect(report.sorted.map(\.range) == [.file(path)])
  #expect(snapshot?.recordCount == 5)
}

@Test func `a missing object ends the work`() async throws {
  let failure = SourceTreeError.store(operation: "read", reason: "object not found")
  var report = Report()
  await #expect(throws: failure) {
    try await Snapshot.read(
      UnreadableTree(failure: failure, path: "registers/risks/R2.yaml"), jobs: 2, into: &report)
  }
}

import Diagnostics
import RegistrarTestSupport
import Registry
import Rules
import SourceText
import Testing

private let catalogue = """
  catalogue: 1
  title: Names
  registers:
    risks: {title: Risks, path: 'risks/{id}.yaml', shape: record, schema: any.schema.json}
    list: {title: List, path: list.yaml, shape: list, schema: any.schema.json}

  """

private func tree(_ ids: [String], list: [String] = []) throws -> OverlayTree {
  var files = ["schema/catalogue.yaml": catalogue, "schema/any.schema.json": "{}"]
  if !list.isEmpty { files["registers/list.yaml"] = list.map { "- id: \"\($0)\"\n" }.joined() }
  // A dictionary of texts takes two forms of one letter for one key.
  var tree = OverlayTree(over: MemoryTree(files), title: "memory")
  for (number, id) in ids.enumerated() {
    let path = try #require(RepoPath("registers/risks/\(id).yaml"))
    let isTwice = ids[..<number].contains(id)
    tree[path] = .some(Array("id: \"\(isTwice ? "x" : id)\"\n".utf8))
  }
  return tree
}

/// Checks records of one version and returns each code once.
private func codes(_ ids: [String], list: [String] = []) async throws -> Set<String> {
  var report = Report()
  let snapshot = try #require(
    try await Snapshot.read(try tree(ids, list: list), jobs: 1, into: &report))
  Rule.check(RecordIndex(of: snapshot), into: &report)
  return Set(report.sorted.map(\.code.rawValue))
}

@Test(arguments: [
  "CON", "nul", "Com1", "LPT9.x", "R:1", "R?", "R*", "R|1", "R<1>", "R ", "R.", "R\\\\1",
])
func `a name that Windows cannot hold is told`(_ name: String) async throws {
  // The file's name ends with `.yaml`, so that what an id ends with shows in folders.
  let path = name.hasSuffix(" ") || name.hasSuffix(".") ? "\(name)/x" : name
  var report = Report()
  let files = [
    "schema/catalogue.yaml": catalogue, "schema/any.schema.json": "{}",
    "registers/risks/\(path.replacing("\\\\", with: "\\")).yaml": "id: x\n",
  ]
  let snapshot = try #require(
    try await Snapshot.read(MemoryTree(files), jobs: 1, into: &report))
  Rule.check(RecordIndex(of: snapshot), into: &report)
  #expect(report.sorted.contains { $0.code == "file/unportable-name" })
}

@Test(arguments: ["CONSOLE", "COM10", "aux-1", "R.1", ".R", "R (1)", "Ré", "nulls"])
func `a name that every system can hold is in order`(_ name: String) async throws {
  #expect(try await codes([name]).isEmpty)
}

@Test(arguments: [["Rab", "RAB"], ["R\u{E9}", "Re\u{301}"], ["\u{C9}", "\u{E9}"]])
func `names that are one on Windows and macOS are told once`(_ ids: [String]) async throws {
  // What is in a file of another name is told by another rule.
  #expect(try await codes(ids).subtracting(["record/misplaced"]) == ["file/colliding-names"])
}

@Test func `folders that are one on Windows and macOS are told`() async throws {
  var report = Report()
  let files = [
    "schema/catalogue.yaml": catalogue.replacing("risks/{id}", with: "{body}/{id}"),
    "schema/any.schema.json": "{}", "registers/Panel/R1.yaml": "{id: R1, body: Panel}",
    "registers/panel/R2.yaml": "{id: R2, body: panel}",
  ]
  let snapshot = try #require(
    try await Snapshot.read(MemoryTree(files), jobs: 1, into: &report))
  Rule.check(RecordIndex(of: snapshot), into: &report)
  #expect(report.sorted.map(\.code.rawValue) == ["file/colliding-names"])
}

@Test(arguments: [
  (["RA", "R\u{410}"], "record/look-alike-id"), (["R\u{410}"], "record/look-alike-id"),
  (["A\u{2011}1"], "record/look-alike-id"), (["R1 "], "record/unseen-in-id"),
  (["R\u{A0}1"], "record/unseen-in-id"), (["R  1"], "record/unseen-in-id"),
  (["R\\n"], "record/unseen-in-id"), (["mW", "MW"], "record/look-alike-id"),
  (["R10", "R1O"], "record/look-alike-id"), (["R\u{200B}1"], "character/zero-width"),
])
func `ids that people take for others are told`(_ ids: [String], _ code: String) async throws {
  #expect(try await codes([], list: ids) == [code])
}

@Test(arguments: [
  ["R1", "R2"], ["\u{420}1", "\u{420}2"], ["\u{391}\u{3B2}"], ["A1", "AL"], ["R 1"],
])
func `ids of any alphabet that nobody takes for others are in order`(
  _ ids: [String]
) async throws {
  #expect(try await codes([], list: ids).isEmpty)
}

/// Checks what was added to a version, as a hook does.
private func codes(added id: String, to ids: [String]) async throws -> [String] {
  let (old, new) = (try tree(ids), try tree(ids + [id]))
  let changes = try TreeChange.changes(
    from: old, to: new, under: Catalogue.folders)
  let report = try await Increment.check(from: old, to: new, changes, jobs: 1).found
  return report.sorted.map(\.code.rawValue).filter { $0 != "record/misplaced" }
}

@Test func `what is added is compared with the files beside it that did not change`() async throws {
  #expect(try await codes(added: "RAB", to: ["Rab", "R1"]) == ["file/colliding-names"])
  #expect(try await codes(added: "Re\u{301}", to: ["R\u{E9}"]) == ["file/colliding-names"])
  #expect(try await codes(added: "RAI", to: ["RA1"]) == ["record/look-alike-id"])
  #expect(try await codes(added: "R2", to: ["Rab", "RAB", "CON", "R1"]) == [])
}

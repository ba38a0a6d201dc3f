import Diagnostics
import Editing
import Foundation
import JSONSchema
import RegistrarTestSupport
import Registry
import SourceText
import Syntax
import Testing

private let files = [
  "schema/catalogue.yaml": """
  catalogue: 1
  title: Test
  registers:
    risks: {title: Risks, path: 'risks/{id}.yaml', shape: record, schema: any.schema.json}
    terms: {title: Terms, path: terms.yaml, shape: list, schema: any.schema.json}
    parties: {title: Parties, path: parties.csv, shape: table, schema: any.schema.json}
    clauses: {title: Clauses, path: 'clauses/{id}.md', shape: document, schema: any.schema.json}
  """,
  "schema/any.schema.json": """
  {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "required": ["id"],
   "properties": {"id": {"type": "string"}, "title": {"type": "string"}, "state": {"type": "string"},
     "steps": {"type": "array", "items": {"type": "object", "properties": {
       "what": {"type": "string"}, "by": {"type": "string"}, "done": {"type": "boolean"}}}}}}
  """,
  "registers/risks/R1.yaml": "id: R1\nsteps:\n  - what: a\n    done: true\n",
  "registers/terms.yaml": "- id: T1\n  state: x\n- id: T2\n  state: x\n",
  "registers/parties.csv": "id,title\nP1,\nP2,x\n",
  "registers/clauses/H.md": "---\nid: H\n---\n\nH1 Text.\n",
]

/// Returns the files that changes of an item leave.
private func edited(
  _ register: Int, _ id: String, _ path: String, _ changes: Change...
) async throws -> String {
  let tree = MemoryTree(files)
  var report = Report()
  let rulebook = try #require(try Rulebook.read(tree, reviews: false, into: &report))
  var editor = ItemEditor(tree, rulebook)
  let place = try #require(RepoPath(path))
  do throws(EditFailure) {
    try editor.apply(changes, to: .init(id: id, register: register, path: place))
  } catch {
    #expect(editor.paths.isEmpty)
    return error.diagnostic.code.rawValue
  }
  #expect(editor.paths == [place])
  return String(decoding: try editor.tree.bytes(of: place, limit: 1 << 20), as: UTF8.self)
}

@Test func `a change goes to the file that holds the item, in the order of the schema`()
  async throws
{
  #expect(
    try await edited(
      0, "R1", "registers/risks/R1.yaml", set("title", "new"), set("steps[0].by", "b"))
      == "id: R1\ntitle: new\nsteps:\n  - what: a\n    by: b\n    done: true\n")
  #expect(
    try await edited(1, "T2", "registers/terms.yaml", set("title", "new"))
      == "- id: T1\n  state: x\n- id: T2\n  title: new\n  state: x\n")
  #expect(
    try await edited(2, "P1", "registers/parties.csv", set("title", "a, b"))
      == "id,title\nP1,\"a, b\"\nP2,x\n")
  #expect(
    try await edited(3, "H", "registers/clauses/H.md", set("state", "open"))
      == "---\nid: H\nstate: open\n---\n\nH1 Text.\n")
}

@Test func `of several changes of an item all are made or none`() async throws {
  #expect(
    try await edited(0, "R1", "registers/risks/R1.yaml", set("title", "new"), remove("by"))
      == "edit/missing")
  #expect(try await edited(1, "T3", "registers/terms.yaml", set("title", "new")) == "edit/missing")
  #expect(
    try await edited(2, "P1", "registers/parties.csv", set("title", .list([.text("a")])))
      == "edit/form")
  #expect(
    try await edited(0, "R2", "registers/risks/R2.yaml", set("title", "new")) == "edit/unreadable")
}

/// The whole runs on the build server: one value of so many is tried here, others with each commit.
@Test func `every value of the own registers is set to another one and back to the same bytes`()
  throws
{
  let folder = try TemporaryFolder()
  let environment = ["PATH": programFolder + ":/usr/local/bin:/usr/bin:/bin", "HOME": folder.path]
  let head = try runProgram(
    ["git", "rev-parse", "HEAD"], in: projectFolder, environment: environment)
  let seed = Int(head.output.prefix(6), radix: 16) ?? 0
  let told = folder.path + "/told"
  let result = try runProgram(
    [
      "registrar-dev", "edits", "--part", "97", "--seed", String(seed), "--tell", told,
      projectFolder,
    ], in: folder.path, environment: environment)
  #expect(result.status == 0, "\(result.output)\(result.errors)")
  guard FileManager.default.fileExists(atPath: "/usr/lib/python3/dist-packages/yaml") else {
    return
  }
  // PyYAML and csv read what was asked for, and all else as it was.
  let oracle = try runProgram(
    ["/usr/bin/python3", projectFolder + "/.ci/edits", projectFolder, told], in: folder.path,
    environment: environment)
  #expect(oracle.status == 0, "\(oracle.output)\(oracle.errors)")
}

import CEL
import Diagnostics
import RegistrarTestSupport
import SourceText
import Syntax
import Testing

@testable import Registry
@testable import Rules

@Test func `a file asks the registers whose paths begin as its own, however many there are`() throws
{
  func asked(_ count: Int) throws -> Int {
    var catalogue = "catalogue: 1\nregisters:\n"
    for number in 0..<count {
      catalogue += "  r\(number): {path: 'r\(number)/{id}.yaml', shape: record, schema: s.json}\n"
      catalogue += "  t\(number): {path: 't\(number).csv', shape: table, schema: s.json}\n"
    }
    let tree = MemoryTree(["schema/catalogue.yaml": catalogue, "schema/s.json": "{}"])
    var paths = RegisterPaths(of: try #require(try Rulebook.catalogue(of: tree)))
    let path = try #require(RepoPath("registers/r\(count - 1)/A.yaml"))
    #expect(paths.positions(claiming: path) == [2 * count - 2])
    let table = try #require(RepoPath("registers/t\(count - 1).csv"))
    #expect(paths.positions(claiming: table) == [2 * count - 1])
    let stray = try #require(RepoPath("registers/s.csv"))
    #expect(paths.positions(claiming: stray) == [])
    return paths.askedCount
  }
  #expect(try asked(20) == asked(200))
}

@Test func `two registers that claim a file are told in their order, however their paths begin`()
  throws
{
  let catalogue = """
    catalogue: 1
    registers:
      a: {path: '{id}.yaml', shape: record, schema: s.json}
      b: {path: 'x/{id}.yaml', shape: record, schema: s.json}
      c: {path: ['x/c-{id}.yaml', 'x/{id}.yml'], shape: record, schema: s.json}
      d: {path: x/c-1.yaml, shape: list, schema: s.json}

    """
  let tree = MemoryTree(["schema/catalogue.yaml": catalogue, "schema/s.json": "{}"])
  let read = try #require(try Rulebook.catalogue(of: tree))
  var paths = RegisterPaths(of: read)
  for text in [
    "registers/x/c-1.yaml", "registers/x/c-2.yaml", "registers/1.yaml", "registers/x/1.yml",
    "registers/x",
  ] {
    let path = try #require(RepoPath(text))
    #expect(
      paths.positions(claiming: path)
        == read.registers.indices.filter { read.registers[$0].claims(path) })
  }
}

@Test func `the types of a schema are found by one description of each place`() throws {
  func described(_ count: Int, inside: String) throws -> Int {
    let properties = (0..<count).map { "\"p\($0)\": \(inside)" }.joined(separator: ", ")
    let path = try #require(RepoPath("schema/s.json"))
    var report = Report()
    let text = "{\"properties\": {\(properties)}}"
    let tree = try #require(JSONReader.tree(of: SourceFile(path: path, text: text), into: &report))
    let types = SchemaTypes([tree])
    _ = types.type(of: try #require(tree.root))
    return types.describedCount
  }
  for inside in [
    #"{"type": "string"}"#, ##"{"$ref": "#"}"##, ##"{"items": {"$ref": "#"}, "type": "array"}"##,
  ] {
    #expect(try described(200, inside: inside) <= 2 * described(100, inside: inside) + 12)
  }
}

@Test func `the rules of a check have a bound together, told once at the rule`() async throws {
  let marked = MarkedText(
    #"{"x-rules": [{"rule": 1️⃣"records('recs').all(a, records('recs').all(b, a.id != b.id || a.id == b.id))"2️⃣, "message": "m"}]}"#
  )
  var files = [
    "schema/catalogue.yaml":
      "catalogue: 1\nregisters:\n  recs: {path: 'recs/{id}.yaml', shape: record, schema: s.json}\n",
    "schema/s.json": marked.text,
  ]
  for number in 0..<20 { files["registers/recs/R\(number).yaml"] = "id: R\(number)\n" }
  var report = Report()
  let snapshot = try #require(try await Snapshot.read(MemoryTree(files), jobs: 1, into: &report))
  let whole = RecordIndex(of: snapshot)
  report.merge(Rule.check(Inspection(of: whole, into: &report)).state)
  #expect(report.findings == [])
  report.merge(Rule.check(Inspection(of: whole, steps: 10_000, into: &report)).state)
  #expect(report.findings == [Finding("record/undecided-rule", marked.offsets(1, 2))])
}

import Comparison
import Diagnostics
import RegistrarTestSupport
import Registry
import SourceText
import Testing

private let catalogue = """
  catalogue: 1
  title: A committee
  registers:
    items: {title: Items, path: 'items/{id}.yaml', shape: record, schema: any.schema.json}
    rows: {title: Rows, path: rows.csv, shape: table, schema: any.schema.json}
    lines: {title: Lines, path: lines.yaml, shape: list, schema: any.schema.json}

  """

private func snapshot(_ files: [String: String]) async throws -> Snapshot {
  var report = Report()
  var all = ["schema/catalogue.yaml": catalogue, "schema/any.schema.json": "{}"]
  for (name, text) in files { all["registers/" + name] = text }
  return try #require(try await Snapshot.read(MemoryTree(all), jobs: 1, into: &report))
}

private func comparison(
  _ old: [String: String], _ new: [String: String]
) async throws -> RegisterComparison {
  RegisterComparison(from: try await snapshot(old), to: try await snapshot(new))
}

@Test(arguments: [
  ["items/a.yaml": "id: a\nt: \"two\n"], ["items/a.yaml": "id: a\nt: one: two\n"],
  ["items/a.yaml": "id: [\n"], ["items/a.yaml": "version https://git-lfs.github.com/spec/v1\n"],
])
func `a record whose file cannot be read is not removed`(_ broken: [String: String]) async throws {
  let good = ["items/a.yaml": "id: a\nt: one\n"]
  let lost = try await comparison(good, broken)
  #expect(lost.records.isEmpty)
  #expect(lost.unreadable.map(\.ids) == [["a"]])
  #expect(lost.unreadable[0].new != nil && lost.unreadable[0].old == nil)
  let mended = try await comparison(broken, good)
  #expect(mended.records.isEmpty)
  #expect(mended.unreadable.map(\.ids) == [["a"]])
  #expect(mended.unreadable[0].old != nil && mended.unreadable[0].new == nil)
}

@Test func `the rows of a table with a quote that is never closed are not removed`() async throws {
  let found = try await comparison(
    ["rows.csv": "id,n\na,1\nb,2\nc,3\n"], ["rows.csv": "id,n\na,1\nb,\"2\nc,3\n"])
  #expect(found.records.isEmpty)
  #expect(found.unreadable.map(\.ids) == [["a", "b", "c"]])
}

@Test func `records without an id are counted, and unchanged ones are not told`() async throws {
  let found = try await comparison(
    ["lines.yaml": "- {t: one}\n- {t: two}\n- {id: a}\n"],
    ["lines.yaml": "- {id: a}\n- {t: two}\n- {t: three}\n- {t: four}\n"])
  #expect(found.records.isEmpty)
  #expect(found.others.map(\.kind) == [.unnamed(old: 1, new: 2, property: "id")])
}

@Test func `of two records with one id the one that stands where it stood is meant`() async throws {
  let found = try await comparison(
    ["items/b.yaml": "id: b\nt: one\n"],
    ["items/a.yaml": "id: b\nt: other\n", "items/b.yaml": "id: b\nt: two\n"])
  #expect(found.records.map(\.id) == ["b"])
  #expect(found.records[0].new?.path.string == "registers/items/b.yaml")
  #expect(found.others.map(\.kind) == [.second(id: "b")])
}

@Test func `an added or removed record is told with all its fields`() async throws {
  let file = ["items/a.yaml": "id: a\ntags: [x, y]\nmap: {k: v}\n"]
  let added = try await comparison([:], file)
  #expect(added.records.map { $0.fields.map(\.path) } == [["id", "tags", "map"]])
  #expect(added.records[0].fields.allSatisfy { $0.old == nil && $0.new != nil })
  let removed = try await comparison(file, [:])
  #expect(removed.records[0].fields.allSatisfy { $0.old != nil && $0.new == nil })
}

@Test func `every record of a large register that has another id is found again`() async throws {
  func rows(_ letter: String) -> [String: String] {
    [
      "rows.csv": "id,name,text\n"
        + (0..<4000).map { "\(letter)\($0),name \($0),text \($0 % 7)\n" }.joined()
    ]
  }
  let found = try await comparison(rows("X"), rows("Y"))
  #expect(found.records.count == 4000)
  #expect(found.records.allSatisfy { $0.formerID != nil && $0.fields.isEmpty })
}

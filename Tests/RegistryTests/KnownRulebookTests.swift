import Diagnostics
import Registry
import SourceText
import Testing

private func findings(_ changes: [String: String?] = [:], reviews: Bool = true) throws -> [String] {
  var files: [String: String?] = [
    "schema/catalogue.yaml":
      "catalogue: 1\ntitle: T\nregisters:\n  recs: {title: R, path: 'recs/{id}.yaml', shape: record, schema: s.json}\n",
    "schema/s.json": #"{"properties": {"a": {"$ref": "t.json"}, "b": {"pattern": "("}}}"#,
    "schema/t.json": "{}",
  ]
  files.merge(changes) { $1 }
  var report = Report()
  _ = try Rulebook.read(MemoryTree(files.compactMapValues(\.self)), reviews: reviews, into: &report)
  return report.sorted.map { "\($0.code.rawValue) \($0.range.path.string)" }
}

@Test func `a rulebook that was read before has the same findings`() throws {
  let first = try findings()
  #expect(!first.isEmpty)
  #expect(try findings() == first)
}

@Test func `a rulebook is read anew where a file of it is another, is gone or is new`() throws {
  let first = try findings()
  for changes: [String: String?] in [
    ["schema/s.json": "{}"], ["schema/t.json": nil], ["schema/u.json": "{"],
    ["schema/catalogue.yaml": "catalogue: 1\n"],
  ] {
    #expect(try findings(changes) != first, "\(changes)")
    #expect(try findings() == first)
  }
}

@Test func `a rulebook that is reviewed is another than one that is not`() throws {
  let reviewed = try findings(["schema/u.json": "{"])
  #expect(try findings(["schema/u.json": "{"], reviews: false) != reviewed)
}

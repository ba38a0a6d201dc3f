import Comparison
import Diagnostics
import Editing
import Registry
import SourceText
import Syntax
import Testing

/// Merges three texts without the help of Git's lines.
func merge(
  _ name: String, _ base: String, _ ours: String, _ theirs: String, register: Register? = nil,
  schema: String? = nil
) throws -> (text: String, conflicts: Int) {
  let path = try #require(RepoPath("registers/" + name))
  let tree = MemoryTree(["schema/r.json": schema ?? "{}"])
  let program = SchemaSet(tree: tree).program(at: try #require(RepoPath("schema/r.json")))
  let merge = ThreeWayMerge(
    base: SourceFile(path: path, text: base), ours: SourceFile(path: path, text: ours),
    theirs: SourceFile(path: path, text: theirs), register: register, program: program,
    labels: ConflictLabels(ours: "HEAD", theirs: "side")
  ) { _, _, _ in nil }
  return (String(decoding: merge.bytes, as: UTF8.self), merge.conflicts)
}

/// Merges in both directions, which must say the same.
func merged(
  _ name: String, _ base: String, _ ours: String, _ theirs: String, register: Register? = nil,
  schema: String? = nil, _ location: SourceLocation = #_sourceLocation
) throws -> String {
  let one = try merge(name, base, ours, theirs, register: register, schema: schema)
  let two = try merge(name, base, theirs, ours, register: register, schema: schema)
  #expect(one.conflicts == 0 && two.conflicts == 0, "\(one) \(two)", sourceLocation: location)
  return one.text
}

func register(_ definition: String) throws -> Register {
  var report = Report()
  let path = try #require(RepoPath("schema/catalogue.yaml"))
  let text = "catalogue: 1\ntitle: T\nregisters:\n  r: \(definition)\n"
  let tree = try #require(
    YAMLReader.tree(of: SourceFile(path: path, text: text), into: &report))
  let catalogue = try #require(CatalogueReader.catalogue(in: tree, into: &report))
  return try #require(catalogue.registers.first)
}

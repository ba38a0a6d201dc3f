import Comparison
import Diagnostics
import History
import RegistrarTestSupport
import Registry
import SourceText
import Testing

private let catalogue = """
  catalogue: 1
  title: T
  registers:
    table: {title: T, path: t.csv, shape: table, schema: any.schema.json}
    list: {title: L, path: l.yaml, shape: list, schema: any.schema.json}
  """

/// Returns the records that differ between two versions of a file, each with what happened to it.
private func changes(_ path: String, _ old: [UInt8], _ new: [UInt8]) async throws -> Set<String> {
  func snapshot(_ bytes: [UInt8]) async throws -> Snapshot {
    let tree = MemoryTree(bytes: [
      "schema/catalogue.yaml": Array(catalogue.utf8),
      "schema/any.schema.json": Array("{}".utf8), path: bytes,
    ])
    var report = Report()
    return try #require(try await Snapshot.read(tree, jobs: 1, into: &report))
  }
  let comparison = RegisterComparison(
    from: try await snapshot(old), to: try await snapshot(new))
  return Set(
    comparison.records.map { change in
      "\(change.kind.rawValue) \(change.id) \(change.fields.map(\.path))"
    })
}

@Test(arguments: [Catalogue.Shape.table, .list])
func `the stretch in which two versions differ tells what the whole files tell`(
  _ shape: Catalogue.Shape
) async throws {
  var random = SeededGenerator(seed: shape == .table ? 5 : 6)
  let path = shape == .table ? "registers/t.csv" : "registers/l.yaml"
  let values = ["one", "two", "three", "four and more"]
  func record(_ id: Int) -> String {
    let value = values.randomElement(using: &random) ?? ""
    let isOdd = Bool.random(using: &random) && Bool.random(using: &random)
    if shape == .table { return isOdd ? "R\(id),\"a, \(value)\n- id: b\"\n" : "R\(id),\(value)\n" }
    return isOdd
      ? "- id: R\(id)\n  text: |\n    \(value)\n    - id: x\n" : "- id: R\(id)\n  text: \(value)\n"
  }
  func text(_ records: [String]) -> [UInt8] {
    let whole = (shape == .table ? "id,text\n" : "# Hazards\n") + records.joined()
    return Array((Bool.random(using: &random) ? String(whole.dropLast()) : whole).utf8)
  }
  var cut = 0
  for _ in 0..<200 {
    let records = (1...Int.random(in: 2...12, using: &random)).map { record($0) }
    var others = records
    for round in 0..<Int.random(in: 0...2, using: &random) {
      let position = Int.random(in: 0..<max(1, others.count), using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0 where others.count > 1: others.remove(at: position)
      case 1: others.insert(record(20 + round), at: position)
      case 2: others.append(record(30 + round))
      default: if position < records.count { others[position] = record(position + 1) }
      }
    }
    // Which of two records with one id is meant nobody knows.
    let ids = others.map { $0.prefix { $0 != "," && $0 != "\n" } }
    guard Set(ids).count == ids.count else { continue }
    let file = try #require(RepoPath(path))
    let (old, new) = (text(records), text(others))
    guard
      let stretch = Stretch.differing(
        SourceFile(path: file, bytes: old), SourceFile(path: file, bytes: new), shape: shape)
    else { continue }
    cut += 1
    let whole = try await changes(path, old, new)
    let part = try await changes(path, stretch.old.bytes, stretch.new.bytes)
    let shown =
      "\(String(decoding: old, as: UTF8.self))\n→\n\(String(decoding: new, as: UTF8.self))"
    #expect(part == whole, "\(shown)")
  }
  #expect(cut > 75)
}

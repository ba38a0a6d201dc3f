import Comparison
import Diagnostics
import Editing
import RegistrarTestSupport
import Registry
import SourceText
import Syntax
import Testing

private let catalogue = """
  catalogue: 1
  title: A committee
  registers:
    items: {title: Items, path: items.yaml, shape: list, schema: any.schema.json}

  """

/// A register as a random test makes it: records by their ids, each with fields in an order of its own.
private struct Items {
  var records: [String: [String: String]] = [:]

  static func random(_ generator: inout SeededGenerator) -> Items {
    var items = Items()
    for number in 1...Int.random(in: 2...12, using: &generator) {
      var fields: [String: String] = [:]
      for name in ["text", "owner", "status", "due"] where Bool.random(using: &generator) {
        fields[name] = "v\(Int.random(in: 0..<1000, using: &generator))"
      }
      items.records["A\(number)"] = fields
    }
    return items
  }

  /// Changes some of the records whose numbers leave a rest, so that two sides touch different ones.
  func edited(rest: Int, _ generator: inout SeededGenerator) -> (Items, Set<String>) {
    var (items, changed) = (self, Set<String>())
    for id in records.keys.sorted() where (Int(id.dropFirst()) ?? 0) % 2 == rest {
      guard Bool.random(using: &generator) else { continue }
      let name = ["text", "owner", "status"].randomElement(using: &generator) ?? "text"
      items.records[id]?[name] = "new\(Int.random(in: 0..<1000, using: &generator))"
      changed.insert(id)
    }
    return (items, changed)
  }

  func text(_ generator: inout SeededGenerator, shuffled: Bool) -> String {
    var ids = records.keys.sorted { (Int($0.dropFirst()) ?? 0) < (Int($1.dropFirst()) ?? 0) }
    if shuffled { ids.shuffle(using: &generator) }
    return ids.map { id in
      var names = (records[id] ?? [:]).keys.sorted()
      if shuffled { names.shuffle(using: &generator) }
      let lines = names.map { "  \($0): \(records[id]?[$0] ?? "")\n" }
      return "- id: \(id)\n" + lines.joined()
    }.joined()
  }
}

private func comparison(_ old: String, _ new: String) async throws -> RegisterComparison {
  func snapshot(_ text: String) async throws -> Snapshot {
    var report = Report()
    let tree = MemoryTree([
      "schema/catalogue.yaml": catalogue, "schema/any.schema.json": "{}",
      "registers/items.yaml": text,
    ])
    return try #require(try await Snapshot.read(tree, jobs: 1, into: &report))
  }
  return RegisterComparison(from: try await snapshot(old), to: try await snapshot(new))
}

@Test func `a register that was only written in another order has no changes`() async throws {
  var generator = SeededGenerator(seed: 5)
  for _ in 0..<500 {
    let items = Items.random(&generator)
    let plain = items.text(&generator, shuffled: false)
    let changes = try await comparison(plain, items.text(&generator, shuffled: true))
    #expect(changes.records.isEmpty, "\(plain)")
    #expect(try await comparison(plain, plain).isEmpty)
  }
}

@Test func `the changes of a register, applied to the old one, give the new one`() async throws {
  var generator = SeededGenerator(seed: 6)
  for _ in 0..<500 {
    let (old, new) = (Items.random(&generator), Items.random(&generator))
    let changes = try await comparison(
      old.text(&generator, shuffled: true), new.text(&generator, shuffled: true))
    var applied = old.records
    for change in changes.records {
      // A record that is told to have another id now is the old one, renamed.
      if let former = change.formerID { applied[change.id] = applied.removeValue(forKey: former) }
      switch change.kind {
      case .added:
        applied[change.id] = Dictionary(
          uniqueKeysWithValues: (change.new?.node.members ?? []).compactMap { member in
            member.key.text == "id" ? nil : (member.key.text ?? "", member.value.text ?? "")
          })
      case .removed: applied[change.id] = nil
      case .changed:
        for field in change.fields where field.path != "id" {
          applied[change.id]?[field.path] = field.new?.text
        }
      }
    }
    #expect(applied == new.records)
  }
}

@Test func `the changes of two sides that were merged are those of both`() async throws {
  var generator = SeededGenerator(seed: 7)
  let path = try #require(RepoPath("registers/items.yaml"))
  for _ in 0..<500 {
    let base = Items.random(&generator)
    let (ours, mine) = base.edited(rest: 0, &generator)
    let (theirs, other) = base.edited(rest: 1, &generator)
    let texts = [base, ours, theirs].map { $0.text(&generator, shuffled: false) }
    let files = texts.map { SourceFile(path: path, bytes: Array($0.utf8)) }
    let merge = ThreeWayMerge(
      base: files[0], ours: files[1], theirs: files[2],
      labels: ConflictLabels(ours: "ours", theirs: "theirs")
    ) { _, _, _ in nil }
    #expect(merge.conflicts == 0)
    let changes = try await comparison(
      texts[0], String(decoding: merge.bytes, as: UTF8.self))
    let changed = Set(changes.records.filter { !$0.fields.isEmpty }.map(\.id))
    #expect(changed.isSubset(of: mine.union(other)))
    let sides = [
      try await comparison(texts[0], texts[1]), try await comparison(texts[0], texts[2]),
    ]
    #expect(changed == Set(sides.flatMap(\.records).map(\.id)))
  }
}

import Diagnostics
import RegistrarTestSupport
import Registry
import Rules
import SourceText
import Testing

/// A record with a list of acts, each with a state, a log and rules between two versions.
private func findings(
  _ old: String, _ new: MarkedText, list: String = ""
) async throws -> [Finding] {
  func index(_ text: String) async throws -> RecordIndex {
    let files = [
      "schema/catalogue.yaml":
        """
      catalogue: 1
      title: Code
      registers:
        recs: {title: Records, path: 'recs/{id}.yaml', shape: record, schema: rec.schema.json}

      """,
      "schema/rec.schema.json": #"""
      {"type": "object", "properties": {"id": {"type": "string"}, "acts": {"type": "array", \#(list)
        "items": {"type": "object", "properties": {
          "nr": {"type": "string"}, "done": {"type": "boolean"}, "text": {"type": "string"},
          "st": {"type": "string", "enum": ["open", "closed"], "x-states": {"initial": ["open"],
            "transitions": [{"from": "open", "to": ["closed"]}]}},
          "log": {"type": "array", "x-append-only": true}},
        "x-rules": [{"rule": "!has(oldSelf.done) || !oldSelf.done || self.done", "message": "open again", "code": "act/reopened"}],
        "x-immutable-when": {"when": "has(self.final) && self.final", "except": ["note"]}}}}}
      """#, "registers/recs/P1.yaml": text,
    ]
    var report = Report()
    let snapshot = try await Snapshot.read(MemoryTree(files), jobs: 1, into: &report)
    #expect(report.diagnostics.allSatisfy { ["value/not-listed", "value/type"].contains($0.code) })
    return RecordIndex(of: try #require(snapshot))
  }
  var report = Report()
  Rule.check(try await index(new.text), against: try await index(old), into: &report)
  return report.findings
}

private let changes: [(code: String, old: String, new: String)] = [
  (
    "state/transition", "[{id: a, st: closed}, {id: b, st: open}]",
    "[{id: b, st: open}, {id: a, st: 1️⃣open2️⃣}]"
  ),
  ("state/initial", "[{id: a, st: open}]", "[{id: a, st: open}, {id: b, st: 1️⃣closed2️⃣}]"),
  ("act/reopened", "[{id: a, done: true}]", "[1️⃣{id: a, done: false}2️⃣]"),
  ("history/rewritten", "[{id: a, log: [x]}]", "[{id: b}, {id: a, log: [1️⃣y2️⃣]}]"),
  ("history/removed", "[{id: a, log: [x]}]", "[1️⃣{id: a}2️⃣]"),
  ("history/removed", "[{id: a, log: [x]}, {id: b}]", "1️⃣[{id: b}]2️⃣"),
  ("history/immutable", "[{id: a, final: true, text: x}]", "[{id: a, final: true, text: 1️⃣y2️⃣}]"),
  ("history/immutable", "[{id: a, final: true}, {id: b}]", "1️⃣[{id: b}]2️⃣"),
  (
    "state/transition",
    "[{text: report on the figures, st: closed}, {text: invite them all, st: open}]",
    "[{text: invite them all, st: open}, {text: report on the figures, st: 1️⃣open2️⃣}]"
  ),
]

@Test(arguments: changes.indices)
func `what may not follow is told inside of lists too`(_ index: Int) async throws {
  let change = changes[index]
  let new = MarkedText("id: P1\nacts: \(change.new)\n")
  #expect(
    try await findings("id: P1\nacts: \(change.old)\n", new)
      == [Finding(.init(rawValue: change.code), new.offsets(1, 2))])
}

@Test func `elements of a list are known by the key that the schema names`() async throws {
  let old = "id: P1\nacts: [{nr: one, id: a, st: closed}, {nr: two, id: b, st: open}]\n"
  let swapped = MarkedText(
    "id: P1\nacts: [{nr: one, id: b, st: closed}, {nr: two, id: a, st: open}]\n")
  #expect(try await findings(old, swapped, list: #""x-key": "nr", "#) == [])
  #expect(try await findings(old, swapped).map(\.code) == ["state/transition"])
}

@Test(arguments: [
  ("[{id: a, st: open, log: [x]}]", "[{id: a, st: closed, log: [x, y]}, {id: b, st: open}]"),
  ("[{id: a, final: true, text: x}]", "[{id: c}, {id: a, final: true, text: x, note: n}]"),
  ("[{id: a, st: Closed}]", "[{id: a, st: closed}]"),
  ("[{id: a, done: 'yes'}]", "[{id: a, done: true}]"),
  ("[{text: one, st: closed}]", "[{text: quite another, st: closed}]"),
])
func `what may follow inside of a list is silent`(_ old: String, _ new: String) async throws {
  let files = try await findings("id: P1\nacts: \(old)\n", MarkedText("id: P1\nacts: \(new)\n"))
  #expect(files == [])
}

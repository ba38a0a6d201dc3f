import Diagnostics
import RegistrarTestSupport
import Registry
import Rules
import SourceText
import Testing

/// Returns what is said of some actions of the TABASC, which had meetings up to the given one.
private func findings(_ actions: String, latest: String = "TABASC17") async throws -> [String] {
  let files = [
    "schema/catalogue.yaml": """
    catalogue: 1
    registers:
      actions:
        path: actions.yaml
        shape: list
        schema: any.schema.json
        rules: {due-dates: {due: due, state: status, ended: [closed], updates: 'updates[].meeting', meetings: meetings}}
      meetings: {path: meetings.yaml, shape: list, schema: any.schema.json}

    """,
    "schema/any.schema.json": "{}",
    "registers/actions.yaml": actions
      + "- {id: TABASC09/06, status: open, updates: [{meeting: TABASC16}, {meeting: \(latest)}]}\n",
    "registers/meetings.yaml": """
    - {id: TABASC16, held: 2017-03-16}
    - {id: TABASC17, held: 2017-04-20}
    - {id: TABASC18, held: 2017-05-18}
    - {id: SECP43, held: 2017-04-07}

    """,
  ]
  var report = Report()
  let snapshot = try #require(try await Snapshot.read(MemoryTree(files), jobs: 1, into: &report))
  Rule.check(RecordIndex(of: snapshot), into: &report)
  return report.sorted.map(\.message.text)
}

@Test func `what is due on a day and was never reported is told at the first meeting after it`()
  async throws
{
  #expect(
    try await findings("- {id: TABASC16/02, due: 2017-03-31, status: open}\n") == [
      "'TABASC16/02' was due at 2017-03-31 and has no update since, up to TABASC17"
    ])
  #expect(try await findings("- {id: TABASC16/02, due: 2017-04-20, status: open}\n") == [])
}

@Test func `what is due at a meeting of another body is compared by the days`() async throws {
  #expect(
    try await findings(
      "- {id: TABASC16/03, due: SECP43, status: open, updates: [{meeting: TABASC16}]}\n") == [
        "'TABASC16/03' was due at SECP43 and has no update since, up to TABASC17"
      ])
  #expect(
    try await findings(
      "- {id: TABASC16/03, due: SECP43, status: open, updates: [{meeting: TABASC16}]}\n",
      latest: "TABASC16") == [])
}

@Test func `what has no update at the meeting where it was due is told at that meeting`()
  async throws
{
  #expect(
    try await findings(
      "- {id: TABASC16/04, due: TABASC17, status: open, updates: [{meeting: TABASC16}]}\n") == [
        "'TABASC16/04' was due at TABASC17 and has no update there"
      ])
}

@Test func `what was reported where it was due is told at the next meeting if it is open`()
  async throws
{
  let action = "- {id: TABASC16/04, due: TABASC17, status: open, updates: [{meeting: TABASC17}]}\n"
  #expect(try await findings(action) == [])
  #expect(
    try await findings(action, latest: "TABASC18") == [
      "'TABASC16/04' was due at TABASC17 and is open at TABASC18: it slipped 1 meeting"
    ])
}

@Test func `what was closed owes nothing`() async throws {
  #expect(try await findings("- {id: TABASC16/02, due: 2017-03-31, status: closed}\n") == [])
}

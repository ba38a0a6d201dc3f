import Diagnostics
import Foundation
import RegistrarTestSupport
import Registry
import SourceText
import Testing

/// Returns the account of the documents that the registers of this repository were transcribed from; `nil` where
/// they are not on this machine.
private func ownAccount() async throws -> SourceAccount? {
  guard let folder = Conformance.sources else { return nil }
  var report = Report()
  let tree = WorkTree(root: projectFolder)
  let snapshot = try #require(
    try await Snapshot.read(tree, jobs: 2, judges: false, into: &report))
  let register = try #require(snapshot.catalogue.registers.first { $0.name == "sources" })
  var texts: [String: String] = [:]
  for record in snapshot.records(of: register) {
    let file = try #require(record.text(of: "file"))
    texts[record.id] = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
  }
  return SourceAccount(texts, snapshot)
}

@Test func `every word of the sources is held once, at the lines that its holder names`()
  async throws
{
  guard let account = try await ownAccount() else {
    #expect(!Conformance.isRequired, "the documents are missing")
    return
  }
  #expect(account.sources.count == 5)
  for (id, source) in account.sources.sorted(by: { $0.key < $1.key }) {
    #expect(source.words.count > 3_000)
    #expect(source.unheld == [], "\(id) has words that nothing holds")
  }
  #expect(account.misplaced == [])
  #expect(account.doubled == [])
}

private let source = """
  1. Update\u{20}

  SECAS noted that the paper would be sent to all members of the Sub-
  Committee before the next meeting.\u{20}

  Action Update
  • The Panel NOTED the paper; and\u{20}

  ACTION P1/01: SECAS to send it.\u{20}

  Action CLOSED.
  """

/// Accounts for the source above.
private func account(
  actions: String = """
  - {id: P1/01, text: SECAS to send it., status: closed, source: {document: S1, lines: 9-11}}
  """,
  minutes: String =
    "SECAS noted that the paper would be sent to all members of the Sub-Committee before the next meeting.",
  resolution: String = "The Panel NOTED the paper", lines: String = "3-4"
) async throws -> SourceAccount {
  let files = [
    "schema/catalogue.yaml": """
    catalogue: 1
    title: A committee
    numbering: {agenda: {levels: ['1']}}
    registers:
      actions: {title: Actions, path: actions.yaml, shape: list, schema: any.schema.json}
      agenda: {title: Agenda, path: agenda.yaml, shape: list, schema: any.schema.json}
      minutes: {title: Minutes, path: 'minutes/{id}.md', shape: document, schema: any.schema.json, numbering: agenda}
      sources: {title: Sources, path: sources.yaml, shape: list, schema: any.schema.json}

    """,
    "schema/any.schema.json": "{}",
    "registers/actions.yaml": actions,
    "registers/agenda.yaml": """
    - id: P1#1
      title: Update
      resolutions: [{text: '\(resolution)', lines: 7}]
      source: {document: S1, lines: 1}
    """,
    "registers/minutes/P1.md": """
    ---
    id: P1
    clauses: [{clause: '1', lines: \(lines)}]
    sources: [{document: S1, lines: 1}]
    ---

    ## 1. [P1#1]

    \(minutes)

    - [P1#1]

    """,
    "registers/sources.yaml": """
    - id: S1
      furniture: [{lines: 6, what: head of the table}]
    """,
  ]
  var report = Report()
  let snapshot = try #require(
    try await Snapshot.read(MemoryTree(files), jobs: 1, into: &report))
  return SourceAccount(["S1": source], snapshot)
}

@Test func `words in records, documents and furniture are accounted for`() async throws {
  let account = try await account()
  #expect(account.sources["S1"]?.unheld == [])
  #expect(account.misplaced == [])
  #expect(account.doubled == [])
}

@Test func `words that nothing holds are told with their line`() async throws {
  let account = try await account(actions: "- {id: P1/01}")
  #expect(
    account.sources["S1"]?.unheld == ["9: ACTION P1/01: SECAS to send it. Action CLOSED."])
}

@Test func `a text with another word, or at other lines, is told`() async throws {
  let other = try await account(resolution: "The Panel NOTED the whole long paper")
  #expect(other.misplaced == ["agenda/P1#1, text: The Panel NOTED the whole long paper"])
  let elsewhere = try await account(lines: "5-6")
  #expect(elsewhere.misplaced.count == 1)
  #expect(elsewhere.sources["S1"]?.unheld.first?.hasPrefix("3: SECAS noted") == true)
}

@Test func `a text that a document and a record hold is told`() async throws {
  let account = try await account(
    actions: """
      - {id: P1/01, text: SECAS to send it., status: closed, source: {document: S1, lines: 9-11}}
      - id: P1/02
        text: SECAS noted that the paper would be sent to all members of the Sub-Committee before the next meeting.
        source: {document: S1, lines: 1-4}
      """)
  #expect(account.sources["S1"]?.unheld == [])
  #expect(account.misplaced == [])
  #expect(account.doubled.count == 1)
  #expect(account.doubled.first?.hasPrefix("actions/P1/02, text and minutes/P1, 1: SECAS") == true)
}

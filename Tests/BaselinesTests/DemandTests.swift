import RegistrarTestSupport
import Testing

private let demanding = """
  catalogue: 1
  title: SEC
  baselines:
    sec:
      tag: 'sec/{version}'
      demands:
        decision: true
        published: true
        versions: true
        explained: [Decision, Modification]
        modifications: true
  modifications: {register: modifications, trailer: Modification, state: stage, approved: [approved], implemented: implemented, affects: affects}
  registers:
    documents: {title: Documents, path: 'documents/{id}.md', shape: document, schema: any.schema.json}
    meetings: {title: Meetings, path: meetings.yaml, shape: list, schema: any.schema.json}
    modifications: {title: Modifications, path: 'modifications/{id}.yaml', shape: record, schema: any.schema.json}

  """

private func demandingHistory() async throws -> TestRepository {
  let history = try TestRepository(
    .commit(
      "First", .write("schema/catalogue.yaml", demanding), .write("schema/any.schema.json", "{}"),
      .write("registers/meetings.yaml", "- {id: SECP39, held: 2016-10-09}\n"),
      .write("registers/modifications/DP083.yaml", "id: DP083\nstage: approved\naffects: [C]\n"),
      .write("registers/documents/C.md", "---\nid: C\nversion: '5.9'\n---\nC1. Text.\n"),
      .write("registers/documents/D.md", "---\nid: D\nversion: '1.0'\n---\nD1. Text.\n")))
  let (status, output) = await make(history, "sec/5.9")
  #expect(status == 0, "\(output)")
  return history
}

private func make(_ history: TestRepository, _ name: String) async -> (Int32, String) {
  await registrar(
    history, "baseline", "create", name, "--effective", "2016-11-08", "--published", "2016-11-01",
    "--decision", "SECP39/24")
}

private let document = "registers/documents/C.md"
private let modification = "registers/modifications/DP083.yaml"

@Test(arguments: [
  // A file, what it says, the message, and what stands in the way; nothing where it may pass.
  (document, "---\nid: C\nversion: '5.10'\n---\nC1. Other.\n", "x\n\nModification: DP083", ""),
  (document, "---\nid: C\nversion: '5.10'\n---\nC1. Other.\n", "x\n\nDecision: SECP39/24", ""),
  (document, "---\nid: C\nversion: '5.10'\n---\nC1. Other.\n", "x", "changed ("),
  (
    document, "---\nid: C\nversion: '5.9'\n---\nC1. Other.\n", "x\n\nModification: DP083",
    "the text of 'C' changed, and its version is still 5.9"
  ),
  (
    document, "---\nid: C\nversion: '5.8'\n---\nC1. Other.\n", "x\n\nModification: DP083",
    "went back from 5.9 to 5.8"
  ),
  (
    document, "---\nid: C\nversion: '5.10'\n---\nC1. Text.\n", "x\n\nModification: DP083",
    "'C' has the version 5.10 and the text of 5.9"
  ),
  (
    document, "---\nid: C\nversion: '5.10'\n---\nC1. Other.\n", "x\n\nModification: DP099",
    "'Modification: DP099' names nothing"
  ),
  (
    modification, "id: DP083\nstage: refinement\naffects: [C]\n", "x\n\nModification: DP083",
    "'DP083' is carried out and is 'refinement', not 'approved' or 'implemented'"
  ),
  (
    modification, "id: DP083\nstage: implemented\naffects: [C]\n", "x\n\nModification: DP083",
    "'DP083' is 'implemented' and claims to change 'C', which no commit with 'Modification: DP083' does"
  ),
])
func `what a kind of baseline demands stands in the way where it is not met`(
  _ path: String, _ text: String, _ message: String, _ obstacle: String
) async throws {
  let history = try await demandingHistory()
  try history.write(path, text)
  try history.git("commit", "-q", "-a", "-m", message)
  let (status, output) = await make(history, "sec/5.10")
  #expect(status == (obstacle.isEmpty ? 0 : 1), "\(output)")
  #expect(obstacle.isEmpty || output.contains(obstacle), "\(output)")
}

@Test func `all that stands in the way is told at once`() async throws {
  let history = try await demandingHistory()
  try history.write(document, "---\nid: C\nversion: '5.9'\n---\nC1. Other.\n")
  try history.git("commit", "-q", "-a", "-m", "x")
  let (status, output) = await registrar(
    history, "baseline", "create", "sec/5.8", "--effective", "2016-11-01")
  #expect(status == 1)
  for words in [
    "does not come after '5.9'", "before 'sec/5.9' from 2016-11-08", "it names no decision",
    "when it was published", "its version is still 5.9", "no commit says why",
  ] {
    #expect(output.contains(words), "\(words): \(output)")
  }
}

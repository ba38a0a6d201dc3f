import RegistrarTestSupport
import Testing

private func tag(
  _ history: TestRepository, _ name: String, _ more: String...
) async -> (Int32, String) {
  var words = ["baseline", "create", name, "--effective", "2017-02-09", "--no-sign"]
  words += more
  let result = try? runProgram(
    ["registrar"] + words, in: history.path, environment: history.environmentWithPrograms)
  return (result?.status ?? 99, (result?.output ?? "") + (result?.errors ?? ""))
}

@Test(arguments: [
  "echo 'impact: 4' >> registers/risks/R1.yaml",
  "echo 'impact: 4' >> registers/risks/R1.yaml && git add -A",
  "cp registers/risks/R1.yaml registers/risks/R2.yaml",
  "rm registers/risks/R1.yaml",
  "echo >> schema/catalogue.yaml",
])
func `what is not committed is not thought to be in a baseline`(_ change: String) async throws {
  let history = try await repository()
  try runProgram(["sh", "-c", change], in: history.path, environment: history.environment)
  let (status, output) = await tag(history, "sec/5.4")
  #expect(status == 1 && output.contains("[baseline/uncommitted]"), "\(output)")
  let named = await tag(history, "sec/5.4", "--at", "HEAD")
  #expect(
    named.0 == 0 && named.1.contains("changes that are not committed are not in it"), "\(named.1)")
}

@Test func `what lies beside the registers does not matter`() async throws {
  let history = try await repository()
  try history.write("draft.txt", "x")
  #expect(await tag(history, "sec/5.4").0 == 0)
}

@Test func `a version is a number`() async throws {
  let history = try await repository()
  for name in ["sec/v5.4", "sec/V6"] {
    let (status, output) = await tag(history, name)
    #expect(status == 1 && output.contains("[baseline/name]"), "\(output)")
    #expect(output.contains("or let the kind's tag be 'sec/v{version}'"), "\(output)")
  }
}

@Test func `a commit that is on no branch is not tagged`() async throws {
  let history = try await repository()
  try history.git("checkout", "-q", "--detach")
  try history.git("commit", "-q", "--allow-empty", "-m", "Nowhere")
  let (status, output) = await tag(history, "sec/5.4")
  #expect(status == 1 && output.contains("[baseline/no-branch]"), "\(output)")
}

@Test func `a time that Git does not write is refused, and those that it writes are taken`()
  async throws
{
  for (time, isTaken) in [
    ("1481270400 +0000", true), ("@1481270400 +0100", true), ("2016-12-09T08:00:00+00:00", true),
    ("2016-12-09 08:00:00 +0000", true), ("9223372036854775807 +0000", false), ("yesterday", false),
    ("-5 +0000", false),
  ] {
    let history = try await repository()
    let result = try runProgram(
      ["registrar", "baseline", "create", "sec/5.4", "--effective", "2017-02-09", "--no-sign"],
      in: history.path,
      environment: history.environmentWithPrograms.merging(["GIT_COMMITTER_DATE": time]) { $1 })
    #expect((result.status == 0) == isTaken, "\(time): \(result.output)\(result.errors)")
    if isTaken { #expect(await registrar(history, "baseline", "verify").0 == 0, "\(time)") }
  }
}

@Test func `a baseline that takes effect later is something that comes next`() async throws {
  let history = try await repository()
  let words = ["--effective", "2027-07-01", "--decision", "SECP39/24", "--no-sign"]
  let result = try runProgram(
    ["registrar", "baseline", "create", "sec/5.4"] + words, in: history.path,
    environment: history.environmentWithPrograms)
  #expect(result.status == 0, "\(result.output)\(result.errors)")
  let coming = await registrar(history, "next")
  #expect(coming == (0, "sec/5.4 takes effect on 2027-07-01, decided by SECP39/24\n"))
  #expect(await registrar(history, "audit").1.contains("1 July 2027 (to come)"))
}

@Test func `an audit lists each waiver with its reason, and how much it accepts`() async throws {
  let history = try TestRepository(
    .commit(
      "First",
      .write(
        "schema/catalogue.yaml",
        catalogue
          + "  waivers: {title: Waivers, path: waivers.yaml, shape: list, schema: any.schema.json}\n"
      ),
      .write("schema/risk.schema.json", #"{"required": ["status"]}"#),
      .write("schema/any.schema.json", "{}"), .write("registers/risks/R1.yaml", "id: R1\n"),
      .write(
        "registers/waivers.yaml",
        "- {id: W1, code: field/missing, item: R1, reason: Nobody knows | yet, decision: SECP1/01}\n"
      )))
  #expect(await tag(history, "sec/1.0").0 == 0)
  let (status, output) = await registrar(history, "audit", "--format", "markdown")
  #expect(status == 0, "\(output)")
  #expect(
    output.contains("| W1 | field/missing | R1 | 1 | Nobody knows \\| yet | SECP1/01 |  |"),
    "\(output)")
  #expect(output.contains("| sec/1.0 | 9 February 2017 |  | 2 | 1 |"), "\(output)")
}

/// A catalogue with documents that have versions.
private let documents = """
  catalogue: 1
  title: SEC
  baselines: {sec: {tag: 'sec/{version}', demands: {versions: true}}}
  registers:
    documents:
      title: Documents
      path: 'documents/{id}.md'
      shape: document
      schema: any.schema.json
      rules: {document-versions: {version: version, status: status, record: amendments}}

  """

private func document(_ version: String, _ status: String, _ text: String) -> String {
  """
  ---
  id: C
  version: '\(version)'
  status: \(status)
  amendments:
  - {version: '1.0', effective: 2016-11-08}
  ---

  C1. \(text)

  """
}

@Test
func
  `a draft of the next version is written with its version, and does not replace what is in force`()
  async throws
{
  let history = try TestRepository(
    .commit(
      "First", .write("schema/catalogue.yaml", documents), .write("schema/any.schema.json", "{}"),
      .write("registers/documents/C.md", document("1.0", "effective", "The Panel meets."))))
  #expect(await tag(history, "sec/1.0").0 == 0)
  for (version, text) in [("1.1", "The Panel meets monthly."), ("1.1", "The Panel meets weekly.")] {
    try history.write("registers/documents/C.md", document(version, "draft", text))
    let check = await registrar(history, "check", "--against", "HEAD")
    #expect(check.0 == 0 && !check.1.contains("version/"), "\(check.1)")
    try history.git("commit", "-q", "-a", "-m", "Draft")
  }
  let refused = await tag(history, "sec/1.1")
  let draft = try history.git("rev-parse", "--short=7", "HEAD").filter { !$0.isWhitespace }
  #expect(refused.0 == 1, "\(refused.1)")
  #expect(
    refused.1.contains(
      "refused: 'C' is a draft of version 1.1 (\(draft) Draft), and version 1.0 is in force"),
    "\(refused.1)")
  // What is on record as released is no draft, and a released text keeps its version.
  try history.write("registers/documents/C.md", document("1.0", "draft", "The Panel meets."))
  #expect(await registrar(history, "check").1.contains("version/status"))
  try history.write("registers/documents/C.md", document("1.1", "effective", "The Panel meets."))
  #expect(await registrar(history, "check").1.contains("version/unrecorded"))
}

@Test(arguments: [true, false])
func `a version without words of its own is one that the amendment record has`(
  isRecorded: Bool
)
  async throws
{
  let catalogue =
    isRecorded ? documents : documents.replacing(", record: amendments", with: "")
  let history = try TestRepository(
    .commit(
      "First", .write("schema/catalogue.yaml", catalogue), .write("schema/any.schema.json", "{}"),
      .write("registers/documents/C.md", document("1.0", "effective", "The Panel meets."))))
  #expect(await tag(history, "sec/1.0").0 == 0)
  let raised = document("1.1", "effective", "The Panel\nmeets.")
    .replacing("\n---\n\n", with: "\n- {version: '1.1', effective: 2017-02-09}\n---\n\n")
  try history.write("registers/documents/C.md", raised)
  try history.git("commit", "-q", "-a", "-m", "Raise")
  let (status, output) = await tag(history, "sec/1.1")
  #expect(status == (isRecorded ? 0 : 1), "\(output)")
  #expect(
    output.contains("refused: 'C' has the version 1.1 and the text of 1.0") != isRecorded,
    "\(output)")
}

/// A catalogue with a register of meetings, a kind that is named after them, and one that demands a decision.
private let deciding =
  """
  catalogue: 1
  title: Code
  baselines:
    sec: {tag: 'sec/{version}', demands: {decision: true}}
    panel: {tag: 'panel/{meeting}'}
    party: {tag: 'party/{party}'}
  registers:
    meetings: {title: Meetings, path: meetings.yaml, shape: list, schema: any.schema.json}
    parties: {title: Parties, path: parties.yaml, shape: list, schema: any.schema.json}

  """

private func decidingHistory(_ catalogue: String = deciding) throws -> TestRepository {
  try TestRepository(
    .commit(
      "First", .write("schema/catalogue.yaml", catalogue), .write("schema/any.schema.json", "{}"),
      .write("registers/meetings.yaml", "- {id: SECP1, held: 2017-01-08}\n"),
      .write("registers/parties.yaml", "- {id: DCC}\n")))
}

@Test func `a kind is named after what its register has`() async throws {
  let history = try decidingHistory()
  for name in ["panel/SECP9", "panel/foo", "party/dcc"] {
    for more in [[], ["--dry-run"]] {
      let result = try runProgram(
        ["registrar", "baseline", "create", name, "--effective", "2017-02-09"] + more,
        in: history.path, environment: history.environmentWithPrograms)
      #expect(result.status == 1 && result.errors.contains("[baseline/name]"), "\(result.errors)")
      #expect(result.errors.contains("which is not in '"), "\(result.errors)")
    }
  }
  #expect(await tag(history, "panel/SECP1").0 == 0)
  #expect(await tag(history, "party/DCC").0 == 0)
}

@Test func `a withdrawal names a decision that is there, as its baseline does`() async throws {
  let history = try decidingHistory()
  #expect(await tag(history, "sec/1.0").1.contains("it names no decision"))
  let unknown = await tag(history, "sec/1.0", "--decision", "SECP99/01")
  #expect(unknown.0 == 1 && unknown.1.contains("is of no meeting"), "\(unknown.1)")
  #expect(await tag(history, "sec/1.0", "--decision", "SECP1/01").0 == 0)
  func withdraw(_ decision: String, _ more: String...) throws -> (Int32, String) {
    let result = try runProgram(
      ["registrar", "baseline", "withdraw", "sec/1.0", "--no-sign", "--decision", decision] + more,
      in: history.path, environment: history.environmentWithPrograms)
    return (result.status, result.output + result.errors)
  }
  for more in ["--no-sign", "--dry-run"] {
    let (status, said) = try withdraw("SECP99/01", more)
    #expect(status == 1 && said.contains("is of no meeting of the register"), "\(said)")
  }
  #expect(try withdraw("SECP1/02").0 == 0)
}

@Test func `decisions stand in the register that the trailer names`() async throws {
  let history = try decidingHistory(
    deciding + "trailers:\n  Decision: {when: [meetings], names: parties, example: DCC/1}\n")
  #expect(
    await tag(history, "sec/1.0", "--decision", "SECP1/01").1.contains("names nothing in 'parties'")
  )
  #expect(await tag(history, "sec/1.0", "--decision", "DCC/1").0 == 0)
}

@Test func `an audit names the baselines without a decision`() async throws {
  let history = try decidingHistory(deciding.replacing(", demands: {decision: true}", with: ""))
  #expect(await tag(history, "sec/1.0").0 == 0)
  let free = await registrar(history, "audit", "--format", "markdown")
  #expect(free.0 == 0 && free.1.contains("## Without a decision\n\n- sec/1.0"), "\(free.1)")
  let asking = try decidingHistory()
  try asking.write("schema/catalogue.yaml", deciding)
  #expect(await tag(asking, "sec/1.0", "--decision", "SECP1/01").0 == 0)
  try replace("sec/1.0", in: asking) { $0.replacing("Decision: SECP1/01\n", with: "") }
  let (status, said) = await registrar(asking, "audit", "--format", "markdown")
  #expect(status == 1 && said.contains("sec/1.0: it names no decision"), "\(said)")
}

@Test func `a mistyped version that was withdrawn blocks no number below it`() async throws {
  let history = try await repository()
  func run(_ script: String) throws -> (Int32, String) {
    let result = try runProgram(
      ["sh", "-c", script], in: history.path, environment: history.environmentWithPrograms)
    return (result.status, result.output + result.errors)
  }
  let create = "registrar baseline create --effective 2017-03-01 --no-sign"
  #expect(try run("\(create) sec/5.30").0 == 0)
  #expect(try run("\(create) sec/5.3").1.contains("'5.3' does not come after '5.30'"))
  #expect(try run("registrar baseline withdraw sec/5.30 --decision SECP1/01 --no-sign").0 == 0)
  for name in ["sec/5.3", "sec/5.4", "sec/5.31"] {
    let (status, said) = try run("\(create) \(name)")
    #expect(status == 0, "\(said)")
    let verified = try run("registrar baseline verify")
    #expect(verified.0 == 0, "\(name): \(verified.1)")
  }
  let again = try run("\(create) sec/5.30")
  #expect(again.0 == 1 && again.1.contains("[baseline/exists]"), "\(again.1)")
  let below = try run("\(create) sec/5.1")
  #expect(below.0 == 1 && below.1.contains("does not come after '5.31'"), "\(below.1)")
  // Without the withdrawal there are two ends.
  try history.git("update-ref", "-d", "refs/tags/withdrawn/sec/5.30")
  let bad = try run("registrar baseline verify")
  #expect(bad.0 == 1 && bad.1.contains("the chain has two ends"), "\(bad.1)")
}

@Test func `a withdrawn baseline whose number is below stays the one that the next follows`()
  async throws
{
  let history = try await repository()
  let withdrawn = try runProgram(
    ["registrar", "baseline", "withdraw", "sec/5.2", "--decision", "SECP1/01", "--no-sign"],
    in: history.path, environment: history.environmentWithPrograms)
  #expect(withdrawn.status == 0)
  #expect(await tag(history, "sec/5.3").0 == 0)
  let id = try history.git("rev-parse", "sec/5.2")
  #expect(try history.git("cat-file", "tag", "sec/5.3").contains("Previous: \(id)"))
  #expect(await registrar(history, "baseline", "verify").0 == 0)
}

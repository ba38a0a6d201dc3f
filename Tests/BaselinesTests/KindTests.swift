import RegistrarTestSupport
import Testing

private let kindsOfBodies = """
  catalogue: 1
  title: Committees
  baselines:
    sec: {tag: 'sec/{version}', registers: [versions-of-sec], versions: versions-of-sec}
    tabasc:
      tag: 'tabasc/{meeting}'
      registers: [actions, meetings, parties]
      where: {actions: "self.body == 'TABASC'", meetings: "self.id.startsWith('TABASC')", parties: "self.kind == 'user'"}
  registers:
    actions: {title: Actions, path: 'actions/{id|dash}.yaml', shape: record, schema: any.schema.json}
    meetings: {title: Meetings, path: 'meetings/{id}.yaml', shape: record, schema: any.schema.json}
    parties: {title: Parties, path: parties.csv, shape: table, schema: any.schema.json}
    versions-of-sec: {title: Versions, path: versions.yaml, shape: list, schema: any.schema.json}

  """

private func bodies() throws -> TestRepository {
  try TestRepository(
    .commit(
      "First", .write("schema/catalogue.yaml", kindsOfBodies),
      .write("schema/any.schema.json", "{}"),
      .write("registers/actions/TABASC16-01.yaml", "id: TABASC16/01\nbody: TABASC\nstatus: open\n"),
      .write("registers/actions/SECP39-01.yaml", "id: SECP39/01\nbody: SECP\nstatus: open\n"),
      .write("registers/meetings/TABASC16.yaml", "id: TABASC16\nheld: 2017-03-16\n"),
      .write("registers/meetings/TABASC17.yaml", "id: TABASC17\nheld: 2017-04-20\n"),
      .write("registers/meetings/SECP39.yaml", "id: SECP39\nheld: 2016-12-09\n"),
      .write("registers/parties.csv", "id,kind\nP1,user\nP2,none\n"),
      .write(
        "registers/versions.yaml",
        "- {id: '5.0', effective: 2016-11-08}\n- {id: '5.2', effective: 2016-12-21}\n"
          + "- {id: '5.4'}\n")))
}

private func make(
  _ history: TestRepository, _ name: String, from day: String
) async -> (Int32, String) {
  await registrar(history, "baseline", "create", name, "--effective", day, "--no-sign")
}

@Test func `a baseline of one body holds no records of the other`() async throws {
  let history = try bodies()
  #expect(await make(history, "tabasc/TABASC16", from: "2017-03-16").0 == 0)
  let (status, manifest) = await registrar(history, "baseline", "manifest", "tabasc/TABASC16")
  #expect(status == 0)
  for held in ["actions/TABASC16-01", "meetings/TABASC16", "\"id\":\"P1\"", "parties.csv"] {
    #expect(manifest.contains(held), "\(held)")
  }
  for other in ["SECP39", "\"id\":\"P2\"", "versions.yaml"] {
    #expect(!manifest.contains(other), "\(other)")
  }
  #expect(await registrar(history, "baseline", "verify", "tabasc/TABASC16").0 == 0)
}

@Test func `what another body has is no answer of a baseline`() async throws {
  let history = try bodies()
  #expect(await make(history, "tabasc/TABASC16", from: "2017-03-16").0 == 0)
  #expect(
    await registrar(history, "as-of", "2017-03-20", "TABASC16/01").1.hasPrefix(
      "TABASC16/01 as of tabasc/TABASC16"))
  let result = try runProgram(
    ["registrar", "as-of", "2017-03-20", "SECP39/01"], in: history.path,
    environment: history.environmentWithPrograms)
  #expect(result.status == 2 && result.errors.contains("holds 'SECP39/01'"), "\(result.errors)")
}

@Test func `a version in force that has no baseline is named with the one before it`() async throws
{
  let history = try bodies()
  #expect(await make(history, "sec/5.0", from: "2016-11-08").0 == 0)
  #expect(
    await registrar(history, "as-of", "2016-12-20").1 == "sec: sec/5.0, in force from 2016-11-08\n")
  #expect(
    await registrar(history, "as-of", "2016-12-21").1 == """
      sec: sec/5.0, in force from 2016-11-08
        5.2 of 'versions-of-sec' is in force from 2016-12-21, and has no baseline

      """)
  #expect(await make(history, "sec/5.2", from: "2016-12-21").0 == 0)
  #expect(
    await registrar(history, "as-of", "2016-12-31").1 == "sec: sec/5.2, in force from 2016-12-21\n")
}

@Test func `what changed since a baseline is what it holds`() async throws {
  let history = try bodies()
  #expect(await make(history, "tabasc/TABASC16", from: "2017-03-16").0 == 0)
  try history.write(
    "registers/actions/TABASC16-01.yaml", "id: TABASC16/01\nbody: TABASC\nstatus: closed\n")
  try history.write(
    "registers/actions/SECP39-01.yaml", "id: SECP39/01\nbody: SECP\nstatus: closed\n")
  try history.git("commit", "-q", "-a", "-m", "Closed")
  let (_, status) = await registrar(history, "status")
  #expect(status.contains("1 item changed since:\n    actions: TABASC16/01\n"), "\(status)")
  #expect(await make(history, "tabasc/TABASC17", from: "2017-04-20").0 == 0)
  let (_, notes) = await registrar(
    history, "baseline", "notes", "tabasc/TABASC16", "tabasc/TABASC17")
  #expect(notes.contains("TABASC16/01") && !notes.contains("SECP39"), "\(notes)")
}

@Test func `a baseline of a version is named and dated as its record`() async throws {
  let history = try bodies()
  for (name, day, words) in [
    ("sec/9.9", "2016-11-08", "names the version '9.9', which is not in 'versions-of-sec'"),
    (
      "sec/5.0", "2016-12-21",
      "is in force from 2016-12-21, and '5.0' of 'versions-of-sec' from 2016-11-08"
    ),
    (
      "sec/5.4", "2017-02-09",
      "is in force from 2017-02-09, and '5.4' of 'versions-of-sec' does not say from when"
    ),
  ] {
    let (status, output) = await make(history, name, from: day)
    #expect(status == 1 && output.contains(words), "\(output)")
  }
  let (status, output) = await make(history, "sec/5.0", from: "2016-11-08")
  #expect(status == 0, "\(output)")
}

@Test
func `an audit tells of a baseline that differs from its record, and of a version without one`()
  async throws
{
  let history = try bodies()
  #expect(await make(history, "sec/5.0", from: "2016-11-08").0 == 0)
  let (status, good) = await registrar(history, "audit", "--format", "markdown")
  #expect(status == 0, "\(good)")
  #expect(
    good.contains(
      "## Without a baseline\n\n- 5.2 of 'versions-of-sec', in force from 2016-12-21: sec/5.2\n"),
    "\(good)")
  try history.write(
    "registers/versions.yaml", "- {id: '5.0', effective: 2016-11-09}\n- {id: '5.4'}\n")
  try history.git("commit", "-q", "-a", "-m", "Another day")
  let (found, bad) = await registrar(history, "audit", "--format", "markdown")
  #expect(found == 1)
  #expect(
    bad.contains(
      "sec/5.0: it is in force from 2016-11-08, and '5.0' of 'versions-of-sec' from 2016-11-09"),
    "\(bad)")
}

@Test(arguments: [
  ("actions: \"self.body = 'TABASC'\"", "is no expression"),
  ("actions: self.body", ""),
  ("action: \"true\"", "Did you mean 'actions'?"),
  ("versions-of-sec: \"true\"", "a baseline of this kind holds no 'versions-of-sec'"),
])
func `a slip in what a kind holds is told`(_ slip: (String, String)) async throws {
  let history = try bodies()
  try history.write(
    "schema/catalogue.yaml",
    kindsOfBodies.replacing("actions: \"self.body == 'TABASC'\"", with: slip.0))
  let (status, output) = await registrar(history, "check")
  #expect((status == 0) == slip.1.isEmpty, "\(output)")
  #expect(output.contains(slip.1), "\(output)")
}

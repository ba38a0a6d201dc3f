import RegistrarTestSupport
import Testing

/// Two baselines in a repository that others clone.
private func origin() async throws -> TestRepository {
  let history = try await repository()
  try history.git("config", "uploadpack.allowFilter", "true")
  return history
}

/// Clones with some options and runs lines of a shell in the clone.
private func inClone(
  of history: TestRepository, _ options: String, _ script: String
) throws -> (status: Int32, said: String) {
  let result = try runProgram(
    [
      "sh", "-c",
      "git clone -q \(options) file://\(history.path) .git/clone 2>/dev/null; cd .git/clone && \(script)",
    ], in: history.path, environment: history.environmentWithPrograms)
  return (result.status, result.output + result.errors)
}

@Test(arguments: [
  ("--depth 1", "this clone is shallow", "git fetch --unshallow --tags"),
  ("--no-tags", "this clone fetches no tags", "git fetch --tags"),
])
func `where tags may be missing nothing is verified, and it is said`(
  _ options: String, _ why: String, _ remedy: String
) async throws {
  let history = try await origin()
  try history.git("commit", "-q", "--allow-empty", "-m", "Another")
  for command in [
    "baseline verify", "audit", "baseline list", "baseline log", "as-of 2024-01-01",
    "as-of 2024-01-01 R1", "as-of 2016-12-01", "baseline log sec/5.2",
    "baseline notes sec/5.0 sec/5.2",
    "baseline verify sec/5.2", "check --against sec/5.0", "diff sec/5.0", "status", "next",
  ] {
    let (status, said) = try inClone(
      of: history, options, "registrar \(command); s=$?; cd .. && rm -rf clone; exit $s")
    #expect(status == 2, "\(command): \(said)")
    #expect(said.contains(why) && said.contains(remedy), "\(command): \(said)")
  }
  let create = try inClone(
    of: history, options, "registrar baseline create sec/0.9 --effective 2016-01-01")
  #expect(
    create.status == 1 && create.said.contains("[baseline/incomplete-clone]"), "\(create.said)")
}

@Test(arguments: ["blob:none", "tree:0"])
func `a partial clone does not know that nothing was in force`(_ filter: String) async throws {
  let history = try await origin()
  for item in ["", " R1"] {
    let (status, said) = try inClone(
      of: history, "--no-checkout --filter=\(filter)",
      "git remote set-url origin /nowhere; registrar as-of 2024-01-01\(item); s=$?; cd .. && rm -rf clone; exit $s"
    )
    #expect(status == 2, "\(said)")
    #expect(said.contains("this clone is partial"), "\(said)")
  }
}

@Test func `a clone of one branch begins no second chain, and whoever knows better says so`()
  async throws
{
  let history = try await origin()
  try history.git("branch", "topic", "HEAD~1")
  try history.git("update-ref", "-d", "refs/tags/sec/5.0")
  let create = "registrar baseline create sec/0.9 --effective 2016-01-01"
  let refused = try inClone(
    of: history, "--single-branch --branch topic", "\(create); s=$?; cd .. && rm -rf clone; exit $s"
  )
  #expect(refused.status == 1 && refused.said.contains("say --first"), "\(refused.said)")
  let first = try inClone(of: history, "--single-branch --branch topic", "\(create) --first")
  #expect(first.status == 0, "\(first.said)")
  let here = await registrar(
    history, "baseline", "create", "sec/9.9", "--effective", "2024-01-01", "--first")
  #expect(
    here.0 == 1 && here.1.contains("it is not the first: 'sec/5.2' is before it"), "\(here.1)")
}

@Test func `a whole clone has nothing to prove before its first baseline`() async throws {
  let history = try await origin()
  for name in ["sec/5.0", "sec/5.2"] { try history.git("update-ref", "-d", "refs/tags/\(name)") }
  let (status, said) = try inClone(
    of: history, "", "registrar baseline create sec/1.0 --effective 2016-01-01 && registrar audit")
  #expect(status == 0, "\(said)")
}

@Test func `what a partial clone has not fetched cannot be judged, and is not bad`() async throws {
  let history = try await origin()
  try history.write("registers/risks/R1.yaml", "id: R1\nstatus: archived\n")
  try history.git("commit", "-q", "-a", "-m", "Another")
  let (status, said) = try inClone(
    of: history, "--filter=blob:none", "registrar baseline verify")
  #expect(status == 2 && !said.contains("BAD"), "\(said)")
  #expect(said.contains("'registers/risks/R1.yaml' was not fetched"), "\(said)")
  #expect(said.contains("git fetch --refetch --no-filter"), "\(said)")
}

@Test func `a tag that has the name of a baseline and records none is verified with the others`()
  async throws
{
  for move in [
    ["tag", "-f", "sec/5.2"], ["tag", "-f", "-a", "-m", "Baseline sec 5.2", "sec/5.2"],
  ] {
    let history = try await repository()
    try history.git(move)
    for command in [["baseline", "verify"], ["baseline", "list"], ["audit"]] {
      let result = try runProgram(
        ["registrar"] + command, in: history.path, environment: history.environmentWithPrograms)
      #expect(result.status == 1, "\(command): \(result.output)")
      #expect(result.output.contains("sec/5.2"), "\(command): \(result.output)")
    }
  }
}

/// Three baselines of two kinds, the last of them on the last commit.
private func twoKinds() async throws -> TestRepository {
  let history = try TestRepository(
    .commit(
      "First",
      .write(
        "schema/catalogue.yaml",
        catalogue.replacing(
          "{tag: 'sec/{version}'}}",
          with: "{tag: 'sec/{version}'}, panel: {tag: 'panel/{meeting}'}}")),
      .write("schema/risk.schema.json", "{}"),
      .write("registers/risks/R1.yaml", "id: R1\nstatus: open\n")),
    .commit("Second", .write("registers/risks/R1.yaml", "id: R1\nstatus: closed\n")))
  for (name, revision, day) in [
    ("sec/1.0", "HEAD~1", "2016-11-08"), ("panel/A1", "HEAD", "2016-12-21"),
  ] {
    let (status, output) = await registrar(
      history, "baseline", "create", name, "--at", revision, "--effective", day)
    #expect(status == 0, "\(output)")
  }
  return history
}

@Test func `a shallow clone leaves no kind out in silence`() async throws {
  let history = try await twoKinds()
  for command in [
    "as-of 2017-01-01", "as-of 2017-01-01 R1", "baseline log", "baseline log --kind panel",
    "status",
    "next", "baseline list", "baseline verify", "audit",
  ] {
    let (status, said) = try inClone(
      of: history, "--depth 1", "registrar \(command); s=$?; cd .. && rm -rf clone; exit $s")
    #expect(status == 2, "\(command): \(said)")
    #expect(said.contains("git fetch --unshallow --tags"), "\(command): \(said)")
  }
}

@Test
func `what is on a branch of a shallow clone is on it, and nothing else is said to be on none`()
  async throws
{
  let history = try await twoKinds()
  for command in ["baseline verify", "baseline create sec/2.0 --effective 2018-01-01"] {
    let (status, said) = try inClone(
      of: history, "--depth 1", "registrar \(command); s=$?; cd .. && rm -rf clone; exit $s")
    #expect(status != 0 && !said.contains("on no branch"), "\(command): \(said)")
    #expect(said.contains("this clone is shallow"), "\(command): \(said)")
  }
}

@Test func `where tags may be missing no other baseline is what was meant`() async throws {
  let history = try await origin()
  let (_, said) = try inClone(
    of: history, "--depth 1",
    "registrar baseline notes sec/5.1 sec/5.2; registrar check --against sec/5.1")
  #expect(!said.contains("Did you mean") && said.contains("Tags may be missing"), "\(said)")
  let (_, branch) = try inClone(
    of: history, "--no-tags", "rm -rf clone; registrar check --against mian")
  #expect(branch.contains("Did you mean 'main'?"), "\(branch)")
}

@Test func `without baselines audit and verify say the same`() async throws {
  let history = try await repository()
  for name in ["sec/5.0", "sec/5.2"] { try history.git("update-ref", "-d", "refs/tags/\(name)") }
  for command in [["baseline", "verify"], ["audit"]] {
    let result = try runProgram(
      ["registrar"] + command, in: history.path, environment: history.environmentWithPrograms)
    #expect(
      result.status == 2 && result.output.contains("there are no baselines"), "\(result.output)")
  }
}

@Test func `an item is answered by the first kind of the catalogue`() async throws {
  let history = try await twoKinds()
  let (status, said) = await registrar(history, "as-of", "2017-01-01", "R1")
  #expect(status == 0 && said.hasPrefix("R1 as of sec/1.0"), "\(said)")
  #expect(said.contains("status: open"), "\(said)")
  let panel = await registrar(history, "as-of", "2017-01-01", "R1", "--kind", "panel")
  #expect(panel.1.hasPrefix("R1 as of panel/A1"), "\(panel.1)")
}

@Test func `a kind that no catalogue has is an error in as-of as in the log`() async throws {
  let history = try await twoKinds()
  for command in [
    ["as-of", "2017-01-01", "--kind", "Panel"], ["baseline", "log", "--kind", "Panel"],
  ] {
    let result = try runProgram(
      ["registrar"] + command, in: history.path, environment: history.environmentWithPrograms)
    #expect(
      result.status == 2 && result.errors.contains("Did you mean 'panel'?"), "\(result.errors)")
  }
}

@Test func `a baseline that does not say when it was published is not unknown`() async throws {
  let history = try await twoKinds()
  for item in [[], ["R1"]] {
    let result = try runProgram(
      ["registrar", "as-of", "2017-01-01"] + item + ["--known", "2017-01-01"], in: history.path,
      environment: history.environmentWithPrograms)
    #expect(result.status == 2, "\(result.output)")
    #expect(
      result.errors.contains("cannot be judged: sec/1.0 does not say when it was published"),
      "\(result.errors)")
  }
  let (status, said) = await registrar(
    history, "baseline", "create", "sec/1.1", "--effective", "2017-02-01", "--published",
    "2017-01-20")
  #expect(status == 0, "\(said)")
  let known = await registrar(
    history, "as-of", "2017-03-01", "--known", "2017-01-20", "--kind", "sec")
  #expect(known == (0, "sec: sec/1.1, in force from 2017-02-01\n"), "\(known.1)")
}

@Test func `notes go from the earlier baseline to the later one`() async throws {
  let history = try await repository()
  for (names, words) in [
    (["sec/5.2", "sec/5.0"], "registrar baseline notes sec/5.0 sec/5.2"),
    (["sec/5.2", "sec/5.2"], "is named twice"),
  ] {
    let result = try runProgram(
      ["registrar", "baseline", "notes"] + names, in: history.path,
      environment: history.environmentWithPrograms)
    #expect(result.status == 2 && result.output.isEmpty, "\(result.output)")
    #expect(result.errors.contains(words), "\(result.errors)")
  }
}

@Test func `a range that goes backwards was not checked`() async throws {
  let history = try await repository()
  let result = try runProgram(
    ["registrar", "check", "--range", "HEAD..sec/5.0"], in: history.path,
    environment: history.environmentWithPrograms)
  #expect(result.status == 2, "\(result.output)")
  #expect(
    result.errors.contains("holds no commits: 'sec/5.0' comes before 'HEAD'"), "\(result.errors)")
  #expect(result.errors.contains("--range sec/5.0..HEAD"), "\(result.errors)")
}

@Test func `an audit of a version tells nothing of what came after it`() async throws {
  let history = try await repository()
  let (status, said) = await registrar(history, "audit", "--at", "sec/5.0")
  #expect(status == 0 && said.contains("nothing changed since sec/5.0"), "\(said)")
  #expect(said.contains("\nsec/5.0 ") && !said.contains("sec/5.2"), "\(said)")
}

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
  for command in ["baseline verify", "audit", "baseline list", "baseline log", "as-of 2024-01-01"] {
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

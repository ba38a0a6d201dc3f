import Foundation
import RegistrarTestSupport
import Registry
import Testing

/// A repository whose catalogue asks for two signers of roles, with one baseline without signature
/// before.
private func signedHistory() async throws -> TestRepository {
  let history = try TestRepository(
    .commit(
      "First",
      .write(
        "schema/catalogue.yaml",
        catalogue.replacing(
          "{tag: 'sec/{version}'}", with: "{tag: 'sec/{version}', signers: {manager: 1, chair: 1}}")
          + "roles: {manager: [manager@example.org], chair: [chair@example.org, deputy@example.org]}\n"
      ),
      .write("schema/risk.schema.json", #"{"required": ["status"]}"#),
      .write("registers/risks/R1.yaml", "id: R1\nstatus: open\n")))
  let (status, output) = await registrar(
    history, "baseline", "create", "sec/5.0", "--effective", "2016-11-08")
  #expect(status == 0, "\(output)")
  return history
}

/// Lets a key that was made before sign from now on.
private func sign(_ history: TestRepository, as name: String) throws {
  try history.git("config", "user.signingkey", history.path + "/.git/" + name)
}

@Test func `a baseline takes the signers that the catalogue of the one before demands`()
  async throws
{
  let history = try await signedHistory()
  for name in ["manager", "chair", "stranger"] { try useKey(history, name, allow: true) }
  try sign(history, as: "manager")
  #expect(await create(history, "sec/5.4").0 == 0)
  let alone = await registrar(history, "baseline", "verify", "sec/5.4")
  #expect(alone.0 == 1 && alone.1.contains("it is signed by 0 of the role 'chair', and takes 1"))
  try sign(history, as: "stranger")
  #expect(await registrar(history, "baseline", "sign", "sec/5.4").0 == 0)
  let stranger = await registrar(history, "baseline", "verify", "sec/5.4")
  #expect(
    stranger.0 == 1
      && stranger.1.contains("stranger@example.org signed it and has no role for the kind 'sec'"))
  try sign(history, as: "chair")
  #expect(await registrar(history, "baseline", "sign", "sec/5.4").0 == 0)
  let (status, output) = await registrar(history, "baseline", "verify", "sec/5.4")
  #expect(status == 0, "\(output)")
  #expect(output.contains("signed by manager@example.org, stranger@example.org, chair@example.org"))
  let many = await registrar(history, "baseline", "verify", "sec/5.4", "--threshold", "3")
  #expect(many.0 == 1 && many.1.contains("it is signed by 2, and takes 3"))
  // Notes that are lost are signatures that are lost.
  try history.git("update-ref", "-d", "refs/notes/registrar/signatures")
  let lost = await registrar(history, "baseline", "verify", "sec/5.4")
  #expect(lost.0 == 1 && lost.1.contains("it is signed by 0 of the role 'chair'"))
}

@Test func `the catalogue that is judged does not choose its signers`() async throws {
  let history = try await signedHistory()
  try useKey(history, "stranger", allow: true)
  try history.write(
    "schema/catalogue.yaml", catalogue)
  try history.git("commit", "-q", "-a", "-m", "Nobody needs to sign")
  #expect(await create(history, "sec/5.4").0 == 0)
  let (status, output) = await registrar(history, "baseline", "verify", "sec/5.4")
  #expect(status == 1 && output.contains("takes 1"), "\(output)")
}

@Test func `one who signs twice counts once`() async throws {
  let history = try await signedHistory()
  try useKey(history, "manager", allow: true)
  #expect(await create(history, "sec/5.4").0 == 0)
  #expect(await registrar(history, "baseline", "sign", "sec/5.4").0 == 0)
  let (status, output) = await registrar(
    history, "baseline", "verify", "sec/5.4", "--threshold", "2")
  #expect(status == 1 && output.contains("it is signed by 1, and takes 2"), "\(output)")
}

@Test func `a signature that was added to another baseline counts for nothing`() async throws {
  let history = try await signedHistory()
  for name in ["manager", "chair"] { try useKey(history, name, allow: true) }
  try sign(history, as: "manager")
  #expect(await create(history, "sec/5.4").0 == 0)
  #expect(await create(history, "sec/5.5").0 == 0)
  try sign(history, as: "chair")
  #expect(await registrar(history, "baseline", "sign", "sec/5.4").0 == 0)
  let notes = "--ref=refs/notes/registrar/signatures"
  let note = try history.git("notes", notes, "show", "refs/tags/sec/5.4")
  try history.git("notes", notes, "add", "-m", note, "refs/tags/sec/5.5")
  let (status, output) = await registrar(history, "baseline", "verify", "sec/5.5")
  #expect(status == 1 && output.contains("a signature that was added is not good"), "\(output)")
}

@Test func `a file of signers takes the place of the catalogue's roles`() async throws {
  let history = try await signedHistory()
  for name in ["manager", "auditor"] { try useKey(history, name, allow: true) }
  try sign(history, as: "manager")
  #expect(await create(history, "sec/5.4").0 == 0)
  let path = history.path + "/.git/policy.yaml"
  func verify(_ policy: String) async throws -> (Int32, String) {
    try policy.write(toFile: path, atomically: false, encoding: .utf8)
    return await registrar(history, "baseline", "verify", "sec/5.4", "--signers", path)
  }
  let good = try await verify(
    "allowed_signers: signers\nroles: {m: [manager@example.org]}\nkinds: {sec: {m: 1}}\n")
  #expect(good.0 == 0, "\(good.1)")
  let other = try await verify(
    "allowed_signers: signers\nroles: {m: [auditor@example.org]}\nkinds: {sec: {m: 1}}\n")
  #expect(other.0 == 1 && other.1.contains("it is signed by 0 of the role 'm'"))
  let wrong = try await verify("roles: {m: [a]}\nkinds: {sec: {m: 2}}\n")
  #expect(wrong.0 == 2 && wrong.1.contains("the number of signers is 1 to 1"), "\(wrong.1)")
  let misspelt = try await verify("allowed_signers: signers\nrolls: {m: [a]}\n")
  #expect(
    misspelt.0 == 2
      && misspelt.1.contains(
        "policy.yaml:2:1: the field 'rolls' is not known here. Did you mean 'roles'?"),
    "\(misspelt.1)")
  for text in ["roles: {m: a}", "kinds: {sec: {m: 0}}", "kinds: 5", "[]", "allowed_signers: 5"] {
    let (status, output) = try await verify(text + "\n")
    #expect(status == 2 && output.contains("policy.yaml:1:"), "\(text): \(output)")
  }
}

@Test func `other tools verify a signature that was added`() async throws {
  let history = try await signedHistory()
  for name in ["manager", "chair"] { try useKey(history, name, allow: true) }
  #expect(await create(history, "sec/5.4").0 == 0)
  #expect(await registrar(history, "baseline", "sign", "sec/5.4").0 == 0)
  let result = try runProgram(
    [
      "sh", "-c",
      """
      git notes --ref=refs/notes/registrar/signatures show refs/tags/sec/5.4 > .git/signature
      git cat-file tag sec/5.4 |
        ssh-keygen -Y verify -n git -f .git/signers -I chair@example.org -s .git/signature
      """,
    ], in: history.path, environment: history.environment)
  #expect(result.status == 0, "\(result.output)\(result.errors)")
}

@Test func `nobody takes two places, and as many are taken as can be`() {
  #expect(SigningPolicy.places([1, 1], takenBy: [[0, 1]]) == [1, 0])
  #expect(SigningPolicy.places([1, 1], takenBy: [[0, 1], [0]]) == [1, 1])
  #expect(SigningPolicy.places([1, 1, 1], takenBy: [[0, 1], [0, 2], [0]]) == [1, 1, 1])
  #expect(SigningPolicy.places([2, 1], takenBy: [[0, 1], [0, 1], [0], [0]]) == [2, 1])
  #expect(SigningPolicy.places([2], takenBy: [[], [0]]) == [1])
}

@Test func `roles that nobody can fill are told`() async throws {
  let history = try await repository()
  try history.write(
    ".git/signers.yaml",
    "roles: {manager: [a@example.org], chair: [a@example.org]}\nkinds: {sec: {manager: 1, chair: 1}}\n"
  )
  let result = try runProgram(
    ["registrar", "baseline", "verify", "--signers", ".git/signers.yaml"], in: history.path,
    environment: history.environmentWithPrograms)
  #expect(
    result.status == 2 && result.errors.contains("one signer fills one role"), "\(result.errors)")
}

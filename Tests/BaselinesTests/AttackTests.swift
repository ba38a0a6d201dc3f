import Baselines
import Git
import RegistrarTestSupport
import SourceText
import Testing

let catalogue = """
  catalogue: 1
  title: SEC
  baselines: {sec: {tag: 'sec/{version}'}}
  registers:
    risks: {title: Risks, path: 'risks/{id}.yaml', shape: record, schema: risk.schema.json}

  """

/// A repository with two baselines, one after the other.
func repository() async throws -> TestRepository {
  let history = try TestRepository(
    .commit(
      "First", .write("schema/catalogue.yaml", catalogue),
      .write("schema/risk.schema.json", #"{"required": ["status"]}"#),
      .write("registers/risks/R1.yaml", "id: R1\nstatus: open\n")),
    .commit("Second", .write("registers/risks/R1.yaml", "id: R1\nstatus: closed\n")))
  for (name, revision, day) in [
    ("sec/5.0", "HEAD~1", "2016-11-08"), ("sec/5.2", "HEAD", "2016-12-21"),
  ] {
    let (status, output) = await registrar(
      history, "baseline", "create", name, "--at", revision, "--effective", day)
    #expect(status == 0, "\(output)")
  }
  return history
}

/// Makes a tag object of its content and lets the tag lead to it.
func replace(
  _ name: String, in history: TestRepository, _ edit: (String) -> String
) throws {
  let content = try history.git("cat-file", "tag", name) + "\n"
  let id = try history.git(
    ["hash-object", "-w", "-t", "tag", "--stdin"], input: Array(edit(content).utf8))
  try history.git("update-ref", "refs/tags/" + name, id)
}

/// The path of a loose object.
func loose(_ name: String, in history: TestRepository) throws -> String {
  let id = try history.git("rev-parse", name)
  return history.path + "/.git/objects/" + id.prefix(2) + "/" + id.dropFirst(2)
}

/// An attack or an accident, and words of what must be found.
private struct Attack: Sendable {
  let name: String
  let finding: String
  let attack: @Sendable (TestRepository) throws -> Void

  init(
    _ name: String, _ finding: String, _ attack: @escaping @Sendable (TestRepository) throws -> Void
  ) {
    self.name = name
    self.finding = finding
    self.attack = attack
  }
}

private let attacks: [Attack] = [
  Attack("the tag is moved to another commit", "the manifest's SHA-256 is") { history in
    let other = try history.git("rev-parse", "HEAD~1")
    let own = try history.git("rev-parse", "HEAD")
    try replace("sec/5.2", in: history) { $0.replacing(own, with: other) }
  },
  Attack("the tag is a lightweight one", "a lightweight tag of a commit") { history in
    try history.git("tag", "-f", "sec/5.2", "HEAD")
  },
  Attack("the tag tags a tree", "it tags a tree and no commit") { history in
    let commit = try history.git("rev-parse", "HEAD")
    let tree = try history.git("rev-parse", "HEAD^{tree}")
    try replace("sec/5.2", in: history) {
      $0.replacing(commit, with: tree).replacing("type commit", with: "type tree")
    }
  },
  Attack("the tag is given another name", "it was given another name") { history in
    try history.git("update-ref", "refs/tags/sec/5.2", "refs/tags/sec/5.0")
  },
  Attack("the object's name is changed", "the tag object says that it is 'sec/6.0'") { history in
    try replace("sec/5.2", in: history) { $0.replacing("tag sec/5.2", with: "tag sec/6.0") }
  },
  Attack("the recorded name is changed", "it records the baseline 'sec/6.0'") { history in
    try replace("sec/5.2", in: history) {
      $0.replacing("Baseline: sec/5.2", with: "Baseline: sec/6.0")
    }
  },
  Attack("the date of effect is changed", "the manifest's SHA-256 is") { history in
    try replace("sec/5.2", in: history) {
      $0.replacing("Effective: 2016-12-21", with: "Effective: 2017-12-21")
    }
  },
  Attack("the date of effect is set back", "before 'sec/5.0' from 2016-11-08") { history in
    try replace("sec/5.2", in: history) {
      $0.replacing("Effective: 2016-12-21", with: "Effective: 2016-01-21")
    }
  },
  Attack("the number of items is changed", "the tag records 7") { history in
    try replace("sec/5.2", in: history) { $0.replacing("Items: 1", with: "Items: 7") }
  },
  Attack("the digest is changed", "what its commit holds is not what was approved") { history in
    try replace("sec/5.2", in: history) { text in
      text.replacing("Manifest-SHA256: ", with: "Manifest-SHA256: 0")
    }
  },
  Attack("the format of the manifest is another", "the format '2', which is unknown here") {
    history in
    try replace("sec/5.2", in: history) {
      $0.replacing("Manifest-Format: 1", with: "Manifest-Format: 2")
    }
  },
  Attack("the trailers are gone", "its object records no baseline") { history in
    try replace("sec/5.2", in: history) { String($0.prefix { $0 != "B" }) }
  },
  Attack("the baseline before it is deleted", "'sec/5.0', was deleted") { history in
    try history.git("update-ref", "-d", "refs/tags/sec/5.0")
  },
  Attack("the baseline before it is replaced", "'sec/5.0', is not the one that it followed") {
    history in
    try replace("sec/5.0", in: history) { $0.replacing("A Clerk", with: "B Clerk") }
  },
  Attack("the chain leads nowhere", "is missing") { history in
    let id = try history.git("rev-parse", "sec/5.0")
    try replace("sec/5.2", in: history) {
      $0.replacing(id, with: String(repeating: "1", count: 40))
    }
  },
  Attack("a commit of the chain is not in the history", "its commit does not follow that of") {
    history in
    let tree = try history.git("rev-parse", "HEAD^{tree}")
    let own = try history.git("rev-parse", "HEAD")
    let orphan = try history.git("commit-tree", tree, "-m", "Orphan")
    try replace("sec/5.2", in: history) { $0.replacing(own, with: orphan) }
  },
  Attack(
    "a file of the object store is replaced", "'registers/risks/R1.yaml' is not what was committed"
  ) {
    history in
    let own = try loose("HEAD:registers/risks/R1.yaml", in: history)
    let other = try history.git(
      ["hash-object", "-w", "--stdin"], input: Array("id: R1\nstatus: opened\n".utf8))
    try runProgram(
      ["cp", "-f", try loose(other, in: history), own], in: history.path,
      environment: history.environment)
  },
  Attack("a file of the object store is deleted", "missing") { history in
    try runProgram(
      ["rm", "-f", try loose("HEAD:registers/risks/R1.yaml", in: history)], in: history.path,
      environment: history.environment)
  },
  Attack("a file of the object store is truncated", "cannot") { history in
    let own = try loose("HEAD:registers/risks/R1.yaml", in: history)
    try runProgram(
      ["sh", "-c", "chmod u+w '\(own)'; : > '\(own)'"], in: history.path,
      environment: history.environment)
  },
  Attack("the tag object is deleted", "") { history in
    try runProgram(
      ["rm", "-f", try loose("refs/tags/sec/5.2", in: history)], in: history.path,
      environment: history.environment)
  },
  Attack("an item is left out of a commit with the same message", "the manifest's SHA-256 is") {
    history in
    let own = try history.git("rev-parse", "HEAD")
    try history.git("rm", "-q", "registers/risks/R1.yaml")
    try history.git("commit", "-q", "-m", "Second")
    let other = try history.git("rev-parse", "HEAD")
    try replace("sec/5.2", in: history) { $0.replacing(own, with: other) }
  },
  Attack("a schema is loosened in the commit", "the manifest's SHA-256 is") { history in
    let own = try history.git("rev-parse", "HEAD")
    try history.write("schema/risk.schema.json", "{}")
    try history.git("commit", "-q", "-a", "-m", "Second")
    let other = try history.git("rev-parse", "HEAD")
    try replace("sec/5.2", in: history) { $0.replacing(own, with: other) }
  },
]

@Test func `baselines that nobody touched are good`() async throws {
  let history = try await repository()
  let (status, output) = await registrar(history, "baseline", "verify")
  #expect(status == 0)
  #expect(output.contains("good  sec/5.0: 1 item") && output.contains("good  sec/5.2: 1 item"))
  // A replacement is a matter of one clone, and no part of what was approved.
  let (one, two) = (try history.git("rev-parse", "HEAD"), try history.git("rev-parse", "HEAD~1"))
  try history.git("replace", one, two)
  #expect(await registrar(history, "baseline", "verify").0 == 0)
}

@Test(arguments: attacks.indices)
func `what was done to a baseline is found`(_ number: Int) async throws {
  let attack = attacks[number]
  let history = try await repository()
  try attack.attack(history)
  let (status, output) = await registrar(history, "baseline", "verify", "sec/5.2")
  #expect(status == 1, "\(attack.name): \(output)")
  #expect(output.contains(attack.finding), "\(attack.name): \(output)")
}

@Test func `what was pinned and is not as it was is found`() async throws {
  let history = try await repository()
  #expect(await registrar(history, "baseline", "pin").1 == "pinned 2 baselines, 2 in all\n")
  try history.git("update-ref", "-d", "refs/tags/sec/5.2")
  let (status, output) = await registrar(history, "baseline", "verify")
  #expect(status == 1)
  #expect(output.contains("it was there when it was pinned"))
}

/// An SSH key that signs tags, and the file that allows it.
func useKey(_ history: TestRepository, _ name: String, allow: Bool) throws {
  let key = history.path + "/.git/" + name
  try runProgram(
    ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", key], in: history.path,
    environment: history.environment)
  try history.git("config", "gpg.format", "ssh")
  try history.git("config", "user.signingkey", key)
  try history.git("config", "gpg.ssh.allowedSignersFile", history.path + "/.git/signers")
  guard allow else { return }
  try runProgram(
    [
      "sh", "-c",
      "echo \"\(name)@example.org $(cat '\(key).pub')\" >> '\(history.path)/.git/signers'",
    ],
    in: history.path, environment: history.environment)
}

func create(_ history: TestRepository, _ name: String) async -> (Int32, String) {
  await registrar(
    history, "baseline", "create", name, "--effective", "2017-02-09", "--sign")
}

@Test func `a signature of an allowed key is good, for git too`() async throws {
  let history = try await repository()
  try useKey(history, "manager", allow: true)
  let made = await create(history, "sec/5.4")
  #expect(made.0 == 0, "\(made.1)")
  let (status, output) = await registrar(
    history, "baseline", "verify", "sec/5.4", "--require-signature")
  #expect(status == 0, "\(output)")
  #expect(output.contains("signed by manager@example.org"))
  try history.git("verify-tag", "sec/5.4")
}

@Test func `a signature that git made is good here`() async throws {
  let history = try await repository()
  try useKey(history, "manager", allow: true)
  let message = try history.git("for-each-ref", "--format=%(contents)", "refs/tags/sec/5.2")
  try history.git("tag", "-f", "-s", "-m", message, "sec/5.2", "HEAD")
  let (status, output) = await registrar(
    history, "baseline", "verify", "sec/5.2", "--require-signature")
  #expect(status == 0, "\(output)")
}

@Test func `a signature of an unknown key, of another tag, or of other words is not good`()
  async throws
{
  let history = try await repository()
  try useKey(history, "manager", allow: true)
  #expect(await create(history, "sec/5.4").0 == 0)
  try useKey(history, "stranger", allow: false)
  #expect(await create(history, "sec/5.5").0 == 0)
  let stranger = await registrar(history, "baseline", "verify", "sec/5.5")
  #expect(stranger.0 == 1 && stranger.1.contains("its key is none of an allowed signer"))
  let signed = try history.git("cat-file", "tag", "sec/5.4")
  let signature = signed[try #require(signed.firstRange(of: "-----BEGIN SSH")).lowerBound...] + "\n"
  try replace("sec/5.2", in: history) { $0 + signature }
  let replayed = await registrar(history, "baseline", "verify", "sec/5.2")
  #expect(replayed.0 == 1 && replayed.1.contains("the tag is not what was signed"))
  try replace("sec/5.4", in: history) { $0.replacing("A Clerk", with: "B Clerk") }
  let altered = await registrar(history, "baseline", "verify", "sec/5.4")
  #expect(altered.0 == 1 && altered.1.contains("the tag is not what was signed"))
}

@Test func `a key that cannot sign leaves no tag`() async throws {
  let history = try await repository()
  try history.git("config", "gpg.format", "ssh")
  try history.git("config", "user.signingkey", "/nowhere/key")
  let (status, output) = await create(history, "sec/5.4")
  #expect(status == 2 && output.contains("the tag cannot be signed"))
  #expect(try history.git("tag", "-l", "sec/5.4").isEmpty)
}

import RegistrarTestSupport
import Testing

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

/// What is done to a signed baseline `sec/5.4` that nobody may do.
let signedAttacks: [Attack] = [
  Attack("the text is changed", "the tag is not what was signed") { history in
    try replace("sec/5.4", in: history) { $0.replacing("Baseline sec", with: "The baseline sec") }
  },
  Attack("the tagger is changed", "the tag is not what was signed") { history in
    try replace("sec/5.4", in: history) { $0.replacing("A Clerk", with: "B Clerk") }
  },
  Attack("the target is changed", "the tag is not what was signed") { history in
    let (one, two) = (try history.git("rev-parse", "HEAD"), try history.git("rev-parse", "HEAD~1"))
    try replace("sec/5.4", in: history) { $0.replacing(one, with: two) }
  },
  Attack("the name is changed", "the tag is not what was signed") { history in
    try replace("sec/5.4", in: history) { $0.replacing("tag sec/5.4", with: "tag sec/5.5") }
  },
  Attack("the day of effect is changed", "the tag is not what was signed") { history in
    try replace("sec/5.4", in: history) { $0.replacing("2017-02-09", with: "2017-02-10") }
  },
  Attack("a decision is added", "the tag is not what was signed") { history in
    try replace("sec/5.4", in: history) {
      $0.replacing("Effective: ", with: "Decision: SECP39/24\nEffective: ")
    }
  },
  Attack("a byte of it is no text", "the tag is not what was signed") { history in
    let content = try history.git("cat-file", "tag", "sec/5.4") + "\n"
    var bytes = Array(content.utf8)
    let place = try #require(content.firstRange(of: "A Clerk"))
    bytes[content.utf8.distance(from: content.startIndex, to: place.lowerBound)] = 0xE9
    let id = try history.git(["hash-object", "-w", "-t", "tag", "--stdin"], input: bytes)
    try history.git("update-ref", "refs/tags/sec/5.4", id)
  },
  Attack("the signature is cut off", "it is not signed") { history in
    try replace("sec/5.4", in: history) { text in
      text.firstRange(of: "-----BEGIN").map { String(text[..<$0.lowerBound]) } ?? text
    }
  },
  Attack("the signature is cut short", "") { history in
    try replace("sec/5.4", in: history) {
      String($0.dropLast(120)) + "\n-----END SSH SIGNATURE-----\n"
    }
  },
  Attack("words follow the signature", "something follows the signature") { history in
    try replace("sec/5.4", in: history) { $0 + "\nEffective: 2020-01-01\n" }
  },
  Attack("a signature of another purpose", "the tag is not what was signed") { history in
    let signed = try history.git("cat-file", "tag", "sec/5.4") + "\n"
    let start = try #require(signed.firstRange(of: "-----BEGIN")).lowerBound
    let key = try history.git("config", "user.signingkey")
    try history.write(".git/payload", String(signed[..<start]))
    let result = try runProgram(
      ["ssh-keygen", "-q", "-Y", "sign", "-n", "file", "-f", key, ".git/payload"],
      in: history.path, environment: history.environment)
    #expect(result.status == 0)
    let other = try runProgram(
      ["cat", ".git/payload.sig"], in: history.path, environment: history.environment)
    try replace("sec/5.4", in: history) { _ in signed[..<start] + other.output }
  },
  Attack("the signer is allowed no more", "its key is none of an allowed signer") { history in
    try history.write(".git/signers", "# nobody\n")
  },
  Attack("the signer was allowed before only", "its key is none of an allowed signer") { history in
    try runProgram(
      ["sed", "-i", "s/ ssh-/ valid-before=\"20150101Z\" ssh-/", ".git/signers"],
      in: history.path, environment: history.environment)
  },
  Attack("the key was revoked", "its key was revoked") { history in
    let key = try history.git("config", "user.signingkey")
    try runProgram(
      ["ssh-keygen", "-q", "-k", "-f", ".git/revoked", key + ".pub"], in: history.path,
      environment: history.environment)
    try history.git("config", "gpg.ssh.revocationFile", history.path + "/.git/revoked")
  },
]

@Test(arguments: signedAttacks.indices)
func `what was done to a signed baseline is found`(_ number: Int) async throws {
  let attack = signedAttacks[number]
  let history = try await repository()
  try useKey(history, "manager", allow: true)
  #expect(await create(history, "sec/5.4").0 == 0)
  try attack.attack(history)
  let (status, output) = await registrar(
    history, "baseline", "verify", "sec/5.4", "--require-signature")
  // Of the four words the last is for what nobody signed.
  #expect(status == (attack.finding == "it is not signed" ? 3 : 1), "\(attack.name): \(output)")
  #expect(output.contains(attack.finding), "\(attack.name): \(output)")
}

@Test func `a key that ended after it signed stays good`() async throws {
  let history = try await repository()
  try useKey(history, "manager", allow: true)
  #expect(await create(history, "sec/5.4").0 == 0)
  try runProgram(
    ["sed", "-i", "s/ ssh-/ valid-before=\"20200101Z\" ssh-/", ".git/signers"],
    in: history.path, environment: history.environment)
  let (status, output) = await registrar(
    history, "baseline", "verify", "sec/5.4", "--require-signature")
  #expect(status == 0, "\(output)")
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

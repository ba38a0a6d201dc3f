import Baselines
import Diagnostics
import RegistrarTestSupport
import SourceText
import Syntax
import Testing

/// A repository with a signed baseline `sec/5.4` that two have signed.
private func signedBaseline() async throws -> TestRepository {
  let history = try await repository()
  try history.write("registers/risks/R 2 \u{E9}.yaml", "id: \"R 2 \u{E9}\"\nstatus: open\n")
  try history.git("add", ".")
  try history.git("commit", "-q", "-m", "Another")
  try useKey(history, "manager", allow: true)
  #expect(await create(history, "sec/5.4").0 == 0)
  try useKey(history, "chair", allow: true)
  #expect(await registrar(history, "baseline", "sign", "sec/5.4").0 == 0)
  return history
}

private func shell(_ history: TestRepository, _ script: String) throws -> (Bool, String) {
  let result = try runProgram(
    ["sh", "-c", script], in: history.path + "/.git", environment: history.environment)
  return (result.status == 0, result.output + result.errors)
}

@Test func `an exported baseline is verified without git and registrar, and is always the same`()
  async throws
{
  let history = try await signedBaseline()
  for name in ["one", "two"] {
    let (status, output) = await registrar(
      history, "baseline", "export", "sec/5.4", "--output", ".git/\(name).tar.gz", "--signers",
      ".git/signers")
    #expect(status == 0, "\(output)")
  }
  let (isGood, output) = try shell(
    history,
    """
    set -e
    cmp one.tar.gz two.tar.gz
    gzip --test one.tar.gz
    tar xzf one.tar.gz && sh sec-5.4/verify.sh > told && sh sec-5.4/verify.sh chair@example.org
    python3 sec-5.4/verify.py > python; cmp told python
    ! grep -q 'NOT SIGNED' sec-5.4/README.txt && grep -q 'Signed: *by manager@example.org, chair@example.org' sec-5.4/README.txt
    [ "$(ls sec-5.4 | tr '\\n' ' ')" = "README.txt SHA256SUMS allowed_signers files manifest.json signatures tag verify.py verify.sh " ]
    """)
  #expect(isGood, "\(output)")
  #expect(output.contains("good: 4 files are what the tag records"), "\(output)")
  #expect(output.contains("signed by chair@example.org"), "\(output)")
  #expect(output.contains("signed by manager@example.org"), "\(output)")
}

@Test(arguments: [
  "echo x >> files/registers/risks/R1.yaml",
  "echo x > files/registers/more",
  "rm files/registers/risks/R1.yaml",
  "sed -i 's/\"status\":\"closed\"/\"status\":\"open\"/' manifest.json",
  "sed -i 's/Effective: 2017/Effective: 2018/' tag",
  "sed -i 's/A Clerk/B Clerk/' tag",
  "sed -n '/BEGIN/,$p' tag > signatures/tag.1.sig",
  "ln -s ../manifest.json files/more",
  "sed -i 's/^tagger/object 1111111111111111111111111111111111111111\\ntagger/' tag",
  "sed -i 's/^Manifest-SHA256: .*/&\\n&/' tag",
  "sed -i '1d' SHA256SUMS",
  "echo x >> files/registers/risks/R1.yaml; (cd files; find . -type f | sed 's|./||' | sort | while read f; do echo \"$(sha256sum < \"$f\" | cut -c1-64)  files/$f\"; done) > SHA256SUMS",
  ": > allowed_signers",
])
func `an export that somebody changed is not verified`(_ attack: String) async throws {
  let history = try await signedBaseline()
  _ = await registrar(
    history, "baseline", "export", "sec/5.4", "--output", ".git/x.tar.gz", "--signers",
    ".git/signers")
  let (isMade, made) = try shell(history, "tar xzf x.tar.gz && cd sec-5.4 && \(attack)")
  #expect(isMade, "\(made)")
  for verifier in ["sh sec-5.4/verify.sh", "python3 sec-5.4/verify.py"] {
    let (_, output) = try shell(history, "\(verifier); echo status $?")
    #expect(output.contains("status 1") && output.contains("BAD: "), "\(verifier): \(output)")
  }
}

/// Runs both verifiers in an export and returns what they say and end with, which is the same.
private func verified(
  _ history: TestRepository, _ prepare: String, _ words: String = ""
) throws -> String {
  let (isMade, made) = try shell(
    history, "rm -rf x && mkdir x && tar xzf x.tar.gz -C x && cd x/sec-5.4 && \(prepare)")
  #expect(isMade, "\(made)")
  let said = try ["sh verify.sh", "python3 verify.py"].map { verifier in
    try shell(history, "cd x/sec-5.4 && \(verifier) \(words); echo status $?").1
  }
  #expect(said[0] == said[1], "\(said[0])\n\(said[1])")
  return said[0]
}

@Test func `an export says what it proves and what it does not`() async throws {
  let history = try await signedBaseline()
  let tag = try history.git("rev-parse", "refs/tags/sec/5.4")
  _ = await registrar(
    history, "baseline", "export", "sec/5.4", "--output", ".git/x.tar.gz", "--signers",
    ".git/signers")
  let honest = try verified(history, "true")
  #expect(honest.contains("the tag's own id is \(tag)") && honest.contains("status 0"))
  // A forger makes everything anew and leaves the signatures out.
  let forged = """
    sed -i 's/closed/opened/' files/registers/risks/R1.yaml
    sed -i 's/2017-02-09/2017-02-10/' tag manifest.json
    sed -i '/-----BEGIN/,$d' tag; rm -r signatures
    new=$(sha256sum < files/registers/risks/R1.yaml | cut -d ' ' -f 1)
    old=$(sed -n 's#  files/registers/risks/R1.yaml##p' SHA256SUMS)
    sed -i "s/$old/$new/" SHA256SUMS manifest.json
    sed -i "s/^Manifest-SHA256: .*/Manifest-SHA256: $(sha256sum < manifest.json | cut -d ' ' -f 1)/" tag
    """
  for asked in ["", "chair@example.org", tag] {
    let said = try verified(history, forged, asked)
    #expect(said.contains("NOT SIGNED: this proves only that the files fit each other"), "\(said)")
    #expect(said.contains("status 3") && !said.contains("good"), "\(said)")
  }
  let other = try verified(history, "true", "auditor@example.org")
  #expect(other.contains("unsigned by 'auditor@example.org'") && other.contains("status 3"))
  let keyless = try verified(history, "rm allowed_signers")
  #expect(keyless.contains("cannot be judged: it is signed") && keyless.contains("status 2"))
  let named = try verified(history, "sed -i '/-----BEGIN/,$d' tag; rm -r signatures")
  #expect(named.contains("status 3"), "\(named)")
}

@Test
func
  `an export of an unsigned and withdrawn baseline says both, and is good for whom its id is known`()
  async throws
{
  let history = try await repository()
  #expect(
    await registrar(
      history, "baseline", "create", "sec/5.4", "--effective", "2017-02-09", "--no-sign"
    ).0 == 0)
  #expect(
    await registrar(
      history, "baseline", "withdraw", "sec/5.4", "--decision", "SECP40/03", "--no-sign"
    ).0 == 0)
  let (status, told) = await registrar(
    history, "baseline", "export", "sec/5.4", "--output", ".git/x.tar.gz")
  #expect(status == 0 && told.contains("good, unsigned  sec/5.4"), "\(told)")
  let said = try verified(history, "true")
  #expect(said.contains("WITHDRAWN by the decision SECP40/03"), "\(said)")
  #expect(said.contains("NOT SIGNED") && !said.contains("good"), "\(said)")
  #expect(said.contains("status 0"), "\(said)")
  let asked = try verified(history, ": > allowed_signers")
  #expect(asked.contains("NOT SIGNED") && asked.contains("status 3"), "\(asked)")
  let tag = try history.git("rev-parse", "refs/tags/sec/5.4")
  let known = try verified(history, "true", tag)
  #expect(known.contains("it is the tag that you named") && known.contains("status 0"), "\(known)")
  let (_, readme) = try shell(history, "cat x/sec-5.4/README.txt")
  for words in [
    "SEC: the baseline sec/5.4", "WITHDRAWN by the decision SECP40/03",
    "In force from:  2017-02-09",
    "Signed:         NOT SIGNED", "Risks: 1 item", "py verify.py",
  ] {
    #expect(readme.contains(words), "\(words): \(readme)")
  }
}

@Test func `a manifest is verified with git, sha256sum and jq`() async throws {
  let history = try await signedBaseline()
  _ = try shell(history, "cd .. && git config core.quotePath false")
  let manifest = await registrar(history, "baseline", "manifest", "sec/5.4")
  try history.write(".git/manifest.json", manifest.1)
  let (isGood, output) = try shell(
    history,
    """
    set -e
    cd ..
    git verify-tag sec/5.4
    git cat-file tag sec/5.4 | sed -n 's/^Manifest-SHA256: \\(.*\\)/\\1  .git\\/manifest.json/p' | sha256sum --check
    jq -r '.subject[] | .digest.sha256 + " " + .name' .git/manifest.json | while read -r digest name; do
      [ "$(git cat-file blob "sec/5.4:$name" | sha256sum | cut -d ' ' -f 1)" = "$digest" ]
    done
    [ "$(jq '.subject | length' .git/manifest.json)" = "$(git ls-tree -r --name-only sec/5.4 | wc -l)" ]
    """)
  #expect(isGood, "\(output)")
}

@Test func `a manifest in an envelope is signed, and other tools verify it`() async throws {
  let history = try await signedBaseline()
  let (status, envelope) = await registrar(history, "baseline", "manifest", "sec/5.4", "--dsse")
  #expect(status == 0, "\(envelope)")
  try history.write(".git/envelope.json", envelope)
  let own = await registrar(
    history, "baseline", "verify", "sec/5.4", "--dsse", ".git/envelope.json")
  #expect(own.0 == 0 && own.1.contains("signed by chair@example.org"), "\(own.1)")
  let (isGood, output) = try shell(
    history,
    """
    set -e
    jq -r .payload envelope.json | base64 -d > payload
    jq -r '.signatures[0].sig' envelope.json | base64 -d > payload.sig
    type=$(jq -r .payloadType envelope.json)
    { printf 'DSSEv1 %d %s %d ' ${#type} "$type" "$(wc -c < payload)"; cat payload; } |
      ssh-keygen -Y verify -n dsse -f signers -I chair@example.org -s payload.sig
    """)
  #expect(isGood, "\(output)")
  let other = await registrar(
    history, "baseline", "verify", "sec/5.2", "--dsse", ".git/envelope.json")
  #expect(other.0 == 1 && other.1.contains("it holds another manifest than that of sec/5.2"))
  #expect(other.1.contains("'risks R 2 \u{E9}' is only in it"), "\(other.1)")
  try history.write(
    ".git/envelope.json", envelope.replacing("\"sig\":\"LS0", with: "\"sig\":\"LS1"))
  let broken = await registrar(
    history, "baseline", "verify", "sec/5.4", "--dsse", ".git/envelope.json")
  #expect(broken.0 == 1, "\(broken.1)")
}

@Test(arguments: [Int.min, -1, 1 << 33, .max])
func `an archive has room for any time`(_ time: Int) {
  var archive = Archive(time: time)
  archive.add("a", [1])
  #expect(archive.bytes.count > 1024)
}

@Test(arguments: ["-9223372036854775808", "9223372036854775807", "1e999999999999999999"])
func `the largest numbers have a canonical form`(_ number: String) throws {
  var report = Report()
  let path = try #require(RepoPath("a.json"))
  let root = try #require(
    JSONReader.tree(of: SourceFile(path: path, text: "[\(number)]"), into: &report)?.root)
  #expect(!CanonicalJSON.bytes(of: root).isEmpty)
}

@Test func `an export counts no key that has ended, and names a withdrawal that nobody signed`()
  async throws
{
  let history = try await signedBaseline()
  _ = await registrar(
    history, "baseline", "export", "sec/5.4", "--output", ".git/x.tar.gz", "--signers",
    ".git/signers")
  let ended = try verified(
    history, "sed -i '/^chair/s/ ssh-/ valid-before=\"20180101Z\" ssh-/' allowed_signers",
    "chair@example.org")
  #expect(
    ended.contains("not counted: the key of signatures/tag.1.sig has ended"), "\(ended)")
  #expect(ended.contains("status 3") && !ended.contains("signed by chair"), "\(ended)")
  let tag = try history.git("rev-parse", "refs/tags/sec/5.4")
  let withdrawal =
    "printf 'object x\ntype tag\ntag withdrawn/sec/5.4\ntagger X <x> 1 +0000\n\nx\n\n"
    + "Withdraws: \(tag)\nDecision: \\033[2J\\007SECP9#9\n' > withdrawal"
  let unsigned = try verified(history, withdrawal)
  #expect(unsigned.contains("a withdrawal that is not signed is in the archive"), "\(unsigned)")
  #expect(unsigned.contains("status 0") && !unsigned.contains("WITHDRAWN"), "\(unsigned)")
  let bare = try verified(
    history,
    withdrawal + "; sed -i '/-----BEGIN/,$d' tag; rm -r signatures"
      + "; new=$({ printf 'tag %d\\0' $(wc -c < tag); cat tag; } | sha1sum | cut -d ' ' -f 1)"
      + "; sed -i \"s/^Withdraws: .*/Withdraws: $new/\" withdrawal")
  #expect(bare.contains("WITHDRAWN by the decision ?[2J?SECP9#9"), "\(bare)")
}

@Test(arguments: [
  "mv files away; ln -s away files", "rm manifest.json; mkfifo manifest.json",
  "mv tag other; ln -s other tag", "mkfifo files/pipe",
])
func `an export of anything but files is BAD at once`(_ attack: String) async throws {
  let history = try await signedBaseline()
  _ = await registrar(
    history, "baseline", "export", "sec/5.4", "--output", ".git/x.tar.gz", "--signers",
    ".git/signers")
  let said = try verified(history, attack)
  #expect(said.contains("BAD: ") && said.contains("status 1"), "\(said)")
  let folder = try verified(
    history, "mkdir signatures/more signatures/more.sig; ln -s tag.1.sig signatures/link.sig")
  #expect(folder.contains("status 0"), "\(folder)")
}

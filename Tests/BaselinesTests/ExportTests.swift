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
    tar xzf one.tar.gz && sh sec-5.4/verify.sh && sh sec-5.4/verify.sh
    """)
  #expect(isGood, "\(output)")
  #expect(output.contains("good: 4 files are what the tag records"), "\(output)")
  #expect(output.contains("Good \"git\" signature for chair@example.org"), "\(output)")
}

@Test(arguments: [
  "echo x >> files/registers/risks/R1.yaml",
  "echo x > files/registers/more",
  "rm files/registers/risks/R1.yaml",
  "sed -i 's/\"status\":\"closed\"/\"status\":\"open\"/' manifest.json",
  "sed -i 's/Effective: 2017/Effective: 2018/' tag",
  "sed -i 's/A Clerk/B Clerk/' tag",
  "cp signatures/payload.sig signatures/tag.1.sig",
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
  let (isGood, output) = try shell(history, "sh sec-5.4/verify.sh")
  #expect(!isGood, "\(output)")
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
  #expect(!CanonicalJSON(root).bytes.isEmpty)
}

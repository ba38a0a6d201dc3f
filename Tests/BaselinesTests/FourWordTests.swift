import RegistrarTestSupport
import Testing

@discardableResult
private func run(
  _ history: TestRepository, _ script: String, _ variables: [String: String] = [:]
) throws -> (status: Int32, said: String) {
  let environment = history.environmentWithPrograms.merging(variables) { $1 }
  let result = try runProgram(
    ["sh", "-c", script], in: history.path, environment: environment)
  return (result.status, result.output + result.errors)
}

/// A catalogue that asks for a manager and a chair.
private let asking =
  catalogue.replacing(
    "{tag: 'sec/{version}'}", with: "{tag: 'sec/{version}', signers: {manager: 1, chair: 1}}")
  + "roles: {manager: [manager@example.org], chair: [chair@example.org]}\n"

/// A repository that asks for two signers, with a first baseline.
private func askingHistory() async throws -> TestRepository {
  let history = try TestRepository(
    .commit(
      "First", .write("schema/catalogue.yaml", asking), .write("schema/risk.schema.json", "{}"),
      .write("registers/risks/R1.yaml", "id: R1\nstatus: open\n")))
  for name in ["manager", "chair", "stranger"] { try useKey(history, name, allow: true) }
  try sign(history, as: "manager")
  #expect(
    await registrar(history, "baseline", "create", "sec/5.0", "--effective", "2016-11-08").0 == 0)
  return history
}

private func sign(_ history: TestRepository, as name: String) throws {
  try history.git("config", "user.signingkey", history.path + "/.git/" + name)
}

@Test func `a signed baseline whose signers nobody knows here cannot be judged`() async throws {
  let history = try await repository()
  try useKey(history, "manager", allow: true)
  #expect(await create(history, "sec/5.4").0 == 0)
  try history.git("config", "--unset", "gpg.ssh.allowedSignersFile")
  for command in [
    ["baseline", "verify", "sec/5.4"], ["baseline", "show", "sec/5.4"], ["baseline", "list"],
    ["audit"], ["baseline", "export", "sec/5.4", "--output", ".git/x.tar.gz"],
  ] {
    let result = try runProgram(
      ["registrar"] + command, in: history.path, environment: history.environmentWithPrograms)
    #expect(result.status == 2, "\(command): \(result.output)\(result.errors)")
    #expect(result.output.contains("cannot be judged"), "\(command): \(result.output)")
    #expect(!result.output.contains("BAD"), "\(command): \(result.output)")
  }
}

@Test(arguments: [
  (
    "a forged number of items",
    "git cat-file tag sec/5.2 | sed 's/^Items: .*/Items: 7/' > .git/t && git update-ref refs/tags/sec/5.2 $(git hash-object -t tag -w --literally .git/t)"
  ),
  (
    "a file that is missing",
    "f=$(git rev-parse HEAD:registers/risks/R1.yaml); rm -f .git/objects/$(echo $f | cut -c 1-2)/$(echo $f | cut -c 3-)"
  ),
  ("a lightweight tag", "git tag -f sec/5.2 HEAD"),
  ("a tag of nothing", "git tag -f -a -m x sec/5.2 HEAD"),
  ("a tag that is gone", "registrar baseline pin && git tag -d sec/5.2"),
])
func `one word is said of a baseline whichever way it is asked for`(
  _ what: String, _ attack: String
) async throws {
  let history = try await repository()
  let done = try run(history, attack)
  #expect(done.status == 0, "\(what): \(done.said)")
  for command in [
    "baseline verify", "baseline verify sec/5.2", "baseline list", "baseline show sec/5.2", "audit",
    "baseline export sec/5.2 --output .git/x.tar.gz",
  ] {
    let told = try run(
      history, "registrar \(command) && exit 0; s=$?; [ ! -e .git/x.tar.gz ] || exit 9; exit $s")
    #expect(told.status == 1, "\(what): \(command): \(told.said)")
    let words = told.said.split(separator: "\n").filter { $0.contains("sec/5.2") }
    #expect(told.said.contains("BAD"), "\(what): \(command): \(told.said)")
    #expect(!words.contains { $0.contains("good") }, "\(what): \(command): \(told.said)")
  }
  let list = try run(history, "registrar baseline list --no-verify")
  #expect(list.status == 0 && !list.said.contains("good"), "\(list.said)")
}

@Test func `what a partial clone has not fetched is judged alike whichever way it is asked for`()
  async throws
{
  let history = try await repository()
  try history.git("config", "uploadpack.allowFilter", "true")
  let told = try run(
    history,
    """
    git commit -q --allow-empty -m Third; git rm -q registers/risks/R1.yaml; git commit -q -m Gone
    git clone -q --filter=blob:none file://$PWD .git/clone 2>/dev/null; cd .git/clone
    for c in "baseline verify" "baseline list" "baseline show sec/5.2" audit "baseline export sec/5.2 --output x.tar.gz"; do
      registrar $c > out 2>&1; echo "$? $c"; grep -q 'cannot be' out || cat out
      ! grep -e BAD -e good out
    done
    """)
  #expect(
    told.said.split(separator: "\n").allSatisfy { $0.hasPrefix("2 ") }, "\(told.said)")
}

@Test func `an unsigned baseline is good and unsigned, until a signature is asked for`()
  async throws
{
  let history = try await repository()
  let plain = await registrar(history, "baseline", "verify", "sec/5.2")
  #expect(plain == (0, "good, unsigned  sec/5.2: 1 item\n"), "\(plain.1)")
  for option in [["--require-signature"], ["--threshold", "1"]] {
    let result = try runProgram(
      ["registrar", "baseline", "verify", "sec/5.2"] + option, in: history.path,
      environment: history.environmentWithPrograms)
    #expect(result.status == 3 && result.output.hasPrefix("unsigned  sec/5.2"), "\(result.output)")
  }
}

@Test func `the name of a baseline says its kind, and the catalogue before it who signs`()
  async throws
{
  let history = try await askingHistory()
  #expect(
    await registrar(
      history, "baseline", "create", "sec/5.2", "--effective", "2016-12-21", "--no-sign"
    ).0 == 0)
  #expect(await registrar(history, "baseline", "verify", "sec/5.2").0 == 3)
  for (old, new) in [("Kind: sec\n", ""), ("Kind: sec\n", "Kind: panel\n")] {
    try replace("sec/5.2", in: history) { $0.replacing(old, with: new) }
    let (status, output) = await registrar(
      history, "baseline", "verify", "sec/5.2", "--threshold", "2")
    #expect(status == 1 && output.contains("it is signed by 0 of the role 'manager'"), "\(output)")
  }
}

@Test func `roles that a baseline changed without their signatures do not count for the next`()
  async throws
{
  let history = try await askingHistory()
  try history.write("schema/catalogue.yaml", catalogue)
  try history.git("commit", "-q", "-a", "-m", "Nobody needs to sign")
  for (name, day) in [("sec/5.2", "2016-12-21"), ("sec/5.3", "2016-12-22")] {
    #expect(
      await registrar(history, "baseline", "create", name, "--effective", day, "--no-sign").0 == 0)
  }
  let (status, output) = await registrar(history, "baseline", "verify", "sec/5.3")
  #expect(status == 3 && output.contains("takes 1"), "\(output)")
}

@Test func `a withdrawal takes who may sign the baseline`() async throws {
  let history = try await askingHistory()
  try sign(history, as: "stranger")
  let made = await registrar(
    history, "baseline", "withdraw", "sec/5.0", "--decision", "SECP40/01", "--sign")
  #expect(made.0 == 0 && made.1.contains("it does not count yet"), "\(made.1)")
  #expect(await registrar(history, "as-of", "2017-01-01").0 == 0)
  let verified = await registrar(history, "baseline", "verify")
  #expect(
    verified.1.contains("a withdrawal of it, 'withdrawn/sec/5.0', does not count"), "\(verified.1)")
  for name in ["manager", "chair"] {
    try sign(history, as: name)
    #expect(await registrar(history, "baseline", "sign", "withdrawn/sec/5.0").0 == 0)
  }
  let now = await registrar(history, "as-of", "2017-01-01")
  #expect(now.0 == 1 && now.1 == "no baseline was in force on 2017-01-01\n", "\(now.1)")
}

@Test func `a withdrawal is shown before it is made, and never made twice`() async throws {
  let history = try await repository()
  let shown = await registrar(
    history, "baseline", "withdraw", "sec/5.2", "--decision", "SECP40/01", "--dry-run")
  #expect(shown.0 == 0 && shown.1.contains("Decision: SECP40/01"), "\(shown.1)")
  #expect(try history.git("tag", "--list", "withdrawn/*").isEmpty)
  for expected in [Int32(0), 1] {
    let made = await registrar(
      history, "baseline", "withdraw", "sec/5.2", "--decision", "SECP40/01", "--no-sign")
    #expect(made.0 == expected, "\(made.1)")
    if expected == 1 { #expect(made.1.contains("[baseline/exists]"), "\(made.1)") }
  }
}

@Test func `an envelope takes who may sign the baseline`() async throws {
  let history = try await askingHistory()
  #expect(
    await registrar(
      history, "baseline", "create", "sec/5.2", "--effective", "2016-12-21", "--sign"
    ).0 == 0)
  try sign(history, as: "chair")
  #expect(await registrar(history, "baseline", "sign", "sec/5.2").0 == 0)
  let envelope = await registrar(
    history, "baseline", "manifest", "sec/5.2", "--dsse", "--output", ".git/envelope.json")
  #expect(envelope.0 == 0, "\(envelope.1)")
  let (status, output) = await registrar(
    history, "baseline", "verify", "sec/5.2", "--dsse", ".git/envelope.json")
  #expect(status == 1, "\(output)")
  #expect(output.contains("good  sec/5.2: 1 item"), "\(output)")
  #expect(
    output.contains("error: it is signed by 0 of the role 'manager', and takes 1"), "\(output)")
}

@Test func `copies of a signature cost nothing`() async throws {
  let history = try await repository()
  try useKey(history, "chair", allow: true)
  #expect(await registrar(history, "baseline", "sign", "sec/5.2").0 == 0)
  let notes = "--ref=refs/notes/registrar/signatures"
  let note = try history.git("notes", notes, "show", "refs/tags/sec/5.2")
  let copies = (0..<2000).map { number in
    note.replacing("\n", with: number % 2 == 0 ? "\n" : " \n") + "\n"
  }
  let id = try history.git(["hash-object", "-w", "--stdin"], input: Array(copies.joined().utf8))
  try history.git("notes", notes, "add", "-f", "-C", id, "refs/tags/sec/5.2")
  // Each run of a program is counted.
  let told = try run(
    history,
    """
    printf '#!/bin/sh\necho run >> "%s/.git/runs"\nexec ssh-keygen "$@"\n' "$PWD" > .git/counted; chmod +x .git/counted
    git config gpg.ssh.program "$PWD/.git/counted"
    registrar baseline verify sec/5.2 --threshold 1
    echo "$(wc -l < .git/runs) runs"
    """)
  #expect(told.said.contains("signed by chair@example.org"), "\(told.said)")
  #expect(told.said.contains("\n2 runs\n"), "\(told.said)")
}

@Test func `what is no signature takes no room of those that are`() async throws {
  let history = try await repository()
  try useKey(history, "chair", allow: true)
  #expect(await registrar(history, "baseline", "sign", "sec/5.2").0 == 0)
  let told = try run(
    history,
    """
    notes="git notes --ref registrar/signatures"
    key=$(cut -d ' ' -f 2 .git/chair.pub)
    $notes show sec/5.2 > .git/good
    for n in $(seq 2000); do
      printf -- '-----BEGIN SSH SIGNATURE-----\njunk%d\n-----END SSH SIGNATURE-----\n' $n
    done > .git/junk
    # Of those that have the known key in them some are tried.
    for n in $(seq 70); do
      printf -- '-----BEGIN SSH SIGNATURE-----\n'; { printf 'SSHSIG\\0\\0\\0\\1\\0\\0\\0\\63'; echo $key | base64 -d; echo $n; } | base64
      printf -- '-----END SSH SIGNATURE-----\n'
    done >> .git/junk
    cat .git/junk .git/good | $notes add -f -F - sec/5.2
    printf '#!/bin/sh\necho run >> "%s/.git/runs"\nexec ssh-keygen "$@"\n' "$PWD" > .git/counted; chmod +x .git/counted
    git config gpg.ssh.program "$PWD/.git/counted"
    registrar baseline verify sec/5.2 --threshold 1
    s=$?; [ $(wc -l < .git/runs) -lt 300 ] || exit 9; exit $s
    """)
  #expect(told.status == 0, "\(told.said)")
  #expect(told.said.contains("signed by chair@example.org"), "\(told.said)")
}

@Test func `a key that ended does not sign what it did not sign before`() async throws {
  let history = try await repository()
  try useKey(history, "chair", allow: true)
  // The tag is of 2016, the key ended in 2018, and the signature was added in 2020.
  let late = ["GIT_COMMITTER_DATE": "1577836800 +0000"]
  let signed = try run(history, "registrar baseline sign sec/5.2", late)
  #expect(signed.status == 0, "\(signed.said)")
  try run(history, "sed -i 's/ ssh-/ valid-before=\"20180101Z\" ssh-/' .git/signers")
  let after = try run(history, "registrar baseline verify sec/5.2 --threshold 1")
  #expect(after.status == 3, "\(after.said)")
  #expect(after.said.contains("a signature that was added is not good"), "\(after.said)")
  // Added before its end it stays good.
  try history.git("update-ref", "-d", "refs/notes/registrar/signatures")
  try run(
    history, "sed -i 's/valid-before[^ ]* //' .git/signers && registrar baseline sign sec/5.2")
  try run(history, "sed -i 's/ ssh-/ valid-before=\"20180101Z\" ssh-/' .git/signers")
  let before = try run(history, "registrar baseline verify sec/5.2 --threshold 1")
  #expect(before.status == 0, "\(before.said)")
}

@Test func `a clock that is set back makes an ended key no younger than its commit`() async throws {
  let history = try await repository()
  try useKey(history, "chair", allow: true)
  let made = try run(
    history,
    """
    set -e
    echo 'status: archived' >> registers/risks/R1.yaml; sed -i 's/status: closed//' registers/risks/R1.yaml
    GIT_COMMITTER_DATE='1577836800 +0000' git commit -q -a -m Third
    registrar baseline create sec/5.4 --effective 2017-02-09 --sign
    sed -i 's/ ssh-/ valid-before="20180101Z" ssh-/' .git/signers
    registrar baseline verify sec/5.4
    """)
  #expect(
    made.status == 1 && made.said.contains("its key is none of an allowed signer"), "\(made.said)")
}

@Test func `with a file of signers no program and no setting of the repository is used`()
  async throws
{
  let history = try await repository()
  for name in ["manager", "mallory"] { try useKey(history, name, allow: name == "manager") }
  #expect(await create(history, "sec/5.4").0 == 0)
  let told = try run(
    history,
    """
    printf '#!/bin/sh\ntouch .git/ran\necho manager@example.org\n' > .git/yes; chmod +x .git/yes
    git config gpg.ssh.program "$PWD/.git/yes"; git config gpg.ssh.revocationFile /dev/null
    registrar baseline verify sec/5.4 --require-signature --signers .git/signers; s=$?
    [ ! -e .git/ran ] || exit 9
    exit $s
    """)
  #expect(told.status == 1, "\(told.said)")
}

@Test func `settings are read as Git reads them`() async throws {
  let history = try await repository()
  try useKey(history, "chair", allow: true)
  let told = try run(
    history,
    """
    set -e
    mkdir -p .git/home && cp .git/chair .git/chair.pub .git/signers .git/home
    export HOME="$PWD/.git/home"
    git config user.signingkey '~/chair.pub'; git config gpg.ssh.allowedSignersFile '~/signers'
    git config tag.gpgSign yes
    registrar baseline create sec/5.4 --effective 2017-02-09
    registrar baseline verify sec/5.4 --require-signature
    git verify-tag sec/5.4 2>/dev/null
    git config --unset user.signingkey
    cat > .git/home/key <<'E'
    #!/bin/sh
    echo "key::$(cut -d ' ' -f 1,2 $HOME/chair.pub)"
    E
    chmod +x .git/home/key; git config gpg.ssh.defaultKeyCommand '~/key'
    eval $(ssh-agent -s) >/dev/null; trap 'ssh-agent -k >/dev/null' EXIT; ssh-add -q .git/home/chair
    registrar baseline create sec/5.5 --effective 2017-02-09
    registrar baseline verify sec/5.5 --require-signature
    """)
  #expect(told.status == 0, "\(told.said)")
}

@Test func `one key with two principals is one signer`() async throws {
  let history = try await repository()
  try useKey(history, "chair", allow: true)
  try run(history, "sed 's/^chair@/deputy@/' .git/signers >> .git/signers")
  #expect(await create(history, "sec/5.4").0 == 0)
  let (status, output) = await registrar(
    history, "baseline", "verify", "sec/5.4", "--threshold", "2")
  #expect(status == 1 && output.contains("it is signed by 1, and takes 2"), "\(output)")
}

@Test func `a tag whose time nobody can have ends no command`() async throws {
  for time in ["9223372036854775807", "-1", "253402300800", "8589934592"] {
    let history = try await repository()
    try replace("sec/5.2", in: history) { text in
      text.replacing(#/(tagger .*> )[0-9]+/#) { $0.1 + time }
    }
    let told = try run(
      history,
      """
      for c in "baseline verify" "baseline list" "baseline show sec/5.2" "baseline log" audit status \
        "baseline export sec/5.2 --output .git/x.tar.gz" "as-of 2024-01-01" "log R1"; do
        registrar $c >/dev/null 2>&1; [ $? -lt 64 ] || echo "trap: $c"
      done
      registrar baseline verify
      """)
    #expect(!told.said.contains("trap"), "\(told.said)")
    #expect(told.status == (time == "8589934592" ? 0 : 1), "\(time): \(told.said)")
  }
}

@Test func `who signs with a key that ended does not back-date the notes by a merge`() async throws
{
  let history = try await repository()
  let late = ["GIT_COMMITTER_DATE": "1577836800 +0000"]
  for name in ["manager", "chair"] {
    try useKey(history, name, allow: true)
    #expect(try run(history, "registrar baseline sign sec/5.2", late).status == 0)
  }
  // The key ended in 2018; of the notes of 2020 those without its signature are the second parent.
  let told = try run(
    history,
    """
    sed -i '/^chair/s/ ssh-/ valid-before="20180101Z" ssh-/' .git/signers
    n=refs/notes/registrar/signatures; export GIT_COMMITTER_DATE='1483228800 +0000'
    empty=$(git commit-tree -m empty $(git mktree < /dev/null))
    added=$(git commit-tree -m added -p $empty $n^{tree})
    after=$(git rev-parse $n); before=$(git rev-parse $n~1)
    for parents in "-p $added -p $before" "-p $added -p $after" "-p $before -p $added"; do
      git update-ref $n $(git commit-tree -m merged $parents $after^{tree})
      registrar baseline verify sec/5.2 --threshold 2; echo "status $?"
    done
    """)
  #expect(told.said.matches(of: /status 1/).count == 3, "\(told.said)")
}

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
    ["hash-object", "--literally", "-w", "-t", "tag", "--stdin"],
    input: Array(edit(content).utf8))
  try history.write(".git/refs/tags/" + name, id + "\n")
}

/// Lets a tag lead to a commit of its own with other files and the same message.
func move(
  _ name: String, in history: TestRepository, _ edit: () throws -> Void
) throws {
  let own = try history.git("rev-parse", "HEAD")
  try edit()
  try history.git("add", "-A")
  try history.git("commit", "-q", "-m", "Second")
  let other = try history.git("rev-parse", "HEAD")
  try replace(name, in: history) { $0.replacing(own, with: other) }
}

/// The path of a loose object.
func loose(_ name: String, in history: TestRepository) throws -> String {
  let id = try history.git("rev-parse", name)
  return history.path + "/.git/objects/" + id.prefix(2) + "/" + id.dropFirst(2)
}

/// An attack or an accident, and words of what must be found.
struct Attack: Sendable {
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
  Attack("the tag tags a tag", "it tags a tag and no commit") { history in
    let commit = try history.git("rev-parse", "HEAD")
    let other = try history.git("rev-parse", "sec/5.0")
    try replace("sec/5.2", in: history) {
      $0.replacing("object \(commit)\ntype commit", with: "object \(other)\ntype tag")
    }
  },
  Attack("the kind is left out", "it does not record 'Kind'") { history in
    try replace("sec/5.2", in: history) { $0.replacing("Kind: sec\n", with: "") }
  },
  Attack("the kind is another", "it records the kind 'panel', and its name is one of 'sec'") {
    history in
    try replace("sec/5.2", in: history) { $0.replacing("Kind: sec\n", with: "Kind: panel\n") }
  },
  Attack("the day of effect is no day", "'Effective: soon', which is no day") { history in
    try replace("sec/5.2", in: history) {
      $0.replacing("Effective: 2016-12-21", with: "Effective: soon")
    }
  },
  Attack("the number of files is left out", "it does not record 'Files'") { history in
    try replace("sec/5.2", in: history) { $0.replacing("Files: 3\n", with: "") }
  },
  Attack("the one before is left out", "a second chain") { history in
    let before = try history.git("rev-parse", "sec/5.0")
    try replace("sec/5.2", in: history) { $0.replacing("Previous: \(before)\n", with: "") }
  },
  Attack("another follows the same one", "the chain has two ends") { history in
    let own = try history.git("cat-file", "tag", "sec/5.2") + "\n"
    let id = try history.git(
      ["hash-object", "--literally", "-w", "-t", "tag", "--stdin"],
      input: Array(own.replacing("sec/5.2", with: "sec/5.1").utf8))
    try history.write(".git/refs/tags/sec/5.1", id + "\n")
  },
  Attack("a second object stands in its head", "its head has the line 'object ") { history in
    let other = try history.git("rev-parse", "HEAD~1")
    try replace("sec/5.2", in: history) {
      $0.replacing("\n\nBaseline sec 5.2", with: "\nobject \(other)\n\nBaseline sec 5.2")
    }
  },
  Attack("its time is beyond all years", "it does not say who tagged it and when") { history in
    try replace("sec/5.2", in: history) { text in
      text.replacing(#/(tagger .*> )[0-9]+/#) { $0.1 + "9223372036854775807" }
    }
  },
  Attack("its commit is on no branch", "its commit is on no branch") { history in
    try history.git("reset", "-q", "--hard", "HEAD~1")
  },
  Attack("a file is added to a tree of the store", "is not what was committed") { history in
    let tree = try history.git("rev-parse", "HEAD^{tree}")
    let other = try history.git(["hash-object", "-w", "--stdin"], input: Array("rm\n".utf8))
    let listed = try history.git("ls-tree", tree) + "\n100755 blob \(other)\tzz-added.sh\n"
    let edited = try history.git(["mktree"], input: Array(listed.utf8))
    try runProgram(
      ["cp", "-f", try loose(edited, in: history), try loose(tree, in: history)],
      in: history.path, environment: history.environment)
  },
  Attack("a trailer stands twice", "it records 'Manifest-SHA256' more than once") { history in
    try replace("sec/5.2", in: history) { $0 + "Manifest-SHA256: 0\n" }
  },
  Attack("the lines of the tag end otherwise", "its object records no baseline") { history in
    try replace("sec/5.2", in: history) { $0.replacing("\n", with: "\r\n") }
  },
  Attack("a clock was set back", "a clock was set back") { history in
    try replace("sec/5.2", in: history) { text in
      text.replacing(#/(tagger .*> )[0-9]+/#) { $0.1 + "1000000000" }
    }
  },
  Attack("packed references are edited", "it was given another name") { history in
    try history.git("pack-refs", "--all")
    let (one, two) = (
      try history.git("rev-parse", "sec/5.0"), try history.git("rev-parse", "sec/5.2")
    )
    try runProgram(
      ["sed", "-i", "s/^\(two) /\(one) /", ".git/packed-refs"], in: history.path,
      environment: history.environment)
  },
  Attack("the commit in the object store is replaced", "") { history in
    let other = try loose("HEAD~1", in: history)
    try runProgram(
      ["cp", "-f", other, try loose("HEAD", in: history)], in: history.path,
      environment: history.environment)
  },
  Attack("a tree in the object store is replaced", "") { history in
    let other = try loose("HEAD~1:registers", in: history)
    try runProgram(
      ["cp", "-f", other, try loose("HEAD:registers", in: history)], in: history.path,
      environment: history.environment)
  },
  Attack("the tag object in the object store is replaced", "the object store was edited") {
    history in
    let other = try loose("refs/tags/sec/5.0", in: history)
    try runProgram(
      ["cp", "-f", other, try loose("refs/tags/sec/5.2", in: history)], in: history.path,
      environment: history.environment)
  },
  Attack("an item is added in another commit", "the manifest's SHA-256 is") { history in
    try move("sec/5.2", in: history) {
      try history.write("registers/risks/R2.yaml", "id: R2\nstatus: open\n")
    }
  },
  Attack("an item stands twice", "the manifest's SHA-256 is") { history in
    try move("sec/5.2", in: history) {
      try history.write("registers/risks/R2.yaml", "id: R1\nstatus: closed\n")
    }
  },
  Attack("a file is given another name", "the manifest's SHA-256 is") { history in
    try move("sec/5.2", in: history) {
      try history.git("mv", "registers/risks/R1.yaml", "registers/risks/r1.yaml")
    }
  },
  Attack("a file becomes a link", "the manifest's SHA-256 is") { history in
    try move("sec/5.2", in: history) {
      try runProgram(
        ["ln", "-sf", "../../elsewhere", "registers/risks/R1.yaml"], in: history.path,
        environment: history.environment)
    }
  },
  Attack("a schema is deleted", "the manifest's SHA-256 is") { history in
    try move("sec/5.2", in: history) { try history.git("rm", "-q", "schema/risk.schema.json") }
  },
  Attack("the kind is made to hold less", "the manifest's SHA-256 is") { history in
    try move("sec/5.2", in: history) {
      try history.write(
        "schema/catalogue.yaml",
        catalogue.replacing("{tag: 'sec/{version}'}", with: "{tag: 'sec/{version}', registers: []}")
      )
    }
  },
  Attack("the kind is forgotten", "knows no kind of baseline") { history in
    try move("sec/5.2", in: history) {
      try history.write("schema/catalogue.yaml", catalogue.replacing("sec/{", with: "other/{"))
    }
  },
  Attack("the catalogue is broken", "cannot be read") { history in
    try move("sec/5.2", in: history) { try history.write("schema/catalogue.yaml", "[") }
  },
  Attack("a file has a name that is not UTF-8", "is not UTF-8") { history in
    try move("sec/5.2", in: history) {
      try runProgram(
        ["sh", "-c", "cp registers/risks/R1.yaml \"registers/risks/$(printf 'R\\351').yaml\""],
        in: history.path, environment: history.environment)
    }
  },
  Attack("one byte of a text is another", "the manifest's SHA-256 is") { history in
    try move("sec/5.2", in: history) {
      try history.write("registers/risks/R1.yaml", "id: R1\nstatus:  closed\n")
    }
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
  #expect(
    output.contains("good, unsigned  sec/5.0: 1 item")
      && output.contains("good, unsigned  sec/5.2: 1 item"))
  // A replacement is a matter of one clone, and no part of what was approved.
  let (one, two) = (try history.git("rev-parse", "HEAD"), try history.git("rev-parse", "HEAD~1"))
  try history.git("replace", one, two)
  #expect(await registrar(history, "baseline", "verify").0 == 0)
}

@Test func `a name that no tag has is no baseline, and one that was pinned is gone`() async throws {
  let history = try await repository()
  #expect(await registrar(history, "baseline", "pin").0 == 0)
  for name in ["sec/9.9", "panel/1", "x"] {
    let (status, output) = await registrar(history, "baseline", "verify", name)
    #expect(status == 2 && output.contains("there is no baseline '\(name)'"), "\(output)")
  }
  try history.git("update-ref", "-d", "refs/tags/sec/5.2")
  let (status, output) = await registrar(history, "baseline", "verify", "sec/5.2")
  #expect(status == 1 && output.contains("there is no tag 'sec/5.2'"), "\(output)")
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

@Test func `a file outside the registers that was replaced in the object store is named`()
  async throws
{
  let history = try await repository()
  try history.write("README.md", "one\n")
  try history.git("add", ".")
  try history.git("commit", "-q", "-m", "Third")
  #expect(
    await registrar(history, "baseline", "create", "sec/5.4", "--effective", "2017-02-09").0 == 0)
  let own = try loose("HEAD:README.md", in: history)
  let other = try history.git(["hash-object", "-w", "--stdin"], input: Array("two\n".utf8))
  try runProgram(
    ["cp", "-f", try loose(other, in: history), own], in: history.path,
    environment: history.environment)
  let (status, output) = await registrar(history, "baseline", "verify", "sec/5.4")
  #expect(status == 1)
  #expect(output.contains("'README.md' is not what was committed"), "\(output)")
}

@Test func `a record that differs from what was pinned is named`() async throws {
  let history = try await repository()
  #expect(await registrar(history, "baseline", "pin").0 == 0)
  try move("sec/5.2", in: history) {
    try history.write("registers/risks/R1.yaml", "id: R1\nstatus: reopened\n")
  }
  let (status, output) = await registrar(history, "baseline", "verify", "sec/5.2")
  #expect(status == 1)
  #expect(
    output.contains("'R1' (registers/risks/R1.yaml) is another since it was pinned"), "\(output)")
}

@Test func `there are forty attacks and more`() {
  #expect(attacks.count + signedAttacks.count >= 40)
}

@Test func `a shallow clone says what it cannot know`() async throws {
  let history = try await repository()
  for _ in 0..<2 { try history.git("commit", "-q", "--allow-empty", "-m", "Nothing") }
  let made = await registrar(
    history, "baseline", "create", "sec/5.4", "--effective", "2017-02-09", "--no-sign")
  #expect(made.0 == 0, "\(made.1)")
  let clone = history.path + "/.git/clone"
  try history.git(
    "clone", "-q", "--depth", "1", "--branch", "sec/5.4", "file://" + history.path, clone)
  try history.git("-C", clone, "fetch", "-q", "--depth", "1", "origin", "tag", "sec/5.2")
  let result = try runProgram(
    ["registrar", "baseline", "verify", "sec/5.4"], in: clone,
    environment: history.environmentWithPrograms
  )
  #expect(result.status == 2, "\(result.output)\(result.errors)")
  #expect(result.output.contains("cannot be judged  sec/5.4"), "\(result.output)")
  #expect(result.output.contains("beyond the shallow clone"), "\(result.output)")
  #expect(result.output.contains("Run: git fetch --unshallow --tags"), "\(result.output)")
}

@Test func `a withdrawal that was pinned and is gone is found`() async throws {
  let history = try await repository()
  let made = await registrar(
    history, "baseline", "withdraw", "sec/5.0", "--decision", "SECP40/01", "--no-sign")
  #expect(made.0 == 0, "\(made.1)")
  #expect(await registrar(history, "baseline", "pin").1 == "pinned 3 baselines, 3 in all\n")
  #expect(await registrar(history, "baseline", "verify").0 == 0)
  try history.git("update-ref", "-d", "refs/tags/withdrawn/sec/5.0")
  let (status, output) = await registrar(history, "baseline", "verify")
  #expect(status == 1 && output.contains("withdrawn/sec/5.0"), "\(output)")
}

@Test func `what was pinned and is not as it was is found`() async throws {
  let history = try await repository()
  #expect(await registrar(history, "baseline", "pin").1 == "pinned 2 baselines, 2 in all\n")
  try history.git("update-ref", "-d", "refs/tags/sec/5.2")
  let (status, output) = await registrar(history, "baseline", "verify")
  #expect(status == 1)
  #expect(output.contains("it was there when it was pinned"))
}

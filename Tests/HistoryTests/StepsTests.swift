import Diagnostics
import Git
import History
import RegistrarTestSupport
import Rules
import SourceText
import Testing

/// A committee's repository with one commit on main and the branch `side` at it, in which lines of a
/// shell make a history.
private struct Committee {
  let repository: TestRepository

  static let catalogue = """
    catalogue: 1
    title: Code
    registers:
      actions:
        title: Actions
        path: actions/{id}.yaml
        shape: record
        schema: action.schema.json
        rules: {nothing-open-vanishes: {state: state, ended: [closed]}, never-reused-ids: {}}
      texts:
        title: Texts
        path: texts/{id}.md
        shape: document
        schema: any.schema.json
        rules: {document-versions: {version: version}}
      parties:
        title: Parties
        path: parties.csv
        shape: table
        schema: party.schema.json
        rules: {nothing-open-vanishes: {}}

    """

  static let states =
    #"{"initial": ["open"], "transitions": [{"from": "open", "to": ["ongoing"]}, {"from": "ongoing", "to": ["closed"]}]}"#

  init() throws {
    repository = try TestRepository(
      .commit("before there was a catalogue", .write("registers/actions/OLD.yaml", "id: [\n")),
      .commit(
        "base", .remove("registers/actions/OLD.yaml"),
        .write("schema/catalogue.yaml", Self.catalogue),
        .write("schema/any.schema.json", "{}"),
        .write(
          "schema/party.schema.json",
          #"{"properties": {"state": {"x-states": \#(Self.states)}}}"#),
        .write(
          "schema/action.schema.json",
          #"{"x-rules": [{"rule": "size(has(self.why) ? self.why : []) > size(has(oldSelf.why) ? oldSelf.why : []) || self.all(k, !(k in ['a', 'ab']) || k in oldSelf && self[k] == oldSelf[k])", "code": "a/unexplained", "message": "a changed"}], "properties": {"ab": {"x-computed": "self.a * self.b"}, "why": {"type": "array", "x-append-only": true}, "n": {"type": "integer"}, "see": {"x-references": "parties"}, "state": {"x-states": \#(Self.states)}, "log": {"type": "array", "x-append-only": true}}}"#
        ),
        .write("registers/actions/A.yaml", "id: A\nstate: open\n"),
        .write("registers/actions/B.yaml", "id: B\nstate: open\n"),
        .write("registers/texts/T.md", "---\nid: T\nversion: '1.0'\n---\n\n1 One.\n\n2 Two.\n"),
        .write("registers/parties.csv", "id,name,state\nP,Pea,open\nQ,Queue,open\n")))
    try repository.git("branch", "side")
    try repository.git("tag", "base")
  }

  /// Makes a history by lines of a shell; `put FILE LINES` writes a file and commits it, `is` merges
  /// with the result as it stands, `to` goes to a branch.
  func live(_ script: String) throws {
    let words = #"""
      set -e
      R=registers
      note() { git add -A; git commit -q --allow-empty -m "${1:-x}"; }
      action() { f=$R/actions/$1.yaml; shift; printf '%s\n' "id: $(basename $f .yaml)" "$@" > $f; note; }
      party() { printf "id: $1\nname: $2\nstate: $3\n" > $R/parties/$1.yaml; note; }
      split() { sed -i 's/parties.csv/parties\/{id}.yaml/; s/shape: table/shape: record/' schema/catalogue.yaml; mkdir $R/parties; git rm -q $R/parties.csv; printf 'id: P\nname: Pea\nstate: open\n' > $R/parties/P.yaml; party Q Queue open; }
      to() { git checkout -q "$1"; }
      join() { git merge -q --no-commit --no-ff "$1" >/dev/null 2>&1 || true; }
      merge() { git merge -q --no-edit --no-ff "$1" >/dev/null; }

      """#
    let result = try runProgram(
      ["sh", "-c", words + script], in: repository.path, environment: repository.environment)
    try #require(result.status == 0, "\(script): \(result.output)\(result.errors)")
  }

  /// Returns what the check of all commits since the base finds: `code place: message`.
  func findings(since base: String? = "base") async throws -> [String] {
    let store = try Repository.open(from: repository.path, GitEnvironment())
    var report = Report()
    var check = RangeCheck(in: store, jobs: 1)
    let start = try base.map { try store.commit(at: $0) }
    try await check.check(
      try store.commits(from: start, to: try store.commit(at: "HEAD")), into: &report)
    return report.sorted.map { "\($0.code.rawValue): \($0.message.text)" }
  }
}

@Test(arguments: [
  // Two steps on one side, none on the other.
  "action A 'state: ongoing'; action A 'state: closed'; to side; action B 'state: open' 'n: 1'; merge main",
  "action A 'state: ongoing'; action A 'state: closed'; to side; action B 'state: open' 'n: 1'; to main; merge side",
  // A record that was raised and went on, on a side.
  "action C 'state: open'; action C 'state: ongoing'; to side; action B 'state: open' 'n: 1'; merge main",
  // Two steps on one side, another field of the same record on the other.
  "action A 'state: ongoing'; action A 'state: closed'; to side; action A 'state: open' 'n: 1'; join main; action A 'state: closed' 'n: 1'",
  // One side went one step, the other that one and one more.
  "action A 'state: ongoing'; to side; action A 'state: ongoing'; action A 'state: closed'; join main; action A 'state: closed'",
  // A step that the merge makes by itself is one.
  "action B 'state: ongoing'; to side; action B 'state: open' 'n: 1'; join main; action B 'state: closed' 'n: 1'",
  // Both sides append; in either order.
  "action A 'state: open' 'log: [a, b]'; to side; action A 'state: open' 'log: [c]'; join main; action A 'state: open' 'log: [a, b, c]'",
  "action A 'state: open' 'log: [a, b]'; to side; action A 'state: open' 'log: [c]'; join main; action A 'state: open' 'log: [c, a, b]'",
  // What follows from two values, of which each side changed one.
  "action A 'a: 3' 'b: 3' 'ab: 9' 'why: [o]'; git branch -f side; action A 'a: 4' 'b: 3' 'ab: 12' 'why: [o, x]'; to side; action A 'a: 3' 'b: 2' 'ab: 6' 'why: [o, y]'; join main; action A 'a: 4' 'b: 2' 'ab: 8' 'why: [o, y, x]'",
  // A value that both sides changed, each with its reason, and one that the merge chose with its own.
  "action A 'a: 3' 'why: [o]'; git branch -f side; action A 'a: 4' 'why: [o, x]'; to side; action A 'a: 5' 'why: [o, y]'; join main; action A 'a: 5' 'why: [o, y, x]'",
  "action A 'a: 3' 'why: [o]'; git branch -f side; action A 'a: 4' 'why: [o, x]'; to side; action A 'a: 5' 'why: [o, y]'; join main; action A 'a: 6' 'why: [o, y, x, z]'",
  // Rows of a table.
  "sed -i 's/Pea,open/Pea,ongoing/' $R/parties.csv; note; sed -i 's/Pea,ongoing/Pea,closed/' $R/parties.csv; note; to side; sed -i 's/Queue/Cue/' $R/parties.csv; note; join main; sed -i 's/Queue,open/Cue,open/; s/Pea,open/Pea,closed/; /^[<=>]/d' $R/parties.csv; printf 'id,name,state\nP,Pea,closed\nQ,Cue,open\n' > $R/parties.csv; note",
  // What was renamed on one side and changed on the other.
  "git mv $R/actions/A.yaml $R/actions/Z.yaml; action Z 'state: open' 'formerly: A'; to side; action A 'state: ongoing'; action A 'state: closed'; join main; git rm -qf --ignore-unmatch $R/actions/A.yaml; action Z 'state: closed' 'formerly: A'",
  "action A 'state: ongoing'; action A 'state: closed'; to side; git mv $R/actions/A.yaml $R/actions/Z.yaml; action Z 'state: open' 'formerly: A'; join main; git rm -qf --ignore-unmatch $R/actions/A.yaml; action Z 'state: closed' 'formerly: A'",
  // A document that one side gave two versions.
  "sed -i 's/1.0/1.1/; s/One/Uno/' $R/texts/T.md; note; to side; action B 'state: ongoing'; merge main",
  // Two lines that were merged into each other.
  "action A 'state: ongoing'; to side; action B 'state: ongoing'; git branch s1; git branch m1 main; to main; merge s1; action A 'state: closed'; to side; merge m1; action B 'state: closed'; merge main",
  // A closed action goes and comes back, as it was.
  "action A 'state: ongoing'; action A 'state: closed'; git rm -q $R/actions/A.yaml; note; git checkout -q HEAD~1 -- .; note",
  "action A 'state: ongoing'; action A 'state: closed' 'n: 1'; action A 'state: closed' 'n: 2'; git rm -q $R/actions/A.yaml; note; action B 'state: ongoing'; action A 'state: closed' 'n: 1'",
  "action A 'state: ongoing'; action A 'state: closed'; git rm -q $R/actions/A.yaml; note; git revert --no-edit HEAD",
  // Rows that one side changes while the other makes files of them.
  "sed -i 's/Queue,open/Cue,ongoing/' $R/parties.csv; note; to side; split; join main; git rm -qf $R/parties.csv; party Q Cue ongoing",
  "sed -i 's/Queue,open/Cue,ongoing/' $R/parties.csv; note; to side; split; party Q Queue ongoing; join main; git rm -qf $R/parties.csv; party Q Cue ongoing",
  // A new id is taken back.
  "git mv $R/actions/A.yaml $R/actions/Z.yaml; action Z 'state: open' 'formerly: A'; git revert --no-edit HEAD",
  // An id that only another branch has used and left is free.
  "action C 'state: open'; action C 'state: ongoing'; action C 'state: closed'; git rm -q $R/actions/C.yaml; note; to side; action C 'state: open'",
  // A branch without a catalogue, from nothing.
  "git checkout -q --orphan papers; git rm -rqf .; echo 'id: [' > paper.yaml; mkdir -p $R/actions; cp paper.yaml $R/actions/x.yaml; note; note again",
])
func `a history in which each step is legal has no finding`(_ script: String) async throws {
  let committee = try Committee()
  try committee.live(script)
  #expect(try await committee.findings() == [])
}

@Test(arguments: [
  (
    "action C 'state: closed'",
    ["state/initial: 'C' is new and already 'closed'"]
  ),
  (
    "action A 'state: closed'",
    ["state/transition: 'A' was 'open' and cannot become 'closed'"]
  ),
  // A stage that a merge leaves out, on a record that no side touched.
  (
    "action B 'state: ongoing'; to side; git commit -q --allow-empty -m y; join main; action A 'state: closed'",
    ["state/transition: 'A' was 'open' and cannot become 'closed'"]
  ),
  // A record that the merge makes.
  (
    "action B 'state: ongoing'; to side; git commit -q --allow-empty -m y; join main; action C 'state: closed'",
    ["state/initial: 'C' is new and already 'closed'"]
  ),
  // What one side did is taken back by taking the other for the whole.
  (
    "action A 'state: ongoing'; action A 'state: closed'; to side; action B 'state: ongoing'; git merge -q -s ours --no-edit main",
    ["state/transition: 'A' was 'closed' and cannot become 'open'"]
  ),
  (
    "action C 'state: open'; to side; action B 'state: ongoing'; git merge -q -s ours --no-edit main",
    ["record/vanished: 'C' was 'open' and is gone"]
  ),
  (
    "action A 'state: open' 'log: [a]'; to side; action A 'state: open' 'log: [b]'; join main; action A 'state: open' 'log: [b]'",
    ["history/rewritten: entry 1 of the history of 'A' is not as it was"]
  ),
  (
    "action A 'state: open' 'log: [a]'; to side; action A 'state: open' 'log: [b]'; join main; action A 'state: open' 'log: [evil, a, b]'",
    ["history/rewritten: entry 1 of the history of 'A' is not as it was"]
  ),
  (
    "action A 'a: 3' 'why: [o]'; git branch -f side; action A 'a: 4' 'why: [o, x]'; to side; action A 'a: 5' 'why: [o, y]'; join main; action A 'a: 6' 'why: [o, y, x]'",
    ["a/unexplained: a changed"]
  ),
  // A row that a merge takes back.
  (
    "printf 'id,name,state\nP,Pea,ongoing\nQ,Queue,open\n' > $R/parties.csv; note; to side; printf 'id,name,state\nP,Pea,open\nQ,Cue,open\n' > $R/parties.csv; note; join main; printf 'id,name,state\nP,Pea,open\nQ,Cue,open\n' > $R/parties.csv; note",
    ["state/transition: 'P' was 'ongoing' and cannot become 'open'"]
  ),
  (
    "sed -i 's/Queue/Cue/' $R/parties.csv; note; to side; action B 'state: ongoing'; join main; sed -i /Cue/d $R/parties.csv; note",
    ["record/vanished: 'Q' is gone"]
  ),
  // A row, or a step of one, that is lost where the other side made files of the table.
  (
    "echo S,See,open >> $R/parties.csv; note; to side; split; join main; git rm -qf $R/parties.csv; note",
    ["record/vanished: 'S' is gone"]
  ),
  (
    "sed -i 's/Queue,open/Queue,ongoing/' $R/parties.csv; note; to side; split; join main; git rm -qf $R/parties.csv; note",
    ["state/transition: 'Q' was 'ongoing' and cannot become 'open'"]
  ),
  // A renamed record that loses what the other side did.
  (
    "git mv $R/actions/A.yaml $R/actions/Z.yaml; action Z 'state: open' 'formerly: A'; to side; action A 'state: ongoing'; action A 'state: closed'; join main; git rm -qf --ignore-unmatch $R/actions/A.yaml; action Z 'state: open' 'formerly: A'",
    ["state/transition: 'Z' was 'closed' and cannot become 'open'"]
  ),
  // A released text.
  (
    "sed -i 's/One/Uno/; s/1.0/1.1/' $R/texts/T.md; note; to side; action B 'state: ongoing'; join main; sed -i 's/Uno/Unus/' $R/texts/T.md; note",
    ["version/released-changed: the text of 'T' changed, and it is version '1.1' still"]
  ),
  // What is wrong is told once, where it came.
  (
    "action A 'state: open' 'n: x'; to side; action B 'state: ongoing'; merge main; to main; action B 'state: ongoing' 'n: 1'; git branch other side; merge other || { git checkout -q --theirs .; note; }",
    ["value/type: expected a whole number, found the text 'x'"]
  ),
  // What is wrong only since both sides came together.
  (
    "action C 'state: open' 'see: P'; to side; sed -i /Pea/d $R/parties.csv; git commit -qam 'P is gone'; merge main",
    ["record/vanished: 'P' is gone", "reference/unresolved: there is no 'P' in 'parties'"]
  ),
  // An id that is used again.
  (
    "action A 'state: ongoing'; action A 'state: closed'; git rm -q $R/actions/A.yaml; note; action A 'state: open' 'n: 7'",
    ["id/reused"]
  ),
  // The catalogue goes.
  ("git rm -q schema/catalogue.yaml; note; note", ["catalogue/missing"]),
])
func `a step that is not legal is told once`(_ script: String, _ expected: [String]) async throws {
  let committee = try Committee()
  try committee.live(script)
  let found = try await committee.findings()
  #expect(found.count == expected.count, "\(found)")
  for (one, two) in zip(found, expected) { #expect(one.hasPrefix(two), "\(found)") }
}

@Test func `commits from before the catalogue answer for nothing`() async throws {
  #expect(try await Committee().findings(since: nil) == [])
}

/// Makes the rules stricter: what is ongoing is no longer closed.
private let stricter =
  #"sed -i 's/, {"from": "ongoing", "to": \["closed"\]}//' schema/action.schema.json; note"#

@Test(arguments: [
  ("action A 'state: ongoing'; action A 'state: closed'; \(stricter)", []),
  (
    "action A 'state: ongoing'; action A 'state: open'; git rm -q $R/actions/B.yaml; \(stricter)",
    ["record/vanished: 'B' was 'open' and is gone"]
  ),
])
func `without history the later state can be reached by the rules of either version`(
  _ script: String, _ expected: [String]
) async throws {
  let committee = try Committee()
  try committee.live(script)
  let store = try Repository.open(from: committee.repository.path, GitEnvironment())
  let trees = try ["base", "HEAD"].map { try CommitTree(of: store.commit(at: $0), in: store) }
  var steps = Steps(in: store, jobs: 1)
  let found = try await steps.leap(from: trees[0], to: trees[1]).step.sorted
  #expect(found.map { "\($0.code.rawValue): \($0.message.text)" } == expected)
}

@Test(arguments: [
  // What was legal on a branch before the rules became stricter.
  "to side; action A 'state: ongoing'; action A 'state: closed'; to main; \(stricter); to side; merge main",
  "to side; action A 'state: ongoing'; action A 'state: closed'; to main; \(stricter); merge side",
  // A state that is no more is mended with the merge.
  "sed -i 's/\"to\": \\[\"ongoing\"/&, \"odd\"/' schema/action.schema.json; note; to side; git merge -q main; action A 'state: odd'; to main; sed -i 's/, \"odd\"//' schema/action.schema.json; note; join side; action A 'state: open'",
])
func `a branch from before a change of the rules is merged as it is`(_ script: String) async throws
{
  let committee = try Committee()
  try committee.live(script)
  #expect(try await committee.findings() == [])
}

@Test(arguments: [
  // A step that the merge itself makes is one by its own rules.
  (
    "to side; action A 'state: ongoing'; to main; \(stricter); join side; action A 'state: closed'",
    ["state/transition: 'A' was 'ongoing' and cannot become 'closed'"]
  ),
  // So is what the merge leaves as the new rules do not have it.
  (
    "to side; action A 'state: open' 'n: 7'; to main; sed -i 's/\"integer\"/\"string\"/' schema/action.schema.json; note; merge side",
    ["value/type: expected a text, found the number 7"]
  ),
])
func `a merge with a branch from before a change of the rules is judged by those that it has`(
  _ script: String, _ expected: [String]
) async throws {
  let committee = try Committee()
  try committee.live(script)
  let found = try await committee.findings()
  #expect(found.count == expected.count, "\(found)")
  for (one, two) in zip(found, expected) { #expect(one.hasPrefix(two), "\(found)") }
}

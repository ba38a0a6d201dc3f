import Foundation
import RegistrarTestSupport
import Testing

/// One way to get past a server's gate, or what only looks like one.
struct Push: Sendable, CustomTestStringConvertible {
  /// What is done, as a sentence.
  let what: String
  /// Lines of a shell in the clone; the last one is the push that counts.
  let script: String
  /// Words of the refusal; `nil` where the push is right.
  let refusal: String?

  var testDescription: String { what }

  init(_ what: String, _ script: String, _ refusal: String? = nil) {
    self.what = what
    self.script = script
    self.refusal = refusal
  }

  /// Tries it against a server of the code in `Tests/Code`.
  func expect(sourceLocation: Testing.SourceLocation = #_sourceLocation) throws {
    let desk = try Desk()
    try desk.server()
    let (isGood, output) = try desk.run(
      """
      set -e
      cd clone; A=registers/actions/SECP/SECP1-01.yaml S=schema/action.schema.json
      C=schema/catalogue.yaml M=registers/modifications/DP001.yaml W=registers/waivers.yaml F=../server.git/registrar/server.yaml
      export REMOTE_USER=clerk D="Decision: SECP1/01"
      action() { sed "s|SECP1/01|SECP1/0$1|; s/status: .*/status: ${2:-open}/" $A > registers/actions/SECP/SECP1-0$1.yaml; git add -A; git commit -q -m "Action $1"; }
      state() { sed -i "s/status: .*/status: $1/" $A; git commit -q -a -m "$1"; }
      title() { sed -i 's/^title: .*/title: Another/' $M; git commit -q -a -m Title -m "$D"; }
      loosen() { sed -i 's/nothing-open-vanishes.*/text-hygiene: {}/' $C; git commit -q -a -m Loosen; }
      waive() { printf -- '- id: W1\\n  code: value/not-listed\\n  item: SECP1/01\\n  reason: Because.\\n' > $W; git add -A; git commit -q -m Waive; }
      as() { who=$1; shift; REMOTE_USER=$who "$@"; }
      due() { sed -i 's/    "status": {/    "due": {"type": "string", "description": "When."},\\n    "status": {/' $S; }
      allow() { sed -i 's/{"from": "ongoing", "to": \\[/&"open", /' $S; }
      leave() { echo 'schema_changes: [owner]' > $F; }
      set +e
      \(script)
      """)
    let comment: Comment = "\(what): \(output)"
    #expect(isGood == (refusal == nil), comment, sourceLocation: sourceLocation)
    guard let refusal else { return }
    #expect(output.contains(refusal), comment, sourceLocation: sourceLocation)
    #expect(
      output.contains("[remote rejected]") || output.contains("error: failed to push"), comment,
      sourceLocation: sourceLocation)
    // Where things stand on the server is its own affair.
    #expect(
      !output.split(separator: "\n").contains {
        $0.hasPrefix("remote:") && $0.contains(desk.folder.path)
      }, comment, sourceLocation: sourceLocation)
  }
}

private let mark = "$(printf '\\314\\201')"

@Test(arguments: [
  Push(
    "a branch whose name begins with a mark that combines is judged",
    "state opne; git push origin HEAD:refs/heads/\(mark)x", "'opne' is none of"),
  Push(
    "a branch whose name is not UTF-8 is not taken",
    "action 2; git push origin \"HEAD:refs/heads/$(printf 'x\\377')\"", "is not UTF-8"),
  Push(
    "a tag that begins with a mark that combines after the prefix of a kind is of that kind",
    "git tag sec/\(mark)1; git push origin refs/tags/sec/\(mark)1", "records none"),
  Push(
    "a withdrawal whose name begins with a mark that combines is one",
    "git tag withdrawn/\(mark)1; git push origin refs/tags/withdrawn/\(mark)1", "withdraws nothing"),
  Push(
    "rules do not reach the judging branch through a side branch",
    "leave; loosen; as owner git push -q origin HEAD:draft; git push origin main", "changes schema/"
  ),
  Push(
    "rules do not reach another branch through a side branch",
    "leave; loosen; as owner git push -q origin HEAD:draft; git push origin HEAD:other",
    "changes schema/"),
  Push(
    "rules that a merge takes from the older side are changed",
    """
    leave; git checkout -q -b old; action 2; git checkout -q main; loosen
    as owner git push -q origin main; git checkout -q old
    git merge -q -s ours -m Merge main; git push origin HEAD:main
    """, "would have another schema/"),
  Push(
    "rules do not come back by a branch that begins at an older commit",
    """
    leave; action 2; loosen; git push -q origin main~1:refs/heads/old; as owner git push -q origin main
    git push -f origin main~1:main
    """, "would have another schema/"),
  Push(
    "a branch without common history does not bring its rules",
    """
    git checkout -q --orphan evil; loosen; git push origin evil
    """, "changes schema/"),
  Push(
    "a catalogue is not removed",
    "git rm -q $C; git commit -q -m 'No catalogue'; git push origin HEAD:other", "changes schema/"),
  Push(
    "the judging branch does not become one of other papers",
    """
    git checkout -q --orphan papers; git rm -rqf .; echo x > note; git add note; git commit -q -m x
    git push -f origin papers:main
    """, "would have another schema/"),
  Push(
    "the judging branch is not deleted", "git push origin :main", "is never deleted"),
  Push(
    "a branch that is deleted and made again goes on from its end",
    """
    action 2; git push -q origin main main:release; git push -q origin :release
    git push origin main~1:refs/heads/release
    """, "is gone"),
  Push(
    "nor through another name on the way",
    """
    action 2; git push -q origin main main:release; git push -q origin main:other :release
    git push -q origin :other; git push origin main~1:refs/heads/release
    """, "is gone"),
  Push(
    "what a baseline has is not taken back from its branch",
    """
    git checkout -q -b hotfix; action 2; git push -q origin hotfix
    registrar baseline create sec/1.0 --effective 2027-02-01 --decision SECP1/01 >/dev/null; git push -q origin sec/1.0
    git push -f origin main:hotfix
    """, "is gone"),
  Push(
    "what took a decision is not taken back by force",
    "title; git push -q origin main || exit 0; git push -f origin main~1:main",
    "a change of 'modifications' names its decision"),
  Push(
    "nor by force on another line",
    """
    title; git push -q origin main || exit 0; git checkout -q main~1; action 2; git push -f origin HEAD:main
    """, "a change of 'modifications' names its decision"),
  Push(
    "nor does another decided change hide it",
    """
    title; git push -q origin main || exit 0; git checkout -q main~1
    sed -i 's/^stage: .*/stage: approved/' $M; git commit -q --no-verify -a -m Stage -m "$D"; git push -f origin HEAD:main
    """, "a change of 'modifications' names its decision"),
  Push(
    "refs/replace is not pushed",
    "action 2; git replace HEAD~1 HEAD; git push origin 'refs/replace/*'", "refs/replace"),
  Push(
    "an object that another one stands in for is judged as it is",
    """
    state opne; bad=$(git rev-parse HEAD:$A); good=$(git rev-parse HEAD~1:$A)
    git -C ../server.git replace $bad $good 2>/dev/null || git -C ../server.git update-ref refs/replace/$bad $good
    git replace $bad $good; git push origin main
    """, "'opne' is none of"),
  Push(
    "a waiver takes the same leave as schema/", "waive; git push origin main",
    "changes registers/waivers.yaml"),
  Push(
    "a waiver does not come through a side branch",
    "leave; waive; as owner git push -q origin HEAD:draft; git push origin HEAD:main",
    "changes registers/waivers.yaml"),
  Push(
    "a waiver for one commit is one",
    "waive; state opne; git checkout -q HEAD~2 -- .; git commit -q -m Back; git push origin main",
    "changes registers/waivers.yaml"),
  Push(
    "a step is not legal by rules that come with it",
    "leave; state ongoing; git push -q origin main; allow; state open; as owner git push origin main",
    "by the rules before the push: 'SECP1/01' was 'ongoing' and cannot become 'open'"),
  Push(
    "nor by rules that come in an earlier commit of the push, and go again",
    """
    leave; state ongoing; git push -q origin main; allow; git commit -q -a -m Allow; state open
    git checkout -q HEAD~2 -- $S; git commit -q -m Forbid; as owner git push origin main
    """, "by the rules before the push: 'SECP1/01' was 'ongoing' and cannot become 'open'"),
  Push(
    "nothing open vanishes by a rule that goes with it",
    "leave; loosen; git rm -q $A; git commit -q -m Gone; as owner git push origin main",
    "by the rules before the push: 'SECP1/01' was 'open' and is gone"),
  Push(
    "a field that the new rules only let through is as unknown as before",
    """
    leave; sed -i 's/^  "additionalProperties": false/  "additionalProperties": true/' $S; echo 'stray: x' >> $A
    git commit -q -a -m Stray; as owner git push origin main
    """, "by the rules before the push: the field 'stray' is not known here"),
  Push(
    "the second of two baselines is judged by the first that comes with it",
    """
    action 2; registrar baseline create sec/1.0 --effective 2027-02-01 --decision SECP1/01 >/dev/null; action 3
    registrar baseline create sec/1.1 --effective 2027-03-01 --decision SECP1/01 >/dev/null
    git cat-file tag sec/1.1 | sed 's/^Effective: .*/Effective: 2027-01-01/' | git mktag > ../tag; git update-ref refs/tags/sec/1.1 $(cat ../tag)
    git push origin main sec/1.0 sec/1.1
    """, "the baseline 'sec/1.1'"),
  Push(
    "what came with other papers is judged when it is merged",
    """
    git checkout -q --orphan papers; git rm -rqf .; mkdir -p registers/actions/SECP
    git show main:$A | sed 's|SECP1/01|SECP1/05|; s/status: .*/status: opne/' > registers/actions/SECP/SECP1-05.yaml
    git add -A; git commit -q -m x; git push -q origin papers || exit 0
    git checkout -q main; git merge -q --allow-unrelated-histories -m "Merge" -m "$D" papers; git push origin main
    """, "'opne' is none of"),
])
func `references are no way around the gate`(_ push: Push) throws { try push.expect() }

@Test(arguments: [
  Push(
    "an older commit may be a branch",
    "action 2; git push -q origin main; git push origin main~1:refs/heads/older"),
  Push(
    "a branch that is older than a change of the rules may be pushed and merged",
    """
    leave; git checkout -q -b topic; action 2; git push -q origin topic; git checkout -q main
    sed -i 's/"title": "Action"/"title": "An action"/' $S; git commit -q -a -m Title; as owner git push -q origin main
    git checkout -q topic; action 3; git push -q origin topic && git merge -q -m Merge main && git push -q origin topic &&
    git checkout -q main && git merge -q -m Merge topic && git push origin main
    """),
  Push(
    "a branch may follow the rules of the judging one",
    """
    leave; git push -q origin main:topic
    sed -i 's/"title": "Action"/"title": "An action"/' $S; git commit -q -a -m Title; as owner git push -q origin main
    git push origin main:topic
    """),
  Push(
    "what took no decision may be taken back by force",
    """
    sed -i 's/^text: .*/text: Another text./' $A; git commit -q -a -m Text; git push -q origin main
    git push -f origin main~1:main
    """),
  Push(
    "another message takes nothing back",
    "title; git push -q origin main; git commit -q --amend -m 'A title' -m \"$D\"; git push -f origin main"
  ),
  Push(
    "a branch of one's own may go back to an older commit of the judging one",
    "title; git push -q origin main main:topic; git push -f origin main~1:topic"),
  Push(
    "a branch that was deleted may be made again further on",
    "git push -q origin main:topic; git push -q origin :topic; action 2; git push -q origin main; git push origin main:topic"
  ),
  Push(
    "a draft that nobody else was given may be taken back",
    "git checkout -q -b topic; action 2; git push -q origin topic; git reset -q --hard main; action 3; git push -f origin topic"
  ),
  Push(
    "a field is new and required, and the records have it, in one push between two baselines",
    """
    leave; registrar hook install >/dev/null; registrar baseline create sec/1.0 --effective 2027-02-01 --decision SECP1/01 >/dev/null
    as owner git push -q origin sec/1.0 || exit 1; due; sed -i 's/"raised_in", "status"\\]/"raised_in", "status", "due"]/' $S; echo 'due: soon' >> $A
    git commit -q -a -m Due && as owner git push -q origin main &&
    registrar baseline create sec/1.1 --effective 2027-03-01 --decision SECP1/01 >/dev/null && as owner git push -q origin sec/1.1 &&
    registrar baseline verify sec/1.1 | grep -q unsigned
    """),
  Push(
    "or first the field, then the records, then that it is required",
    """
    leave; due; git commit -q -a -m May; echo 'due: soon' >> $A; git commit -q -a -m Due
    sed -i 's/"raised_in", "status"\\]/"raised_in", "status", "due"]/' $S; git commit -q -a -m Must
    as owner git push origin main
    """),
  Push(
    "a legal step may come with a change of the rules",
    "leave; due; state ongoing; state closed; as owner git push origin main"),
  Push(
    "the records of a register may move to other files with it",
    """
    leave; sed -i 's|actions/{body}/{id.dash}.yaml|actions/{id\\|dash}.yaml|' $C; git mv $A registers/actions/
    git commit -q -a -m Move; as owner git push origin main
    """),
  Push(
    "what was wrong before is not held against a change of the rules",
    """
    leave; printf 'overrides:\\n  - {who: clerk, codes: [value/not-listed, state/transition], until: 2099-12-31, reason: SECP1/09}\\n' >> $F
    state opne; git push -q origin main || exit 0; due; git commit -q -a -m Due; as owner git push origin main
    """),
  Push(
    "a branch of other papers has nothing to judge",
    """
    git checkout -q --orphan papers; git rm -rqf .; echo x > note; git add note; git commit -q -m x
    git push -q origin papers || exit 1; echo y > note; git commit -q -a -m y; git push origin papers || exit 1
    registrar check && exit 1; registrar check 2>&1 | grep -q 'no catalogue'
    """),
  Push(
    "whoever has leave may waive",
    "leave; waive; as owner git push -q origin main && state opne; git push origin main 2>/dev/null || grep -q 'rules' ../server.git/registrar/gate.log"
  ),
  Push(
    "two baselines of one chain come in one push with their branch",
    """
    action 2; registrar baseline create sec/1.0 --effective 2027-02-01 --decision SECP1/01 >/dev/null
    action 3; registrar baseline create sec/1.1 --effective 2027-03-01 --decision SECP1/01 >/dev/null
    git push origin main sec/1.1 sec/1.0
    """),
  Push(
    "a baseline with a step that was let pass, and is accepted by a decision",
    """
    leave; printf 'overrides:\\n  - {who: clerk, codes: [state/transition], until: 2099-12-31, reason: SECP1/09}\\n' >> $F
    registrar baseline create sec/1.0 --effective 2027-02-01 --decision SECP1/01 >/dev/null; git push -q origin sec/1.0
    state closed; state open; git push -q origin main 2>/dev/null || exit 1
    registrar baseline create sec/1.1 --effective 2027-03-01 2>&1 | grep -q "accepted by a decision" || exit 2
    printf -- '- id: W1\\n  code: state/transition\\n  item: SECP1/01\\n  reason: By mistake.\\n  decision: SECP1/02\\n' > $W
    git add -A; git commit -q -m Waive; as owner git push -q origin main || exit 3
    registrar baseline create sec/1.1 --effective 2027-03-01 --decision SECP1/01 >/dev/null && git push origin sec/1.1
    """),
  Push(
    "a branch and its baseline come in one push",
    "action 2; registrar baseline create sec/1.0 --effective 2027-02-01 --decision SECP1/01 >/dev/null; git push origin main sec/1.0"
  ),
])
func `what is ordinary passes the gate`(_ push: Push) throws { try push.expect() }

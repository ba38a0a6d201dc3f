import Foundation
import RegistrarTestSupport
import Testing

@Test(arguments: [
  // What is pushed, whether it passes, and words of the refusal.
  (
    "sed -i 's/status: open/status: closed/' $A && git commit -q -a -m x && git push origin main",
    true, ""
  ),
  (
    "sed -i 's/status: open/status: opne/' $A && git commit -q -a -m x && git push origin main",
    false, "'opne' is none of"
  ),
  (
    "sed -i 's/status: open/status: opne/' $A && git commit -q -a -m x && git checkout -q HEAD~1 -- . && git commit -q -m y && git push origin main",
    false, "= commit: "
  ),
  (
    "git checkout -q -b new && sed -i 's/open/opne/' $A && git commit -q -a -m x && git push origin new",
    false, "new -> new"
  ),
  ("git checkout -q -b new && git push origin new && git push origin :new", true, ""),
  (
    "sed -i 's/\"ongoing\", \"closed\"/\"closed\"/' $S && git commit -q -a -m x && git push origin main",
    false, "takes no change of the rules"
  ),
  (
    "echo 'schema_changes: [clerk]' > $F && sed -i 's/\"title\": \"Action\"/\"title\": \"An action\"/' $S && git commit -q -a -m x && git push origin main",
    true, ""
  ),
  (
    "echo 'schema_changes: [clerk]' > $F && sed -i 's/\"enum\": \\[\"open\", /\"enum\": [\"open\", \"odd\", /; s/\"initial\": \\[\"open\"\\]/\"initial\": [\"odd\"]/' $S && sed -i 's/status: open/status: odd/' $A && git commit -q -a -m x && git push origin main",
    false, "by the rules before the push"
  ),
  (
    "registrar baseline create sec/1.0 --effective 2027-02-01 --decision SECP1/01 && git push origin sec/1.0",
    true, ""
  ),
  ("git tag sec/1.0 && git push origin sec/1.0", false, "records none"),
  ("git tag other && git push origin other", true, ""),
  (
    "registrar baseline create sec/1.0 --effective 2027-02-01 --decision SECP1/01 && git push -q origin sec/1.0 && git push origin :refs/tags/sec/1.0",
    false, "never deleted"
  ),
  (
    "registrar baseline create sec/1.0 --effective 2027-02-01 --decision SECP1/01 && git push -q origin sec/1.0 && git tag -f -a -m x sec/1.0 && git push -f origin sec/1.0",
    false, "never moved"
  ),
  ("git rm -q $A && git commit -q -m x && git push origin main", false, "is gone"),
  (
    "git commit -q --amend -m y -m 'Decision: SECP1/01' && git push -f origin main", true, ""
  ),
  (
    "git commit -q --amend -m y && git push -f origin main", false, "names its decision"
  ),
  // What a branch leaves behind is not forgotten.
  (
    "cp $A other && sed -i 's|SECP1/01|SECP1/02|' other && mv other registers/actions/SECP/SECP1-02.yaml && git add . && git commit -q -m x && git push -q origin main && git reset -q --hard HEAD~1 && git push -f origin main",
    false, "is gone"
  ),
  // Neither another reference nor a tag launders a commit.
  (
    "sed -i 's/status: open/status: opne/' $A && git commit -q -a -m x && git push -q origin HEAD:refs/other/x && git push origin main",
    false, "'opne' is none of"
  ),
  (
    "sed -i 's/status: open/status: opne/' $A && git commit -q -a -m x && git tag t && git push -q origin t && git push origin main",
    false, "'opne' is none of"
  ),
  // Rules that are loose for one commit are loose.
  (
    "sed -i 's/\"enum\": \\[\"open\", /\"enum\": [\"open\", \"odd\", /' $S && sed -i 's/status: open/status: odd/' $A && git commit -q -a -m x && git checkout -q HEAD~1 -- . && git commit -q -m y && git push origin main",
    false, "changes schema/"
  ),
  (
    "sed -i 's/An example/Another/' $M && git commit -q -a -m x && git push origin main", false,
    "Decision: SECP1/01"
  ),
  (
    "sed -i 's/An example/Another/' $M && git commit -q -a -m x -m 'Decision: SECP1/07' && git push origin main",
    true, ""
  ),
  (
    "sed -i 's/An example/Another/' $M && git commit -q -a -m x -m 'Decision: SECP9/07' && git push origin main",
    false, "names nothing in 'meetings'"
  ),
  (
    "registrar baseline create sec/1.0 --effective 2027-02-01 --decision SECP1/01 && git push -q origin sec/1.0 && registrar baseline withdraw sec/1.0 --decision SECP1/02 && git push -q origin withdrawn/sec/1.0 && git push origin :refs/tags/withdrawn/sec/1.0",
    false, "records a withdrawal and is never deleted"
  ),
  ("git tag withdrawn/sec/1.0 && git push origin withdrawn/sec/1.0", false, "withdraws nothing"),
  (
    "echo 'require_signature: true' > $F && registrar baseline create sec/1.0 --effective 2027-02-01 --decision SECP1/01 && git push origin sec/1.0",
    false, "it is not signed"
  ),
  // The server's file.
  (
    "echo 'schema_changes: [somebody]' > $F && sed -i 's/\"title\": \"Action\"/\"title\": \"An action\"/' $S && git commit -q -a -m x && git push origin main",
    false, "takes no change of the rules from 'clerk'"
  ),
  (
    "printf 'overrides:\n  - {who: clerk, codes: [value/not-listed, state/transition], until: 2099-12-31, reason: SECP1/09}\n' > $F && sed -i 's/status: open/status: opne/' $A && git commit -q -a -m x && git push origin main",
    true, "passes by the server's leave"
  ),
  (
    "printf 'overrides:\n  - {who: clerk, codes: [value/not-listed, state/transition], until: 2020-12-31, reason: SECP1/09}\n' > $F && sed -i 's/status: open/status: opne/' $A && git commit -q -a -m x && git push origin main",
    false, "'opne' is none of"
  ),
  (
    "printf 'overrides:\n  - {who: clerk, codes: [value/not-listed, state/transition], refs: [refs/heads/draft/*], until: 2099-12-31, reason: SECP1/09}\n' > $F && sed -i 's/status: open/status: opne/' $A && git commit -q -a -m x && git push origin main",
    false, "'opne' is none of"
  ),
  (
    "echo 'overides: []' > $F && git commit -q --allow-empty -m x && git push origin main", false,
    "server.yaml:1:1: the field 'overides' is not known here. Did you mean 'overrides'? [field/unknown]"
  ),
  (
    "printf 'identity: WHO\nschema_changes: [clerk]\n' > $F && sed -i 's/\"title\": \"Action\"/\"title\": \"An action\"/' $S && git commit -q -a -m x && WHO=other git push origin main",
    false, "from 'other'"
  ),
  (
    "printf 'limits: {mebibytes: 1}\n' > $F && for i in 1 2 3 4 5 6 7 8; do git commit -q --allow-empty -m x$i; done && for i in $(seq 400); do sed \"s|SECP1/01|SECP1/1$i|\" $A > registers/actions/SECP/SECP1-1$i.yaml; done && git add . && git commit -q -m many && git push origin main",
    false, "took more than 1 MiB"
  ),
  // A store with a hole is no reason to let anything pass.
  (
    "sed -i 's/status: open/status: closed/' $A && git commit -q -a -m x && b=$(git -C ../server.git rev-parse main:schema/catalogue.yaml) && rm -f ../server.git/objects/$(echo $b | cut -c1-2)/$(echo $b | cut -c3-) && git push origin main",
    false, "catalogue.yaml"
  ),
])
func `a server takes what is right and nothing else`(
  _ script: String, _ passes: Bool, _ words: String
) throws {
  let desk = try Desk()
  try desk.server()
  let (isGood, output) = try desk.run(
    "cd clone && A=registers/actions/SECP/SECP1-01.yaml S=schema/action.schema.json M=registers/modifications/DP001.yaml F=../server.git/registrar/server.yaml && export REMOTE_USER=clerk && \(script)"
  )
  #expect(isGood == passes, "\(output)")
  #expect(words.isEmpty || output.contains(words), "\(output)")
  guard !passes else { return }
  #expect(output.contains("[remote rejected]"), "\(output)")
  #expect(try desk.run("cat server.git/registrar/gate.log").1.contains("refused"))
}

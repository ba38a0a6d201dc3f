import RegistrarTestSupport
import Testing

@Test(arguments: [
  "limits: {seconds: 9223372036854775807}", "limits: {mebibytes: 9223372036854775807}",
  "limits: {seconds: 0}",
  "limits: 5", "limits: [5]", "limits: {hours: 1}", "programs: gpg", "programs: {pgp: gpg}",
  "keyring: not-there",
  "first_rules: not-there", "first_rules: .", "signers: not-there", "schema_changes: clerk",
  "identity: []",
  "require_signature: maybe", "overides: []", "[]", "identity: A\nidentity: B", "a: [",
  "overrides: {}", "overrides: [{who: a, codes: [], reason: r, until: 2099-12-31}]",
  "overrides: [{who: a, codes: [no/such-code], reason: r, until: 2099-12-31}]",
  "overrides: [{who: a, codes: [value/not-listed], reason: r, until: 2099-02-31}]",
  "overrides: [{who: a, codes: [value/not-listed], until: 2099-12-31}]",
  "overrides: [{who: a, codes: [value/not-listed], refs: [main], reason: r, until: 2099-12-31}]",
])
func `a server's file that says what it cannot closes the gate, and status tells it`(
  _ text: String
) throws {
  let desk = try Desk()
  try desk.server()
  let (isGood, output) = try desk.run(
    "cd clone && printf '%s\\n' '\(text)' > ../server.git/registrar/server.yaml && git commit -q --allow-empty -m x && git push origin main"
  )
  #expect(
    !isGood && output.contains("server.yaml:") || output.contains("gate/server-file"), "\(output)")
  #expect(
    !output.split(separator: "\n").contains {
      $0.hasPrefix("remote:") && $0.contains(desk.folder.path)
    })
  let status = try desk.run("cd server.git && registrar hook status")
  #expect(!status.isGood && status.output.contains("nothing passes until"), "\(status.output)")
}

@Test(arguments: [
  "rm $F; ln -s /not-mounted/server.yaml $F",
  "rm -r $R; ln -s /not-mounted $R",
  "rm $F; mkdir $F",
  "rm $F; mkfifo $F",
  "head -c 2000000 /dev/zero > $F",
])
func `a server's file that nobody can see closes the gate`(_ change: String) throws {
  let desk = try Desk()
  try desk.server()
  let (isGood, output) = try desk.run(
    "cd clone; R=../server.git/registrar F=../server.git/registrar/server.yaml; \(change); git commit -q --allow-empty -m x; git push origin main"
  )
  #expect(!isGood && output.contains("[remote rejected]"), "\(output)")
}

@Test(arguments: [
  "rm $F", ": > $F", "printf '# nothing\\n\\n  # more\\n' > $F", "printf '{}\\n' > $F",
])
func `a server's file that decides nothing leaves the gate as it is`(_ change: String) throws {
  let desk = try Desk()
  try desk.server()
  let (isGood, output) = try desk.run(
    "cd clone; F=../server.git/registrar/server.yaml; \(change); git commit -q --allow-empty -m x; git push origin main && cd ../server.git && registrar hook status"
  )
  #expect(isGood, "\(output)")
  #expect(output.contains("whose rules judge: refs/heads/main"), "\(output)")
}

@Test func `installing on a server writes a sample that decides nothing, and never over a file`()
  throws
{
  let desk = try Desk()
  let (isGood, output) = try desk.run(
    """
    set -e; git init -q --bare server.git; cd server.git
    registrar hook install; cp registrar/server.yaml sample
    registrar hook status
    echo 'identity: WHO' > registrar/server.yaml; registrar hook install
    [ "$(cat registrar/server.yaml)" = 'identity: WHO' ]
    sed 's/^# //' sample > registrar/server.yaml; ! registrar hook status
    """)
  #expect(isGood, "\(output)")
  #expect(
    output.contains("server.yaml: written") && output.contains("server.yaml: good"), "\(output)")
}

@Test func `HEAD comes to name the branch that judges, and several without it judge nothing`()
  throws
{
  let desk = try Desk()
  try desk.repository()
  let (isGood, output) = try desk.run(
    """
    set -e; cd desk
    for s in a b c; do git init -q --bare -b trunk ../$s.git; done
    (cd ../a.git && registrar hook install >/dev/null); git push -q ../a.git HEAD:refs/heads/main
    [ "$(git -C ../a.git symbolic-ref HEAD)" = refs/heads/main ]
    git push -q ../a.git HEAD:refs/heads/topic
    git push -q ../b.git HEAD:refs/heads/main; (cd ../b.git && registrar hook install)
    [ "$(git -C ../b.git symbolic-ref HEAD)" = refs/heads/main ]
    (cd ../c.git && registrar hook install >/dev/null); cp ../c.git/hooks/pre-receive ../hook; rm ../c.git/hooks/pre-receive
    git push -q ../c.git HEAD:refs/heads/main HEAD:refs/heads/other; cp ../hook ../c.git/hooks/pre-receive
    if git push ../c.git HEAD:refs/heads/more 2>../refusal; then exit 9; fi
    grep -q 'git symbolic-ref HEAD' ../refusal
    if (cd ../c.git && registrar hook status >../status); then exit 8; fi
    grep -q 'none that judges' ../status
    """)
  #expect(isGood, "\(output)")
}

@Test
func
  `what a server lets pass stands in its log with its place, and a leave that has ended is told`()
  throws
{
  let desk = try Desk()
  try desk.server()
  let (isGood, output) = try desk.run(
    """
    cd clone; export REMOTE_USER=clerk; A=registers/actions/SECP/SECP1-01.yaml L=../server.git/registrar
    printf 'schema_changes: [owner]\\noverrides:\\n  - {who: clerk, codes: [value/not-listed, state/transition], until: 2099-12-31, reason: SECP1/09}\\n' > $L/server.yaml
    sed -i 's/status: open/status: opne/' $A; git commit -q -a -m x; git push -q origin main || exit 9
    grep overridden $L/gate.log | grep -q "$A in commit $(git rev-parse --short=7 HEAD)" || exit 8
    sed -i 's/"title": "Action"/"title": "An action"/' schema/action.schema.json; git commit -q -a -m Title
    REMOTE_USER= USER= LOGNAME= git push origin main 2>../unknown && exit 7
    grep -q "'identity' in server.yaml" ../unknown || exit 6
    git reset -q --hard HEAD~1; sed -i 's/2099/2020/' $L/server.yaml
    sed -i 's/status: opne/status: onpe/' $A; git commit -q -a -m y; git push origin main 2>../ended && exit 5
    grep -q 'this leave has ended.*clerk until 2020-12-31' ../ended || { cat ../ended; exit 4; }
    """)
  #expect(isGood, "\(output)")
}

@Test func `the workflow of a forge checks after a push by force and on a new branch`() throws {
  let desk = try Desk()
  try desk.server()
  let (isGood, output) = try desk.run(
    """
    set -e; git clone -q server.git ci; cd ci; A=registers/actions/SECP/SECP1-01.yaml
    git checkout -q -b topic
    sed -i 's/status: open/status: opne/' $A; git commit -q -a -m x
    gone=0123456789012345678901234567890123456789
    for base in $gone 0000000000000000000000000000000000000000; do
      if registrar check --range "$base..HEAD" >out; then exit 9; fi
      grep -q "'opne' is none of" out; grep -q 'checked 1 commit ' out
      git checkout -q main; registrar check --range "$base..main"; git checkout -q topic
    done
    """)
  #expect(isGood, "\(output)")
}

@Test func `two hooks that keep each other run once each`() throws {
  let desk = try Desk()
  try desk.repository()
  let (isGood, output) = try desk.run(
    """
    cd desk; H=.git/hooks
    mv $H/pre-commit $H/pre-commit.legacy
    printf '#!/bin/sh\\necho run >> ../runs\\n[ $(wc -l < ../runs) -lt 20 ] || exit 1\\n$(dirname $0)/pre-commit.legacy "$@"\\n' > $H/pre-commit
    chmod +x $H/pre-commit; registrar hook install >/dev/null
    git commit -q --allow-empty -m x && [ $(wc -l < ../runs) = 1 ]
    sed -i 's/status: open/status: opne/' registers/risks/R1.yaml
    ! git commit -q -a -m y
    """)
  #expect(isGood, "\(output)")
}

import Foundation
import RegistrarCommands
import RegistrarTestSupport
import Testing

/// The ways of committing that run a hook.
///
/// `put` writes a status into the register, `$C` is the one
/// that is to be committed, and `$D` another one that lies about and is not.
private let ways = [
  ("what is staged", "put $C; git add .; put $D; git commit -q -m x"),
  (
    "one hunk",
    "put $C; echo 'rag: PINK' >> $R; printf 's\\ny\\nn\\n' | git add -p >/dev/null; git commit -q -m x"
  ),
  ("-a", "put $D; git add .; put $C; git commit -q -a -m x"),
  (
    "a path",
    "put $C; sed \"s/R1/R2/; s/$C/$D/\" $R > registers/risks/R2.yaml; git add .; git commit -q -m x -- $R"
  ),
  ("-i", "put $D; git add .; put $C; git commit -q -m x -i $R"),
  ("amend", "put $C; git add .; put $D; git commit -q --amend -m x"),
  (
    "a subdirectory",
    "put $D; git add .; put $C; cd registers/risks; git commit -q -a -m x; cd ../.."
  ),
  (
    "a linked work tree",
    "put $D; git worktree add -q ../linked; cd ../linked; put $C; git commit -q -a -m x"
  ),
  (
    "another index",
    "put $D; git add .; put $C; export GIT_INDEX_FILE=$PWD/.git/other; git read-tree HEAD; git add $R; git commit -q -m x"
  ),
  (
    "--git-dir and --work-tree",
    "put $C; cd ..; git --git-dir=desk/.git --work-tree=desk add $R; (cd desk; put $D); git --git-dir=desk/.git --work-tree=desk commit -q -m x; cd desk"
  ),
  (
    "GIT_DIR and GIT_WORK_TREE",
    "put $C; git add .; put $D; cd /; GIT_DIR=$OLDPWD/.git GIT_WORK_TREE=$OLDPWD git commit -q -m x; cd $OLDPWD"
  ),
  (
    "the first commit",
    "put $C; git checkout -q --orphan other; git add .; put $D; git commit -q -m x"
  ),
  (
    "a merge",
    "git checkout -q -b side; git commit -q --allow-empty -m y; git checkout -q main; git commit -q --allow-empty -m z; git merge -q --no-commit --no-ff side; put $C; git add .; put $D; git commit -q -m x"
  ),
  (
    "a merge after a conflict",
    "git checkout -q -b side; sed -i 's/impact: 4/impact: 5/' $R; git commit -q -a -m y; git checkout -q main; sed -i 's/impact: 4/impact: 3/' $R; git commit -q -a -m z; if git merge -q side >/dev/null 2>&1; then exit 9; fi; git checkout -q --ours $R; put $C; git add .; put $D; git commit -q -m x"
  ),
  (
    "a submodule",
    "cd ..; git init -q whole; cd whole; git -c protocol.file.allow=always submodule --quiet add ../desk inner; cd inner; registrar hook install >/dev/null; put $C; git add .; put $D; git commit -q -m x"
  ),
]

@Test(arguments: ways, [true, false])
func `a commit is judged by what it will hold`(_ way: (String, String), _ isGood: Bool) throws {
  let desk = try Desk()
  try desk.repository()
  let (passes, output) = try desk.run(
    """
    set -e
    cd desk; R=registers/risks/R1.yaml; C=\(isGood ? "closed" : "opne"); D=\(isGood ? "opne" : "closed")
    put() { sed -i "s/status: .*/status: $1/" registers/risks/R1.yaml; }
    \(way.1)
    git show HEAD:$R | grep -q "^status: $C"
    """)
  #expect(passes == isGood, "\(way.0): \(output)")
  #expect(isGood || output.contains("'opne' is none of"), "\(way.0): \(output)")
}

@Test(arguments: [
  ("git commit -q --no-verify -a -m x", "opne"),
  (
    "git stash -q; git checkout -q -b side; git stash pop -q; git commit -q --no-verify -a -m x; git checkout -q main; git cherry-pick side >/dev/null",
    "opne"
  ),
  (
    "git stash -q; git checkout -q -b side; git stash pop -q; git commit -q --no-verify -a -m x; git checkout -q main; git commit -q --allow-empty -m y; git rebase -q main side; git checkout -q main; git merge -q --ff-only side",
    "opne"
  ),
  (
    "git commit -q --no-verify -a -m x; git format-patch -q -1; git reset -q --hard HEAD~1; git am -q 0001*",
    "opne"
  ),
  ("put ongoing; git commit -q -a -m x; git revert --no-edit HEAD >/dev/null", "ongoing"),
])
func `what gets past the hook of a commit is stopped by the server`(
  _ way: String, _ words: String
) throws {
  let desk = try Desk()
  try desk.server()
  let (isGood, output) = try desk.run(
    """
    set -e
    cd clone; registrar hook install >/dev/null
    put() { sed -i "s/status: .*/status: $1/" registers/actions/SECP/SECP1-01.yaml; }
    put opne
    \(way)
    if git push -q origin main 2>../desk-refusal; then exit 9; fi
    if git push -q --no-verify origin main; then exit 8; fi
    grep -q "'\(words)'" ../desk-refusal
    """)
  #expect(isGood, "\(output)")
  #expect(output.contains("'\(words)'") && output.contains("remote rejected"), "\(output)")
}

@Test(arguments: [
  ("git rm -q $R && git commit -q -m x", false),
  (
    "sed -i 's/status: open/status: closed/' $R && git commit -q -a -m x && git rm -q $R && git commit -q -m y",
    true
  ),
])
func `a record that is open does not vanish`(_ script: String, _ passes: Bool) throws {
  let desk = try Desk()
  try desk.repository()
  let (isGood, output) = try desk.run("cd desk && export R=registers/risks/R1.yaml && \(script)")
  #expect(isGood == passes, "\(output)")
}

@Test func `a merge is judged by what its sides do to each other`() throws {
  let desk = try Desk()
  try desk.repository()
  let (isGood, output) = try desk.run(
    """
    set -e; cd desk
    git checkout -q -b side
    printf 'id: R2\\nstatement: a\\nstatus: open\\nimpact: 1\\nlikelihood: 1\\nformerly: R1\\n' > registers/risks/R2.yaml
    git rm -q registers/risks/R1.yaml && git add . && git commit -q -m "Renumber"
    git checkout -q main
    printf 'id: R3\\nstatement: a\\nstatus: open\\nimpact: 1\\nlikelihood: 1\\n' > registers/risks/R3.yaml
    git add . && git commit -q -m "Another"
    git merge -q -m "Merge" side
    registrar check
    """)
  #expect(isGood, "\(output)")
}

@Test func `a message names what the catalogue demands, and the name leads somewhere`() throws {
  let desk = try Desk()
  try desk.code()
  let edit = "cd desk && sed -i 's/An example/Another/' registers/modifications/DP001.yaml"
  let missing = try desk.run(edit + " && git commit -q -a -m 'Change the title'")
  #expect(!missing.isGood && missing.output.contains("Decision: SECP1/01"), "\(missing.output)")
  #expect(missing.output.contains("the message is kept; mend it"))
  let wrong = try desk.run("cd desk && git commit -q -a -m 'Change' -m 'Decision: SECP9/1'")
  #expect(!wrong.isGood && wrong.output.contains("names nothing in 'meetings'"), "\(wrong.output)")
  let right = try desk.run("cd desk && git commit -q -a -m 'Change' -m 'Decision: SECP1/07'")
  #expect(right.isGood, "\(right.output)")
}

@Test func `a commit that passes tells its warnings`() throws {
  let desk = try Desk()
  try desk.code()
  let (isGood, output) = try desk.run(
    "cd desk && printf '\\nA2.5 More.\\n' >> registers/sec/A.md && git commit -q -a -m 'Clause'"
  )
  #expect(isGood && output.contains("warning[clause/gap]"), "\(output)")
}

@Test(arguments: [
  ("Decision: SECP1/07.", "write 'Decision: SECP1/07'"),
  ("Decision: SECP1/7", "write 'Decision: SECP1/07'"),
  ("Decision: (SECP1/07) approved", "write 'Decision: SECP1/07'"),
  ("Decision: SECP1/0x", "names nothing in 'meetings'"),
  ("Decision: SECP1/07, SECP1/08", "'Decision: SECP1/07' and 'Decision: SECP1/08'"),
  ("Decision: SECP1/07\nModification: DP01", "did you mean 'DP001'?"),
  ("Decision: SECP1/07\nModification: 77", "names nothing in 'modifications'"),
])
func `a trailer that is not in its form is refused with the line to write`(
  trailer: String, told: String
) throws {
  let desk = try Desk()
  try desk.code()
  let (isGood, output) = try desk.run(
    "cd desk && sed -i 's/An example/Another/' registers/modifications/DP001.yaml"
      + " && git commit -q -a -m 'Change' -m '\(trailer)'")
  #expect(!isGood && output.contains(told), "\(output)")
}

@Test func `a branch carries out a modification that was raised on another`() throws {
  let desk = try Desk()
  try desk.server()
  let (isGood, output) = try desk.run(
    """
    set -e; cd clone
    (cd ../clone && registrar hook install)
    git branch modification/DP002
    sed 's/DP001/DP002/' registers/modifications/DP001.yaml > registers/modifications/DP002.yaml
    git add . && git commit -q -m "Raise DP002" -m "Decision: SECP1/01"
    git checkout -q modification/DP002
    sed -i "s/version: '1.0'/version: '1.1'/; s/status: effective/status: draft/" registers/sec/A.md
    sed -i 's/count in:/hold in:/' registers/sec/A.md
    git commit -q -a -m "Text" -m "Modification: DP002"
    git push -q origin main modification/DP002
    """)
  #expect(isGood, "\(output)")
}

@Test func `the desk tells that a push by force leaves a baseline on no branch, in a clone too`()
  throws
{
  let desk = try Desk()
  try desk.server()
  let (isGood, output) = try desk.run(
    """
    set -e; git clone -q server.git other; cd other; git rev-parse -q --verify origin/HEAD
    registrar hook install
    sed -i 's/likelihood: 3/likelihood: 4/' registers/risks/SECP-R1.yaml; git commit -q -a -m Assess
    registrar baseline create sec/1.0 --effective 2027-02-01 --decision SECP1/01
    git push -q origin main sec/1.0; git fetch -q; git remote set-head origin -a
    git commit -q --amend -m Again
    ! git push --dry-run -f origin main
    """)
  #expect(isGood && output.contains("[gate/lost-baseline]"), "\(output)")
}

@Test func `a hook that was there runs first, and is put back`() throws {
  let desk = try Desk()
  try desk.repository()
  let (isGood, output) = try desk.run(
    """
    set -e; cd desk
    registrar hook uninstall
    printf '#!/bin/sh\\necho mine\\nexit 1\\n' > .git/hooks/pre-commit && chmod +x .git/hooks/pre-commit
    registrar hook install && registrar hook status
    if git commit -q --allow-empty -m x; then exit 9; fi
    registrar hook uninstall
    grep -q 'echo mine' .git/hooks/pre-commit
    """)
  #expect(isGood, "\(output)")
  #expect(
    output.contains("pre-commit: active, after pre-commit.before") && output.contains("mine\n"))
}

@Test func `where registrar is not on the path the hook says so and refuses`() throws {
  let desk = try Desk()
  try desk.repository()
  let (isGood, output) = try desk.run(
    "cd desk && PATH=/usr/bin:/bin git commit -q --allow-empty -m x")
  #expect(!isGood && output.contains("registrar is not installed"))
}

@Test func `nothing above the class of a remote leaves, its history included`() throws {
  let desk = try Desk()
  try desk.repository()
  let (isGood, output) = try desk.run(
    """
    set -e; cd desk
    git init -q --bare ../public.git && git remote add public ../public.git
    printf '\\nremotes: [{url: public, highest: White}]\\n' >> schema/catalogue.yaml
    sed -i 's/"status": {/"classification": {"type": "string"}, "status": {/' schema/risk.schema.json
    git add . && git commit -q -m "Classes" && git push -q public main
    echo 'classification: Red' >> registers/risks/R1.yaml && git commit -q -a -m "Red"
    sed -i '/classification/d' registers/risks/R1.yaml && git commit -q -a -m "Not so"
    if git push -q public main; then exit 9; fi
    """)
  #expect(isGood, "\(output)")
  #expect(output.contains("'R1' is Red in commit"), "\(output)")
}

@Test(arguments: [
  "git commit -q --amend -m x", "git fix -m x", "git oops",
  // As another program does it.
  "GIT_EDITOR=true git commit --amend -q",
])
func `a mistake is taken back in the commit that made it, however git is called`(
  _ way: String
) throws {
  let desk = try Desk()
  try desk.repository()
  let (isGood, output) = try desk.run(
    """
    set -e; cd desk; R=registers/risks/R1.yaml
    git config alias.fix 'commit -q --amend'; git config alias.oops '!git commit -q --amend -m x'
    sed -i 's/status: .*/status: closed/; s/impact: .*/impact: 3/' $R; git commit -q -a -m "Close the wrong one"
    sed -i 's/status: .*/status: open/' $R; git add -A
    if git commit -q -m "Open it again" 2>../next; then exit 9; fi
    grep -q "git commit --amend" ../next
    \(way)
    git diff --quiet HEAD; git show HEAD:$R | grep -q 'status: open'
    """)
  #expect(isGood, "\(way): \(output)")
}

@Test func `what others have seen is not taken back by amending it`() throws {
  let desk = try Desk()
  try desk.server()
  let (isGood, output) = try desk.run(
    """
    set -e; cd clone; registrar hook install >/dev/null; A=registers/actions/SECP/SECP1-01.yaml
    sed -i 's/status: .*/status: closed/' $A; git commit -q -a -m "Close"; git push -q origin main
    sed -i 's/status: .*/status: open/' $A; git config alias.fix 'commit -q --amend'
    if git commit -q -a --amend -m x; then exit 9; fi
    if git fix -a -m x; then exit 8; fi
    git log -1 --format=%s | grep -q Close
    """)
  #expect(isGood, "\(output)")
}

import RegistrarTestSupport
import Testing

/// Lines of a shell that tell the server of a push in words of one's own: `raw OLD NEW NAME [OLD NEW NAME]`.
private let raw = """
  zero=0000000000000000000000000000000000000000
  main=$(git rev-parse main)
  raw() {
    l="$1 $2 $3"; name=$3; { printf '%04x%s\\0 report-status' $((${#l} + 19)) "$l"
      [ $# = 3 ] || { l="$4 $5 $6"; printf '%04x%s' $((${#l} + 4)) "$l"; }
      printf 0000; [ $2 = $zero ] || git pack-objects --stdout -q </dev/null; } |
      git receive-pack ../server.git | tr '\\0' ' ' | grep "ok $name" || { echo 'error: failed to push'; return 1; }
  }
  tag() { registrar baseline create sec/$1 --effective 203$1-02-01 --decision SECP1/01 >/dev/null; }

  """

@Test(arguments: [
  Push(
    "a branch that Git cannot make, and the baseline on it",
    "action 2; tag 6; git push origin main:refs/heads/main/x sec/6",
    "'refs/heads/main' leaves no room for 'refs/heads/main/x'"),
  Push(
    "two branches of which Git can make one",
    "git push origin main:refs/heads/a/b main:refs/heads/a",
    "leaves no room"),
  Push(
    "the end of the branch of a baseline whose next one Git cannot make",
    """
    git checkout -q -b topic; action 2; git push -q origin topic; tag 6; git push -q origin sec/6 || exit 0
    git push origin :topic topic:refs/heads/main/x
    """, "leaves no room"),
  Push(
    "the end of a branch that is not there",
    "raw $main $zero refs/heads/draft", "'refs/heads/draft' is not there"),
  Push(
    "the end of a branch from where it is not, for what was never there",
    """
    git checkout -q -b topic; action 2; git push -q origin topic; tag 6; git push -q origin sec/6 || exit 0
    raw 1111111111111111111111111111111111111111 $zero refs/heads/topic
    """, "and not at 1111111 as the push says"),
  Push(
    "the end of a baseline of which the push says that it is not there",
    "tag 6; git push -q origin sec/6 || exit 0; raw $zero $zero refs/tags/sec/6",
    "'refs/tags/sec/6' is there already"),
  Push(
    "a reference that is named twice",
    "raw $zero $main refs/heads/x $main $zero refs/heads/x", "names 'refs/heads/x' twice"),
  Push(
    "a name that the server has no room for",
    "git push origin main:refs/heads/$(printf 'x%.0s' $(seq 251))", "is no name that Git can give"),
  Push(
    "the branch that judges by another name",
    "git -C ../server.git symbolic-ref refs/heads/alias refs/heads/main; action 2; git push origin main:alias",
    "is another name of a reference"),
  Push(
    "a branch that another hook may refuse, with the baseline on it",
    """
    printf '#!/bin/sh\\ncase $1 in refs/heads/*) exit 1; esac\\n' > ../server.git/hooks/update; chmod +x ../server.git/hooks/update
    action 2; tag 6; git push origin main sec/6
    """, "Push its branch first"),
  Push(
    "a branch goes and comes, where another hook may refuse the one that comes",
    """
    git checkout -q -b topic; action 2; git push -q origin topic; tag 6; git push -q origin sec/6 || exit 0
    printf '#!/bin/sh\\n' > ../server.git/hooks/update; chmod +x ../server.git/hooks/update
    git push origin :topic topic:other
    """, "no branch has the commit of the baseline 'sec/6'"),
  Push(
    "a push while Git is at another",
    """
    echo 'limits: {seconds: 1}' > $F; action 2
    echo "$$ $(cut -d ' ' -f 22 /proc/$$/stat)\n$main $(git rev-parse HEAD) refs/heads/other" > ../server.git/registrar.lock
    git push origin main
    """, "another push is still under way"),
])
func `what Git would do in part is refused as a whole`(_ push: Push) throws {
  try Push(push.what, raw + push.script, push.refusal).expect()
}

@Test(arguments: [
  Push(
    "a branch is given another name with its baseline",
    """
    git checkout -q -b topic; action 2; git push -q origin topic; tag 6; git push -q origin sec/6 || exit 1
    git push origin :topic topic:other
    """),
  Push(
    "a branch, and its baseline after it, where another hook may refuse them",
    """
    printf '#!/bin/sh\\n' > ../server.git/hooks/update; chmod +x ../server.git/hooks/update
    action 2; tag 6; git push -q origin main && git push origin sec/6
    """),
  Push(
    "a push after one that Git has done, though its process is there",
    """
    echo 'limits: {seconds: 60}' > $F; action 2
    echo "$$ $(cut -d ' ' -f 22 /proc/$$/stat)\n$zero $main refs/heads/main" > ../server.git/registrar.lock
    git push origin main
    """),
  Push(
    "a push after one whose process is gone",
    """
    echo 'limits: {seconds: 60}' > $F; action 2
    echo "$$ 1\n$zero $main refs/heads/other" > ../server.git/registrar.lock; git push origin main
    """),
])
func `what Git will do as a whole passes`(_ push: Push) throws {
  try Push(push.what, raw + push.script, push.refusal).expect()
}

@Test func `of two baselines that come at once and follow none one is taken`() throws {
  let desk = try Desk()
  try desk.server()
  let (isGood, output) = try desk.run(
    """
    set -e; printf '#!/bin/sh\\nsleep 1\\n' > server.git/hooks/pre-receive.before; chmod +x server.git/hooks/pre-receive.before
    git clone -q server.git other
    (cd clone; registrar baseline create sec/1.0 --effective 2027-02-01 --decision SECP1/01)
    (cd other; registrar baseline create sec/1.1 --effective 2027-03-01 --decision SECP1/01)
    (cd clone; git push -q origin sec/1.0 || true) & (cd other; git push -q origin sec/1.1 || true) & wait
    cd server.git; [ $(git tag | wc -l) = 1 ]; registrar baseline verify
    """)
  #expect(isGood && output.contains("a second chain"), "\(output)")
}

/// Makes an empty `server.git` with the gate, and `clone` of the code with one commit.
private let empty = """
  git init -q --bare -b main server.git; (cd server.git && registrar hook install >/dev/null)
  cp -R "$CODE" clone; cd clone; git init -q -b main; git remote add origin ../server.git
  git add .; git commit -q -m First -m 'Decision: SECP1/01'; R=../server.git/registrar
  tag() { registrar baseline create sec/$1 --effective 203$1-02-01 --decision SECP1/01 $2 >/dev/null; }

  """

@Test(arguments: [
  ("git tag sec/6; git push origin main sec/6", "no rules by which 'refs/tags/sec/6'"),
  ("git tag -a -m x sec/6; git push origin sec/6", "no rules by which 'refs/tags/sec/6'"),
  ("git push origin main:refs/sec/6", "no rules by which 'refs/sec/6'"),
  (
    """
    ssh-keygen -q -t ed25519 -N '' -f ../key; echo "manager@example.org $(cut -d ' ' -f 1,2 ../key.pub)" > $R/allowed_signers
    printf 'require_signature: true\\nsigners: allowed_signers\\n' > $R/server.yaml
    tag 6; git push -q origin main || exit 0; git push origin sec/6
    """, "it is not signed"
  ),
  (
    """
    git checkout -q --orphan bare; git rm -rqf .; echo x > note; git add note; git commit -q -m Note
    git push -q origin bare && git tag sec/6 && git push -q origin sec/6 || exit 0
    git checkout -q main; git merge -q --allow-unrelated-histories -m Merge bare; git push origin main:bare
    """, "'refs/tags/sec/6', which the server has, would be a baseline for ever"
  ),
  (
    """
    git checkout -q --orphan bare; git rm -rqf .; echo x > note; git add note; git commit -q -m Note
    git push -q origin bare || exit 0; git checkout -q main; git merge -q --allow-unrelated-histories -m Merge bare
    tag 6; git push origin main:bare sec/6
    """, "has the name of a baseline by rules that come with it"
  ),
])
func `nothing is taken for a baseline that no rules have judged`(
  _ script: String, _ words: String
) throws {
  let desk = try Desk()
  let (isGood, output) = try desk.run(
    "CODE='\(projectFolder)/Tests/Code'\n" + empty + script)
  #expect(!isGood && output.contains(words), "\(output)")
  #expect(output.contains("[remote rejected]"), "\(output)")
}

@Test
func `a tag in the way of the first rules is taken away, and its name is free for a baseline`()
  throws
{
  let desk = try Desk()
  let (isGood, output) = try desk.run(
    "CODE='\(projectFolder)/Tests/Code'\n" + empty + """
      set -e
      git checkout -q --orphan bare; git rm -rqf .; echo x > note; git add note; git commit -q -m Note
      git tag sec/6; git push -q origin bare; git push -q origin sec/6; git push -q origin :sec/6; git tag -d sec/6
      git checkout -q main; git merge -q --allow-unrelated-histories -m Merge bare
      git push origin main:bare; tag 6; git push origin sec/6; cd ../server.git; registrar baseline verify
      """)
  #expect(isGood, "\(output)")
}

import Foundation
import RegistrarTestSupport
import Testing

/// A server with the gate and a clone with one commit that it took.
private func prepare(_ folder: TemporaryFolder) throws -> (String) throws -> (Bool, String) {
  let environment = [
    "PATH": programFolder + ":/usr/local/bin:/usr/bin:/bin", "HOME": folder.path, "LC_ALL": "C",
    "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "A Clerk",
    "GIT_AUTHOR_EMAIL": "clerk@example.org",
    "GIT_COMMITTER_NAME": "A Clerk", "GIT_COMMITTER_EMAIL": "clerk@example.org",
  ]
  func run(_ script: String) throws -> (Bool, String) {
    let result = try runProgram(["sh", "-c", script], in: folder.path, environment: environment)
    return (result.status == 0, result.output + result.errors)
  }
  let (isGood, output) = try run(
    """
    set -e
    git init -q --bare -b main server.git
    (cd server.git && registrar hook install)
    registrar init clone --template sec && cd clone
    git remote add origin ../server.git
    git add . && git commit -q -m "First" && git push -q origin main
    """)
  #expect(isGood, "\(output)")
  return run
}

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
    false, "(commit"
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
    "git -C ../server.git config registrar.allowSchemaChanges true && sed -i 's/\"title\": \"Action\"/\"title\": \"An action\"/' $S && git commit -q -a -m x && git push origin main",
    true, ""
  ),
  (
    "git -C ../server.git config registrar.allowSchemaChanges true && sed -i 's/\"enum\": \\[\"open\", /\"enum\": [\"open\", \"odd\", /; s/\"initial\": \\[\"open\"\\]/\"initial\": [\"odd\"]/' $S && sed -i 's/status: open/status: odd/' $A && git commit -q -a -m x && git push origin main",
    false, "by the rules before the push"
  ),
  ("registrar baseline create sec/1.0 --effective 2027-02-01 && git push origin sec/1.0", true, ""),
  ("git tag sec/1.0 && git push origin sec/1.0", false, "records none"),
  ("git tag other && git push origin other", true, ""),
  (
    "registrar baseline create sec/1.0 --effective 2027-02-01 && git push -q origin sec/1.0 && git push origin :refs/tags/sec/1.0",
    false, "never deleted"
  ),
  (
    "registrar baseline create sec/1.0 --effective 2027-02-01 && git push -q origin sec/1.0 && git tag -f -a -m x sec/1.0 && git push -f origin sec/1.0",
    false, "never moved"
  ),
  ("git rm -q $A && git commit -q -m x && git push origin main", false, "is gone"),
  ("git commit -q --amend -m y && git push -f origin main", true, ""),
])
func `a server takes what is right and nothing else`(
  _ script: String, _ passes: Bool, _ words: String
) throws {
  let folder = try TemporaryFolder()
  let run = try prepare(folder)
  let before = try run("git -C server.git for-each-ref --format='%(refname) %(objectname)'").1
  let (isGood, output) = try run(
    "cd clone && A=registers/actions/SECP/SECP1-01.yaml S=schema/action.schema.json && \(script)")
  #expect(isGood == passes, "\(output)")
  #expect(words.isEmpty || output.contains(words), "\(output)")
  guard !passes else { return }
  let after = try run("git -C server.git for-each-ref --format='%(refname) %(objectname)'").1
  #expect(after.hasPrefix(before.split(separator: "\n").first.map(String.init) ?? ""))
  #expect(try run("cat server.git/registrar/refusals.log").1.contains("refused"))
}

@Test func `a push over the network of git is judged, and many at once lose nothing`() throws {
  let folder = try TemporaryFolder()
  let run = try prepare(folder)
  let (isGood, output) = try run(
    """
    touch server.git/git-daemon-export-ok
    port=$(( ( $$ % 20000 ) + 20000 ))
    git daemon --reuseaddr --listen=127.0.0.1 --port=$port --base-path="$PWD" --enable=receive-pack \
      --pid-file="$PWD/pid" --detach "$PWD" 2>daemon.log || exit 8
    trap 'kill $(cat pid)' EXIT
    n=0; until git ls-remote git://127.0.0.1:$port/server.git >/dev/null 2>&1; do
      n=$((n+1)); [ $n -lt 50 ] || exit 7; sleep 0.1
    done
    for i in 1 2 3 4 5 6; do
      ( git clone -q git://127.0.0.1:$port/server.git c$i && cd c$i && git checkout -q -b b$i
        if [ $((i % 2)) = 0 ]; then s=odd; else s=closed; fi
        sed -i "s/status: open/status: $s/" registers/actions/SECP/SECP1-01.yaml
        git commit -q -a -m "Change $i" && git push -q origin b$i >push.log 2>&1; echo $? > result ) &
    done
    wait $(jobs -p) 2>/dev/null
    for i in 1 2 3 4 5 6; do echo "b$i $(cat c$i/result)"; done
    git -C server.git for-each-ref --format='%(refname:short)' refs/heads
    """)
  #expect(isGood, "\(output)")
  #expect(
    output.contains(
      "b1 0\nb2 1\nb3 0\nb4 1\nb5 0\nb6 1\nb1\nb3\nb5\nmain\n"), "\(output)")
}

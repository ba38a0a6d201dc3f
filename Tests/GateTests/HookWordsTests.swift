import Testing

@Test func `a refused commit shows the line, the remedy and what to do next`() throws {
  let desk = try Desk()
  try desk.repository()
  let (isGood, output) = try desk.run(
    "cd desk && sed -i 's/status: open/status: opne/' registers/risks/R1.yaml && git commit -qam x")
  #expect(!isGood)
  for words in [
    "--> registers/risks/R1.yaml:5:9", "status: opne", "Did you mean 'open'?",
    "Nothing was committed",
    "'git add' the files, and commit again",
  ] {
    #expect(output.contains(words), "\(words) in \(output)")
  }
}

@Test func `a refused push says what did not happen and how an earlier commit is mended`() throws {
  let desk = try Desk()
  try desk.repository()
  let (isGood, output) = try desk.run(
    """
    git init -q --bare server.git && cd desk && git remote add origin ../server.git
    sed -i 's/status: open/status: opne/' registers/risks/R1.yaml
    git commit -q --no-verify -am x && git push -q origin main
    """)
  #expect(!isGood)
  #expect(output.contains("Nothing was pushed") && output.contains("git rebase -i"), "\(output)")
}

/// A desk that gave a server a baseline.
private func published() throws -> Desk {
  let desk = try Desk()
  try desk.code()
  let (isGood, output) = try desk.run(
    """
    set -e; git init -q --bare server.git; cd desk; git branch -M main; git remote add origin ../server.git
    git push -q -u origin main; git commit -q --allow-empty -m Next
    registrar baseline create sec/1.0 --effective 2027-02-01 --decision SECP1/01
    git push -q origin main sec/1.0
    """)
  #expect(isGood, "\(output)")
  return desk
}

@Test(arguments: [
  (
    "git commit -q --amend --allow-empty -m x; git push -f origin main",
    "no branch has the commit of the baseline 'sec/1.0'", "git reset --soft origin/main"
  ),
  (
    "git push origin :main", "no branch has the commit of the baseline 'sec/1.0'", "Keep the branch"
  ),
  (
    "git tag -f sec/1.0 HEAD~1; git push -f origin sec/1.0", "is a baseline and is never moved",
    "git fetch origin --tags --force"
  ),
  (
    "git push origin :sec/1.0", "is a baseline and is never deleted",
    "registrar baseline withdraw sec/1.0 --decision DECISION"
  ),
  (
    "git tag panel/SECP1; git push origin panel/SECP1", "has the name of a baseline",
    "git tag -d panel/SECP1) and make it: registrar baseline create panel/SECP1 --effective DATE"
  ),
])
func `what is wrong with a branch or a tag is not mended in a commit`(
  _ push: String, _ reason: String, _ help: String
) throws {
  let (isGood, output) = try published().run("cd desk && \(push)")
  #expect(!isGood)
  #expect(output.contains(reason) && output.contains(help), "\(output)")
  #expect(output.contains("Next: do what the help above says"), "\(output)")
  #expect(!output.contains("git rebase"), "\(output)")
}

@Test func `the advice for a baseline that was moved here brings the right one back`() throws {
  let (isGood, output) = try published().run(
    """
    cd desk; git tag -f sec/1.0 HEAD~1; git push -q -f origin sec/1.0 && exit 1
    git fetch -q origin --tags --force && registrar baseline verify
    """)
  #expect(isGood && output.contains("good, unsigned  sec/1.0"), "\(output)")
}

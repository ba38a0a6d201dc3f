import Foundation
import RegistrarCommands
import RegistrarTestSupport
import Testing

/// A folder with registrar on the path, and git cut off from the machine's settings.
private struct Desk {
  let folder: TemporaryFolder
  let environment: [String: String]

  init() throws {
    folder = try TemporaryFolder()
    environment = [
      "PATH": programFolder + ":/usr/local/bin:/usr/bin:/bin", "HOME": folder.path, "LC_ALL": "C",
      "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "A Clerk",
      "GIT_AUTHOR_EMAIL": "clerk@example.org", "GIT_COMMITTER_NAME": "A Clerk",
      "GIT_COMMITTER_EMAIL": "clerk@example.org",
    ]
  }

  /// Runs lines of a shell and returns whether they succeed, with all that is printed.
  @discardableResult
  func run(_ script: String) throws -> (isGood: Bool, output: String) {
    let result = try runProgram(
      ["sh", "-c", script], in: folder.path, environment: environment)
    return (result.status == 0, result.output + result.errors)
  }

  /// A repository of the template with hooks and a first commit.
  func repository(_ template: String = "minimal") throws {
    let (isGood, output) = try run(
      """
      set -e
      registrar init desk --template \(template) && cd desk
      registrar hook install && git add .
      git commit -q -m "First" -m "Decision: SECP1/01"
      """)
    #expect(isGood, "\(output)")
  }
}

@Test(arguments: ["minimal", "sec"])
func `a new repository of a template checks clean and is never overwritten`(_ name: String) throws {
  let desk = try Desk()
  let made = try desk.run("registrar init new --template \(name) && cd new && registrar check")
  #expect(made.isGood && made.output.hasSuffix("no problems\n"), "\(made.output)")
  let again = try desk.run("registrar init new --template \(name)")
  #expect(!again.isGood && again.output.contains("is there already, and nothing is overwritten"))
}

private let refused = "s/status: open/status: opne/"

@Test(arguments: [
  // What is staged counts, not what lies in the work tree.
  (
    "sed -i '\(refused)' $R && git add . && git checkout -q HEAD -- . && git commit -m x --allow-empty",
    true
  ),
  ("sed -i '\(refused)' $R && git add . && sed -i 's/opne/open/' $R && git commit -q -m x", false),
  (
    "sed -i 's/impact: 4/impact: 5/' $R && git add . && sed -i '\(refused)' $R && git commit -q -m x",
    true
  ),
  ("sed -i '\(refused)' $R && git commit -q -a -m x", false),
  ("sed -i '\(refused)' $R && git commit -q -m x -- $R", false),
  ("sed -i '\(refused)' $R && git commit -q -a --amend -m x", false),
  ("sed -i '\(refused)' $R && cd registers/risks && git commit -q -a -m x", false),
  (
    "git worktree add -q ../linked && cd ../linked && sed -i '\(refused)' $R && git commit -q -a -m x",
    false
  ),
  (
    "sed -i '\(refused)' $R && GIT_INDEX_FILE=$PWD/.git/other sh -c 'git read-tree HEAD && git add $R && git commit -q -m x'",
    false
  ),
  ("git rm -q $R && git commit -q -m x", false),
  (
    "sed -i 's/status: open/status: closed/' $R && git commit -q -a -m x && git rm -q $R && git commit -q -m y",
    true
  ),
])
func `a commit is judged by what it will hold`(_ script: String, _ passes: Bool) throws {
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
  try desk.repository("sec")
  let edit = "cd desk && sed -i 's/An example/Another/' registers/modifications/DP001.yaml"
  let missing = try desk.run(edit + " && git commit -q -a -m 'Change the title'")
  #expect(!missing.isGood && missing.output.contains("Decision: SECP39/24"), "\(missing.output)")
  #expect(missing.output.contains("the message is kept in"))
  let wrong = try desk.run("cd desk && git commit -q -a -m 'Change' -m 'Decision: SECP9/1'")
  #expect(!wrong.isGood && wrong.output.contains("names nothing in 'meetings'"), "\(wrong.output)")
  let right = try desk.run("cd desk && git commit -q -a -m 'Change' -m 'Decision: SECP1/07'")
  #expect(right.isGood, "\(right.output)")
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

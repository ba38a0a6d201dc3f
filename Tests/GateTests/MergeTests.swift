import RegistrarTestSupport
import Testing

/// Merges a branch into main; the three texts are those of the base, of main and of the branch.
private func merge(
  _ name: String, _ base: String, _ ours: String, _ theirs: String
) throws -> (isClean: Bool, text: String) {
  let desk = try Desk()
  let file = "registers/" + name
  _ = try desk.run(
    "git init -q -b main && git config merge.registrar.driver 'registrar merge-driver %O %A %B %P'")
  try desk.folder.write(".gitattributes", "registers/** merge=registrar\n")
  try desk.folder.write(file, base)
  _ = try desk.run("git add . && git commit -q -m base && git checkout -q -b side")
  try desk.folder.write(file, theirs)
  _ = try desk.run("git commit -q -a -m theirs && git checkout -q main")
  try desk.folder.write(file, ours)
  _ = try desk.run("git commit -q -a -m ours")
  let result = try desk.run("git merge -q -m merge side")
  return (result.isGood, try desk.run("cat \(file)").output)
}

private let risk = "id: R1\nimpact: 3\nlikelihood: 3\nrag: AMBER\n"

@Test func `fields side by side that each side changed are merged, where git sees a conflict`()
  throws
{
  let merged = try merge(
    "R1.yaml", risk, risk.replacing("impact: 3", with: "impact: 4 # by us"),
    risk.replacing("likelihood: 3", with: "likelihood: 2"))
  #expect(merged.isClean)
  #expect(merged.text == "id: R1\nimpact: 4 # by us\nlikelihood: 2\nrag: AMBER\n")
}

@Test func `a field that both sides changed is left in the file`() throws {
  let merged = try merge(
    "R1.yaml", risk, risk.replacing("impact: 3", with: "impact: 4"),
    risk.replacing("impact: 3", with: "impact: 5").replacing("AMBER", with: "RED"))
  #expect(!merged.isClean)
  #expect(
    merged.text
      == "id: R1\n<<<<<<< HEAD\nimpact: 4\n=======\nimpact: 5\n>>>>>>> side\nlikelihood: 3\nrag: RED\n"
  )
}

private let actions =
  "# Actions\n- id: A1\n  status: open\n  owner: DCC\n- id: A2\n  status: open\n"

@Test func `records of a list are merged by their ids and fields`() throws {
  let merged = try merge(
    "actions.yaml", actions,
    actions.replacing("owner: DCC", with: "owner: SECAS") + "- id: A3\n  status: open\n",
    actions.replacing("- id: A1\n  status: open", with: "- id: A1\n  status: closed")
      .replacing("- id: A2", with: "- id: A4\n  status: open\n- id: A2"))
  #expect(merged.isClean)
  #expect(
    merged.text
      == "# Actions\n- id: A1\n  status: closed\n  owner: SECAS\n- id: A4\n  status: open\n- id: A2\n  status: open\n- id: A3\n  status: open\n"
  )
}

@Test func `the same new number of two branches is no record of both`() throws {
  let merged = try merge(
    "actions.yaml", actions, actions + "- id: A3\n  status: open\n",
    actions + "- id: A3\n  status: closed\n")
  #expect(!merged.isClean)
  #expect(merged.text.contains("<<<<<<< HEAD") && merged.text.hasPrefix(actions))
}

@Test func `rows of a table are merged, and one that is gone and changed is left in the file`()
  throws
{
  let table = "id,name\nP1,One\nP2,Two\nP3,Three\n"
  let merged = try merge(
    "parties.csv", table, table.replacing("P1,One", with: "P1,First"),
    table.replacing("P2,Two\n", with: "").replacing("P3,Three", with: "P3,Third"))
  #expect(merged.isClean)
  #expect(merged.text == "id,name\nP1,First\nP3,Third\n")
  let lost = try merge(
    "parties.csv", table, table.replacing("P2,Two\n", with: ""),
    table.replacing("P2,Two", with: "P2,Second"))
  #expect(!lost.isClean && lost.text.contains("P2,Second"))
}

@Test func `a file that is broken on one side is merged by its lines`() throws {
  let merged = try merge(
    "R1.yaml", risk, risk.replacing("id: R1", with: "id: [R1"),
    risk.replacing("rag: AMBER", with: "rag: RED"))
  #expect(merged.isClean)
  #expect(merged.text == "id: [R1\nimpact: 3\nlikelihood: 3\nrag: RED\n")
}

@Test func `a driver that cannot merge tells Git so, and not that there are conflicts`() throws {
  let desk = try Desk()
  _ = try desk.run("git init -q -b main && printf 'id: A\\n' > base && cp base ours")
  for words in ["base ours nowhere registers/a.yaml", "base ours", "base ours base ../a.yaml"] {
    let result = try desk.run("registrar merge-driver \(words) 2>/dev/null; echo $?; cat ours")
    #expect(result.output == "129\nid: A\n", "\(words)")
  }
}

@Test func `marks are as long as Git asks, and name what Git names`() throws {
  let desk = try Desk()
  _ = try desk.run("git init -q -b main; printf 'n: 1\\n' > base; printf 'n: 2\\n' > theirs")
  let result = try desk.run(
    "printf 'n: 3\\n' > ours; registrar merge-driver base ours theirs a.yaml 'my side' 'x: y' 9; "
      + "echo $?; cat ours")
  #expect(
    result.output
      == "1\n<<<<<<<<< my side\nn: 3\n=========\nn: 2\n>>>>>>>>> x: y\n")
}

@Test func `a conflict is committed by nobody until it is resolved`() throws {
  let desk = try Desk()
  try desk.repository()
  let result = try desk.run(
    """
    cd desk && find registers -name '*.md' -o -name '*.yaml' | head -1 > ../name
    file=$(cat ../name)
    printf '<<<<<<< HEAD\\n=======\\n>>>>>>> side\\n' >> $file
    registrar check --format concise; git commit -qam marks
    """)
  #expect(!result.isGood)
  #expect(result.output.contains("source/conflict"), "\(result.output)")
}

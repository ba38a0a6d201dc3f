import Comparison
import Foundation
import RegistrarTestSupport
import SourceText
import Testing

private func file(_ text: String) throws -> SourceFile {
  SourceFile(path: try #require(RepoPath("sec/D.md")), bytes: Array(text.utf8))
}

/// The steps of a redline that are not the same, each by its kind and number.
private func changes(_ old: String, _ new: String) throws -> [String] {
  let redline = Redline(from: try file(old), to: try file(new))
  #expect(redline.old == old)
  #expect(redline.new == new)
  return redline.changes.map { index in
    let step = redline.steps[index]
    let number = [step.old?.number, step.new?.number].compactMap(\.self).filter { !$0.isEmpty }
    let name = step.kind == .same ? "renumbered" : step.kind.rawValue
    return ([name] + (number.first == number.last ? Array(number.prefix(1)) : number))
      .joined(separator: " ")
  }
}

private let code = """
  # D. Modification Process

  D1.1 The Panel shall maintain a register of Modification Proposals and publish it.

  D1.2 A Proposer may withdraw a Modification Proposal at any time before the decision is made.

  (a) by notice to the Panel in writing; and

  (b) by notice to the Change Board.

  D1.3 The Authority may direct that a proposal is urgent and set the timetable for it.

  """

@Test func `sub-clauses have the number of the clause that they stand in`() throws {
  let text = """
    ## H8 Maintenance

    H8.4 The DCC shall tell Parties:

    (a) the activity;

    (b) the parts disrupted, which are:

    (i) the first;

    (ii) the second; and

    (c) the risk.

    H8.5 Otherwise (a) is no clause.

    (h) eighth;

    (i) ninth.

    ## Other

    (a) of nothing.

    """
  let numbers = Passage.passages(of: try file(text)).map(\.number)
  #expect(
    numbers == [
      "H8", "H8.4", "H8.4(a)", "H8.4(b)", "H8.4(b)(i)", "H8.4(b)(ii)", "H8.4(c)", "H8.5", "H8.5(h)",
      "H8.5(i)", "", "(a)",
    ])
  let clause = try #require(Clause("H8.4 (b)", in: try file(text)))
  #expect(clause.passages.map(\.number) == ["H8.4(b)", "H8.4(b)(i)", "H8.4(b)(ii)"])
  #expect(Clause("H8", in: try file(text))?.passages.count == 10)
  #expect(Clause("H8.4", in: try file(text))?.passages.count == 6)
  #expect(Clause("H9", in: try file(text)) == nil)
}

@Test func `a version compared with itself has no changes`() throws {
  #expect(try changes(code, code) == [])
}

@Test(arguments: [
  ("at any time before", "before", ["reworded D1.2"]),
  ("D1.2 A Proposer", "D1.2A A Proposer", ["renumbered D1.2 D1.2A"]),
  ("(b) by notice to the Change Board.\n\n", "", ["deleted D1.2(b)"]),
  (
    "D1.3 The", "D1.3 A Party may appeal to the Authority within ten days.\n\nD1.4 The",
    ["inserted D1.3", "renumbered D1.3 D1.4"]
  ),
])
func `what happened to a clause is told by its number`(
  _ old: String, _ new: String, _ expected: [String]
) throws {
  let edited = code.replacing(old, with: new)
  #expect(try changes(code, edited) == expected)
}

@Test func `a clause that moved is no deletion and no insertion`() throws {
  let clause =
    "D1.3 The Authority may direct that a proposal is urgent and set the timetable for it.\n\n"
  let moved =
    (code + "\n").replacing(clause, with: "")
    .replacing("D1.1 The", with: clause.replacing("D1.3", with: "D1.0") + "D1.1 The")
  #expect(try changes(code + "\n", moved) == ["movedHere D1.0", "movedAway D1.3"])
}

@Test func `a short clause and all that stands under it move`() throws {
  let old =
    "## A2 Duties\n\nA2.1 The Panel shall:\n\n(a) meet once a month; and\n\n(b) keep minutes.\n\n"
    + "A2.2 Headings are for convenience.\n\nA2.3 Words in the singular include the plural.\n\n"
    + "A2.4 A statute is that statute as amended from time to time.\n"
  let new =
    "## A2 Duties\n\nA2.1 Headings are for convenience.\n\nA2.2 Words in the singular include the plural.\n\n"
    + "A2.3 A statute is that statute as amended from time to time.\n\n"
    + "A2.4 The Panel shall:\n\n(a) meet once a month; and\n\n(b) keep minutes.\n"
  let found = try changes(old, new)
  #expect(!found.contains { $0.hasPrefix("deleted") || $0.hasPrefix("inserted") })
  #expect(
    found.filter { $0.hasPrefix("movedHere") } == [
      "movedHere A2.4", "movedHere A2.4(a)", "movedHere A2.4(b)",
    ])
}

@Test func `short passages that are alike do not move`() throws {
  let old = "# A\n\nNot used.\n\n# B\n\nThe Panel decides on it.\n"
  let new = "# A\n\nThe Panel decides on it.\n\n# B\n\nNot used.\n"
  #expect(try !changes(old, new).contains { $0.hasPrefix("moved") })
}

@Test func `a clause that was split keeps its first half`() throws {
  let split = code.replacing(
    "maintain a register of Modification Proposals and publish it.",
    with: "maintain a register of\n\nModification Proposals and publish it.")
  #expect(try changes(code, split) == ["reworded D1.1", "split"])
  #expect(try changes(split, code) == ["reworded D1.1", "joined"])
}

@Test func `numbers of items in lists follow the headings around them`() throws {
  let text = "## A. Terms\n\n1. One\n1. Two\n   1. Inner\n2. Three\n\n### 2. More\n\n- Bullet\n"
  let numbers = Passage.passages(of: try file(text)).map(\.number)
  #expect(numbers == ["A", "A.1", "A.2", "A.2.1", "A.3", "A.2", ""])
}

@Test(arguments: [
  ("One two three four.\nFive six.", "One two three\nfour. Five six.", ["wrapping"]),
  ("# A\n\nOne two.", "# A\n\n\nOne two.", ["blank lines"]),
  ("- one two\n- three", "* one two\n* three", ["bullets"]),
  ("1. one two\n2. three", "1. one two\n1. three", ["the numbers of a list"]),
  (
    "| a | b |\n|---|---|\n| x | y |", "| a  | b  |\n|----|----|\n| x  | y  |",
    ["the padding of a table"]
  ),
  (
    "| a | b |\n|---|---|\n| x | y |", "| a | b |\n|:--|--:|\n| x | y |",
    ["the alignment of a table"]
  ),
  ("One two.\n", "One two.", ["the last line break"]),
  ("One\ntwo.\n\nThree.\n", "One\r\ntwo.\r\n\r\nThree.\r\n", ["line ends"]),
  ("> One two\n> three four", "> One two three\n> four", ["wrapping"]),
])
func `what says the same in another layout is no change`(
  _ old: String, _ new: String, _ aspects: [String]
) throws {
  let redline = Redline(from: try file(old), to: try file(new))
  #expect(redline.changes.isEmpty)
  #expect(redline.layoutDifferences == aspects)
  #expect(redline.old == old && redline.new == new)
}

@Test(arguments: [
  ("One two\nthree.", "One two  \nthree."), ("## One two", "### One two"),
  ("    a  b", "    a b"), ("a\u{A0}b c", "a b c"), ("- one two", "1. one two"),
  ("1. one two\n2. three four", "1. one two\n\nthree four"),
  ("- one two\n- three four", "- one two\n  - three four"),
  ("- one two\n\n  three four", "- one two\n\nthree four"),
  ("- one two\n- three four", "- one two\n\n  three four"),
  ("- one two", "one two"),
])
func `what readers see otherwise is no layout`(_ old: String, _ new: String) throws {
  #expect(try !changes(old, new).isEmpty)
}

@Test func `a clause that goes to another section leaves the heading between them alone`() throws {
  let old = """
    ## A1 T

    A1.1 Same text of some length here.

    ## A2 U

    A2.1 Other text of some length here to be moved.

    A2.2 Another text that goes the same way as the other one.

    A2.3 This one stays where it was all the time.

    """
  let new = """
    ## A1 T

    A1.1 Same text of some length here.

    A1.2 Other text of some length here to be moved.

    A1.3 Another text that goes the same way as the other one.

    ## A2 U

    A2.1 This one stays where it was all the time.

    """
  #expect(
    try changes(old, new) == [
      "movedHere A1.2", "movedHere A1.3", "movedAway A2.1", "movedAway A2.2",
      "renumbered A2.3 A2.1",
    ])
}

@Test func `of two sections that trade places the one with less in it moved`() throws {
  let long = (1...6).map { "Long clause number \($0) says something of its own.\n\n" }.joined()
  let short = "The short section has one clause, and no more than that.\n\n"
  let found = try changes(
    "# Long\n\n\(long)# Short\n\n\(short)", "# Short\n\n\(short)# Long\n\n\(long)")
  // Its heading goes with its clause.
  #expect(found.count { $0.hasPrefix("moved") } == 4)
  #expect(found.count { $0.hasPrefix("movedHere") } == 2)
  #expect(!found.contains { $0.hasPrefix("moved") && $0.contains("Long") })
}

@Test func `a row of a table that moved is told as moved`() throws {
  let head = "| Name | Share |\n|---|---|\n"
  let old = head + "| Bell | 5 |\n| DCC | 6 |\n| Arm | 7 |\n"
  let new = head + "| DCC | 6 |\n| Arm | 7 |\n| Bell | 5 |\n"
  #expect(try changes(old, new) == ["movedAway", "movedHere"])
}

@Test func `redlines of real agreements give both versions back`() throws {
  let pairs = try Conformance.legalPairs()
  guard !pairs.isEmpty else {
    #expect(!Conformance.isRequired, "the corpus of legal text is absent")
    return
  }
  #expect(pairs.count > 50)
  for pair in pairs {
    let redline = Redline(from: try file(pair.old), to: try file(pair.new))
    #expect(redline.old == pair.old)
    #expect(redline.new == pair.new)
    for step in redline.steps {
      let wording = step.wording
      #expect(wording.old == step.old?.source ?? "")
      #expect(wording.new == step.new?.source ?? "")
    }
  }
}

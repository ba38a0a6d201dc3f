import Comparison
import RegistrarTestSupport
import Registry
import SourceText
import Testing

private func file(_ text: String) throws -> SourceFile {
  SourceFile(path: try #require(RepoPath("sec/D.md")), bytes: Array(text.utf8))
}

private func sections() throws -> Numbering {
  try #require(Numbering(name: "sec", levels: ["A", "1", ".1", "(a)", "(i)", "(A)"]))
}

/// The numbers of the passages that have one.
private func numbers(_ text: String, _ levels: [String]) throws -> [String] {
  let numbering = try #require(Numbering(name: "any", levels: levels))
  return Passage.passages(of: try file(text), numbering).map(\.number).filter { !$0.isEmpty }
}

@Test func `a section of the SEC is numbered by letter, number, and what stands in brackets`()
  throws
{
  let text = """
    # D Modification Process

    ## D1 Raising

    D1.1 The Panel shall:

    (a) keep a register of what is raised, of what was withdrawn;

    (b) publish it:

    (i) each month; and

    (ii) when asked; and

    (c) amend it.

    A year later it ends.

    ## Of the Authority

    D1.2A It may direct.

    N4A.1 An inserted sub-section.

    """
  #expect(
    try numbers(text, ["A", "1", ".1", "(a)", "(i)", "(A)"]) == [
      "D", "D1", "D1.1", "D1.1(a)", "D1.1(b)", "D1.1(b)(i)", "D1.1(b)(ii)", "D1.1(c)", "D1.2A",
      "N4A.1",
    ])
}

@Test func `what follows tells the letter i from the Roman one`() throws {
  let letters = (0..<8).map { "(\(Character(Unicode.Scalar(97 + UInt8($0))))) one;\n\n" }.joined()
  let levels = ["A", "1", ".1", "(a)", "(i)"]
  #expect(
    try numbers("H1.1 All:\n\n\(letters)(i) ninth;\n\n(j) tenth.\n", levels).suffix(2) == [
      "H1.1(i)", "H1.1(j)",
    ])
  #expect(
    try numbers("H1.1 All:\n\n\(letters)(i) first;\n\n(ii) second.\n", levels).suffix(2) == [
      "H1.1(h)(i)", "H1.1(h)(ii)",
    ])
}

@Test func `a schedule is numbered from one, and thirty days begin no clause`() throws {
  let text = """
    # 1 General

    1.1 In this Schedule:

    (a) words mean what they mean.

    30 days after that it ends.

    # 2 Tests

    2.1 The DCC tests.

    """
  #expect(
    try numbers(text, ["1", ".1", "(a)", "(i)"]) == ["1", "1.1", "1.1(a)", "2", "2.1"])
}

@Test func `an agreement is numbered by headings and by what a list shows`() throws {
  let text = """
    ## A. Definitions

    Words.

    1. One.
    1. Two.

    ## B. Terms

    ### 1. Payment

    a. At once.

    b. In part.

    ### Unnumbered

    ### 2. Term

    """
  #expect(
    try numbers(text, ["A.", "1.", "a."]) == [
      "A", "A.1", "A.2", "B", "B.1", "B.1.a", "B.1.b", "B.2",
    ])
}

@Test func `a number in bold type is a number`() throws {
  let text = """
    ## 2. Purpose

    **2.1** The Developer lists its products.

    **2.2 Grant.** The Developer grants a licence.

    **Bold** words begin no clause.

    """
  #expect(try numbers(text, ["1.", "1"]) == ["2", "2.1", "2.2"])
  let passages = Passage.passages(of: try file(text))
  #expect(passages.map(\.number) == ["2", "2.1", "", ""])
}

@Test func `parts and annexes are numbered with their word`() throws {
  let text = """
    # Part A Rules

    ## Annex 1 Forms

    1.1 One.

    """
  #expect(try numbers(text, ["Part A", "Annex 1", "1"]).prefix(2) == ["Part A", "Part A Annex 1"])
}

@Test(arguments: ["x", "(b)", "12", "", "Section"])
func `a level that is not its first number is none`(_ level: String) {
  #expect(Numbering(name: "any", levels: [level]) == nil)
}

@Test func `letters go on after z, and what is put in between comes after its number`() throws {
  let numbering = try sections()
  func ordinal(_ text: String) throws -> Numbering.Ordinal {
    try #require(numbering.readings(of: Substring(text)).first?.ordinals.last)
  }
  #expect(try ordinal("H4").step(to: ordinal("H4A")) == .next)
  #expect(try ordinal("H4A").step(to: ordinal("H4B")) == .next)
  #expect(try ordinal("H4Z").step(to: ordinal("H4AA")) == .next)
  #expect(try ordinal("H4A").step(to: ordinal("H5")) == .next)
  #expect(try ordinal("H4").step(to: ordinal("H6")) == .gap)
  #expect(try ordinal("H5").step(to: ordinal("H4A")) == .back)
  #expect(try ordinal("H1.1(z)").step(to: ordinal("H1.1(aa)")) == .next)
  #expect(try ordinal("H1.1(a)(ix)").step(to: ordinal("H1.1(a)(x)")) == .next)
}

// MARK: Anchors and states

@Test func `an anchor names a clause whatever its number is, and is no word of it`() throws {
  let old =
    "H8.4 The schedule tells Parties of it. {#maintenance}\n\nH8.5 Other words stand here now.\n"
  let new =
    "H8.4 Other words stand here now.\n\nH8.5 Quite another text from the first word on {#maintenance}\n"
  let redline = Redline(from: try file(old), to: try file(new), try sections())
  #expect(redline.old == old)
  #expect(redline.new == new)
  let step = try #require(redline.steps.first { $0.new?.anchor == "maintenance" })
  #expect(step.new?.text == "Quite another text from the first word on")
  let before = step.old ?? step.partner.flatMap { redline.steps[$0].old }
  #expect(before?.number == "H8.4")
  let clause = try #require(Clause("#maintenance", in: try file(new), try sections()))
  #expect(clause.number == "H8.5")
}

@Test func `two clauses with two anchors are never one`() throws {
  let old = "H8.4 The schedule tells Parties of the activity. {#one}\n"
  let new = "H8.4 The schedule tells Parties of the activity. {#two}\n"
  let redline = Redline(from: try file(old), to: try file(new), try sections())
  #expect(redline.steps.map(\.kind) == [.deleted, .inserted])
}

@Test func `a clause may be kept by number alone, or not be in force yet`() throws {
  let text =
    "H8.4 [Not used]\n\nH8.5 It begins later. {.inactive}\n\nH8.6 This is {not} an attribute.\n"
  let passages = Passage.passages(of: try file(text), try sections())
  #expect(passages.map(\.isNotUsed) == [true, false, false])
  #expect(passages.map(\.isInactive) == [false, true, false])
  #expect(passages.last?.attributes.source == "")
}

// MARK: Citations

@Test(arguments: [
  ("in accordance with Section H8.4, the DCC", ["H8.4"]),
  ("as in C3.1 (a) – (e) of it", ["C3.1(a)", "C3.1(b)", "C3.1(c)", "C3.1(d)", "C3.1(e)"]),
  ("Sections G3 to G6 apply", ["G3", "G4", "G5", "G6"]),
  ("F1.4 (e), (f) and (g) of the Code", ["F1.4(e)", "F1.4(f)", "F1.4(g)"]),
  ("J3.2 – J3.5", ["J3.2", "J3.3", "J3.4", "J3.5"]),
  ("under N4A.2(b)(ii).", ["N4A.2(b)(ii)"]),
  ("Section D8.", ["D8"]),
  ("see C3.1(a) to (c).", ["C3.1(a)", "C3.1(b)", "C3.1(c)"]),
  ("on A4 paper, in the R2 of SECP39", []),
  ("TABASC-R1.2 and x/H8.4 and H8.4/2", []),
  ("H8.4, and 30 days, (a) first", ["H8.4"]),
  ("D1.7 and D2.1, not D3", ["D1.7", "D2.1"]),
])
func `citations are read as people write them`(_ text: String, _ expected: [String]) throws {
  let found = Citation.all(in: text, try sections())
  #expect(found.flatMap { $0.between + [$0.number] } == expected)
}

@Test func `a citation stands where it is written`() throws {
  let text = "é: C3.1 (a) – (c)"
  let bytes = Array(text.utf8)
  let places = Citation.all(in: text, try sections()).map {
    String(decoding: bytes[$0.range], as: UTF8.self)
  }
  #expect(places == ["C3.1 (a)", "(c)"])
}

@Test func `whatever a text is made of, its passages are the file and its citations stand in it`()
  throws
{
  var random = SeededGenerator(seed: 31)
  let words = [
    "H8", ".4", "(a)", "(i)", "(aa)", "A.", "1.", "**", "**1.2**", " ", "\n\n", "\n", "## ", "- ",
    "1) ",
    "{#x}", "{.inactive}", "Section ", "to ", "– ", ", ", "and ", "é", "e\u{301}", "(\u{301}",
    "ZZ99", "| a |\n",
    "|---|\n", "99999999999999999999", "(xxxxi)", "\r\n", "\u{FEFF}", "Not used", "\t", "4A",
    "```\n",
  ]
  let conventions = try [
    ["A", "1", ".1", "(a)", "(i)", "(A)"], ["A.", "1.", "a."], ["Part A", "1", ".1", "(I)"],
    ["1", ".1"],
  ].map { try #require(Numbering(name: "any", levels: $0)) }
  var found = 0
  for round in 0..<4000 {
    let text = (0..<Int.random(in: 0..<24, using: &random)).map { _ in
      words.randomElement(using: &random) ?? ""
    }.joined()
    let numbering = conventions[round % conventions.count]
    let passages = Passage.passages(of: try file(text), numbering)
    #expect(
      passages.map(\.source).joined().utf8.elementsEqual(text.utf8), "\(text.debugDescription)")
    for passage in passages {
      // A number stands where its range says, whatever it stands in.
      #expect(passage.range.lowerBound <= passage.markerRange.lowerBound)
      #expect(passage.markerRange.upperBound <= passage.range.upperBound)
    }
    for citation in Citation.all(in: text, numbering) {
      let stretch = Array(text.utf8)[citation.range]
      #expect(String(validating: stretch, as: UTF8.self)?.isEmpty == false)
      #expect(citation.between.count < 100)
      found += 1
    }
  }
  #expect(found > 50)
}

private func step(_ form: String, _ one: String, _ two: String) throws -> Numbering.Ordinal.Step {
  let numbering = try #require(Numbering(name: "any", levels: [form]))
  func ordinal(_ text: String) throws -> Numbering.Ordinal {
    try #require(numbering.readings(of: Substring(text)).first?.ordinals.first)
  }
  return try ordinal(one).step(to: try ordinal(two))
}

@Test(arguments: [
  "a b", "a aa", "aa b", "aa ab", "b ba", "ba c", "za a", "za zb", "zb a", "a aza", "aza aa", "y z",
  "z aa", "aa bb", "bb cc", "ab ac", "az ba", "zz aaa", "z za",
])
func `letters follow each other as Britain drafts and as Word counts`(_ pair: String) throws {
  let words = pair.split(separator: " ").map { "(\($0))" }
  #expect(try step("(a)", words[0], words[1]) == .next)
  #expect(try step("(A)", words[0].uppercased(), words[1].uppercased()) == .next)
}

@Test(arguments: [
  ("(a)", "b a", Numbering.Ordinal.Step.back), ("(a)", "a c", .gap), ("(a)", "c ba", .back),
  ("(a)", "aa a", .back), ("(a)", "a za", .back), ("(a)", "a a", .back), ("(a)", "aa ac", .gap),
  ("(a)", "z cc", .gap), ("(i)", "ii iia", .next), ("(i)", "iia iii", .next),
  ("(i)", "iia ii", .back),
  ("(1)", "1 1ZA", .next), ("(1)", "1ZA 1A", .next), ("(1)", "1A 1AA", .next),
  ("(1)", "1AA 1B", .next), ("(1)", "1B 2", .next), ("(1)", "1B 1AA", .back), ("(1)", "1 3", .gap),
])
func `what does not follow is behind a gap, or goes back`(
  _ form: String, _ pair: String, _ expected: Numbering.Ordinal.Step
) throws {
  let words = pair.split(separator: " ").map { "(\($0))" }
  #expect(try step(form, words[0], words[1]) == expected)
}

@Test(arguments: ["the", "and", "99999999999999999999"])
func `words and endless numbers begin no clause`(_ word: String) throws {
  let numbering = try #require(Numbering(name: "any", levels: ["(a)", "(1)"]))
  #expect(numbering.readings(of: "(\(word)) text").isEmpty)
}

private func hidden(_ text: String) throws -> [HiddenClause] {
  let numbering = try #require(Numbering(name: "any", levels: ["A", "1", ".1", "(a)"]))
  return HiddenClause.all(in: Passage.passages(of: try file(text), numbering), numbering)
}

@Test(arguments: [
  ("A1.1 One.\nA1.2 Two.\n", ["A1.2"]), ("A1.1 One.\n    A1.2 Two.\n", ["A1.2"]),
  ("A1.1 One:\n(a) two; and\n(b) three.\n", ["A1.1(a)", "A1.1(b)"]),
  ("A1.1 One.\n\n    A1.2 Two.\n", ["A1.2"]), ("A1.1 One.\nA1.1A Two.\n", ["A1.1A"]),
  // What is cited at the begin of a line that is wrapped.
  ("A1.1 One of Section\nA1.2 Two.\n", []), ("A1.1 One.\nA1.2 says more.\n\nA1.2 Two.\n", []),
  ("A1.1 One.\nC3.7 is elsewhere.\n", []), ("A1.1 One.\n\nA1.2 Two.\n", []),
])
func `a clause that begins no paragraph is found`(_ text: String, _ numbers: [String]) throws {
  #expect(try hidden(text).map(\.number) == numbers)
}

@Test func `a citation has as many parts as clauses have, and none of another document`() throws {
  let numbering = try #require(Numbering(name: "any", levels: ["1", ".1"]))
  func cited(_ text: String) -> [String] {
    Citation.all(in: text, numbering, needsWord: true).map(\.number)
  }
  #expect(cited("As in Section 4.2, and in paragraph 3.1.") == ["4.2", "3.1"])
  #expect(cited("RFC 5280, Section 4.2.1.6, and Section 4.2.1") == [])
  #expect(cited("RFC 5280, Section 4.2. In ISO 9001 clause 7.1.") == [])
}

@Test func `links lead to headings by the names that tools of Markdown give them`() throws {
  let text = "# 8. Audits\n\n## 8.7 Self-Audits\n\n## Notes {#n}\n\n## Notes\n"
  let anchors = Passage.headingAnchors(of: Passage.passages(of: try file(text)))
  for name in ["87-self-audits", "self-audits", "8-audits", "notes", "notes-1"] {
    #expect(anchors.contains(name), "\(name)")
  }
}

@Test func `each of many equal headings has an anchor of its own`() throws {
  let text = String(repeating: "# Same\n\n", count: 20_000) + "# Same 7\n"
  let passages = Passage.passages(of: try file(text))
  let anchors = Passage.headingAnchors(of: passages)
  #expect(anchors.count == 20_001 && anchors.contains("same-19999") && anchors.contains("same-7"))
}

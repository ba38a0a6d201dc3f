import Editing
import Registry
import SourceText
import Testing

@Test func `what has no number belongs to the clause that it stands in`() throws {
  let lists = "A1.1 Each of:\n   - Users\n   - DCC\n\nA1.2 None of:\n   - Parties\n   - DCC\n"
  let rest = "A1.2 None of:\n   - Parties\n   - DCC\n"
  #expect(
    try merged(
      "a.md", lists, lists + "\nA1.3 The Panel may decide.\n", "A1.1 Each User.\n\n" + rest)
      == "A1.1 Each User.\n\n" + rest + "\nA1.3 The Panel may decide.\n")
}

@Test func `a clause that one side added comes with all that stands in it`() throws {
  let base = "A1.1 One.\n\nA1.9 Nine.\n"
  let numbers = try register(
    "{title: D, path: a.md, shape: document, schema: r.json, numbering: s}\n"
      + "numbering: {s: {levels: [A, '1', '.1']}}")
  for text in ["> on Sundays", "   - a\n   - b", "| a | b |\n|---|---|\n| c | d |", "More."] {
    let four = "A1.4 Four, except\n\n\(text)\n\n"
    #expect(
      try merged(
        "a.md", base, base.replacing("A1.9", with: "A1.5 Five.\n\nA1.9"),
        base.replacing("A1.9", with: four + "A1.9"), register: numbers)
        == "A1.1 One.\n\n" + four + "A1.5 Five.\n\nA1.9 Nine.\n")
  }
}

private let document = """
  ---
  id: A
  version: '1.0'
  status: effective
  ---

  ## A1 Terms

  A1.1 In this Code:

  | Term | Meaning |
  |---|---|
  | **Day** | a day |

  A1.2 The Panel shall meet
  every month.

  (a) in person; and

  (b) in public.

  """

@Test func `documents are merged by clause, and by the fields of the head`() throws {
  let ours = document.replacing("meet\nevery month", with: "meet every\nweek").replacing(
    "'1.0'", with: "'1.1'")
  let theirs = document.replacing("in public.\n", with: "in public.\n\nA1.3 It may adjourn.\n")
    .replacing("effective", with: "draft")
  #expect(
    try merged("A.md", document, ours, theirs)
      == ours.replacing("in public.\n", with: "in public.\n\nA1.3 It may adjourn.\n").replacing(
        "effective", with: "draft"))
  let rewrapped = document.replacing("meet\nevery month", with: "meet every\nmonth")
  #expect(try merged("A.md", document, rewrapped, ours) == ours)
  let both = try merge("A.md", document, ours, document.replacing("month", with: "year"))
  #expect(both.conflicts == 1)
  #expect(both.text.contains("\n<<<<<<< HEAD\nA1.2 The Panel shall meet every\nweek.\n=======\n"))
}

@Test func `clauses that both sides add keep the order of their numbers`() throws {
  let one = document.replacing("in public.\n", with: "in public.\n\nA1.3 It may adjourn.\n")
  let two = document.replacing("in public.\n", with: "in public.\n\n(c) by letter.\n")
  #expect(
    try merged("A.md", document, one, two)
      == document.replacing(
        "in public.\n", with: "in public.\n\n(c) by letter.\n\nA1.3 It may adjourn.\n"))
  #expect(
    try merge("A.md", document, one, one.replacing("may adjourn", with: "shall vote")).conflicts
      == 1)
}

@Test func `a paragraph that one side adds to a clause that the other takes out is a conflict`()
  throws
{
  let numbers = try register(
    "{title: D, path: a.md, shape: document, schema: r.json, numbering: s}\n"
      + "numbering: {s: {levels: [A, '1', '.1']}}")
  let base = "A2.1 One.\n\nIt is text.\n\nA2.2 Two.\n"
  let ours = base.replacing("is text", with: "is plain text") + "\nWithout limit.\n"
  let theirs = base.replacing("\nA2.2 Two.\n", with: "").replacing("One", with: "First")
  #expect(try merge("a.md", base, ours, theirs, register: numbers).conflicts > 0)
  #expect(
    try merged("a.md", base, ours, base + "\nA2.3 Three.\n", register: numbers)
      == ours + "\nA2.3 Three.\n")
}

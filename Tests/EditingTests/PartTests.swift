import Editing
import SourceText
import Syntax
import Testing

@Test(arguments: [
  ("a: 1\nb: 2\nc: 3\n", "b", "a: 1\nc: 3\n"),
  ("a: 1\nb: # why\n  - 2\n  - 3\n# on c\nc: 3\n", "b", "a: 1\n# on c\nc: 3\n"),
  ("a: 1\nb: 2", "b", "a: 1"),
  ("a: 1\r\nb: 2\r\n", "b", "a: 1\r\n"),
  ("a:\n  b: 1\nc: 2\n", "a.b", "a: {}\nc: 2\n"),
  ("- a: 1\n  b: 2\n- c\n", "[0].a", "- b: 2\n- c\n"),
  ("- a: 1 # why\n  # on b\n  b: 2\n", "[0].a", "-\n  # on b\n  b: 2\n"),
  ("- - 1\n  - 2\n", "[0][0]", "- - 2\n"),
  ("- 1\n- 2\n- 3\n", "[1]", "- 1\n- 3\n"),
  ("a:\n- 1\n", "a[0]", "a: []\n"),
  ("{a: 1, b: 2, c: 3}\n", "a", "{b: 2, c: 3}\n"),
  ("{a: 1, b: 2, c: 3}\n", "c", "{a: 1, b: 2}\n"),
  ("[a]\n", "[0]", "[]\n"),
  ("[a, b,]\n", "[1]", "[a,]\n"),
  ("[a, # on a\n b, c]\n", "[1]", "[a, # on a\n  c]\n"),
  ("a: >+\n  x\n\nb: 1\nc: 2\n", "b", "a: >+\n  x\n\nc: 2\n"),
  ("a: >-\n  x\n  y\n\n\nb: 1\n", "a", "\n\nb: 1\n"),
  ("a: &x 1\nb: *x\n", "a", "edit/shared"),
  ("a: {c: &x 1}\nb: *x\n", "a", "edit/unsafe"),
  ("a: &x 1\nb: *x\n", "b", "a: &x 1\n"),
  ("? a\n: 1\n? b\n: 2\n", "a", "? b\n: 2\n"),
  ("a: 1\n", "b", "edit/missing"),
])
func `a field or an element is taken out with its line`(
  before: String, path: String, after: String
) throws {
  #expect(try edited(before, remove(path)) == after)
}

@Test(arguments: [
  ("a: 1\nc: 3\n", "a: 1\nb: new\nc: 3\n"),
  ("c: 3\n", "b: new\nc: 3\n"),
  ("a: 1\n", "a: 1\nb: new\n"),
  ("a: 1", "a: 1\nb: new"),
  ("a: >+\n  x\n\nc: 1\n", "a: >+\n  x\n\nb: new\nc: 1\n"),
  ("a: 1 # on a\n\n# on c\nc: 3\n", "a: 1 # on a\nb: new\n\n# on c\nc: 3\n"),
  ("c: 3\na: 1\n", "c: 3\na: 1\nb: new\n"),
  ("a: 1\nx: 9\nc: 3\n", "a: 1\nx: 9\nc: 3\nb: new\n"),
  ("{a: 1, c: 3}\n", "{a: 1, b: new, c: 3}\n"),
  ("{c: 3}\n", "{b: new, c: 3}\n"),
  ("{}\n", "b: new\n"),
  ("{\n  a: 1,\n  c: 3\n}\n", "{\n  a: 1,\n  b: new,\n  c: 3\n}\n"),
  ("\u{FEFF}c: 3\r\n", "\u{FEFF}b: new\r\nc: 3\r\n"),
  ("---\na: 1\n...\n", "---\na: 1\nb: new\n...\n"),
])
func `a new field stands in the order of the schema where the others do`(
  before: String, after: String
) throws {
  #expect(try edited(before, order: ["a", "b", "c"], set("b", "new")) == after)
}

@Test(arguments: [
  ("a:\n  - 1\n  - 2\nb: 1\n", "a[2]", "a:\n  - 1\n  - 2\n  - new\nb: 1\n"),
  ("a:\n- 1\n- 2\nb: 1\n", "a[0]", "a:\n- new\n- 1\n- 2\nb: 1\n"),
  ("a:\n- 1 # one\n- 2\n", "a[1]", "a:\n- 1 # one\n- new\n- 2\n"),
  ("- - 1\n  - 2\n- 3\n", "[0][2]", "- - 1\n  - 2\n  - new\n- 3\n"),
  ("- - 1\n  - 2\n", "[0][0]", "- - new\n  - 1\n  - 2\n"),
  ("a: [1, 2]\n", "a[1]", "a: [1, new, 2]\n"),
  ("a: [1]\n", "a[1]", "a: [1, new]\n"),
  ("a: [1,2]\n", "a[2]", "a: [1,2, new]\n"),
  ("a: []\nb: 1\n", "a[0]", "a:\n  - new\nb: 1\n"),
  ("a:\nb: 1\n", "a[0]", "a:\n  - new\nb: 1\n"),
  ("b:\n- 1\n", "a[0]", "b:\n- 1\na:\n- new\n"),
  ("a: [\n  1,\n  2\n]\n", "a[2]", "a: [\n  1,\n  2,\n  new\n]\n"),
  ("a: 1\n", "a[0]", "edit/missing"),
  ("a: [1]\n", "a[3]", "edit/missing"),
])
func `a new element stands where it is asked for`(
  before: String, path: String, after: String
) throws {
  #expect(try edited(before, insert(path, .text("new"))) == after)
}

@Test func `a new element is written as its neighbours are`() throws {
  let element = try value("{document: S1, lines: 7}")
  #expect(
    try edited("sources:\n  - {document: S0, lines: 1}\n", insert("sources[1]", element))
      == "sources:\n  - {document: S0, lines: 1}\n  - {document: S1, lines: 7}\n")
  #expect(
    try edited("sources:\n  - document: S0\n    lines: 1\n", insert("sources[1]", element))
      == "sources:\n  - document: S0\n    lines: 1\n  - document: S1\n    lines: 7\n")
  let long = (1...30).map { "word\($0)" }.joined(separator: " ")
  let nested = Node.mapping([
    ("date", .text("2017-04-01")), ("text", .text(long)), ("by", .list([.text("A"), .text("B")])),
  ])
  #expect(
    try edited("history:\n  - date: 2017-03-01\n    text: x\nb: 1\n", insert("history[1]", nested))
      == """
      history:
        - date: 2017-03-01
          text: x
        - date: 2017-04-01
          text: >-
            word1 word2 word3 word4 word5 word6 word7 word8 word9 word10 word11 word12 word13 word14
            word15 word16 word17 word18 word19 word20 word21 word22 word23 word24 word25 word26 word27
            word28 word29 word30
          by:
            - A
            - B
      b: 1

      """)
}

@Test func `a list that is set as a whole keeps the text of what it keeps`() throws {
  #expect(
    try edited(
      "a:\n  - 'x' # on x\n  - y\n  - z\n", set("a", try value("[x, z]")))
      == "a:\n  - 'x' # on x\n  - z\n")
  #expect(
    try edited("a: [x, \"y\", z]\n", set("a", try value("[x, y, w, z]"))) == "a: [x, \"y\", w, z]\n"
  )
  #expect(
    try edited(
      "a:\n  b: 'x' # on b\n  c: 1\n", set("a", try value("{b: x, d: 2}")))
      == "a:\n  b: 'x' # on b\n  d: 2\n")
}

@Test func `a list or a mapping takes the place of a text, and a text that of a list`() throws {
  #expect(
    try edited("a: x # why\nb: 1\n", set("a", try value("[p, q]")))
      == "a: # why\n  - p\n  - q\nb: 1\n")
  #expect(
    try edited("a: >-\n  x\n  y\nb: 1\n", set("a", try value("{p: 1, q: {r: 2}}")))
      == "a:\n  p: 1\n  q:\n    r: 2\nb: 1\n")
  #expect(
    try edited("- x\n- y\n", set("[0]", try value("{p: 1, q: 2}"))) == "- p: 1\n  q: 2\n- y\n")
  #expect(try edited("- p: 1\n  q: 2\n- y\n", set("[0]", "x")) == "- x\n- y\n")
  #expect(try edited("{a: x}\n", set("a", try value("{p: [1]}"))) == "{a: {p: [1]}}\n")
}

@Test func `a way that is not there is made`() throws {
  #expect(
    try edited("a: 1\n", set("b.c.d", "new")) == "a: 1\nb:\n  c:\n    d: new\n")
}

@Test func `a refused change leaves the changes before it`() throws {
  var editor = try YAMLEditor(
    .init(path: #require(.init("a.yaml")), text: "a: &x 1\nb: *x\nc: 1\n"))
  try editor.apply(set("c", "new"))
  #expect(throws: EditFailure.self) { try editor.apply(set("a", "new")) }
  #expect(String(decoding: editor.file.bytes, as: UTF8.self) == "a: &x 1\nb: *x\nc: new\n")
}

@Test func `a record of JSON stays JSON`() throws {
  let text = "{\n  \"id\": \"A\",\n  \"n\": [1, 2]\n}\n"
  #expect(
    try edited(
      text, path: "a.json", set("id", "it's \"B\""), insert("n[2]", .number("3")), set("t", "x"))
      == "{\n  \"id\": \"it's \\\"B\\\"\",\n  \"n\": [1, 2, 3],\n  \"t\": \"x\"\n}\n")
}

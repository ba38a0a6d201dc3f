import Diagnostics
import Editing
import SourceText
import Syntax
import Testing

@Test(arguments: [
  // As it was written, and as it is with 'new' in its place.
  ("a: old\nb: 1\n", "a: new\nb: 1\n"),
  ("a:   old   # why\nb: 1\n", "a:   new   # why\nb: 1\n"),
  ("a: 'old'\n", "a: 'new'\n"),
  ("a: \"old\" # why\n", "a: \"new\" # why\n"),
  ("a: >-\n  old\n  text\n\nb: 1\n", "a: >-\n  new\n\nb: 1\n"),
  ("a: |- # why\n    old\n    text\nb: 1\n", "a: |- # why\n    new\nb: 1\n"),
  ("a: >2-\n  old\n", "a: >2-\n  new\n"),
  ("a: |\n  old\n", "a: |-\n  new\n"),
  ("a: |2-\n  old\n\n\n# end\nb: 1\n", "a: |2-\n  new\n\n\n# end\nb: 1\n"),
  ("a: >+\n  old\n\n\nb: 1\n", "a: >-\n  new\nb: 1\n"),
  ("a: |-\n  old\n     \nb: 1\n", "a: |-\n  new\nb: 1\n"),
  ("a: old\n  text that\n  goes on\nb: 1\n", "a: new\nb: 1\n"),
  ("a: 'old\n  text'\nb: 1\n", "a: 'new'\nb: 1\n"),
  ("a:\n  old\nb: 1\n", "a:\n  new\nb: 1\n"),
  ("a:\nb: 1\n", "a: new\nb: 1\n"),
  ("a: # why\nb: 1\n", "a: new # why\nb: 1\n"),
  ("a:", "a: new"),
  ("a: old", "a: new"),
  ("a: ~\n", "a: new\n"),
  ("a: null\n", "a: new\n"),
  ("a: 12\n", "a: new\n"),
  ("a: true\r\nb: 1\r\n", "a: new\r\nb: 1\r\n"),
  ("\u{FEFF}a: old\n", "\u{FEFF}a: new\n"),
  ("---\na: old\n...\n", "---\na: new\n...\n"),
  ("%YAML 1.2\n---\n# head\na: old\n", "%YAML 1.2\n---\n# head\na: new\n"),
  ("\"a\": old\n", "\"a\": new\n"),
  ("'a' :\told\n", "'a' :\tnew\n"),
  ("? a\n: old\n? b\n: 1\n", "? a\n: new\n? b\n: 1\n"),
  ("? a\n? b\n", "edit/unsafe"),
  ("{a: old, b: 1}\n", "{a: new, b: 1}\n"),
  ("{b: 1, a: }\n", "{b: 1, a: new }\n"),
  ("{b: 1, a}\n", "{b: 1, a: new}\n"),
  ("{\"a\":\"old\"}\n", "{\"a\":\"new\"}\n"),
  ("a: &x old\nb: 1\n", "a: &x new\nb: 1\n"),
  ("a: &x\nb: 1\n", "a: &x new\nb: 1\n"),
  ("a: !!str 12\n", "a: !!str new\n"),
  ("b: &x old\na: *x\nc: *x\n", "b: &x old\na: new\nc: *x\n"),
  ("a: &x old\nb: *x\n", "edit/shared"),
  ("a: []\n", "a: new\n"),
  ("a: {b: 1} # why\n", "a: new # why\n"),
  ("a:\n- 1\n- 2\nb: 1\n", "a: new\nb: 1\n"),
  ("a: # why\n  b: 1\n  c: 2\nd: 1\n", "a: new # why\nd: 1\n"),
  ("a: [old\n", "edit/unreadable"),
])
func `one value changes, and nothing else`(before: String, after: String) throws {
  #expect(try edited(before, set("a", "new")) == after)
}

@Test(arguments: [
  ("- old\n- b\n", "[0]", "- new\n- b\n"),
  ("- - old\n  - b\n", "[0][0]", "- - new\n  - b\n"),
  ("- - a\n  - old # why\n- c\n", "[0][1]", "- - a\n  - new # why\n- c\n"),
  ("-\n- b\n", "[0]", "- new\n- b\n"),
  ("- id: 1\n  a: old\n  b: 2\n", "[0].a", "- id: 1\n  a: new\n  b: 2\n"),
  ("- {id: 1, a: old}\n- {id: 2, a: b}\n", "[0].a", "- {id: 1, a: new}\n- {id: 2, a: b}\n"),
  ("a:\n- b: >-\n    old\n    text\n- c\n", "a[0].b", "a:\n- b: >-\n    new\n- c\n"),
  ("a: [x,\n    old, # why\n    y]\n", "a[1]", "a: [x,\n    new, # why\n    y]\n"),
  ("a: [b: old]\n", "a[0].b", "a: [b: new]\n"),
  ("a: &x {b: old}\nc: *x\n", "a.b", "edit/shared"),
  ("a: &x {b: old}\nc: *x\n", "c.b", "edit/shared"),
  ("a: {b: old}\n", "a.b.c", "edit/missing"),
  ("a: [old]\n", "a[1]", "edit/missing"),
  ("a: [old]\n", "a.b", "edit/missing"),
])
func `a value is found by its way`(before: String, path: String, after: String) throws {
  #expect(try edited(before, set(path, "new")) == after)
}

@Test(arguments: [
  ("yes", "'yes'"), ("NO", "'NO'"), ("null", "'null'"), ("~", "'~'"), ("12", "'12'"),
  ("5.10", "'5.10'"), ("1e5", "'1e5'"), ("0x1F", "'0x1F'"), ("012", "'012'"), ("1_000", "'1_000'"),
  ("12:30:00", "'12:30:00'"), (".5", "'.5'"), ("2017-03-10", "'2017-03-10'"),
  ("2017-03-10T09:00:00Z", "'2017-03-10T09:00:00Z'"), ("721-725", "721-725"), ("R1.3", "R1.3"),
  ("1.2.3", "1.2.3"), ("SECP39#24", "SECP39#24"), ("Risk #26", "'Risk #26'"), ("#26", "'#26'"),
  ("a: b", "'a: b'"), ("a:b", "a:b"), ("a:", "'a:'"), ("- a", "'- a'"), ("-a", "-a"),
  ("-", "'-'"), ("? a", "'? a'"), ("*a", "'*a'"), ("&a", "'&a'"), ("!a", "'!a'"), ("%a", "'%a'"),
  ("@a", "'@a'"), ("`a`", "'`a`'"), ("[a", "'[a'"), ("{a}", "'{a}'"), ("a, b", "a, b"),
  ("it's", "it's"), ("'a'", "'''a'''"), ("\"a\"", "'\"a\"'"), ("<<", "'<<'"), ("=", "'='"),
  (" a", "' a'"), ("a ", "'a '"), ("", "''"), ("a\tb", "'a\tb'"), ("--- a", "'--- a'"),
  ("caf\u{E9} \u{1F600}", "caf\u{E9} \u{1F600}"), ("a\u{2028}b", "\"a\\Lb\""),
  ("a\u{85}b", "\"a\\Nb\""),
  ("a\nb", "|-\n  a\n  b"), ("a\n\n b\n", "|\n  a\n\n   b"), (" a\nb", "|2-\n   a\n  b"),
  ("\n", "\"\\n\""), ("a\n\n", "|+\n  a\n"), ("| a", "'| a'"), ("> a", "'> a'"),
  ("a\u{7}b", "edit/character"), ("a\rb", "edit/character"), ("a\0b", "edit/character"),
])
func `a text stays a text`(text: String, written: String) throws {
  let result = try edited("a: old\nb: 1\n", set("a", text))
  #expect(result == (written.hasPrefix("edit/") ? written : "a: \(written)\nb: 1\n"))
}

@Test(arguments: [
  ("a, b", "'a, b'"), ("http://a?b", "http://a?b"), ("a]", "'a]'"), ("a\nb", "\"a\\nb\""),
  ("a b", "a b"),
])
func `between brackets more is quoted`(text: String, written: String) throws {
  #expect(try edited("[x, y]\n", set("[0]", text)) == "[\(written), y]\n")
}

@Test func `a day stays without quotes where days have none`() throws {
  #expect(
    try edited("a: 2017-03-10\nb: x\n", set("a", "2017-03-11"), set("b", "2017-03-12"))
      == "a: 2017-03-11\nb: 2017-03-12\n")
  #expect(try edited("a: '2017-03-10'\n", set("a", "2017-03-11")) == "a: '2017-03-11'\n")
}

@Test func `numbers and truth values are written as such`() throws {
  #expect(
    try edited(
      "a: 1\nb: 'x'\nc: x\n", set("a", .number("2.50")), set("b", .bool(true)), set("c", .null))
      == "a: 2.50\nb: true\nc: null\n")
}

@Test func `a folded text is broken at the width of the file`() throws {
  let words = (1...40).map { "word\($0)" }.joined(separator: " ")
  let text = try edited("a: >-\n  old\n", set("a", words))
  #expect(text.split(separator: "\n").map(\.count).max() ?? 0 <= 96)
  #expect(try edited(text, set("a", "old")) == "a: >-\n  old\n")
  let narrow = "b: >-\n  aaaaaaaa bbbbbbbb\n  cccccccc dddddddd\na: >-\n  old\n"
  #expect(
    try edited(narrow, set("a", "aaaaaaaa bbbbbbbb cccccccc"))
      == "b: >-\n  aaaaaaaa bbbbbbbb\n  cccccccc dddddddd\na: >-\n  aaaaaaaa bbbbbbbb\n  cccccccc\n"
  )
}

@Test func `lines before and behind the changed words stay as they were broken`() throws {
  let text = "a: >-\n  One\n  two three\n  four.\n\n  Second\n  paragraph.\n"
  #expect(
    try edited(text, set("a", "One two thirty four.\nSecond paragraph."))
      == "a: >-\n  One\n  two thirty\n  four.\n\n  Second\n  paragraph.\n")
  #expect(
    try edited(text, set("a", "One two three four.\nSecond short paragraph."))
      == "a: >-\n  One\n  two three\n  four.\n\n  Second short\n  paragraph.\n")
}

@Test func `a folded text keeps paragraphs, indented lines and the breaks at its end`() throws {
  for text in [
    "a\nb", "a\n\nb", "a\n\n\nb\n", "a\n  b\nc", "a\n\n  b\n\nc", "\na", "a\n\n\n", "  a\nb",
    "a\n b\n c\nd",
    "a  b", "a \tb",
  ] {
    let result = try edited("k: >-\n  old text\nl: 1\n", set("k", text))
    #expect(result.hasPrefix("k: >"), "\(text.debugDescription)")
    #expect(try value(result)["k"]?.text == text)
  }
}

@Test func `a text that is too long for its line is folded`() throws {
  let words = (1...40).map { "word\($0)" }.joined(separator: " ")
  let folded = try edited("a: old # why\nb: 1\n", set("a", words))
  #expect(folded.hasPrefix("a: >- # why\n  word1 word2 "))
  #expect(folded.hasSuffix("word40\nb: 1\n"))
  // A little beyond is no reason.
  let longer = (1...17).map { "word\($0)" }.joined(separator: " ")
  #expect(try edited("a: old\n", set("a", longer)) == "a: \(longer)\n")
}

@Test func `a plain text of several lines stays one`() throws {
  #expect(
    try edited("a: one two\n   three four\nb: 1\n", set("a", "one two three five"))
      == "a: one two\n   three five\nb: 1\n")
  #expect(
    try edited("a: 'one two\n  three'\n", set("a", "one 2 three")) == "a: 'one 2\n  three'\n")
}

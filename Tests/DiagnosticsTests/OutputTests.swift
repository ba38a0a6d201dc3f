import Diagnostics
import Testing

@Test func `only the program colours a text, and a name stays on its line`() {
  let name = "x\u{1B}[2J\ny"
  let painted: PaintedText = "is \(PaintedText(name).painted("31")): \(name)\n"
  #expect(painted.text == "is \u{1B}[31mx<U+001B>[2J\ny\u{1B}[0m: x<U+001B>[2J<U+000A>y\n")
}

@Test func `a cell of CSV is no formula for a spreadsheet`() {
  let table = TextTable(
    header: ["id", "text"],
    rows: [
      ["=1+1", "@SUM(A1)"], ["-5", "+44 20 7946 0000"], ["-5+cmd|' /C calc'!A0", "\t=1"],
      ["a,b", "\u{1B}[2J"], ["＝1", "1-2"],
    ])
  #expect(
    table.csv == """
      id,text
      '=1+1,'@SUM(A1)
      -5,'+44 20 7946 0000
      '-5+cmd|' /C calc'!A0,'\t=1
      "a,b",<U+001B>[2J
      '＝1,1-2

      """)
}

@Test func `a cell of Markdown ends no cell, and means what it says`() {
  let table = TextTable(
    header: ["id"], rows: [["a|b\\|c"], ["<img src=x> [x](javascript:y)\n`z`"]])
  #expect(
    table.markdown == """
      | id |
      |---|
      | a\\|b\\\\\\|c |
      | \\<img src=x\\> \\[x\\](javascript:y) \\`z\\` |

      """)
}

@Test func `a table for people lines up where a cell has hidden signs`() {
  let table = TextTable(header: ["id", "x"], rows: [["a\u{202E}", "1"]])
  #expect(table.text(width: nil) == "id         x\n---------  -\na<U+202E>  1\n")
}

@Test func `JSON escapes what could steer a terminal`() {
  #expect(JSONText.string("a\u{1B}\u{202E}\u{10FFFF}é").text == #""a\u001b\u202e\udbff\udfffé""#)
}

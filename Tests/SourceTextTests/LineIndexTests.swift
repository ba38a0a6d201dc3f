import RegistrarTestSupport
import SourceText
import Testing

private func position(_ text: String, _ offset: Int) -> [Int] {
  let position = LineIndex(MarkedText(text).file("a.yaml")).position(at: offset)
  return [position.line, position.column]
}

@Test func `columns count Unicode scalars`() {
  #expect(position("é: ’x", 8) == [1, 6])
}

@Test(arguments: ["a\nb", "a\r\nb", "a\rb"])
func `a line ends with LF, CRLF or CR`(_ text: String) {
  #expect(position(text, text.utf8.count) == [2, 2])
}

@Test func `a byte order mark has no column`() {
  #expect(position("\u{FEFF}id: 1", 3) == [1, 1])
}

@Test func `an offset beyond the end stands for the end`() {
  #expect(position("ab\n", 99) == [2, 1])
}

@Test func `every offset lies on the line that it is said to lie on`() {
  let file = MarkedText("first\r\nsecond ’line’\n\nlast").file("a.md")
  let lines = LineIndex(file)
  for offset in 0...file.bytes.count {
    let position = lines.position(at: offset)
    let range = lines.offsets(ofLine: position.line)
    #expect(offset >= range.lowerBound)
    if position.line < lines.count {
      #expect(offset < lines.offsets(ofLine: position.line + 1).lowerBound)
    }
  }
  #expect(lines.count == 4)
}

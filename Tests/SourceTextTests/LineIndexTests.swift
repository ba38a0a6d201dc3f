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

@Test func `columns of a line of many blocks count Unicode scalars`() {
  let text = String(repeating: "a’é😀", count: 400)
  let lines = LineIndex(SourceFile(path: MarkedText("").file("a.md").path, text: "x\n" + text))
  var offset = 2
  for (column, scalar) in text.unicodeScalars.enumerated() {
    #expect(lines.position(at: offset) == LineColumn(line: 2, column: column + 1))
    offset += String(scalar).utf8.count
  }
}

@Test(arguments: [
  ("12", 12), ("-999999999999999", -999_999_999_999_999), ("1000000000000000", nil),
  ("9223372036854775807", nil), ("00000000000000000000012", nil), ("x", nil),
])
func `a number of a file has fifteen digits at the most`(_ text: String, _ value: Int?) {
  #expect(Int(bounded: text) == value)
}

import Diagnostics
import RegistrarTestSupport
import SourceText
import Syntax
import Testing

private func findings(_ marked: MarkedText) -> [Finding] {
  var report = Report()
  _ = JSONReader.tree(of: marked.file("a.json"), into: &report)
  return report.findings
}

@Test(arguments: [
  ("[]", "[]"), ("{}", "{}"), (" [ 1 , 2 ] ", "[1, 2]"), ("\"\"", "''"),
  ("{\"a\":{\"b\":[true,false,null]}}", "{a: {b: [true, false, null]}}"),
  ("\"\\u0061\\ud83d\\udc32\\n\\/\"", "'a🐲\n/'"), ("-0.5E+10", "-0.5E+10"),
  ("123456789012345678901234567890", "123456789012345678901234567890"), ("[[[]]]", "[[[]]]"),
  ("\u{FEFF}1", "1"), ("[\"a\",{\"k\":[]},3]", "['a', {k: []}, 3]"), ("\"\u{7F}\"", "'\u{7F}'"),
])
func `JSON is read as RFC 8259 writes it`(_ text: String, _ value: String) throws {
  var report = Report()
  let tree = JSONReader.tree(of: MarkedText(text).file("a.json"), into: &report)
  #expect(report.findings == [])
  #expect(describe(try #require(tree?.root)) == value)
}

private let faults: [(Diagnostic.Code, String)] = [
  (.emptyJSON, " 1️⃣2️⃣"),
  (.extraJSON, "{} 1️⃣{2️⃣}"),
  (.trailingComma, "[11️⃣,2️⃣]"),
  (.trailingComma, "{\"a\":11️⃣,2️⃣}"),
  (.unclosedJSON, "1️⃣[2️⃣1, 2"),
  (.unclosedJSON, "{\"a\": 1️⃣{2️⃣"),
  (.unexpectedJSON, "[1 1️⃣22️⃣]"),
  (.unexpectedJSON, "{1️⃣a2️⃣: 1}"),
  (.unexpectedJSON, "{\"a\" 1️⃣12️⃣}"),
  (.unexpectedJSON, "[1️⃣'2️⃣a']"),
  (.unexpectedJSON, "[1️⃣/2️⃣/ x\n1]"),
  (.unexpectedJSON, "[1️⃣NaN2️⃣]"),
  (.unexpectedJSON, "[1️⃣True2️⃣]"),
  (.badJSONNumber, "[1️⃣0122️⃣]"),
  (.badJSONNumber, "[1️⃣1.2️⃣]"),
  (.badJSONNumber, "[1️⃣1e+2️⃣]"),
  (.badJSONNumber, "[1️⃣+2️⃣1]"),
  (.badJSONNumber, "[1️⃣.2️⃣5]"),
  (.badJSONNumber, "[1️⃣-]2️⃣"),
  (.badJSONEscape, "[\"1️⃣\\x2️⃣\"]"),
  (.badJSONEscape, "[\"1️⃣\\ud8342️⃣\"]"),
  (.badJSONEscape, "[\"1️⃣\\u12️⃣g34\"]"),
  (.unclosedString, "[1️⃣\"2️⃣abc]"),
  (.rawControl, "[\"a1️⃣\t2️⃣b\"]"),
  (.duplicateJSONKey, "{\"a\": 1, 1️⃣\"\\u0061\"2️⃣: 2}"),
]

@Test(arguments: faults.indices)
func `a fault of JSON is named where it stands`(_ index: Int) {
  let (code, text) = faults[index]
  let marked = MarkedText(text)
  #expect(findings(marked) == [Finding(code, marked.offsets(1, 2))])
}

@Test func `ten thousand levels of JSON end at the bound`() {
  let text = String(repeating: "[", count: 10_000)
  #expect(findings(MarkedText(text)) == [Finding(.tooDeep, 128..<129)])
}

@Test func `a text without escapes is not copied`() throws {
  let marked = MarkedText("{\"k\": \"1️⃣plain2️⃣\"}")
  var report = Report()
  let tree = try #require(JSONReader.tree(of: marked.file("a.json"), into: &report))
  #expect(tree.values.isEmpty)
  #expect(tree.root?["k"]?.text == "plain")
}

import Diagnostics
import RegistrarTestSupport
import SourceText
import Syntax
import Testing

private func findings(_ marked: MarkedText, _ limits: SyntaxLimits = .init()) -> [Finding] {
  var report = Report()
  _ = YAMLReader.tree(of: marked.file("a.yaml"), limits: limits, into: &report)
  return report.findings
}

/// Bad inputs with the place that is to blame between the marks 1 and 2.
private let faults: [(Diagnostic.Code, String)] = [
  (.leadingZero, "n: 1️⃣0122️⃣\n"),
  (.leadingZero, "n: 1️⃣-0072️⃣\n"),
  (.notFinite, "n: 1️⃣.inf2️⃣\n"),
  (.notFinite, "n: 1️⃣-.INF2️⃣\n"),
  (.notFinite, "n: 1️⃣.nan2️⃣\n"),
  (.duplicateYAMLKey, "a: 1\nb: 2\n1️⃣a2️⃣: 3\n"),
  (.duplicateYAMLKey, "{a: 1, 1️⃣\"a\"2️⃣: 2}\n"),
  (.severalDocuments, "a: 1\n1️⃣---2️⃣\nb: 2\n"),
  (.yamlVersion, "1️⃣%YAML 1.1\n---2️⃣\na: 1\n"),
  (.emptyYAML, "1️⃣2️⃣# only a comment\n"),
  (.emptyYAML, "1️⃣2️⃣"),
  (.complexKey, "? 1️⃣[2️⃣a]\n: 1\n"),
  (.mergeKey, "a: &x {b: 1}\nc:\n  1️⃣<<2️⃣: *x\n"),
  (.emptyKey, "?1️⃣2️⃣\n: text\n"),
  (.undefinedAlias, "a: 1️⃣*nobody2️⃣\n"),
  (.recursiveAlias, "a: &x [1️⃣*x2️⃣]\n"),
  (.unknownTag, "a: 1️⃣!secret2️⃣ x\n"),
  (.tab, "a:\n1️⃣\t2️⃣b: 1\n"),
  (.colonInText, "title: Decision1️⃣:2️⃣ approved\n"),
  (.unclosedQuote, "a: 1️⃣\"2️⃣text\nb: 1\n"),
  (.unclosedQuote, "a: 1️⃣'2️⃣text\n"),
  (.unclosedBracket, "a: 1️⃣[2️⃣1, 2\nb: 3\n"),
  (.unclosedBracket, "a: 1️⃣{2️⃣b: 1\n"),
  (.missingColon, "1️⃣o2️⃣wner SECAS\nstatus: open\n"),
  (.badIndentation, "a: 1\n 1️⃣b2️⃣: 2\n"),
  (.missingDash, "- a\n1️⃣b2️⃣: 1\n"),
  (.badIndicator, "a: 1️⃣@2️⃣example\n"),
  (.badIndicator, "a: 1️⃣`2️⃣code\n"),
  (.hiddenNumber, "a: Risk 1️⃣#262️⃣\nb: 1 #2\nc: d # 3\n"),
  (.hiddenText, "a: see Risk 1️⃣#262️⃣\nb: see it  # here\n"),
  (.hiddenText, "a: see Risk 1️⃣# 26 and2️⃣\n"),
  (.hiddenText, "a: see\n  Risk 1️⃣#262️⃣\n  and more\n"),
  (.missingComma, "- {a: 1 1️⃣b2️⃣: 2}\n"),
  (.missingComma, "- {a: x y 1️⃣b2️⃣: 2}\n"),
  (.missingComma, "- {a: \"x\" 1️⃣b2️⃣: 2}\n"),
  (.missingComma, "- {a: x1️⃣;2️⃣ b: 2}\n"),
  (.missingDash, "- {a: 1}\n1️⃣{2️⃣a: 2}\n"),
  (.textAfterValue, "# none\n1️⃣[]2️⃣\n- a: 1\n"),
  (.lineSeparator, "a: é1️⃣\u{2028}2️⃣b\n"),
  (.lineSeparator, "a: |\n  x1️⃣\u{85}2️⃣y\n"),
  (.textAfterValue, "id: P\ntitle: 1️⃣[2️⃣Draft] The title\n"),
  (.textAfterValue, "id: P\ntitle: 1️⃣{2️⃣Draft} the title\n"),
  (.textAfterValue, "id: P\ntitle: \"Quoted1️⃣\"2️⃣ words first\n"),
  (.textAfterValue, "id: P\ntitle: 'it1️⃣'2️⃣s here'\n"),
  (.textAfterValue, "- a\n- 1️⃣[2️⃣Draft] b\n"),
  (.badIndicator, "id: P\ntitle: 1️⃣-2️⃣ and so on\n"),
  (.badIndicator, "id: P\ntitle: 1️⃣>2️⃣ 5 of them\n"),
  (.missingSpace, "id: P\ntitle1️⃣:2️⃣no space\n"),
  (.missingSpace, "id:P\ntitle1️⃣:2️⃣no space\nn: 1\n"),
  (.missingSpace, "id: P\nref1️⃣:\u{A0}2️⃣R1\n"),
  (.missingSpace, "id: P\ntags:\n1️⃣-2️⃣a\n-b\n"),
  (.badEscape, "a: \"C:1️⃣\\2️⃣data\"\n"),
]

@Test(arguments: faults.indices)
func `a fault of YAML is named where it stands`(_ index: Int) {
  let (code, text) = faults[index]
  let marked = MarkedText(text)
  #expect(findings(marked).contains(Finding(code, marked.offsets(1, 2))), "\(findings(marked))")
  #expect(findings(marked).count == 1)
}

@Test func `bytes that are not UTF-8 are named at the first of them`() throws {
  let path = try #require(RepoPath("a.yaml"))
  var report = Report()
  let file = SourceFile(path: path, bytes: Array("a: caf".utf8) + [0xE9, 0x0A])
  #expect(YAMLReader.tree(of: file, into: &report) == nil)
  #expect(report.findings == [Finding(.badUTF8, 6..<7)])
}

@Test(arguments: [[0xFF, 0xFE, 0x61, 0], [0xFE, 0xFF, 0, 0x61], [0x61, 0, 0x3A, 0]])
func `UTF-16 is told by name`(_ bytes: [UInt8]) throws {
  let path = try #require(RepoPath("a.yaml"))
  var report = Report()
  #expect(YAMLReader.tree(of: SourceFile(path: path, bytes: bytes), into: &report) == nil)
  #expect(report.findings == [Finding(.wrongEncoding, 0..<0)])
}

@Test func `a control character is told where it stands`() {
  #expect(findings(MarkedText("a: x\u{1}y")) == [Finding(.controlCharacter, 4..<5)])
}

@Test func `ten thousand levels end at the bound`() {
  let text = String(repeating: "[", count: 10_000)
  #expect(findings(MarkedText(text)) == [Finding(.tooDeep, 128..<129)])
  let indented = (0..<2000).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
  #expect(findings(MarkedText(indented)).map(\.code) == ["syntax/too-deep"])
}

@Test func `a billion laughs end at the bound`() {
  var text = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
  for level in 1...9 {
    let list = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
    text += "a\(level): &a\(level) [\(list)]\n"
  }
  #expect(findings(MarkedText(text)).map(\.code) == ["yaml/too-many-aliases"])
}

@Test func `size and number of values have bounds`() {
  #expect(
    findings(MarkedText("a: 12345"), SyntaxLimits(bytes: 4)).map(\.code) == ["syntax/too-large"])
  #expect(
    findings(MarkedText("[1, 2, 3, 4]"), SyntaxLimits(nodes: 3)).map(\.code)
      == ["syntax/too-many-values"])
}

@Test func `a mapping of very many keys is searched for doubles in linear time`() {
  let lines = (0..<50_000).map { "k\($0): 1\n" }.joined()
  #expect(findings(MarkedText(lines + "k7: 2\n")).map(\.code) == ["yaml/duplicate-key"])
}

private let remedies: [(yaml: String, help: String)] = [
  ("a: 1\nt: [Draft] The title\n", "Put the whole text in quotes: '[Draft] The title'"),
  ("a: 1\nt: \"Quoted\" words first\n", "Put the whole text in quotes: '\"Quoted\" words first'"),
  ("a: 1\nt: 'it's here'\n", "Put the whole text in quotes: \"it's here\""),
  ("a: 1\nt: {D} \"it's\"\n", "Put the whole text in quotes: '{D} \"it''s\"'"),
  ("a: 1\nt: - and so on\n", "Put the whole text in quotes: '- and so on'"),
  ("a: 1\nt:no space\n", "Write 't: no space'"),
  ("a: 1\nt:\n-a\n-b\n", "Write '- a'"),
  ("a: \"SECAS\u{201D}\n", "The line ends in '\u{201D}' (U+201D), which is another sign: write \""),
]

@Test(arguments: remedies.indices)
func `the remedy for a slip of YAML is what can be written`(_ index: Int) throws {
  var report = Report()
  let path = try #require(RepoPath("a.yaml"))
  _ = YAMLReader.tree(of: SourceFile(path: path, text: remedies[index].yaml), into: &report)
  #expect(report.diagnostics.map(\.help) == [remedies[index].help])
  // What stands in quotes reads as the text that was meant.
  guard let quoted = remedies[index].help.firstRange(of: "in quotes: ") else { return }
  let text = "a: " + remedies[index].help[quoted.upperBound...] + "\n"
  var none = Report()
  let tree = YAMLReader.tree(of: SourceFile(path: path, text: text), into: &none)
  #expect(none.isEmpty && tree?.root?["a"]?.kind == .string)
}

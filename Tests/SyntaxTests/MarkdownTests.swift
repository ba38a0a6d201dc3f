import Diagnostics
import RegistrarTestSupport
import SourceText
import Syntax
import Testing

private func read(_ marked: MarkedText, requiresHead: Bool = true) -> (MarkdownDocument?, Report) {
  var report = Report()
  let document = MarkdownReader.document(
    of: marked.file("a.md"), requiresHead: requiresHead, into: &report)
  return (document, report)
}

@Test func `a document is a head and blocks with their places`() throws {
  let marked = MarkedText(
    """
    ---
    id: DP083-PS
    ---

    1️⃣# Title2️⃣

    3️⃣Über text
    on two lines.4️⃣

    - 5️⃣one6️⃣

    7️⃣| a | b |
    |---|---|
    | 1 | 2 |8️⃣

    """)
  let (document, report) = read(marked)
  #expect(report.findings == [])
  let found = try #require(document)
  #expect(found.head?.root?["id"]?.text == "DP083-PS")
  func range(_ kind: MarkdownBlock.Kind) -> Range<Int>? {
    found.blocks.first { $0.kind == kind }?.range
  }
  #expect(range(.heading(level: 1)) == marked.offsets(1, 2))
  #expect(range(.paragraph) == marked.offsets(3, 4))
  #expect(range(.table) == marked.offsets(7, 8))
  #expect(found.blocks.contains { $0.kind == .paragraph && $0.range == marked.offsets(5, 6) })
  #expect(found.blocks.filter { $0.kind == .cell }.map { found.text(of: $0) }.count == 4)
}

private let faults: [(Diagnostic.Code, String)] = [
  (.missingHead, "1️⃣2️⃣# Title\n"),
  (.unclosedHead, "1️⃣---2️⃣\nid: x\n\ntext\n"),
  (.badHead, "---\n1️⃣- a2️⃣\n---\ntext\n"),
  (.unclosedQuote, "---\nid: 1️⃣\"2️⃣x\n---\ntext \" here\n"),
]

@Test(arguments: faults.indices)
func `a fault of a document's head is named where it stands`(_ index: Int) {
  let (code, text) = faults[index]
  let marked = MarkedText(text)
  #expect(read(marked).1.findings == [Finding(code, marked.offsets(1, 2))])
}

@Test func `a file that needs no head may lack it`() {
  let (document, report) = read(MarkedText("text\n"), requiresHead: false)
  #expect(report.isEmpty)
  #expect(document?.blocks.map(\.kind) == [.paragraph])
}

@Test func `ten thousand quotes in quotes end at the bound`() {
  let text = "---\nid: x\n---\n" + String(repeating: ">", count: 10_000) + " x\n"
  #expect(read(MarkedText(text)).1.findings.map(\.code) == ["syntax/too-deep"])
}

@Test(arguments: [
  String(repeating: "- ", count: 40_000) + "x", String(repeating: "1. ", count: 40_000) + "x",
  String(repeating: "> * 2) ", count: 10_000) + "x",
  (0..<400).map { String(repeating: "  ", count: $0) + "- x\n" }.joined()
    + String(repeating: "\n", count: 100_000),
])
func `lists in lists end at the bound`(_ text: String) {
  #expect(
    read(MarkedText("---\nid: x\n---\n" + text + "\n")).1.findings.map(\.code) == [
      "syntax/too-deep"
    ])
}

@Test func `a rule across the page of many signs is no list`() {
  let text = "---\nid: x\n---\n> " + String(repeating: "- ", count: 500) + "\n\n----\n"
  let (document, report) = read(MarkedText(text))
  #expect(report.isEmpty && document?.blocks.map(\.kind) == [.quote, .rule, .rule])
}

@Test(arguments: [
  String(repeating: "|a", count: 16_000) + "|\n" + String(repeating: "|-", count: 16_000) + "|\n",
  "|a|\n|-|\n" + String(repeating: "|b", count: 40_000) + "|\n",
  String(repeating: "|a", count: 250) + "|\n" + String(repeating: "|-", count: 250) + "|\n"
    + String(repeating: "|\n", count: 20_000),
])
func `a table of a document has bounds`(_ text: String) {
  #expect(
    read(MarkedText("---\nid: x\n---\n" + text + "\n")).1.findings.map(\.code)
      == ["syntax/too-many-values"])
}

@Test func `as wide as the bound a table is read, and what is no table has none`() {
  let row = String(repeating: "|a", count: 256) + "|\n"
  let text =
    "---\nid: x\n---\n" + row + row.replacing("a", with: "-") + row + "\n    "
    + String(repeating: "|", count: 300) + "\n"
  let (document, report) = read(MarkedText(text))
  #expect(report.isEmpty && document?.blocks.count { $0.kind == .cell } == 512)
}

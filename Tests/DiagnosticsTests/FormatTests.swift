import Diagnostics
import RegistrarTestSupport
import SourceText
import Testing

private let risk = MarkedText(
  "id: SECP-R1\nstatement: Größe der ’Störung’\nimpact: 1️⃣72️⃣\n3️⃣serverity4️⃣: 12\n5️⃣")
private let other = MarkedText("id: 1️⃣SECP-R12️⃣\n")

private func report() -> Report {
  let (file, second) = (
    risk.file("registers/risks/SECP-R1.yaml"), other.file("registers/b <&>.yaml")
  )
  var report = Report()
  report.warning(
    "field/unknown", "the field 'serverity' is not known here",
    at: SourceRange(file.path, risk.offsets(3, 4)), help: "Did you mean 'severity'?")
  report.error(
    "value/out-of-range", "the number 7 must be at most 5",
    at: SourceRange(file.path, risk.offsets(1, 2)),
    related: [.init("in what begins here", at: SourceRange(file.path, 0..<0))])
  report.error(
    "record/duplicate-id", "the id 'SECP-R1' is already taken, 100 %: \"really\"\u{1B}[31m",
    at: SourceRange(second.path, other.offsets(1, 2)),
    related: [.init("first used here", at: SourceRange(file.path, 4..<11))],
    help: "Give one of the two records another id")
  return report
}

private func context(usesColour: Bool = false) -> ReportContext {
  let files = [risk.file("registers/risks/SECP-R1.yaml"), other.file("registers/b <&>.yaml")]
  return ReportContext(
    tool: "registrar", version: "1.0", source: { path, _ in files.first { $0.path == path } },
    explanation: { code in
      Explanation(code, what: "What.", why: "Why.", mend: "Mend.", bad: "bad", good: "good")
    },
    checked: files.map(\.path), usesColour: usesColour)
}

@Test(arguments: ReportFormat.allCases)
func `a format tells findings as its golden file has them`(_ format: ReportFormat) {
  expectGolden(report().text(as: format, in: context()), "report.\(format.rawValue)")
}

@Test(arguments: ReportFormat.allCases)
func `no format lets control characters of a message through`(_ format: ReportFormat) {
  let text = report().text(as: format, in: context())
  #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
}

@Test(arguments: ReportFormat.allCases)
func `the order in which findings were made does not show`(_ format: ReportFormat) {
  var reversed = Report()
  for diagnostic in report().diagnostics.reversed() { reversed.add(diagnostic) }
  #expect(
    reversed.text(as: format, in: context()) == report().text(as: format, in: context()))
}

@Test func `colours appear only where they are asked for`() {
  let escape = "\u{1B}[1;31m"
  #expect(report().text(as: .full, in: context(usesColour: true)).contains(escape))
  #expect(!report().text(as: .full, in: context()).contains("\u{1B}"))
}

@Test func `the same finding is told once`() throws {
  let path = try #require(RepoPath("a"))
  var report = Report()
  for _ in 0..<2 { report.error("a/b", "same", at: .file(path)) }
  #expect(report.sorted.count == 1)
}

@Test func `a long line is cut around its mark`() throws {
  let marked = MarkedText(
    String(repeating: "x", count: 500) + "1️⃣y2️⃣" + String(repeating: "z", count: 500))
  let file = marked.file("a.md")
  var report = Report()
  report.error("a/b", "here", at: SourceRange(file.path, marked.offsets(1, 2)))
  let text = report.text(
    as: .full,
    in: ReportContext(tool: "t", version: "1", source: { _, _ in file }))
  let lines = text.split(separator: "\n").map(String.init)
  #expect(lines.allSatisfy { $0.count < 130 })
  let mark = try #require(lines.first { $0.contains("^") })
  let line = try #require(lines.first { $0.contains("xy") })
  #expect(
    mark.distance(from: mark.startIndex, to: try #require(mark.firstIndex(of: "^")))
      == line.distance(from: line.startIndex, to: try #require(line.firstIndex(of: "y"))))
}

@Test func `fifty thousand findings in one file take linear time`() throws {
  let file = MarkedText(String(repeating: "key: value\n", count: 50_000)).file("a.yaml")
  var report = Report()
  for line in 0..<50_000 {
    report.error("a/b", "here", at: SourceRange(file.path, (line * 11)..<(line * 11 + 3)))
  }
  let text = report.text(
    as: .github, in: ReportContext(tool: "t", version: "1", source: { _, _ in file }))
  #expect(text.contains("file=a.yaml,line=50000,") && text.hasSuffix("::here\n"))
}

@Test(arguments: [("serverity", "severity"), ("Impact", "impact"), ("likelyhood", "likelihood")])
func `a near word is suggested`(_ written: String, _ meant: String) {
  #expect(nearest(to: written, among: ["id", "impact", "likelihood", "severity"]) == meant)
}

@Test func `a far word is not suggested`() {
  #expect(nearest(to: "mitigation", among: ["id", "impact"]) == nil)
}

@Test func `a table gives way in its widest column`() {
  let table = TextTable(
    header: ["id", "text"], rows: [["SECP-R1", "a very long text that does not fit at all"]])
  #expect(
    table.text(width: 30)
      == "id       text\n-------  ---------------------\nSECP-R1  a very long text tha…\n")
  #expect(table.text(width: nil).contains("fit at all"))
}

@Test func `a count has its plural`() {
  #expect(Count(1, "error").description == "1 error")
  #expect(Count(0, "error").description == "0 errors")
  #expect(Count(2, "entry", plural: "entries").description == "2 entries")
}

@Test func `people are told the first of many findings of a kind in a file, and programs all`()
  throws
{
  let path = try #require(RepoPath("registers/a.yaml"))
  var report = Report()
  for offset in 0..<50_000 {
    report.error("value/type", "no", at: SourceRange(path, offset..<(offset + 1)))
  }
  report.error("value/other", "the last", at: SourceRange(path, 0..<1))
  let file = SourceFile(path: path, text: String(repeating: "x\n", count: 25_000))
  let context = ReportContext(tool: "t", version: "1", source: { _, _ in file })
  let text = report.text(as: .concise, in: context)
  #expect(text.split(separator: "\n").count == 102)
  #expect(text.contains("value/other"))
  let more =
    "registers/a.yaml: … and 49900 more findings of value/type in this file; see all with: --format json\n"
  #expect(text.hasSuffix(more) && report.text(as: .full, in: context).hasSuffix("\n" + more))
  #expect(report.text(as: .github, in: context).split(separator: "\n").count == 50_001)
}

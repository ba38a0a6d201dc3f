import Comparison
import Foundation
import Publishing
import RegistrarTestSupport
import SourceText
import Testing

private func word(_ old: String, _ new: String) throws -> WordDocument {
  let path = try #require(RepoPath("sec/D.md"))
  var document = WordDocument(title: "D", author: "registrar", seconds: 1_478_563_200)
  document.add(
    Redline(
      from: SourceFile(path: path, bytes: Array(old.utf8)),
      to: SourceFile(path: path, bytes: Array(new.utf8))))
  return document
}

@Test func `a redline for Word is a package that other programs read`() throws {
  let folder = try TemporaryFolder()
  try folder.write(
    "x.docx", try word("# A\n\nOne & two.\n\nGone.\n", "# A\n\nOne & three.\n").redline())
  let result = try runProgram(
    [
      "python3", "-c",
      """
      import zipfile, xml.dom.minidom
      archive = zipfile.ZipFile("x.docx")
      assert archive.testzip() is None
      for name in archive.namelist(): xml.dom.minidom.parseString(archive.read(name))
      body = archive.read("word/document.xml").decode()
      assert '<w:del w:id="1" w:author="registrar" w:date="2016-11-08T00:00:00Z">' in body, body
      assert "moveFrom" not in body
      print(" ".join(archive.namelist()))
      """,
    ], in: folder.path, environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"])
  #expect(result.status == 0, "\(result.errors)")
  #expect(result.output.hasPrefix("[Content_Types].xml _rels/.rels"))
}

/// The body of a redline, without the ends and begins of its texts.
private func body(_ old: String, _ new: String) throws -> String {
  String(decoding: try word(old, new).redline(), as: UTF8.self)
}

@Test func `signs that Word cannot hold stand in a redline by their numbers`() throws {
  let text = try body(
    "one\n\n\u{C}\n..\n\na\u{1}b \u{FFFF}\n", "two\n\n\u{C}\n..\n\na\u{1}c \u{FFFF}\n")
  #expect(text.contains("&lt;U+000C&gt;") && text.contains("&lt;U+FFFF&gt;"))
  #expect(text.contains("&lt;U+0001&gt;") && !text.unicodeScalars.contains("\u{FFFF}"))
}

@Test func `every byte that is no word is a line, a tab or shown`() throws {
  _ = try body("one\r\ntwo\rthree\n\n| a\r | b |\r\n|---|---|\r\n| c | d", "one\ntwo\tthree\n")
}

@Test func `the header of a table that follows a line of text is in a redline for Word`() throws {
  let table = "Text:\n| Acronym | Meaning |\n| --- | --- |\n| BIS | Bureau |\n"
  let text = try body("one\n\n" + table, "two\n\n" + table)
  for word in ["Text:", "Acronym", "Meaning", "BIS", "Bureau"] {
    #expect(text.contains(">\(word)</w:t>"), "\(word)")
  }
}

@Test func `what stands behind a table and is no row is in a redline for Word`() throws {
  let table = "one\n\n| A | M |\n| --- | --- |\n| BIS | [x][b] |\n"
  let link = try body(
    table + "\n[b]: https://example.org/b\n", table + "\n[b]: https://example.org/c\n")
  #expect(link.contains("<w:delText xml:space=\"preserve\">b</w:delText>"))
  #expect(link.contains("https://example.org/") || link.contains(">example<"))
  let comment = try body(
    table + "<!-- until 2027 -->\n", table.replacing("one", with: "two") + "<!-- until 2027 -->\n")
  #expect(comment.contains("&lt;!-- until 2027 --&gt;"))
}

@Test func `redlines of real agreements are proven for Word`() throws {
  let pairs = try Conformance.legalPairs()
  #expect(!pairs.isEmpty || !Conformance.isRequired, "the corpus of legal text is absent")
  for pair in pairs { #expect(try word(pair.old, pair.new).redline().count > 1000) }
}

/// Tables of which cells, rows, columns and the whole changed, with text before and after them or without.
private let tables: [(old: String, new: String)] = [
  ("| A | B |\n|---|---|\n| one | two |\n", "| A | B |\n|---|---|\n| one | three |\n"),
  (
    "First.\n\n| A | B |\n|---|---|\n| one | two |\n| gone now | indeed |\n\nLast.\n",
    "First.\n\n| A | B |\n|---|---|\n| one | two |\n| come since | then |\n| four | five |\n\nLast.\n"
  ),
  ("First.\n\nLast.\n", "First.\n\n| A | B |\n|---|---|\n| one | two |\n\nLast.\n"),
  ("First.\n\n| A | B |\n|---|---|\n| one | two |\n\nLast.\n", "First.\n\nLast.\n"),
  (
    "First.\n\n| A | B |\n|---|---|\n| one | two |\n",
    "First.\n\n| A | New | B |\n|---|---|---|\n| one | more | two |\n"
  ),
  (
    "Gone words before.\n\n| A | B |\n|---|---|\n| one | two |\n\nGone words after.\n",
    "| A | B |\n|---|---|\n| one | 2 |\n"
  ),
]

@Test func `a redline of tables is proven for Word, cell by cell`() throws {
  for (old, new) in tables { _ = try word(old, new).redline() }
  let body = String(decoding: try word(tables[0].old, tables[0].new).redline(), as: UTF8.self)
  #expect(body.contains("<w:delText xml:space=\"preserve\">two</w:delText>"))
  #expect(body.contains("<w:t xml:space=\"preserve\">one</w:t>"))
  #expect(!body.contains("preserve\">|"))
}

/// Writes the redlines of all pairs of agreements and of the tables, each with both sides without changes.
private func writtenRedlines() throws -> (folder: TemporaryFolder, count: Int) {
  let pairs = try Conformance.legalPairs()
  #expect(!pairs.isEmpty || !Conformance.isRequired, "the corpus of legal text is absent")
  let folder = try TemporaryFolder()
  let all = pairs.map { ($0.old, $0.new) } + tables
  for (number, pair) in all.enumerated() {
    let document = try word(pair.0, pair.1)
    try folder.write("\(number).redline.docx", try document.redline())
    try folder.write("\(number).old.docx", document.clean(new: false))
    try folder.write("\(number).new.docx", document.clean(new: true))
  }
  return (folder, all.count)
}

private let verifier = projectFolder + "/.build/oracles/bin/docx-trackdiff-verify"

@Test(
  .enabled(if: Conformance.isRequired || FileManager.default.isExecutableFile(atPath: verifier)))
func `docx-trackdiff-verify accepts the redlines of real agreements`() throws {
  let (folder, count) = try writtenRedlines()
  let script = """
    for number in $(seq 0 \(count - 1)); do
      \(verifier) $number.redline.docx $number.old.docx $number.new.docx > $number.txt ||
        { echo $number; cat $number.txt; exit 1; }
    done
    cat *.txt | grep -c 'PASS - accept-all == NEW'
    """
  let result = try runProgram(
    ["sh", "-c", script], in: folder.path, environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"])
  #expect(result.status == 0, "\(result.output)\(result.errors)")
  #expect(result.output == "\(count)\n", "\(result.output)")
}

private let hasOffice =
  Conformance.isRequired || FileManager.default.isExecutableFile(atPath: "/usr/bin/soffice")

@Test(.enabled(if: hasOffice))
func `LibreOffice accepts and rejects all changes of real agreements with the right result`() throws
{
  let (folder, count) = try writtenRedlines()
  let result = try runProgram(
    [
      "timeout", "300", "/usr/bin/python3",
      projectFolder + "/Tests/PublishingTests/LibreOffice/compare.py", folder.path,
    ],
    in: folder.path,
    environment: ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": folder.path])
  #expect(result.status == 0, "\(result.output)\(result.errors)")
  #expect(result.output == "\(count) redlines\n", "\(result.output)")
}

import Pages
import RegistrarTestSupport
import Testing

private let hostile = "<script>&\"'|*_`[x](javascript:alert(1))\u{202E}\u{1B}[31m"

/// A page with every block, mark and sign.
private let page = Page(
  title: "Release 1.1 & more", facts: [Page.Fact("In force from", "9 February 2017")],
  header: "SEC White", footer: "release/1.1 4f2a",
  blocks: [
    .heading(level: 1, ["What changed"], id: "changes"),
    .paragraph(
      Paragraph(
        [
          "The ", .marked(Mark(.deleted, by: "SECMP0007"), ["Party"]),
          .marked(Mark(.inserted, by: "SECMP0007"), ["Licensee"]), " shall tell the ",
          .strong(["Panel"]), ".",
        ], number: ["H8.4"], depth: 1, id: "H8.4")),
    .paragraph(Paragraph(["All new."], mark: Mark(.inserted), remark: ["moved from H8.2"])),
    .list(
      isOrdered: true, start: 3,
      items: [[.text("one"), .list(isOrdered: false, items: [[.text("in it")]])]]),
    .table(
      Table(
        caption: "Risks", ["Risk", "Mitigations"],
        rows: [
          Table.Row([
            ["R1"], [.marked(Mark(.new), ["look"]), ", ", .marked(Mark(.removed), ["leave"])],
          ]),
          Table.Row([["R2"], ["none"]], mark: Mark(.deleted)),
        ], widths: [1, 4], hasRowHeads: true)),
    .code("a  b\n<c>"), .quote([.text("said")]),
    .figure(
      Figure(
        title: "Matrix", text: "One risk of 4 by 5.", width: 40, height: 20,
        shapes: [.rectangle(x: 0, y: 0, width: 40, height: 20, .high), .words(x: 2, y: 12, "R1")])),
    .text(
      .link(["the Panel"], to: "https://example.org/?a=1&b=2"), " ", .link(["H8.4"], to: "#H8.4")),
    .text(.text(hostile), .link(["bad"], to: "javascript:alert(1)"), .code("`")),
    .rule,
  ])

@Test func `a page of HTML escapes what it is given and leaves out no level`() {
  let text = HTMLPage.text(of: page)
  #expect(text.contains("<h2 id=\"changes\">What changed</h2>"))
  #expect(
    text.contains(
      "<p class=\"d1 changed clause\" id=\"H8.4\"><span>H8.4</span><span>The "
        + "<del title=\"SECMP0007\">Party</del><ins title=\"SECMP0007\">Licensee</ins> shall"))
  #expect(text.contains("<ol start=\"3\"><li><p>one</p><ul><li>in it</li></ul></li></ol>"))
  #expect(
    text.contains("<td><strong class=\"new\">look</strong>, <s class=\"removed\">leave</s></td>"))
  #expect(text.contains("&lt;script&gt;&amp;&quot;"))
  #expect(!text.contains("<script>") && !text.contains("href=\"javascript"))
  #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
}

@Test func `a page of Markdown says the same when it is read again`() {
  let text = MarkdownPage.text(of: page)
  #expect(text.contains("H8.4 The {--Party--}{++Licensee++} shall tell the **Panel**."))
  #expect(text.contains("{>>moved from H8.2<<}{++All new.++}"))
  #expect(text.contains("3. one\n   - in it"))
  #expect(text.contains("| R1 | **look**, ~~leave~~ |"))
  let words = Prose.blocks(of: text)
  #expect(words.contains(.code("a  b\n<c>")))
  #expect(words.contains(.quote([.text("said")])))
  // Numbers in front of a paragraph are no list.
  let numbered = Page(
    title: "N", blocks: [.paragraph(Paragraph(["x"], number: ["1."])), .text("+ y"), .text("# z")])
  #expect(
    Prose.blocks(of: MarkdownPage.text(of: numbered)).dropFirst()
      == [.text("1. x"), .text("+ y"), .text("# z")])
}

@Test func `a page of text keeps to its width`() {
  let text = TextPage.text(of: page, width: 40)
  #expect(text.contains("Release 1.1 & more\n=================="))
  #expect(text.contains("    H8.4 The [-Party-][+Licensee+] shall\n"))
  #expect(text.contains("Risk    Mitigations\n"))
  #expect(text.contains("R1      (new) look, (removed) leave"))
  let long = Page(title: "L", blocks: [.text(.text(String(repeating: "word ", count: 40_000)))])
  #expect(TextPage.text(of: long).split(separator: "\n").allSatisfy { $0.count <= 80 })
}

@Test func `a page for Word has its styles, changes and bookmarks`() throws {
  let bytes = WordPage.bytes(of: page, author: "registrar", time: "2017-02-09T00:26:40Z")
  #expect(bytes == WordPage.bytes(of: page, author: "registrar", time: "2017-02-09T00:26:40Z"))
  let part = try #require(ZipArchive.file("word/document.xml", in: bytes))
  let text = String(decoding: part, as: UTF8.self)
  #expect(text.contains("<w:pStyle w:val=\"Heading1\"/>"))
  #expect(text.contains("<w:bookmarkStart w:id=\"2\" w:name=\"_rc_H8_4\"/>"))
  #expect(text.contains("w:author=\"SECMP0007\""))
  #expect(text.contains("<w:delText xml:space=\"preserve\">Party</w:delText>"))
  #expect(text.contains("<w:tblHeader/>"))
  #expect(!text.contains("\u{1B}"))
  let relations = try #require(ZipArchive.file("word/_rels/document.xml.rels", in: bytes))
  #expect(!String(decoding: relations, as: UTF8.self).contains("javascript"))
  let numbering = try #require(ZipArchive.file("word/numbering.xml", in: bytes))
  #expect(String(decoding: numbering, as: UTF8.self).contains("<w:startOverride w:val=\"3\"/>"))
}

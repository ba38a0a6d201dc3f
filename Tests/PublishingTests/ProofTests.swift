import Comparison
import Publishing
import RegistrarTestSupport
import SourceText
import Testing

private func redline(_ old: String, _ new: String) throws -> Redline {
  let path = try #require(RepoPath("sec/D.md"))
  return Redline(
    from: SourceFile(path: path, bytes: Array(old.utf8)),
    to: SourceFile(path: path, bytes: Array(new.utf8)))
}

@Test func `a redline in Markdown gives both versions back, whatever marks they hold`() throws {
  var random = SeededGenerator(seed: 11)
  let words = [
    "the", "Party", " ", "{++", "++}", "{--", "--}", "{>>", "<<}", "{", "}", "\n\n", "- ", "1. ",
    "# A\n",
    "<del>", "&amp;", "| a |\n", "e\u{301}", "{\u{301}", "shall", "<\u{338}",
  ]
  func text() -> String {
    (0..<Int.random(in: 0..<40, using: &random)).map { _ in
      words.randomElement(using: &random) ?? ""
    }
    .joined()
  }
  for _ in 0..<1500 {
    let (old, new) = (text(), text())
    let redline = try redline(old, new)
    try Proof.check(CriticMarkup.text(of: redline), old: old, new: new)
    _ = try RedlinePage(
      title: "T", summary: [], registers: [], parts: [.init(title: "D", redline: redline)]
    ).text()
    var word = WordDocument(title: "T", author: "registrar", seconds: 0)
    word.add(redline)
    _ = try word.redline()
  }
}

@Test func `a redline that lost a word is refused`() throws {
  let markup = CriticMarkup.text(of: try redline("one two\n", "one three\n"))
  #expect(markup == "one {--two--}{++three++}\n")
  #expect(throws: Proof.Failure.self) {
    try Proof.check(markup.replacing("one ", with: "one"), old: "one two\n", new: "one three\n")
  }
}

@Test func `markup is never made of what a document says`() throws {
  let page = try RedlinePage(
    title: "<script>", summary: ["a & b"], registers: [],
    parts: [.init(title: "\"D\"", redline: try redline("a <b>\n", "a <i>&\n"))]
  ).text()
  #expect(!page.contains("<b>") && !page.contains("<i>") && !page.contains("<script>alert"))
  #expect(page.contains("&lt;script&gt;") && page.contains("a &amp; b"))
}

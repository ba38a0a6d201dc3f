import Pages
import Testing

@Test func `no sign of Markdown is left in its words`() {
  let blocks = Prose.blocks(
    of: """
      # Title *of* it

      A **bold** word, `code`, a [link](https://example.org/a) and ~~struck~~ text\\
      in two lines.

      1. one
         - inner
      2. two

      | a | b |
      |---|---|
      | 1 | **2** |

      > said

      <div>raw</div>
      """)
  #expect(
    blocks == [
      .heading(level: 1, ["Title ", .emphasis(["of"]), " it"]),
      .paragraph(
        Paragraph([
          "A ", .strong(["bold"]), " word, ", .code("code"), ", a ",
          .link(["link"], to: "https://example.org/a"), " and ", .struck(["struck"]), " text",
          .lineBreak, "in two lines.",
        ])),
      .list(
        isOrdered: true,
        items: [
          [.text("one"), .list(isOrdered: false, start: 0, items: [[.text("inner")]])],
          [.text("two")],
        ]),
      .table(Table(["a", "b"], rows: [Table.Row([["1"], [.strong(["2"])]])])),
      .quote([.text("said")]),
      .code("<div>raw</div>"),
    ])
}

@Test
func `lists that stand deep in each other are read and written without recursion of their depth`() {
  let deep = (0..<2000).map { String(repeating: "  ", count: $0) + "- x\n" }.joined()
  let page = Page(title: "Deep", blocks: Prose.blocks(of: deep))
  #expect(HTMLPage.text(of: page).components(of: "<ul>") <= 40)
  #expect(!MarkdownPage.text(of: page).isEmpty && !TextPage.text(of: page).isEmpty)
  let emphasis = String(repeating: "*a **b ", count: 3000) + String(repeating: "** *", count: 3000)
  #expect(!HTMLPage.text(of: Page(title: "E", blocks: Prose.blocks(of: emphasis))).isEmpty)
}

@Test func `the words of a paragraph are its words alone`() {
  #expect(Prose.inlines(of: "*new*: **A** B").plain == "new: A B")
  #expect(Prose.inlines(of: "- one\n- two").plain == "one\ntwo")
  #expect(Prose.inlines(of: "").isEmpty)
}

extension String {
  fileprivate func components(of part: String) -> Int { split(separator: part).count - 1 }
}

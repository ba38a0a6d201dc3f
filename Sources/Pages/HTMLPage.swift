import SourceText

/// A page as one file of HTML that needs nothing else: no network, no font, no script.
package enum HTMLPage {
  /// Returns the file.
  package static func text(of page: Page) -> String {
    var writer = Writer()
    let facts = page.facts.map { fact in
      HTML.joined([
        .element("dt", [], HTML(fact.name)), .element("dd", [], Writer.html(of: fact.value)),
      ])
    }
    let header = HTML.element(
      "header", [],
      [.element("h1", [], HTML(page.title))]
        + (page.header.isEmpty ? [] : [.element("p", [("class", "class")], HTML(page.header))])
        + (facts.isEmpty ? [] : [.element("dl", [], facts)]))
    let body = HTML.joined([
      header, .element("main", [], writer.html(of: page.blocks)),
      page.footer.isEmpty ? HTML("") : .element("footer", [], HTML(page.footer)),
    ])
    return HTML.page(title: page.title, style: style, body: body)
  }

  /// Contrasts are at least 4.5 to 1 (WCAG 2.2, 1.4.3); what is told by colour is told by lines too (1.4.1).
  static let style: StaticString = """
    :root { color-scheme: light dark; --ink: #1a1a1a; --paper: #fff; --quiet: #4d4d4d; --line: #767676;
      --ins: #0b5a1e; --del: #9c1515; --move: #0b4f8a; --shade: #f3f3f0; }
    @media (prefers-color-scheme: dark) { :root { --ink: #e8e6e3; --paper: #16181a; --quiet: #b5b2ad;
      --line: #8a8a8a; --ins: #7fd18f; --del: #ff9a93; --move: #8cc4f5; --shade: #212427; } }
    html { font-size: 106.25%; }
    body { font: 1rem/1.55 Charter, 'Bitstream Charter', 'Sitka Text', Cambria, Georgia, serif; color: var(--ink);
      background: var(--paper); max-width: 68ch; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
    h1, h2, h3, h4, h5, h6, dl, table, figure, footer, .class, .remark { font-family: system-ui, 'Segoe UI',
      'Helvetica Neue', Arial, sans-serif; }
    h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .75rem; } h2 { font-size: 1.3rem; }
    h3 { font-size: 1.1rem; } h4, h5, h6 { font-size: 1rem; }
    h2, h3, h4, h5, h6 { line-height: 1.3; margin: 1.8em 0 .5em; }
    .class { font-size: .8rem; text-transform: uppercase; letter-spacing: .06em; margin: 0 0 .75rem; }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1.25rem; font-size: .88rem;
      border-top: 1px solid var(--line); border-bottom: 1px solid var(--line); padding: .75rem 0; margin: 0; }
    dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
    p { margin: .7em 0; } a { color: var(--move); }
    .clause { display: grid; grid-template-columns: minmax(3.5ch, max-content) 1fr; column-gap: 1.5ch; }
    .d1 { margin-left: 2rem; } .d2 { margin-left: 4rem; } .d3 { margin-left: 6rem; } .d4 { margin-left: 8rem; }
    .changed { border-left: 3px solid var(--line); padding-left: .75rem; margin-left: -.93rem; }
    .remark { font-size: .82rem; color: var(--quiet); }
    ins { color: var(--ins); text-decoration: underline; text-decoration-thickness: 2px; }
    del { color: var(--del); text-decoration: line-through; }
    .moved { color: var(--move); text-decoration: underline double; }
    .away { color: var(--move); text-decoration: line-through; }
    .new { color: var(--del); } .ongoing { font-style: italic; } .removed { text-decoration: line-through; }
    .wide { overflow-x: auto; margin: 1rem 0; }
    table { border-collapse: collapse; font-size: .86rem; line-height: 1.4; width: 100%; }
    caption { text-align: left; font-weight: 600; padding: .25rem 0 .4rem; }
    th, td { border: 1px solid var(--line); padding: .3rem .55rem; text-align: left; vertical-align: top; }
    thead th { background: var(--shade); } tbody th { font-weight: 600; }
    code, pre { font: .85em/1.45 ui-monospace, 'Cascadia Mono', Menlo, Consolas, monospace; }
    pre { overflow-x: auto; background: var(--shade); padding: .6rem .8rem; }
    blockquote { margin: .8em 0; padding-left: 1rem; border-left: 3px solid var(--line); }
    figure { margin: 1rem 0; } figcaption { font-size: .88rem; font-weight: 600; } svg { max-width: 100%; height: auto; }
    .low { fill: #cfe8cf; } .middle { fill: #ffe3a8; } .high { fill: #f5b7b1; } .plain { fill: #e6e6e6; }
    svg text { fill: #1a1a1a; font: 14px system-ui, sans-serif; } rect { stroke: #4d4d4d; }
    footer { font-size: .78rem; color: var(--quiet); border-top: 1px solid var(--line); margin-top: 3rem;
      padding-top: .6rem; overflow-wrap: anywhere; }
    :target { background: var(--shade); } :focus-visible { outline: 3px solid var(--move); outline-offset: 2px; }
    @media (max-width: 34rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .4rem; }
      .d1 { margin-left: 1rem; } .d2 { margin-left: 2rem; } .d3, .d4 { margin-left: 3rem; } }
    @page { size: A4; margin: 20mm 18mm; }
    @media print { :root { --ink: #000; --paper: #fff; --quiet: #333; --shade: #f3f3f0; --ins: #0b5a1e; --del: #9c1515;
      --move: #0b4f8a; } html { font-size: 10pt; } body { max-width: none; padding: 0; } .wide { overflow: visible; }
      tr, figure, .clause { break-inside: avoid; } h1, h2, h3, h4 { break-after: avoid; }
      thead { display: table-header-group; } a { color: inherit; text-decoration: none; } }
    """

  /// Writes blocks one after the other: headings leave out no level.
  private struct Writer {
    private var level = 1

    mutating func html(of blocks: [Block]) -> [HTML] { blocks.map { html(of: $0) } }

    private mutating func html(of block: Block) -> HTML {
      switch block {
      case .heading(let wanted, let content, let id):
        level = min(wanted + 1, level + 1, 6)
        let attributes = id.map { [("id", $0)] } ?? []
        let name: StaticString =
          switch level {
          case ...2: "h2"
          case 3: "h3"
          case 4: "h4"
          case 5: "h5"
          default: "h6"
          }
        return .element(name, attributes, Self.html(of: content))
      case .paragraph(let paragraph): return Self.html(of: paragraph)
      case .list(let isOrdered, let start, let items):
        let content = items.map { item -> HTML in
          if item.count == 1, case .paragraph(let only)? = item.first, only.isPlain {
            return .element("li", [], Self.html(of: only.content))
          }
          return .element("li", [], html(of: item))
        }
        guard isOrdered else { return .element("ul", [], content) }
        return .element("ol", start == 1 ? [] : [("start", "\(start)")], content)
      case .table(let table): return Self.html(of: table)
      case .code(let text): return .element("pre", [], HTML(text))
      case .quote(let blocks): return .element("blockquote", [], html(of: blocks))
      case .figure(let figure): return Self.html(of: figure)
      case .rule: return .empty("hr")
      }
    }

    private static func html(of paragraph: Paragraph) -> HTML {
      var content: [HTML] = []
      if !paragraph.remark.isEmpty {
        content.append(.element("span", [("class", "remark")], html(of: paragraph.remark)))
        content.append(HTML(" "))
      }
      content.append(marked(paragraph.mark, html(of: paragraph.content)))
      var classes: [String] = []
      if paragraph.depth > 0 { classes.append("d\(min(4, paragraph.depth))") }
      if paragraph.isChanged { classes.append("changed") }
      if !paragraph.number.isEmpty {
        classes.append("clause")
        content = [
          .element("span", [], marked(paragraph.mark, html(of: paragraph.number))),
          .element("span", [], content),
        ]
      }
      var attributes: [(String, String)] = []
      if !classes.isEmpty { attributes.append(("class", classes.joined(separator: " "))) }
      if let id = paragraph.id { attributes.append(("id", id)) }
      return .element("p", attributes, content)
    }

    private static func html(of table: Table) -> HTML {
      func cells(_ row: Table.Row) -> [HTML] {
        row.cells.enumerated().map { position, cell in
          let content = marked(row.mark, html(of: cell))
          return position == 0 && table.hasRowHeads
            ? .element("th", [("scope", "row")], content) : .element("td", [], content)
        }
      }
      let head = table.columns.map { HTML.element("th", [("scope", "col")], html(of: $0)) }
      let rows = table.rows.map { row in
        HTML.element("tr", row.id.map { [("id", $0)] } ?? [], cells(row))
      }
      var parts: [HTML] = []
      if !table.caption.isEmpty { parts.append(.element("caption", [], HTML(table.caption))) }
      if table.columns.contains(where: { !$0.isEmpty }) {
        parts.append(.element("thead", [], .element("tr", [], head)))
      }
      parts.append(.element("tbody", [], rows))
      // Who has no mouse can move a wide table by keys.
      return .element(
        "div",
        [
          ("class", "wide"), ("tabindex", "0"), ("role", "region"),
          ("aria-label", table.caption.isEmpty ? "Table" : table.caption),
        ], .element("table", [], parts))
    }

    private static func html(of figure: Figure) -> HTML {
      let shapes = figure.shapes.map { shape -> HTML in
        switch shape {
        case .rectangle(let x, let y, let width, let height, let tone):
          .element(
            "rect",
            [
              ("class", tone.rawValue), ("x", "\(x)"), ("y", "\(y)"), ("width", "\(width)"),
              ("height", "\(height)"),
            ])
        case .words(let x, let y, let words):
          .element("text", [("x", "\(x)"), ("y", "\(y)")], HTML(words))
        }
      }
      return .element(
        "figure", [], .element("figcaption", [], HTML(figure.title)),
        .element(
          "svg",
          [
            ("role", "img"), ("aria-label", figure.text),
            ("viewBox", "0 0 \(figure.size.width) \(figure.size.height)"),
            ("width", "\(figure.size.width)"), ("height", "\(figure.size.height)"),
          ], shapes))
    }

    static func html(of content: [Inline]) -> HTML { .joined(content.map { html(of: $0) }) }

    private static func html(of inline: Inline) -> HTML {
      switch inline {
      case .text(let text): return HTML(text)
      case .strong(let content): return .element("strong", [], html(of: content))
      case .emphasis(let content): return .element("em", [], html(of: content))
      case .struck(let content): return .element("s", [], html(of: content))
      case .code(let text): return .element("code", [], HTML(text))
      case .link(let content, let address):
        guard Self.isSafe(address) else { return html(of: content) }
        return .element("a", [("href", address)], html(of: content))
      case .marked(let mark, let content): return marked(mark, html(of: content))
      case .lineBreak: return .empty("br")
      }
    }

    /// Whether a link leads to a page or a place: one with a script or a file behind it is words alone.
    private static func isSafe(_ address: String) -> Bool {
      guard let colon = address.firstIndex(of: ":"),
        !address[..<colon].contains(where: { "/?#".contains($0) })
      else { return !address.isEmpty }
      return ["http", "https", "mailto"].contains(address[..<colon].lowercased())
    }

    private static func marked(_ mark: Mark?, _ content: HTML) -> HTML {
      guard let mark else { return content }
      let title = mark.author.map { [("title", $0)] } ?? []
      switch mark.kind {
      case .inserted: return .element("ins", title, content)
      case .deleted: return .element("del", title, content)
      case .movedHere: return .element("ins", [("class", "moved")] + title, content)
      case .movedAway: return .element("del", [("class", "away")] + title, content)
      case .new: return .element("strong", [("class", "new")] + title, content)
      case .ongoing: return .element("em", [("class", "ongoing")] + title, content)
      case .removed: return .element("s", [("class", "removed")] + title, content)
      }
    }
  }
}

extension Paragraph {
  /// Whether it is words alone.
  var isPlain: Bool { self == Paragraph(content) }

  /// Whether something in it is inserted, deleted or moved.
  var isChanged: Bool {
    !remark.isEmpty || mark.map { !$0.isState } ?? (content + number).contains(where: \.isChanged)
  }
}

extension Inline {
  fileprivate var isChanged: Bool {
    switch self {
    case .marked(let mark, let content): !mark.isState || content.contains(where: \.isChanged)
    case .strong(let content), .emphasis(let content), .struck(let content), .link(let content, _):
      content.contains(where: \.isChanged)
    case .text, .code, .lineBreak: false
    }
  }
}

extension Mark {
  /// Whether it says how a text stands, and not what happened to it.
  var isState: Bool { kind == .new || kind == .ongoing || kind == .removed }
}

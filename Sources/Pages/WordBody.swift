/// Writes the body of a document for Word.
struct WordBody {
  /// The width of the text on a page of A4, in twentieths of a point.
  static let width = 9070

  private let author: String
  private let time: String
  private var changes = 0
  private var bookmarks = 0
  /// The addresses that links lead to.
  private(set) var links: [String] = []
  /// For each list, whether it is numbered and where it begins.
  private var lists: [(isOrdered: Bool, start: Int)] = []

  init(author: String, time: String) {
    self.author = author
    self.time = time
  }

  var hasChanges: Bool { changes > 0 }

  mutating func document(of page: Page) -> String {
    var body = paragraph("Title", runs(of: [.text(page.title)]))
    if !page.facts.isEmpty {
      let rows = page.facts.map { Table.Row([[.text($0.name)], $0.value]) }
      body += table(
        Table(columns: [[], []], rows: rows, widths: [1, 3], hasRowHeads: true), isRuled: false)
      body += paragraph("Normal", "")
    }
    for block in page.blocks { body += text(of: block) }
    return "<w:document \(WordPage.namespaces)><w:body>\(body)"
      + #"<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:footerReference w:type="default" r:id="rId5"/>"#
      + #"<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1418" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr>"#
      + "</w:body></w:document>"
  }

  /// The lists of the body, as Word keeps them.
  var numbering: String {
    func levels(_ isOrdered: Bool) -> String {
      (0...8).map { level in
        let left = 425 * (level + 1)
        let sign = isOrdered ? "%\(level + 1)." : ["•", "–", "▪"][level % 3]
        return
          #"<w:lvl w:ilvl="\#(level)"><w:start w:val="1"/><w:numFmt w:val="\#(isOrdered ? "decimal" : "bullet")"/>"#
          + #"<w:lvlText w:val="\#(sign)"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="\#(left)" w:hanging="425"/></w:pPr></w:lvl>"#
      }.joined()
    }
    let abstract = [false, true].enumerated().map {
      #"<w:abstractNum w:abstractNumId="\#($0)"><w:multiLevelType w:val="hybridMultilevel"/>\#(levels($1))</w:abstractNum>"#
    }
    let own = lists.enumerated().map { number, list in
      let level = 0
      let start =
        list.isOrdered
        ? #"<w:lvlOverride w:ilvl="\#(level)"><w:startOverride w:val="\#(list.start)"/></w:lvlOverride>"#
        : ""
      return
        #"<w:num w:numId="\#(number + 1)"><w:abstractNumId w:val="\#(list.isOrdered ? 1 : 0)"/>\#(start)</w:num>"#
    }
    return "<w:numbering \(WordPage.namespaces)>\((abstract + own).joined())</w:numbering>"
  }

  // MARK: Blocks

  private mutating func text(of block: Block, depth: Int = 0, style: String = "Normal") -> String {
    switch block {
    case .heading(let level, let content, let id):
      return paragraph("Heading\(min(9, max(1, level)))", runs(of: content), id: id)
    case .paragraph(let content): return text(of: content, style)
    case .list(let isOrdered, let start, let items):
      lists.append((isOrdered, start))
      let number = lists.count
      return items.map { item in
        var text = ""
        for (position, block) in item.enumerated() {
          if case .paragraph(let content) = block {
            text += self.text(
              of: content, "ListParagraph", item: (number, min(depth, 8), position == 0))
          } else {
            text += self.text(of: block, depth: depth + 1)
          }
        }
        return text
      }.joined()
    case .table(let table):
      let caption =
        table.caption.isEmpty ? "" : paragraph("Caption", runs(of: [.text(table.caption)]))
      // Two tables that touch are one.
      return caption + self.table(table, isRuled: true) + paragraph("Normal", "")
    case .code(let text): return paragraph("Code", runs(of: [.code(text)]))
    case .quote(let blocks):
      return blocks.map { text(of: $0, depth: depth, style: "Quote") }.joined()
    case .figure(let figure):
      return paragraph("Caption", runs(of: [.text(figure.title)]))
        + paragraph("Normal", runs(of: [.text(figure.text)]))
    case .rule:
      return
        #"<w:p><w:pPr><w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="767676"/></w:pBdr></w:pPr></w:p>"#
    }
  }

  private mutating func text(
    of content: Paragraph, _ style: String, item: (list: Int, level: Int, isFirst: Bool)? = nil
  ) -> String {
    var text = ""
    if !content.remark.isEmpty {
      text += runs(of: [.emphasis([.text("[")] + content.remark + [.text("] ")])])
    }
    if !content.number.isEmpty {
      text += runs(of: content.number, content.mark) + "<w:r><w:tab/></w:r>"
    }
    text += runs(of: content.content, content.mark)
    var properties = ""
    if let item {
      let left = 425 * (item.level + 1)
      properties =
        item.isFirst
        ? #"<w:numPr><w:ilvl w:val="\#(item.level)"/><w:numId w:val="\#(item.list)"/></w:numPr>"#
        : #"<w:ind w:left="\#(left)"/>"#
    }
    let style =
      content.number.isEmpty && content.depth == 0
      ? style : "Clause\(min(8, content.depth) + 1)"
    return paragraph(style, text, properties, mark: content.mark, id: content.id)
  }

  private mutating func paragraph(
    _ style: String, _ runs: String, _ properties: String = "", mark: Mark? = nil, id: String? = nil
  ) -> String {
    // The end of a paragraph is inserted or deleted too, where all of it is.
    let end = change(mark).map { "<w:rPr><\($0)/></w:rPr>" } ?? ""
    var content = runs
    if let id {
      bookmarks += 1
      content =
        #"<w:bookmarkStart w:id="\#(bookmarks)" w:name="\#(Self.bookmark(id))"/>\#(runs)<w:bookmarkEnd w:id="\#(bookmarks)"/>"#
    }
    return
      #"<w:p><w:pPr><w:pStyle w:val="\#(style)"/>\#(properties)\#(end)</w:pPr>\#(content)</w:p>"#
  }

  private mutating func table(_ table: Table, isRuled: Bool) -> String {
    let count = max(1, table.columns.count)
    let shares = table.widths.count == count ? table.widths : Array(repeating: 1, count: count)
    let whole = max(1, shares.reduce(0, +))
    let widths = shares.map { Self.width * $0 / whole }
    let sides = ["top", "left", "bottom", "right", "insideH", "insideV"].map {
      #"<w:\#($0) w:val="\#(isRuled ? "single" : "none")" w:sz="4" w:space="0" w:color="767676"/>"#
    }
    var text = #"<w:tbl><w:tblPr><w:tblW w:w="\#(Self.width)" w:type="dxa"/>"#
    text += "<w:tblBorders>\(sides.joined())</w:tblBorders>"
    text += #"<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>"#
    text += widths.map { #"<w:gridCol w:w="\#($0)"/>"# }.joined() + "</w:tblGrid>"
    if table.columns.contains(where: { !$0.isEmpty }) {
      text += "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
      for (column, width) in zip(table.columns, widths) {
        text += cell([.strong(column)], width, nil, shade: "F3F3F0")
      }
      text += "</w:tr>"
    }
    for row in table.rows {
      let mark = change(row.mark).map { "<\($0)/>" } ?? ""
      text += "<w:tr><w:trPr><w:cantSplit/>\(mark)</w:trPr>"
      for (position, width) in widths.enumerated() {
        let content = position < row.cells.count ? row.cells[position] : []
        let isHead = position == 0 && table.hasRowHeads
        text += cell(isHead ? [.strong(content)] : content, width, row.mark, shade: nil)
      }
      text += "</w:tr>"
    }
    return text + "</w:tbl>"
  }

  private mutating func cell(
    _ content: [Inline], _ width: Int, _ mark: Mark?, shade: String?
  ) -> String {
    let fill = shade.map { #"<w:shd w:val="clear" w:color="auto" w:fill="\#($0)"/>"# } ?? ""
    return #"<w:tc><w:tcPr><w:tcW w:w="\#(width)" w:type="dxa"/>\#(fill)</w:tcPr>"#
      + paragraph("TableText", runs(of: content, mark)) + "</w:tc>"
  }

  // MARK: Text

  /// How a run stands out.
  private struct Style {
    var isStrong = false
    var isItalic = false
    var isStruck = false
    var isCode = false
    var isLink = false

    var properties: String {
      var text = isLink ? #"<w:rStyle w:val="Hyperlink"/>"# : ""
      if isCode {
        text += #"<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>"#
      }
      if isStrong { text += "<w:b/>" }
      if isItalic { text += "<w:i/>" }
      if isStruck { text += "<w:strike/>" }
      return text.isEmpty ? "" : "<w:rPr>\(text)</w:rPr>"
    }
  }

  private mutating func runs(of content: [Inline], _ mark: Mark? = nil) -> String {
    runs(of: content, Style(), mark)
  }

  private mutating func runs(of content: [Inline], _ style: Style, _ mark: Mark?) -> String {
    content.map { inline in
      var inner = style
      switch inline {
      case .text(let text): return run(text, style, mark)
      case .lineBreak: return run("\n", style, mark)
      case .code(let text):
        inner.isCode = true
        return run(text, inner, mark)
      case .strong(let content):
        inner.isStrong = true
        return runs(of: content, inner, mark)
      case .emphasis(let content):
        inner.isItalic = true
        return runs(of: content, inner, mark)
      case .struck(let content):
        inner.isStruck = true
        return runs(of: content, inner, mark)
      case .marked(let own, let content):
        switch own.kind {
        case .new: inner.isStrong = true
        case .ongoing: inner.isItalic = true
        case .removed: inner.isStruck = true
        default: return runs(of: content, style, mark ?? own)
        }
        return runs(of: content, inner, mark)
      case .link(let content, let address):
        inner.isLink = true
        let words = runs(of: content, inner, mark)
        if address.hasPrefix("#") {
          return
            #"<w:hyperlink w:anchor="\#(Self.bookmark(String(address.dropFirst())))">\#(words)</w:hyperlink>"#
        }
        guard ["http:", "https:", "mailto:"].contains(where: address.lowercased().hasPrefix) else {
          return runs(of: content, style, mark)
        }
        if !links.contains(address) { links.append(address) }
        return
          #"<w:hyperlink r:id="link\#(links.firstIndex(of: address) ?? 0)">\#(words)</w:hyperlink>"#
      }
    }.joined()
  }

  /// Returns the begin of an element that tells a change, or `nil` where the mark tells none.
  private mutating func change(_ mark: Mark?) -> String? {
    guard let mark, !mark.isState else { return nil }
    changes += 1
    let name = mark.kind == .inserted || mark.kind == .movedHere ? "ins" : "del"
    return
      #"w:\#(name) w:id="\#(changes)" w:author="\#(WordText.escaped(mark.author ?? author))" w:date="\#(time)""#
  }

  /// Returns text as a run.
  private mutating func run(_ text: String, _ style: Style, _ mark: Mark?) -> String {
    guard !text.isEmpty else { return "" }
    var style = style
    if let mark, mark.isState {
      switch mark.kind {
      case .new: style.isStrong = true
      case .ongoing: style.isItalic = true
      default: style.isStruck = true
      }
    }
    let change = change(mark)
    let element = change?.hasPrefix("w:del") == true ? "delText" : "t"
    let content = WordText.content(of: text, in: element)
    let run = "<w:r>\(style.properties)\(content)</w:r>"
    return change.map { "<\($0)>\(run)</\($0.prefix(5))>" } ?? run
  }

  /// Returns the name of a bookmark: of letters, digits and lines, and short.
  private static func bookmark(_ id: String) -> String {
    "_rc_"
      + String(
        id.unicodeScalars.map {
          $0.isASCII && $0.properties.isAlphabetic || ("0"..."9").contains($0) ? Character($0) : "_"
        }
        .prefix(36))
  }
}

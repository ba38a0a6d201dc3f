package import Comparison
import Pages
import Registry
import SourceText
import Syntax

/// A document of Office Open XML (ECMA-376, WordprocessingML), as Word and LibreOffice open it, with
/// tracked changes (`w:ins`, `w:del`).
///
/// A passage is a paragraph or a row of a table; its words are those of the file without the white space
/// behind them and without the marks of a heading, which its style shows, and the bars of a row. Moves are an insertion and a deletion: of
/// moved paragraphs the readers make different things.
package struct WordDocument {
  /// A paragraph or a row, on one side or on both.
  fileprivate enum Block {
    case paragraph(style: String, old: String?, new: String?)
    case row(old: [String]?, new: [String]?)
  }

  private let title: String
  private let author: String
  /// In the form of ISO 8601 with a Z at its end.
  private let time: String
  private var blocks: [Block] = []
  /// What was given to it, as it says on each side.
  private var given = (old: "", new: "")

  /// Begins a document.
  ///
  /// - Parameters:
  ///   - title: Its title.
  ///   - author: Whose changes they are.
  ///   - seconds: When they were made, in seconds since 1970.
  package init(title: String, author: String, seconds: Int) {
    self.title = title
    self.author = author
    time = Day.timestamp(seconds)
  }

  /// Adds a redline.
  package mutating func add(_ redline: Redline) {
    given.old += redline.steps.compactMap(\.old).map(Self.content).joined()
    given.new += redline.steps.compactMap(\.new).map(Self.content).joined()
    for step in redline.steps {
      let kind = (step.new ?? step.old)?.kind
      guard kind == .row else {
        blocks.append(
          .paragraph(
            style: Self.style(of: kind), old: step.old.map { Self.words(of: $0) },
            new: step.new.map { Self.words(of: $0) }))
        continue
      }
      func cells(_ passage: Passage?) -> [String]? {
        passage.map { $0.cells.isEmpty ? [""] : $0.cells.map(\.text.visible) }
      }
      let (old, new) = (cells(step.old), cells(step.new))
      if let old, let new, old.count != new.count {
        // A cell that came or went is a row that did: readers do different things with such cells.
        blocks += [.row(old: old, new: nil), .row(old: nil, new: new)]
      } else {
        blocks.append(.row(old: old, new: new))
      }
    }
  }

  /// Adds the changes of a register, a paragraph a field.
  package mutating func add(_ changes: [RecordChange], of register: String) {
    let first = blocks.count
    defer {
      for block in blocks[first...] {
        guard case .paragraph(_, let old, let new) = block else { continue }
        given.old += old ?? ""
        given.new += new ?? ""
      }
    }
    let register = register.visible
    blocks.append(.paragraph(style: "Heading1", old: register, new: register))
    for change in changes {
      let (old, new) = (change.old?.id.visible, change.new?.id.visible)
      blocks.append(.paragraph(style: "Heading2", old: old, new: new))
      for field in change.fields + change.references {
        func line(_ node: Node?) -> String? {
          node.map { "\(field.path): \(ChangeText.shown($0))".visible }
        }
        blocks.append(.paragraph(style: "Normal", old: line(field.old), new: line(field.new)))
      }
    }
  }

  private static func style(of kind: Passage.Kind?) -> String {
    switch kind {
    case .heading(let level): "Heading\(min(level, 6))"
    case .head, .code: "Code"
    case .item: "Item"
    default: "Normal"
    }
  }

  /// Returns what a paragraph says of a passage.
  private static func words(of passage: Passage) -> String {
    var text = Substring(passage.source.visible.replacing("\r\n", with: "\n"))
    while let last = text.last, last.isWhitespace { text.removeLast() }
    guard case .heading = passage.kind, text.hasPrefix("#") else { return String(text) }
    return String(text.drop { $0 == "#" }.drop { $0 == " " })
  }

  /// Returns what a passage says, whatever is made of it: its source without white space, without the marks
  /// in front of a heading, and of a row without its bars and the line that rules the header off.
  private static func content(of passage: Passage) -> String {
    var text = passage.source.visible
    switch passage.kind {
    case .heading: text = String(text.drop { $0 == "#" })
    case .row:
      text = text.split(whereSeparator: \.isNewline).enumerated().map { position, line in
        var cells = ""
        var isEscaped = false
        for scalar in line.unicodeScalars {
          if scalar != "|" || isEscaped { cells.unicodeScalars.append(scalar) }
          isEscaped = scalar == "\\"
        }
        return position > 0 && cells.allSatisfy { "-: \t>".contains($0) } ? "" : cells
      }.joined()
    default: break
    }
    return text
  }

  /// Returns the document with its changes, after reading it back.
  ///
  /// - Returns: The bytes of the file.
  /// - Throws: `Proof.Failure` where rejecting all changes does not give the old paragraphs or
  ///   accepting all does not give the new ones, or where some word of either version is not in the file.
  package func redline() throws(Proof.Failure) -> [UInt8] {
    let bytes = file(Body(author: author, time: time).text(of: blocks), isRedline: true)
    // What was written is read, not what was meant.
    guard let part = ZipArchive.file("word/document.xml", in: bytes),
      let body = String(validating: part, as: UTF8.self),
      body.unicodeScalars.allSatisfy({ !$0.isHidden || $0 == "\n" })
    else { throw Proof.Failure(format: "docx") }
    for isAccepted in [false, true] {
      let expected = blocks.compactMap { block -> [String]? in
        switch block {
        case .paragraph(_, let old, let new): (isAccepted ? new : old).map { ["p", $0] }
        case .row(let old, let new): (isAccepted ? new : old).map { ["row"] + $0 }
        }
      }
      let read = WordReader.blocks(of: body, accepting: isAccepted)
      let content = read.map { $0.dropFirst().joined() }.joined()
      guard read == expected + [["p", ""]],
        Self.isSame(content, isAccepted ? given.new : given.old)
      else { throw Proof.Failure(format: "docx") }
    }
    return bytes
  }

  /// Whether two texts are the same but for white space.
  private static func isSame(_ one: String, _ other: String) -> Bool {
    func words(_ text: String) -> [Unicode.Scalar] {
      text.unicodeScalars.filter { !$0.properties.isWhitespace }
    }
    return words(one) == words(other)
  }

  /// Returns one side without changes.
  ///
  /// - Parameter isNew: Whether it is the new side.
  /// - Returns: The bytes of the file.
  package func clean(new isNew: Bool) -> [UInt8] {
    let clean = blocks.compactMap { block -> Block? in
      switch block {
      case .paragraph(let style, let old, let new):
        (isNew ? new : old).map { .paragraph(style: style, old: $0, new: $0) }
      case .row(let old, let new): (isNew ? new : old).map { .row(old: $0, new: $0) }
      }
    }
    return file(Body(author: author, time: time).text(of: clean), isRedline: false)
  }

  private func file(_ body: String, isRedline: Bool) -> [UInt8] {
    var archive = ZipArchive()
    let head = #"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"# + "\n"
    let types = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    archive.add(
      "[Content_Types].xml",
      head + #"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">"#
        + #"<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"#
        + #"<Default Extension="xml" ContentType="application/xml"/>"#
        + #"<Override PartName="/word/document.xml" ContentType="\#(types).document.main+xml"/>"#
        + #"<Override PartName="/word/styles.xml" ContentType="\#(types).styles+xml"/>"#
        + #"<Override PartName="/word/settings.xml" ContentType="\#(types).settings+xml"/>"#
        + #"<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>"#
        + "</Types>")
    let relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    archive.add(
      "_rels/.rels",
      head + #"<Relationships xmlns="\#(relations)">"#
        + #"<Relationship Id="rId1" Type="\#(office)/officeDocument" Target="word/document.xml"/>"#
        + #"<Relationship Id="rId2" Type="\#(relations)/metadata/core-properties" Target="docProps/core.xml"/>"#
        + "</Relationships>")
    archive.add(
      "word/_rels/document.xml.rels",
      head + #"<Relationships xmlns="\#(relations)">"#
        + #"<Relationship Id="rId1" Type="\#(office)/styles" Target="styles.xml"/>"#
        + #"<Relationship Id="rId2" Type="\#(office)/settings" Target="settings.xml"/></Relationships>"#
    )
    archive.add(
      "docProps/core.xml",
      head
        + #"<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">"#
        + "<dc:title>\(WordText.escaped(title))</dc:title><dc:creator>\(WordText.escaped(author))</dc:creator>"
        + (isRedline ? "<dc:description>\(Proof.statement)</dc:description>" : "")
        + #"<dcterms:modified xsi:type="dcterms:W3CDTF">\#(time)</dcterms:modified></cp:coreProperties>"#
    )
    archive.add("word/styles.xml", head + Self.styles)
    // Whoever edits a redline goes on in tracked changes.
    archive.add(
      "word/settings.xml",
      head + #"<w:settings xmlns:w="\#(Body.namespace)">"#
        + (isRedline ? "<w:trackChanges/>" : "") + "</w:settings>")
    archive.add("word/document.xml", head + body)
    return archive.bytes
  }

  private static var styles: String {
    func style(_ id: String, _ name: String, _ paragraph: String, _ run: String) -> String {
      #"<w:style w:type="paragraph" w:styleId="\#(id)"\#(id == "Normal" ? " w:default=\"1\"" : "")>"#
        + #"<w:name w:val="\#(name)"/>"# + (id == "Normal" ? "" : #"<w:basedOn w:val="Normal"/>"#)
        + "<w:pPr>\(paragraph)</w:pPr><w:rPr>\(run)</w:rPr></w:style>"
    }
    let spacing = #"<w:spacing w:after="120"/>"#
    let headings = (1...6).map { level in
      style(
        "Heading\(level)", "heading \(level)",
        #"<w:keepNext/><w:spacing w:before="240" w:after="120"/><w:outlineLvl w:val="\#(level - 1)"/>"#,
        #"<w:b/><w:sz w:val="\#(34 - 2 * level)"/>"#)
    }
    return #"<w:styles xmlns:w="\#(Body.namespace)">"#
      + style("Normal", "Normal", spacing, #"<w:sz w:val="22"/>"#) + headings.joined()
      + style("Item", "List Paragraph", spacing + #"<w:ind w:left="567"/>"#, "")
      + style(
        "Code", "Preformatted", #"<w:spacing w:after="120"/>"#,
        #"<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/><w:sz w:val="18"/>"#
      )
      + "</w:styles>"
  }
}

/// The body of a document.
private struct Body {
  static let namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
  /// The width of the text on a page of A4, in twentieths of a point.
  private static let width = 9026

  let author: String
  let time: String
  private var changes = 0

  init(author: String, time: String) {
    self.author = author
    self.time = time
  }

  /// Returns the body of paragraphs and rows, rows that follow each other in one table.
  func text(of blocks: [WordDocument.Block]) -> String {
    var writer = self
    var body = ""
    var rows: [(old: [String]?, new: [String]?)] = []
    for block in blocks {
      switch block {
      case .row(let old, let new): rows.append((old, new))
      case .paragraph(let style, let old, let new):
        body += writer.table(rows) + writer.paragraph(style, old, new)
        rows = []
      }
    }
    body += writer.table(rows)
    // The last end of a paragraph cannot be deleted: an empty one stands behind all others.
    return #"<w:document xmlns:w="\#(Self.namespace)"><w:body>\#(body)<w:p/>"#
      + #"<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr>"#
      + "</w:body></w:document>"
  }

  /// Returns the begin of an element that tells a change.
  private mutating func mark(_ name: String) -> String {
    changes += 1
    return
      #"<w:\#(name) w:id="\#(changes)" w:author="\#(WordText.escaped(author))" w:date="\#(time)""#
  }

  private mutating func paragraph(_ style: String, _ old: String?, _ new: String?) -> String {
    var runs = ""
    for part in Wording(from: old ?? "", to: new ?? "").parts {
      switch part.kind {
      case .equal: runs += Self.runs(part.text, "t")
      case .deleted: runs += mark("del") + ">" + Self.runs(part.text, "delText") + "</w:del>"
      case .inserted: runs += mark("ins") + ">" + Self.runs(part.text, "t") + "</w:ins>"
      }
    }
    // The end of a paragraph is inserted or deleted too, where all of it is.
    let end = old == nil ? mark("ins") + "/>" : new == nil ? mark("del") + "/>" : ""
    return #"<w:p><w:pPr><w:pStyle w:val="\#(style)"/>"#
      + (end.isEmpty ? "" : "<w:rPr>\(end)</w:rPr>") + "</w:pPr>\(runs)</w:p>"
  }

  private mutating func table(_ rows: [(old: [String]?, new: [String]?)]) -> String {
    guard !rows.isEmpty else { return "" }
    let columns = rows.map { max($0.old?.count ?? 0, $0.new?.count ?? 0, 1) }.max() ?? 1
    let width = Self.width / columns
    let border = #"w:val="single" w:sz="4" w:space="0" w:color="auto"/>"#
    let borders = ["top", "left", "bottom", "right", "insideH", "insideV"].map {
      "<w:\($0) \(border)"
    }
    var table = #"<w:tbl><w:tblPr><w:tblW w:w="\#(Self.width)" w:type="dxa"/><w:tblBorders>"#
    table += borders.joined() + "</w:tblBorders></w:tblPr><w:tblGrid>"
    table += (0..<columns).map { _ in #"<w:gridCol w:w="\#(width)"/>"# }.joined() + "</w:tblGrid>"
    for row in rows {
      let change = row.old == nil ? mark("ins") + "/>" : row.new == nil ? mark("del") + "/>" : ""
      table += change.isEmpty ? "<w:tr>" : "<w:tr><w:trPr>\(change)</w:trPr>"
      let count = max(row.old?.count ?? 0, row.new?.count ?? 0)
      for position in 0..<max(count, 1) {
        func cell(_ cells: [String]?) -> String? {
          cells.map { position < $0.count ? $0[position] : "" }
        }
        table += #"<w:tc><w:tcPr><w:tcW w:w="\#(width)" w:type="dxa"/></w:tcPr>"#
        table += paragraph("Normal", cell(row.old), cell(row.new)) + "</w:tc>"
      }
      table += "</w:tr>"
    }
    return table + "</w:tbl>"
  }

  /// Returns text as a run.
  private static func runs(_ text: String, _ element: String) -> String {
    "<w:r>\(WordText.content(of: text, in: element))</w:r>"
  }
}

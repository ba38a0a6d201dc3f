package import Comparison
import Pages
import Registry
import SourceText
import Syntax

/// A redline as one HTML page that needs nothing else: no network, no font, no other file.
package struct RedlinePage {
  /// A document with its redline.
  package struct Part {
    package let title: String
    package let redline: Redline

    /// Returns the commit behind the change of a passage, by the position of its step.
    package let reason: (Int) -> String?

    package init(
      title: String, redline: Redline, reason: @escaping (Int) -> String? = { _ in nil }
    ) {
      self.title = title
      self.redline = redline
      self.reason = reason
    }
  }

  private let title: String
  private let summary: [String]
  private let registers: [(title: String, changes: [RecordChange])]
  private let parts: [Part]
  private let reasons: (RecordChange) -> [String]

  /// Prepares a page.
  ///
  /// - Parameters:
  ///   - title: What is compared.
  ///   - summary: Lines above everything: the versions, the tool.
  ///   - registers: The changes of registers.
  ///   - parts: The documents that changed.
  ///   - reasons: Returns the commits behind the change of a record.
  package init(
    title: String, summary: [String], registers: [(title: String, changes: [RecordChange])],
    parts: [Part], reasons: @escaping (RecordChange) -> [String] = { _ in [] }
  ) {
    self.title = title
    self.summary = summary
    self.registers = registers
    self.parts = parts
    self.reasons = reasons
  }

  /// Returns the page, after reading it back.
  ///
  /// - Returns: The page.
  /// - Throws: `Proof.Failure` where what is read back of it is not both versions.
  package func text() throws(Proof.Failure) -> String {
    var sections: [HTML] = []
    var contents: [HTML] = []
    var written: [String] = []
    for (number, register) in registers.enumerated() {
      let id = "register-\(number + 1)"
      contents.append(Self.link(id, register.title, ChangeText.counts(register.changes)))
      sections.append(section(id, register.title, register.changes.map { record($0) }))
    }
    for (number, part) in parts.enumerated() {
      let id = "document-\(number + 1)"
      let changes = part.redline.changes
      contents.append(Self.link(id, part.title, "\(changes.count) passages"))
      let passages = Self.passages(of: part.redline, id)
      written += passages.map(\.whole.text)
      try Self.check(passages.map(\.body.text), part.redline)
      sections.append(
        section(
          id, part.title,
          [table(of: part, id)] + Self.withTables(passages, part.redline)))
    }
    let body = HTML.joined([
      .element("a", [("class", "skip"), ("href", "#main")], HTML("Skip to the changes")),
      .element(
        "header", [],
        .element("h1", [], HTML(title)),
        .joined(summary.map { .element("p", [], HTML($0)) }),
        .element(
          "p", [("class", "key")], HTML("Key: "), .element("ins", [], HTML("inserted")), HTML(" "),
          .element("del", [], HTML("deleted")), HTML(" "),
          .element("span", [("class", "moved")], HTML("moved")),
          HTML(". The keys n and p go to the next and the previous change."))),
      .element(
        "nav", [("aria-label", "Contents")], .element("h2", [], HTML("Contents")),
        .element("ul", [], contents)),
      .element("main", [("id", "main")], sections),
      .element(
        "footer", [],
        HTML(Proof.statement)),
    ])
    let page = HTML.page(title: title, style: Self.style, script: Self.script, body: body)
    try Self.check(that: page, holds: written)
    return page
  }

  private static func link(_ id: String, _ title: String, _ count: String) -> HTML {
    .element("li", [], .element("a", [("href", "#" + id)], HTML(title)), HTML(" (\(count))"))
  }

  private func section(_ id: String, _ title: String, _ content: [HTML]) -> HTML {
    .element(
      "section", [("id", id), ("aria-labelledby", id + "-title")],
      [.element("h2", [("id", id + "-title")], HTML(title))] + content)
  }

  /// A table of what changed in a document, with links to the places.
  private func table(of part: Part, _ id: String) -> HTML {
    let redline = part.redline
    let reasons = redline.changes.map { part.reason($0) }
    let hasReasons = reasons.contains { $0 != nil }
    func row(_ cells: [HTML], _ reason: HTML) -> HTML {
      .element("tr", [], cells + (hasReasons ? [reason] : []))
    }
    let rows = zip(redline.changes, reasons).map { index, reason -> HTML in
      let step = redline.steps[index]
      let passage = step.new ?? step.old
      let kind = step.kind == .same ? "renumbered" : ChangeText.name(of: step.kind)
      let number = passage?.number ?? ""
      let words = (passage?.summary ?? "").prefix(60)
      let link = HTML.element("a", [("href", "#\(id)-\(index)")], HTML(String(words)))
      let cells = [HTML(number), HTML(kind), link].map { HTML.element("td", [], $0) }
      return row(cells, .element("td", [], HTML(reason ?? "")))
    }
    let head = ["Clause", "Change", "Words"].map {
      HTML.element("th", [("scope", "col")], HTML($0))
    }
    return .element(
      "table", [], .element("caption", [], HTML("What changed")),
      .element("thead", [], row(head, .element("th", [("scope", "col")], HTML("By")))),
      .element("tbody", [], rows))
  }

  /// A passage as it stands in the page, and the part of it that is the passage's text.
  private typealias Shown = (whole: HTML, body: HTML)

  private static func passages(of redline: Redline, _ id: String) -> [Shown] {
    // The headings of a document stand below that of its section.
    let levels = redline.steps.compactMap { step -> Int? in
      guard case .heading(let level)? = (step.new ?? step.old)?.kind else { return nil }
      return level
    }
    let top = levels.min() ?? 1
    var last = top - 1
    return redline.steps.enumerated().map { index, step in
      var level: Int?
      if case .heading(let own)? = (step.new ?? step.old)?.kind {
        // A level that the document leaves out is none.
        last = min(own, last + 1)
        level = min(6, 3 + last - top)
      }
      return passage(step, index, redline, id, headingLevel: level)
    }
  }

  /// Puts rows that follow each other into tables.
  private static func withTables(_ passages: [Shown], _ redline: Redline) -> [HTML] {
    var parts: [HTML] = []
    var rows: [HTML] = []
    func flush() {
      guard !rows.isEmpty else { return }
      parts.append(.element("table", [("class", "rows")], .element("tbody", [], rows)))
      rows = []
    }
    for (passage, step) in zip(passages, redline.steps) {
      if (step.new ?? step.old)?.kind == .row {
        rows.append(passage.whole)
      } else {
        flush()
        parts.append(passage.whole)
      }
    }
    flush()
    return parts
  }

  private static func passage(
    _ step: Redline.Step, _ index: Int, _ redline: Redline, _ id: String, headingLevel: Int?
  ) -> Shown {
    let isChange = step.isChange
    var classes = ["passage", step.kind.rawValue]
    if isChange { classes.append("change") }
    let kind = (step.new ?? step.old)?.kind
    if kind == .item { classes.append("item") }
    if kind == .code || kind == .head { classes.append("code") }
    var attributes = [("class", classes.joined(separator: " ")), ("id", "\(id)-\(index)")]
    if isChange { attributes.append(("tabindex", "-1")) }
    let note = note(of: step, in: redline, id)
    let pieces = step.pieces.pieces
    guard kind == .row else {
      let hasWords = pieces.contains { piece in
        guard case .words = piece else { return false }
        return piece.wording.isChanged
      }
      let body = HTML.joined(
        pieces.map { piece in
          switch piece {
          // Signs that are all that changed are shown, for else nothing would be.
          case .sign(let wording) where hasWords || !wording.isChanged: sign(wording)
          case .sign(let wording), .words(let wording), .cell(let wording):
            marked(wording, hasEmphasis: kind != .code && kind != .head)
          }
        })
      let words = HTML.element("span", [("class", "words")], body)
      guard let headingLevel else { return (.element("div", attributes, note, words), body) }
      let name: StaticString =
        switch headingLevel {
        case ...3: "h3"
        case 4: "h4"
        case 5: "h5"
        default: "h6"
        }
      return (.element(name, attributes, note, words), body)
    }
    var cells: [[HTML]] = []
    var before: [HTML] = []
    for piece in pieces {
      if case .cell(let wording) = piece {
        cells.append(before + [marked(wording, hasEmphasis: true)])
        before = []
      } else if cells.isEmpty {
        before.append(sign(piece.wording))
      } else {
        cells[cells.count - 1].append(sign(piece.wording))
      }
    }
    if cells.isEmpty { cells = [before] }
    let isHeader = (step.new ?? step.old)?.isHeaderRow == true
    func shown(_ cell: [HTML]) -> HTML {
      isHeader ? .element("th", [("scope", "col")], cell) : .element("td", [], cell)
    }
    let noted = cells.enumerated().map { position, cell in
      shown((position == 0 ? [note] : []) + cell)
    }
    return (.element("tr", attributes, noted), .joined(cells.map(shown)))
  }

  private static func note(of step: Redline.Step, in redline: Redline, _ id: String) -> HTML {
    guard let remark = Remark.text(of: step, in: redline) else { return HTML("") }
    let isMove = step.kind == .movedAway || step.kind == .movedHere
    let words = HTML(remark)
    let content =
      step.partner.map { HTML.element("a", [("href", "#\(id)-\($0)")], words) } ?? words
    return .element(
      "span", [("class", isMove ? "note moved" : "note")], HTML("["), content, HTML("] "))
  }

  /// Signs of Markdown, which stand in the page so that both versions can be read out of it, and are not
  /// shown.
  private static func sign(_ wording: Wording) -> HTML {
    .element("span", [("class", "sign")], marked(wording, hasEmphasis: false))
  }

  /// A difference of words, with what Markdown makes bold in bold.
  private static func marked(_ wording: Wording, hasEmphasis: Bool) -> HTML {
    // Bold type goes on from part to part, on each side for itself.
    var (isOldBold, isNewBold) = (false, false)
    let isPlain = !wording.parts.contains { $0.text.utf8.contains(UInt8(ascii: "*")) }
    return .joined(
      wording.parts.map { part in
        var content: [HTML] = []
        let segments =
          hasEmphasis && !isPlain
          ? part.text.split(separator: "**", omittingEmptySubsequences: false) : [part.text[...]]
        for (position, segment) in segments.enumerated() {
          if position > 0 {
            content.append(.element("span", [("class", "sign")], HTML("**")))
            if part.kind != .inserted { isOldBold.toggle() }
            if part.kind != .deleted { isNewBold.toggle() }
          }
          guard !segment.isEmpty else { continue }
          let isBold = part.kind == .deleted ? isOldBold : isNewBold
          let text = HTML(String(segment))
          content.append(isBold ? .element("b", [], text) : text)
        }
        switch part.kind {
        case .equal: return .joined(content)
        case .deleted: return .element("del", [], content)
        case .inserted: return .element("ins", [], content)
        }
      })
  }

  private func record(_ change: RecordChange) -> HTML {
    let kind = change.kind.rawValue
    var rows: [HTML] = []
    func row(_ name: String, _ value: HTML) {
      rows.append(
        .element(
          "tr", [], .element("th", [("scope", "row")], HTML(name)), .element("td", [], value)))
    }
    for field in change.fields + change.references {
      if let order = ValueText.order(of: field) {
        row(field.path, HTML(order))
      } else if let wording = field.wording {
        row(field.path, Self.marked(wording, hasEmphasis: false))
      } else {
        let old = field.old.map { HTML.element("del", [], HTML(ChangeText.shown($0))) }
        let new = field.new.map { HTML.element("ins", [], HTML(ChangeText.shown($0))) }
        row(field.path, .joined([old, new].compactMap(\.self)))
      }
    }
    for consequence in change.consequences {
      row(
        consequence.name,
        .joined([
          .element("del", [], HTML(consequence.old ?? "")), HTML(" "),
          .element("ins", [], HTML(consequence.new ?? "")),
        ]))
    }
    for reason in reasons(change) { row("by", HTML(reason)) }
    let former = change.formerID.map { ", was \($0)" } ?? ""
    return .element(
      "div", [("class", "record change"), ("tabindex", "-1")],
      .element("h3", [], HTML("\(change.id) \(kind)\(former)")),
      .element("table", [], .element("tbody", [], rows)))
  }

  /// Makes sure that passages stand in the page that is written, in their order.
  private static func check(
    that page: String, holds passages: [String]
  ) throws(Proof.Failure) {
    let bytes = Array(page.utf8)
    var position = 0
    for passage in passages {
      let wanted = Array(passage.utf8)
      while position + wanted.count <= bytes.count,
        !bytes[position..<(position + wanted.count)].elementsEqual(wanted)
      {
        position += 1
      }
      position += wanted.count
      guard position <= bytes.count else { throw Proof.Failure(format: "html") }
    }
  }

  /// Reads passages of the page back and compares them with both versions.
  private static func check(_ passages: [String], _ redline: Redline) throws(Proof.Failure) {
    for (markup, step) in zip(passages, redline.steps) {
      func shown(_ passage: Passage?) -> String {
        (passage?.source ?? "").visible { ["\n", "\r", "\t"].contains($0) }
      }
      guard read(markup, without: "ins").utf8.elementsEqual(shown(step.old).utf8),
        read(markup, without: "del").utf8.elementsEqual(shown(step.new).utf8)
      else { throw Proof.Failure(format: "html") }
    }
  }

  /// Returns the text of markup without the elements of one name.
  static func read(_ markup: String, without name: String) -> String {
    var text: [UInt8] = []
    var rest = Array(markup.utf8)[...]
    var isDropped = false
    let entities = ["&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": "\"", "&#13;": "\r"]
    while let first = rest.first {
      if first == UInt8(ascii: "<"), let end = rest.firstIndex(of: UInt8(ascii: ">")) {
        let tag = String(decoding: rest[(rest.startIndex + 1)..<end], as: UTF8.self)
        if tag == name { isDropped = true }
        if tag == "/" + name { isDropped = false }
        rest = rest[(end + 1)...]
      } else if first == UInt8(ascii: "&"), let end = rest.firstIndex(of: UInt8(ascii: ";")) {
        let entity = String(decoding: rest[...end], as: UTF8.self)
        if !isDropped { text += Array((entities[entity] ?? entity).utf8) }
        rest = rest[(end + 1)...]
      } else {
        let stretch = rest.prefix { $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: "&") }
        if !isDropped { text += stretch }
        rest = rest[stretch.endIndex...]
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}

package import Accounts
import Baselines
import Comparison
import Git
package import Pages
import Registry
import SourceText
import Syntax

/// Release notes as a page: what is in force, what changed in words and by which decision, what ended, and what
/// comes next.
package struct NotesPage {
  package private(set) var page: Page
  private let notes: ReleaseNotes
  /// The trailers that give reasons, in the order of the columns.
  private let keys: [String]

  package init(_ notes: ReleaseNotes) throws {
    self.notes = notes
    let (old, new) = (notes.old, notes.new)
    page = Page(title: new.name)
    keys = Self.keys(of: notes)
    let rows: [(String, String?)] = [
      ("In force from", new.effective.map(Self.day)), ("Published", new["Published"].map(Self.day)),
      ("Decision", new.decisions.isEmpty ? nil : new.decisions.joined(separator: ", ")),
      ("Cause", new["Cause"]),
      ("Follows", "\(old.name), in force from \(old.effective.map(Self.day) ?? "–")"),
      ("Items", new["Items"]), ("Manifest (SHA-256)", new["Manifest-SHA256"]),
    ]
    page.facts = rows.compactMap { name, value in value.map { Page.Fact(name, $0) } }
    page.footer = "\(new.name) \(new["Manifest-SHA256"]?.prefix(16) ?? "")"
    page.blocks = Prose.blocks(of: new.text)
    addDocuments()
    page.blocks.append(.heading(level: 1, ["What changed"]))
    if notes.changes.isEmpty { page.blocks.append(.text("Nothing.")) }
    for (register, changes) in notes.registers { add(changes, of: register) }
    for (document, _) in notes.texts { try add(document) }
    addEnd()
  }

  /// Returns a day in words; what is none as it is.
  private static func day(_ text: String) -> String { Day(text)?.words ?? text }

  // MARK: Reasons

  private static func keys(of notes: ReleaseNotes) -> [String] {
    let catalogue = notes.changes.catalogue
    let commits = notes.changes.registers.flatMap(\.changes).flatMap { notes.changes.commits($0) }
    let used = commits.flatMap { catalogue?.reasons(of: $0) ?? [] }.map(\.key)
    let first = [catalogue?.modifications?.trailer].compactMap(\.self).filter { key in
      used.contains { $0.lowercased() == key.lowercased() }
    }
    return used.reduce(into: first) { keys, key in
      if !keys.contains(where: { $0.lowercased() == key.lowercased() }) { keys.append(key) }
    }
  }

  private var reasonColumns: [String] { keys.isEmpty ? ["By"] : keys }

  /// Returns the shares of columns, with those of the reasons behind them.
  private func widths(_ own: Int...) -> [Int] { own + reasonColumns.map { _ in 3 } }

  /// Returns the cells that say why something changed.
  private func reasons(_ commits: [Commit]) -> [[Inline]] {
    guard !keys.isEmpty else {
      return [
        [
          .text(
            commits.map { "\($0.id.description.prefix(7)) \($0.day) \($0.subject)" }
              .joined(separator: "; "))
        ]
      ]
    }
    return keys.map { key in
      let values = commits.flatMap(\.trailers).filter { $0.key.lowercased() == key.lowercased() }
        .map(\.value)
      let once = values.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
      return once.isEmpty ? [] : [.text(once.joined(separator: ", "))]
    }
  }

  /// By what something was changed, in a word.
  private func author(_ commits: [Commit]) -> String? {
    reasons(commits).first { !$0.isEmpty && !keys.isEmpty }?.plain
  }

  // MARK: Parts

  private mutating func addDocuments() {
    guard !notes.documents.isEmpty else { return }
    page.blocks.append(.heading(level: 1, ["Documents"]))
    let rows = notes.documents.map { change, versions, _ in
      let title = [change.id, change.new?.shownTitle ?? change.old?.shownTitle]
        .compactMap(\.self).joined(separator: " ")
      return Table.Row(
        [[.text(title)]] + versions.map { [.text($0 ?? "–")] }
          + reasons(notes.changes.commits(change)))
    }
    page.blocks.append(
      .table(
        Table(
          ["Document", "From", "To"] + reasonColumns, rows: rows,
          widths: widths(4, 1, 1), hasRowHeads: true)))
  }

  /// How much of an unchanged text stands beside a change, in bytes.
  private static let context = 80

  private mutating func add(_ changes: [RecordChange], of register: Register) {
    page.blocks.append(.heading(level: 2, [.text(register.title)]))
    let rows = changes.map { change in
      let record = change.new ?? change.old
      var name = [Inline.strong([.text(change.id)])]
      if let title = record?.shownTitle { name.append(.text(" " + title)) }
      if let former = change.formerID { name.append(.text(" (was \(former))")) }
      let commits = notes.changes.commits(change)
      return Table.Row([name, self.fields(of: change, author(commits))] + reasons(commits))
    }
    page.blocks.append(
      .table(
        Table(
          ["Item", "What changed"] + reasonColumns, rows: rows,
          widths: widths(3, 5), hasRowHeads: true)))
  }

  private func fields(of change: RecordChange, _ author: String?) -> [Inline] {
    switch change.kind {
    case .added:
      let words = change.new?.node["text"]?.text.map { Prose.inlines(of: $0) } ?? []
      return [.marked(Mark(.inserted, by: author), ["added"])]
        + (words.isEmpty ? [] : [.lineBreak] + words)
    case .removed: return [.marked(Mark(.deleted, by: author), ["removed"])]
    case .changed: break
    }
    let fields = change.fields + change.references
    let told = fields.map { field -> [Inline] in
      var content: [Inline] = [.text(field.path + ": ")]
      if let order = ValueText.order(of: field) {
        content.append(.text(order))
      } else {
        func value(_ node: Node?) -> StyledText {
          guard let node else { return StyledText([]) }
          return StyledText(
            node.kind == .string
              ? Prose.inlines(of: node.text ?? "") : [.text(ValueText.line(node))])
        }
        content += StyledText.difference(
          from: value(field.old), to: value(field.new), by: author, context: Self.context)
      }
      return content
    }
    return Array(told.joined(separator: [.lineBreak]))
  }

  private mutating func add(_ document: DocumentChange) throws {
    page.blocks.append(.heading(level: 2, [.text(document.title)]))
    let redline = document.redline
    let commits = try document.commits(redline)
    var rows: [Table.Row] = []
    for position in document.changes(in: redline) {
      let step = redline.steps[position]
      // A move is told where the passage is now.
      guard step.kind != .movedAway, let passage = step.new ?? step.old else { continue }
      let behind = commits(position).map { [$0] } ?? []
      var content: [Inline] = []
      if let remark = Remark.text(of: step, in: redline) {
        content += [.emphasis([.text(remark)]), .lineBreak]
      }
      let origin =
        step.kind == .movedHere ? step.partner.flatMap { redline.steps[$0].old } : step.old
      content += StyledText.difference(
        from: Self.words(of: origin), to: Self.words(of: step.new), by: author(behind),
        context: Self.context)
      rows.append(
        Table.Row(
          [[.text(passage.number.isEmpty ? "–" : passage.number)], content] + reasons(behind))
      )
    }
    page.blocks.append(
      .table(
        Table(
          ["Clause", "What changed"] + reasonColumns, rows: rows,
          widths: widths(2, 8), hasRowHeads: true)))
  }

  /// Returns the words of a passage as readers see them.
  private static func words(of passage: Passage?) -> StyledText {
    guard let passage else { return StyledText([]) }
    switch passage.kind {
    case .row:
      return StyledText(
        Array(passage.cells.map { Prose.inlines(of: $0.text) }.joined(separator: [" | "])))
    case .code, .head, .other: return StyledText([.code(passage.text)])
    case .heading, .paragraph, .item:
      let text = passage.text.drop { $0 == "#" }
      return StyledText(Prose.inlines(of: text.trimmed))
    }
  }

  private mutating func addEnd() {
    if !notes.endedVariations.isEmpty {
      page.blocks.append(.heading(level: 1, ["Variations ended"]))
      let items = notes.endedVariations.map { record in
        [Block.text(.text("\(record.id) \(record.shownTitle ?? "")"))]
      }
      page.blocks.append(.list(isOrdered: false, items: items))
    }
    guard let approved = notes.approved, !approved.isEmpty else { return }
    page.blocks.append(.heading(level: 1, ["What comes next"]))
    let rows = approved.map { modification in
      Table.Row([
        [.text(modification.effective?.words ?? "no day yet")], [.text(modification.id)],
        [.text(modification.title)],
      ])
    }
    page.blocks.append(
      .table(Table(["In force from", "Modification", "Title"], rows: rows, widths: [2, 2, 5])))
  }
}

extension Substring {
  fileprivate var trimmed: String {
    var text = self
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}

import Accounts
import Comparison
import Diagnostics
import Publishing
import Registry
import SourceText
import Syntax

/// Changes in the forms that people and programs read.
struct ChangeView {
  let changes: Changes
  private let usesColour: Bool

  /// Prepares the showing of changes.
  ///
  /// - Parameters:
  ///   - changes: What differs.
  ///   - fields: The fields to show; all where it is `nil`.
  ///   - usesColour: Whether a terminal shows colours.
  init(changes: Changes, fields: [String]?, usesColour: Bool) {
    var changes = changes
    if let fields {
      changes.registers = changes.registers.compactMap { register, records in
        let kept = records.compactMap { $0.keeping(fields) }
        return kept.isEmpty ? nil : (register, kept)
      }
      (changes.documents, changes.others, changes.schemas, changes.dangling) = ([], [], [], [])
    }
    self.changes = changes
    self.usesColour = usesColour
  }

  private var title: String { "\(changes.old) → \(changes.new)" }

  /// Writes the changes as text, piece by piece.
  func writeText(_ write: (PaintedText) -> Void) throws {
    guard !changes.isEmpty else { return }
    let writer = ChangeText(usesColour: usesColour, reasons: changes.reasons)
    write("\(title)\n")
    func writeSection(_ title: String, _ lines: [String]) {
      guard !lines.isEmpty else { return }
      write("\n\(title):\n")
      for line in lines { write("  \(line)\n") }
    }
    writeSection(
      "schemas and catalogue (no change of data)",
      changes.schemas.map { change in
        let kind = change.old == nil ? "added" : change.new == nil ? "removed" : "changed"
        return "\(change.path) \(kind)"
      })
    for (register, records) in changes.registers {
      write("\n")
      writer.write(records, in: register.name, title: register.title, write)
    }
    // The record of a document that came or went says so.
    for document in changes.documents where !document.isWhole {
      let redline = document.redline
      var text = writer.text(
        of: redline, showsHead: !document.hasRecord, reason: try document.reasons(redline))
      if text.isEmpty, !isTold(document) { text = "    layout only: its head\n" }
      if !text.isEmpty { write("\n\(document.title)\n\(text)") }
    }
    writeSection("cannot be read, and not compared", changes.unreadable.map(\.line))
    let (layout, others) = changes.othersByLayout
    writeSection("changed, and no record", others.map(\.line))
    writeSection("layout only", layout.map(\.line))
    writeSection(
      "references that lead nowhere now",
      changes.dangling.map { "\($0.id) (\($0.register)) → \($0.target)" })
  }

  /// Whether the record of a document is among the changes.
  private func isTold(_ document: DocumentChange) -> Bool {
    changes.registers.contains { $0.changes.contains { $0.new?.path == document.path } }
  }

  var stat: String {
    var rows = changes.registers.map { register, records in
      [register.name]
        + [RecordChange.Kind.added, .changed, .removed].map { kind in
          String(records.count { $0.kind == kind })
        }
    }
    for document in changes.documents where !document.isWhole {
      let count = document.changes(in: document.redline).count
      if count > 0 { rows.append([document.title, "", String(count), ""]) }
    }
    let table =
      rows.isEmpty
      ? ""
      : TextTable(header: ["register", "added", "changed", "removed"], rows: rows).text(width: nil)
    let (layout, others) = changes.othersByLayout
    let counts = [
      ("schemas and catalogue", changes.schemas.count),
      ("cannot be read", changes.unreadable.count), ("no record", others.count),
      ("layout only", layout.count),
    ]
    let lines = counts.filter { $0.1 > 0 }.map { "\($0.0): \(Count($0.1, "file"))\n" }
    return table + (table.isEmpty || lines.isEmpty ? "" : "\n") + lines.joined()
  }

  var summary: String {
    var text = ""
    for (register, records) in changes.registers {
      for record in records {
        let former = record.formerID.map { " (was \($0))" } ?? ""
        text += "\(record.kind.rawValue) \(register.name) \(record.id)\(former)\n"
      }
    }
    for document in changes.documents where !document.isWhole {
      let count = document.changes(in: document.redline).count
      if count > 0 { text += "changed \(document.title): \(Count(count, "passage"))\n" }
    }
    for change in changes.schemas { text += "changed \(change.path)\n" }
    for change in changes.unreadable { text += "unreadable \(change.file.path)\n" }
    for change in changes.others { text += "\(change.name) \(change.path)\n" }
    return text
  }

  /// Returns the changes as a document with tracked changes.
  ///
  /// - Parameter seconds: When they were made, since 1970.
  /// - Returns: The bytes of the file.
  /// - Throws: `Proof.Failure` where it does not give both versions back.
  func word(at seconds: Int) throws(Proof.Failure) -> [UInt8] {
    var document = WordDocument(title: title, author: "registrar", seconds: seconds)
    for (register, records) in changes.registers where register.shape != .document {
      document.add(records, of: register.title)
    }
    for change in changes.documents { document.add(change.redline) }
    return try document.redline()
  }

  /// Returns the changes as Markdown, documents as redlines in CriticMarkup; what records, commits and files
  /// say is text there, and never markup.
  func markdown() throws(Proof.Failure) -> String {
    guard !changes.isEmpty else { return "" }
    // One document alone is its redline and nothing else, so that it can be read back.
    if changes.registers.isEmpty, changes.schemas.isEmpty, changes.documents.count == 1 {
      return try markdown(of: changes.documents[0].redline).text
    }
    var text: MarkdownText = "# \(title)\n"
    for (register, records) in changes.registers {
      text += "\n## \(register.title)\n"
      for record in records {
        let former: MarkdownText = record.formerID.map { ", was \($0)" } ?? ""
        text += "\n### \(record.id) \(record.kind.rawValue)\(former)\n\n"
        for field in record.fields + record.references {
          if let order = ValueText.order(of: field) {
            text += "- \(field.path): \(order)\n"
            continue
          }
          let old = field.wording?.old ?? field.old.map(ChangeText.shown) ?? ""
          let new = field.wording?.new ?? field.new.map(ChangeText.shown) ?? ""
          let value = CriticMarkup.text(of: Wording(from: old, to: new), isPlain: true)
            .replacing("\n", with: " ")
          text += "- \(field.path): \(MarkdownText(markup: value))\n"
        }
        for consequence in record.consequences {
          text += "- \(consequence.name): \(consequence.old ?? "–") → \(consequence.new ?? "–")\n"
        }
        for reason in changes.reasons(record) { text += "- by \(reason)\n" }
      }
    }
    for document in changes.documents {
      text += "\n## \(document.title)\n\n\(try markdown(of: document.redline))"
    }
    return text.text
  }

  private func markdown(of redline: Redline) throws(Proof.Failure) -> MarkdownText {
    // A comment is of neither version, and nothing may stand behind the last line but it.
    let text = CriticMarkup.text(of: redline) + CriticMarkup.comment(Proof.statement)
    try Proof.check(text, old: redline.old, new: redline.new)
    return MarkdownText(markup: text)
  }

  func html() throws -> String {
    try RedlinePage(
      title: title,
      summary: ["registrar \(Registrar.version)"],
      registers: changes.registers.map { ($0.register.title, $0.changes) },
      parts: try changes.documents.map { document in
        let redline = document.redline
        return .init(title: document.title, redline: redline, reason: try document.reasons(redline))
      }, reasons: changes.reasons
    ).text()
  }
}

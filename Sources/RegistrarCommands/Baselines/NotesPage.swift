import Accounts
import Baselines
import Comparison
import Diagnostics
import Publishing
import Registry
import Syntax

/// Release notes in Markdown.
struct NotesPage {
  let text: String

  init(_ notes: ReleaseNotes) {
    let (old, new, changes) = (notes.old, notes.new, notes.changes)
    let said = MarkdownText(markup: markdownText(new.text))
    var text: MarkdownText = "# \(new.name)\n\n\(said)\n\n| | |\n|---|---|\n"
    let rows: [(String, String?)] = [
      ("In force from", new.effective), ("Published", new["Published"]),
      ("Decision", new.decisions.isEmpty ? nil : new.decisions.joined(separator: ", ")),
      ("Cause", new["Cause"]), ("Follows", "\(old.name), in force from \(old.effective ?? "–")"),
      ("Items", new["Items"]), ("Manifest (SHA-256)", new["Manifest-SHA256"]),
    ]
    for case (let name, let value?) in rows { text += "| \(name) | \(value) |\n" }
    text += Self.accounts(notes)
    text += "\n## What changed\n"
    if changes.isEmpty { text += "\nNothing.\n" }
    for (register, records) in notes.registers {
      text += "\n### \(register.title)\n\n"
      for record in records { text += Self.text(of: record, changes.reasons(record)) }
    }
    for (document, count) in notes.texts {
      text += "\n### \(document.title)\n\n\(Count(count, "passage")) changed.\n"
    }
    self.text = text.text
  }

  /// The tables of a Configuration Management Update: documents with their versions, variations that
  /// ended, and what comes next.
  private static func accounts(_ notes: ReleaseNotes) -> MarkdownText {
    var text: MarkdownText = ""
    if !notes.documents.isEmpty {
      text += "\n## Documents\n\n| document | from | to | modification |\n|---|---|---|---|\n"
      for (change, versions, reasons) in notes.documents {
        let (from, to) = (versions[0] ?? "–", versions[1] ?? "–")
        text +=
          "| \(change.id) \(change.new?.shownTitle ?? "") | \(from) | \(to) | \(reasons.joined(separator: "; ")) |\n"
      }
    }
    if !notes.endedVariations.isEmpty { text += "\n## Variations ended\n\n" }
    for record in notes.endedVariations {
      text += "- \(record.id) \(record.shownTitle ?? "")\n"
    }
    guard let approved = notes.approved, !approved.isEmpty else { return text }
    text += "\n## Next\n\n"
    for modification in approved {
      let day = modification.effective?.description ?? "no day yet"
      text += "- \(day): \(modification.id) \(modification.title)\n"
    }
    return text
  }

  private static func text(of record: RecordChange, _ reasons: [String]) -> MarkdownText {
    let title: MarkdownText = (record.new ?? record.old)?.shownTitle.map { " \($0)" } ?? ""
    let former: MarkdownText = record.formerID.map { " (was \($0))" } ?? ""
    var text: MarkdownText = "- **\(record.id)**\(title)\(former) \(record.kind.rawValue)"
    let changed = record.kind == .changed ? record.fields + record.references : []
    let fields = changed.prefix(8).map { field -> String in
      if let order = ValueText.order(of: field) { return "\(field.path) \(order)" }
      guard let one = field.old, let two = field.new, one.kind != .array, one.kind != .object,
        max((one.text ?? "").count, (two.text ?? "").count) <= 40
      else { return field.path }
      return "\(field.path) \(one.text ?? "") → \(two.text ?? "")"
    }
    if !fields.isEmpty { text += ": \(fields.joined(separator: "; "))" }
    text += "\n"
    for reason in reasons { text += "  - \(reason)\n" }
    if record.kind == .added, let words = record.new?.node["text"]?.text {
      text += "\n"
      for line in words.split(separator: "\n") { text += "  > \(line)\n" }
    }
    return text
  }
}

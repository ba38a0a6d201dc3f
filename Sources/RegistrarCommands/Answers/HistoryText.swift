import Accounts
import Comparison
import Diagnostics
import Git
import History
import Publishing
import Registry
import SourceText
import Syntax

/// What commits did to an item, for people.
struct HistoryText {
  private let catalogue: Catalogue
  /// The field that is asked for alone.
  private let field: String?
  private let writer: ChangeText

  init(catalogue: Catalogue, field: String?, usesColour: Bool) {
    self.catalogue = catalogue
    self.field = field
    writer = ChangeText(usesColour: usesColour)
  }

  /// Returns a commit and what it did to the item; nothing where it did not change the field.
  func text(of entry: ItemHistory.Entry) -> PaintedText {
    var body: PaintedText = ""
    if let path = entry.unreadable { body += "  ! \(path) cannot be read in this commit\n" }
    if entry.isMended { body += "  it can be read again\n" }
    if entry.isCut {
      body += "  it was there already; what was before is not in this shallow clone\n"
    } else {
      if let number = entry.formerNumber { body += "  was \(number)\n" }
      if let change = entry.change { body += text(of: change) }
      if let text = entry.text {
        body += writer.text(of: text.redline, only: Set(text.steps))
      }
    }
    return body.isEmpty ? "" : head(of: entry.commit) + body + "\n"
  }

  /// Returns a commit and all that it changed.
  func text(of commit: Commit, _ changes: Changes?) -> PaintedText {
    var text = head(of: commit)
    guard let changes else { return text + "  ! its catalogue cannot be read\n\n" }
    for change in changes.unreadable { text += "  ! \(change.line)\n" }
    for (_, records) in changes.registers {
      for record in records { text += writer.text(of: record) }
    }
    for document in changes.documents where !document.isWhole {
      text += "  \(document.title)\n\(writer.text(of: document.redline))"
    }
    return text + "\n"
  }

  private func head(of commit: Commit) -> PaintedText {
    var text: PaintedText =
      "\(commit.id.description.prefix(7)) \(commit.day) \(commit.subject)\n"
    for trailer in catalogue.reasons(of: commit) {
      text += "  \(trailer.key): \(trailer.value)\n"
    }
    return text
  }

  private func text(of change: RecordChange) -> PaintedText {
    guard let field else { return writer.text(of: change) }
    if change.kind == .changed {
      return change.keeping([field]).map { writer.text(of: $0) } ?? ""
    }
    guard let record = change.new ?? change.old, let value = record.node[field] else { return "" }
    let sign = change.kind == .added ? "+" : "-"
    return "  \(sign) \(change.id)\n      \(field): \(ChangeText.shown(value))\n"
  }
}

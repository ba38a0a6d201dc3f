import ArgumentParser
import Baselines
import Comparison
import Diagnostics
import Git
import Registry
import SourceText
import Syntax

struct BaselineNotes: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "notes", abstract: "Write release notes from one baseline to the next",
    discussion: "Markdown: dates, decisions and cause, and each change with the decision behind it."
  )

  @Argument(help: "The baseline before.")
  var first: String

  @Argument(help: "The baseline that the notes are for.")
  var second: String

  mutating func run(in session: inout Session) async throws -> Outcome {
    let place = try Workplace(session)
    let repository = try place.openRepository()
    let (old, new) = (
      try repository.baseline(named: first), try repository.baseline(named: second)
    )
    let changes = try await ChangeReader(place: place, session: session, names: [])
      .changes(
        from: try place.tree(at: .revision(old.tag.target.description)),
        to: try place.tree(at: .revision(new.tag.target.description)))
    var text = "# \(new.name)\n\n\(new.text)\n\n| | |\n|---|---|\n"
    let rows: [(String, String?)] = [
      ("In force from", new.effective), ("Published", new["Published"]),
      ("Decision", new.decisions.isEmpty ? nil : new.decisions.joined(separator: ", ")),
      ("Cause", new["Cause"]), ("Follows", "\(old.name), in force from \(old.effective ?? "–")"),
      ("Items", new["Items"]), ("Manifest (SHA-256)", new["Manifest-SHA256"]),
    ]
    for case (let name, let value?) in rows { text += "| \(name) | \(value) |\n" }
    text += "\n## What changed\n"
    if changes.isEmpty { text += "\nNothing.\n" }
    for (register, records) in changes.registers {
      text += "\n### \(register.title)\n\n"
      for record in records {
        let title = (record.new ?? record.old)?.node["title"]?.text.map { " \($0)" } ?? ""
        let former = record.formerID.map { " (was \($0))" } ?? ""
        text += "- **\(record.id)**\(title)\(former) \(record.kind.rawValue)"
        let fields = (record.fields + record.references).prefix(8).map { field -> String in
          guard let one = field.old, let two = field.new, one.kind != .array, one.kind != .object,
            max((one.text ?? "").count, (two.text ?? "").count) <= 40
          else { return field.path }
          return "\(field.path) \(one.text ?? "") → \(two.text ?? "")"
        }
        if !fields.isEmpty { text += ": " + fields.joined(separator: "; ") }
        text += "\n"
        for reason in changes.reasons(record) { text += "  - \(reason)\n" }
      }
    }
    for (title, redline) in changes.documents {
      text += "\n### \(title)\n\n\(Count(redline.changes.count, "passage")) changed.\n"
    }
    session.output += text
    return .clean
  }
}

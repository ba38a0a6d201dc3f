import Accounts
import ArgumentParser
import Baselines
import Comparison
import Diagnostics
import Git
import Publishing
import Registry
import Rules
import SourceText
import Syntax

struct BaselineNotes: AnswerCommand {
  static let configuration = CommandConfiguration(
    commandName: "notes", abstract: "Write release notes from one baseline to the next",
    discussion: "Markdown: dates, decisions and cause, and each change with the decision behind it."
  )

  @Argument(help: "The baseline before.")
  var first: String

  @Argument(help: "The baseline that the notes are for.")
  var second: String

  @OptionGroup var destination: Destination

  /// The tables of a Configuration Management Update: documents with their versions, variations that
  /// ended, and what comes next.
  private func accounts(
    from old: Baseline, to new: Baseline, _ changes: Changes, _ place: Workplace,
    _ session: inout Session
  ) async throws -> MarkdownText {
    var text: MarkdownText = ""
    let documents = changes.registers.filter { $0.register.shape == .document }.flatMap(\.changes)
    if !documents.isEmpty {
      text += "\n## Documents\n\n| document | from | to | modification |\n|---|---|---|---|\n"
      for change in documents {
        let versions = [change.old, change.new].map { $0?.node["version"]?.text ?? "–" }
        let reasons = changes.reasons(change).joined(separator: "; ")
        text +=
          "| \(change.id) \(change.new?.shownTitle ?? "") | \(versions[0]) | \(versions[1]) | \(reasons) |\n"
      }
    }
    let tree = try place.tree(at: .revision(new.tag.target.description))
    let index = RecordIndex(of: try await session.snapshotToShow(tree))
    if let kept = index.snapshot.catalogue.variations,
      let register = index.position(ofRegister: kept.register),
      let first = old.effective.flatMap(Day.init), let last = new.effective.flatMap(Day.init)
    {
      let ended = index.records[register].filter { record in
        guard let day = record.node[kept.end]?.text.flatMap(Day.init) else { return false }
        return first <= day && day < last
      }
      if !ended.isEmpty { text += "\n## Variations ended\n\n" }
      for record in ended { text += "- \(record.id) \(record.shownTitle ?? "")\n" }
    }
    guard index.snapshot.catalogue.modifications != nil,
      let commit = (tree as? CommitTree)?.commit
    else { return text }
    let approved = try PendingModifications(in: index, at: commit, place.openRepository()).approved
    if !approved.isEmpty { text += "\n## Next\n\n" }
    for modification in approved {
      let day = modification.effective?.description ?? "no day yet"
      text += "- \(day): \(modification.id) \(modification.title)\n"
    }
    return text
  }

  /// Fails where the second does not follow the first: notes tell what came after.
  private func requireOrder(
    _ old: Baseline, _ new: Baseline, _ ledger: Ledger
  ) throws(Failure) {
    guard old.name != new.name else {
      throw Failure(
        "'\(old.name)' is named twice, and nothing changes from a baseline to itself",
        hint: "Name the one before first: registrar baseline notes BEFORE \(new.name)")
    }
    let chain = ledger.chain(of: new.name).map(\.name)
    let isReversed: Bool
    if let one = chain.firstIndex(of: old.name), let two = chain.firstIndex(of: new.name) {
      isReversed = one > two
    } else {
      isReversed =
        old.tag.target != new.tag.target
        && ledger.repository.isAncestor(new.tag.target, of: old.tag.target)
    }
    if isReversed {
      throw Failure(
        "'\(old.name)' comes after '\(new.name)'",
        hint: "Name the earlier one first: registrar baseline notes \(new.name) \(old.name)")
    }
    if ledger.gaps.isShallow, !ledger.repository.isAncestor(old.tag.target, of: new.tag.target) {
      try ledger.requireHistory(for: "why things changed from '\(old.name)' to '\(new.name)'")
    }
  }

  mutating func run(in session: inout Session) async throws -> Outcome {
    let place = try Workplace(session)
    let ledger = try place.ledger()
    let (old, new) = (try ledger.baseline(named: first), try ledger.baseline(named: second))
    try requireOrder(old, new, ledger)
    let changes = try await ChangeReader(place, session)
      .changes(
        from: try place.tree(at: .revision(old.tag.target.description)),
        to: try place.tree(at: .revision(new.tag.target.description)))
    let said = MarkdownText(markup: markdownText(new.text))
    var text: MarkdownText = "# \(new.name)\n\n\(said)\n\n| | |\n|---|---|\n"
    let rows: [(String, String?)] = [
      ("In force from", new.effective), ("Published", new["Published"]),
      ("Decision", new.decisions.isEmpty ? nil : new.decisions.joined(separator: ", ")),
      ("Cause", new["Cause"]), ("Follows", "\(old.name), in force from \(old.effective ?? "–")"),
      ("Items", new["Items"]), ("Manifest (SHA-256)", new["Manifest-SHA256"]),
    ]
    for case (let name, let value?) in rows { text += "| \(name) | \(value) |\n" }
    text += try await accounts(from: old, to: new, changes, place, &session)
    text += "\n## What changed\n"
    if changes.isEmpty { text += "\nNothing.\n" }
    for (register, records) in changes.registers(of: new) {
      text += "\n### \(register.title)\n\n"
      for record in records {
        let title: MarkdownText = (record.new ?? record.old)?.shownTitle.map { " \($0)" } ?? ""
        let former: MarkdownText = record.formerID.map { " (was \($0))" } ?? ""
        text += "- **\(record.id)**\(title)\(former) \(record.kind.rawValue)"
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
        for reason in changes.reasons(record) { text += "  - \(reason)\n" }
        if record.kind == .added, let words = record.new?.node["text"]?.text {
          text += "\n"
          for line in words.split(separator: "\n") { text += "  > \(line)\n" }
        }
      }
    }
    for document in changes.documents where !document.isWhole {
      let count = document.changes(in: document.redline).count
      guard count > 0 else { continue }
      text += "\n### \(document.title)\n\n\(Count(count, "passage")) changed.\n"
    }
    session.output.add(escaped: text.text)
    return .clean
  }
}

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

struct Next: AnswerCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what is approved and not yet in force",
    discussion: """
      The approved modifications in the order of their days of effect, and what each does to the text \
      that those before it leave (the conformed text). The text of a modification is its branch, as \
      the catalogue names it. With an item, its conformed text is printed. With --collisions all \
      pending modifications are compared with each other and with what changed since the baseline \
      that they are drafted against.
      """)

  @Argument(help: "The item whose conformed text to print.", completion: .names)
  var item: String?

  @Option(
    name: .customLong("at"),
    help: ArgumentHelp("The version to tell of.", valueName: "revision"),
    completion: .names)
  var revision = "HEAD"

  @Option(help: "How to print it.")
  var format: AnswerFormat = .text

  @OptionGroup var destination: Destination

  @Flag(help: "Find modifications that change the same words or whose ground has moved.")
  var collisions = false

  mutating func run(in session: inout Session) async throws -> Outcome {
    let place = try Workplace(session)
    let ledger = try place.ledger()
    try ledger.requireHistory(for: "what comes next")
    guard ledger.entries.isEmpty, let hint = ledger.gapHint else {
      session.errors += ledger.gapNote
      return try await tell(place, ledger, &session)
    }
    session.errors += "which baselines come next cannot be judged. \(hint)\n"
    let outcome = try await tell(place, ledger, &session)
    return outcome == .clean ? .failed : outcome
  }

  private func tell(
    _ place: Workplace, _ ledger: Ledger, _ session: inout Session
  ) async throws -> Outcome {
    let repository = try place.openRepository()
    let head = try place.tree(at: .revision(revision))
    guard let tip = (head as? CommitTree)?.commit else { throw Failure("there is no commit yet") }
    let today = try ledger.day(of: tip, today: session.today)
    let snapshot = try await session.snapshotToShow(head)
    let index = RecordIndex(of: snapshot)
    let baselines = item == nil && !collisions ? try ledger.coming(after: today, at: tip) : []
    for baseline in baselines where format == .text {
      let decisions =
        baseline.decisions.isEmpty
        ? "" : ", decided by \(baseline.decisions.joined(separator: ", "))"
      session.output += "\(baseline.name) takes effect on \(baseline.effective ?? "")\(decisions)\n"
    }
    let hasBaselines = !baselines.isEmpty
    if hasBaselines, snapshot.catalogue.modifications == nil {
      if format == .json {
        let answer = ComingText(baselines: baselines, modifications: nil)
        session.output.add(escaped: try answer.json().text + "\n")
      }
      return .clean
    }
    let pending = try PendingModifications(in: index, at: tip, repository)
    let reader = ChangeReader(place, session)
    if collisions {
      let collisions = try await Collisions(among: pending, over: head, ledger, reader)
      if format == .json {
        session.output.add(escaped: collisions.json().text + "\n")
      } else {
        tell(collisions, head, &session)
      }
      return collisions.lacksGround ? .failed : collisions.meetings.isEmpty ? .clean : .errorsFound
    }
    let text = try await ConformedText(of: pending.approved, over: head, reader, place)
    if let item {
      try print(item, text, index, &session)
      return text.isWhole ? .clean : .errorsFound
    }
    if format == .json {
      let answer = ComingText(baselines: baselines, modifications: (pending, text))
      session.output.add(escaped: try answer.json().text + "\n")
      return text.isWhole ? .clean : .errorsFound
    }
    guard !pending.approved.isEmpty else {
      if !hasBaselines { session.output += "nothing is approved and not yet in force\n" }
      return .clean
    }
    if hasBaselines { session.output += "\n" }
    for modification in pending.approved {
      let isPast = modification.effective.map { $0 <= today } ?? false
      let day = modification.effective.map { "from \($0)" } ?? "without a day of effect"
      session.output += "\(modification.id) \(modification.title)\n  \(day)"
      if isPast { session.output += ", a day that is past" }
      if let drafted = modification.draftedAgainst {
        session.output += ", drafted against \(drafted)"
      }
      session.output += "\n"
      if modification.isMerged {
        let state = pending.process.implemented.map { "; its state is not '\($0)' yet" } ?? ""
        session.output += "  its text is in this version\(state)\n"
      }
      guard let step = text.steps.first(where: { $0.modification.id == modification.id }) else {
        let branch = pending.process.branch(of: modification.id) ?? "?"
        session.output += "  there is no branch '\(branch)' with its text\n\n"
        continue
      }
      for path in step.collisions {
        session.output += "  '\(path)' cannot be joined: those before it change the same words\n"
      }
      let view = ChangeView(changes: step.changes, fields: nil, usesColour: session.usesColour)
      session.output += "\n"
      guard !view.changes.isEmpty else { continue }
      try view.writeText { session.output += $0 }
      session.output += "\n"
    }
    return text.isWhole ? .clean : .errorsFound
  }

  /// Tells where drafts meet, and which have nothing to compare.
  private func tell(_ collisions: Collisions, _ head: any SourceTree, _ session: inout Session) {
    for meeting in collisions.meetings {
      switch meeting {
      case .drafts(let one, let other, let part, let mine, let theirs):
        session.output += "\(one) and \(other) both change \(part)\n"
        session.output += "  \(one): \(words(of: mine))\n  \(other): \(words(of: theirs))\n"
      case .groundless(let one, let name):
        session.output += "\(one) is drafted against '\(name)', which is no baseline\n"
      case .followed(let one, let ground, let later, let moved):
        session.output += "\(one) is drafted against \(ground), and \(later) has followed it"
        session.output += moved.isEmpty ? "; nothing that it changes has moved\n" : ":\n"
        for (name, part) in moved { session.output += "  \(name): \(words(of: part))\n" }
      case .moved(let one, let part, let base, let mine, let now):
        session.output +=
          "\(one) changes \(part), which changed since \(base.description.prefix(7)), where it began\n"
        session.output += "  \(one): \(words(of: mine))\n  \(head.title): \(words(of: now))\n"
      }
    }
    if collisions.meetings.isEmpty {
      session.output +=
        collisions.count == 0
        ? "there are no drafts to compare\n"
        : "no collisions among \(Count(collisions.count, "draft")), nor with what changed since they began\n"
    }
    for (id, reason) in collisions.uncompared {
      let words =
        switch reason {
        case .noBranch(let name?): "there is no branch '\(name)'"
        case .noBranch(nil): "it has no branch"
        case .noGround: "its branch has no commit in common with this version"
        }
      session.output += "not compared: \(id): \(words)\n"
    }
  }

  /// Returns how a part of an item changes, on one line.
  private func words(of part: Collisions.Part) -> String {
    let text = ChangeText(usesColour: false)
    return part.changes.map { change in
      switch change {
      case .whole(let kind, let register): "\(kind.rawValue) in \(register)"
      case .field(let field):
        "\(field.old.map(ChangeText.shown) ?? "–") → \(field.new.map(ChangeText.shown) ?? "–")"
      case .wording(let wording):
        text.text(of: wording).text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      }
    }.joined()
  }

  private func print(
    _ name: String, _ text: ConformedText, _ index: RecordIndex, _ session: inout Session
  ) throws {
    let (register, record) = try index.item(name)
    if format == .json {
      session.output.add(escaped: try text.json(of: record, in: register).text + "\n")
      return
    }
    for step in text.steps {
      let day = step.modification.effective.map { " from \($0)" } ?? ""
      if step.changes(item: record.id) { session.errors += "with \(step.modification.id)\(day)\n" }
      for path in step.collisions where path == record.path {
        session.errors += "without \(step.modification.id): it collides with those before it\n"
      }
    }
    let bytes = try text.tree.bytes(of: record.path, limit: .max)
    session.output.add(escaped: String(decoding: bytes, as: UTF8.self).visible)
  }
}

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

struct Next: SessionCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what is approved and not yet in force",
    discussion: """
      The approved modifications in the order of their days of effect, and what each does to the text \
      that those before it leave (the conformed text). The text of a modification is its branch, as \
      the catalogue names it. With an item, its conformed text is printed. With --collisions all \
      pending modifications are compared with each other and with what changed since the baseline \
      that they are drafted against.
      """)

  @Argument(help: "The item whose conformed text to print.")
  var item: String?

  @Option(
    name: .customLong("at"),
    help: ArgumentHelp("The version to tell of.", valueName: "revision"))
  var revision = "HEAD"

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
    let today = try session.day(of: tip, ledger, repository)
    let snapshot = try await session.snapshotToShow(head)
    let index = RecordIndex(of: snapshot)
    let hasBaselines =
      item == nil && !collisions
      ? try tellBaselines(ledger, after: today, at: tip, repository, &session) : false
    if hasBaselines, snapshot.catalogue.modifications == nil { return .clean }
    let pending = try PendingModifications(in: index, at: tip, repository)
    let reader = ChangeReader(place: place, session: session, names: [])
    if collisions {
      let finder = try await CollisionFinder(pending, reader, place)
      let isFree = try await finder.find(over: head, ledger, into: &session.output)
      for line in finder.notCompared { session.output += "not compared: \(line)\n" }
      if finder.lacksGround { return .failed }
      return isFree ? .clean : .errorsFound
    }
    let text = try await ConformedText(of: pending.approved, over: head, reader, place)
    if let item {
      try print(item, text, index, &session)
      return text.steps.allSatisfy(\.collisions.isEmpty) ? .clean : .errorsFound
    }
    guard !pending.approved.isEmpty else {
      if !hasBaselines { session.output += "nothing is approved and not yet in force\n" }
      return .clean
    }
    if hasBaselines { session.output += "\n" }
    var isWhole = true
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
        let branch = pending.process.branch?.path { $0 == "id" ? modification.id : nil } ?? "?"
        session.output += "  there is no branch '\(branch)' with its text\n\n"
        continue
      }
      for path in step.collisions {
        isWhole = false
        session.output += "  '\(path)' cannot be joined: those before it change the same words\n"
      }
      let view = ChangeView(changes: step.changes, fields: nil, usesColour: session.usesColour)
      session.output += "\n"
      guard !view.changes.isEmpty else { continue }
      try view.writeText { session.output += $0 }
      session.output += "\n"
    }
    return isWhole ? .clean : .errorsFound
  }

  /// Tells the baselines that take effect later; returns whether there are any.
  private func tellBaselines(
    _ ledger: Ledger, after today: Day, at tip: ObjectID, _ repository: Repository,
    _ session: inout Session
  ) throws -> Bool {
    // What came later is nothing that a version knows.
    let baselines = try ledger.coming(after: today).filter { baseline in
      baseline.tag.target == tip || !repository.isAncestor(tip, of: baseline.tag.target)
    }
    for baseline in baselines {
      let decisions =
        baseline.decisions.isEmpty
        ? "" : ", decided by \(baseline.decisions.joined(separator: ", "))"
      session.output += "\(baseline.name) takes effect on \(baseline.effective ?? "")\(decisions)\n"
    }
    return !baselines.isEmpty
  }

  private func print(
    _ name: String, _ text: ConformedText, _ index: RecordIndex, _ session: inout Session
  ) throws {
    let (_, record) = try index.item(name)
    for step in text.steps {
      let day = step.modification.effective.map { " from \($0)" } ?? ""
      let isTouched =
        step.changes.registers.contains { $0.changes.contains { $0.id == record.id } }
        || step.changes.documents.contains {
          $0.id == record.id
        }
      if isTouched { session.errors += "with \(step.modification.id)\(day)\n" }
      for path in step.collisions where path == record.path {
        session.errors += "without \(step.modification.id): it collides with those before it\n"
      }
    }
    session.output += String(
      decoding: try text.tree.bytes(of: record.path, limit: .max), as: UTF8.self)
  }
}

extension Ledger {
  /// Returns the baselines that take effect after a day and were not withdrawn, in the order of their days.
  fileprivate func coming(after day: Day) throws -> [Baseline] {
    let withdrawn = try countedWithdrawals()
    return baselines.filter { baseline in
      withdrawn[baseline.name] == nil
        && (baseline.effective.flatMap(Day.init).map { $0 > day } ?? false)
    }.sorted { $0.order < $1.order }
  }
}

/// Finds drafts that meet: two that change the same words, and one whose ground has moved.
private struct CollisionFinder {
  private struct Draft {
    let modification: PendingModification
    let base: ObjectID
    /// What it changes, and how it is shown, by names that are the same in every draft.
    let parts: [String: String]

    var touched: Set<String> { Set(parts.keys) }
  }

  private let drafts: [Draft]
  /// What has nothing to compare, each with the reason.
  private(set) var notCompared: [String] = []
  /// Whether a draft comes from nothing that this version comes from.
  private(set) var lacksGround = false
  private let reader: ChangeReader
  private let place: Workplace

  init(_ pending: PendingModifications, _ reader: ChangeReader, _ place: Workplace) async throws {
    self.reader = reader
    self.place = place
    var drafts: [Draft] = []
    for modification in pending.all {
      guard let tip = modification.tip else {
        let branch = pending.process.branch?.path { $0 == "id" ? modification.id : nil }
        notCompared.append(
          "\(modification.id): "
            + (branch.map { "there is no branch '\($0)'" } ?? "it has no branch"))
        continue
      }
      guard let base = modification.base else {
        notCompared.append(
          "\(modification.id): its branch has no commit in common with this version")
        lacksGround = true
        continue
      }
      let changes = try await reader.changes(
        from: try place.tree(at: .revision(base.description)),
        to: try place.tree(at: .revision(tip.description)))
      drafts.append(
        Draft(
          modification: modification, base: base, parts: Self.parts(of: changes)))
    }
    self.drafts = drafts
  }

  /// Returns what changes, by names, with how it is shown.
  private static func parts(of changes: Changes) -> [String: String] {
    var parts: [String: String] = [:]
    let text = ChangeText(usesColour: false, reasons: { _ in [] })
    for (register, records) in changes.registers {
      for record in records {
        guard record.kind == .changed else {
          parts["\(record.id)"] = "\(record.kind.rawValue) in \(register.name)"
          continue
        }
        for field in record.fields + record.references {
          let name = field.path.prefix { $0 != "[" && $0 != "." }
          parts["\(record.id):\(name)", default: ""] +=
            "\(field.old.map(ChangeText.shown) ?? "–") → \(field.new.map(ChangeText.shown) ?? "–")"
        }
      }
    }
    for document in changes.documents {
      let id = document.id
      let redline = document.redline
      for position in document.changes(in: redline) {
        let step = redline.steps[position]
        guard let passage = step.old ?? step.new else { continue }
        let words = passage.text.split(whereSeparator: \.isWhitespace).prefix(6)
        let name = passage.number.isEmpty ? words.joined(separator: " ") : passage.number
        parts["\(id) \(name)", default: ""] += text.text(of: step.wording).text
          .split(whereSeparator: \.isWhitespace).joined(separator: " ")
      }
    }
    return parts
  }

  /// Tells what meets; returns whether nothing does.
  func find(
    over head: any SourceTree, _ ledger: Ledger, into output: inout Output
  ) async throws -> Bool {
    for (position, one) in drafts.enumerated() {
      for other in drafts[(position + 1)...] {
        let (mine, theirs) = (one.parts, other.parts)
        for part in one.touched.intersection(other.touched).sorted(by: {
          NaturalKey($0) < NaturalKey($1)
        }) {
          output += "\(one.modification.id) and \(other.modification.id) both change \(part)\n"
          output += "  \(one.modification.id): \(mine[part] ?? "")\n"
          output += "  \(other.modification.id): \(theirs[part] ?? "")\n"
        }
      }
      let told = try await findMovedGround(one, ledger, into: &output)
      try await findMoved(one, over: head, without: told, into: &output)
    }
    guard output.isEmpty else { return false }
    output +=
      drafts.isEmpty
      ? "there are no drafts to compare\n"
      : "no collisions among \(Count(drafts.count, "draft")), nor with what changed since they began\n"
    return true
  }

  /// Compares a draft with what changed in the version since the draft began.
  private func findMoved(
    _ draft: Draft, over head: any SourceTree, without told: Set<String>,
    into output: inout Output
  ) async throws {
    let parts = Self.parts(
      of: try await reader.changes(
        from: try place.tree(at: .revision(draft.base.description)), to: head))
    let meeting = draft.touched.intersection(parts.keys).subtracting(told)
      // What both changed alike is one change.
      .filter { draft.parts[$0] != parts[$0] }
    for part in meeting.sorted(by: { NaturalKey($0) < NaturalKey($1) }) {
      output +=
        "\(draft.modification.id) changes \(part), which changed since \(draft.base.description.prefix(7)), where it began\n"
      output += "  \(draft.modification.id): \(draft.parts[part] ?? "")\n"
      output += "  \(head.title): \(parts[part] ?? "")\n"
    }
  }

  /// A draft against a baseline that another has followed stands on ground that may have moved.
  ///
  /// - Returns: The parts that were told.
  private func findMovedGround(
    _ draft: Draft, _ ledger: Ledger, into output: inout Output
  ) async throws -> Set<String> {
    guard let name = draft.modification.draftedAgainst else { return [] }
    guard let ground = ledger[name]?.baseline else {
      output += "\(draft.modification.id) is drafted against '\(name)', which is no baseline\n"
      return []
    }
    let later = ledger.chain(of: name).max { $0.order < $1.order }
    guard let later, later.name != name else { return [] }
    let moved = try await reader.changes(
      from: try place.tree(at: .revision(ground.tag.target.description)),
      to: try place.tree(at: .revision(later.tag.target.description)))
    let parts = Self.parts(of: moved)
    output +=
      "\(draft.modification.id) is drafted against \(name), and \(later.name) has followed it"
    let meeting = draft.touched.intersection(parts.keys).sorted { NaturalKey($0) < NaturalKey($1) }
    output += meeting.isEmpty ? "; nothing that it changes has moved\n" : ":\n"
    for part in meeting { output += "  \(part): \(parts[part] ?? "")\n" }
    return Set(meeting)
  }
}

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

  @Flag(help: "Find modifications that change the same words or whose ground has moved.")
  var collisions = false

  mutating func run(in session: inout Session) async throws -> Outcome {
    let place = try Workplace(session)
    let repository = try place.openRepository()
    let head = try place.tree(at: .revision("HEAD"))
    guard let tip = (head as? CommitTree)?.commit else { throw Failure("there is no commit yet") }
    let snapshot = try await session.snapshotToShow(head)
    let index = RecordIndex(of: snapshot)
    let hasBaselines = item == nil && !collisions ? try tellBaselines(place, &session) : false
    if hasBaselines, snapshot.catalogue.modifications == nil { return .clean }
    let pending = try PendingModifications(in: index, at: tip, repository)
    let reader = ChangeReader(place: place, session: session, names: [])
    if collisions {
      let finder = try await CollisionFinder(pending, reader, place)
      try await finder.find(usesColour: session.usesColour, into: &session.output)
      if session.output.isEmpty {
        session.output +=
          "no collisions among \(pending.all.count(where: { $0.tip != nil })) drafts\n"
        return .clean
      }
      return .errorsFound
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
      let isPast = modification.effective.map { $0 <= session.today } ?? false
      let day = modification.effective.map { "from \($0)" } ?? "without a day of effect"
      session.output += "\(modification.id) \(modification.title)\n  \(day)"
      if isPast { session.output += ", a day that is past" }
      if let drafted = modification.draftedAgainst {
        session.output += ", drafted against \(drafted)"
      }
      session.output += "\n"
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
  private func tellBaselines(_ place: Workplace, _ session: inout Session) throws -> Bool {
    let baselines = try place.ledger().coming(after: session.today)
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
    let changes: Changes
    /// What it changes, by names that are the same in every draft.
    let touched: Set<String>
  }

  private let drafts: [Draft]
  private let reader: ChangeReader
  private let place: Workplace

  init(_ pending: PendingModifications, _ reader: ChangeReader, _ place: Workplace) async throws {
    self.reader = reader
    self.place = place
    var drafts: [Draft] = []
    for modification in pending.all {
      guard let tip = modification.tip, let base = modification.base else { continue }
      let changes = try await reader.changes(
        from: try place.tree(at: .revision(base.description)),
        to: try place.tree(at: .revision(tip.description)))
      drafts.append(
        Draft(
          modification: modification, changes: changes, touched: Set(Self.parts(of: changes).keys)))
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

  func find(usesColour: Bool, into output: inout Output) async throws {
    for (position, one) in drafts.enumerated() {
      for other in drafts[(position + 1)...] {
        let (mine, theirs) = (Self.parts(of: one.changes), Self.parts(of: other.changes))
        for part in one.touched.intersection(other.touched).sorted(by: {
          NaturalKey($0) < NaturalKey($1)
        }) {
          output += "\(one.modification.id) and \(other.modification.id) both change \(part)\n"
          output += "  \(one.modification.id): \(mine[part] ?? "")\n"
          output += "  \(other.modification.id): \(theirs[part] ?? "")\n"
        }
      }
      try await findMovedGround(one, into: &output)
    }
  }

  /// A draft against a baseline that another has followed stands on ground that may have moved.
  private func findMovedGround(_ draft: Draft, into output: inout Output) async throws {
    guard let name = draft.modification.draftedAgainst else { return }
    let ledger = try place.ledger()
    guard let ground = ledger[name]?.baseline else {
      output += "\(draft.modification.id) is drafted against '\(name)', which is no baseline\n"
      return
    }
    let later = ledger.chain(of: name).max { $0.order < $1.order }
    guard let later, later.name != name else { return }
    let moved = try await reader.changes(
      from: try place.tree(at: .revision(ground.tag.target.description)),
      to: try place.tree(at: .revision(later.tag.target.description)))
    let parts = Self.parts(of: moved)
    output +=
      "\(draft.modification.id) is drafted against \(name), and \(later.name) has followed it"
    let meeting = draft.touched.intersection(parts.keys).sorted { NaturalKey($0) < NaturalKey($1) }
    output += meeting.isEmpty ? "; nothing that it changes has moved\n" : ":\n"
    for part in meeting { output += "  \(part): \(parts[part] ?? "")\n" }
  }
}

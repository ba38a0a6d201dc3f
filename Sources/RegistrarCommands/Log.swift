import ArgumentParser
import Comparison
import Diagnostics
import Git
import History
import Publishing
import Registry
import Rules
import SourceText
import Syntax

struct Log: SessionCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show every change of one item, or all changes of one decision",
    discussion: """
      An item is followed by its id, through moves of its file, from table to file, and to the id that \
      it had before. 'SECP-R15:severity' shows one field alone, 'SEC-H:H8.4' a clause of a document.
      """)

  @Argument(help: "The item, with a field after a colon where one is wanted.")
  var item: String?

  @Option(
    help: ArgumentHelp("Show what commits with this decision changed.", valueName: "reference"))
  var decision: String?

  @Option(
    help: ArgumentHelp("Show what commits with this modification changed.", valueName: "reference"))
  var modification: String?

  @Option(
    name: .customLong("at"), help: ArgumentHelp("Begin at this revision.", valueName: "revision"))
  var revision = "HEAD"

  mutating func validate() throws {
    let count = [item, decision, modification].count { $0 != nil }
    if count != 1 {
      throw ValidationError("Name an item, or --decision, or --modification.")
    }
  }

  mutating func run(in session: inout Session) async throws -> Outcome {
    let (repository, tip, snapshot) = try await session.history(upTo: revision)
    var history = ItemHistory(in: repository, by: snapshot.rulebook)
    if let item {
      let (name, field) = Self.parts(of: item)
      let (register, record) = try RecordIndex(of: snapshot).item(name)
      if register.shape == .document, let field, record.node[field] == nil {
        let clause = try snapshot.clause(field, of: record, in: register)
        for (entry, _) in try await changes(
          of: clause.number, of: record, register, &history, repository, tip)
        {
          session.tell(entry)
        }
        return .clean
      }
      if register.shape == .document, field == nil {
        for (entry, changes) in try await changes(
          of: "", of: record, register, &history, repository, tip)
        {
          session.tell(entry, changes)
        }
        return .clean
      }
      let entries = try await history.entries(
        of: record.id, in: register.name, at: record.path, upTo: tip)
      for entry in entries { session.tell(entry.commit, [entry.change], field: field) }
      return .clean
    }
    let wanted = [("Decision", decision), ("Modification", modification)]
      .compactMap { key, value in value.map { (key, $0) } }
    var isNamed = false
    for commit in try repository.commits(from: nil, to: tip).reversed() {
      let isOf = commit.trailers.contains { trailer in
        wanted.contains { $0.0.lowercased() == trailer.key.lowercased() && $0.1 == trailer.value }
      }
      guard isOf else { continue }
      isNamed = true
      session.tell(commit, try await history.changes(in: commit), field: nil)
    }
    if !isNamed {
      let index = RecordIndex(of: snapshot)
      for (key, value) in wanted { try index.require(value, namedBy: key) }
      session.errors += "note: no commit up to \(revision) names it\n"
    }
    return .clean
  }

  /// Returns what happened to a document or to one clause of it, with the changes of its head.
  private func changes(
    of clause: String, of record: Record, _ register: Register, _ history: inout ItemHistory,
    _ repository: Repository, _ tip: ObjectID
  ) async throws -> [(ClauseHistory.Entry, [RecordChange])] {
    var heads: [ObjectID: [RecordChange]] = [:]
    func changes(in commit: Commit) async throws -> [RecordChange] {
      if let known = heads[commit.id] { return known }
      let found = try await history.changes(in: commit)
        .filter { $0.register == register.name && $0.id == record.id }
      heads[commit.id] = found
      return found
    }
    let entries = try await ClauseHistory.entries(
      of: clause, at: record.path, register.numbering, upTo: tip, in: repository,
      formerPath: { try await changes(in: $0).first?.old?.path })
    var told: [(ClauseHistory.Entry, [RecordChange])] = []
    for entry in entries { told.append((entry, try await changes(in: entry.commit))) }
    return told
  }

  /// Returns the item and the field of `SECP-R15:severity`.
  static func parts(of text: String) -> (item: String, field: String?) {
    guard let colon = text.lastIndex(of: ":") else { return (text, nil) }
    return (String(text[..<colon]), String(text[text.index(after: colon)...]))
  }
}

struct Blame: SessionCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show which commit and decision each field of an item comes from",
    discussion: """
      Of a document each clause is told too, with all that stands in it; 'SEC-H:H8.4' is one clause alone.
      """)

  @Argument(help: "The item, with a clause after a colon where one is wanted.")
  var item: String

  @Option(
    name: .customLong("at"), help: ArgumentHelp("Begin at this revision.", valueName: "revision"))
  var revision = "HEAD"

  mutating func run(in session: inout Session) async throws -> Outcome {
    let (repository, tip, snapshot) = try await session.history(upTo: revision)
    let (name, number) = Session.clause(in: item)
    let (register, record) = try RecordIndex(of: snapshot).item(name)
    let passages =
      register.shape == .document
      ? try PassageBlame(of: record.path, register.numbering, upTo: tip, in: repository) : nil
    if let number {
      let clause = try snapshot.clause(number, of: record, in: register)
      show(Self.rows(of: passages, in: clause.range), "clause", &session)
      return .clean
    }
    var history = ItemHistory(in: repository, by: snapshot.rulebook)
    let entries = try await history.entries(
      of: record.id, in: register.name, at: record.path, upTo: tip)
    let rows = record.node.members.map { member -> [String] in
      let name = member.key.text ?? ""
      let entry = entries.first { entry in
        guard entry.change.kind == .changed else { return true }
        if entry.change.formerID != nil, ["id", register.idProperty, "formerly"].contains(name) {
          return true
        }
        return (entry.change.fields + entry.change.references).contains { field in
          field.path == name || field.path.hasPrefix(name + ".") || field.path.hasPrefix(name + "[")
        }
      }
      return Self.row(name, entry?.commit, ChangeText.shown(member.value))
    }
    show(rows, "field", &session)
    if passages != nil {
      session.output += "\n"
      show(Self.rows(of: passages, in: nil), "clause", &session)
    }
    return .clean
  }

  private func show(_ rows: [[String]], _ title: String, _ session: inout Session) {
    session.output += TextTable(
      header: [title, "commit", "date", "decision", "value"], rows: rows
    ).text(width: session.isTerminal ? session.width : nil)
  }

  /// Returns a row for each passage of a document, or of a stretch of it.
  private static func rows(of blame: PassageBlame?, in range: Range<Int>?) -> [[String]] {
    guard let blame else { return [] }
    return zip(blame.passages, blame.commits).compactMap { passage, commit in
      guard passage.kind != .head, range?.contains(passage.range.lowerBound) ?? true else {
        return nil
      }
      return row(passage.number, commit, passage.summary)
    }
  }

  private static func row(_ name: String, _ commit: Commit?, _ value: String) -> [String] {
    let trailers = commit?.trailers.map { "\($0.key): \($0.value)" } ?? []
    return [
      name, commit.map { String($0.id.description.prefix(7)) } ?? "", commit?.day ?? "",
      trailers.joined(separator: ", "), value.count > 48 ? value.prefix(47) + "…" : value,
    ]
  }
}

extension Commit {
  /// The day of the commit; dates of effect are data and never this.
  var day: String {
    Day(number: Int((Double(time) / 86_400).rounded(.down))).description
  }
}

extension Session {
  /// Returns what a walk through history begins with: the commit that a revision names, and its records.
  fileprivate mutating func history(
    upTo revision: String
  ) async throws -> (Repository, tip: ObjectID, Snapshot) {
    let place = try Workplace(self)
    let repository = try place.openRepository()
    let tree = try place.tree(at: .revision(revision))
    guard let tip = (tree as? CommitTree)?.commit else {
      throw Failure("'\(revision)' is no commit")
    }
    return (repository, tip, try await snapshotToShow(tree))
  }

  /// Prints a commit and what it changed of a clause.
  fileprivate mutating func tell(_ entry: ClauseHistory.Entry, _ changes: [RecordChange] = []) {
    output +=
      "\(entry.commit.id.description.prefix(7)) \(entry.commit.day) \(entry.commit.subject)\n"
    for trailer in entry.commit.trailers { output += "  \(trailer.key): \(trailer.value)\n" }
    if let before = entry.before, before != entry.number, !before.isEmpty {
      output += "  was \(before)\n"
    }
    let writer = ChangeText(usesColour: usesColour)
    for change in changes { output += writer.text(of: change) }
    output += writer.text(of: entry.redline, only: Set(entry.steps))
    output += "\n"
  }

  /// Prints a commit and what it changed; nothing where it did not change the field.
  fileprivate mutating func tell(_ commit: Commit, _ changes: [RecordChange], field: String?) {
    var changes = changes
    if let field { changes = changes.compactMap { $0.keeping([field]) } }
    guard !changes.isEmpty else { return }
    output += "\(commit.id.description.prefix(7)) \(commit.day) \(commit.subject)\n"
    for trailer in commit.trailers { output += "  \(trailer.key): \(trailer.value)\n" }
    let writer = ChangeText(usesColour: usesColour)
    for change in changes { output += writer.text(of: change) }
    output += "\n"
  }
}

import Accounts
import ArgumentParser
import Comparison
import Diagnostics
import Git
import History
import Publishing
import Registry
import SourceText
import Syntax

struct Blame: AnswerCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show which commit and decision each field of an item comes from",
    discussion: """
      Of a document each clause is told too, with all that stands in it; 'SEC-H:H8.4' is one clause alone, \
      'SECP-R15:severity' one field. \
      An item that was removed and came back as it was comes from before. A '^' is the commit at which a \
      shallow clone was cut off: it need not have made what it has.
      """)

  @Argument(help: "The item, with a clause or a field after a colon where one is wanted.")
  var item: String

  @Option(
    name: .customLong("at"), help: ArgumentHelp("Begin at this revision.", valueName: "revision"))
  var revision = "HEAD"

  @OptionGroup var destination: Destination

  mutating func run(in session: inout Session) async throws -> Outcome {
    let history = try HistoryPlace(session, upTo: revision)
    let (name, number) = Session.clause(in: item)
    let (snapshot, register, record) = try await session.item(name, in: history)
    var life = ItemHistory(of: register, in: history.repository, by: snapshot.rulebook)
    let entries = try await life.entries(
      of: record.id, at: register.paths(of: record), upTo: history.tip)
    let rows = BlameRows(catalogue: snapshot.catalogue, cut: history.repository.cut)
    var passages: PassageBlame?
    if register.shape == .document {
      let formerPaths = entries.compactMap { entry in
        entry.change?.formerPath.map { (entry.commit.id, $0) }
      }
      passages = try PassageBlame(
        of: record.path, register.numbering, upTo: history.tip, in: history.repository,
        formerPaths: Dictionary(formerPaths, uniquingKeysWith: { one, _ in one }))
    }
    if let number {
      try await session.require(number, of: record, in: register, snapshot, history.tree)
    }
    if let number, register.shape != .document || record.node[number] != nil {
      let fields = rows.rows(of: record, register, entries).filter { $0[0] == number }
      show(fields, "field", &session)
    } else if let number {
      let clause = try snapshot.clause(number, of: record, in: register)
      show(rows.rows(of: passages, in: clause.range), "clause", &session)
    } else {
      show(rows.rows(of: record, register, entries), "field", &session)
      if passages != nil {
        session.output += "\n"
        show(rows.rows(of: passages, in: nil), "clause", &session)
      }
    }
    session.tellCut(of: history.repository, rows.isCutMet(entries, passages))
    return .clean
  }

  private func show(_ rows: [[String]], _ title: String, _ session: inout Session) {
    session.output += TextTable(
      header: [title, "commit", "date", "reason", "value"], rows: rows
    ).text(width: session.isTerminal ? session.width : nil)
  }
}

/// The rows of a table that says where each part of an item comes from.
private struct BlameRows {
  let catalogue: Catalogue
  let cut: Set<ObjectID>

  func isCutMet(_ entries: [ItemHistory.Entry], _ passages: PassageBlame?) -> Bool {
    entries.contains(where: \.isCut)
      || passages?.commits.contains { $0.map { cut.contains($0.id) } ?? false } == true
  }

  /// Returns a row for each field of a record.
  func rows(
    of record: Record, _ register: Register, _ entries: [ItemHistory.Entry]
  ) -> [[String]] {
    record.node.members.map { member in
      let name = member.key.text ?? ""
      let entry = entries.indices.first { position in
        Self.gives(name, member.value, at: position, in: entries, register)
      }
      return row(name, entry.map { entries[$0].commit }, ChangeText.shown(member.value))
    }
  }

  /// Whether a commit gave a field the value that it has now.
  private static func gives(
    _ name: String, _ value: Node, at position: Int, in entries: [ItemHistory.Entry],
    _ register: Register
  ) -> Bool {
    guard let change = entries[position].change, let record = change.new else { return false }
    // That the id is another one is told as such.
    if ["id", register.idProperty, "formerly"].contains(name) {
      if change.formerID != nil { return true }
    }
    guard record.node[name]?.isSame(as: value) == true else { return false }
    var before = change.old
    if change.kind == .added {
      // What came back is as old as what it was.
      before = entries[(position + 1)...].lazy.compactMap(\.change).first { $0.new == nil }?.old
    }
    return before?.node[name]?.isSame(as: value) != true
  }

  /// Returns a row for each passage of a document, or of a stretch of it.
  func rows(of blame: PassageBlame?, in range: Range<Int>?) -> [[String]] {
    guard let blame else { return [] }
    return zip(blame.passages, blame.commits).compactMap { passage, commit in
      guard passage.kind != .head, range?.contains(passage.range.lowerBound) ?? true else {
        return nil
      }
      return row(passage.number, commit, passage.summary)
    }
  }

  private func row(_ name: String, _ commit: Commit?, _ value: String) -> [String] {
    let mark = commit.map { cut.contains($0.id) ? "^" : "" } ?? ""
    let reasons = commit.map { catalogue.reasons(of: $0) } ?? []
    return [
      name, commit.map { mark + $0.id.description.prefix(7) } ?? "", commit?.day ?? "",
      reasons.map { "\($0.key): \($0.value)" }.joined(separator: ", "),
      value.count > 48 ? value.prefix(47) + "…" : value,
    ]
  }
}

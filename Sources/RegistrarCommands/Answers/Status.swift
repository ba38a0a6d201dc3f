import Accounts
import ArgumentParser
import Baselines
import Diagnostics
import Git
import Registry
import Rules
import SourceText
import Syntax

struct Status: AnswerCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say where everything stands: versions, states, baselines, what is pending",
    discussion: """
      The status accounting of ISO 10007: for each register how many items are in which state, what \
      changed since the last baseline of each kind, the modifications that are pending and the \
      variations in force: today, or for an earlier version on the last day from which a baseline that \
      it has is in force. With --items every item is listed.
      """)

  @Option(
    name: .customLong("at"),
    help: ArgumentHelp("The version to tell of.", valueName: "revision"),
    completion: .names)
  var revision = "HEAD"

  @Flag(help: "List every item with its version, its state and whether it changed.")
  var items = false

  @Option(help: "How to print it; csv and markdown list the items.")
  var format: TableFormat = .text

  @OptionGroup var destination: Destination

  mutating func run(in session: inout Session) async throws -> Outcome {
    let place = try Workplace(session)
    let tree = try place.tree(at: .revision(revision))
    guard let commit = (tree as? CommitTree)?.commit else { throw Failure("there is no commit") }
    let ledger = try place.ledger()
    let versions = session.versions
    let account = try await StatusAccount(
      at: tree, commit, today: session.today, ledger, ChangeReader(place, session), versions)
    session.note(versions)
    // Which the last ones are, a clone cannot say that may lack them.
    session.errors +=
      account.isUnclear
      ? "the last baselines cannot be judged. \(ledger.gapHint ?? "")\n" : ledger.gapNote
    if items || format != .text {
      session.tell(table(of: account), as: format) { account.json(listsItems: items) }
    } else {
      tell(account, &session)
    }
    if revision == "HEAD" { try session.noteUncommitted(place.openRepository()) }
    return account.isUnclear ? .failed : .clean
  }

  private func tell(_ account: StatusAccount, _ session: inout Session) {
    session.output += "\(account.index.snapshot.catalogue.title) at \(account.title)\n\nBaselines\n"
    if account.isUnclear {
      session.output += "  cannot be judged: tags may be missing\n"
    } else if account.baselines.isEmpty {
      session.output += "  none\n"
    }
    for (kind, baseline, changes) in account.baselines {
      let registers = changes.items(of: baseline)
      let count = registers.reduce(0) { $0 + $1.items.count }
      session.output += "  \(kind): \(baseline.name), in force from \(baseline.effective ?? "–"); "
      session.output +=
        count == 0 ? "nothing changed since\n" : "\(Count(count, "item")) changed since:\n"
      for (register, items) in registers {
        session.output += "    \(register.name): \(Self.few(items.map(\.id)))\n"
      }
    }
    session.output += "\nRegisters\n"
    let rows = account.registers.filter { $0.count > 0 }.map { register in
      [
        register.name, String(register.count),
        register.states.map { "\($0.state) \($0.count)" }.joined(separator: ", "),
      ]
    }
    if !rows.isEmpty {
      session.output += TextTable(header: ["register", "items", "states"], rows: rows)
        .text(width: session.isTerminal ? session.width : nil)
    }
    let empty = account.registers.filter { $0.count == 0 }.map(\.name)
    if !empty.isEmpty { session.output += "without items: \(empty.joined(separator: ", "))\n" }
    if let pending = account.pending { tell(pending, &session) }
    guard let variations = account.variations else { return }
    session.output += "\nVariations in force on \(account.day)\n"
    for (record, end) in variations {
      session.output +=
        "  \(record.id) \(record.shownTitle ?? ""), until \(end ?? "further notice")\n"
    }
    if variations.isEmpty { session.output += "  none\n" }
  }

  /// Names some of the items that changed; `--items` has them all.
  private static func few(_ ids: [String]) -> String {
    let most = 12
    guard ids.count > most else { return ids.joined(separator: ", ") }
    return ids.prefix(most - 1).joined(separator: ", ") + " and \(ids.count - most + 1) more"
  }

  private func table(of account: StatusAccount) -> TextTable {
    let rows = account.items.map { register, record, isChanged in
      [
        register, record.id, record.node["version"]?.text ?? "", record.state ?? "",
        isChanged ? "changed" : "",
      ]
    }
    return TextTable(
      header: ["register", "item", "version", "state", "since the last baseline"], rows: rows)
  }

  private func tell(_ pending: PendingModifications, _ session: inout Session) {
    session.output += "\nPending modifications\n"
    let told = pending.all.map { $0.told(by: pending.process) }
    let hasTold = told.contains { $0 != nil }
    let rows = zip(pending.all, told).map { modification, told in
      [modification.id, modification.state ?? ""] + (hasTold ? [told ?? ""] : []) + [
        modification.effective?.description ?? "",
        modification.tip == nil ? "no text" : modification.isMerged ? "merged" : "text",
        modification.draftedAgainst ?? "", modification.title,
      ]
    }
    let header =
      ["modification", "state"] + (hasTold ? ["as told at"] : [])
      + ["in force from", "branch", "drafted against", "title"]
    session.output +=
      rows.isEmpty
      ? "  none\n"
      : TextTable(header: header, rows: rows)
        .text(width: session.isTerminal ? session.width : nil)
  }
}

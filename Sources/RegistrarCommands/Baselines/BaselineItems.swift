import Accounts
import ArgumentParser
import Baselines
import Diagnostics
import Git
import Registry
import SourceText
import Syntax

struct BaselineItems: AnswerCommand {
  static let configuration = CommandConfiguration(
    commandName: "items", abstract: "Write the Document Log: every item and its version",
    discussion: """
      For each item of a baseline its version, the day from which this content is in force, the \
      decision behind that, the baseline that brought it, and its digest. Documents by default.
      """, aliases: ["log"])

  @Argument(
    help: "A baseline, or else the last of its kind; then registers that narrow it.",
    completion: .names)
  var words: [String] = []

  @Option(help: "The kind of baseline; the first of the catalogue by default.", completion: .names)
  var kind: String?

  @Flag(help: "List every item and not only documents.")
  var all = false

  /// What registers were named by before.
  @Option(help: .hidden) var register: [String] = []

  @Option(help: "How to print it.")
  var format: TableFormat = .text

  @OptionGroup var destination: Destination

  mutating func run(in session: inout Session) async throws -> Outcome {
    let place = try Workplace(session)
    let ledger = try place.ledger()
    let known = try await session.snapshotToShow(place.tree(at: .revision("HEAD"))).catalogue
    let registers = known.registers.map(\.name)
    let name = words.first.flatMap { registers.contains($0) && ledger[$0] == nil ? nil : $0 }
    if let name, ledger[name] == nil, ledger.gapHint == nil,
      known.baselineKind(of: name) == nil
    {
      throw Failure(
        "'\(name)' is no baseline and no register",
        hint: advice(for: name, among: ledger.baselines.map(\.name) + registers)
          ?? "List them with: registrar baseline list, registrar list")
    }
    let register = self.register + words.dropFirst(name == nil ? 0 : 1)
    for name in register where !registers.contains(name) {
      throw Failure(
        "there is no register '\(name)'",
        hint: advice(for: name, among: registers)
          ?? "List them with: registrar list")
    }
    if name == nil, ledger.entries.isEmpty, let hint = ledger.gapHint {
      throw Failure("there are no baselines here", hint: hint)
    }
    let chain = try chain(of: name, ledger, known)
    try ledger.requireHistory(for: "since when each item is in force")
    session.errors += ledger.gapNote
    let versions = session.versions
    guard let log = try await DocumentLog(of: chain, in: place, versions) else {
      if let hint = ledger.gapHint { throw Failure("there are no baselines here", hint: hint) }
      session.output += "there are no baselines\n"
      return .clean
    }
    session.note(versions)
    let entries = log.entries(of: register, all: all)
    let header = ["item", "title", "version", "in force from", "decision", "since", "sha256"]
    let rows = entries.map { entry in
      [
        entry.id, entry.title, entry.version ?? "", entry.effective ?? "",
        entry.decisions.joined(separator: ", "), entry.since,
        format == .text ? String(entry.digest.prefix(12)) : entry.digest,
      ]
    }
    let table = TextTable(header: header, rows: rows)
    if format == .text {
      session.output +=
        "\(log.baseline.name), in force from \(log.baseline.effective ?? "")\n\n"
      guard !rows.isEmpty else {
        session.output +=
          all || !register.isEmpty
          ? "none: it holds no such item\n"
          : "none: it holds no documents; every item is listed with --all\n"
        return .clean
      }
    }
    session.tell(table, as: format) { log.json(of: entries) }
    return .clean
  }

  /// Returns the baselines from the first to the one that is asked for, each the next one's previous.
  private func chain(
    of name: String?, _ ledger: Ledger, _ catalogue: Catalogue
  ) throws -> [Baseline] {
    let withdrawn = try ledger.countedWithdrawals()
    if let name {
      let last = try ledger.baseline(named: name)
      return ledger.chain(of: name).prefix { $0.name != name } + [last]
    }
    let kinds = catalogue.kinds
    try ledger.requireKind(kind)
    let chains = kinds.filter { kind == nil || kind == $0.name }.map { ledger.chain(of: $0) }
    guard let chain = chains.first(where: { !$0.isEmpty }),
      let last = chain.last(where: { withdrawn[$0.name] == nil })
    else { return [] }
    return chain.prefix { $0.name != last.name } + [last]
  }
}

import ArgumentParser
import Baselines
import Comparison
import Diagnostics
import Git
import Registry
import Rules
import SourceText
import Syntax

struct Status: SessionCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say where everything stands: versions, states, baselines, what is pending",
    discussion: """
      The status accounting of ISO 10007: for each register how many items are in which state, what \
      changed since the last baseline of each kind, the modifications that are pending and the \
      variations in force: today, or for an earlier version on the last day from which a baseline that \
      it has is in force. With --items every item is listed.
      """)

  @Option(help: ArgumentHelp("The version to tell of.", valueName: "revision"))
  var at = "HEAD"

  @Flag(help: "List every item with its version, its state and whether it changed.")
  var items = false

  @Option(help: "How to print the items.")
  var format: ItemFormat = .text

  enum ItemFormat: String, CaseIterable, ExpressibleByArgument {
    case text
    case csv
  }

  mutating func run(in session: inout Session) async throws -> Outcome {
    let place = try Workplace(session)
    let repository = try place.openRepository()
    let tree = try place.tree(at: .revision(at))
    guard let commit = (tree as? CommitTree)?.commit else { throw Failure("there is no commit") }
    let snapshot = try await session.snapshotToShow(tree)
    let index = RecordIndex(of: snapshot)
    let ledger = try place.ledger()
    let last = try lastBaselines(ledger, repository, before: commit)
    // Which the last ones are, a clone cannot say that may lack them.
    let isUnclear = ledger.gaps.isShallow || (last.isEmpty && ledger.gaps.mayLackTags)
    session.errors +=
      isUnclear
      ? "the last baselines cannot be judged. \(ledger.gapHint ?? "")\n" : ledger.gapNote
    var changed: [String: (baseline: Baseline, changes: Changes)] = [:]
    let reader = ChangeReader(place: place, session: session, names: [])
    for (kind, baseline) in last {
      changed[kind] = (
        baseline,
        try await reader.changes(
          from: try place.tree(at: .revision(baseline.tag.target.description)), to: tree)
      )
    }
    if items {
      list(index, changed.values.first?.changes, &session)
      return isUnclear ? .failed : .clean
    }
    session.output += "\(snapshot.catalogue.title) at \(tree.title)\n\nBaselines\n"
    if isUnclear {
      session.output += "  cannot be judged: tags may be missing\n"
    } else if last.isEmpty {
      session.output += "  none\n"
    }
    for (kind, (baseline, changes)) in changed.sorted(by: { $0.key < $1.key }) {
      let records = changes.registers(of: baseline)
      let count = records.reduce(0) { $0 + $1.changes.count }
      session.output += "  \(kind): \(baseline.name), in force from \(baseline.effective ?? "–"); "
      session.output +=
        count == 0 ? "nothing changed since\n" : "\(Count(count, "item")) changed since:\n"
      for (register, changes) in records {
        session.output +=
          "    \(register.name): \(Self.few(changes.map(\.id)))\n"
      }
    }
    session.output += "\nRegisters\n"
    let registers = snapshot.catalogue.registers.enumerated()
      .map { (name: $1.name, records: index.records[$0]) }
    let rows = registers.filter { !$0.records.isEmpty }
      .map { [$0.name, String($0.records.count), states($0.records)] }
    if !rows.isEmpty {
      session.output += TextTable(header: ["register", "items", "states"], rows: rows)
        .text(width: session.isTerminal ? session.width : nil)
    }
    let empty = registers.filter(\.records.isEmpty).map(\.name)
    if !empty.isEmpty { session.output += "without items: \(empty.joined(separator: ", "))\n" }
    try tellPending(index, commit, repository, &session)
    tellVariations(index, on: try session.day(of: commit, ledger, repository), &session)
    return isUnclear ? .failed : .clean
  }

  /// Returns the last baseline of each kind that a commit has.
  private func lastBaselines(
    _ ledger: Ledger, _ repository: Repository, before commit: ObjectID
  ) throws -> [String: Baseline] {
    let withdrawn = try ledger.countedWithdrawals()
    var last: [String: Baseline] = [:]
    for baseline in ledger.baselines
    where withdrawn[baseline.name] == nil
      && repository.isAncestor(baseline.tag.target, of: commit)
    {
      guard let kind = ledger.kind(of: baseline)?.name else { continue }
      let isLater = last[kind].map { NaturalKey($0.name) < NaturalKey(baseline.name) } ?? true
      if isLater { last[kind] = baseline }
    }
    return last
  }

  /// Names some of the items that changed; `--items` has them all.
  private static func few(_ ids: [String]) -> String {
    let most = 12
    guard ids.count > most else { return ids.joined(separator: ", ") }
    return ids.prefix(most - 1).joined(separator: ", ") + " and \(ids.count - most + 1) more"
  }

  private func state(_ record: Record) -> String? {
    (record.node["status"] ?? record.node["stage"] ?? record.node["state"])?.text
  }

  private func states(_ records: [Record]) -> String {
    var counts: [String: Int] = [:]
    for record in records { if let state = state(record) { counts[state, default: 0] += 1 } }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { "\($0.key) \($0.value)" }.joined(separator: ", ")
  }

  private func list(_ index: RecordIndex, _ changes: Changes?, _ session: inout Session) {
    var changed: Set<String> = []
    for (register, records) in changes?.registers ?? [] {
      for record in records { changed.insert(register.name + "/" + record.id) }
    }
    var rows: [[String]] = []
    for (position, register) in index.snapshot.catalogue.registers.enumerated() {
      for record in index.records[position].sorted(by: { NaturalKey($0.id) < NaturalKey($1.id) }) {
        rows.append([
          register.name, record.id, record.node["version"]?.text ?? "", state(record) ?? "",
          changed.contains(register.name + "/" + record.id) ? "changed" : "",
        ])
      }
    }
    let header = ["register", "item", "version", "state", "since the last baseline"]
    switch format {
    case .text:
      session.output += TextTable(header: header, rows: rows)
        .text(width: session.isTerminal ? session.width : nil)
    case .csv: session.output += TextTable(header: header, rows: rows).csv
    }
  }

  private func tellPending(
    _ index: RecordIndex, _ commit: ObjectID, _ repository: Repository, _ session: inout Session
  ) throws {
    guard index.snapshot.catalogue.modifications != nil else { return }
    let pending = try PendingModifications(in: index, at: commit, repository)
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

  private func tellVariations(_ index: RecordIndex, on today: Day, _ session: inout Session) {
    guard let kept = index.snapshot.catalogue.variations,
      let register = index.position(ofRegister: kept.register)
    else { return }
    session.output += "\nVariations in force on \(today)\n"
    var isEmpty = true
    for record in index.records[register].sorted(by: { NaturalKey($0.id) < NaturalKey($1.id) }) {
      let end = record.node[kept.end]?.text
      // One whose end is no date is told as it stands.
      if let day = end.flatMap(Day.init), day < today { continue }
      isEmpty = false
      let name = (record.node["name"] ?? record.node["title"])?.text ?? ""
      session.output += "  \(record.id) \(name), until \(end ?? "further notice")\n"
    }
    if isEmpty { session.output += "  none\n" }
  }
}

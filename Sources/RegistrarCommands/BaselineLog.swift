import ArgumentParser
import Baselines
import Diagnostics
import Git
import Registry
import SourceText
import Syntax

struct BaselineLog: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "Write the Document Log: every item and its version",
    discussion: """
      For each item of a baseline its version, the day from which this content is in force, the \
      decision behind that, the baseline that brought it, and its digest. Documents by default.
      """)

  @Argument(help: "The baseline; the last of its kind by default.")
  var name: String?

  @Option(help: "The kind of baseline; the first of the catalogue by default.")
  var kind: String?

  @Flag(help: "List every item and not only documents.")
  var all = false

  @Option(help: ArgumentHelp("List the items of this register.", valueName: "register"))
  var register: [String] = []

  @Option(help: "How to print it.")
  var format: LogFormat = .text

  enum LogFormat: String, CaseIterable, ExpressibleByArgument {
    case text
    case csv
    case markdown
  }

  mutating func run(in session: inout Session) async throws -> Outcome {
    let place = try Workplace(session)
    let ledger = try place.ledger()
    let known = try await session.snapshotToShow(place.tree(at: .revision("HEAD"))).catalogue
    for name in register where known.register(named: name) == nil {
      throw Failure("there is no register '\(name)'", hint: "List them with: registrar list")
    }
    if name == nil, ledger.entries.isEmpty, let hint = ledger.gapHint {
      throw Failure("there are no baselines here", hint: hint)
    }
    let chain = try chain(ledger, known)
    try ledger.requireHistory(for: "since when each item is in force")
    session.errors += ledger.gapNote
    guard let last = chain.last else {
      if let hint = ledger.gapHint { throw Failure("there are no baselines here", hint: hint) }
      session.output += "there are no baselines\n"
      return .clean
    }
    // From the last back to the first: content is as old as the first baseline that had it.
    var rows: [(key: [NaturalKey], row: [String])] = []
    var since: [String: (digest: String, baseline: Baseline)] = [:]
    var current: (manifest: Manifest, snapshot: Snapshot)?
    for baseline in chain.reversed() {
      let tree = try place.tree(at: .revision(baseline.tag.target.description))
      let snapshot = try await session.snapshotToShow(tree)
      guard let kind = snapshot.catalogue.baselineKind(of: baseline.name) else { continue }
      let manifest = try await Manifest(
        of: snapshot, in: tree, kind: kind, name: baseline.name, effective: "",
        jobs: session.processorCount)
      if current == nil { current = (manifest, snapshot) }
      let digests = Dictionary(
        manifest.files.map { ($0.path, $0.digest.description) }, uniquingKeysWith: { $1 })
      for item in manifest.items {
        // A document is its text, a record of a list or table what it says.
        let isAlone = snapshot.file(at: item.path)?.records.count == 1
        let digest = isAlone ? digests[item.path] ?? "" : item.digest.description
        let key = "\(item.register)/\(item.id)"
        guard baseline.name != last.name else {
          since[key] = (digest, baseline)
          continue
        }
        if let known = since[key], known.digest == digest,
          known.baseline.previous == baseline.tag.id
        {
          since[key] = (digest, baseline)
        }
      }
    }
    guard let current else { throw Failure("the catalogue of '\(last.name)' cannot be read") }
    let shapes = Dictionary(
      current.snapshot.catalogue.registers.map { ($0.name, $0.shape) }, uniquingKeysWith: { $1 })
    for item in current.manifest.items
    where register.contains(item.register)
      || register.isEmpty && (all || shapes[item.register] == .document)
    {
      guard let (digest, baseline) = since["\(item.register)/\(item.id)"] else { continue }
      let record = current.snapshot.file(at: item.path)?.records.first { $0.id == item.id }
      let title = record?.shownTitle ?? ""
      let row = [
        item.id, title, item.version ?? "", item.effective ?? baseline.effective ?? "",
        baseline.decisions.joined(separator: ", "), baseline.name,
        format == .text ? String(digest.prefix(12)) : digest,
      ]
      rows.append(([NaturalKey(item.register), NaturalKey(item.id)], row))
    }
    let header = ["item", "title", "version", "in force from", "decision", "since", "sha256"]
    let sorted = rows.sorted { ($0.key[0], $0.key[1]) < ($1.key[0], $1.key[1]) }.map(\.row)
    switch format {
    case .text:
      session.output += "\(last.name), in force from \(last.effective ?? "")\n\n"
      guard !sorted.isEmpty else {
        session.output +=
          all || !register.isEmpty
          ? "none: it holds no such item\n"
          : "none: it holds no documents; every item is listed with --all\n"
        return .clean
      }
      session.output += TextTable(header: header, rows: sorted)
        .text(width: session.isTerminal ? session.width : nil)
    case .csv: session.output += TextTable(header: header, rows: sorted).csv
    case .markdown:
      session.output += TextTable(header: header, rows: sorted).markdown
    }
    return .clean
  }

  /// Returns the baselines from the first to the one that is asked for, each the next one's previous.
  private func chain(_ ledger: Ledger, _ catalogue: Catalogue) throws -> [Baseline] {
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

import ArgumentParser
import Baselines
import Comparison
import Diagnostics
import Git
import History
import Registry
import Rules
import SourceText
import Syntax

struct Audit: SessionCommand {
  static let configuration = CommandConfiguration(
    abstract: "Verify every baseline, decision and tag, and report it for an auditor",
    discussion: """
      The configuration audit of ISO 10007: each baseline is what its tag records, was decided by a \
      decision of the registers, and follows the one before; no tag has the name of a baseline and \
      records none; what changed since the last baselines and what is waived is told. A report in Markdown.

      Exit status: 0 good, 1 there are findings, 2 something cannot be judged, 3 a signature is asked for \
      and there is none.
      """)

  @Option(
    help: ArgumentHelp(
      "Whose signatures count: a file of allowed signers, or a .yaml with roles.",
      valueName: "file"))
  var signers: String?

  @Option(
    name: .customLong("at"),
    help: ArgumentHelp("The version to tell of.", valueName: "revision"))
  var revision = "HEAD"

  @Option(help: ArgumentHelp("Where to write it instead of standard output.", valueName: "file"))
  var output: String?

  mutating func run(in session: inout Session) async throws -> Outcome {
    let place = try Workplace(session)
    let repository = try place.openRepository()
    guard !repository.isUnborn || revision != "HEAD" else {
      throw Failure("there is no commit yet")
    }
    let head = try place.tree(at: .revision(revision))
    let ledger = try place.ledger()
    // What cannot be read of today's version keeps nobody from verifying the baselines.
    var (index, fault): (RecordIndex?, String?) = (nil, nil)
    do {
      index = RecordIndex(of: try await session.snapshotToShow(head))
    } catch let failure as Failure {
      fault = failure.message
    } catch let failure as SourceTreeError {
      fault = Failure(failure).message
    }
    var report = AuditReport(
      title: index?.snapshot.catalogue.title ?? "", version: head.title, today: session.today)
    if let fault { report.unclear.append("\(head.title) cannot be read: \(fault)") }
    let terms = try place.terms(session, signers: signers)
    // What came later is nothing that a version knows.
    let commit = (head as? CommitTree)?.commit
    let isLater = { (baseline: Baseline) in
      guard let commit, baseline.tag.target != commit else { return false }
      return repository.isAncestor(commit, of: baseline.tag.target)
    }
    let withdrawn = try await tellBaselines(ledger, terms, index, isLater, &report)
    let inForce = ledger.baselines.filter { withdrawn[$0.name] == nil && !isLater($0) }
      .sorted { $0.order < $1.order }
    if let index {
      report.findings += try await unrecordedVersions(inForce, index, place, &session)
      tellUntagged(inForce, index, session.today, &report)
      if index.snapshot.catalogue.modifications != nil, let commit {
        report.overtaken = try PendingModifications(in: index, at: commit, repository)
          .overtaken(by: session.today).map {
            "\($0.id): \($0.state ?? ""), its text is in this version and its day of effect "
              + "\($0.effective?.description ?? "") is past"
          }
      }
      report.text += "\n## Since the last baselines\n\n"
      report.text += try await sinceLast(inForce, ledger, head, place, session)
      try await tellCheck(of: head, &report, &session)
    }
    if let output {
      try session.write(report.whole, to: output)
    } else {
      session.output.add(escaped: report.whole)
    }
    return Outcome(report.standing)
  }

  /// Tells of every tag that has the name of a baseline, and of those that were pinned; returns what is
  /// withdrawn.
  private func tellBaselines(
    _ ledger: Ledger, _ terms: Verification.Terms, _ index: RecordIndex?,
    _ isLater: (Baseline) -> Bool, _ report: inout AuditReport
  ) async throws -> [String: Withdrawal] {
    var withdrawn: [String: Withdrawal] = [:]
    var way = Way(in: ledger.repository, jobs: terms.jobs)
    func order(_ name: String) -> (String, NaturalKey) {
      ledger[name]?.baseline?.order ?? ("", NaturalKey(name))
    }
    for name in try ledger.names(pinned: terms.pins).sorted(by: { order($0) < order($1) }) {
      let baseline = ledger[name]?.baseline
      if let baseline, isLater(baseline) { continue }
      let verification = await Verification(of: name, in: ledger, terms, along: &way)
      report.add(baseline, verification)
      if let baseline, let index {
        judgeDecisions(of: baseline, ledger, index, &report)
        if let decision = verification.withdrawal?.decision,
          let fault = Decisions(in: index)?.fault(of: decision, isMade: true)
        {
          report.findings.append("\(Withdrawal.tag(of: baseline.name)): \(fault)")
        }
      }
      withdrawn[name] = verification.withdrawal
    }
    let hint = ledger.gapHint.map { ". \($0)" } ?? ""
    if ledger.entries.isEmpty {
      report.unclear.append("there are no baselines\(hint)")
    } else if ledger.gaps.isShallow {
      report.unclear.append("whether there are other baselines\(hint)")
    }
    return withdrawn
  }

  /// A decision names a resolution of a meeting that the registers have, and a baseline one of them.
  private func judgeDecisions(
    of baseline: Baseline, _ ledger: Ledger, _ index: RecordIndex, _ report: inout AuditReport
  ) {
    if let kind = ledger.kind(of: baseline),
      let fault = index.fault(
        ofBaselineNamed: baseline.name, from: baseline.effective, of: kind)
    {
      report.findings.append("\(baseline.name): it \(fault)")
    }
    let decisions = Decisions(in: index)
    report.findings += baseline.decisions.compactMap { decision in
      decisions?.fault(of: decision, isMade: true).map { "\(baseline.name): \($0)" }
    }
    guard baseline.decisions.isEmpty else { return }
    if ledger.kind(of: baseline)?.demands.decision == true {
      report.findings.append("\(baseline.name): it names no decision, and its kind demands one")
    } else if decisions != nil {
      report.undecided.append(baseline.name + (baseline["Cause"].map { ": \($0)" } ?? ""))
    }
  }

  /// What the amendment records of documents and the baselines say of each other: a version that was in a
  /// baseline is recorded, as in force from the day of the first one that has it.
  private func unrecordedVersions(
    _ baselines: [Baseline], _ index: RecordIndex, _ place: Workplace, _ session: inout Session
  ) async throws -> [String] {
    var findings: [String] = []
    var told: Set<[String]> = []
    let catalogue = index.snapshot.catalogue
    for (position, register) in catalogue.registers.enumerated() {
      let rule = register.rules.first { $0.key.text == RegisterRule.documentVersions.name }?.value
      guard let version = rule?["version"]?.text, let record = rule?["record"]?.text else {
        continue
      }
      let documents = index.records[position].filter { $0.node[record] != nil }
      guard !documents.isEmpty else { continue }
      for baseline in baselines {
        // One whose commit is not here is told where it is verified.
        guard let tree = try? place.tree(at: .revision(baseline.tag.target.description)),
          let read = try? await session.snapshotToShow(tree)
        else { continue }
        let then = RecordIndex(of: read)
        guard let old = then.position(ofRegister: register.name) else { continue }
        for document in documents {
          guard let former = then.record(document.id, in: old),
            !RegisterRule.isDraft(former, in: register), let had = former.node[version]?.text,
            told.insert([document.id, had]).inserted
          else { continue }
          let entry = document.node[record]?.elements.first { $0["version"]?.text == had }
          guard let entry else {
            findings.append(
              "\(baseline.name): it has version '\(had)' of '\(document.id)', which the amendment "
                + "record of today has not")
            continue
          }
          if let day = entry["effective"]?.text, let effective = baseline.effective,
            day != effective
          {
            findings.append(
              "\(baseline.name): it puts version '\(had)' of '\(document.id)' in force from "
                + "\(effective), and the amendment record from \(day)")
          }
        }
      }
    }
    return findings
  }

  /// Tells of versions that came into force since the first baseline of their kind, and have none.
  private func tellUntagged(
    _ baselines: [Baseline], _ index: RecordIndex, _ today: Day, _ report: inout AuditReport
  ) {
    for kind in index.snapshot.catalogue.kinds {
      guard let name = kind.versions, let position = index.position(ofRegister: name) else {
        continue
      }
      let own = baselines.filter { kind.value(in: $0.name) != nil }
      guard let first = own.compactMap({ $0.effective.flatMap(Day.init) }).min() else { continue }
      let tagged = Set(own.compactMap { kind.value(in: $0.name) })
      for record in index.records[position].sorted(by: { NaturalKey($0.id) < NaturalKey($1.id) }) {
        guard let day = record.node["effective"]?.text.flatMap(Day.init), first < day,
          day <= today, !tagged.contains(record.id)
        else { continue }
        report.untagged.append(
          "\(record.id) of '\(name)', in force from \(day): "
            + kind.template.replacing("{\(kind.property)}", with: record.id))
      }
    }
  }

  private func sinceLast(
    _ baselines: [Baseline], _ ledger: Ledger, _ head: any SourceTree, _ place: Workplace,
    _ session: Session
  ) async throws -> MarkdownText {
    var text: MarkdownText = ""
    var last: [String: Baseline] = [:]
    for baseline in baselines { last[ledger.kind(of: baseline)?.name ?? ""] = baseline }
    let reader = ChangeReader(place: place, session: session, names: [])
    for (kind, baseline) in last.sorted(by: { $0.key < $1.key }) {
      guard let tree = try? place.tree(at: .revision(baseline.tag.target.description)),
        let changes = try? await reader.changes(from: tree, to: head)
      else {
        text += "- \(kind): the commit of \(baseline.name) cannot be read\n"
        continue
      }
      let own = changes.registers(of: baseline)
      let count = own.reduce(0) { $0 + $1.changes.count }
      let what = count == 0 ? "nothing changed" : "\(Count(count, "item")) changed"
      text += "- \(kind): \(what) since \(baseline.name)\n"
      // What has the same reasons is told once.
      var lines: [(what: String, ids: [String])] = []
      var places: [String: Int] = [:]
      for record in own.flatMap(\.changes) {
        let reasons = changes.reasons(record)
        let what =
          record.kind.rawValue + (reasons.isEmpty ? "" : ": \(reasons.joined(separator: "; "))")
        if let place = places[what] {
          lines[place].ids.append(record.id)
        } else {
          places[what] = lines.count
          lines.append((what, [record.id]))
        }
      }
      for line in lines { text += "  - \(line.ids.joined(separator: ", ")) \(line.what)\n" }
    }
    return text.isEmpty ? "There are no baselines.\n" : text
  }

  /// Tells what the check finds, and each waiver with its reason and how much it accepts.
  private func tellCheck(
    of head: any SourceTree, _ report: inout AuditReport, _ session: inout Session
  ) async throws {
    var found = Report()
    guard let snapshot = try await session.snapshot(head, jobs: nil, into: &found) else { return }
    let index = RecordIndex(of: snapshot)
    Rule.check(index, into: &found)
    let waivers = Waivers(in: index)
    let uses = waivers.uses(in: found, index)
    let waived = waivers.apply(to: &found, index, today: session.today, isWhole: true)
    let errors = found.sorted.count { $0.severity == .error }
    let warnings = found.sorted.count { $0.severity == .warning }
    report.text += "\n## Check\n\n\(head.title): \(Count(errors, "error")), "
    if warnings > 0 { report.text += "\(Count(warnings, "warning")), " }
    report.text += "\(Count(waived.sorted.count, "finding")) waived.\n"
    if !found.isEmpty {
      let context = ReportContext(
        tool: "registrar", version: Registrar.version,
        source: { path, _ in Findings.source(at: path, in: head) })
      report.text += "\n"
      for line in found.text(as: .concise, in: context).split(separator: "\n") {
        report.text += "- \(line)\n"
      }
    }
    if warnings > 0 { report.warnings = Count(warnings, "warning").description }
    if errors > 0 {
      report.findings.append("\(head.title): the check has \(Count(errors, "error"))")
    }
    guard !uses.isEmpty else { return }
    report.text += "\n## Waivers\n\n"
    let rows = uses.map { waiver, count in
      [
        waiver.id, waiver.node["code"]?.text ?? "",
        (waiver.node["item"] ?? waiver.node["file"])?.text ?? "", String(count),
      ] + ["reason", "decision", "expires"].map { waiver.node[$0]?.text ?? "" }
    }
    report.text += MarkdownText(
      markup: TextTable(
        header: ["waiver", "code", "of", "findings", "reason", "decision", "until"], rows: rows
      ).markdown)
  }
}

/// The report of an audit, as it grows.
private struct AuditReport {
  /// What follows the table of the baselines.
  var text: MarkdownText = ""
  /// How many warnings the check has, in words; `nil` where it has none.
  var warnings: String?
  /// What is wrong.
  var findings: [String] = []
  /// What cannot be judged.
  var unclear: [String] = []
  /// Baselines that name no decision, and need not.
  var undecided: [String] = []
  /// Versions of the registers that no baseline has, with the names that these would have.
  var untagged: [String] = []
  /// Modifications whose text is in force and that are told as pending.
  var overtaken: [String] = []
  private var unsigned: [String] = []
  private var baselines: [[String]] = []
  private let title: String
  private let version: String
  private let today: Day

  init(title: String, version: String, today: Day) {
    self.title = title
    self.version = version
    self.today = today
  }

  var standing: Standing {
    if !findings.isEmpty { return .bad }
    if !unclear.isEmpty { return .unclear }
    return unsigned.isEmpty ? .good : .unsigned
  }

  mutating func add(_ baseline: Baseline?, _ verification: Verification) {
    for finding in verification.findings {
      let words = "\(verification.name): \(finding.text)"
      switch finding.standing {
      case .bad: findings.append(words)
      case .unclear: unclear.append(words)
      case .unsigned: unsigned.append(words)
      case .good, nil: break
      }
    }
    let day = baseline?.effective.flatMap(Day.init)
    let isFuture = day.map { $0 > today } ?? false
    let verdict = verification.withdrawal.map { ", withdrawn by \($0.decision)" } ?? ""
    baselines.append([
      verification.name, (baseline?.effective ?? "") + (isFuture ? " (to come)" : ""),
      (baseline?.decisions ?? []).joined(separator: ", "), baseline?["Items"] ?? "",
      String(verification.waived.sorted.count),
      baseline?["Manifest-SHA256"] ?? "",
      verification.signers.map(\.name).joined(separator: ", "), verification.words + verdict,
    ])
  }

  /// The report with what was found at its end.
  var whole: String {
    let facts = [
      ["Version", version], ["Day", "\(today)"], ["Tool", "registrar \(Registrar.version)"],
    ]
    let tables = [
      TextTable(header: ["", ""], rows: facts),
      TextTable(
        header: [
          "baseline", "in force from", "decision", "items", "waived", "manifest (SHA-256)",
          "signed by", "verdict",
        ], rows: baselines
      ),
    ].map { MarkdownText(markup: $0.markdown) }
    var whole: MarkdownText = "# Configuration audit"
    if !title.isEmpty { whole += ": \(title)" }
    whole += "\n\n\(tables[0])\n## Baselines\n\n\(tables[1])\(text)\n## Findings\n\n"
    if findings.isEmpty, let warnings {
      whole += "None but the \(warnings) of the check, which stand above.\n"
    } else if findings.isEmpty {
      whole += "None.\n"
    }
    for finding in findings { whole += "- \(finding)\n" }
    for (title, list) in [
      ("Without a decision", undecided), ("Without a baseline", untagged),
      ("In the text, and told as pending", overtaken), ("Not signed", unsigned),
      ("Cannot be judged", unclear),
    ]
    where !list.isEmpty {
      whole += "\n## \(title)\n\n"
      for words in list { whole += "- \(words)\n" }
    }
    return whole.text
  }
}

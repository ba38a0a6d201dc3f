import ArgumentParser
import Baselines
import Comparison
import Diagnostics
import Git
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
      records none; what changed since the last baselines is told. A report in Markdown.
      """)

  @Option(
    help: ArgumentHelp(
      "Whose signatures count: a file of allowed signers, or a .yaml with roles.",
      valueName: "file"))
  var signers: String?

  mutating func run(in session: inout Session) async throws -> Outcome {
    let place = try Workplace(session)
    let repository = try place.openRepository()
    guard !repository.isUnborn else { throw Failure("there is no commit yet") }
    let head = try place.tree(at: .revision("HEAD"))
    let snapshot = try await session.snapshotToShow(head)
    let index = RecordIndex(of: snapshot)
    var terms = Verification.Terms()
    if let signers { terms.use(try session.signers(in: signers)) }
    terms.jobs = session.processorCount
    terms.pins = Pins(in: repository).all
    var findings: [String] = []
    var text = "# Configuration audit: \(snapshot.catalogue.title)\n\n"
    text += "| | |\n|---|---|\n| Version | \(head.title) |\n| Day | \(session.today) |\n"
    text += "| Tool | registrar \(Registrar.version) |\n\n## Baselines\n\n"
    let baselines = try repository.baselines()
      .sorted {
        $0.order < $1.order
      }
    text +=
      "| baseline | in force from | decision | items | manifest (SHA-256) | signed by | verdict |\n"
    text += "|---|---|---|---|---|---|---|\n"
    let withdrawals = try repository.withdrawals()
    for baseline in baselines {
      let verification = try await Verification(of: baseline.name, in: repository, terms)
      for finding in verification.findings where finding.severity == .error {
        findings.append("\(baseline.name): \(finding.text)")
      }
      findings += unknownDecisions(of: baseline, index)
      let verdict = withdrawals[baseline.name].map { "withdrawn by \($0.decision)" } ?? "good"
      let row = [
        baseline.name, baseline.effective ?? "", baseline.decisions.joined(separator: ", "),
        baseline["Items"] ?? "", "`\(baseline["Manifest-SHA256"] ?? "")`",
        verification.signers.map(\.name).joined(separator: ", "),
        verification.isGood ? verdict : "**not good**",
      ]
      text += "| " + row.joined(separator: " | ") + " |\n"
    }
    for name in terms.pins.keys.sorted() where !baselines.contains(where: { $0.name == name }) {
      findings.append("\(name): it was pinned and is gone")
    }
    findings += try strayTags(repository, baselines, snapshot.catalogue)
    findings += try await unrecordedVersions(
      baselines.filter { withdrawals[$0.name] == nil }, index, place, &session)
    text += "\n## Since the last baselines\n\n"
    text += try await sinceLast(baselines, withdrawals, head, place, session)
    var report = Report()
    let checked = try await session.snapshot(head, jobs: nil, into: &report)
    if let checked {
      let whole = RecordIndex(of: checked)
      Rule.check(whole, into: &report)
      let waived = Waivers(in: whole).apply(
        to: &report, whole, today: session.today, isWhole: true)
      let errors = report.sorted.count { $0.severity == .error }
      text += "\n## Check\n\n\(head.title): \(Count(errors, "error")), "
      text += "\(Count(waived.sorted.count, "finding")) waived.\n"
      if errors > 0 { findings.append("\(head.title): the check has \(Count(errors, "error"))") }
    }
    text += "\n## Findings\n\n"
    text += findings.isEmpty ? "None.\n" : findings.map { "- \($0)\n" }.joined()
    session.output += text
    return findings.isEmpty ? .clean : .errorsFound
  }

  /// A decision names a resolution of a meeting that the registers have.
  private func unknownDecisions(of baseline: Baseline, _ index: RecordIndex) -> [String] {
    guard let meetings = index.position(ofRegister: "meetings") else { return [] }
    return baseline.decisions.compactMap { decision in
      let meeting = String(decision.prefix { $0 != "/" })
      guard !index.has(meeting, in: meetings) else { return nil }
      return "\(baseline.name): the decision '\(decision)' is of no meeting of the register"
    }
  }

  private func strayTags(
    _ repository: Repository, _ baselines: [Baseline], _ catalogue: Catalogue
  ) throws -> [String] {
    let known = Set(baselines.map(\.name))
    return try repository.tagReferences().map(\.name).filter { name in
      catalogue.baselineKind(of: name) != nil && !known.contains(name)
    }.map { "\($0): a tag with the name of a baseline that records none" }
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
        let tree = try place.tree(at: .revision(baseline.tag.target.description))
        let then = RecordIndex(of: try await session.snapshotToShow(tree))
        guard let old = then.position(ofRegister: register.name) else { continue }
        for document in documents {
          guard let had = then.record(document.id, in: old)?.node[version]?.text,
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

  private func sinceLast(
    _ baselines: [Baseline], _ withdrawals: [String: Withdrawal], _ head: any SourceTree,
    _ place: Workplace, _ session: Session
  ) async throws -> String {
    var text = ""
    var last: [String: Baseline] = [:]
    for baseline in baselines where withdrawals[baseline.name] == nil {
      last[baseline["Kind"] ?? ""] = baseline
    }
    let reader = ChangeReader(place: place, session: session, names: [])
    for (kind, baseline) in last.sorted(by: { $0.key < $1.key }) {
      let tree = try place.tree(at: .revision(baseline.tag.target.description))
      let changes = try await reader.changes(from: tree, to: head)
      let own = changes.registers(of: baseline)
      let count = own.reduce(0) { $0 + $1.changes.count }
      let what = count == 0 ? "nothing changed" : "\(Count(count, "item")) changed"
      text += "- \(kind): \(what) since \(baseline.name)\n"
      for (_, records) in own {
        for record in records {
          let reasons = changes.reasons(record)
          text += "  - \(record.id) \(record.kind.rawValue)"
          text += reasons.isEmpty ? "\n" : ": \(reasons.joined(separator: "; "))\n"
        }
      }
    }
    return text.isEmpty ? "There are no baselines.\n" : text
  }
}

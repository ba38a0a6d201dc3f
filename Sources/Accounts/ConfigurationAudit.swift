package import Baselines
package import Diagnostics
import Git
import History
package import Registry
import Rules
package import SourceText
import Syntax

/// Whether every baseline is what it says, was decided, and follows the one before: the configuration audit of
/// ISO 10007.
package struct ConfigurationAudit {
  /// A tag that has the name of a baseline, or had when it was pinned.
  package struct Entry {
    package init(baseline: Baseline?, verification: Verification) {
      self.baseline = baseline
      self.verification = verification
    }

    package let baseline: Baseline?
    package let verification: Verification
  }

  /// What changed since the last baseline of a kind; no items where its commit cannot be read.
  package typealias Since = (
    kind: String, baseline: Baseline, items: [(register: Register, items: [ChangedItem])]?
  )

  /// A version of the registers that no baseline has.
  package struct Untagged {
    package let id: String
    package let register: String
    package let day: Day
    /// The name that its baseline would have.
    package let name: String
  }

  /// What the check of the version finds.
  package struct Check {
    package let report: Report
    package let waived: Int
    /// The waivers with how many findings each accepts.
    package let waivers: [(waiver: Record, count: Int)]
    package var errors: Int { report.sorted.count { $0.severity == .error } }
    package var warnings: Int { report.sorted.count { $0.severity == .warning } }
  }

  /// The title of the code; empty where it cannot be read.
  package private(set) var code = ""
  /// The version.
  package let version: String
  package private(set) var entries: [Entry] = []
  /// In the order of the kinds' names; `nil` where the version cannot be read.
  package private(set) var since: [Since]?
  package private(set) var check: Check?
  /// What is wrong.
  package private(set) var findings: [String] = []
  /// What cannot be judged.
  package private(set) var unclear: [String] = []
  /// Baselines that name no decision, and need not.
  package private(set) var undecided: [String] = []
  package private(set) var unsigned: [String] = []
  package private(set) var untagged: [Untagged] = []
  /// Modifications whose text is in the version, whose day of effect is past, and that are told as pending.
  package private(set) var overtaken: [PendingModification] = []

  package var standing: Standing {
    if !findings.isEmpty { return .bad }
    if !unclear.isEmpty { return .unclear }
    return unsigned.isEmpty ? .good : .unsigned
  }

  /// Audits what a version knows.
  ///
  /// - Parameters:
  ///   - head: The version.
  ///   - today: The day of whoever asks.
  ///   - ledger: The baselines.
  ///   - terms: What verifying goes by.
  ///   - reader: Compares versions.
  ///   - versions: Reads them.
  /// - Throws: `GitError` where tags cannot be read; what reading throws.
  package init(
    at head: any SourceTree, today: Day, _ ledger: Ledger, _ terms: Verification.Terms,
    _ reader: ChangeReader, _ versions: VersionReader
  ) async throws {
    version = head.title
    let (place, repository) = (reader.place, ledger.repository)
    // What cannot be read of today's version keeps nobody from verifying the baselines.
    var (index, report): (RecordIndex?, Report) = (nil, Report())
    do {
      let read = try await versions.read(head)
      (index, report) = (RecordIndex(of: read.snapshot), read.report)
    } catch let failure as Failure {
      unclear.append("\(head.title) cannot be read: \(failure.message)")
    } catch let failure as SourceTreeError {
      unclear.append("\(head.title) cannot be read: \(Failure(failure).message)")
    }
    // What came later is nothing that a version knows.
    let commit = (head as? CommitTree)?.commit
    let isLater = { (baseline: Baseline) in
      guard let commit, baseline.tag.target != commit else { return false }
      return repository.isAncestor(commit, of: baseline.tag.target)
    }
    try await verify(ledger, terms, index, isLater)
    guard let index else { return }
    code = index.snapshot.catalogue.title
    let withdrawn = Set(
      entries.filter { $0.verification.withdrawal != nil }.map(\.verification.name))
    let inForce = ledger.baselines.filter { !withdrawn.contains($0.name) && !isLater($0) }
      .sorted { $0.order < $1.order }
    try await findUnrecordedVersions(inForce, index, place, versions)
    findUntagged(inForce, index, today)
    if index.snapshot.catalogue.modifications != nil, let commit {
      overtaken = try PendingModifications(in: index, at: commit, repository)
        .overtaken(by: today)
    }
    since = try await changes(since: inForce, ledger, head, reader)
    check(index, report, today)
  }

  /// Verifies every tag that has the name of a baseline, and those that were pinned.
  private mutating func verify(
    _ ledger: Ledger, _ terms: Verification.Terms, _ index: RecordIndex?,
    _ isLater: (Baseline) -> Bool
  ) async throws {
    var way = Way(in: ledger.repository, jobs: terms.jobs)
    func order(_ name: String) -> (String, NaturalKey) {
      ledger[name]?.baseline?.order ?? ("", NaturalKey(name))
    }
    for name in try ledger.names(pinned: terms.pins).sorted(by: { order($0) < order($1) }) {
      let baseline = ledger[name]?.baseline
      if let baseline, isLater(baseline) { continue }
      let verification = await Verification(of: name, in: ledger, terms, along: &way)
      entries.append(Entry(baseline: baseline, verification: verification))
      for finding in verification.findings {
        let words = "\(name): \(finding.text)"
        switch finding.standing {
        case .bad: findings.append(words)
        case .unclear: unclear.append(words)
        case .unsigned: unsigned.append(words)
        case .good, nil: break
        }
      }
      guard let baseline, let index else { continue }
      judgeDecisions(of: baseline, ledger, index)
      if let decision = verification.withdrawal?.decision,
        let fault = Decisions(in: index)?.fault(of: decision, isMade: true)
      {
        findings.append("\(Withdrawal.tag(of: baseline.name)): \(fault)")
      }
    }
    let hint = ledger.gapHint.map { ". \($0)" } ?? ""
    if ledger.entries.isEmpty {
      unclear.append("there are no baselines\(hint)")
    } else if ledger.gaps.isShallow {
      unclear.append("whether there are other baselines\(hint)")
    }
  }

  /// A decision names a resolution of a meeting that the registers have, and a baseline one of them.
  private mutating func judgeDecisions(
    of baseline: Baseline, _ ledger: Ledger, _ index: RecordIndex
  ) {
    if let kind = ledger.kind(of: baseline),
      let fault = index.fault(
        ofBaselineNamed: baseline.name, from: baseline.effective, of: kind)
    {
      findings.append("\(baseline.name): it \(fault)")
    }
    let decisions = Decisions(in: index)
    findings += baseline.decisions.compactMap { decision in
      decisions?.fault(of: decision, isMade: true).map { "\(baseline.name): \($0)" }
    }
    guard baseline.decisions.isEmpty else { return }
    if ledger.kind(of: baseline)?.demands.decision == true {
      findings.append("\(baseline.name): it names no decision, and its kind demands one")
    } else if decisions != nil {
      undecided.append(baseline.name + (baseline["Cause"].map { ": \($0)" } ?? ""))
    }
  }

  /// What the amendment records of documents and the baselines say of each other: a version that was in a
  /// baseline is recorded, as in force from the day of the first one that has it.
  private mutating func findUnrecordedVersions(
    _ baselines: [Baseline], _ index: RecordIndex, _ place: Workplace, _ versions: VersionReader
  ) async throws {
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
          let read = try? await versions.snapshot(of: tree)
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
  }

  /// Finds versions that came into force since the first baseline of their kind, and have none.
  private mutating func findUntagged(
    _ baselines: [Baseline], _ index: RecordIndex, _ today: Day
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
        untagged.append(
          Untagged(
            id: record.id, register: name, day: day,
            name: kind.template.replacing("{\(kind.property)}", with: record.id)))
      }
    }
  }

  private func changes(
    since baselines: [Baseline], _ ledger: Ledger, _ head: any SourceTree, _ reader: ChangeReader
  ) async throws -> [Since] {
    var last: [String: Baseline] = [:]
    for baseline in baselines { last[ledger.kind(of: baseline)?.name ?? ""] = baseline }
    var since: [Since] = []
    for (kind, baseline) in last.sorted(by: { $0.key < $1.key }) {
      guard
        let tree = try? reader.place.tree(at: .revision(baseline.tag.target.description)),
        let changes = try? await reader.changes(from: tree, to: head)
      else {
        since.append((kind, baseline, nil))
        continue
      }
      since.append((kind, baseline, changes.items(of: baseline)))
    }
    return since
  }

  /// Checks the version, with what was found while it was read.
  private mutating func check(_ index: RecordIndex, _ read: Report, _ today: Day) {
    var found = read
    Rule.check(index, into: &found)
    let waivers = Waivers(in: index)
    let uses = waivers.uses(in: found, index)
    let waived = waivers.apply(to: &found, index, today: today, isWhole: true)
    let check = Check(report: found, waived: waived.sorted.count, waivers: uses)
    self.check = check
    if check.errors > 0 {
      findings.append("\(version): the check has \(Count(check.errors, "error"))")
    }
  }
}

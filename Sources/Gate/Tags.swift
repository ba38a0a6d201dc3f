import Baselines
import Diagnostics
import Git
import Registry
import Rules
import SourceText

extension Gatekeeper {
  /// Judges what a push does to a tag on the server: one of a baseline is made, and never touched again.
  func judgeTagUpdate(
    _ tag: String, _ update: ReferenceUpdate, _ updates: [ReferenceUpdate], _ bench: Bench,
    into judgement: inout Judgement
  ) async throws {
    let isWithdrawal = Withdrawal.isName(tag)
    let kind = bench.seat.catalogue?.baselineKind(of: tag)
    if let old = update.old {
      // What was a baseline is one, whatever the catalogue calls them now.
      let wasBaseline = try repository.annotatedTag(old).map { Baseline(name: tag, tag: $0) != nil }
      guard isWithdrawal || kind != nil || wasBaseline == true else { return }
      judgement.refuse(moving: tag, update)
      return
    }
    guard let new = update.new else { return }
    if isWithdrawal {
      try await judgeWithdrawal(tag, new, updates, bench, into: &judgement)
    } else if let kind {
      try await judgeBaseline(
        tag, new, of: kind, updates, bench, bench.seat.catalogue, into: &judgement)
    } else if let catalogue = bench.seat.catalogue {
      judgeRoom(besides: tag, catalogue, into: &judgement)
    }
  }

  /// Judges a tag that the server is to have as a baseline.
  ///
  /// - Parameters:
  ///   - tag: Its name.
  ///   - id: What it is of.
  ///   - kind: The kind that the name is of.
  ///   - updates: The push.
  ///   - bench: What that is judged by.
  ///   - catalogue: The catalogue that says which signatures a baseline takes.
  ///   - judgement: Where refusals go.
  /// - Throws: `GitError` or `SourceTreeError` where something cannot be read.
  func judgeBaseline(
    _ tag: String, _ id: ObjectID, of kind: BaselineKind, _ updates: [ReferenceUpdate],
    _ bench: Bench, _ catalogue: Catalogue?, into judgement: inout Judgement
  ) async throws {
    guard let baseline = try baseline(tag, id, of: kind, into: &judgement) else { return }
    let commit: Set = [baseline.tag.target]
    if kept(commit, on: bench.seat.branches, after: updates, isSure: bench.isSure).isEmpty {
      judgement.refuse(
        .badBaseline, "the commit of the baseline '\(tag)' is on no branch of the server",
        help: "Push its branch first, and then the baseline: git push origin main && git push "
          + "origin \(tag)")
    }
    try await judge(
      baseline, in: ledger(after: updates), terms(of: bench, catalogue), into: &judgement)
    try await judgeNames(of: baseline, kind, into: &judgement)
  }

  /// A tag leaves the names of baselines free: Git has no reference below another.
  private func judgeRoom(
    besides tag: String, _ catalogue: Catalogue, into judgement: inout Judgement
  ) {
    let kind = catalogue.baselineKind(blockedBy: tag)
    guard kind != nil || Withdrawal.isBlocked(by: tag) else { return }
    judgement.refuse(
      .badReference,
      "a tag '\(tag)' would leave no room for \(kind.map { "baselines '\($0.template)'" } ?? "withdrawals"): "
        + "Git has no reference below another",
      help: "Give it another name")
  }

  /// The baselines as they will be after a push: the tags and notes that come with them count.
  ///
  /// Where Git leaves one behind, it can be pushed again.
  private func ledger(after updates: [ReferenceUpdate]) throws(GitError) -> Ledger {
    var arriving: [String: ObjectID] = [:]
    for update in updates {
      if let name = update.name.text, let new = update.new { arriving[name] = new }
    }
    return try Ledger(of: repository, arriving: arriving)
  }

  /// Refuses that the tag of a baseline or of a withdrawal is moved or deleted on a remote, which has the
  /// right one.
  ///
  /// - Returns: Whether the tag is one.
  func refuseMove(
    of tag: String, _ update: ReferenceUpdate, into judgement: inout Judgement
  ) throws -> Bool {
    guard let old = update.old, old != update.new else { return false }
    let seat = try repository.isUnborn ? nil : repository.reference("HEAD")
    let kind = try seat.flatMap {
      try Rulebook.catalogue(of: CommitTree(of: $0, in: repository))?.baselineKind(of: tag)
    }
    let wasBaseline = (try? repository.annotatedTag(old)).flatMap { Baseline(name: tag, tag: $0) }
    guard Withdrawal.isName(tag) || kind != nil || wasBaseline != nil else { return false }
    judgement.refuse(moving: tag, update)
    return true
  }

  /// Judges a tag before it is pushed: one with the name of a baseline must be one, and a good one.
  func judgeTag(
    _ name: String, _ id: ObjectID, _ updates: [ReferenceUpdate], into judgement: inout Judgement
  ) async throws {
    let seat = try repository.isUnborn ? nil : repository.reference("HEAD")
    guard let seat,
      let catalogue = try Rulebook.catalogue(of: CommitTree(of: seat, in: repository))
    else { return }
    guard let kind = catalogue.baselineKind(of: name) else {
      if !Withdrawal.isName(name) { judgeRoom(besides: name, catalogue, into: &judgement) }
      return
    }
    guard
      let baseline = try baseline(name, id, of: kind, into: &judgement)
    else { return }
    var terms = Verification.Terms()
    terms.jobs = jobs
    try await judge(
      baseline, in: ledger(after: updates), terms, takesUnclear: true, into: &judgement)
    try await judgeNames(of: baseline, kind, into: &judgement)
  }

  /// What is done about a tag that has the name of a baseline and is none; the remote has none of the name.
  private static func remake(_ name: String) -> String {
    "Delete it here (git tag -d \(name)) and make it: registrar baseline create \(name) --effective DATE"
  }

  /// Returns the baseline that a tag records; the kind comes from its name, and never from what it says
  /// of itself.
  private func baseline(
    _ name: String, _ id: ObjectID, of kind: BaselineKind, into judgement: inout Judgement
  ) throws -> Baseline? {
    guard let tag = try repository.annotatedTag(id), let baseline = Baseline(name: name, tag: tag)
    else {
      judgement.refuse(
        .badBaseline, "'\(name)' has the name of a baseline and records none",
        help: Self.remake(name))
      return nil
    }
    if baseline.values(of: "Kind") != [kind.name] {
      judgement.refuse(
        .badBaseline,
        "the baseline '\(name)' has the name of the kind '\(kind.name)', and does not record it",
        help: Self.remake(name))
    }
    return baseline
  }

  /// Verifies a baseline; at the desk what cannot be judged there is left to the server.
  private func judge(
    _ baseline: Baseline, in ledger: Ledger, _ terms: Verification.Terms,
    takesUnclear: Bool = false,
    into judgement: inout Judgement
  ) async throws {
    let verification = await Verification(of: baseline.name, in: ledger, terms)
    for finding in verification.findings
    where finding.standing != nil && !(takesUnclear && finding.standing == .unclear) {
      judgement.refuse(
        .badBaseline, "the baseline '\(baseline.name)': \(finding.text)",
        help: "See all of it here: registrar baseline verify \(baseline.name)")
    }
  }

  /// How baselines are verified here: what the server's owner says, and else the branch that judges.
  private func terms(of bench: Bench, _ catalogue: Catalogue?) -> Verification.Terms {
    let settings = bench.settings
    var terms = Verification.Terms()
    terms.jobs = jobs
    if let signers = settings.signers { terms.signers = signers }
    if terms.signers.policy == nil, let policy = catalogue?.signing,
      !policy.kinds.isEmpty
    {
      terms.signers.policy = policy
    }
    terms.tools = .given(
      programs: settings.programs, keyring: settings.signers?.keyring ?? settings.keyring)
    terms.requiresSignature = settings.requiresSignature
    return terms
  }

  // MARK: Withdrawals

  /// A withdrawal takes what its baseline took: the same roles and thresholds.
  private func judgeWithdrawal(
    _ tag: String, _ new: ObjectID, _ updates: [ReferenceUpdate], _ bench: Bench,
    into judgement: inout Judgement
  ) async throws {
    let ledger = try ledger(after: updates)
    guard let object = try repository.annotatedTag(new),
      let withdrawal = Withdrawal(name: tag, tag: object),
      ledger.withdrawals[withdrawal.name] != nil,
      let baseline = ledger[withdrawal.name]?.baseline
    else {
      judgement.refuse(
        .badBaseline, "'\(tag)' has the name of a withdrawal and withdraws nothing",
        help: "Delete it here (git tag -d \(tag)) and make it: registrar baseline withdraw "
          + tag.split(separator: "/").dropFirst().joined(separator: "/") + " --decision DECISION")
      return
    }
    let endorsement = try ledger.endorsement(
      ofWithdrawalOf: baseline, withdrawal, terms(of: bench, bench.seat.catalogue))
    for finding in endorsement.findings where finding.standing != nil {
      judgement.refuse(
        .badBaseline, "the withdrawal '\(tag)': \(finding.text)",
        help: "Delete it here (git tag -d \(tag)) and make it signed: registrar baseline withdraw "
          + "\(withdrawal.name) --decision \(withdrawal.decision) --sign")
    }
    try await judgeDecision(withdrawal.decision, of: tag, bench, into: &judgement)
  }

  /// The decision of a withdrawal leads where the catalogue says that decisions stand.
  private func judgeDecision(
    _ decision: String, of tag: String, _ bench: Bench, into judgement: inout Judgement
  ) async throws {
    guard let seat = bench.seat.commit, let index = try await records(behindTagsOf: nil, at: seat),
      let fault = Decisions(in: index)?.fault(of: decision)
    else { return }
    judgement.refuse(
      .badBaseline, "the withdrawal '\(tag)': \(fault)",
      help: "Push the branch with the record of the decision first")
  }

  // MARK: What a tag names

  /// What a baseline names is there, as `baseline create` asks it: its decisions, and what its kind is named
  /// after.
  private func judgeNames(
    of baseline: Baseline, _ kind: BaselineKind, into judgement: inout Judgement
  ) async throws {
    var faults: [String] = []
    if kind.demands.decision, baseline.decisions.isEmpty {
      faults.append("it names no decision, and its kind demands one")
    }
    if let commit = baseline.commit, let index = try await records(behindTagsOf: kind, at: commit) {
      faults += baseline.decisions.compactMap { Decisions(in: index)?.fault(of: $0) }
      faults += [
        index.fault(
          ofBaselineNamed: baseline.name, from: baseline.effective, of: kind)
      ].compactMap(\.self)
        .map { "it \($0)" }
    }
    for fault in faults {
      judgement.refuse(
        .badBaseline, "the baseline '\(baseline.name)': \(fault)",
        help: Self.remake(baseline.name) + " --decision DECISION")
    }
  }

  /// Reads the registers of a commit that baselines and withdrawals name records of; `nil` where it has no
  /// catalogue, or none of them.
  private func records(
    behindTagsOf kind: BaselineKind?, at commit: ObjectID
  ) async throws -> RecordIndex? {
    let tree = try CommitTree(of: commit, in: repository)
    var dropped = Report()
    guard let rulebook = try Rulebook.read(tree, into: &dropped) else { return nil }
    let registers =
      Decisions.registers(in: rulebook.catalogue)
      + [kind.flatMap { rulebook.catalogue.register(namingKind: $0) }].compactMap(\.self)
    guard !registers.isEmpty else { return nil }
    let entries = try tree.entries(under: RepoPath(Catalogue.folder))
      .filter { entry in registers.contains { $0.claims(entry.path) } }
    return RecordIndex(
      of: try await Snapshot.read(tree, entries, by: rulebook, jobs: jobs, into: &dropped))
  }
}

extension Judgement {
  /// Refuses that the tag of a baseline or of a withdrawal is moved or deleted.
  mutating func refuse(moving tag: String, _ update: ReferenceUpdate) {
    let isWithdrawal = Withdrawal.isName(tag)
    let what = isWithdrawal ? "records a withdrawal" : "is a baseline"
    let help: String
    if update.new != nil {
      help = "Take the tag that is there: git fetch origin --tags --force"
    } else if isWithdrawal {
      help = "Leave it: what was withdrawn takes a new name"
    } else {
      help =
        "Leave it; where it is wrong, record that: registrar baseline withdraw \(tag) --decision DECISION"
    }
    refuse(
      .movedBaseline, "'\(tag)' \(what) and is never \(update.new == nil ? "deleted" : "moved")",
      help: help)
  }
}

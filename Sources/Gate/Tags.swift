import Baselines
import Diagnostics
import Git
import Registry
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
      let what = isWithdrawal ? "records a withdrawal" : "is a baseline"
      judgement.refuse(
        .movedBaseline, "'\(tag)' \(what) and is never \(update.new == nil ? "deleted" : "moved")",
        help: isWithdrawal
          ? "Leave it"
          : "Leave it, and record that it was wrong: registrar baseline withdraw \(tag)")
      return
    }
    guard let new = update.new else { return }
    if isWithdrawal {
      try await judgeWithdrawal(tag, new, updates, bench, into: &judgement)
    } else if let kind {
      guard let baseline = try baseline(tag, new, of: kind, into: &judgement) else { return }
      // Notes and branches of the same push count: it is taken as a whole, or not at all.
      let tips =
        updates.filter(\.isBranch).compactMap(\.new)
        + bench.seat.branches.filter { branch in !updates.contains { $0.name == branch.name } }
        .map(\.commit)
      if !(try repository.isReachable(baseline.tag.target, from: tips)) {
        judgement.refuse(
          .badBaseline, "the commit of the baseline '\(tag)' is on no branch of the server",
          help: "Push its branch with it: git push origin main \(tag)")
      }
      try await judge(baseline, terms(of: bench, updates), into: &judgement)
    }
  }

  /// Judges a tag before it is pushed: one with the name of a baseline must be one, and a good one.
  func judgeTag(
    _ name: String, _ id: ObjectID, into judgement: inout Judgement
  ) async throws {
    let seat = try repository.isUnborn ? nil : repository.reference("HEAD")
    guard let seat,
      let catalogue = try Rulebook.catalogue(of: CommitTree(of: seat, in: repository)),
      let kind = catalogue.baselineKind(of: name),
      let baseline = try baseline(name, id, of: kind, into: &judgement)
    else { return }
    var terms = Verification.Terms()
    terms.jobs = jobs
    try await judge(baseline, terms, into: &judgement)
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
        help:
          "Delete it here (git tag -d \(name)) and make it with: registrar baseline create \(name)")
      return nil
    }
    if baseline.values(of: "Kind") != [kind.name] {
      judgement.refuse(
        .badBaseline,
        "the baseline '\(name)' has the name of the kind '\(kind.name)', and does not record it",
        help:
          "Delete it here (git tag -d \(name)) and make it with: registrar baseline create \(name)")
    }
    return baseline
  }

  private func judge(
    _ baseline: Baseline, _ terms: Verification.Terms, into judgement: inout Judgement
  ) async throws {
    let verification = try await Verification(of: baseline, in: repository, terms)
    for finding in verification.findings where finding.severity == .error {
      judgement.refuse(.badBaseline, "the baseline '\(baseline.name)': \(finding.text)")
    }
  }

  /// How baselines are verified here: what the server's owner says, and else the branch that judges.
  private func terms(of bench: Bench, _ updates: [ReferenceUpdate]) -> Verification.Terms {
    let settings = bench.settings
    var terms = Verification.Terms()
    terms.jobs = jobs
    if let signers = settings.signers { terms.signers = signers }
    if terms.signers.policy == nil, let policy = bench.seat.catalogue?.signing,
      !policy.kinds.isEmpty
    {
      terms.signers.policy = policy
    }
    terms.tools = .given(
      programs: settings.programs, keyring: settings.signers?.keyring ?? settings.keyring)
    terms.requiresSignature = settings.requiresSignature
    terms.notes = updates.first { $0.name == ReferenceName(CoSignatures.reference) }?.new
    return terms
  }

  // MARK: Withdrawals

  /// A withdrawal takes what its baseline took: the same roles and thresholds.
  private func judgeWithdrawal(
    _ tag: String, _ new: ObjectID, _ updates: [ReferenceUpdate], _ bench: Bench,
    into judgement: inout Judgement
  ) async throws {
    let made = updates.first {
      $0.name.name(in: "refs/tags/")?.text.map { "withdrawn/" + $0 } == tag
    }
    guard let object = try repository.annotatedTag(new), object.name == tag,
      let withdrawal = Withdrawal(name: tag, tag: object),
      try (repository.reference("refs/tags/" + withdrawal.name) ?? made?.new) == withdrawal.baseline
    else {
      judgement.refuse(
        .badBaseline, "'\(tag)' has the name of a withdrawal and withdraws nothing",
        help:
          "Make it with: registrar baseline withdraw \(tag.split(separator: "/").dropFirst().joined(separator: "/"))"
      )
      return
    }
    let terms = terms(of: bench, updates)
    let kind = bench.seat.catalogue?.baselineKind(of: withdrawal.name)
    for reason in try Verification.faults(ofSignaturesOn: object, kind?.name, in: repository, terms)
    {
      judgement.refuse(
        .badBaseline, "the withdrawal '\(tag)': \(reason)",
        help: "Delete it here (git tag -d \(tag)) and make it signed, with --sign")
    }
    try await judgeDecision(withdrawal.decision, of: tag, bench, into: &judgement)
  }

  /// The decision of a withdrawal leads where the catalogue says that decisions stand.
  private func judgeDecision(
    _ decision: String, of tag: String, _ bench: Bench, into judgement: inout Judgement
  ) async throws {
    guard let seat = bench.seat.commit else { return }
    let tree = try CommitTree(of: seat, in: repository)
    var dropped = Report()
    guard let demand = bench.seat.catalogue?.trailers.first(where: { $0.key == "Decision" }),
      let target = demand.target, let rulebook = try Rulebook.read(tree, into: &dropped)
    else { return }
    let isKnown = try await resolves(decision, demand, in: tree, rulebook)
    if isKnown { return }
    judgement.refuse(
      .badBaseline,
      "the withdrawal '\(tag)': its decision '\(decision)' names nothing in '\(target)'",
      help: "Push the branch with the record of the decision first")
  }
}

import Baselines
import Diagnostics
import Git
import History
import Registry
import Rules
import SourceText

extension Gatekeeper {
  /// What a push is judged by on a server; nothing of it comes with the push.
  package struct Bench {
    package let seat: Seat
    package let settings: ServerSettings
    /// Who pushes; `nil` where the server does not know.
    package let pusher: String?
    package let ended: EndedBranches
    /// Whether Git does all that the gate lets pass: no other push comes in between, and nothing else refuses
    /// a reference.
    package let isSure: Bool

    package init(
      _ seat: Seat, _ settings: ServerSettings, _ pusher: String?, _ ended: EndedBranches,
      isSure: Bool
    ) {
      self.seat = seat
      self.settings = settings
      self.pusher = pusher
      self.ended = ended
      self.isSure = isSure
    }
  }

  /// Judges a push on the server, before any reference moves.
  ///
  /// Only branches hold judged commits: what was pushed to another reference, a tag for one, is
  /// judged when a branch receives it.
  ///
  /// - Parameters:
  ///   - updates: What was received.
  ///   - bench: What it is judged by.
  /// - Returns: The judgement; a push with a refusal moves nothing.
  /// - Throws: `GitError` or `SourceTreeError` where an object cannot be read.
  package func receive(_ updates: [ReferenceUpdate], _ bench: Bench) async throws -> Judgement {
    var judgement = Judgement()
    try foresee(updates, into: &judgement)
    if bench.seat.commit == nil { judgeFirst(updates, into: &judgement) }
    guard judgement.passes else { return judgement }
    for update in updates {
      var single = Judgement()
      if let name = update.name.text {
        try await judge(name, update, updates, bench, into: &single)
      } else if update.new != nil {
        single.refuse(
          .badReference, "the name '\(update.name)' is not UTF-8",
          help: "Give the branch or tag another name")
      }
      single.override { code in bench.settings.leave(for: code, update.name, bench.pusher, today) }
      judgement.merge(single)
    }
    return judgement
  }

  /// An empty server takes one branch: before that has brought rules nothing else can be judged.
  private func judgeFirst(_ updates: [ReferenceUpdate], into judgement: inout Judgement) {
    let made = updates.filter { $0.new != nil }
    if made.count(where: \.isBranch) > 1 {
      judgement.refuse(
        .badReference, "the first branch of this server is the one whose rules judge",
        help: "Push that branch alone, and then the others")
    }
    for update in made where !update.isBranch {
      judgement.refuse(
        .badReference,
        "this server has no branch yet, and so no rules by which '\(update.name)' could be judged",
        help: "Push the branch with the rules alone, and then the rest: git push origin main")
    }
  }

  private func judge(
    _ name: String, _ update: ReferenceUpdate, _ updates: [ReferenceUpdate], _ bench: Bench,
    into judgement: inout Judgement
  ) async throws {
    if let tag = update.name.name(in: "refs/tags/")?.text {
      try await judgeTagUpdate(tag, update, updates, bench, into: &judgement)
    } else if update.name == ReferenceName(CoSignatures.reference) {
      try judgeSignatures(update, bench, into: &judgement)
    } else if CoSignatures.isBlocked(by: update.name), update.new != nil {
      judgement.refuse(
        .badReference,
        "'\(name)' would leave no room for '\(CoSignatures.reference)': Git has no reference below another",
        help: "Give it another name")
    } else if update.name.name(in: "refs/replace/") != nil {
      guard update.new != nil else { return }
      judgement.refuse(
        .badReference, "'\(name)' would make Git show another object in the place of one",
        help: "Leave refs/replace out of the push")
    } else if update.new != nil, let short = update.name.name(in: "refs/")?.text,
      Withdrawal.isName(short) || bench.seat.catalogue?.baselineKind(of: short) != nil
    {
      // Git looks for a name there before it looks among the tags.
      judgement.refuse(
        .badReference, "'\(name)' would be taken for the baseline or withdrawal '\(short)'",
        help: "Give it another name; a baseline is a tag, below refs/tags/")
    } else if update.isBranch {
      let kept = try lostBaselines(by: update, after: updates, bench)
      if !kept.isEmpty { judgement.refuse(losing: kept, by: update) }
      try await judgeNewKinds(by: update, updates, bench, into: &judgement)
      try await judgeBranch(update, updates, bench, into: &judgement)
    }
  }

  // MARK: Branches

  /// A branch is judged by its new commits and by its ends: where it was, and where it is to be.
  private func judgeBranch(
    _ update: ReferenceUpdate, _ updates: [ReferenceUpdate], _ bench: Bench,
    into judgement: inout Judgement
  ) async throws {
    guard let new = update.new else {
      guard update.name == bench.seat.branch else { return }
      judgement.refuse(
        .badReference, "'\(update.name)' is the branch whose rules judge, and is never deleted",
        help: "Ask the server's owner to let HEAD name another branch first")
      return
    }
    let commits = try repository.commits(to: new, without: [], hiding: "refs/heads/*")
    let ends = bench.isSure ? updates.filter(\.isBranch).compactMap(\.new) : []
    try await judge(commits, besides: ends, into: &judgement)
    if let end = try update.old ?? lastEnd(of: update, bench) {
      for anchor in try anchors(of: end, update, bench)
      where !repository.isAncestor(anchor, of: new) {
        try await judgeLeap(of: update.name, from: anchor, to: new, bench, into: &judgement)
      }
    }
    try await judgeRules(update, new, commits, bench, into: &judgement)
  }

  /// Where a branch of this name was when it was deleted; `nil` where there was none, or Git has let its
  /// commits go.
  private func lastEnd(
    of update: ReferenceUpdate, _ bench: Bench
  ) throws(GitError) -> ObjectID? {
    guard let end = bench.ended[update.name], try repository.kind(of: end) == "commit" else {
      return nil
    }
    return end
  }

  /// What a branch that does not go on from its end may not take back: the end of the branch that
  /// judges; of another branch what that one had of it, and baselines.
  ///
  /// What nobody else was given is a draft.
  private func anchors(
    of end: ObjectID, _ update: ReferenceUpdate, _ bench: Bench
  ) throws -> [ObjectID] {
    guard update.name != bench.seat.branch else { return [end] }
    var bases = [bench.seat.commit].compactMap(\.self)
    for tag in try repository.tagReferences()
    where bench.seat.catalogue?.baselineKind(of: tag.name) != nil {
      guard case .commit(let commit) = try repository.peeled(tag.id) else { continue }
      bases.append(commit)
    }
    let own = try repository.commits(to: end, without: bases, hiding: nil)
    guard !own.isEmpty else { return [end] }
    let ids = Set(own.map(\.id))
    return Set(own.flatMap(\.parents)).subtracting(ids)
      .sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
  }

  /// A branch that is moved by force carries on what its old end had: a record that must not vanish does
  /// not vanish by leaving its commit out either, and what takes a trailer to change has no message to
  /// carry it.
  private func judgeLeap(
    of name: ReferenceName, from old: ObjectID, to new: ObjectID, _ bench: Bench,
    into judgement: inout Judgement
  ) async throws {
    var steps = Steps(in: repository, jobs: jobs)
    if name == bench.seat.branch, let catalogue = bench.seat.catalogue, catalogue.judgesMessages {
      let changes = try await steps.ownChanges(
        of: try CommitTree(of: new, in: repository), after: [old, new])
      for (_, reason) in Self.missing([], for: changes, catalogue) {
        judgement.refuse(
          .badTrailer,
          "'\(name)' would be moved by force, and take back what it has at "
            + "\(old.description.prefix(7)): \(reason)",
          help: "Take it back by a commit with this line: git revert")
      }
    }
    let increment = try await steps.move(from: old, to: new)
    var report = increment.found
    if let current = increment.current { waive(&report, by: current) }
    report.assign(
      Diagnostic.Commit(
        position: Int.max, id: new.description,
        subject: "against \(old.description.prefix(7)), which the branch leaves behind"))
    judgement.report.merge(report)
  }

  // MARK: Rules

  /// A push does not loosen its own judge: what changes `schema/` or a waiver needs leave, and then
  /// satisfies the rules before and after.
  ///
  /// What the branch that judges has, was judged when that received it.
  private func judgeRules(
    _ update: ReferenceUpdate, _ new: ObjectID, _ commits: [Commit], _ bench: Bench,
    into judgement: inout Judgement
  ) async throws {
    guard let seat = bench.seat.commit, bench.seat.catalogue != nil else {
      try await judgeFirstRules(new, bench, into: &judgement)
      return
    }
    let isSeat = update.name == bench.seat.branch
    let base = isSeat ? nil : repository.mergeBase(new, seat)
    let before = update.old ?? base ?? seat
    let way = try repository.commits(
      to: new, without: [update.old, isSeat ? nil : seat].compactMap(\.self), hiding: nil)
    var rules = RuleChanges(in: repository)
    var changed: String?
    for commit in way {
      guard let place = try rules.change(by: commit, beside: seat) else { continue }
      changed = "commit \(commit.id.description.prefix(7)) (\(commit.subject)) changes \(place)"
      break
    }
    if changed == nil, let place = try rules.difference(new, before) {
      // It follows the branch that judges, or is of other papers and never had rules.
      let follows = try base.map { try rules.difference(new, $0) == nil } ?? false
      let isOther = try !isSeat && update.old == nil && base == nil && !rules.hasRules(new)
      if !follows, !isOther { changed = "'\(update.name)' would have another \(place)" }
    }
    guard let changed else { return }
    guard bench.settings.mayChangeRules(bench.pusher) else {
      refuse(changed, bench, into: &judgement)
      return
    }
    judgement.accept("\(changed), by the leave of \(bench.who)")
    let earlier = try CommitTree(of: before, in: repository)
    // What was made under the rules before was judged by them.
    let lax = try commits.filter { try rules.difference($0.id, before) != nil }
    try await judge(new, lax, byTheRulesOf: earlier, since: earlier, into: &judgement)
  }

  /// Before there are rules, the server's owner may have some that the first push has to bring.
  private func judgeFirstRules(
    _ new: ObjectID, _ bench: Bench, into judgement: inout Judgement
  ) async throws {
    guard let folder = bench.settings.firstRules, let schemas = RepoPath(Catalogue.schemaFolder)
    else { return }
    let before = WorkTree(root: folder, title: "the server's rules")
    let now = try CommitTree(of: new, in: repository)
    var changed = try TreeChange.changes(from: before, to: now, under: [schemas]).first
      .map { "'\($0.path)' is not as in the server's rules" }
    var dropped = Report()
    if changed == nil, let rulebook = try Rulebook.read(before, into: &dropped),
      let register = rulebook.catalogue.register(named: Waivers.register)
    {
      let entries = try now.entries(under: RepoPath(Catalogue.folder))
        .filter { register.claims($0.path) }
      let snapshot = try await Snapshot.read(
        now, entries, by: rulebook, jobs: jobs, into: &dropped)
      changed = snapshot.files.first { !$0.records.isEmpty }.map { "'\($0.path)' holds waivers" }
    }
    guard let changed else { return }
    guard bench.settings.mayChangeRules(bench.pusher) else {
      refuse(changed, bench, into: &judgement)
      return
    }
    judgement.accept("\(changed), by the leave of \(bench.who)")
    let nothing = MemoryTree([:], title: "nothing")
    try await judge(new, [], byTheRulesOf: before, since: nothing, into: &judgement)
  }

  private func refuse(_ changed: String, _ bench: Bench, into judgement: inout Judgement) {
    judgement.refuse(
      .changedRules, "\(changed), and this server takes no change of the rules from \(bench.who)",
      help: bench.settings.whomToAsk(bench.pusher))
  }

  /// Judges by the rules before a push what it leaves behind, and the steps of commits that it brings.
  ///
  /// What those rules do not know is no breach of them.
  private func judge(
    _ new: ObjectID, _ commits: [Commit], byTheRulesOf before: any SourceTree,
    since earlier: any SourceTree, into judgement: inout Judgement
  ) async throws {
    var dropped = Report()
    guard let rulebook = try Rulebook.read(before, into: &dropped),
      let folder = RepoPath(Catalogue.folder)
    else { return }
    let now = try CommitTree(of: new, in: repository)
    let increment = try await Increment.check(
      from: earlier, to: now, try TreeChange.between(earlier, now, under: [folder]),
      reusing: rulebook, jobs: jobs)
    var report = increment.state
    if let current = increment.current { waive(&report, by: current) }
    var steps = Steps(in: repository, jobs: jobs, judgedBy: rulebook)
    for commit in commits {
      let verdict = try await steps.verdict(on: commit)
      var step = verdict.step
      if let current = verdict.current { waive(&step, by: current) }
      report.merge(step)
    }
    guard let own = try Rulebook.read(now, into: &dropped) else { return }
    let scope = OldRules(rulebook, beside: own)
    let snapshot = increment.current?.snapshot
    for finding in report.sorted where finding.severity == .error {
      let source = snapshot?.source(at: finding.range.path)
      guard scope.speaks(of: finding, at: source?.text(of: finding.range.offsets)) else { continue }
      judgement.refuse(
        .oldRules, "\(finding.range.path): by the rules before the push: \(finding.message.text)",
        help: "Push the change of the rules first, and then what needs it")
    }
  }
}

extension Gatekeeper.Bench {
  /// The pusher in a sentence.
  var who: String { pusher.map { "'\($0)'" } ?? "somebody whom it does not know" }
}

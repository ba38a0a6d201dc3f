import Baselines
import Diagnostics
import Git
import History
import Registry
import Rules
package import SourceText
import Syntax

/// One reference that a push moves.
package struct ReferenceUpdate: Hashable, Sendable {
  package let name: String
  /// `nil` where there was none.
  package let old: ObjectID?
  /// `nil` where it is deleted.
  package let new: ObjectID?

  /// Makes an update; a name of zeros stands for none.
  package init?(name: String, old: String, new: String) {
    guard let before = ObjectID(hexadecimal: old), let now = ObjectID(hexadecimal: new) else {
      return nil
    }
    self.name = name
    self.old = old.allSatisfy { $0 == "0" } ? nil : before
    self.new = new.allSatisfy { $0 == "0" } ? nil : now
  }

  var tagName: String? { name.hasPrefix("refs/tags/") ? String(name.dropFirst(10)) : nil }
  var isBranch: Bool { name.hasPrefix("refs/heads/") }
}

extension Gatekeeper {
  /// Judges a push before it leaves: the commits that are new to the remote, their messages, and
  /// whether anything in them is above the class that may go there.
  ///
  /// - Parameters:
  ///   - updates: What is pushed.
  ///   - remote: The name of the remote, for the commits that it is known to have.
  ///   - url: Its address.
  /// - Returns: The judgement.
  /// - Throws: `GitError` or `SourceTreeError` where a commit cannot be read.
  package func push(
    _ updates: [ReferenceUpdate], to remote: String, at url: String
  ) async throws -> Judgement {
    var judgement = Judgement()
    for update in updates {
      guard let new = update.new else { continue }
      let tip = try commit(new)
      guard let tip else { continue }
      let known = update.old.flatMap { try? repository.commit(at: $0.description) }
      let commits = try repository.commits(
        to: tip, without: known.map { [$0] } ?? [],
        hiding: known == nil ? "refs/remotes/\(remote)/*" : nil)
      var rulebooks = try await judge(commits, into: &judgement)
      for commit in commits {
        try await judgeClasses(commit, url, &rulebooks, into: &judgement)
      }
      if let tag = update.tagName { try await judgeTag(tag, new, into: &judgement) }
    }
    return judgement
  }

  /// Judges a push on the server, before any reference moves.
  ///
  /// Only branches hold judged commits: what was pushed to another reference, a tag for one, is
  /// judged when a branch receives it.
  ///
  /// - Parameters:
  ///   - updates: What was received.
  ///   - settings: What the server's owner decided.
  ///   - pusher: Who pushes.
  /// - Returns: The judgement; a push with a refusal moves nothing.
  /// - Throws: `GitError` or `SourceTreeError` where an object cannot be read.
  package func receive(
    _ updates: [ReferenceUpdate], _ settings: ServerSettings, from pusher: String
  ) async throws -> Judgement {
    var judgement = Judgement()
    for update in updates {
      var single = Judgement()
      if let tag = update.tagName {
        try await judgeTagUpdate(tag, update, settings, into: &single)
      } else if update.name == CoSignatures.reference, let old = update.old {
        // Signatures are added and never taken back.
        let isAdded = update.new.map { repository.isAncestor(old, of: $0) } ?? false
        if !isAdded {
          single.refuse(.movedBaseline, "'\(update.name)' holds signatures and only grows")
        }
      } else if update.isBranch, let new = update.new {
        try await judgeBranch(update, new, settings, pusher, into: &single)
      }
      single.override { code in
        settings.overrides.first { $0.covers(code, at: update.name, by: pusher, on: today) }
          .map { "\($0.who) until \($0.until): \($0.reason)" }
      }
      judgement.merge(single)
    }
    return judgement
  }

  private func judgeBranch(
    _ update: ReferenceUpdate, _ new: ObjectID, _ settings: ServerSettings, _ pusher: String,
    into judgement: inout Judgement
  ) async throws {
    let commits = try repository.commits(to: new, without: [], hiding: "refs/heads/*")
    try await judge(commits, into: &judgement)
    if let old = update.old, !repository.isAncestor(old, of: new) {
      try await judgeLeap(from: old, to: new, into: &judgement)
    }
    try await judgeRules(update, new, commits, settings, pusher, into: &judgement)
  }

  /// Returns the commit that an object is or tags, or `nil` for another object.
  private func commit(_ id: ObjectID) throws(GitError) -> ObjectID? {
    guard let tag = try repository.annotatedTag(id) else {
      return try? repository.commit(at: id.description)
    }
    return tag.targetKind == "commit" ? tag.target : nil
  }

  @discardableResult
  private func judge(
    _ commits: [Commit], into judgement: inout Judgement
  ) async throws -> Rulebooks {
    var check = RangeCheck(in: repository, jobs: jobs)
    try await check.check(commits, into: &judgement.report) { found, index in
      waive(&found, by: index)
    }
    var rulebooks = check.rulebooks
    for commit in commits {
      let tree = try CommitTree(of: commit.id, in: repository)
      guard let rulebook = try rulebooks.rulebook(of: tree) else { continue }
      try await judgeMessage(of: commit, rulebook, into: &judgement)
    }
    return rulebooks
  }

  /// A branch that is moved by force does from its old end to its new one what a commit may do: a
  /// record that must not vanish does not vanish by leaving its commit out either.
  private func judgeLeap(
    from old: ObjectID, to new: ObjectID, into judgement: inout Judgement
  ) async throws {
    let before = try CommitTree(at: old.description, in: repository)
    let now = try CommitTree(at: new.description, in: repository)
    var formerIDs = FormerIDs(in: repository)
    var report = Report()
    let increment = try await Increment.check(
      from: before, to: now, try now.changes(since: before), jobs: jobs,
      history: { rulebook in
        try await formerIDs.add(historyOf: old, by: rulebook)
        return formerIDs.uses
      }, into: &report)
    if let current = increment.current { waive(&report, by: current) }
    report.assign(
      Diagnostic.Commit(
        position: Int.max, id: new.description,
        subject: "against \(old.description.prefix(7)), which the branch leaves behind"))
    judgement.report.merge(report)
  }

  /// A record that is above the class of the remote does not leave, nor does a commit that had it.
  private func judgeClasses(
    _ commit: Commit, _ url: String, _ rulebooks: inout Rulebooks, into judgement: inout Judgement
  ) async throws {
    let tree = try CommitTree(of: commit.id, in: repository)
    guard let rulebook = try rulebooks.rulebook(of: tree),
      let highest = rulebook.catalogue.highestClass(for: url),
      let limit = rulebook.catalogue.classes.firstIndex(of: highest)
    else { return }
    var entries: [TreeEntry] = []
    if let parent = commit.parents.first {
      let before = try CommitTree(of: parent, in: repository)
      entries = try tree.changes(since: before).compactMap(\.new)
        .filter { $0.path.string.hasPrefix(Catalogue.folder + "/") }
    } else {
      entries = try tree.entries(under: RepoPath(Catalogue.folder))
    }
    var dropped = Report()
    let snapshot = try await Snapshot.read(tree, entries, by: rulebook, jobs: jobs, into: &dropped)
    for file in snapshot.files {
      let register = rulebook.catalogue.registers[file.register]
      for record in file.records {
        guard let name = record.node["classification"]?.text ?? register.classification,
          let rank = rulebook.catalogue.classes.firstIndex(of: name), rank > limit
        else { continue }
        judgement.refuse(
          .aboveClass,
          "'\(record.id)' is \(name) in commit \(commit.id.description.prefix(7)), and nothing above "
            + "\(highest) goes to \(url)")
      }
    }
  }

  // MARK: Tags

  private func judgeTagUpdate(
    _ tag: String, _ update: ReferenceUpdate, _ settings: ServerSettings,
    into judgement: inout Judgement
  ) async throws {
    let isWithdrawal = Withdrawal.isName(tag)
    guard try isWithdrawal || isProtected(tag) else { return }
    guard update.old == nil else {
      let what = isWithdrawal ? "records a withdrawal" : "is a baseline"
      judgement.refuse(
        .movedBaseline, "'\(tag)' \(what) and is never \(update.new == nil ? "deleted" : "moved")")
      return
    }
    guard let new = update.new else { return }
    guard isWithdrawal else {
      try await judgeTag(tag, new, settings, into: &judgement)
      return
    }
    guard let object = try repository.annotatedTag(new),
      let withdrawal = Withdrawal(name: tag, tag: object),
      try repository.annotatedTag(withdrawal.baseline)?.name == withdrawal.name
    else {
      judgement.refuse(
        .badBaseline,
        "'\(tag)' has the name of a withdrawal and withdraws nothing: make it with 'registrar baseline withdraw'"
      )
      return
    }
  }

  /// Whether the rules of the default branch take a tag for a baseline.
  private func isProtected(_ tag: String) throws -> Bool {
    guard let judge = try defaultCommit() else { return false }
    let tree = try CommitTree(at: judge.description, in: repository)
    return try Rulebook.catalogue(of: tree)?.baselineKind(of: tag) != nil
  }

  /// Returns the commit whose rules judge what has no target of its own: that of the default branch,
  /// or of the first where the default has none; `nil` in an empty repository.
  private func defaultCommit() throws(GitError) -> ObjectID? {
    if !repository.isUnborn, let head = try repository.reference("HEAD") { return head }
    return try repository.branches().first
  }

  /// A tag with the name of a baseline must be one, and a good one.
  private func judgeTag(
    _ name: String, _ id: ObjectID, _ settings: ServerSettings? = nil,
    into judgement: inout Judgement
  ) async throws {
    guard try isProtected(name) else { return }
    guard let tag = try repository.annotatedTag(id), let baseline = Baseline(name: name, tag: tag)
    else {
      judgement.refuse(
        .badBaseline,
        "'\(name)' has the name of a baseline and records none: make it with 'registrar baseline create'"
      )
      return
    }
    var terms = Verification.Terms()
    terms.jobs = jobs
    if let settings {
      if let signers = settings.signers { terms.signers = signers }
      terms.tools = .given(
        programs: settings.programs, keyring: settings.signers?.keyring ?? settings.keyring)
      terms.requiresSignature = settings.requiresSignature
    }
    let verification = try await Verification(of: baseline, in: repository, terms)
    for finding in verification.findings where finding.severity == .error {
      judgement.refuse(.badBaseline, "the baseline '\(name)': \(finding.text)")
    }
  }

  // MARK: Rules

  /// A push does not loosen its own judge: what changes `schema/` needs leave, and then satisfies the
  /// rules before and after.
  private func judgeRules(
    _ update: ReferenceUpdate, _ new: ObjectID, _ commits: [Commit], _ settings: ServerSettings,
    _ pusher: String, into judgement: inout Judgement
  ) async throws {
    let now = try CommitTree(at: new.description, in: repository)
    let before: any SourceTree
    let changed: String?
    if let target = try update.old ?? defaultCommit() {
      let tree = try CommitTree(at: target.description, in: repository)
      before = tree
      // A commit in between that loosens the rules, and one that restores them, is no way around.
      let rules = try Rulebooks.schemas(of: tree)
      let odd = try commits.first { commit in
        try Rulebooks.schemas(of: CommitTree(of: commit.id, in: repository)) != rules
      }
      changed = odd.map { "commit \($0.id.description.prefix(7)) (\($0.subject)) changes schema/" }
    } else if let folder = settings.firstRules, let schemas = RepoPath(Catalogue.schemaFolder) {
      before = WorkTree(root: folder, title: "the server's rules")
      changed = try TreeChange.changes(from: before, to: now, under: [schemas]).first
        .map { "'\($0.path)' is not as in the server's rules" }
    } else {
      return
    }
    guard let changed else { return }
    guard settings.mayChangeRules(pusher) else {
      judgement.refuse(
        .changedRules, "\(changed), and this server takes no change of the rules from '\(pusher)'")
      return
    }
    var report = Report()
    guard let rulebook = try Rulebook.read(before, into: &report) else { return }
    report = Report()
    let entries = try now.entries(under: RepoPath(Catalogue.folder))
    let snapshot = try await Snapshot.read(now, entries, by: rulebook, jobs: jobs, into: &report)
    let index = RecordIndex(of: snapshot)
    Rule.check(index, into: &report)
    waive(&report, by: index)
    // What the old rules do not know, such as a file of a new register, is no breach of them.
    for finding in report.sorted
    where finding.severity == .error && finding.code != .strayFile {
      judgement.refuse(
        .oldRules, "\(finding.range.path): by the rules before the push: \(finding.message.text)")
    }
  }
}

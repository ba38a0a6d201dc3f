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
  /// Judges a push before it leaves: the commits that are new to the remote, and whether anything in
  /// them is above the class that may go there.
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
      try await judge(commits, into: &judgement)
      try await judgeClasses(commits, url, into: &judgement)
      if let tag = update.tagName { try await judgeTag(tag, new, into: &judgement) }
    }
    return judgement
  }

  /// Judges a push on the server, before any reference moves.
  ///
  /// - Parameter updates: What was received.
  /// - Returns: The judgement; a push with a refusal moves nothing.
  /// - Throws: `GitError` or `SourceTreeError` where an object cannot be read.
  package func receive(_ updates: [ReferenceUpdate]) async throws -> Judgement {
    var judgement = Judgement()
    for update in updates {
      if let tag = update.tagName {
        try await judgeTagUpdate(tag, update, into: &judgement)
      } else if update.isBranch, let new = update.new {
        let commits = try repository.commits(to: new, without: [], hiding: "refs/*")
        try await judge(commits, into: &judgement)
        try await judgeRules(update, new, into: &judgement)
      }
    }
    return judgement
  }

  /// Returns the commit that an object is or tags, or `nil` for another object.
  private func commit(_ id: ObjectID) throws(GitError) -> ObjectID? {
    guard let tag = try repository.annotatedTag(id) else {
      return try? repository.commit(at: id.description)
    }
    return tag.targetKind == "commit" ? tag.target : nil
  }

  private func judge(
    _ commits: [Commit], into judgement: inout Judgement
  ) async throws {
    var report = Report()
    var check = RangeCheck(in: repository, jobs: jobs)
    try await check.check(commits, into: &report) { found, index in waive(&found, by: index) }
    judgement.report.merge(report)
  }

  /// A record that is above the class of the remote does not leave, nor does a commit that had it.
  private func judgeClasses(
    _ commits: [Commit], _ url: String, into judgement: inout Judgement
  ) async throws {
    for commit in commits {
      let tree = try CommitTree(at: commit.id.description, in: repository)
      var dropped = Report()
      guard let rulebook = try Rulebook.read(tree, into: &dropped),
        let highest = rulebook.catalogue.highestClass(for: url),
        let limit = rulebook.catalogue.classes.firstIndex(of: highest)
      else { continue }
      var entries: [TreeEntry] = []
      if let parent = commit.parents.first {
        let before = try CommitTree(at: parent.description, in: repository)
        entries = try tree.changes(since: before).compactMap(\.new)
          .filter { $0.path.string.hasPrefix(Catalogue.folder + "/") }
      } else {
        entries = try tree.entries(under: RepoPath(Catalogue.folder))
      }
      let snapshot = try await Snapshot.read(
        tree, entries, by: rulebook, jobs: jobs, into: &dropped)
      for file in snapshot.files {
        let register = rulebook.catalogue.registers[file.register]
        for record in file.records {
          guard let name = record.node["classification"]?.text ?? register.classification,
            let rank = rulebook.catalogue.classes.firstIndex(of: name), rank > limit
          else { continue }
          judgement.refuse(
            "'\(record.id)' is \(name) in commit \(commit.id.description.prefix(7)), and nothing above "
              + "\(highest) goes to \(url)")
        }
      }
    }
  }

  // MARK: Tags

  private func judgeTagUpdate(
    _ tag: String, _ update: ReferenceUpdate, into judgement: inout Judgement
  ) async throws {
    guard try isProtected(tag) else { return }
    guard update.old == nil else {
      judgement.refuse(
        update.new == nil
          ? "'\(tag)' is a baseline and is never deleted"
          : "'\(tag)' is a baseline and is never moved")
      return
    }
    guard let new = update.new else { return }
    try await judgeTag(tag, new, into: &judgement)
  }

  /// Whether the rules of the default branch take a tag for a baseline.
  private func isProtected(_ tag: String) throws -> Bool {
    guard !repository.isUnborn else { return false }
    var dropped = Report()
    let head = try CommitTree(at: "HEAD", in: repository)
    return try Rulebook.read(head, into: &dropped)?.catalogue.baselineKind(of: tag) != nil
  }

  /// A tag with the name of a baseline must be one, and a good one.
  private func judgeTag(
    _ name: String, _ id: ObjectID, into judgement: inout Judgement
  ) async throws {
    guard try isProtected(name) else { return }
    guard let tag = try repository.annotatedTag(id), let baseline = Baseline(name: name, tag: tag)
    else {
      judgement.refuse(
        "'\(name)' has the name of a baseline and records none: make it with 'registrar baseline create'"
      )
      return
    }
    var terms = Verification.Terms()
    terms.jobs = jobs
    let verification = try await Verification(of: baseline, in: repository, terms)
    for finding in verification.findings where finding.severity == .error {
      judgement.refuse("the baseline '\(name)': \(finding.text)")
    }
  }

  // MARK: Rules

  /// A push does not loosen its own judge: what changes `schema/` needs leave, and then satisfies the
  /// rules before and after.
  private func judgeRules(
    _ update: ReferenceUpdate, _ new: ObjectID, into judgement: inout Judgement
  ) async throws {
    let target = try update.old ?? repository.reference("HEAD")
    guard let target else { return }
    let before = try CommitTree(at: target.description, in: repository)
    let now = try CommitTree(at: new.description, in: repository)
    let changes = try now.changes(since: before)
      .filter { $0.path.string.hasPrefix(Catalogue.schemaFolder + "/") }
    guard !changes.isEmpty else { return }
    guard repository.setting("registrar.allowschemachanges") == "true" else {
      judgement.refuse(
        "'\(changes[0].path)' changes, and this server takes no change of the rules by a push "
          + "(its owner may set registrar.allowSchemaChanges)")
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
        "\(finding.range.path): by the rules before the push: \(finding.message.text)")
    }
  }
}

package import Diagnostics
package import Git
import Registry
package import Rules
import SourceText

/// The check of every commit of a range, each against its parents.
package struct RangeCheck {
  private let repository: Repository
  private let jobs: Int
  package private(set) var rulebooks = Rulebooks()
  private var formerIDs: FormerIDs
  private var trees: CommitTrees

  /// Prepares a check.
  ///
  /// - Parameters:
  ///   - repository: Where the commits are.
  ///   - jobs: The largest number of tasks at work at once.
  package init(in repository: Repository, jobs: Int) {
    self.repository = repository
    trees = CommitTrees(in: repository)
    self.jobs = jobs
    formerIDs = FormerIDs(in: repository)
  }

  /// Checks commits in the order in which they were made.
  ///
  /// - Parameters:
  ///   - commits: The commits, parents before children.
  ///   - report: Where findings go, each with its commit.
  ///   - judge: Called with the findings of each commit and with what was read, to change them.
  /// - Throws: `GitError` or `SourceTreeError` where a commit cannot be read.
  package mutating func check(
    _ commits: [Commit], into report: inout Report,
    judge: (inout Report, RecordIndex) -> Void = { _, _ in }
  ) async throws {
    for (position, commit) in commits.enumerated() {
      var found = Report()
      let index = try await check(commit, into: &found)
      if let index { judge(&found, index) }
      found.assign(
        Diagnostic.Commit(
          position: position, id: commit.id.description, subject: commit.subject))
      report.merge(found)
    }
  }

  private mutating func check(
    _ commit: Commit, into report: inout Report
  ) async throws -> RecordIndex? {
    let tree = try trees.tree(of: commit.id)
    guard !commit.parents.isEmpty else {
      let snapshot = try await Snapshot.read(tree, jobs: jobs, into: &report)
      guard let snapshot else { return nil }
      let index = RecordIndex(of: snapshot)
      Rule.check(index, into: &report)
      return index
    }
    var index: RecordIndex?
    var common: Set<Diagnostic>?
    for parent in commit.parents {
      let before = try trees.tree(of: parent)
      let changes = try tree.changes(since: before)
      var found = Report()
      var formerIDs = formerIDs
      let increment = try await Increment.check(
        from: before, to: tree, changes, reusing: try rulebooks.known(for: tree), jobs: jobs,
        history: { rulebook in
          try await formerIDs.add(historyOf: parent, by: rulebook)
          return formerIDs.uses
        }, into: &found)
      self.formerIDs = formerIDs
      if let rulebook = increment.current?.snapshot.rulebook {
        try rulebooks.remember(rulebook, of: tree)
      }
      index = increment.current ?? index
      guard commit.parents.count > 1, let current = increment.current else {
        report.merge(found)
        continue
      }
      var alone = Report()
      Rule.check(current, into: &alone)
      let single = Set(alone.diagnostics)
      for finding in found.diagnostics where !single.contains(finding) { report.add(finding) }
      let new = Set(found.diagnostics).intersection(single)
      common = common?.intersection(new) ?? new
    }
    for finding in common ?? [] { report.add(finding) }
    return index
  }
}

package import Diagnostics
package import Git
package import Rules
import SourceText

/// The check of every commit of a range, each by the commits that it comes from.
package struct RangeCheck {
  private var steps: Steps

  package var rulebooks: Rulebooks { steps.rulebooks }

  /// Prepares a check.
  ///
  /// - Parameters:
  ///   - repository: Where the commits are.
  ///   - jobs: The largest number of tasks at work at once.
  package init(in repository: Repository, jobs: Int) {
    steps = Steps(in: repository, jobs: jobs)
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
    try await check(commits) { increment, commit in
      var found = increment.found
      if let index = increment.current { judge(&found, index) }
      found.assign(commit)
      report.merge(found)
    }
  }

  /// Checks commits in the order in which they were made.
  ///
  /// - Parameters:
  ///   - commits: The commits, parents before children.
  ///   - take: Called with what was found of each commit.
  /// - Throws: `GitError` or `SourceTreeError` where a commit cannot be read.
  package mutating func check(
    _ commits: [Commit], take: (Increment, Diagnostic.Commit) -> Void
  ) async throws {
    for (position, commit) in commits.enumerated() {
      take(
        try await steps.verdict(on: commit),
        Diagnostic.Commit(
          position: position, id: commit.id.description, subject: commit.subject))
    }
  }
}

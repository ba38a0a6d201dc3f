import Diagnostics
package import Git
package import History
package import Registry
import Rules
package import SourceText

/// Judges what is about to be committed, pushed or received.
package struct Gatekeeper {
  let repository: Repository
  let jobs: Int
  let today: Day

  /// Prepares judging.
  ///
  /// - Parameters:
  ///   - repository: Where.
  ///   - jobs: The largest number of tasks at work at once.
  ///   - today: The day that waivers end by.
  package init(_ repository: Repository, jobs: Int, today: Day) {
    self.repository = repository
    self.jobs = jobs
    self.today = today
  }

  /// Takes out what is waived.
  func waive(_ report: inout Report, by index: RecordIndex) {
    _ = Waivers(in: index).apply(to: &report, index, today: today, isWhole: false)
  }

  // MARK: Before a commit

  /// Judges what is staged by the commits that the next one will follow.
  ///
  /// - Parameters:
  ///   - kind: What is known of the commit.
  ///   - heads: What a merge joins with HEAD that the repository does not tell of yet.
  /// - Returns: The judgement; where it may be one of two kinds, that of the one that passes.
  /// - Throws: `GitError` or `SourceTreeError` where something cannot be read.
  package func staged(
    _ kind: CommitKind = .next, joining heads: [ObjectID] = []
  ) async throws -> Judgement {
    let index = try IndexTree(of: repository)
    let desk = try Desk(in: repository, joining: heads)
    var steps = Steps(in: repository, jobs: jobs)
    func judge(_ parents: [ObjectID]) async throws -> Judgement {
      var judgement = Judgement()
      let increment = try await steps.verdict(on: index, after: parents)
      judgement.report = increment.found
      if let current = increment.current { waive(&judgement.report, by: current) }
      return judgement
    }
    if kind == .amended { return try await judge(desk.amended ?? desk.parents) }
    var judgement = try await judge(desk.parents)
    guard !judgement.passes, let amended = desk.amended else { return judgement }
    var other = try await judge(amended)
    guard other.passes else { return judgement }
    // Whoever takes a mistake back may do so in the commit that made it, which nobody has seen.
    if kind == .either {
      other.notes.append("this may take the place of the last commit, and may not follow it")
      return other
    }
    judgement.notes.append(
      "it may take the place of the last commit, which is on no server yet: git commit --amend")
    return judgement
  }
}

import Diagnostics
import Git
import History
import Registry
import Rules
import SourceText

extension Gatekeeper {
  /// Judges commits, each against its parents, and their messages.
  ///
  /// - Parameters:
  ///   - commits: The commits, parents first.
  ///   - ends: Where branches will be that the repository does not have yet.
  ///   - judgement: Where refusals go.
  /// - Throws: `GitError` or `SourceTreeError` where something cannot be read.
  func judge(
    _ commits: [Commit], besides ends: [ObjectID] = [], into judgement: inout Judgement
  ) async throws {
    var check = RangeCheck(in: repository, jobs: jobs)
    try await check.check(commits, into: &judgement.report) { found, index in
      waive(&found, by: index)
    }
    var rulebooks = check.rulebooks
    var steps = Steps(in: repository, jobs: jobs)
    let ends = ends + commits.suffix(1).map(\.id)
    for commit in commits {
      let tree = try CommitTree(of: commit.id, in: repository)
      guard let rulebook = try rulebooks.rulebook(of: tree) else { continue }
      try await judgeMessage(
        of: commit, rulebook, besides: ends, &steps, into: &judgement)
    }
  }
}

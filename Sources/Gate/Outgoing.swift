import Baselines
import Diagnostics
import Git
import History
import Registry
import Rules
import SourceText

extension Gatekeeper {
  /// Judges a push before it leaves: the commits that are new to the remote, their messages, and
  /// whether anything in them is above the class that may go there.
  ///
  /// - Parameters:
  ///   - updates: What is pushed.
  ///   - remote: The name of the remote, for the commits that were judged when it got them.
  ///   - url: Its address.
  /// - Returns: The judgement.
  /// - Throws: `GitError` or `SourceTreeError` where a commit cannot be read.
  package func push(
    _ updates: [ReferenceUpdate], to remote: String, at url: String
  ) async throws -> Judgement {
    var judgement = Judgement()
    var classes = try Classes(in: repository, remote: remote, at: url, jobs: jobs)
    for update in updates {
      if update.isBranch {
        let lost = try lostBaselines(by: update, after: updates, of: remote)
        if !lost.isEmpty { judgement.refuse(losing: lost, by: update) }
      }
      if let tag = update.name.name(in: "refs/tags/")?.text, update.old != nil,
        try refuseMove(of: tag, update, into: &judgement)
      {
        continue
      }
      guard let new = update.new else { continue }
      guard case .commit(let tip) = try repository.peeled(new) else {
        try classes.judge(update.name, try repository.peeled(new), into: &judgement)
        continue
      }
      let known = update.old.flatMap { try? repository.commit(at: $0.description) }
      let commits = try repository.commits(
        to: tip, without: known.map { [$0] } ?? [],
        hiding: known == nil ? "refs/remotes/\(remote)/*" : nil)
      try await judge(commits, into: &judgement)
      try await classes.judge(tip, known, into: &judgement)
      if let tag = update.name.name(in: "refs/tags/")?.text {
        try await judgeTag(tag, new, updates, into: &judgement)
      }
    }
    classes.remember(judgement.passes)
    return judgement
  }
}

import Baselines
import Git
import Registry
import SourceText

extension Session {
  /// Returns the day that is today for whoever reads a version: that of the session for `HEAD`, and for an earlier
  /// one the last day from which a baseline that it has is in force.
  ///
  /// - Parameters:
  ///   - commit: The version.
  ///   - ledger: The baselines.
  ///   - repository: Where they are.
  /// - Returns: The day.
  /// - Throws: `GitError` where a commit cannot be read; `Failure` where a withdrawal cannot.
  func day(of commit: ObjectID, _ ledger: Ledger, _ repository: Repository) throws -> Day {
    guard try repository.isUnborn || repository.commit(at: "HEAD") != commit else { return today }
    let withdrawn = try ledger.countedWithdrawals()
    let days = ledger.baselines
      .filter { withdrawn[$0.name] == nil && repository.isAncestor($0.tag.target, of: commit) }
      .compactMap { $0.effective.flatMap(Day.init) }
    return days.max() ?? today
  }
}

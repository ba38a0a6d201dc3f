package import Baselines
import Git
package import Registry
package import SourceText

extension Ledger {
  /// Returns the baselines that take effect after a day and were not withdrawn, in the order of their days; what came
  /// later than a version is nothing that it knows.
  ///
  /// - Parameters:
  ///   - day: The day.
  ///   - tip: The version.
  /// - Returns: The baselines.
  /// - Throws: `GitError` where a withdrawal cannot be read.
  package func coming(after day: Day, at tip: ObjectID) throws -> [Baseline] {
    let withdrawn = try countedWithdrawals()
    return baselines.filter { baseline in
      withdrawn[baseline.name] == nil
        && (baseline.effective.flatMap(Day.init).map { $0 > day } ?? false)
        && (baseline.tag.target == tip || !repository.isAncestor(tip, of: baseline.tag.target))
    }.sorted { $0.order < $1.order }
  }
}

package import Baselines
import Git
package import Registry
package import SourceText

extension Ledger {
  /// Returns the day that is today for whoever reads a version: today for `HEAD`, and for an earlier one the last day
  /// from which a baseline that it has is in force.
  ///
  /// - Parameters:
  ///   - commit: The version.
  ///   - today: The day of whoever asks.
  /// - Returns: The day.
  /// - Throws: `GitError` where a commit cannot be read; `Failure` where a withdrawal cannot.
  package func day(of commit: ObjectID, today: Day) throws -> Day {
    guard try repository.isUnborn || repository.commit(at: "HEAD") != commit else { return today }
    return try standing(at: commit).compactMap { $0.effective.flatMap(Day.init) }.max() ?? today
  }
}

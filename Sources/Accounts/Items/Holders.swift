import Baselines
import Git
import Registry
import Rules

/// The baselines that hold an item, in the order of their days of effect.
package struct Holders {
  /// Those that hold it as it is.
  package private(set) var same: [String] = []
  /// Those that hold it with other words.
  package private(set) var other: [String] = []

  /// Looks for an item in every baseline that may hold it; no more files are read than may have it.
  ///
  /// - Parameters:
  ///   - finder: Finds the item in a version.
  ///   - register: Its register.
  ///   - ledger: The baselines; those that were withdrawn hold nothing.
  /// - Throws: What reading throws.
  init(_ finder: inout RecordFinder, of register: Register, _ ledger: Ledger) async throws {
    let withdrawn = try ledger.countedWithdrawals()
    for baseline in ledger.baselines.sorted(by: { $0.order < $1.order })
    where withdrawn[baseline.name] == nil {
      let scope = BaselineScope(ledger.kind(of: baseline))
      guard scope.holds(register), let commit = baseline.commit,
        let tree = try? CommitTree(of: commit, in: ledger.repository),
        let then = try await finder.record(in: tree), scope.holds(then, of: register)
      else { continue }
      if finder.isSame(then) {
        same.append(baseline.name)
      } else {
        other.append(baseline.name)
      }
    }
  }
}

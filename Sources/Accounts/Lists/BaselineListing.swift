package import Baselines
import Diagnostics
import Git
import History
import Registry
package import SourceText

/// Baselines with what their tags say and, where they are verified, what was found.
package struct BaselineListing {
  /// One baseline, or what was pinned as one.
  package struct Row {
    package let name: String
    package let baseline: Baseline?
    /// The commit that it is of, or the object that has its name.
    package let object: ObjectID?
    /// What was found; `nil` where it was not looked at.
    package let verification: Verification?
    /// What withdraws it: proved where it was verified, else as the tags say.
    package let withdrawal: Withdrawal?
  }

  /// The baselines in the order of their names.
  package private(set) var rows: [Row] = []
  /// What is said of all of them together.
  package private(set) var standing = Standing.good

  /// Lists the baselines of a clone.
  ///
  /// - Parameters:
  ///   - ledger: The baselines.
  ///   - terms: How they are verified; `nil` where they are not.
  ///   - pins: What was pinned.
  /// - Throws: `Failure` where there is none and some may be missing.
  package init(
    of ledger: Ledger, _ terms: Verification.Terms?, pins: [String: ObjectID]
  ) async throws {
    let names = try ledger.names(pinned: pins).sorted { NaturalKey($0) < NaturalKey($1) }
    if names.isEmpty, let hint = ledger.gapHint {
      throw Failure("there are no baselines here", hint: hint)
    }
    var way = Way(in: ledger.repository, jobs: terms?.jobs ?? 1)
    for name in names {
      let entry = ledger[name]
      var verification: Verification?
      if let terms {
        let found = await Verification(of: name, in: ledger, terms, along: &way)
        standing = max(standing, found.standing)
        verification = found
      }
      rows.append(
        Row(
          name: name, baseline: entry?.baseline,
          object: entry?.baseline?.tag.target ?? entry?.object, verification: verification,
          withdrawal: verification.map(\.withdrawal) ?? ledger.withdrawals[name]))
    }
    if ledger.gaps.isShallow { standing = max(standing, .unclear) }
  }
}

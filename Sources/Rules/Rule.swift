package import Diagnostics
import Registry
import SourceText

/// Something that must hold across the records of a snapshot, or between two snapshots.
///
/// A rule is a value, in a file of its own with its codes and wordings.
package struct Rule: Sendable {
  /// The codes that the rule reports.
  package let codes: [Diagnostic.Code]
  /// What must hold, as one sentence with a full stop.
  package let requirement: String
  /// Whether it speaks of the way from one version to the next.
  private let isBetweenVersions: Bool
  private let body: @Sendable (Inspection, inout Report) -> Void

  init(
    _ codes: [Diagnostic.Code], requirement: String, isBetweenVersions: Bool = false,
    body: @escaping @Sendable (Inspection, inout Report) -> Void
  ) {
    self.codes = codes
    self.requirement = requirement
    self.isBetweenVersions = isBetweenVersions
    self.body = body
  }

  /// Every rule, in the order in which they run.
  package static let all: [Rule] = [
    .claimedFiles, .regularIDs, .uniqueIDs, .filesNamedByID, .portableNames, .unmistakableIDs,
    .resolvableReferences, .uniqueValues, .plausibleDates,
    .recordRules, .transitions, .keptHistory,
  ]

  /// Runs every rule: those of all repositories, and those that the catalogue switches on.
  ///
  /// - Parameters:
  ///   - current: The records to judge.
  ///   - previous: The records of the earlier version that they are compared with, if any.
  ///   - report: Where findings go.
  package static func check(
    _ current: RecordIndex, against previous: RecordIndex? = nil, into report: inout Report
  ) {
    let inspection = Inspection(of: current, against: previous, into: &report)
    let found = check(inspection)
    report.merge(found.state)
    report.merge(found.step)
    tidy(&report, after: inspection)
  }

  /// Runs every rule, and tells what is wrong with a version apart from what is wrong with the way
  /// to it.
  ///
  /// - Parameter inspection: The version, and the one before.
  /// - Returns: What the version has wrong by itself, and what is wrong with the step.
  package static func check(_ inspection: Inspection) -> (state: Report, step: Report) {
    var state = Report()
    var step = Report()
    for rule in all {
      if rule.isBetweenVersions {
        rule.body(inspection, &step)
      } else {
        rule.body(inspection, &state)
      }
    }
    RegisterRule.check(inspection, into: &state, step: &step)
    let rulebook = inspection.current.snapshot.rulebook
    // A change of one file of a register leaves the catalogue as it is.
    if rulebook.isReviewed, inspection.focus == nil {
      BaselineScope.review(rulebook, into: &state)
    }
    if inspection.functions.tellsSpent(), let path = RepoPath(Catalogue.path) {
      state.add(.spent(at: .file(path)))
    }
    return (state, step)
  }

  /// Leaves each value one finding and one remedy, and shows forms by examples.
  ///
  /// - Parameters:
  ///   - report: All that was found, by schemas and by rules.
  ///   - inspection: What it was found in.
  package static func tidy(_ report: inout Report, after inspection: Inspection) {
    Echoes.silence(&report, inspection.current.snapshot)
    PatternExample.add(to: &report, inspection)
  }

  /// Leaves each value one finding and one remedy, where the rules were run before.
  package static func tidy(_ report: inout Report, of index: RecordIndex) {
    guard !report.isEmpty else { return }
    var dropped = Report()
    tidy(&report, after: Inspection(of: index, into: &dropped))
  }

  /// Whether a code speaks of the way from one version to the next.
  static func isBetweenVersions(_ code: String) -> Bool {
    let code = Diagnostic.Code(rawValue: code)
    return all.contains { $0.isBetweenVersions && $0.codes.contains(code) }
      || RegisterRule.all.contains { $0.betweenVersions.contains(code) }
  }
}

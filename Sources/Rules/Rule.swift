package import Diagnostics
import Registry
import SourceText

/// Something that must hold across the records of a snapshot, or between two snapshots.
///
/// A rule is a value, in a file of its own with its codes and wordings.
package struct Rule: Sendable {
  enum Kind: Sendable {
    /// It judges a version.
    case ofVersion
    /// It judges each file of a version by itself.
    case ofFiles
    /// It judges the way from one version to the next.
    case betweenVersions
  }

  /// The codes that the rule reports.
  package let codes: [Diagnostic.Code]
  /// What must hold, as one sentence with a full stop.
  package let requirement: String
  private let kind: Kind
  private let body: @Sendable (Inspection, inout Report) -> Void

  init(
    _ codes: [Diagnostic.Code], requirement: String, _ kind: Kind = .ofVersion,
    body: @escaping @Sendable (Inspection, inout Report) -> Void
  ) {
    self.codes = codes
    self.requirement = requirement
    self.kind = kind
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
  ///   - jobs: On how many cores; on all where `nil`.
  ///   - report: Where findings go, in the same order for any number of cores.
  package static func check(
    _ current: RecordIndex, against previous: RecordIndex? = nil, jobs: Int? = nil,
    into report: inout Report
  ) {
    let inspection = Inspection(of: current, against: previous, into: &report)
    let found = check(inspection, jobs: jobs)
    report.merge(found.state)
    report.merge(found.step)
    tidy(&report, after: inspection)
  }

  /// Runs every rule, and tells what is wrong with a version apart from what is wrong with the way
  /// to it.
  ///
  /// - Parameters:
  ///   - inspection: The version, and the one before.
  ///   - jobs: On how many cores; on all where `nil`, as far as there is enough to do.
  /// - Returns: What the version has wrong by itself, and what is wrong with the step.
  package static func check(
    _ inspection: Inspection, jobs: Int? = nil
  ) -> (state: Report, step: Report) {
    let isMuch =
      inspection.focus == nil && inspection.current.snapshot.recordCount >= fewestForLanes
    let lanes = isMuch ? jobs ?? Lanes.cores : 1
    let works = all.flatMap { $0.works(inspection, lanes) } + RegisterRule.works(inspection)
    var found: (state: Report, step: Report)
    if let apart = run(works, inspection, lanes) {
      found = apart
    } else {
      found = (Report(), Report())
      for work in works { work(inspection, &found.state, &found.step) }
    }
    let rulebook = inspection.current.snapshot.rulebook
    // A change of one file of a register leaves the catalogue as it is.
    if rulebook.isReviewed, inspection.focus == nil {
      BaselineScope.review(rulebook, into: &found.state)
    }
    if inspection.functions.tellsSpent(), let path = RepoPath(Catalogue.path) {
      found.state.add(.spent(at: .file(path)))
    }
    return found
  }

  /// A part of a check, which takes what it looks at and where its findings go.
  typealias Work = (Inspection, _ state: inout Report, _ step: inout Report) -> Void

  private static let fewestForLanes = 200

  private func works(_ inspection: Inspection, _ lanes: Int) -> [Work] {
    let count = inspection.current.snapshot.files.count
    let size = max(64, count / (lanes * 8) + 1)
    let parts: [Range<Int>?] =
      lanes > 1 && kind == .ofFiles
      ? stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) } : [nil]
    return parts.map { part in
      { inspection, state, step in
        var inspection = inspection
        inspection.part = part
        if self.kind == .betweenVersions {
          self.body(inspection, &step)
        } else {
          self.body(inspection, &state)
        }
      }
    }
  }

  /// Does the parts of a check on several cores.
  ///
  /// - Returns: What they found, in their order; `nil` where the expressions take more steps together than a check may
  ///   take, for which of them are decided then depends on their order.
  private static func run(
    _ works: [Work], _ inspection: Inspection, _ lanes: Int
  ) -> (state: Report, step: Report)? {
    guard lanes > 1 else { return nil }
    let done = Lanes.map(works.count, lanes: lanes, inspection.forked) { inspection, work in
      var found = (state: Report(), step: Report())
      works[work](inspection, &found.state, &found.step)
      return found
    }
    let spent = done.lanes.reduce(0) { $0 + $1.functions.spentSteps }
    guard spent < inspection.functions.allSteps else { return nil }
    var found = (state: Report(), step: Report())
    for (state, step) in done.results {
      found.state.merge(state)
      found.step.merge(step)
    }
    return found
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
    return all.contains { $0.kind == .betweenVersions && $0.codes.contains(code) }
      || RegisterRule.all.contains { $0.betweenVersions.contains(code) }
  }
}

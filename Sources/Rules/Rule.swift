package import Diagnostics
import Registry

/// Something that must hold across the records of a snapshot, or between two snapshots.
///
/// A rule is a value, in a file of its own with its codes and wordings.
package struct Rule: Sendable {
  /// The codes that the rule reports.
  package let codes: [Diagnostic.Code]
  /// What must hold, as one sentence with a full stop.
  package let requirement: String
  private let body: @Sendable (Inspection, inout Report) -> Void

  init(
    _ codes: [Diagnostic.Code], requirement: String,
    body: @escaping @Sendable (Inspection, inout Report) -> Void
  ) {
    self.codes = codes
    self.requirement = requirement
    self.body = body
  }

  /// Every rule, in the order in which they run.
  package static let all: [Rule] = [
    .claimedFiles, .regularIDs, .uniqueIDs, .filesNamedByID, .portableNames, .unmistakableIDs,
    .resolvableReferences, .uniqueValues,
    .recordRules, .transitions, .keptHistory,
  ]

  /// Runs every rule: those of all repositories, and those that the catalogue switches on.
  ///
  /// - Parameters:
  ///   - current: The records to judge.
  ///   - previous: The records of the earlier version that they are compared with, if any.
  ///   - formerUses: The ids that records had which are gone, and until when.
  ///   - expressions: The expressions of the schemas, where they were parsed before.
  ///   - report: Where findings go.
  package static func check(
    _ current: RecordIndex, against previous: RecordIndex? = nil,
    formerUses: [FormerUse: String] = [:], expressions: SchemaExpressions? = nil,
    into report: inout Report
  ) {
    let inspection = Inspection(
      of: current, against: previous, formerUses: formerUses, expressions: expressions,
      into: &report)
    for rule in all { rule.body(inspection, &report) }
    RegisterRule.check(inspection, into: &report)
  }
}

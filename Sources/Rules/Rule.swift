package import Diagnostics
import Registry

/// Something that must hold across the records of a snapshot.
///
/// A rule is a value, in a file of its own with its codes and wordings.
package struct Rule: Sendable {
  /// The codes that the rule reports.
  package let codes: [Diagnostic.Code]
  /// What must hold, as one sentence with a full stop.
  package let requirement: String
  private let body: @Sendable (RecordIndex, inout Report) -> Void

  init(
    _ codes: [Diagnostic.Code], requirement: String,
    body: @escaping @Sendable (RecordIndex, inout Report) -> Void
  ) {
    self.codes = codes
    self.requirement = requirement
    self.body = body
  }

  /// Every rule, in the order in which they run.
  package static let all: [Rule] = [
    .claimedFiles, .regularIDs, .uniqueIDs, .filesNamedByID, .resolvableReferences, .uniqueValues,
    .recordRules,
  ]

  package func check(_ index: RecordIndex, into report: inout Report) {
    body(index, &report)
  }
}

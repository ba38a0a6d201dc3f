package import Diagnostics

/// Why a baseline or a withdrawal cannot be made.
package struct Obstacle: Hashable, Sendable {
  package let code: Diagnostic.Code
  /// A sentence.
  package let reason: String
  /// What to do, in the imperative.
  package let help: String?

  package init(_ code: Diagnostic.Code, _ reason: String, help: String? = nil) {
    self.code = code
    self.reason = reason
    self.help = help
  }
}

extension Diagnostic.Code {
  /// There is a tag of the name.
  package static let tagExists: Self = "baseline/exists"
  /// The name is not one that the kind of baseline has.
  package static let baselineName: Self = "baseline/name"
  /// It does not come after the one before it, by its value, its day or its commit.
  package static let baselineOrder: Self = "baseline/order"
  /// It names no decision, or one that is none.
  package static let baselineDecision: Self = "baseline/decision"
  /// It does not say when it was published, or a day that cannot be.
  package static let baselinePublished: Self = "baseline/published"
  /// Its commit does not check clean.
  package static let baselineCheck: Self = "baseline/check"
  /// The version of a document does not go with its text.
  package static let baselineVersion: Self = "baseline/document-version"
  /// A change has no commit that says why.
  package static let baselineUnexplained: Self = "baseline/unexplained"
  /// A modification is not in the state in which it may be carried out, or did not change what it claims.
  package static let baselineModification: Self = "baseline/modification"
  /// The clone may lack the baselines before.
  package static let baselineClone: Self = "baseline/incomplete-clone"
  /// There are changes that are not committed.
  package static let baselineUncommitted: Self = "baseline/uncommitted"
  /// The commit is on no branch.
  package static let baselineBranch: Self = "baseline/no-branch"
}

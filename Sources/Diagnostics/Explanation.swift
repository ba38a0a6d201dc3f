/// The page that `registrar explain` shows for a code.
///
/// A page stands beside the check that uses the code; every module lists its pages, and a test
/// fails where a code has none.
package struct Explanation: Sendable {
  package let code: Diagnostic.Code
  /// How much its findings matter; where they are of several kinds, the worst.
  package let severity: Diagnostic.Severity
  /// What the code says, as one sentence with a full stop.
  package let what: String
  /// Why it matters to people who keep registers.
  package let why: String
  /// What to do about it, in the imperative.
  package let mend: String
  /// A few lines that are found fault with.
  package let bad: String
  /// The same lines as they should be.
  package let good: String

  package init(
    _ code: Diagnostic.Code, severity: Diagnostic.Severity = .error, what: String, why: String,
    mend: String, bad: String, good: String
  ) {
    self.code = code
    self.severity = severity
    self.what = what
    self.why = why
    self.mend = mend
    self.bad = bad
    self.good = good
  }
}

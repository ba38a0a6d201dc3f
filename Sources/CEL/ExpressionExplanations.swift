package import Diagnostics

extension Explanation {
  /// The pages on expressions of the Common Expression Language.
  package static let expressions: [Explanation] = [
    Explanation(
      .failedExpressionCase,
      what: "A case of a suite of expressions does not come out as it says.",
      why: "Expression and expectation disagree on what the language means.",
      mend: "Correct the case, or the language.",
      bad: #"{"expr": "1 + 1", "expect": {"value": {"type": "int", "value": "3"}}}"#,
      good: #"{"expr": "1 + 1", "expect": {"value": {"type": "int", "value": "2"}}}"#
    ),
    Explanation(
      .badExpressionCase,
      what: "A line of a suite of expressions is no case.",
      why: "It cannot be run.",
      mend: "Write an object with 'expr' and 'expect'.",
      bad: #"{"expr": "1 + 1"}"#,
      good: #"{"expr": "1 + 1", "expect": {"value": {"type": "int", "value": "2"}}}"#
    ),
  ]
}

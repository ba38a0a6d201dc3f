package import Diagnostics
import JSONSchema
import Registry
import Syntax

extension RegisterRule {
  /// Seats add up to what the code says.
  static let totals = RegisterRule(
    "totals", [.total],
    requirement: "The numbers of a column add up to what the catalogue says.",
    concernsAll: true,
    tellsMissing: true,
    [
      Parameter(
        name: "property", kind: .property, meaning: "The property that is added up.", holds: .number
      ),
      Parameter(name: "is", kind: .number, meaning: "What it adds up to."),
    ]
  ) { rule, report in
    guard let property = rule.text("property"), let right = rule.number("is") else { return }
    let values = rule.records.compactMap { $0.node[property] }
    // Each has 15 digits at the most: what is beyond the largest sum stays there.
    let sum = values.compactMap(\.integer).reduce(0) { sum, next in
      let (total, isBeyond) = sum.addingReportingOverflow(next)
      return isBeyond ? (next < 0 ? .min : .max) : total
    }
    guard sum != right, let last = values.last else { return }
    report.error(
      .total, .total(property, sum, right), at: last.range,
      related: [.init("this total", at: (rule.parameters["is"] ?? rule.parameters).range)],
      help: "Correct a record, or the total in the catalogue by the decision that changed it")
  }
}

extension Diagnostic.Code {
  /// The numbers of a register do not add up to what the catalogue says.
  package static let total: Self = "register/total"
}

extension Diagnostic.Message {
  fileprivate static func total(_ property: String, _ sum: Int, _ right: Int) -> Self {
    "'\(property)' adds up to \(sum) up to here, and \(right) is right"
  }
}

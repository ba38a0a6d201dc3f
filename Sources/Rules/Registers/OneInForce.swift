package import Diagnostics
import JSONSchema
import Registry
import Syntax

extension RegisterRule {
  /// On every day one version is in force, so that nobody has to ask which (rule R20).
  static let oneInForce = RegisterRule(
    "one-in-force", [.twoInForce, .noneInForce],
    requirement: "On a day one version is in force.",
    concernsAll: true,
    tellsMissing: true,
    [
      Parameter(
        name: "from", kind: .property,
        meaning: "The property with the first day on which a version is in force.", holds: .day),
      Parameter(
        name: "to", kind: .property,
        meaning: "The property with the last day, where it is kept.", isRequired: false, holds: .day
      ),
      Parameter(
        name: "of", kind: .property,
        meaning:
          "The property that says of what it is a version; the register where none is named.",
        isRequired: false),
    ]
  ) { rule, report in
    guard let from = rule.text("from") else { return }
    struct Span {
      let id: String
      let node: Node
      let first: Day
      let end: Node?
      let last: Day?
    }
    var spans: [String: [Span]] = [:]
    for record in rule.records {
      guard let node = record.node[from], let first = node.text.flatMap(Day.init) else { continue }
      let end = rule.text("to").flatMap { record.node[$0] }
      let subject = rule.text("of").flatMap { record.node[$0]?.text } ?? ""
      spans[subject, default: []].append(
        Span(
          id: record.id, node: node, first: first, end: end, last: end?.text.flatMap(Day.init)))
    }
    for (_, list) in spans.sorted(by: { $0.key < $1.key }) {
      let sorted = list.sorted { ($0.first, $0.node.index) < ($1.first, $1.node.index) }
      for (one, two) in zip(sorted, sorted.dropFirst()) {
        if one.first == two.first || one.last.map({ $0 >= two.first }) == true {
          report.error(
            .twoInForce, .two(two.id, one.id, two.first.description), at: two.node.range,
            related: [.init("'\(one.id)' is in force from here", at: one.node.range)],
            help: "Correct the days, so that one ends before the next begins")
        } else if let end = one.end, let last = one.last, last.number + 1 < two.first.number {
          report.error(
            .noneInForce, .none(one.id, two.id), at: end.range,
            related: [.init("'\(two.id)' is in force from here", at: two.node.range)],
            help: "Correct the days, so that the next begins the day after")
        }
      }
    }
  }
}

extension Diagnostic.Code {
  /// Two versions are in force on one day.
  package static let twoInForce: Self = "version/two-in-force"
  /// Between two versions there are days without one.
  package static let noneInForce: Self = "version/none-in-force"
}

extension Diagnostic.Message {
  fileprivate static func two(_ id: String, _ other: String, _ day: String) -> Self {
    "'\(id)' and '\(other)' are both in force on \(day)"
  }
  fileprivate static func none(_ id: String, _ next: String) -> Self {
    "between '\(id)' and '\(next)' no version is in force"
  }
}

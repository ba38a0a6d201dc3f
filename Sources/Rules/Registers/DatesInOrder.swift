package import Diagnostics
import JSONSchema
import Registry
import Syntax

extension RegisterRule {
  /// Things happen one after the other: raised, decided, published, in effect.
  static let datesInOrder = RegisterRule(
    "dates-in-order", [.dateOrder],
    requirement: "The dates of a record are in the order of time.",
    [
      Parameter(
        name: "dates", kind: .properties, meaning: "The properties from the first to the last.",
        holds: .day, fewest: 2)
    ]
  ) { rule, report in
    for record in rule.records {
      var last: (name: String, node: Node)?
      for name in rule.texts("dates") {
        guard let node = record.node[name], let text = node.text, isDate(text) else { continue }
        if let (earlier, before) = last, let start = before.text {
          // A month is compared with a day as far as it says.
          let length = min(start.count, text.count)
          if text.prefix(length) < start.prefix(length) {
            report.error(
              .dateOrder, .order(name, text, earlier, start), at: node.range,
              related: [.init("'\(earlier)' stands here", at: before.range)],
              help: "Correct one of the two dates")
          }
        }
        last = (name, node)
      }
    }
  }

  private static func isDate(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.count >= 7 && bytes[4] == UInt8(ascii: "-")
      && bytes[..<4].allSatisfy { (48...57).contains($0) }
  }
}

extension Diagnostic.Code {
  /// A date is before another that it follows.
  package static let dateOrder: Self = "date/order"
}

extension Diagnostic.Message {
  fileprivate static func order(
    _ name: String, _ date: String, _ earlier: String, _ start: String
  ) -> Self {
    "'\(name)' is \(date), before '\(earlier)' on \(start)"
  }
}

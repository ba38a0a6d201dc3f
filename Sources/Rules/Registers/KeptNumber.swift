package import Diagnostics
import Patterns
import Registry
import Syntax

extension RegisterRule {
  /// A Draft Proposal that becomes a Modification Proposal keeps its number, once.
  static let keptNumber = RegisterRule(
    "kept-number", [.conversionNumber, .conversionBothLive],
    requirement: "What is converted keeps its number, says what it was, and leaves nothing behind.",
    concernsAll: true,
    [
      Parameter(
        name: "from", kind: .pattern, meaning: "The id before, with the number as its group."),
      Parameter(name: "to", kind: .pattern, meaning: "The id after, with the number as its group."),
      Parameter(
        name: "since", kind: .texts,
        meaning:
          "The first number that was raised under the old form; those before were never converted.",
        isRequired: false),
    ]
  ) { rule, report in
    guard let from = rule.pattern("from"), let to = rule.pattern("to") else { return }
    let matcher = PatternMatcher()
    func number(_ id: String, _ pattern: Pattern) -> String? {
      pattern.matches(in: id, with: matcher).first?.groups[0]
    }
    var old: [String: Record] = [:]
    for record in rule.records {
      if let number = number(record.id, from) { old[number] = record }
    }
    for record in rule.records {
      guard let number = number(record.id, to) else { continue }
      if let since = rule.text("since"), NaturalKey(number) < NaturalKey(since) { continue }
      if let before = old[number] {
        report.error(
          .conversionBothLive, .bothLive(before.id, record.id), at: record.idNode.range,
          related: [.init("it is still here", at: before.idNode.range)],
          help: "Keep one record: '\(record.id)' with 'formerly: \(before.id)'")
        continue
      }
      let former = record.formerIDs.compactMap { former in
        from.matches(in: former, with: matcher).first?.groups[0]
      }
      guard !former.contains(number) else { continue }
      report.error(
        .conversionNumber, .number(record.id, former.isEmpty ? nil : record.formerIDs.last),
        at: (record.node["formerly"] ?? record.idNode).range,
        help: "Say with 'formerly' which proposal of the same number it was")
    }
  }
}

extension Diagnostic.Code {
  /// A conversion changed the number, or does not say what was converted.
  package static let conversionNumber: Self = "conversion/number"
  /// What was converted is still there beside what it became.
  package static let conversionBothLive: Self = "conversion/both-live"
}

extension Diagnostic.Message {
  fileprivate static func number(_ id: String, _ former: String?) -> Self {
    former.map { "'\(id)' was '\($0)', which has another number" }
      ?? "'\(id)' does not say what it was converted from"
  }
  fileprivate static func bothLive(_ old: String, _ new: String) -> Self {
    "'\(old)' was converted to '\(new)' and is still there"
  }
}

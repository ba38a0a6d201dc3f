package import Diagnostics
import Patterns
import Registry
import Syntax

extension RegisterRule {
  /// Of a scale each amount has one level: the ranges follow each other (rule R06).
  static let scaleRanges = RegisterRule(
    "scale-ranges", [.scaleOverlap, .scaleGap],
    requirement: "The ranges of a scale follow each other from level to level.",
    [
      Parameter(
        name: "levels", kind: .properties, meaning: "The properties of the levels, lowest first.",
        fewest: 2)
    ]
  ) { rule, report in
    let matcher = PatternMatcher()
    for record in rule.records {
      // What is measured is told by the words before the amount.
      var last: [String: (level: String, node: Node, high: Double)] = [:]
      for level in rule.texts("levels") {
        guard let node = record.node[level], let text = node.text else { continue }
        for range in ScaleRange.all(in: text, with: matcher) {
          if let before = last[range.subject] {
            let related = [Diagnostic.Label("'\(before.level)' stands here", at: before.node.range)]
            if range.low.map({ $0 < before.high }) ?? false || range.high <= before.high {
              report.warning(
                .scaleOverlap, .overlap(range.text, level, before.level), at: node.range,
                related: related, help: "Let it begin where the level below ends",
                item: record.id)
            } else if let low = range.low, low > before.high {
              report.warning(
                .scaleGap, .gap(range.text, level, before.level), at: node.range,
                related: related, help: "Let it begin where the level below ends",
                item: record.id)
            }
          }
          last[range.subject] = (level, node, range.high)
        }
      }
    }
  }
}

/// A range of amounts in the words of a level.
private struct ScaleRange {
  let text: String
  /// What is measured and in what.
  let subject: String
  /// Where it begins; `nil` where that is where the level below ends.
  let low: Double?
  let high: Double

  static func all(in text: String, with matcher: PatternMatcher) -> [ScaleRange] {
    guard let amounts else { return [] }
    return amounts.matches(in: text, with: matcher).compactMap { match in
      let groups = match.groups
      guard groups.count > 7, let first = number(groups[3], groups[4] ?? groups[6]) else {
        return nil
      }
      let unit = (groups[2] ?? groups[7]?.lowercased() ?? "").filter { $0 != "s" }
      guard !unit.isEmpty else { return nil }
      let words = (groups[0] ?? "").lowercased().split { !$0.isLetter }
        .filter { $0 != "between" && $0 != "from" }.joined(separator: " ")
      let second = number(groups[5], groups[6])
      let sign = groups[1]?.lowercased() ?? ""
      let isBelow = ["<", "≤", "less than", "up to", "under", "below"].contains(sign)
      let isAbove = [">", "≥", "more than", "greater than", "over", "above"].contains(sign)
      guard second != nil || isBelow || isAbove else { return nil }
      return ScaleRange(
        text: String(match.text.drop { $0 == " " }), subject: words + " " + unit,
        low: isBelow ? nil : first, high: second ?? (isAbove ? .infinity : first))
    }
  }

  private static func number(_ digits: String?, _ scale: String?) -> Double? {
    guard let digits, let number = Double(digits.filter { $0 != "," }) else { return nil }
    let factors: [String: Double] = ["k": 1e3, "m": 1e6, "bn": 1e9]
    return number * (factors[scale?.lowercased() ?? ""] ?? 1)
  }
}

/// An amount or two with their unit, the sign before them, and the words before that.
private let amounts = try? Pattern(
  ecma262:
    #"([^.;:<>≤≥£€$\d]*?):? ?(?:(<|>|≤|≥|less than|more than|greater than|up to|under|over|below|above) ?)?([£€$])?(\d[\d,]*(?:\.\d+)?)(k|m|bn)?\b(?:%(?= ?(?:-|–|to) ))?(?: ?(?:-|–|to) ?[£€$]?(\d[\d,]*(?:\.\d+)?)(k|m|bn)?\b)?(?: ?(%|days?|weeks?|months?|years?|hours?|minutes?)(?=\W|$))?"#
)

extension Diagnostic.Code {
  /// Two levels of a scale have an amount in common.
  package static let scaleOverlap: Self = "scale/overlap"
  /// An amount between two levels of a scale has none.
  package static let scaleGap: Self = "scale/gap"
}

extension Diagnostic.Message {
  fileprivate static func overlap(_ text: String, _ level: String, _ before: String) -> Self {
    "'\(text)' of '\(level)' overlaps '\(before)'"
  }
  fileprivate static func gap(_ text: String, _ level: String, _ before: String) -> Self {
    "between '\(before)' and '\(text)' of '\(level)' there is a gap"
  }
}

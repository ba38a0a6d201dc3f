package import Diagnostics
import Patterns
import Registry
import SourceText
import Syntax

extension RegisterRule {
  /// Numbers of a series follow each other; a gap makes readers ask what was there.
  static let numbering = RegisterRule(
    "numbering", [.numberingGap],
    requirement: "The numbers of a series run without a gap, or a tombstone says what was there.",
    concernsAll: true,
    [
      Parameter(
        name: "series", kind: .pattern,
        meaning:
          "The id as a pattern whose last group is the number; equal text before it is one series."),
      Parameter(
        name: "start", kind: .number, meaning: "The first number; 1 where none is given.",
        isRequired: false),
      Parameter(
        name: "tombstones", kind: .register,
        meaning: "The register whose records say with 'register' and 'item' what is gone.",
        isRequired: false),
      Parameter(
        name: "severity", kind: .texts,
        meaning: "error, warning or note; note where none is given.",
        isRequired: false),
    ]
  ) { rule, report in
    guard let pattern = rule.pattern("series") else { return }
    let severity = rule.text("severity").flatMap(Diagnostic.Severity.init) ?? .note
    // A record that got another id says with it what became of the number.
    let known = rule.tombstones.union(rule.inspection.formerIDs(in: rule.position))
    let matcher = PatternMatcher()
    var series: [String: [(number: Int, record: Record, digits: Int)]] = [:]
    for record in rule.records {
      guard let match = pattern.matches(in: record.id, with: matcher).first,
        let digits = match.groups.last(where: { $0 != nil }) ?? nil,
        let number = Int(bounded: digits) ?? Self.beyond(digits)
      else { continue }
      let prefix = String(record.id.dropLast(digits.count))
      guard record.id.hasSuffix(digits) else { continue }
      series[prefix, default: []].append((number, record, digits.utf8.count))
    }
    for (prefix, members) in series {
      // Where some number begins with 0, all are as long as it.
      let width =
        members.filter { $0.digits < 16 && String($0.number).utf8.count < $0.digits }.map(\.digits)
        .max() ?? 0
      func id(_ number: Int) -> String {
        let digits = String(number)
        return prefix + String(repeating: "0", count: max(0, width - digits.count)) + digits
      }
      var expected = rule.number("start") ?? 1
      for member in members.sorted(by: { $0.number < $1.number }) {
        defer { expected = member.number + 1 }
        guard expected < member.number else { continue }
        let missing = expected..<member.number
        func tell(_ message: Diagnostic.Message, _ item: String) {
          let grave = rule.adviceOnTombstone(for: item).map { ", or \($0)" }
          report.add(
            Diagnostic(
              severity, .numberingGap, message, at: member.record.idNode.range,
              help: "Add the record that is missing"
                + (grave ?? ", or give this one the number while it is new"), item: item))
        }
        if missing.count > Self.mostMissing {
          tell(
            .gap(id(missing.lowerBound), to: id(missing.upperBound - 1), member.record.id),
            id(expected))
          continue
        }
        for number in missing
        where !known.contains(id(number))
          && !rule.index.isUnread(id(number), in: rule.position)
        {
          tell(.gap(id(number), member.record.id), id(number))
        }
      }
    }
  }

  /// Returns what stands for a number of more digits than are read; `nil` for what is none.
  private static func beyond(_ digits: String) -> Int? {
    digits.utf8.count > 15 && digits.utf8.allSatisfy { (48...57).contains($0) }
      ? 999_999_999_999_999 : nil
  }

  /// How many numbers that are missing in a row are told one by one: more are one number that is wrong.
  private static let mostMissing = 100
}

extension RegisterCase {
  /// The ids of this register that have a tombstone.
  var tombstones: Set<String> {
    guard let position = register("tombstones") else { return [] }
    let own = index.records[position].filter { $0.node["register"]?.text == register.name }
    return Set(own.compactMap { $0.node["item"]?.text })
  }
}

extension Diagnostic.Code {
  /// A number of a series is missing.
  package static let numberingGap: Self = "numbering/gap"
}

extension Diagnostic.Message {
  fileprivate static func gap(_ id: String, _ next: String) -> Self {
    "there is no '\(id)' before '\(next)'"
  }
  fileprivate static func gap(_ id: String, to last: String, _ next: String) -> Self {
    "there are none from '\(id)' to '\(last)' before '\(next)'"
  }
}

package import Diagnostics
import Registry
import Syntax

extension RegisterRule {
  /// A number of a range belongs to one record, as an EUI-64 identifier to one Party.
  static let disjointRanges = RegisterRule(
    "disjoint-ranges", [.rangeOverlap, .rangeReversed],
    requirement: "Ranges of identifiers do not overlap.",
    concernsAll: true,
    [
      Parameter(name: "from", kind: .property, meaning: "The property with the first identifier."),
      Parameter(name: "to", kind: .property, meaning: "The property with the last identifier."),
    ]
  ) { rule, report in
    guard let from = rule.text("from"), let to = rule.text("to") else { return }
    var ranges: [(low: [UInt8], high: [UInt8], record: Record, node: Node)] = []
    for record in rule.records {
      guard let first = record.node[from], let last = record.node[to], let start = first.text,
        let end = last.text
      else { continue }
      let (low, high) = (digits(start), digits(end))
      guard !precedes(high, low) else {
        report.error(
          .rangeReversed, .reversed(start, end), at: last.range,
          help: "Swap the two, or correct one")
        continue
      }
      ranges.append((low, high, record, first))
    }
    ranges.sort { precedes($0.low, $1.low) }
    for (one, two) in zip(ranges, ranges.dropFirst()) where !precedes(one.high, two.low) {
      report.error(
        .rangeOverlap, .overlap(two.record.id, one.record.id), at: two.node.range,
        related: [.init("the other range begins here", at: one.node.range)],
        help: "Correct one of the two ranges")
    }
  }

  /// An identifier as its digits: of 16 where it has letters up to F, without separators.
  private static func digits(_ text: String) -> [UInt8] {
    Array(text.utf8.filter { $0 != 45 && $0 != 58 && $0 != 32 }.map { $0 | 0x20 }.drop { $0 == 48 })
  }

  private static func precedes(_ one: [UInt8], _ two: [UInt8]) -> Bool {
    one.count != two.count ? one.count < two.count : one.lexicographicallyPrecedes(two)
  }
}

extension Diagnostic.Code {
  /// Two ranges of identifiers overlap.
  package static let rangeOverlap: Self = "range/overlap"
  /// A range ends before it begins.
  package static let rangeReversed: Self = "range/reversed"
}

extension Diagnostic.Message {
  fileprivate static func overlap(_ id: String, _ other: String) -> Self {
    "the range of '\(id)' overlaps that of '\(other)'"
  }
  fileprivate static func reversed(_ first: String, _ last: String) -> Self {
    "the range from '\(first)' to '\(last)' ends before it begins"
  }
}

package import Diagnostics
import Patterns
import Registry
import Syntax

extension RegisterRule {
  /// What was resolved is done: the record that it is about says by which resolution it changed (rule R18).
  static let resolvedChanges = RegisterRule(
    "resolved-changes", [.unnamedChange, .missingChange],
    requirement: "What a resolution changes names the resolution or its meeting.",
    tellsMissing: true,
    [
      Parameter(
        name: "texts", kind: .ways, meaning: "The ways to the resolutions, as resolutions[].text."),
      Parameter(
        name: "changes", kind: .pattern,
        meaning: "What the words of a resolution have that changes something."),
      Parameter(
        name: "there", kind: .waysOfRegisters,
        meaning:
          "The registers of what may change, and for each the way or ways to the decisions of its records, as history[].meeting."
      ),
    ]
  ) { rule, report in
    guard let changes = rule.pattern("changes"), let names = idsInText else { return }
    let matcher = PatternMatcher()
    var named: [String: Set<String>] = [:]
    var targets: [Int] = []
    for member in rule.parameters["there"]?.members ?? [] {
      guard let position = rule.index.position(ofRegister: member.key.text ?? "") else { continue }
      targets.append(position)
      for record in rule.index.records[position] {
        for way in member.value.texts {
          for value in record.values(at: way).compactMap(\.text) {
            named[value, default: []].insert(record.id)
          }
        }
      }
    }
    for record in rule.records {
      // A record names the item of the agenda, or the meeting as a whole.
      let meeting = String(record.id.prefix { $0 != "#" && $0 != "/" })
      let done = (named[record.id] ?? []).union(named[meeting] ?? [])
      for text in rule.texts("texts").flatMap({ record.values(at: $0) }) {
        let words = text.text ?? ""
        guard let change = changes.matches(in: words, with: matcher).first else { continue }
        let ids = names.matches(in: words, with: matcher).map(\.text).filter { id in
          targets.contains { rule.index.record(id, in: $0) != nil }
        }
        for id in ids where !done.contains(id) {
          report.warning(
            .missingChange, .missing(id, record.id, change.text), at: text.range,
            help: "Add to '\(id)' what changed, with '\(record.id)' as its decision",
            item: record.id)
        }
        if ids.isEmpty, done.isEmpty {
          report.add(
            Diagnostic(
              .note, .unnamedChange, .unnamed(record.id, change.text), at: text.range,
              help: "Let what it changes name '\(record.id)' or its meeting", item: record.id))
        }
      }
    }
  }
}

/// What may be an id: letters, and digits behind them, with what joins the two.
private let idsInText = try? Pattern(ecma262: #"\b[A-Z]+\d*[A-Z]?(?:[-_/#][A-Z]*\d+)*\b"#)

extension Diagnostic.Code {
  /// A resolution changes something, and nothing names it.
  package static let unnamedChange: Self = "resolution/unnamed"
  /// A resolution changes a record that does not name it.
  package static let missingChange: Self = "resolution/no-change"
}

extension Diagnostic.Message {
  fileprivate static func missing(_ id: String, _ item: String, _ change: String) -> Self {
    "'\(item)' says '\(change)' of '\(id)', which names neither it nor its meeting"
  }
  fileprivate static func unnamed(_ item: String, _ change: String) -> Self {
    "'\(item)' says '\(change)', and no record names it as a decision"
  }
}

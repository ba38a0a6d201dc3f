package import Diagnostics
import JSONSchema
import Registry
import Syntax

extension RegisterRule {
  private static let standardLevels = ["GREEN", "AMBER", "RED"]

  /// The RAG status is what a committee says, and readers ask why where it surprises.
  static let ragStatus = RegisterRule(
    "rag-status", [.ragUnexplained, .ragUneven, .ragBelowBand],
    requirement: "A RAG status changes with a word of why, and fits the severity as others do.",
    betweenVersions: [.ragUnexplained],
    concernsAll: true,
    [
      Parameter(name: "rag", kind: .property, meaning: "The property with the RAG status."),
      Parameter(
        name: "levels", kind: .texts, meaning: "The levels from the best to the worst.",
        isRequired: false, valuesOf: "rag", standardValues: standardLevels),
      Parameter(
        name: "severity", kind: .property, meaning: "The property with the severity.",
        isRequired: false, holds: .number),
      Parameter(
        name: "reasons", kind: .property,
        meaning: "The way to what grows where a change is explained, as mitigations[].",
        isRequired: false),
      Parameter(
        name: "worst_from", kind: .number,
        meaning: "The severity from which the worst level is expected.", isRequired: false),
    ]
  ) { rule, report in
    guard let property = rule.text("rag") else { return }
    let named = rule.texts("levels")
    let levels = named.isEmpty ? standardLevels : named
    func rank(_ record: Record) -> Int? {
      record.node[property]?.text.flatMap { levels.firstIndex(of: $0) }
    }
    func severity(_ record: Record) -> Int? {
      rule.text("severity").flatMap { record.node[$0]?.integer }
    }
    var worst: [Int: Record] = [:]
    for record in rule.records {
      guard let severity = severity(record), let own = rank(record) else { continue }
      if own > worst[severity].flatMap(rank) ?? -1 { worst[severity] = record }
    }
    for record in rule.records {
      guard let rag = record.node[property], let own = rank(record) else { continue }
      func note(_ code: Diagnostic.Code, _ message: Diagnostic.Message, _ help: String) {
        report.add(Diagnostic(.note, code, message, at: rag.range, help: help))
      }
      if let old = rule.inspection.predecessor(of: record, in: rule.position),
        let before = old.node[property]?.text, before != rag.text,
        let reasons = rule.text("reasons"),
        record.values(at: reasons).count <= old.values(at: reasons).count
      {
        note(
          .ragUnexplained, .unexplained(record.id, before, rag.text ?? ""),
          "Add to \(reasons) what changed it")
      }
      guard let severity = severity(record) else { continue }
      if let other = worst[severity], let level = rank(other), level > own {
        note(
          .ragUneven, .uneven(record.id, rag.text ?? "", severity, other.id, levels[level]),
          "Look whether both are meant")
      }
      if let band = rule.number("worst_from"), severity >= band, own < levels.count - 1 {
        note(
          .ragBelowBand, .belowBand(record.id, severity, levels[levels.count - 1], rag.text ?? ""),
          "Look whether it is meant")
      }
    }
  }
}

extension Diagnostic.Code {
  /// A RAG status changed without a word of why.
  package static let ragUnexplained: Self = "rag/unexplained"
  /// A RAG status is better than that of another risk of the same severity.
  package static let ragUneven: Self = "rag/uneven"
  /// A RAG status is better than the severity lets expect.
  package static let ragBelowBand: Self = "rag/below-band"
}

extension Diagnostic.Message {
  fileprivate static func unexplained(_ id: String, _ before: String, _ now: String) -> Self {
    "'\(id)' went from \(before) to \(now) without a word of why"
  }
  fileprivate static func uneven(
    _ id: String, _ own: String, _ severity: Int, _ other: String, _ level: String
  ) -> Self {
    "'\(id)' is \(own) with the severity \(severity), and '\(other)' is \(level) with the same"
  }
  fileprivate static func belowBand(
    _ id: String, _ severity: Int, _ worst: String, _ own: String
  ) -> Self {
    "'\(id)' has the severity \(severity), which is \(worst) by the band, and is \(own)"
  }
}

package import Diagnostics
import Registry
import Syntax

extension RegisterRule {
  /// What is open is reported at each meeting of its body: an action that nobody speaks of is forgotten.
  static let owedReports = RegisterRule(
    "owed-reports", [.noReport],
    requirement: "What is open has an update at each meeting of its body that was held since.",
    [
      Parameter(name: "state", kind: .property, meaning: "The property with the state."),
      Parameter(
        name: "ended", kind: .texts, meaning: "The states in which nothing is reported any more.",
        valuesOf: "state"),
      Parameter(
        name: "updates", kind: .property,
        meaning: "The way to the meetings of the updates, as updates[].meeting."),
      Parameter(
        name: "minutes", kind: .register,
        meaning: "The register whose records show that a meeting was held, such as minutes."),
      Parameter(
        name: "meeting", kind: .property,
        meaning: "The property of those with the meeting; 'meeting' where none is given.",
        isRequired: false, of: "minutes", standard: "meeting"),
      Parameter(
        name: "raised", kind: .property,
        meaning:
          "The property with the meeting that raised it; what the id has before a slash where none is given.",
        isRequired: false),
    ]
  ) { rule, report in
    guard let state = rule.text("state"), let updates = rule.text("updates"),
      let minutes = rule.register("minutes")
    else { return }
    let property = rule.text("meeting") ?? "meeting"
    var held: [String: [(key: NaturalKey, meeting: String)]] = [:]
    for meeting in Set(rule.index.records[minutes].compactMap { $0.node[property]?.text }) {
      held[body(ofMeeting: meeting), default: []].append((NaturalKey(meeting), meeting))
    }
    held = held.mapValues { $0.sorted { $0.key < $1.key } }
    let ended = Set(rule.texts("ended"))
    for record in rule.records {
      let value = record.node[state]
      guard !ended.contains(value?.text ?? "") else { continue }
      let raised =
        rule.text("raised").map { record.node[$0]?.text ?? "" }
        ?? String(record.id.prefix { $0 != "/" })
      guard let meetings = held[body(ofMeeting: raised)] else { continue }
      let start = NaturalKey(raised)
      let reported = Set(record.values(at: updates).compactMap(\.text))
      for (key, meeting) in meetings where start < key && !reported.contains(meeting) {
        report.warning(
          .noReport, .noReport(record.id, meeting), at: (value ?? record.idNode).range,
          help: "Add what was said of it there, or close it with an update")
      }
    }
  }
}

extension Diagnostic.Code {
  /// Something was open at a meeting and has no update there.
  package static let noReport: Self = "due/no-report"
}

extension Diagnostic.Message {
  fileprivate static func noReport(_ id: String, _ meeting: String) -> Self {
    "'\(id)' was open at \(meeting) and has no update there"
  }
}

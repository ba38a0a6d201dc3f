package import Diagnostics
import JSONSchema
import Registry
import Syntax

extension RegisterRule {
  /// What is due is reported when it is due, and each time that it slips.
  static let dueDates = RegisterRule(
    "due-dates", [.overdue, .dueSlipped],
    requirement: "What is past due and open has an update at the meeting where it was due.",
    betweenVersions: [.dueSlipped],
    concernsAll: true,
    [
      Parameter(
        name: "due", kind: .property, meaning: "The property with the due meeting or date."),
      Parameter(name: "state", kind: .property, meaning: "The property with the state."),
      Parameter(
        name: "ended", kind: .texts, meaning: "The states in which nothing is due any more.",
        valuesOf: "state"),
      Parameter(
        name: "updates", kind: .property,
        meaning: "The way to the meetings of the updates, as updates[].meeting."),
      Parameter(
        name: "meetings", kind: .register,
        meaning: "The register of meetings, to compare dates with meetings.", isRequired: false),
      Parameter(
        name: "held", kind: .property,
        meaning: "The property of a meeting with its date; 'held' where none is given.",
        isRequired: false, of: "meetings", standard: "held", holds: .day),
    ]
  ) { rule, report in
    guard let property = rule.text("due"), let updates = rule.text("updates") else { return }
    // Time goes on for a body when its register speaks of a later meeting.
    var latest: [String: NaturalKey] = [:]
    var names: [NaturalKey: String] = [:]
    for record in rule.records {
      for meeting in record.values(at: updates).compactMap(\.text) {
        let key = NaturalKey(meeting)
        names[key] = meeting
        latest[body(meeting)] = max(latest[body(meeting)] ?? key, key)
      }
    }
    for record in rule.records {
      guard let due = record.node[property], let text = due.text else { continue }
      rule.checkSlip(due, text, of: record, property, &report)
      let state = rule.text("state").flatMap { record.node[$0]?.text } ?? ""
      let reported = record.values(at: updates).compactMap(\.text)
      guard !rule.texts("ended").contains(state) else { continue }
      let series = reported.first.map(body) ?? body(text)
      guard let last = latest[series], let name = names[last] else { continue }
      let meetings = names.filter { body($0.value) == series && rule.isAfter($0.value, due: text) }
      guard rule.isAfter(name, due: text), !meetings.isEmpty else { continue }
      let isReported = reported.contains { $0 == text || rule.isAfter($0, due: text) }
      report.warning(
        .overdue,
        isReported
          ? .slipping(record.id, text, name, meetings.count) : .unreported(record.id, text, name),
        at: due.range,
        help: isReported
          ? "Close it, or agree on a new due date" : "Add an update, or close it with one")
    }
  }

  /// The letters of a meeting's id: its body.
  private static func body(_ meeting: String) -> String {
    String(meeting.prefix { !("0"..."9").contains($0) })
  }
}

extension RegisterCase {
  /// Whether a meeting was after something was due: a later meeting of the body, or held after the
  /// date.
  fileprivate func isAfter(_ meeting: String, due: String) -> Bool {
    if let day = Day(due) {
      guard let position = register("meetings"),
        let held = index.record(meeting, in: position)?.node[text("held") ?? "held"]?.text,
        let date = Day(held)
      else { return false }
      return date > day
    }
    let letters = due.prefix { !("0"..."9").contains($0) }
    let isMeeting =
      !letters.isEmpty && letters.count < due.count
      && due.dropFirst(letters.count).allSatisfy { ("0"..."9").contains($0) }
    return isMeeting && meeting.hasPrefix(letters) && NaturalKey(due) < NaturalKey(meeting)
  }

  fileprivate func checkSlip(
    _ due: Node, _ text: String, of record: Record, _ property: String, _ report: inout Report
  ) {
    guard let old = inspection.predecessor(of: record, in: position)?.node[property]?.text,
      old != text, NaturalKey(old) < NaturalKey(text)
    else { return }
    report.add(
      Diagnostic(
        .note, .dueSlipped, .slipped(record.id, old, text), at: due.range,
        help: "Say in an update why"))
  }
}

extension Diagnostic.Code {
  /// Something is past due and open.
  package static let overdue: Self = "due/overdue"
  /// A due date was moved to a later one.
  package static let dueSlipped: Self = "due/slipped"
}

extension Diagnostic.Message {
  fileprivate static func unreported(_ id: String, _ due: String, _ now: String) -> Self {
    "'\(id)' was due at \(due) and has no update since, up to \(now)"
  }
  fileprivate static func slipping(
    _ id: String, _ due: String, _ now: String, _ count: Int
  ) -> Self {
    "'\(id)' was due at \(due) and is open at \(now): it slipped \(Count(count, "meeting"))"
  }
  fileprivate static func slipped(_ id: String, _ old: String, _ now: String) -> Self {
    "'\(id)' was due at \(old) and is due at \(now) now"
  }
}

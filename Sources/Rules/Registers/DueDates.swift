package import Diagnostics
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
      .meetings("The register of meetings, to compare dates with meetings."), .held,
    ]
  ) { rule, report in
    guard let property = rule.text("due"), let updates = rule.text("updates") else { return }
    let series = MeetingSeries(rule, updates)
    for record in rule.records {
      guard let node = record.node[property], let due = series.due(node) else { continue }
      rule.checkSlip(node, due.text, of: record, property, &report)
      let state = rule.text("state").flatMap { record.node[$0]?.text } ?? ""
      guard !rule.texts("ended").contains(state) else { continue }
      let reported = record.values(at: updates).compactMap(\.text)
      // It is asked for where it was due, and at each later meeting of its body.
      let asked = series.meetings(of: record, reported, due).filter { $0.time(to: due) != .before }
      guard let last = asked.last else { continue }
      let isReported = reported.contains { series.meeting($0).time(to: due) != .before }
      let missed = asked.filter { $0.time(to: due) == .after }
      guard !isReported || !missed.isEmpty else { continue }
      report.warning(
        .overdue,
        isReported
          ? .slipping(record.id, due.text, last.name, missed.count)
          : .unreported(record.id, due.text, last.name),
        at: node.range,
        help: isReported
          ? "Close it, or agree on a new due date" : "Add an update, or close it with one")
    }
  }
}

/// The meetings of each body, as far as the updates of a register show that they were held.
private struct MeetingSeries {
  private let rule: RegisterCase
  /// The meetings with updates, by their bodies and in order.
  private var held: [String: [Meeting]] = [:]

  init(_ rule: RegisterCase, _ updates: String) {
    self.rule = rule
    // Time goes on for a body when its register speaks of a later meeting.
    let names = Set(rule.records.flatMap { $0.values(at: updates).compactMap(\.text) })
    for meeting in names.map(meeting).sorted(by: { $0.key < $1.key }) {
      held[meeting.body, default: []].append(meeting)
    }
  }

  /// Returns the meetings that a record is reported to: those of the body in its id, which an action has from the
  /// meeting that raised it, else in its updates or in what it is due at.
  func meetings(of record: Record, _ reported: [String], _ due: Due) -> [Meeting] {
    held[RegisterRule.body(ofMeeting: record.id)]
      ?? held[RegisterRule.body(ofMeeting: reported.first ?? due.text)] ?? []
  }

  func meeting(_ name: String) -> Meeting { Meeting(name: name, day: rule.dayHeld(name)) }

  /// Reads when something is due: on a day, or at a meeting.
  func due(_ node: Node) -> Due? {
    guard let text = node.text else { return nil }
    if let day = Day(text) { return Due(text: text, day: day, meeting: nil) }
    let meeting = meeting(text)
    let number = text.dropFirst(meeting.body.count)
    let isMeeting =
      !meeting.body.isEmpty && !number.isEmpty && number.allSatisfy { ("0"..."9").contains($0) }
    return Due(text: text, day: meeting.day, meeting: isMeeting ? meeting : nil)
  }
}

/// When something is due.
private struct Due {
  let text: String
  /// The day, or that of the meeting.
  let day: Day?
  let meeting: Meeting?
}

private struct Meeting {
  enum Time {
    case before, then, after
  }

  let name: String
  let key: NaturalKey
  /// The letters of its id.
  let body: String
  /// The day on which it was held, where the register of meetings says it.
  let day: Day?

  init(name: String, day: Day?) {
    self.name = name
    self.day = day
    key = NaturalKey(name)
    body = RegisterRule.body(ofMeeting: name)
  }

  /// Returns when it is, seen from what is due; before it, where nothing tells.
  func time(to due: Due) -> Time {
    if name == due.text { return .then }
    if let meeting = due.meeting, meeting.body == body {
      return meeting.key < key ? .after : .before
    }
    // Meetings of two bodies are compared by their days.
    guard let day, let other = due.day else { return .before }
    return day > other ? .after : .before
  }
}

extension RegisterCase {
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
    due == now
      ? "'\(id)' was due at \(due) and has no update there"
      : "'\(id)' was due at \(due) and has no update since, up to \(now)"
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

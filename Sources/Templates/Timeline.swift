import Registry
import Rules
import Syntax

/// The step from which on something of the registers is there.
struct Timeline: Sendable {
  let script: HistoryScript
  private let index: RecordIndex
  private let meetings: Int?

  init(_ script: HistoryScript, _ index: RecordIndex) {
    self.script = script
    self.index = index
    meetings = index.position(ofRegister: "meetings")
  }

  /// What comes after the last step.
  var never: Int { script.steps.count }

  /// Returns the step that a day, a meeting, an item of an agenda, an action or a source document belongs to;
  /// `nil` for any other text.
  func step(of text: String) -> Int? {
    if let step = script.documents[text] { return step }
    // A month is there when it begins.
    if let day = Day(text) ?? Day(text + "-01") { return step(on: day) }
    return step(ofMeeting: String(text.prefix { $0 != "#" && $0 != "/" }))
  }

  private func step(on day: Day) -> Int {
    script.steps.firstIndex { $0.day >= day } ?? never
  }

  private func step(ofMeeting id: String) -> Int? {
    guard let meetings, let record = index.record(id, in: meetings) else { return nil }
    if let step = script.steps.firstIndex(where: { $0.id == id }) { return step }
    if let day = (record.node["held"] ?? record.node["scheduled"])?.text.flatMap(Day.init) {
      return step(on: day)
    }
    if let month = record.node["month"]?.text, let day = Day(month + "-01") { return step(on: day) }
    // Of one whose day nobody tells it is known which it came before.
    let (body, number) = Self.parts(id)
    return script.steps.firstIndex { step in
      let other = Self.parts(step.id)
      return other.body == body && other.number >= number
    } ?? never
  }

  private static func parts(_ meeting: String) -> (body: Substring, number: Int) {
    let body = meeting.prefix { $0.isLetter }
    return (body, Int(meeting.dropFirst(body.count)) ?? .max)
  }

  /// Returns the step that a record begins with: what its register's habit names, else the first of its
  /// sources, else the first step; but not before the first entry of its history.
  func begin(of record: Record, in register: Register) -> Int {
    if let step = script.since[record.id] { return step }
    let entries = (record.node["history"]?.elements ?? []).compactMap { begin(of: $0) }
    return max(told(record, in: register), entries.min() ?? 0)
  }

  private func told(_ record: Record, in register: Register) -> Int {
    if let property = script.registers[register.name]?.since, let text = record.text(of: property),
      let step = step(of: text)
    {
      return step
    }
    return sources(of: record.node).min() ?? 0
  }

  /// Returns the step that an entry of a list, or a property that is a mapping, belongs to: that of its
  /// meeting, its decision or its day, else that of its sources; `nil` where nothing says it.
  func begin(of node: Node) -> Int? {
    for key in ["meeting", "decision", "date"] {
      if let text = node[key]?.text, let step = step(of: text) { return step }
    }
    return sources(of: node).min()
  }

  private func sources(of node: Node) -> [Int] {
    var documents = (node["sources"]?.elements ?? []).compactMap { $0["document"]?.text }
    if let text = node["sources"]?.text { documents.append(text) }
    if let source = node["source"] { documents.append((source["document"] ?? source).text ?? "") }
    if let text = node["document"]?.text { documents.append(text) }
    return documents.compactMap { script.documents[$0] }
  }
}

package import Diagnostics
import JSONSchema
import Registry
import Syntax

extension RegisterRule {
  /// What is approved was decided, by the body that the path gives the decision to (Section D).
  static let decisionAuthority = RegisterRule(
    "decision-authority",
    [.decisionMissing, .decisionAuthority, .decisionOrder, .decisionNotice],
    requirement:
      "What is approved has a decision by the authority of its path, before it takes effect.",
    [
      Parameter(name: "state", kind: .property, meaning: "The property with the state."),
      Parameter(
        name: "decided", kind: .texts, meaning: "The states that need a decision.",
        valuesOf: "state"),
      Parameter(
        name: "decisions", kind: .property,
        meaning: "The way to the decisions, as decisions[]; each has 'by' and may have 'date'."),
      Parameter(
        name: "path", kind: .property, meaning: "The property with the path.", isRequired: false),
      Parameter(
        name: "authorities", kind: .mapping,
        meaning: "For each path the body or bodies that decide; '*' is any other path.",
        isRequired: false),
      Parameter(
        name: "effective", kind: .property, meaning: "The property with the date of effect.",
        isRequired: false, holds: .day),
      Parameter(
        name: "notice", kind: .number,
        meaning: "The fewest Working Days from decision to effect.", isRequired: false),
    ]
  ) { rule, report in
    guard let property = rule.text("state"), let way = rule.text("decisions") else { return }
    for record in rule.records {
      guard let state = record.node[property], rule.texts("decided").contains(state.text ?? "")
      else { continue }
      let decisions = record.values(at: way)
      let path = rule.text("path").flatMap { record.node[$0]?.text }
      let authorities = rule.authorities(of: path)
      let right = decisions.filter { decision in
        authorities.isEmpty || authorities.contains(decision["by"]?.text ?? "")
      }
      guard !right.isEmpty else {
        let place = decisions.last?["by"] ?? state
        report.error(
          decisions.isEmpty ? .decisionMissing : .decisionAuthority,
          decisions.isEmpty
            ? .missing(record.id, state.text ?? "")
            : .wrongAuthority(record.id, path, place.text ?? "", authorities), at: place.range,
          help: rule.helpForMissing(way, authorities, path, record))
        continue
      }
      rule.checkTime(of: right, record, &report)
    }
  }
}

extension RegisterCase {
  fileprivate func authorities(of path: String?) -> [String] {
    guard let table = parameters["authorities"] else { return [] }
    return (path.flatMap { table[$0] } ?? table["*"])?.texts ?? []
  }

  /// Returns what to do where there is no decision of those who decide.
  fileprivate func helpForMissing(
    _ way: String, _ bodies: [String], _ path: String?, _ record: Record
  ) -> String {
    let field = way.prefix { $0 != "[" && $0 != "." }
    if !bodies.isEmpty {
      return "Add the decision of \(bodies.joined(separator: " or ")) to '\(field)'"
    }
    let known = (parameters["authorities"]?.members ?? []).compactMap(\.key.text)
    if let property = text("path"), path == nil, !known.isEmpty {
      return "Give it a '\(property)' of \(known.map { "'\($0)'" }.joined(separator: " or ")), "
        + "which says who decides, and add the decision to '\(field)'"
    }
    return "Add the decision to '\(field)'"
  }

  fileprivate func checkTime(
    of decisions: [Node], _ record: Record, _ report: inout Report
  ) {
    guard let effective = text("effective").flatMap({ record.node[$0] }),
      let end = effective.text.flatMap(Day.init),
      let date = decisions.compactMap({ $0["date"] }).last, let start = date.text.flatMap(Day.init)
    else { return }
    guard start <= end else {
      report.error(
        .decisionOrder, .early(record.id, end, start), at: effective.range,
        related: [.init("it was decided here", at: date.range)],
        help: "Correct one of the two dates")
      return
    }
    guard let notice = number("notice"),
      let calendar = index.snapshot.catalogue.calendars.first
        .flatMap({ index.snapshot.calendar($0) }),
      let days = try? calendar.workingDays(from: start, to: end), days < notice
    else { return }
    report.warning(
      .decisionNotice, .short(record.id, days, notice), at: effective.range,
      related: [.init("it was decided here", at: date.range)],
      help: "Look whether the shorter notice was agreed")
  }
}

extension Diagnostic.Code {
  /// Something is approved without a decision.
  package static let decisionMissing: Self = "decision/missing"
  /// A decision is by a body that the path does not give it to.
  package static let decisionAuthority: Self = "decision/authority"
  /// Something took effect before it was decided.
  package static let decisionOrder: Self = "decision/order"
  /// There are fewer Working Days than usual from decision to effect.
  package static let decisionNotice: Self = "decision/notice"
}

extension Diagnostic.Message {
  fileprivate static func missing(_ id: String, _ state: String) -> Self {
    "'\(id)' is '\(state)' and has no decision"
  }
  fileprivate static func wrongAuthority(
    _ id: String, _ path: String?, _ body: String, _ right: [String]
  ) -> Self {
    let way = path.map { " on path \($0)" } ?? ""
    return "'\(id)'\(way) is decided by \(right.joined(separator: " or ")), not by '\(body)'"
  }
  fileprivate static func early(_ id: String, _ effect: Day, _ decided: Day) -> Self {
    "'\(id)' took effect on \(effect), before it was decided on \(decided)"
  }
  fileprivate static func short(_ id: String, _ days: Int, _ notice: Int) -> Self {
    "'\(id)' takes effect \(Count(days, "Working Day")) after its decision, and \(notice) are usual"
  }
}

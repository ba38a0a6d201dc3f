package import Diagnostics
import Registry
import SourceText
import Syntax

extension RegisterRule {
  /// What was open is still there, or there is a record of its end.
  static let nothingOpenVanishes = RegisterRule(
    "nothing-open-vanishes", [.vanished],
    requirement: "What was open is still there at the next version, or has an end.",
    betweenVersions: [.vanished],
    [
      Parameter(
        name: "state", kind: .property, meaning: "The property with the state.", isRequired: false),
      Parameter(
        name: "ended", kind: .texts,
        meaning: "The states in which a record may leave the register; none where none is given.",
        isRequired: false, valuesOf: "state"),
      Parameter(
        name: "tombstones", kind: .register,
        meaning: "The register whose records say with 'register' and 'item' what is gone.",
        isRequired: false),
    ]
  ) { rule, report in
    guard let previous = rule.inspection.previous,
      let before = rule.inspection.positionBefore(of: rule.position)
    else { return }
    let ended = Set(rule.texts("ended"))
    let tombstones = rule.tombstones
    for record in previous.records[before] {
      let state = rule.text("state").flatMap { record.node[$0]?.text }
      guard rule.inspection.isGone(record, in: rule.position),
        !tombstones.contains(record.id), !ended.contains(state ?? "")
      else { continue }
      report.error(
        .vanished, .vanished(record.id, state), at: rule.placeOf(gone: record, previous, before),
        help: "Put it back with its end, or add a tombstone with the reason", item: record.id)
    }
  }
}

extension RegisterCase {
  /// Returns where a record that is gone would stand: at the record that followed it, else at the one
  /// that stood before it, else in its file.
  fileprivate func placeOf(
    gone record: Record, _ previous: RecordIndex, _ before: Int
  ) -> SourceRange {
    let siblings = previous.records[before].filter { $0.path == record.path }
    guard siblings.count > 1,
      let position = siblings.firstIndex(where: { $0.node.index == record.node.index })
    else { return .file(record.path) }
    let others = siblings[(position + 1)...] + siblings[..<position].reversed()
    let neighbour = others.lazy.compactMap { inspection.successor(of: $0, in: self.position) }.first
    return neighbour?.idNode.range ?? .file(record.path)
  }
}

extension Diagnostic.Code {
  /// A record that was open is gone.
  package static let vanished: Self = "record/vanished"
}

extension Diagnostic.Message {
  fileprivate static func vanished(_ id: String, _ state: String?) -> Self {
    state.map { "'\(id)' was '\($0)' and is gone" } ?? "'\(id)' is gone"
  }
}

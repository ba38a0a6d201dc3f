package import Diagnostics
import Registry
import Syntax

extension RegisterRule {
  /// Who renumbers says so; else every paper that names the old number leads astray.
  static let declaredRenumbering = RegisterRule(
    "declared-renumbering", [.undeclaredRenumbering],
    requirement: "A record that gets another id says with 'formerly' which it had.",
    betweenVersions: [.undeclaredRenumbering],
    [
      Parameter(
        name: "same", kind: .properties,
        meaning: "The properties by which a record is known again, as [statement].")
    ]
  ) { rule, report in
    guard let previous = rule.inspection.previous,
      let before = rule.inspection.positionBefore(of: rule.position)
    else { return }
    let properties = rule.texts("same")
    func words(of record: Record) -> [String]? {
      let texts = properties.compactMap { record.node[$0]?.text }
      return texts.count == properties.count ? texts : nil
    }
    var gone: [[String]: Record] = [:]
    for record in previous.records[before]
    where rule.inspection.isGone(record, in: rule.position) {
      if let words = words(of: record) { gone[words] = record }
    }
    for record in rule.records
    where rule.inspection.predecessor(of: record, in: rule.position) == nil {
      guard let words = words(of: record), let old = gone[words] else { continue }
      report.error(
        .undeclaredRenumbering, .undeclared(record.id, old.id), at: record.idNode.range,
        help: "Add 'formerly: \(old.id)', and let references follow")
    }
  }
}

extension Diagnostic.Code {
  /// A record seems to be another one under a new id, and does not say so.
  package static let undeclaredRenumbering: Self = "id/undeclared-renumbering"
}

extension Diagnostic.Message {
  fileprivate static func undeclared(_ id: String, _ old: String) -> Self {
    "'\(id)' says the same as '\(old)' did, which is gone"
  }
}

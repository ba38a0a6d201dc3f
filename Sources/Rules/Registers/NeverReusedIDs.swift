package import Diagnostics
import Registry
import Syntax

extension RegisterRule {
  /// An id once used keeps its meaning: minutes of years ago still name it.
  static let neverReusedIDs = RegisterRule(
    "never-reused-ids", [.reusedID, .tombstoneAlive],
    requirement: "An id that is gone never comes back with another meaning.",
    betweenVersions: [.reusedID],
    [
      Parameter(
        name: "tombstones", kind: .register,
        meaning: "The register whose records say with 'register' and 'item' what is gone.",
        isRequired: false)
    ]
  ) { rule, report in
    let tombstones = rule.tombstones
    for record in rule.records {
      if tombstones.contains(record.id) {
        report.error(
          .tombstoneAlive, .alive(record.id), at: record.idNode.range,
          help: "\(rule.adviceOnNext(after: record)), or remove the tombstone")
      } else if rule.inspection.previous != nil,
        rule.inspection.predecessor(of: record, in: rule.position) == nil,
        !rule.inspection.wasUnread(record, in: rule.position),
        let use = rule.inspection.formerUses[
          FormerUse(register: rule.register.name, id: record.id)], !use.isBack
      {
        report.error(
          .reusedID, .reused(record.id, use.end), at: record.idNode.range,
          help: rule.adviceOnNext(after: record))
      }
    }
  }
}

extension RegisterCase {
  fileprivate func adviceOnNext(after record: Record) -> String {
    "Give the record the next free id"
      + (inspection.nextID(after: record.id, in: position).map { ", '\($0)'" } ?? "")
  }
}

extension RegisterRule {
  /// Whether the catalogue wants to know of every id that a register ever had.
  static func asksHistory(of register: Register) -> Bool {
    register.rules.contains { $0.key.text == neverReusedIDs.name }
  }
}

extension Diagnostic.Code {
  /// A new record has an id that another had before.
  package static let reusedID: Self = "id/reused"
  /// A record has an id that has a tombstone.
  package static let tombstoneAlive: Self = "id/tombstone-alive"
}

extension Diagnostic.Message {
  fileprivate static func reused(_ id: String, _ use: String) -> Self {
    "'\(id)' was another record until \(use)"
  }
  fileprivate static func alive(_ id: String) -> Self {
    "'\(id)' has a tombstone and a record"
  }
}

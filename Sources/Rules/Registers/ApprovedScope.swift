package import Diagnostics
import Registry
import Syntax

extension RegisterRule {
  /// A release goes live with what was approved, and with nothing else.
  static let approvedScope = RegisterRule(
    "approved-scope", [.unapprovedScope],
    requirement: "Every modification in the scope of a release is approved before it goes live.",
    [
      Parameter(
        name: "scope", kind: .property, meaning: "The way to the ids in scope, as scope[]."),
      Parameter(name: "live", kind: .property, meaning: "The property with the date of go-live."),
      Parameter(name: "of", kind: .register, meaning: "The register of the modifications."),
      Parameter(
        name: "state", kind: .property, meaning: "The property with their state.", of: "of"),
      Parameter(
        name: "approved", kind: .texts, meaning: "The states that may go live.", of: "of",
        valuesOf: "state"),
      Parameter(
        name: "decided", kind: .property, meaning: "The property with the date of the decision.",
        isRequired: false, of: "of"),
    ]
  ) { rule, report in
    guard let scope = rule.text("scope"), let live = rule.text("live"),
      let position = rule.register("of"), let state = rule.text("state")
    else { return }
    for record in rule.records {
      guard let date = record.node[live], let day = date.text else { continue }
      for reference in record.values(at: scope) {
        guard let id = reference.text, let item = rule.index.record(id, in: position),
          let stated = item.node[state]
        else { continue }
        let isApproved = rule.texts("approved").contains(stated.text ?? "")
        let decided = rule.text("decided").flatMap { item.node[$0]?.text }
        guard !isApproved || (decided ?? "") > day else { continue }
        report.error(
          .unapprovedScope, .unapproved(id, stated.text ?? "", record.id, day),
          at: reference.range, related: [.init("its state stands here", at: stated.range)],
          help: "Take it out of the scope, or record its approval")
      }
    }
  }
}

extension Diagnostic.Code {
  /// A release goes live with a modification that is not approved.
  package static let unapprovedScope: Self = "release/unapproved"
}

extension Diagnostic.Message {
  fileprivate static func unapproved(
    _ id: String, _ state: String, _ release: String, _ day: String
  ) -> Self {
    "'\(id)' is '\(state)', and the release '\(release)' goes live with it on \(day)"
  }
}

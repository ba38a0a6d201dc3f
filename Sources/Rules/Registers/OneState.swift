package import Diagnostics
import Registry
import Syntax

extension RegisterRule {
  /// One subject has one state at one time, whichever register speaks of it.
  static let oneState = RegisterRule(
    "one-state", [.stateContradiction],
    requirement: "What a register says of the state of an item is what the item's own record says.",
    [
      Parameter(
        name: "items", kind: .property,
        meaning:
          "The way to the mappings that speak of items, as agenda[]; the record itself where none is given.",
        isRequired: false),
      Parameter(
        name: "subject", kind: .property, meaning: "The property with the item's id.",
        within: "items"),
      Parameter(
        name: "state", kind: .property, meaning: "The property with the state.", within: "items"),
      Parameter(name: "of", kind: .register, meaning: "The register of the items."),
      Parameter(
        name: "is", kind: .property, meaning: "The property of the item with its state.",
        of: "of"),
    ]
  ) { rule, report in
    guard let position = rule.register("of"), let subject = rule.text("subject"),
      let state = rule.text("state"), let own = rule.text("is")
    else { return }
    for record in rule.records {
      let mappings = rule.text("items").map { record.values(at: $0) } ?? [record.node]
      for mapping in mappings {
        guard let id = mapping[subject]?.text, let stated = mapping[state], let text = stated.text,
          let item = rule.index.record(id, in: position), let truth = item.node[own],
          let right = truth.text, right != text
        else { continue }
        report.error(
          .stateContradiction, .contradiction(id, text, right), at: stated.range,
          related: [.init("its own record says so", at: truth.range)],
          help: "Correct the one that is not up to date")
      }
    }
  }
}

extension Diagnostic.Code {
  /// Two registers give an item different states.
  package static let stateContradiction: Self = "state/contradiction"
}

extension Diagnostic.Message {
  fileprivate static func contradiction(_ id: String, _ stated: String, _ right: String) -> Self {
    "'\(id)' is '\(stated)' here and '\(right)' in its own record"
  }
}

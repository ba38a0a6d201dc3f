package import Diagnostics
import Registry
import Syntax

extension RegisterRule {
  /// Minutes and the register of actions tell the same story from both sides.
  static let mutualReferences = RegisterRule(
    "mutual-references", [.oneSidedReference],
    requirement: "Where one record names another, the other names it too.",
    concernsAll: true,
    [
      Parameter(
        name: "here", kind: .property, meaning: "The way to the ids in this register."),
      Parameter(name: "of", kind: .register, meaning: "The register that the ids are of."),
      Parameter(
        name: "there", kind: .property, meaning: "The way to the ids of this register over there.",
        of: "of"),
      Parameter(
        name: "both", kind: .texts,
        meaning: "'no' where only what is named over there must name it here.", isRequired: false),
    ]
  ) { rule, report in
    guard let here = rule.text("here"), let there = rule.text("there"),
      let position = rule.register("of")
    else { return }
    if rule.text("both") != "no" {
      for record in rule.records {
        for reference in record.values(at: here) {
          guard let id = reference.text, let other = rule.index.record(id, in: position),
            !other.values(at: there).contains(where: { $0.text == record.id })
          else { continue }
          report.warning(
            .oneSidedReference, .oneSided(record.id, id, there), at: reference.range,
            related: [.init("the other record", at: other.idNode.range)],
            help: "Add '\(record.id)' over there, or correct this reference")
        }
      }
    }
    for other in rule.index.records[position] {
      for reference in other.values(at: there) {
        guard let id = reference.text, let record = rule.index.record(id, in: rule.position),
          !record.values(at: here).contains(where: { $0.text == other.id })
        else { continue }
        report.warning(
          .oneSidedReference, .oneSided(other.id, id, here), at: reference.range,
          related: [.init("the other record", at: record.idNode.range)],
          help: "Let '\(id)' name '\(other.id)', or correct this reference")
      }
    }
  }
}

extension Diagnostic.Code {
  /// A record names another that does not name it.
  package static let oneSidedReference: Self = "reference/one-sided"
}

extension Diagnostic.Message {
  fileprivate static func oneSided(_ id: String, _ other: String, _ way: String) -> Self {
    "'\(id)' names '\(other)', whose '\(way)' does not name it"
  }
}

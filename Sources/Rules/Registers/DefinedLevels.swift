package import Diagnostics
import Registry
import Syntax

extension RegisterRule {
  /// A level means what the scale says; one that the scale lacks means nothing.
  static let definedLevels = RegisterRule(
    "defined-levels", [.undefinedLevel],
    requirement: "Every level that is used is defined by its scale.",
    [
      Parameter(name: "levels", kind: .properties, meaning: "The properties with levels."),
      Parameter(name: "scale", kind: .register, meaning: "The register whose ids are the levels."),
    ]
  ) { rule, report in
    guard let position = rule.register("scale") else { return }
    for record in rule.records {
      for property in rule.texts("levels") {
        guard let level = record.node[property], let text = level.text,
          !rule.index.has(text, in: position)
        else { continue }
        report.warning(
          .undefinedLevel, .undefined(property, text), at: level.range,
          help: "Use a level of '\(rule.text("scale") ?? "")', or define this one")
      }
    }
  }
}

extension Diagnostic.Code {
  /// A level is not on its scale.
  package static let undefinedLevel: Self = "scale/undefined-level"
}

extension Diagnostic.Message {
  fileprivate static func undefined(_ property: String, _ level: String) -> Self {
    "the \(property) '\(level)' is not on the scale"
  }
}

package import Diagnostics
import Patterns
import Registry
import Syntax

extension RegisterRule {
  /// Running text names items in one form, so that a search finds all that speaks of one.
  static let referenceForms = RegisterRule(
    "reference-forms", [.referenceForm],
    requirement: "Running text names items in their regular form.",
    [
      Parameter(
        name: "forms", kind: .patterns,
        meaning: "Patterns of spellings, and the regular form of each with $1 for its groups."),
      Parameter(
        name: "in", kind: .ways, meaning: "The ways to the texts; all texts where none is given.",
        isRequired: false),
    ]
  ) { rule, report in
    let forms = (rule.parameters["forms"]?.members ?? []).compactMap { member in
      (try? Pattern(ecma262: member.key.text ?? "")).map { ($0, member.value.text ?? "") }
    }
    let matcher = PatternMatcher()
    for record in rule.records {
      for text in RunningText.all(in: record, of: rule.index, rule) {
        for (pattern, form) in forms {
          for match in pattern.matches(in: text.text, with: matcher) {
            var right = form
            for (number, group) in match.groups.enumerated() {
              right = right.replacing("$\(number + 1)", with: group ?? "")
            }
            guard right != match.text, rule.mayBeMeant(right, matcher) else { continue }
            report.warning(
              .referenceForm, .form(match.text, right), at: text.place(of: match.range),
              help: "Write '\(right)'")
          }
        }
      }
    }
  }
}

extension RegisterCase {
  /// Whether a regular form is one of a record that there is, or none of a register at all.
  fileprivate func mayBeMeant(_ form: String, _ matcher: PatternMatcher) -> Bool {
    let registers = index.snapshot.catalogue.registers
    var isOfRegister = false
    for (position, register) in registers.enumerated()
    where register.idPattern != nil && register.isRegular(form, with: matcher) {
      if index.has(form, in: position) || !index.isWhole(position) { return true }
      isOfRegister = true
    }
    return !isOfRegister
  }
}

extension Diagnostic.Code {
  /// Running text names an item in another form than the regular one.
  package static let referenceForm: Self = "text/reference-form"
}

extension Diagnostic.Message {
  fileprivate static func form(_ text: String, _ right: String) -> Self {
    "'\(text)' is written '\(right)'"
  }
}

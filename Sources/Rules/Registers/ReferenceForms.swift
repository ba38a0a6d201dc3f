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
    let reader = FormReader(rule.parameters)
    for record in rule.records {
      for text in rule.runningTexts(of: record) {
        for (match, form) in reader.forms(in: text)
        where rule.isMeant(form, reader.matcher) {
          report.warning(
            .referenceForm, .form(match.text, form), at: text.place(of: match.range),
            help: "Write '\(form)'", remedy: text.remedy(match.range, form))
        }
      }
    }
  }

  /// Returns the ids that the texts of some records may mean, as the rule reads them.
  ///
  /// - Parameter snapshot: The records.
  /// - Returns: For each register of the catalogue that has an id of the form, the ids.
  static func idsMeant(in snapshot: Snapshot) -> [Int: Set<String>] {
    let registers = snapshot.catalogue.registers
    var meant: [Int: Set<String>] = [:]
    for (position, register) in registers.enumerated() {
      guard let rule = register.rules.first(where: { $0.key.text == referenceForms.name }),
        rule.value.kind == .object
      else { continue }
      let reader = FormReader(rule.value)
      let ways = rule.value["in"]?.texts ?? []
      for record in snapshot.files.lazy.filter({ $0.register == position }).flatMap(\.records) {
        for text in RunningText.all(in: record, of: snapshot, register, ways) {
          for (_, form) in reader.forms(in: text) {
            for (other, target) in registers.enumerated()
            where target.idPattern != nil && target.isRegular(form, with: reader.matcher) {
              meant[other, default: []].insert(form)
            }
          }
        }
      }
    }
    return meant
  }
}

/// Finds spellings of items in texts, each with its regular form.
struct FormReader {
  private let forms: [(pattern: Pattern, form: String)]
  let matcher = PatternMatcher()

  init(_ parameters: Node) {
    forms = (parameters["forms"]?.members ?? []).compactMap { member in
      (try? Pattern(ecma262: member.key.text ?? "")).map { ($0, member.value.text ?? "") }
    }
  }

  /// Returns the regular form of a spelling; `nil` where it is none.
  func form(of spelling: String) -> String? {
    forms.lazy.compactMap { $0.pattern.replacement(for: spelling, template: $0.form) }.first
  }

  func forms(in text: RunningText) -> [(match: Pattern.Match, form: String)] {
    // Most texts have none.
    guard forms.contains(where: { $0.pattern.mayMatch(text.letters) }) else { return [] }
    return forms.flatMap { pattern, form in
      text.matches(of: pattern, with: matcher).compactMap { match in
        var right = form
        for (number, group) in match.groups.enumerated() {
          right = right.replacing("$\(number + 1)", with: group ?? "")
        }
        return right == match.text ? nil : (match, right)
      }
    }
  }
}

extension RegisterCase {
  /// Whether a regular form is one of a record that there is, or none of a register at all.
  fileprivate func isMeant(_ form: String, _ matcher: PatternMatcher) -> Bool {
    var isOfRegister = false
    for (position, register) in index.snapshot.catalogue.registers.enumerated()
    where register.idPattern != nil && register.isRegular(form, with: matcher) {
      if index.has(form, in: position) { return true }
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

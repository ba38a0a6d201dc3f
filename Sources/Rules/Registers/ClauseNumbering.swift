import Comparison
package import Diagnostics
import Registry
import SourceText
import Syntax

extension RegisterRule {
  /// Clauses are cited by their numbers, so a number stands once and where a reader looks for it
  /// (rule R29 begins here).
  static let clauseNumbering = RegisterRule(
    "clause-numbering", [.duplicateClause, .clauseOrder, .clauseGap, .hiddenClause],
    requirement: "The clauses of a document are numbered once, in order and without a gap.",
    [.excerpt]
  ) { rule, report in
    for record in rule.records {
      let passages = rule.inspection.passages[record.path]
      let hidden = rule.register.numbering.map { HiddenClause.all(in: passages, $0) } ?? []
      for clause in hidden {
        report.error(
          .hiddenClause, .hidden(clause.number), at: SourceRange(record.path, clause.range),
          help: clause.isIndented
            ? "Remove the indentation, and put an empty line before it"
            : "Put an empty line before it",
          item: record.id)
      }
      let isWhole = !rule.isExcerpt(record)
      var seen: Set<String> = []
      var last: [[Numbering.Ordinal]: Passage] = [:]
      var numbered: Set<[Numbering.Ordinal]> = []
      for passage in passages {
        guard let own = passage.path.last else { continue }
        let range = SourceRange(record.path, passage.markerRange)
        guard seen.insert(passage.number).inserted else {
          report.error(
            .duplicateClause, .again(passage.number), at: range,
            help: "Give it the next free number", item: record.id)
          continue
        }
        let parent = passage.path.dropLast()
        if let before = last[Array(parent)], let earlier = before.path.last,
          earlier.level == own.level
        {
          switch earlier.step(to: own) {
          case .back:
            report.error(
              .clauseOrder, .after(passage.number, before.number), at: range,
              help: "Move the clause to its place, or give it the next number", item: record.id)
          case .gap where isWhole:
            report.warning(
              .clauseGap, .gap(passage.number, before.number), at: range,
              help: "Number it next, or write the clause between as 'Not used'", item: record.id)
          case .gap, .next: break
          }
        } else if isWhole, last[Array(parent)] == nil, own.value > 1, !own.isBeforeFirst,
          hidden.isEmpty,
          numbered.contains(Array(parent))
        {
          // What a document begins with may be a part of the whole; what a clause begins with is its first.
          report.warning(
            .clauseGap, .first(passage.number), at: range,
            help: "Number it as the first, or write those before it as 'Not used'", item: record.id)
        }
        numbered.insert(passage.path)
        last[Array(parent)] = passage
      }
    }
  }
}

extension RegisterRule.Parameter {
  /// The setting of a rule that tells documents of which only some clauses are held.
  static let excerpt = Self(
    name: "excerpt", kind: .property,
    meaning:
      "The property that a document has of which only some clauses are held: none is missed in it, nor a use of a term.",
    isRequired: false)
}

extension RegisterCase {
  /// Whether only some clauses of a document are held.
  func isExcerpt(_ record: Record) -> Bool {
    text("excerpt").map { record.node[$0] != nil } ?? false
  }
}

extension Numbering.Ordinal {
  /// Whether it was put in before the first, as (za) is before (a).
  fileprivate var isBeforeFirst: Bool {
    text.count > 1 && text.first?.lowercased() == "z"
  }
}

extension Diagnostic.Code {
  /// Two clauses of a document have one number.
  package static let duplicateClause: Self = "clause/duplicate-number"
  /// A clause stands behind one with a higher number.
  package static let clauseOrder: Self = "clause/order"
  /// A clause begins no paragraph.
  package static let hiddenClause: Self = "clause/hidden"
  /// The number of a clause is missing.
  package static let clauseGap: Self = "clause/gap"
}

extension Diagnostic.Message {
  fileprivate static func hidden(_ number: String) -> Self { "'\(number)' begins no paragraph" }
  fileprivate static func again(_ number: String) -> Self { "the clause '\(number)' stands twice" }
  fileprivate static func after(_ number: String, _ before: String) -> Self {
    "the clause '\(number)' stands after '\(before)'"
  }
  fileprivate static func first(_ number: String) -> Self {
    "the clause '\(number)' is the first of its series, and what is before it is missing"
  }
  fileprivate static func gap(_ number: String, _ before: String) -> Self {
    "the clause '\(number)' follows '\(before)', and what is between them is missing"
  }
}

import CEL
package import Diagnostics
import Patterns
import Registry
import Syntax

extension RegisterRule {
  /// A number that a paper states is the one that the registers have (rule R12).
  static let statedNumbers = RegisterRule(
    "stated-numbers", [.statedNumber],
    requirement: "A number that a text states is the one that the registers give.",
    [
      Parameter(
        name: "numbers", kind: .expressions,
        meaning:
          "Patterns whose first group is a number, in digits or as a word up to twenty, and for each the expression over 'self' that gives it."
      ),
      Parameter(
        name: "in", kind: .ways, meaning: "The ways to the texts; all texts where none is given.",
        isRequired: false),
    ]
  ) { rule, report in
    let forms = (rule.parameters["numbers"]?.members ?? []).compactMap { member in
      (try? Pattern(ecma262: member.key.text ?? "")).flatMap { pattern in
        (try? Parser.expression(member.value.text ?? "")).map { (pattern, $0, member.value) }
      }
    }
    let matcher = PatternMatcher()
    for record in rule.records {
      for text in rule.runningTexts(of: record) {
        for (pattern, expression, source) in forms {
          for match in text.matches(of: pattern, with: matcher) {
            guard let words = match.groups.first ?? nil, let stated = number(words) else {
              continue
            }
            rule.inspection.functions.hasMetUnread = false
            do throws(EvaluationError) {
              let value = try rule.inspection.value(of: expression, on: record.node)
              guard case .int(let right) = value else {
                throw EvaluationError("it gives no whole number")
              }
              guard right != stated, !rule.inspection.functions.hasMetUnread else { continue }
              report.warning(
                .statedNumber, .stated(match.text, stated, Int(right)),
                at: text.place(of: match.range),
                related: [.init("this gives \(right)", at: source.range)],
                help: "Correct the text, or the records that are counted", item: record.id)
            } catch {
              rule.inspection.tell(
                error, of: source, on: record.node, at: record.idNode, &report)
            }
          }
        }
      }
    }
  }

  /// Reads a number in digits, or one of the words that English writes small numbers with.
  private static func number(_ words: String) -> Int64? {
    if let number = Int64(words.filter { $0 != "," }) { return number }
    return numberWords.firstIndex(of: words.lowercased()).map(Int64.init)
  }
}

private let numberWords = [
  "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
  "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
  "twenty",
]

extension Diagnostic.Code {
  /// A text states another number than the registers give.
  package static let statedNumber: Self = "text/stated-number"
}

extension Diagnostic.Message {
  fileprivate static func stated(_ text: String, _ stated: Int64, _ right: Int) -> Self {
    "'\(text)' states \(stated), and the registers give \(right)"
  }
}

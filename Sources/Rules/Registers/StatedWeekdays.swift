package import Diagnostics
import Patterns
import Registry
import Syntax

extension RegisterRule {
  /// A weekday that does not fit its date means that one of the two is wrong.
  static let statedWeekdays = RegisterRule(
    "stated-weekdays", [.weekday],
    requirement: "A weekday that a text states is that of its date.",
    [
      Parameter(
        name: "in", kind: .ways, meaning: "The ways to the texts; all texts where none is given.",
        isRequired: false)
    ]
  ) { rule, report in
    guard let pattern = statedDay else { return }
    let matcher = PatternMatcher()
    for record in rule.records {
      for text in rule.runningTexts(of: record) {
        for match in text.matches(of: pattern, with: matcher) {
          guard let stated = match.groups[0], let number = match.groups[1].flatMap({ Int($0) }),
            let month = match.groups[2].flatMap({ Day.monthNames.firstIndex(of: $0) }),
            let year = match.groups[3].flatMap({ Int($0) })
          else { continue }
          let day = Day(year: year, month: month + 1, day: number)
          let right = day.map { Day.weekdayNames[$0.weekday] }
          guard right != stated else { continue }
          report.warning(
            .weekday, .weekday(match.text, right), at: text.place(of: match.range),
            help: "Correct the weekday or the date")
        }
      }
    }
  }
}

/// A weekday with its date, as in Friday 9th December 2016.
private let statedDay = try? Pattern(
  ecma262: #"\b(\#(Day.weekdayNames.joined(separator: "|"))),? (\d{1,2})(?:st|nd|rd|th)?(?: of)? "#
    + #"(\#(Day.monthNames.joined(separator: "|"))) (\d{4})\b"#)

extension Diagnostic.Code {
  /// A stated weekday is not that of its date.
  package static let weekday: Self = "date/weekday"
}

extension Diagnostic.Message {
  fileprivate static func weekday(_ text: String, _ right: String?) -> Self {
    right.map { "'\(text)' was a \($0)" } ?? "there is no day '\(text)'"
  }
}

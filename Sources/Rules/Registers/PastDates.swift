package import Diagnostics
import Patterns
import Registry
import Syntax

extension RegisterRule {
  /// Nobody can report on a day what happened after it: one of the two dates is wrong (rule R16).
  static let pastDates = RegisterRule(
    "past-dates", [.pastAfterRecord],
    requirement: "What a text reports as past was before the day of its record.",
    [
      Parameter(
        name: "date", kind: .property,
        meaning: "The property with the day, or with the id of the meeting at which it was said.",
        within: "within"),
      Parameter(
        name: "within", kind: .property,
        meaning: "The way to mappings that have a date and texts of their own, as updates[].",
        isRequired: false),
      .meetings("The register of meetings, where the property names one."), .held,
    ]
  ) { rule, report in
    guard let date = rule.text("date"), let pastDay else { return }
    let matcher = PatternMatcher()
    for record in rule.records {
      let parts: [(node: Node, texts: [RunningText])] =
        rule.text("within").map { way in
          record.values(at: way).map { ($0, RunningText.all(below: $0)) }
        } ?? [(record.node, rule.runningTexts(of: record))]
      for (node, texts) in parts {
        guard let place = node[date], let said = place.text.flatMap({ Day($0) ?? rule.dayHeld($0) })
        else { continue }
        for text in texts {
          for match in text.matches(of: pastDay, with: matcher) {
            guard let day = day(in: match), day > said, !hedges(match) else { continue }
            let lead = (match.groups[0] ?? "").utf8.count
            let range = (match.range.lowerBound + lead)..<match.range.upperBound
            report.warning(
              .pastAfterRecord, .after(String(match.text.utf8.dropFirst(lead)) ?? "", day, said),
              at: text.place(of: range),
              related: [.init("said on \(said)", at: place.range)],
              help: "Correct the date, or say that it is to come", item: record.id)
          }
        }
      }
    }
  }

  private static func day(in match: Pattern.Match) -> Day? {
    guard match.groups.count > 4,
      let month = match.groups[3].flatMap({ Day.monthNames.firstIndex(of: $0) }),
      let number = match.groups[2].flatMap({ Int($0) }),
      let year = match.groups[4].flatMap({ Int($0) })
    else { return nil }
    return Day(year: year, month: month + 1, day: number)
  }

  /// Whether the words around the verb say that something is to come.
  private static func hedges(_ match: Pattern.Match) -> Bool {
    let words = (match.groups[0] ?? "") + " " + (match.groups[1] ?? "")
    return words.lowercased().split { !$0.isLetter }.contains { comingWords.contains(String($0)) }
  }
}

/// Words of what is to come, or is not said to have happened.
private let comingWords: Set<String> = [
  "will", "would", "shall", "should", "may", "might", "could", "can", "to", "due", "until", "by",
  "before", "after", "from", "for", "expected", "planned", "scheduled", "proposed", "proposing",
  "intended", "anticipated", "postponed", "moved", "extended", "targeted", "target", "deadline",
  "provisionally", "next", "not", "if", "when", "whether", "than", "is", "are", "s",
]

/// A verb of the past and the day that it speaks of, with the words before the verb and between the two.
private let pastDay = try? Pattern(
  ecma262:
    #"((?:[\w’']+ ){0,4})\b(?:was|were|took|went|held|met|issued|published|released|implemented|concluded|completed|closed|approved|withdrawn|happened|began|ended) ((?:[\w’']+ ){0,5}?)(?:on )?(?:the )?(\d{1,2})(?:st|nd|rd|th)? (\#(Day.monthNames.joined(separator: "|"))) (\d{4})\b"#
)

extension Diagnostic.Code {
  /// A text reports as past what is after the day of its record.
  package static let pastAfterRecord: Self = "date/past-after-record"
}

extension Diagnostic.Message {
  fileprivate static func after(_ text: String, _ day: Day, _ said: Day) -> Self {
    "'\(text)' reports as past what is on \(day), and it was said on \(said)"
  }
}

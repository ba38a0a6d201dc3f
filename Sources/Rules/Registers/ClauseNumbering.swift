import Comparison
package import Diagnostics
import Registry
import SourceText

extension RegisterRule {
  /// Clauses are cited by their numbers, so a number stands once and where a reader looks for it
  /// (rule R29 begins here).
  static let clauseNumbering = RegisterRule(
    "clause-numbering", [.duplicateClause, .clauseOrder, .clauseGap],
    requirement: "The clauses of a document are numbered once, in order and without a gap.", []
  ) { rule, report in
    for record in rule.records {
      guard let source = rule.index.snapshot.source(at: record.path) else { continue }
      var seen: Set<String> = []
      var last: [String: Substring] = [:]
      for passage in Passage.passages(of: source) {
        guard let place = ClausePlace(passage.number) else { continue }
        let range = SourceRange(record.path, passage.markerRange)
        guard seen.insert(passage.number).inserted else {
          report.error(
            .duplicateClause, .again(passage.number), at: range,
            help: "Give it the next free number", item: record.id)
          continue
        }
        if let before = last[place.parent] {
          switch ClausePlace.step(from: before, to: place.own) {
          case .back:
            report.error(
              .clauseOrder, .after(passage.number, place.parent + before), at: range,
              help: "Move the clause to its place, or give it the next number", item: record.id)
          case .gap:
            report.warning(
              .clauseGap, .gap(passage.number, place.parent + before), at: range,
              help: "Number it next, or write the clause between as 'Not used'", item: record.id)
          case .next: break
          }
        }
        last[place.parent] = place.own
      }
    }
  }
}

/// The last part of the number of a clause, and all before it: `H8.4(b)` is `(b)` of `H8.4`.
struct ClausePlace {
  let parent: String
  let own: Substring

  enum Step {
    case next
    case gap
    case back
  }

  /// Reads a number that says its whole place, or gives `nil` for another.
  init?(_ number: String) {
    let letters = number.prefix { $0.isASCII && $0.isUppercase }
    guard (1...2).contains(letters.count), number.dropFirst(letters.count).first?.isNumber == true
    else { return nil }
    if number.hasSuffix(")"), let open = number.lastIndex(of: "(") {
      parent = String(number[...open])
      own = number[number.index(after: open)...].dropLast()
    } else if let dot = number.lastIndex(of: ".") {
      parent = String(number[...dot])
      own = number[number.index(after: dot)...]
    } else {
      parent = String(letters)
      own = number.dropFirst(letters.count)
    }
  }

  /// Compares two neighbours: after `4` come `4A` and `5`, after `(b)` comes `(c)`, after `(iv)` `(v)`.
  static func step(from old: Substring, to new: Substring) -> Step {
    let (one, two) = (value(of: old), value(of: new))
    guard one.form == two.form else { return .next }
    if two.number == one.number { return one.letter < two.letter ? .next : .back }
    return two.number < one.number ? .back : two.number == one.number + 1 ? .next : .gap
  }

  private static func value(of text: Substring) -> (form: Int, number: Int, letter: String) {
    let digits = text.prefix { $0.isNumber }
    if let number = Int(digits) { return (0, number, String(text.dropFirst(digits.count))) }
    // Sub-clauses: (a) to (z), (aa)…; Roman numbers come as (i), (ii) and are told by their letters.
    if text.count > 1 || text == "i", !text.contains("c"), let number = RomanNumber.value(of: text)
    {
      return (1, number, "")
    }
    let number = text.unicodeScalars.reduce(0) { $0 * 26 + Int($1.value & 31) }
    return (text.first?.isUppercase == true ? 3 : 2, number, "")
  }
}

extension Passage {
  /// Where its number stands in the file.
  var markerRange: Range<Int> {
    let spaces = source.utf8.prefix { $0 == 0x20 || $0 == 0x09 }.count
    let start = range.lowerBound + spaces
    return start..<(start + marker.utf8.count)
  }
}

extension Diagnostic.Code {
  /// Two clauses of a document have one number.
  package static let duplicateClause: Self = "clause/duplicate-number"
  /// A clause stands behind one with a higher number.
  package static let clauseOrder: Self = "clause/order"
  /// The number of a clause is missing.
  package static let clauseGap: Self = "clause/gap"
}

extension Diagnostic.Message {
  fileprivate static func again(_ number: String) -> Self { "the clause '\(number)' stands twice" }
  fileprivate static func after(_ number: String, _ before: String) -> Self {
    "the clause '\(number)' stands after '\(before)'"
  }
  fileprivate static func gap(_ number: String, _ before: String) -> Self {
    "the clause '\(number)' follows '\(before)', and what is between them is missing"
  }
}

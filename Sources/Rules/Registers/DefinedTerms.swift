import Comparison
package import Diagnostics
import Patterns
import Registry
import SourceText
import Syntax

extension RegisterRule {
  /// A word with a capital means what its definition says, and nothing else (rule R21).
  static let definedTerms = RegisterRule(
    "defined-terms", [.undefinedTerm, .unusedTerm, .termDefinedTwice, .termCapitals],
    requirement: "Terms are defined once, used, and written with the capitals of their definition.",
    concernsAll: true,
    tellsMissing: true,
    [
      Parameter(
        name: "definitions", kind: .texts,
        meaning: "The clauses whose tables define terms in their first column, such as A1.1.",
        isRequired: false),
      Parameter(
        name: "glossary", kind: .register,
        meaning: "A register of terms, whose ids and 'expansion' need no other definition.",
        isRequired: false),
      Parameter(
        name: "names", kind: .registers,
        meaning: "Registers of names: their ids, 'name' and 'title' need no definition.",
        isRequired: false),
      Parameter(
        name: "known", kind: .texts, meaning: "Other words with capitals that need no definition.",
        isRequired: false),
      .excerpt,
    ]
  ) { rule, report in
    var terms = Terms()
    let documents = rule.records.map { record in
      TermDocument(record: record, passages: rule.inspection.passages[record.path])
    }
    for document in documents {
      for definition in document.definitions(inTablesOf: rule.texts("definitions")) {
        guard let first = terms.add(definition) else { continue }
        report.error(
          .termDefinedTwice, .twice(definition.term), at: definition.range,
          related: [.init("it is defined here", at: first.range)],
          help: "Keep one of the two definitions", item: document.record.id)
      }
    }
    guard !terms.isEmpty else { return }
    for text in rule.texts("known") + names(of: rule) { terms.addName(text) }
    for document in documents {
      var told: Set<String> = []
      for use in document.uses(of: &terms) where told.insert(use.text).inserted {
        switch use.kind {
        case .undefined:
          report.warning(
            .undefinedTerm, .undefined(use.text), at: use.range,
            help: "Define it, or write it without capitals", item: document.record.id)
        case .capitals(let term):
          report.add(
            Diagnostic(
              .note, .termCapitals, .capitals(use.text, term), at: use.range,
              help: "Write '\(term)' where the defined term is meant", item: document.record.id))
        }
      }
    }
    let excerpts = Set(documents.map(\.record).filter(rule.isExcerpt).map(\.path))
    // What is not held may use it.
    for definition in terms.unused where !excerpts.contains(definition.range.path) {
      report.warning(
        .unusedTerm, .unused(definition.term), at: definition.range,
        help: "Use it, or take the definition out")
    }
  }

  /// Returns what other registers name.
  private static func names(of rule: RegisterCase) -> [String] {
    let glossary = rule.register("glossary").map { rule.index.records[$0] } ?? []
    let registers = rule.texts("names").compactMap { rule.index.position(ofRegister: $0) }
    let named = registers.flatMap { rule.index.records[$0] }
    return (glossary + named).flatMap { record in
      [record.id] + ["expansion", "name", "title"].compactMap { record.node[$0]?.text }
    }
  }
}

/// A document whose terms are checked.
private struct TermDocument {
  struct Use {
    enum Kind {
      case undefined
      case capitals(term: String)
    }

    let kind: Kind
    let text: String
    let range: SourceRange
  }

  let record: Record
  let passages: [Passage]

  private func range(_ passage: Passage, _ stretch: Range<Int>) -> SourceRange {
    let start = passage.range.lowerBound
    return SourceRange(record.path, (start + stretch.lowerBound)..<(start + stretch.upperBound))
  }

  /// Returns the definitions: first cells of the tables of some clauses, and terms in quotes or in bold
  /// that "means" follows, or that stand in brackets.
  func definitions(inTablesOf clauses: [String]) -> [Definition] {
    let starts = Set(
      clauses.compactMap { Clause($0, in: passages) }.flatMap {
        $0.passages.map(\.range.lowerBound)
      })
    let matcher = PatternMatcher()
    var definitions: [Definition] = []
    for passage in passages where !passage.isHeaderRow {
      guard passage.kind == .row else {
        guard passage.kind == .paragraph || passage.kind == .item else { continue }
        for pattern in [meaning, bracketed].compactMap(\.self) {
          for match in pattern.matches(in: passage.source, with: matcher) {
            guard let term = match.groups[0] else { continue }
            definitions.append(Definition(term: term, range: range(passage, match.range)))
          }
        }
        continue
      }
      if starts.contains(passage.range.lowerBound), let cell = passage.cells.first {
        let term = cell.text.filter { !"*_“”\"".contains($0) }
        if !term.isEmpty {
          definitions.append(Definition(term: term, range: range(passage, cell.range)))
        }
      }
    }
    return definitions
  }

  /// Returns the uses of words with capitals that are no term, and of terms without their capitals.
  func uses(of terms: inout Terms) -> [Use] {
    passages.flatMap { passage -> [Use] in
      switch passage.kind {
      case .head, .heading, .code, .other: []
      case .row where passage.isHeaderRow: []
      case .row, .paragraph, .item: uses(in: passage, of: &terms)
      }
    }
  }

  private func uses(in passage: Passage, of terms: inout Terms) -> [Use] {
    var uses: [Use] = []
    let skipped = passage.markerRange.upperBound - passage.range.lowerBound
    let defined = definitionRanges(in: passage)
    let words = TermWord.words(of: passage.unnumbered)
    func place(_ words: ArraySlice<TermWord>) -> Range<Int> {
      let low = (words.first?.range.lowerBound ?? 0) + skipped
      return low..<((words.last?.range.upperBound ?? 0) + skipped)
    }
    var position = 0
    var open: Int?
    func flush(_ end: Int) {
      guard let start = open else { return }
      open = nil
      let run = words[start..<end]
      let name = run.map { String($0.text) }.joined(separator: " ")
      uses.append(Use(kind: .undefined, text: name, range: range(passage, place(run))))
    }
    while position < words.count {
      let word = words[position]
      let isDefinition = defined.contains { $0.contains(word.range.lowerBound + skipped) }
      if isDefinition {
        flush(position)
        position += 1
        continue
      }
      if let (count, definition, isExact) = terms.match(words[position...]) {
        flush(position)
        let stretch = words[position..<(position + count)]
        // One word alone in small letters is a word of every day.
        if let definition, !isExact, count > 1, !stretch.contains(where: \.hasCapital) {
          uses.append(
            Use(
              kind: .capitals(term: definition.term),
              text: stretch.map { String($0.text) }.joined(separator: " "),
              range: range(passage, place(stretch))))
        }
        if isExact || definition != nil && count > 1 {
          position += count
          continue
        }
      }
      let isName =
        word.hasCapital && !word.beginsSentence && !word.isAcronym && word.text.count > 1
        && !Self.plainWords.contains(word.key)
      if word.isApart || !isName { flush(position) }
      if isName, open == nil { open = position }
      position += 1
    }
    flush(position)
    return uses
  }

  /// Words with a capital that no code defines.
  private static let plainWords: Set<String> = [
    "section", "schedule", "appendix", "annex", "clause", "part", "paragraph", "table", "figure",
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october",
    "november", "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
    "sunday",
  ]

  /// Where a passage defines terms, so that these places are no uses.
  private func definitionRanges(in passage: Passage) -> [Range<Int>] {
    if passage.kind == .row { return passage.cells.first.map { [$0.range] } ?? [] }
    return [meaning, bracketed].compactMap(\.self).flatMap { pattern in
      pattern.matches(in: passage.source, with: PatternMatcher()).map(\.range)
    }
  }
}

/// A term in quotes or in bold, and a verb that defines it.
private let meaning = try? Pattern(
  ecma262:
    #"(?:“|"|\*\*)([A-Z][^“”"*]{0,60}?)(?:”|"|\*\*)(?=(?:,?\s+(?:or|and)\s+(?:“|"|\*\*)[^“”"*]{1,60}(?:”|"|\*\*))?\s+(?:means?|shall mean|has the meaning|have the meaning|refers? to|includes?)\b)"#
)

/// A term in quotes or in bold inside of brackets: (the "Code").
private let bracketed = try? Pattern(
  ecma262: #"\((?:[^()“"*]{0,40})(?:“|"|\*\*)([A-Z][^“”"*]{0,60}?)(?:”|"|\*\*)\)"#)

extension Diagnostic.Code {
  /// A word has a capital and no definition.
  package static let undefinedTerm: Self = "term/undefined"
  /// A term is defined and not used.
  package static let unusedTerm: Self = "term/unused"
  /// A term has two definitions.
  package static let termDefinedTwice: Self = "term/defined-twice"
  /// A defined term is written without its capitals.
  package static let termCapitals: Self = "term/capitals"
}

extension Diagnostic.Message {
  fileprivate static func undefined(_ term: String) -> Self { "'\(term)' is not defined" }
  fileprivate static func unused(_ term: String) -> Self {
    "'\(term)' is defined and not used"
  }
  fileprivate static func twice(_ term: String) -> Self { "'\(term)' is defined twice" }
  fileprivate static func capitals(_ text: String, _ term: String) -> Self {
    "'\(text)' is written without the capitals of '\(term)'"
  }
}

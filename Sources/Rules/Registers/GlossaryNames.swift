package import Diagnostics
import Patterns
import Registry
import Synchronization
import Syntax

extension RegisterRule {
  /// One thing has one name, and an acronym one expansion: those of the glossary.
  static let glossaryNames = RegisterRule(
    "glossary-names", [.nameVariant, .acronymExpansion],
    requirement: "Names and expansions of acronyms are those of the glossary.",
    [
      Parameter(
        name: "glossary", kind: .register,
        meaning: "The register of terms with 'expansion', and 'variants' that are not to be used.",
        fields: ["expansion", "variants"]),
      Parameter(
        name: "in", kind: .ways, meaning: "The ways to the texts; all texts where none is given.",
        isRequired: false),
    ]
  ) { rule, report in
    guard let position = rule.register("glossary"), let expandedAcronym else { return }
    let glossary = rule.inspection.glossaries.glossary(at: position, of: rule.index)
    let (expansions, variants) = (glossary.expansions, glossary.variants)
    let matcher = PatternMatcher()
    for record in rule.records {
      for text in rule.runningTexts(of: record) {
        var told: [Range<Int>] = []
        // Of variants that contain each other the longest is the one that stands there.
        for (position, range) in glossary.phrases.places(in: text.text)
        where !told.contains(where: { $0.overlaps(range) }) {
          told.append(range)
          let (variant, term) = variants[position]
          let name = term.node["expansion"]?.text ?? term.id
          report.warning(
            .nameVariant, .variant(variant, name), at: text.place(of: range),
            help: "Write '\(name)'", remedy: text.remedy(range, name, changesMeaning: true))
        }
        for match in text.matches(of: expandedAcronym, with: matcher) {
          guard let acronym = match.groups[1], let right = expansions[acronym], !right.isEmpty,
            let open = match.text.lastIndex(of: "(")
          else { continue }
          let words = match.text[..<open].trimmed
          guard !["", "s", "’s", "'s"].contains(where: { words.hasSuffix(right + $0) }),
            !variants.contains(where: { match.text.contains($0.0) || words.hasSuffix($0.0) }),
            let own = Self.expansion(of: acronym, in: words)
          else { continue }
          let skipped = match.text.utf8.distance(from: match.text.startIndex, to: own.startIndex)
          report.warning(
            .acronymExpansion, .expansion(acronym, String(own), right),
            at: text.place(of: (match.range.lowerBound + skipped)..<match.range.upperBound),
            help: "Write '\(right) (\(acronym))', or correct the glossary")
        }
      }
    }
  }

  /// Returns the last words that begin with the letters of an acronym, give or take one, so that they
  /// are meant to expand it; `nil` where there are none.
  private static func expansion(of acronym: String, in words: Substring) -> Substring? {
    for word in words.split(separator: " ") where word.first == acronym.first {
      let rest = words[word.startIndex...]
      let letters = rest.split { " -/–".contains($0) }.compactMap(\.first).filter(\.isUppercase)
      if abs(letters.count - acronym.filter(\.isLetter).count) <= 1 { return rest }
    }
    return nil
  }
}

/// A register of terms, ready to be looked for in texts.
struct Glossary: Sendable {
  /// The expansions of terms, by their ids.
  let expansions: [String: String]
  /// The spellings that are not to be used, the longest first, with their terms.
  let variants: [(String, Record)]
  let phrases: Phrases

  fileprivate init(of terms: [Record]) {
    expansions = Dictionary(
      terms.map { ($0.id, $0.node["expansion"]?.text ?? "") }, uniquingKeysWith: { one, _ in one })
    variants = terms.flatMap { term in
      term.values(at: "variants[]").compactMap(\.text).map { ($0, term) }
    }.sorted { $0.0.utf8.count > $1.0.utf8.count }
    phrases = Phrases(variants.map(\.0))
  }
}

/// The registers of terms of a version, each prepared once.
final class Glossaries: Sendable {
  private let known = Mutex<[Int: Glossary]>([:])

  /// Returns the register of terms at a position of the catalogue.
  func glossary(at position: Int, of index: RecordIndex) -> Glossary {
    known.withLock { known in
      let glossary = known[position] ?? Glossary(of: index.records[position])
      known[position] = glossary
      return glossary
    }
  }
}

/// Words that begin with a capital, with the small words between them, and an acronym.
private let expandedAcronym = try? Pattern(
  ecma262: #"((?:[A-Z][\w’'-]*|and|of|for|the|to|&|[-–/])(?:[ ,]+(?=\S))?)+\(([A-Z][A-Z&]+)s?\)"#)

extension Substring {
  fileprivate var trimmed: Substring {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}

extension Diagnostic.Code {
  /// A text uses a spelling that the glossary lists as a variant.
  package static let nameVariant: Self = "text/name-variant"
  /// A text expands an acronym in other words than the glossary.
  package static let acronymExpansion: Self = "text/acronym-expansion"
}

extension Diagnostic.Message {
  fileprivate static func variant(_ variant: String, _ name: String) -> Self {
    "'\(variant)' is '\(name)' in the glossary"
  }
  fileprivate static func expansion(_ acronym: String, _ own: String, _ right: String) -> Self {
    "'\(acronym)' is expanded as '\(own)', and the glossary has '\(right)'"
  }
}

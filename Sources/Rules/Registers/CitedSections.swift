import Comparison
package import Diagnostics
import Patterns
import Registry
import SourceText
import Syntax

extension RegisterRule {
  /// A section of a paper that a text cites is there.
  static let citedSections = RegisterRule(
    "cited-sections", [.missingSection],
    requirement: "Sections and appendices of papers that texts cite are there.",
    [
      Parameter(
        name: "papers", kind: .register,
        meaning: "The register of the papers, which texts name by their ids."),
      Parameter(
        name: "in", kind: .ways, meaning: "The ways to the texts; all texts where none is given.",
        isRequired: false),
    ]
  ) { rule, report in
    guard let papers = rule.register("papers"), let citedSection else { return }
    let matcher = PatternMatcher()
    var known: [String: Set<String>] = [:]
    for record in rule.records {
      for text in rule.runningTexts(of: record) {
        for match in text.matches(of: citedSection, with: matcher) {
          guard let word = match.groups[0], let number = match.groups[1], let id = match.groups[2],
            let paper = rule.index.record(id, in: papers)
          else { continue }
          let parts = known[id] ?? sections(of: rule.inspection.passages[paper.path])
          known[id] = parts
          let isSection = word.lowercased().hasPrefix("section")
          let right =
            isSection ? number : "\(word.prefix(1).uppercased())\(word.dropFirst()) \(number)"
          guard !parts.contains(right) else { continue }
          report.error(
            .missingSection, .missing(word, number, id), at: text.place(of: match.range),
            related: [.init("the paper", at: paper.idNode.range)],
            help: "Cite a part that the paper has", item: record.id)
        }
      }
    }
  }

  /// Returns the numbers of the sections of a paper, and the names of its appendices.
  private static func sections(of passages: [Passage]) -> Set<String> {
    var sections: Set<String> = []
    for passage in passages where passage.kind != .head {
      var number = Substring(passage.number)
      while number.last == "." { number.removeLast() }
      if !number.isEmpty { sections.insert(String(number)) }
      guard case .heading = passage.kind else { continue }
      let words = passage.text.split { " :–—-#*".contains($0) }.prefix(2)
      if words.count == 2 { sections.insert(words.joined(separator: " ")) }
    }
    return sections
  }
}

/// A part of a paper, and the paper.
private let citedSection = try? Pattern(
  ecma262:
    #"\b([Ss]ection|[Aa]ppendix|[Aa]nnex) (\d{1,3}(?:\.\d{1,3})*|[A-Z]) (?:of|in|to) (?:the )?(?:(?:paper|report|minutes) )?\[?([A-Z][\w-]*\d[\w-]*)"#
)

extension Diagnostic.Code {
  /// A text cites a part of a paper that it has not.
  package static let missingSection: Self = "paper/missing-section"
}

extension Diagnostic.Message {
  fileprivate static func missing(_ word: String, _ number: String, _ id: String) -> Self {
    "'\(id)' has no \(word.lowercased()) \(number)"
  }
}

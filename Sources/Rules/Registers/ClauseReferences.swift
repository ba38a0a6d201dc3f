import Comparison
package import Diagnostics
import Patterns
import Registry
import SourceText

extension RegisterRule {
  /// What cites a clause that was deleted or renumbered leads astray (rule R29).
  static let clauseReferences = RegisterRule(
    "clause-references", [.unresolvedClause, .renumberedClause],
    requirement: "Clauses that texts cite are there, and are the ones that were meant.",
    concernsAll: true,
    [
      Parameter(
        name: "documents", kind: .register, meaning: "The register of the documents with clauses."),
      Parameter(
        name: "form", kind: .pattern,
        meaning:
          "A citation; its first group is the number of a clause, such as H8.4(b)."),
      Parameter(
        name: "id", kind: .texts,
        meaning:
          "The id of the document, with $1 for the letters that the number begins with, as SEC-$1."),
      Parameter(
        name: "in", kind: .texts, meaning: "The ways to the texts; all texts where none is given.",
        isRequired: false),
    ]
  ) { rule, report in
    guard let form = rule.pattern("form"), let template = rule.text("id"),
      let documents = rule.register("documents")
    else { return }
    var cited = CitedDocuments(rule, documents, template)
    let before = rule.inspection.previous.flatMap { previous in
      previous.position(ofRegister: rule.register.name).map { (previous, $0) }
    }
    for record in rule.records {
      let earlier = before.flatMap { previous, position in
        previous.record(record.id, in: position).map { Citation.all(in: $0, previous, form, rule) }
      }
      // Who writes a citation anew knows which clause is meant.
      let old = Set((earlier ?? []).map(\.number))
      for citation in Citation.all(in: record, rule.index, form, rule) {
        switch cited.verdict(on: citation.number) {
        case .good: break
        case .missing(let document, let now):
          report.error(
            .unresolvedClause, .missing(citation.number, document), at: citation.range,
            help: now.map { "Cite '\($0)', which it is now" }
              ?? "Cite the clause that is meant now",
            item: record.id)
        case .renumbered(let now):
          guard old.contains(citation.number) else { continue }
          report.warning(
            .renumberedClause, .renumbered(citation.number, now), at: citation.range,
            help: "Cite '\(now)', or make sure that the clause of this number is meant",
            item: record.id)
        }
      }
    }
  }
}

/// One place at which a text cites a clause.
private struct Citation {
  let number: String
  let range: SourceRange

  /// Returns the citations of a record: in its head, and in its text where it is a document.
  static func all(
    in record: Record, _ index: RecordIndex, _ form: Pattern, _ rule: RegisterCase
  ) -> [Citation] {
    let matcher = PatternMatcher()
    var citations: [Citation] = []
    func look(at text: String, _ place: (Range<Int>) -> SourceRange) {
      for match in form.matches(in: text, with: matcher) {
        guard let number = match.groups.first ?? nil else { continue }
        citations.append(
          Citation(number: number.filter { !$0.isWhitespace }, range: place(match.range)))
      }
    }
    for text in RunningText.all(in: record, at: rule.texts("in")) {
      look(at: text.text) { text.place(of: $0) }
    }
    guard rule.register.shape == .document,
      let source = index.snapshot.source(at: record.path)
    else { return citations }
    for passage in Passage.passages(of: source) where passage.kind != .head {
      look(at: passage.source) { stretch in
        let start = passage.range.lowerBound
        return SourceRange(
          record.path, (start + stretch.lowerBound)..<(start + stretch.upperBound))
      }
    }
    return citations
  }
}

/// The documents that are cited, each read once.
private struct CitedDocuments {
  enum Verdict {
    case good
    /// With the number that the clause has now, where a change of the document tells.
    case missing(document: String, now: String?)
    case renumbered(now: String)
  }

  private struct Document {
    let numbers: Set<String>
    /// The numbers of clauses that had another one in the version before.
    let renumbered: [String: String]
  }

  private let rule: RegisterCase
  private let register: Int
  private let template: String
  private var known: [String: Document?] = [:]

  init(_ rule: RegisterCase, _ register: Int, _ template: String) {
    self.rule = rule
    self.register = register
    self.template = template
  }

  mutating func verdict(on number: String) -> Verdict {
    let letters = String(number.prefix { $0.isASCII && $0.isUppercase })
    let id = template.replacing("$1", with: letters)
    if known[id] == nil { known[id] = .some(read(id)) }
    // A document that is not kept here cannot be looked into.
    guard let document = known[id] ?? nil else { return .good }
    let now = document.renumbered[number]
    guard document.numbers.contains(number) else { return .missing(document: id, now: now) }
    return now.map { .renumbered(now: $0) } ?? .good
  }

  private func read(_ id: String) -> Document? {
    guard let record = rule.index.record(id, in: register),
      let source = rule.index.snapshot.source(at: record.path)
    else { return nil }
    let numbers = Set(Passage.passages(of: source).map(\.number).filter { !$0.isEmpty })
    var renumbered: [String: String] = [:]
    if let previous = rule.inspection.previous,
      let position = previous.position(
        ofRegister: rule.index.snapshot.catalogue.registers[register].name),
      let earlier = previous.record(id, in: position),
      let old = previous.snapshot.source(at: earlier.path), old.bytes != source.bytes
    {
      for step in Redline(from: old, to: source).steps {
        guard let one = step.old?.number, let two = step.new?.number, one != two, !one.isEmpty,
          !two.isEmpty
        else { continue }
        renumbered[one] = two
      }
    }
    return Document(numbers: numbers, renumbered: renumbered)
  }
}

extension Diagnostic.Code {
  /// A text cites a clause that its document has not.
  package static let unresolvedClause: Self = "clause/unresolved"
  /// A text cites a clause by the number that it had before.
  package static let renumberedClause: Self = "clause/renumbered"
}

extension Diagnostic.Message {
  fileprivate static func missing(_ number: String, _ document: String) -> Self {
    "'\(document)' has no clause '\(number)'"
  }
  fileprivate static func renumbered(_ number: String, _ now: String) -> Self {
    "the clause '\(number)' is '\(now)' now"
  }
}

import Comparison
package import Diagnostics
import Patterns
import Registry
import SourceText
import Syntax

extension RegisterRule {
  /// What cites a clause that was deleted or renumbered leads astray (rule R29).
  static let clauseReferences = RegisterRule(
    "clause-references",
    [
      .unresolvedClause, .renumberedClause, .unusedClause, .inactiveClause, .unresolvedDocument,
      .unresolvedLink,
    ],
    requirement: "Clauses that texts cite are there, and are the ones that were meant.",
    betweenVersions: [.renumberedClause],
    concernsAll: true, judgesEach: true,
    [
      Parameter(
        name: "documents", kind: .register, meaning: "The register of the documents with clauses."),
      Parameter(
        name: "form", kind: .pattern,
        meaning:
          "A citation, where the register of the documents declares no numbering; its first group is the number of a clause, such as H8.4(b).",
        isRequired: false),
      Parameter(
        name: "id", kind: .texts,
        meaning:
          "The id of the document, with $1 for the letters that the number begins with, as SEC-$1."),
      Parameter(
        name: "mention", kind: .pattern,
        meaning: "How texts name a whole document, such as Schedule 9 or Appendix AD.",
        isRequired: false),
      Parameter(
        name: "list", kind: .register,
        meaning: "The register that lists all documents; its near-forms read a mention.",
        isRequired: false, fields: []),
      Parameter(
        name: "elsewhere", kind: .texts,
        meaning: "The ids of documents that are cited and not kept here; '*' stands for any.",
        isRequired: false),
      Parameter(
        name: "in", kind: .ways, meaning: "The ways to the texts; all texts where none is given.",
        isRequired: false),
    ]
  ) { rule, report in
    guard let template = rule.text("id"), let documents = rule.register("documents") else { return }
    var cited = CitedDocuments(rule, documents, template)
    let reader = CitationReader(rule, documents)
    let before = rule.inspection.previous.flatMap { previous in
      previous.position(ofRegister: rule.register.name).map { (previous, $0) }
    }
    for record in rule.records {
      let texts = rule.runningTexts(of: record)
      let citations = texts.flatMap { reader.citations(in: $0) }
      reader.checkMentions(in: texts, of: record, into: &report)
      cited.checkLinks(in: texts, of: record, into: &report)
      guard !citations.isEmpty else { continue }
      // Who writes a citation anew knows which clause is meant.
      let earlier = before.flatMap { previous, position in
        previous.record(record.id, in: position).map { old in
          old.node.tree === record.node.tree
            ? citations
            : RunningText.all(in: old, of: previous.snapshot, rule.register, rule.texts("in"))
              .flatMap { reader.citations(in: $0) }
        }
      }
      let old = Set((earlier ?? []).flatMap(\.numbers))
      for citation in citations {
        for number in citation.numbers {
          judge(
            cited.verdict(on: number, by: citation.isOwn ? record.id : nil), number, citation.range,
            wasCited: old.contains(number), of: record, into: &report)
        }
      }
    }
  }

  private static func judge(
    _ verdict: CitedDocuments.Verdict, _ number: String, _ range: SourceRange, wasCited: Bool,
    of record: Record, into report: inout Report
  ) {
    switch verdict {
    case .good: break
    case .absent(let document, let register):
      report.warning(
        .unresolvedDocument, .noDocument(document, register), at: range,
        help:
          "Cite a document that is kept here; one that is kept elsewhere is named in 'elsewhere' of the "
          + "rule 'clause-references' in \(Catalogue.path)", item: record.id)
    case .missing(let document, let now):
      report.error(
        .unresolvedClause, .missing(number, document), at: range,
        help: now.map { "Cite '\($0)', which it is now" } ?? "Cite the clause that is meant now",
        item: record.id)
    case .renumbered(let now):
      guard wasCited else { return }
      report.warning(
        .renumberedClause, .renumbered(number, now), at: range,
        help: "Cite '\(now)', or make sure that the clause of this number is meant",
        item: record.id)
    case .notUsed:
      report.warning(
        .unusedClause, .notUsed(number), at: range,
        help: "Cite the clause that says it now, or take the citation out", item: record.id)
    case .inactive:
      report.add(
        Diagnostic(
          .note, .inactiveClause, .inactive(number), at: range,
          help: "Say so in the text, or cite it when it is in force", item: record.id))
    }
  }
}

/// Finds what texts cite.
struct CitationReader {
  /// One place at which a text cites a clause.
  struct Cited {
    /// The number, and those between it and the begin of a range.
    let numbers: [String]
    let range: SourceRange
    /// Whether it is a clause of the document that cites it.
    let isOwn: Bool
  }

  private let rule: RegisterCase
  private let form: Pattern?
  private let numbering: Numbering?
  /// How the documents are numbered that cite.
  private let own: Numbering?
  private let mention: Pattern?
  private let list: Int?
  private let matcher = PatternMatcher()

  init(_ rule: RegisterCase, _ documents: Int) {
    self.rule = rule
    numbering = rule.index.snapshot.catalogue.registers[documents].numbering
    own = rule.register.numbering
    form = numbering == nil ? rule.pattern("form") : nil
    mention = rule.pattern("mention")
    list = rule.register("list")
  }

  func citations(in text: RunningText) -> [Cited] {
    if let form {
      return text.matches(of: form, with: matcher).compactMap { match in
        (match.groups.first ?? nil).map { number in
          Cited(
            numbers: [number.filter { !$0.isWhitespace }], range: text.place(of: match.range),
            isOwn: false)
        }
      }
    }
    var cited: [Cited] = []
    func add(_ numbering: Numbering, isOwn: Bool) {
      for citation in Citation.all(in: text.text, numbering, needsWord: isOwn) {
        // "Section 4 of the paper" is none of the document that says so.
        if isOwn, Self.isElsewhere(citation, in: text.text) { continue }
        cited.append(
          Cited(
            numbers: citation.between + [citation.number], range: text.place(of: citation.range),
            isOwn: isOwn))
      }
    }
    // A number without the letters of a document is one of the document that cites it.
    if let numbering, numbering.namesDocument { add(numbering, isOwn: false) }
    if let own, !own.namesDocument { add(own, isOwn: true) }
    return cited
  }

  private static func isElsewhere(_ citation: Citation, in text: String) -> Bool {
    let rest = text.utf8.dropFirst(citation.range.upperBound)
    return [" of the ", " of that ", " of its ", " of [", " in the "].contains {
      rest.starts(with: $0.utf8)
    }
  }

  /// Returns the documents of the list that a text names, by id.
  func mentions(in text: RunningText) -> [(id: String, name: String, range: SourceRange)] {
    guard let mention, let list else { return [] }
    let matches = text.matches(of: mention, with: matcher)
    guard !matches.isEmpty else { return [] }
    let register = rule.index.snapshot.catalogue.registers[list]
    return matches.compactMap { match in
      register.regularForm(of: match.text).map { ($0, match.text, text.place(of: match.range)) }
    }
  }

  /// Checks that the documents that texts name are listed.
  func checkMentions(in texts: [RunningText], of record: Record, into report: inout Report) {
    guard let list else { return }
    let register = rule.index.snapshot.catalogue.registers[list]
    for (id, name, range) in texts.flatMap({ mentions(in: $0) })
    where !rule.index.has(id, in: list) {
      report.error(
        .unresolvedDocument, .noDocument(name, register.name), at: range,
        help: "Name a document that is there, or add '\(id)' to the register", item: record.id)
    }
  }
}

extension Numbering {
  /// Whether a number begins with the letters of its document, as `H8.4` does.
  var namesDocument: Bool {
    levels[0].form == .capital && levels[0].before.isEmpty && levels[0].after.isEmpty
  }
}

/// The documents that are cited, each read once.
private struct CitedDocuments {
  enum Verdict {
    case good
    /// With the number that the clause has now, where a change of the document tells.
    case missing(document: String, now: String?)
    case renumbered(now: String)
    case notUsed
    case inactive
    /// The document is not kept here, and nothing says that it is elsewhere.
    case absent(document: String, register: String)
  }

  private struct Document {
    let numbers: Set<String>
    let anchors: Set<String>
    let notUsed: Set<String>
    let inactive: Set<String>
    /// The numbers of clauses that had another one in the version before.
    let renumbered: [String: String]
  }

  private let rule: RegisterCase
  private let register: Int
  private let template: String
  private var known: [String: Document?] = [:]
  private let matcher = PatternMatcher()

  init(_ rule: RegisterCase, _ register: Int, _ template: String) {
    self.rule = rule
    self.register = register
    self.template = template
  }

  /// Says what a citation leads to.
  ///
  /// - Parameters:
  ///   - number: The number of the clause.
  ///   - own: The id of the document that it is of, where the number does not name it.
  /// - Returns: Whether the clause is there and in use.
  mutating func verdict(on number: String, by own: String?) -> Verdict {
    let letters = String(number.prefix { $0.isASCII && $0.isUppercase })
    let id = own ?? template.replacing("$1", with: letters)
    // A document that is not kept here cannot be looked into.
    guard let document = document(id) else {
      return isMissed(id) ? .absent(document: id, register: name) : .good
    }
    let now = document.renumbered[number]
    guard document.numbers.contains(number) else { return .missing(document: id, now: now) }
    if let now { return .renumbered(now: now) }
    if document.notUsed.contains(number) { return .notUsed }
    return document.inactive.contains(number) ? .inactive : .good
  }

  private var name: String { rule.index.snapshot.catalogue.registers[register].name }

  /// Whether a document should be kept here: its id is one of the register's, and the catalogue neither lists the
  /// documents in another register nor says that it is elsewhere.
  private func isMissed(_ id: String) -> Bool {
    let elsewhere = rule.texts("elsewhere")
    let register = rule.index.snapshot.catalogue.registers[self.register]
    return rule.register("list") == nil && !elsewhere.contains("*") && !elsewhere.contains(id)
      && register.idPattern != nil && register.isRegular(id, with: matcher)
      && rule.index.isWhole(self.register) && !rule.index.has(id, in: self.register)
  }

  private mutating func document(_ id: String) -> Document? {
    if known[id] == nil { known[id] = .some(read(id)) }
    return known[id] ?? nil
  }

  /// Checks that links of Markdown to documents and their clauses lead somewhere.
  mutating func checkLinks(in texts: [RunningText], of record: Record, into report: inout Report) {
    guard rule.register.shape == .document, let linkPattern else { return }
    for text in texts {
      for match in text.matches(of: linkPattern, with: matcher) {
        guard let target = match.groups[0] else { continue }
        let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let path =
          parts[0].isEmpty
          ? record.path : RepoPath(link: String(parts[0]), from: record.path.folder)
        let found = rule.index.records[register].first { $0.path == path }
        var isGood = found != nil || path.map { rule.index.snapshot.source(at: $0) != nil } == true
        if let found, parts.count > 1, let document = document(found.id) {
          let anchor = String(parts[1])
          isGood = document.anchors.contains(anchor) || document.numbers.contains(anchor)
        }
        guard !isGood else { continue }
        report.error(
          .unresolvedLink, .noTarget(target), at: text.place(of: match.range),
          help: "Link to a document and to an anchor or a number that it has", item: record.id)
      }
    }
  }

  private func read(_ id: String) -> Document? {
    guard let record = rule.index.record(id, in: register),
      let source = rule.index.snapshot.source(at: record.path)
    else { return nil }
    let numbering = rule.index.snapshot.catalogue.registers[register].numbering
    let passages = rule.inspection.passages[record.path]
    func numbers(_ isWanted: (Passage) -> Bool) -> Set<String> {
      Set(passages.filter { !$0.number.isEmpty && isWanted($0) }.map(\.plainNumber))
    }
    var renumbered: [String: String] = [:]
    if let previous = rule.inspection.previous,
      let position = previous.position(
        ofRegister: rule.index.snapshot.catalogue.registers[register].name),
      let earlier = previous.record(id, in: position),
      let old = previous.snapshot.source(at: earlier.path), old.bytes != source.bytes
    {
      for step in Redline(from: old, to: source, numbering).steps {
        guard let one = step.old?.plainNumber, let two = step.new?.plainNumber, one != two,
          !one.isEmpty,
          !two.isEmpty
        else { continue }
        renumbered[one] = two
      }
    }
    // What stands in a clause that is not in force is not either.
    let dormant = Set(passages.filter(\.isInactive).map(\.path))
    func isInactive(_ passage: Passage) -> Bool {
      passage.path.indices.contains { dormant.contains(Array(passage.path[...$0])) }
    }
    // What is hidden is told by its own rule.
    let hidden = numbering.map { HiddenClause.all(in: passages, $0) } ?? []
    return Document(
      numbers: numbers { _ in true }.union(hidden.map { $0.number.filter { !$0.isWhitespace } }),
      anchors: Passage.headingAnchors(of: passages).union(passages.compactMap(\.anchor)),
      notUsed: numbers(\.isNotUsed), inactive: numbers(isInactive), renumbered: renumbered)
  }
}

extension Passage {
  /// The number without white space, as citations are compared.
  fileprivate var plainNumber: String { number.filter { !$0.isWhitespace } }
}

/// A link of Markdown that is no address of the web.
private let linkPattern = try? Pattern(
  ecma262: #"\]\((?![a-z]+:)([^)\s]+\.md(?:#[^)\s]*)?|#[^)\s]+)\)"#)

extension Diagnostic.Code {
  /// A text cites a clause that its document has not.
  package static let unresolvedClause: Self = "clause/unresolved"
  /// A text cites a clause by the number that it had before.
  package static let renumberedClause: Self = "clause/renumbered"
  /// A text cites a clause whose number is kept and that says nothing any more.
  package static let unusedClause: Self = "clause/not-used"
  /// A text cites a clause that is not in force.
  package static let inactiveClause: Self = "clause/inactive"
  /// A text names a document that is not listed.
  package static let unresolvedDocument: Self = "clause/unresolved-document"
  /// A link leads to no document or to no clause.
  package static let unresolvedLink: Self = "clause/unresolved-link"
}

extension Diagnostic.Message {
  fileprivate static func missing(_ number: String, _ document: String) -> Self {
    "'\(document)' has no clause '\(number)'"
  }
  fileprivate static func renumbered(_ number: String, _ now: String) -> Self {
    "the clause '\(number)' is '\(now)' now"
  }
  fileprivate static func notUsed(_ number: String) -> Self {
    "the clause '\(number)' is not used any more"
  }
  fileprivate static func inactive(_ number: String) -> Self {
    "the clause '\(number)' is not in force"
  }
  fileprivate static func noDocument(_ name: String, _ register: String) -> Self {
    "there is no '\(name)' in '\(register)'"
  }
  fileprivate static func noTarget(_ target: String) -> Self {
    "the link '\(target)' leads nowhere"
  }
}

import Comparison
import Diagnostics
import Patterns
package import Registry
package import SourceText
package import Syntax

/// A stretch of a file that names a record, with what stands there where the record has another id.
package struct NamedPlace: Sendable {
  package enum Kind: Hashable, Sendable {
    case id
    /// A value that is the id of the record.
    case reference
    /// A name in running text.
    case text
    /// The letters that the number of a clause of the record begins with.
    case clause
    /// The name of the record's file in a link.
    case link
  }

  package let kind: Kind
  package let range: SourceRange
  package let replacement: String
  /// The values that it stands in, and where in the text of each: none where it stands in a passage, several where
  /// an alias brings a value to other places too.
  package fileprivate(set) var values: [(node: Node, stretch: Range<Int>)]
}

/// All places of a version that name a record.
package struct NamedPlaces {
  /// A range of ids that says something else where a record has another id.
  package struct Span: Sendable {
    package let range: SourceRange
    /// Whether the record is one of its ends; else it lies, or would lie, between them.
    package let isEnd: Bool
    /// Whether it is about the new id.
    package let isOfNew: Bool
  }

  package private(set) var places: [NamedPlace] = []
  package private(set) var spans: [Span] = []
  /// Where the id stands as a word that may mean something else.
  package private(set) var words: [SourceRange] = []

  /// Where catalogue and schemas have the id, which are no register's.
  package private(set) var rules: [SourceRange] = []

  private let index: RecordIndex
  private let record: Record
  private let position: Int
  private let new: String
  private let inspection: Inspection
  /// The positions of the places in their order.
  private var known: [SourceRange: Int] = [:]

  /// Finds the places.
  ///
  /// - Parameters:
  ///   - record: The record.
  ///   - position: Its register.
  ///   - new: The id that it is to have.
  ///   - index: The version, of which all was read.
  package init(of record: Record, in position: Int, as new: String, _ index: RecordIndex) {
    self.index = index
    self.record = record
    self.position = position
    self.new = new
    var dropped = Report()
    inspection = Inspection(of: index, into: &dropped)
    add(.id, new, in: record.idNode)
    let references = addReferences()
    addTexts(besides: references)
    addClauses()
    addRules()
  }

  private var register: Register { index.snapshot.catalogue.registers[position] }

  private mutating func add(_ kind: NamedPlace.Kind, _ replacement: String, in node: Node) {
    for text in RunningText.all(below: node) {
      add(kind, replacement, 0..<text.text.utf8.count, of: text)
    }
    // An id may be a number.
    if node.kind == .number {
      add(
        NamedPlace(
          kind: kind, range: node.range, replacement: replacement,
          values: [(node, 0..<node.bytes.count)]))
    }
  }

  private mutating func add(
    _ kind: NamedPlace.Kind, _ replacement: String, _ stretch: Range<Int>, of text: RunningText
  ) {
    add(
      NamedPlace(
        kind: kind, range: text.place(of: stretch), replacement: replacement,
        values: text.value.map { [($0, stretch)] } ?? []))
  }

  /// Adds a place, once: a value may be a reference by two of the schemas that it is held against, and stand at
  /// several places through an alias.
  private mutating func add(_ place: NamedPlace) {
    guard let position = known[place.range] else {
      known[place.range] = places.count
      places.append(place)
      return
    }
    for value in place.values
    where !places[position].values.contains(where: { $0.node.index == value.node.index }) {
      places[position].values.append(value)
    }
  }

  // MARK: References

  /// A value of a file.
  private struct Place: Hashable {
    let tree: ObjectIdentifier
    let node: Int

    init(_ node: Node) { (tree, self.node) = (ObjectIdentifier(node.tree), node.index) }
  }

  /// Adds the references to the record; returns the values that are references to any.
  private mutating func addReferences() -> Set<Place> {
    var all: Set<Place> = []
    for reference in index.snapshot.references {
      all.insert(Place(reference.value))
      guard reference.id == record.id else { continue }
      let home = reference.registers.compactMap(index.position(ofRegister:)).first {
        index.has(record.id, in: $0)
      }
      if home == position { add(.reference, new, in: reference.value) }
    }
    return all
  }

  // MARK: Texts

  /// Whether a text that has the id means the record: its form is one that no word and no number has, and no other
  /// register has a record of it.
  private var isDistinct: Bool {
    let id = record.id.utf8
    let letters = id.count { (0x61...0x7A).contains($0 | 0x20) }
    let hasDigit = id.contains { (0x30...0x39).contains($0) }
    let hasJoint = id.contains { "-_/#.".utf8.contains($0) }
    return register.idPattern != nil && hasDigit && (letters > 1 || letters == 1 && hasJoint)
      && !isElsewhere
  }

  /// Whether another register has a record of the same id.
  private var isElsewhere: Bool {
    index.records.indices.contains { $0 != position && index.record(record.id, in: $0) != nil }
  }

  private mutating func addTexts(besides references: Set<Place>) {
    let (old, later) = (
      IDScanner(for: record.id, of: register.name), IDScanner(for: new, of: register.name)
    )
    let (isDistinct, isElsewhere) = (isDistinct, isElsewhere)
    let names = [record.id, "\(register.name)/\(record.id)"].map { "[\($0)]" }
    let spellings = Spellings(of: record.id, in: position, index)
    for (number, other) in index.snapshot.catalogue.registers.enumerated() {
      for owner in index.records[number] {
        let texts = RunningText.all(in: owner, other, []) { inspection.passages[owner.path] }
        for text in texts {
          if let value = text.value, references.contains(Place(value)) { continue }
          let found = old.found(in: text.text)
          let isNamed = isDistinct || !isElsewhere && names.contains(text.text.trimmed)
          for name in found.names {
            let isQualified = isQualified(name, in: text.text)
            guard isQualified || isNamed && !isClause(name, in: text.text) else {
              words.append(text.place(of: name))
              continue
            }
            add(.text, new, name, of: text)
          }
          if isDistinct {
            spans += found.spans.map {
              Span(range: text.place(of: $0.range), isEnd: $0.isEnd, isOfNew: false)
            }
            spans += later.found(in: text.text).spans.map {
              Span(range: text.place(of: $0.range), isEnd: $0.isEnd, isOfNew: true)
            }
          }
          for (stretch, spelling) in spellings.found(in: text, of: other)
          where !found.names.contains(where: { $0.overlaps(stretch) }) {
            add(.text, spellings.spelling(spelling, as: new), stretch, of: text)
          }
        }
        addLinks(in: texts, of: owner, other)
      }
    }
  }

  /// Whether the name of the register stands in front of the id.
  private func isQualified(_ name: Range<Int>, in text: String) -> Bool {
    text.utf8.prefix(name.lowerBound).reversed().starts(with: "\(register.name)/".utf8.reversed())
  }

  /// Whether a clause is cited where the id stands.
  private func isClause(_ name: Range<Int>, in text: String) -> Bool {
    guard (1...3).contains(record.id.prefix { $0.isUppercase && $0.isASCII }.count) else {
      return false
    }
    return index.snapshot.catalogue.registers.compactMap(\.numbering).filter(\.namesDocument)
      .contains { numbering in
        Citation.all(in: text, numbering).contains { $0.range.overlaps(name) }
      }
  }

  /// Adds the links to the file of the record, where that gets another name.
  private mutating func addLinks(in texts: [RunningText], of owner: Record, _ other: Register) {
    guard other.shape == .document, let link,
      let place = register.path(of: new, property: { record.text(of: $0) }),
      register.path(of: record) == record.path, place.name != record.path.name
    else { return }
    for text in texts where text.value == nil {
      for match in text.matches(of: link, with: PatternMatcher()) {
        guard let target = match.groups[0],
          RepoPath(link: target, from: owner.path.folder) == record.path,
          let inner = match.text.firstRange(of: target)
        else { continue }
        let stop =
          match.range.lowerBound
          + match.text.utf8.distance(from: match.text.startIndex, to: inner.upperBound)
        add(
          .link, String(place.name), (stop - record.path.name.utf8.count)..<stop, of: text)
      }
    }
  }

  /// Adds the places of the catalogue and of schemas: the texts that are the id, or have it between quotes or as a
  /// name.
  private mutating func addRules() {
    let scanner = IDScanner(for: record.id, of: register.name)
    let isDistinct = isDistinct
    let quoted = ["'", "\""].map { Array(($0 + record.id + $0).utf8) }
    let rulebook = index.snapshot.rulebook
    // Letters that clauses are numbered by are none of a document.
    let parts = register.definition.tree.root?.members.filter { $0.key.text != "numbering" } ?? []
    let roots = rulebook.schemas.compactMap(\.root) + parts.map(\.value)
    for text in roots.flatMap({ RunningText.all(below: $0) }) {
      for name in scanner.found(in: text.text).names {
        let bytes = Array(text.text.utf8)
        let around = bytes[max(0, name.lowerBound - 1)..<min(bytes.count, name.upperBound + 1)]
        guard isDistinct || bytes.count == name.count || quoted.contains(Array(around)) else {
          continue
        }
        rules.append(text.place(of: name))
      }
    }
  }

  // MARK: Clauses

  /// Adds the letters that the numbers of the document's clauses begin with, in it and where they are cited.
  private mutating func addClauses() {
    guard register.shape == .document, register.numbering?.namesDocument == true else { return }
    for (number, other) in index.snapshot.catalogue.registers.enumerated() {
      guard
        let parameters = other.rules.first(where: {
          $0.key.text == RegisterRule.clauseReferences.name
        })
      else { continue }
      let rule = RegisterCase(
        inspection: inspection, position: number, parameters: parameters.value)
      guard rule.text("documents") == register.name, let template = rule.text("id"),
        let numbering = register.numbering,
        let old = Self.letters(of: record.id, template),
        let letters = Self.letters(of: new, template)
      else { continue }
      addMarkers(old, letters)
      for owner in rule.records {
        for text in rule.runningTexts(of: owner) {
          for citation in Citation.all(in: text.text, numbering)
          where citation.number.prefix(while: { $0.isASCII && $0.isUppercase }) == old {
            let stretch = citation.range.lowerBound..<(citation.range.lowerBound + old.utf8.count)
            // Of a list of clauses the later ones may stand without the letters.
            guard text.text.utf8.dropFirst(stretch.lowerBound).starts(with: old.utf8) else {
              continue
            }
            add(.clause, letters, stretch, of: text)
          }
        }
      }
    }
  }

  private static func letters(of id: String, _ template: String) -> String? {
    guard let mark = template.firstRange(of: "$1") else { return nil }
    let (before, after) = (template[..<mark.lowerBound], template[mark.upperBound...])
    guard id.hasPrefix(before), id.hasSuffix(after), id.count > before.count + after.count else {
      return nil
    }
    let letters = id.dropFirst(before.count).dropLast(after.count)
    return letters.allSatisfy { $0.isASCII && $0.isUppercase } ? String(letters) : nil
  }

  private mutating func addMarkers(_ old: String, _ letters: String) {
    for passage in inspection.passages[record.path] {
      // The signs of a heading or of a bullet stand before it.
      let signs = passage.marker.utf8.prefix { "#-*+ \t".utf8.contains($0) }.count
      let number = passage.marker.dropFirst(signs)
      guard number.hasPrefix(old),
        number.dropFirst(old.count).first.map({ !$0.isLetter }) ?? true
      else { continue }
      let start = passage.markerRange.lowerBound + signs
      add(
        NamedPlace(
          kind: .clause, range: SourceRange(record.path, start..<(start + old.utf8.count)),
          replacement: letters, values: []))
    }
  }
}

/// A link of Markdown to a file.
private let link = try? Pattern(ecma262: #"\]\((?![a-z]+:)([^)\s#]+\.md)(?:#[^)\s]*)?\)"#)

extension String {
  /// The text without the white space around it.
  fileprivate var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}

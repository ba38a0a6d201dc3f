import Comparison
package import Diagnostics
import Patterns
package import Registry
import SourceText
import Syntax

extension RegisterRule {
  /// A document holds no word that a record holds: it names the record in the place of the words, as minutes
  /// name their resolutions and actions.
  static let recordLinks = RegisterRule(
    "record-links", [.unresolvedName, .unnamedPart],
    requirement: "What a document names in brackets is there, and it names all that is of it.",
    concernsAll: true, judgesEach: true, tellsMissing: true, findsAny: true,
    [
      Parameter(
        name: "of", kind: .property,
        meaning: "The property with the id of what the document is of.",
        isRequired: false),
      Parameter(
        name: "parts", kind: .registers, meaning: "The registers with what the document must name.",
        isRequired: false, fieldsIn: "by"),
      Parameter(
        name: "by", kind: .texts,
        meaning:
          "The ways of 'parts' to the ids of what they are of: that of the document, or an item that it names.",
        isRequired: false),
    ]
  ) { rule, report in
    for record in rule.records {
      let passages = rule.inspection.passages[record.path]
      let names = passages.compactMap { NamedRecord(in: $0, of: record) }
      for name in names where record.node[name.id] == nil && !rule.hasRecord(name.id) {
        report.error(
          .unresolvedName, .nothingNamed(name.id), at: name.range,
          help: "Name an item, as 'register/id' where several have the id, or a field of the head",
          item: record.id)
      }
      // A head alone says that the text is not held.
      guard passages.contains(where: { $0.kind != .head && !$0.text.isEmpty }) else { continue }
      var known = Set(names.map(\.id))
      if let own = rule.text("of").flatMap({ record.node[$0]?.text }) { known.insert(own) }
      checkParts(of: record, known, rule, into: &report)
    }
  }

  private static func checkParts(
    of document: Record, _ known: Set<String>, _ rule: RegisterCase, into report: inout Report
  ) {
    let ways = rule.texts("by")
    for register in rule.texts("parts") {
      guard let position = rule.index.position(ofRegister: register), rule.index.isWhole(position)
      else { continue }
      for part in rule.index.records[position]
      where !known.contains(part.id) && !known.contains("\(register)/\(part.id)") {
        let owners = ways.lazy.flatMap { part.values(at: $0) }
        guard let owner = owners.first(where: { known.contains($0.text ?? "") }) else { continue }
        report.error(
          .unnamedPart, .notNamed(part.id, owner.text ?? "", document.id),
          at: document.idNode.range,
          related: [.init("it is said to be of '\(owner.text ?? "")' here", at: owner.range)],
          help: "Write '[\(part.id)]' where its words stand", item: document.id)
      }
    }
  }
}

extension RegisterRule {
  /// Returns the ids that documents name in brackets.
  ///
  /// - Parameter snapshot: The documents, among other files.
  /// - Returns: For each register of the catalogue that may have them, the ids.
  static func idsNamed(in snapshot: Snapshot) -> [Int: Set<String>] {
    let registers = snapshot.catalogue.registers
    let matcher = PatternMatcher()
    var named: [Int: Set<String>] = [:]
    for file in snapshot.files {
      let own = registers[file.register]
      guard
        own.rules.contains(where: { $0.key.text == recordLinks.name && $0.value.bool != false }),
        let source = file.source, let record = file.records.first
      else { continue }
      for name in Passage.passages(of: source, own.numbering)
        .compactMap({ NamedRecord(in: $0, of: record)?.id })
      where record.node[name] == nil {
        for (position, register) in registers.enumerated() {
          let id = register.id(ofName: name)
          if register.isRegular(id, with: matcher) { named[position, default: []].insert(id) }
        }
      }
    }
    return named
  }

  /// Finds the documents that name a record in the place of its words, as minutes name an action.
  ///
  /// - Parameters:
  ///   - record: The record.
  ///   - register: Its register.
  ///   - index: All records.
  /// - Returns: The places in the order of registers and files.
  package static func places(
    naming record: Record, in register: Register, _ index: RecordIndex
  ) -> [CitedPlace] {
    let names = [record.id, "\(register.name)/\(record.id)"]
    var places: [CitedPlace] = []
    for (position, other) in index.snapshot.catalogue.registers.enumerated()
    where other.rules.contains(where: { $0.key.text == recordLinks.name }) {
      for document in index.records[position] {
        guard let source = index.snapshot.source(at: document.path) else { continue }
        for passage in Passage.passages(of: source, other.numbering) {
          guard let name = NamedRecord(in: passage, of: document), names.contains(name.id) else {
            continue
          }
          places.append(CitedPlace(record: document, register: other, range: name.range))
        }
      }
    }
    return places
  }
}

/// A passage that is the name of a record in brackets and nothing else.
private struct NamedRecord {
  let id: String
  let range: SourceRange

  init?(in passage: Passage, of document: Record) {
    switch passage.kind {
    case .heading, .paragraph, .item: break
    case .head, .row, .code, .other: return nil
    }
    let text = passage.text
    guard text.first == "[", text.last == "]", text.dropFirst().first != "^" else { return nil }
    let id = text.dropFirst().dropLast()
    guard !id.isEmpty, !id.contains(where: { "[]\n".contains($0) }),
      let place = passage.source.firstRange(of: text)
    else { return nil }
    let start =
      passage.range.lowerBound
      + passage.source.utf8.distance(from: passage.source.startIndex, to: place.lowerBound)
    self.id = String(id)
    range = SourceRange(document.path, start..<(start + text.utf8.count))
  }
}

extension RegisterCase {
  /// Whether a register has, or had, a record of a name: its id, with or without the name of its register.
  ///
  /// What a document says of a record stays true when the record gets another id.
  fileprivate func hasRecord(_ name: String) -> Bool {
    let registers = index.snapshot.catalogue.registers
    return registers.indices.contains { position in
      let id = registers[position].id(ofName: name)
      return index.has(id, in: position)
        || inspection.record(formerly: id, in: position) != nil
    }
  }
}

extension Register {
  /// Returns the id that a name has in the register: without that of the register before it.
  fileprivate func id(ofName text: String) -> String {
    text.hasPrefix(name + "/") ? String(text.dropFirst(name.count + 1)) : text
  }
}

extension Diagnostic.Code {
  /// A document names in brackets what is not there.
  package static let unresolvedName: Self = "document/unresolved-name"
  /// A document does not name what is of it.
  package static let unnamedPart: Self = "document/unnamed-part"
}

extension Diagnostic.Message {
  fileprivate static func nothingNamed(_ id: String) -> Self { "there is no '\(id)'" }
  fileprivate static func notNamed(_ part: String, _ owner: String, _ document: String) -> Self {
    "'\(part)' is of '\(owner)', and '\(document)' does not name it"
  }
}

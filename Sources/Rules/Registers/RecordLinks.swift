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
    let parts = rule.texts("parts").compactMap {
      OwnedParts(in: $0, by: rule.texts("by"), rule.index)
    }
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
      for parts in parts { checkParts(parts, of: record, known, into: &report) }
    }
  }

  private static func checkParts(
    _ parts: OwnedParts, of document: Record, _ known: Set<String>, into report: inout Report
  ) {
    for (part, owner) in parts.parts(of: known)
    where !known.contains(part.id) && !known.contains("\(parts.register)/\(part.id)") {
      report.error(
        .unnamedPart, .notNamed(part.id, owner.text ?? "", document.id),
        at: document.idNode.range,
        related: [.init("it is said to be of '\(owner.text ?? "")' here", at: owner.range)],
        help: "Write '[\(part.id)]' where its words stand", item: document.id)
    }
  }
}

/// The records of a register by what they are of.
private struct OwnedParts {
  /// The name of the register.
  let register: String
  private let records: [Record]
  /// For each record, the values with the ids of what it is of.
  private let owners: [[Node]]
  /// The positions of the records by those ids.
  private var positions: [String: [Int]] = [:]

  /// Looks through a register; `nil` where there is none, or not all of it was read.
  ///
  /// - Parameters:
  ///   - register: Its name.
  ///   - ways: The ways to the ids of what records are of.
  ///   - index: All records.
  init?(in register: String, by ways: [String], _ index: RecordIndex) {
    guard let position = index.position(ofRegister: register), index.isWhole(position) else {
      return nil
    }
    self.register = register
    records = index.records[position]
    owners = records.map { record in ways.flatMap { record.values(at: $0) } }
    for (position, owners) in owners.enumerated() {
      for id in Set(owners.map { $0.text ?? "" }) { positions[id, default: []].append(position) }
    }
  }

  /// Returns the records that are of one of some items, in their order, each with the first value that says so.
  func parts(of items: Set<String>) -> [(part: Record, owner: Node)] {
    Set(items.flatMap { positions[$0] ?? [] }).sorted().compactMap { position in
      owners[position].first { items.contains($0.text ?? "") }.map { (records[position], $0) }
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
    let bytes = passage.source.utf8
    // Most passages have no bracket, or do not end with one or with attributes.
    guard let open = bytes.firstIndex(of: UInt8(ascii: "[")),
      let last = bytes.last(where: { $0 > 0x20 }), "]}".utf8.contains(last)
    else { return nil }
    let text = passage.text
    guard text.first == "[", text.last == "]", text.dropFirst().first != "^" else { return nil }
    let id = text.dropFirst().dropLast()
    guard !id.isEmpty, !id.contains(where: { "[]\n".contains($0) }),
      let place = bytes[open...].starts(with: text.utf8)
        ? open : passage.source.firstRange(of: text)?.lowerBound
    else { return nil }
    let start =
      passage.range.lowerBound + bytes.distance(from: passage.source.startIndex, to: place)
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

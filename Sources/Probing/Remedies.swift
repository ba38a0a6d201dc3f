import Registry
import Rules
import Syntax

/// Which keywords of schemas and rules of the catalogue would notice slips.
struct Remedies: Sendable {
  private let surveys: [Int: RegisterSurvey]
  private let shapes: [Int: [String: FieldShape]]
  private let narrative: [Int: Set<String>]
  private let registers: [Register]
  /// For each id, the registers that have it.
  private let owners: [String: [Int]]

  init(_ makers: [Int: SlipMaker], _ index: RecordIndex) {
    registers = index.snapshot.catalogue.registers
    surveys = makers.mapValues(\.survey)
    var shapes: [Int: [String: FieldShape]] = [:]
    var narrative: [Int: Set<String>] = [:]
    for (position, maker) in makers {
      var maker = maker
      for way in maker.survey.fields.keys {
        shapes[position, default: [:]][way] = maker.shapes[way]
        if maker.isNarrative(way) { narrative[position, default: []].insert(way) }
      }
    }
    self.shapes = shapes
    self.narrative = narrative
    var owners: [String: [Int]] = [:]
    for (position, records) in index.records.enumerated() {
      for record in records { owners[record.id, default: []].append(position) }
    }
    self.owners = owners
  }

  /// Returns what would notice slips of a kind in a field, the nearest first.
  func names(for kind: Slip.Kind, _ way: String, of register: Int) -> [String] {
    let shape = shapes[register]?[way] ?? FieldShape()
    switch kind {
    case .value:
      return [
        shape.states == nil ? "x-rules with another field" : "x-states: demands",
        "x-immutable-when",
      ]
    case .state: return ["x-states: transitions"]
    case .rewritten: return ["x-immutable-when", "x-append-only"]
    case .recordRemoved: return ["nothing-open-vanishes", "never-reused-ids with tombstones"]
    case .elementRemoved, .elementsSwapped: return ["x-append-only", "x-immutable-when"]
    case .fieldRemoved:
      let isEverywhere = surveys[register]?.owners[way] == surveys[register]?.recordCount
      return [isEverywhere ? "required" : "x-rules: oldSelf.all(field, field in self)"]
    case .neighbour: return ["x-computed", "mutual-references", "x-rules with record(…)"]
    case .number: return ["x-computed", "x-rules with another field", "maximum"]
    case .letter, .year, .digits, .text:
      if narrative[register]?.contains(way) == true {
        return ["x-immutable-when, once it is final"]
      }
      return wording(kind, way, of: register, shape)
    }
  }

  private func wording(
    _ kind: Slip.Kind, _ way: String, of register: Int, _ shape: FieldShape
  ) -> [String] {
    guard let counts = surveys[register]?.fields[way]?.counts, !counts.isEmpty else { return [] }
    let texts = Array(counts.keys)
    if shape.isOpen {
      if let target = target(of: texts, from: register) { return ["x-references: \(target)"] }
      let isDate = texts.allSatisfy { Day($0) != nil }
      if isDate { return ["format: date", "dates-in-order"] }
      let uses = counts.values.reduce(0, +)
      if uses >= 4, counts.count * 3 <= uses { return ["enum of \(counts.count) values"] }
      if kind != .text, texts.count > 2, !texts.contains(where: { $0.contains(" ") }) {
        return ["pattern", "x-immutable-when"]
      }
    }
    switch kind {
    case .year: return ["dates-in-order", "x-rules with another date", "x-immutable-when"]
    case .text where counts.values.allSatisfy({ $0 == 1 }): return ["x-unique", "x-immutable-when"]
    case .digits: return ["x-rules with another field", "x-immutable-when"]
    default: return ["x-immutable-when"]
    }
  }

  /// Returns the register that all texts are ids of; `nil` where there is none, or no second text.
  private func target(of texts: [String], from register: Int) -> String? {
    guard texts.count > 1, let first = texts.first else { return nil }
    let position = owners[first]?.first { position in
      position != register && texts.allSatisfy { owners[$0]?.contains(position) == true }
    }
    return position.map { registers[$0].name }
  }
}

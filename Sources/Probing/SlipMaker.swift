import JSONSchema
import Registry
import Rules
import SourceText
import Syntax

/// Makes the slips of one register.
struct SlipMaker {
  private let index: RecordIndex
  private let position: Int
  private let register: Register
  private let records: [Record]
  private let seed: UInt64
  private let closed: ClosedItems
  let survey: RegisterSurvey
  var shapes: FieldShapes

  /// Prepares a register.
  ///
  /// - Parameters:
  ///   - position: The register, by its position in the catalogue.
  ///   - trial: The version.
  ///   - final: What does not change any more, file by file.
  ///   - seed: What decides which of many letters, digits and elements are taken.
  init(of position: Int, in trial: Trial, final: [RepoPath: [Node]], seed: UInt64) {
    index = trial.base
    self.position = position
    self.seed = seed
    let rulebook = index.snapshot.rulebook
    register = rulebook.catalogue.registers[position]
    records = index.records[position]
    survey = RegisterSurvey(of: records)
    shapes = FieldShapes(of: rulebook.programs[position])
    closed = ClosedItems(of: register, final: final)
  }

  /// Whether the texts of a field are free narrative.
  mutating func isNarrative(_ way: String) -> Bool {
    shapes[way].isOpen && survey.fields[way]?.isProse == true
  }

  /// Returns every slip, record by record and field by field.
  mutating func slips() -> [Slip] {
    var slips: [Slip] = []
    for (number, record) in records.enumerated() {
      guard let source = index.snapshot.file(at: record.path)?.source else { continue }
      let text = SlipText(bytes: source.bytes, isTable: register.shape == .table)
      slips.append(removal(of: record, text))
      let isClosed = closed.isClosed(record, &shapes)
      for place in Place.all(in: record) {
        var making = Making(record: record, number: number, place: place, text: text)
        making.isClosed =
          isClosed || shapes.isKept(place.way) || closed.isFinal(place.node, of: record)
        add(making, to: &slips)
      }
    }
    return slips
  }

  /// One place, while slips of it are made.
  private struct Making {
    let record: Record
    let number: Int
    let place: Place
    let text: SlipText
    var isClosed = false
  }

  private func removal(of record: Record, _ text: SlipText) -> Slip {
    let edit: TextEdit?
    switch register.shape {
    case .record, .document: edit = nil
    case .table: edit = text.removingRow(record.node)
    case .list:
      let root = record.node.tree.root
      let place = root?.elements.firstIndex { $0.index == record.node.index }
      edit = root.flatMap { root in place.flatMap { text.removing(element: $0, of: root) } }
    }
    return Slip(
      kind: .recordRemoved, register: position, item: record.id, field: "", isOfNarrative: false,
      path: record.path, edit: edit, offset: record.node.range.offsets.lowerBound, old: record.id,
      new: nil)
  }

  private mutating func add(_ making: Making, to slips: inout [Slip]) {
    let place = making.place
    for kind in Slip.Kind.allCases {
      var dice = Dice(seed, register.name, making.record.id, place.exactWay, kind.rawValue)
      guard let edit = edit(of: kind, making, &dice) else { continue }
      let isGone = kind == .fieldRemoved || kind == .elementRemoved
      let (old, new) = Self.excerpt(of: edit, in: making.text, around: place.node)
      slips.append(
        Slip(
          kind: kind, register: position, item: making.record.id, field: place.way,
          isOfNarrative: kind.isOfWording && isNarrative(place.way), path: making.record.path,
          edit: edit, offset: place.node.range.offsets.lowerBound, old: old,
          new: isGone ? nil : new))
    }
  }

  private mutating func edit(
    of kind: Slip.Kind, _ making: Making, _ dice: inout Dice
  ) -> TextEdit? {
    let (place, text) = (making.place, making.text)
    let node = place.node
    let shape = shapes[place.way]
    switch kind {
    case .value: return otherValue(than: node, shape, text, &dice)
    case .state:
      guard let state = node.string, let states = shape.states else { return nil }
      return dice.pick(closed.jumps(from: state, states, shape.values)).map {
        text.replacing(node, with: $0)
      }
    case .letter: return node.kind == .string ? text.letterDropped(from: node, &dice) : nil
    case .neighbour:
      guard let id = node.string else { return nil }
      let own = node.index == making.record.idNode.index ? [register.name] : []
      return neighbour(of: id, in: shape.targets + own).map { text.replacing(node, with: $0) }
    case .year: return node.kind == .string ? text.yearOff(in: node, &dice) : nil
    case .digits:
      let isWritten = node.kind == .string || node.kind == .number
      return isWritten ? text.digitsSwapped(in: node, &dice) : nil
    case .number: return text.numberOff(node, &dice)
    case .text:
      guard let own = node.string, shape.values.isEmpty, shape.targets.isEmpty,
        node.index != making.record.idNode.index,
        let other = survey.fields[place.way]?.otherText(than: own, after: making.number)
      else { return nil }
      return text.replacing(node, with: other)
    case .rewritten:
      guard making.isClosed, node.kind == .string, shape.isOpen else { return nil }
      return text.wordDropped(from: node, &dice)
    case .fieldRemoved:
      return place.owner.kind == .object ? text.removing(place.position, of: place.owner) : nil
    case .elementRemoved:
      guard let position = dice.pick(Array(node.elements.indices)) else { return nil }
      return text.removing(element: position, of: node)
    case .elementsSwapped:
      guard node.count > 1, let position = dice.pick(Array(node.elements.indices.dropLast())) else {
        return nil
      }
      return text.swapping(element: position, of: node)
    case .recordRemoved: return nil
    }
  }

  private func otherValue(
    than node: Node, _ shape: FieldShape, _ text: SlipText, _ dice: inout Dice
  ) -> TextEdit? {
    if let bool = node.bool { return text.replacing(node, with: "\(!bool)", isText: false) }
    guard let value = node.string else { return nil }
    return dice.pick(shape.values.filter { $0 != value }).map { text.replacing(node, with: $0) }
  }

  /// Returns the id after one in the register that has it.
  private func neighbour(of id: String, in names: [String]) -> String? {
    for position in names.compactMap({ index.position(ofRegister: $0) }) {
      let records = index.records[position]
      guard let place = records.firstIndex(where: { $0.id == id }) else { continue }
      let other = records[(place + 1) % records.count].id
      return other == id ? nil : other
    }
    return nil
  }

  /// Returns what an edit changes with some words around it, before and after, on one line.
  private static func excerpt(
    of edit: TextEdit, in text: SlipText, around node: Node
  ) -> (old: String, new: String) {
    let whole = text.stretch(of: node)
    let low = max(min(whole.lowerBound, edit.range.lowerBound), edit.range.lowerBound - 24)
    let high = min(max(whole.upperBound, edit.range.upperBound), edit.range.upperBound + 24)
    let (head, tail) = (
      text.bytes[low..<edit.range.lowerBound], text.bytes[edit.range.upperBound..<high]
    )
    func line(_ bytes: some Collection<UInt8>) -> String {
      let words = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace)
      let line = words.joined(separator: " ")
      return line.count > 72 ? line.prefix(71) + "…" : line
    }
    return (line(text.bytes[low..<high]), line(head + edit.bytes + tail))
  }
}

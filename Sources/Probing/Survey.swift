import Registry
import Syntax

/// What stands in a record, with the way to it and what it is a part of.
struct Place {
  let node: Node
  /// Such as `updates[].text`.
  let way: String
  /// The same with the positions of elements, such as `updates[2].text`.
  let exactWay: String
  /// The mapping or list that it is a part of, and its position there.
  let owner: Node
  let position: Int

  /// Returns all that stands in a record, in its order.
  static func all(in record: Record) -> [Place] {
    var places: [Place] = []
    var open = parts(of: record.node, "", "")[...]
    var later: [ArraySlice<Place>] = []
    while true {
      guard let place = open.popFirst() else {
        guard let next = later.popLast() else { return places }
        open = next
        continue
      }
      places.append(place)
      let inner = parts(of: place.node, place.way, place.exactWay)
      guard !inner.isEmpty else { continue }
      later.append(open)
      open = inner[...]
    }
  }

  private static func parts(of node: Node, _ way: String, _ exactWay: String) -> [Place] {
    switch node.kind {
    case .object:
      let dot = way.isEmpty ? "" : "."
      return node.members.enumerated().map { position, member in
        let name = member.key.text ?? ""
        return Place(
          node: member.value, way: way + dot + name, exactWay: exactWay + dot + name, owner: node,
          position: position)
      }
    case .array:
      return node.elements.enumerated().map { position, element in
        Place(
          node: element, way: way + "[]", exactWay: "\(exactWay)[\(position)]", owner: node,
          position: position)
      }
    default: return []
    }
  }
}

/// What the records of a register say in one field.
struct FieldSurvey: Sendable {
  /// The values in the order of records, each with the position of its record.
  private(set) var values: [(record: Int, text: String)] = []
  private var words = 0
  /// For each text that is there, how often.
  private(set) var counts: [String: Int] = [:]

  mutating func add(_ text: String, of record: Int) {
    values.append((record, text))
    counts[text, default: 0] += 1
    words += text.split(whereSeparator: \.isWhitespace).count
  }

  /// Whether the texts are prose: five words or more on average.
  var isProse: Bool { words >= 5 * values.count }

  /// Returns what the next record says that says something else; `nil` where none does.
  func otherText(than text: String, after record: Int) -> String? {
    let later = values.first { $0.record > record && $0.text != text }
    return (later ?? values.first { $0.record != record && $0.text != text })?.text
  }
}

/// What the records of a register say, field by field.
struct RegisterSurvey: Sendable {
  private(set) var fields: [String: FieldSurvey] = [:]
  /// How many records have the field.
  private(set) var owners: [String: Int] = [:]
  let recordCount: Int

  init(of records: [Record]) {
    recordCount = records.count
    for (position, record) in records.enumerated() {
      for place in Place.all(in: record) {
        if let text = place.node.text {
          fields[place.way, default: .init()].add(text, of: position)
        }
      }
      for member in record.node.members { owners[member.key.text ?? "", default: 0] += 1 }
    }
  }
}

import Editing
import Registry
import SourceText
import Syntax

/// What is to be changed in the text of a record, so that it is what it was at an earlier step.
///
/// Entries that came later are left out, and what they set is as it was before them: as the first of them
/// says under `was`, else as the last entry that is left sets it, else as the register's habit has it.
struct PastRecord {
  /// The stretches of the file that are replaced, in order; none meets another.
  private(set) var edits: [(range: Range<Int>, text: [UInt8])] = []
  /// The properties that have another value than now, or none.
  private(set) var values: [String: [UInt8]?] = [:]
  /// Whether the text cannot be cut where it has to be.
  private(set) var isIndivisible = false

  private let timeline: Timeline
  private let step: Int
  private let habit: HistoryScript.RegisterHabit?
  /// The entry that is there whatever it says, since the record is.
  private let first: Int?

  /// A record of which nothing is left out.
  init(_ timeline: Timeline) {
    self.timeline = timeline
    step = timeline.never
    habit = nil
    first = nil
  }

  /// - Parameters:
  ///   - record: The record, as it is now.
  ///   - stretch: The part of the file that it stands in.
  ///   - register: Its register.
  ///   - step: The step that is asked for.
  ///   - isStub: Whether its own time has not come, and another record names it already.
  ///   - timeline: When what is there.
  init(
    _ record: Record, in stretch: Range<Int>, of register: Register, at step: Int, isStub: Bool,
    _ timeline: Timeline
  ) {
    self.timeline = timeline
    self.step = step
    habit = timeline.script.registers[register.name]
    first =
      timeline.script.since[record.id] == nil ? nil : record.node["history"]?.elements.first?.index
    guard let cut = YAMLCut(record.node, in: stretch, isRoot: register.shape != .list) else {
      isIndivisible = true
      return
    }
    let stub = isStub ? habit?.stub : nil
    values = values(of: record.node)
    for part in cut.parts {
      let key = part.key ?? ""
      if stub?.contains(key) == false || isLater(part) {
        remove(part)
      } else if let value = values[key] {
        if let value {
          edits.append((part.range, Array("\(key): ".utf8) + value + [0x0A]))
        } else {
          remove(part)
        }
      } else {
        shorten(part)
      }
    }
    edits.sort { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// Returns the text of a property as it was then.
  func text(of property: String, in record: Record) -> String? {
    guard let value = values[property] else { return record.text(of: property) }
    return value.map { String(decoding: $0, as: UTF8.self) }
  }

  /// Whether a place is left out.
  func leavesOut(_ offset: Int) -> Bool {
    edits.contains { $0.range.contains(offset) }
  }

  private mutating func remove(_ part: YAMLPart) {
    edits.append((part.lead.lowerBound..<part.range.upperBound, []))
  }

  /// Where something comes from is said of it as soon as it is there.
  private static let provenance: Set<String> = ["source", "sources"]

  private func isLater(_ part: YAMLPart) -> Bool {
    !Self.provenance.contains(part.key ?? "") && isLater(part.value)
  }

  private func isLater(_ node: Node) -> Bool {
    node.kind == .object && node.index != first
      && (timeline.begin(of: node).map { $0 > step } ?? false)
  }

  // MARK: Lists

  /// Leaves out of a list, and of the lists in it, what came later.
  private mutating func shorten(_ part: YAMLPart) {
    guard !Self.provenance.contains(part.key ?? ""), Self.hasLater(part.value, isLater) else {
      return
    }
    guard let cut = YAMLCut(part.value, in: part.range) else {
      isIndivisible = true
      return
    }
    if part.value.kind == .object {
      for member in cut.parts {
        if isLater(member) { remove(member) } else { shorten(member) }
      }
      return
    }
    let later = cut.parts.filter { isLater($0.value) }
    if later.count == cut.parts.count {
      remove(part)
    } else if cut.isFlow, !later.isEmpty {
      isIndivisible = true
    } else {
      for element in cut.parts {
        if isLater(element.value) { remove(element) } else { shorten(element) }
      }
    }
  }

  /// Whether anything below a value is left out.
  ///
  /// Values are no deeper than the reader takes them.
  private static func hasLater(_ node: Node, _ isLater: (Node) -> Bool) -> Bool {
    switch node.kind {
    case .array: node.elements.contains { isLater($0) || hasLater($0, isLater) }
    case .object:
      node.members.contains {
        !provenance.contains($0.key.text ?? "")
          && (isLater($0.value) || hasLater($0.value, isLater))
      }
    default: false
    }
  }

  // MARK: Values

  /// Returns the properties that have another value than now: its text, or `nil` where there was none.
  private func values(of record: Node) -> [String: [UInt8]?] {
    let entries = record.members.filter { $0.value.kind == .array }
      .flatMap(\.value.elements).filter { $0.kind == .object }
    let later = entries.filter(isLater)
    let kept = entries.filter { !isLater($0) }
    var values: [String: [UInt8]?] = [:]
    let sets = (habit?.sets ?? [:]).merging(timeline.script.settable.map { ($0, $0) }) { own, _ in
      own
    }
    for (property, key) in sets
    where later.contains(where: { $0[key] != nil || $0["was"]?[key] != nil }) {
      let node =
        later.lazy.compactMap { $0["was"]?[key] }.first ?? kept.lazy.compactMap { $0[key] }.last
      values[property] = .some(
        node.map(Self.text)
          ?? habit?.initial[property].map { initial in
            // One in braces is what another property says.
            initial.hasPrefix("{")
              ? record[String(initial.dropFirst().dropLast())].map(Self.text) ?? []
              : Array(initial.utf8)
          })
    }
    for (property, before) in habit?.before ?? [:] {
      guard let node = record[property] else { continue }
      let begin = node.text.flatMap { timeline.step(of: $0) } ?? timeline.begin(of: node)
      guard let begin, begin > step else { continue }
      values[property] = .some(nil)
      for (key, value) in before { values[key] = .some(value.isEmpty ? nil : Array(value.utf8)) }
    }
    return values
  }

  /// Returns a value as it is written, without the line end behind it.
  private static func text(of node: Node) -> [UInt8] {
    var bytes = node.tree.file.bytes[node.range.offsets]
    while let last = bytes.last, last == 0x0A || last == 0x20 { bytes.removeLast() }
    return Array(bytes)
  }
}

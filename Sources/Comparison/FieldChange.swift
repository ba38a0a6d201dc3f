package import Syntax

/// A value of a record that differs between two versions.
package struct FieldChange: Sendable {
  /// The way to the value: `mitigations[].text`, with the key of an element where it has one.
  package let path: String
  /// The value before; `nil` where there was none.
  package let old: Node?
  /// The value now; `nil` where there is none.
  package let new: Node?

  /// The two wordings, where both are texts.
  package var wording: Wording? {
    guard let old, let new, old.kind == .string, new.kind == .string else { return nil }
    return Wording(from: old.text ?? "", to: new.text ?? "")
  }

  /// Compares two mappings field by field.
  ///
  /// - Parameters:
  ///   - old: The mapping before.
  ///   - new: The mapping now.
  ///   - path: The way to both, to begin paths with.
  /// - Returns: What differs, in the order of the new mapping, what is gone last.
  package static func changes(from old: Node, to new: Node, at path: String = "") -> [FieldChange] {
    if old.isSame(as: new) { return [] }
    guard old.kind == new.kind else { return [FieldChange(path: path, old: old, new: new)] }
    switch old.kind {
    case .object:
      var changes: [FieldChange] = []
      for member in new.members {
        let name = member.key.text ?? ""
        let way = path.isEmpty ? name : path + "." + name
        if let before = old[name] {
          changes += self.changes(from: before, to: member.value, at: way)
        } else {
          changes.append(FieldChange(path: way, old: nil, new: member.value))
        }
      }
      for member in old.members where new[member.key.text ?? ""] == nil {
        let name = member.key.text ?? ""
        changes.append(
          FieldChange(path: path.isEmpty ? name : path + "." + name, old: member.value, new: nil))
      }
      return changes
    case .array: return listChanges(old.elements, new.elements, path)
    default: return [FieldChange(path: path, old: old, new: new)]
    }
  }

  /// Compares two lists by what their elements say.
  private static func listChanges(
    _ old: [Node], _ new: [Node], _ path: String
  ) -> [FieldChange] {
    var pairs: [(old: Int, new: Int)] = []
    var freeOld = Set(old.indices)
    var freeNew = Set(new.indices)
    func pair(_ one: Int, _ two: Int) {
      pairs.append((one, two))
      freeOld.remove(one)
      freeNew.remove(two)
    }
    // Equal elements first: of several equal ones as many as both sides have.
    for two in new.indices {
      if let one = old.indices.first(where: { freeOld.contains($0) && old[$0].isSame(as: new[two]) }
      ) {
        pair(one, two)
      }
    }
    // Then mappings with the same value of the field that tells elements apart.
    if let key = Self.key(of: old, new) {
      for two in new.indices where freeNew.contains(two) {
        guard let text = new[two][key]?.text else { continue }
        if let one = old.indices.first(where: { freeOld.contains($0) && old[$0][key]?.text == text }
        ) {
          pair(one, two)
        }
      }
    }
    // Then the most similar ones.
    let likeness = (old.map { Likeness($0.prose) }, new.map { Likeness($0.prose) })
    var candidates: [(score: Double, old: Int, new: Int)] = []
    for one in freeOld {
      for two in freeNew where old[one].kind == new[two].kind {
        let score = likeness.0[one].likeness(to: likeness.1[two])
        if score >= 0.5, likeness.0[one].total > 1 { candidates.append((score, one, two)) }
      }
    }
    candidates.sort { ($0.score, $1.old, $1.new) > ($1.score, $0.old, $0.new) }
    for candidate in candidates
    where freeOld.contains(candidate.old) && freeNew.contains(candidate.new) {
      pair(candidate.old, candidate.new)
    }
    var changes: [FieldChange] = []
    let before = Dictionary(pairs.map { ($0.new, $0.old) }, uniquingKeysWith: { one, _ in one })
    for two in new.indices {
      let way = path + "[\(Self.label(of: new[two], at: two))]"
      if let one = before[two] {
        changes += self.changes(from: old[one], to: new[two], at: way)
      } else {
        changes.append(FieldChange(path: way, old: nil, new: new[two]))
      }
    }
    for one in freeOld.sorted() {
      changes.append(
        FieldChange(path: path + "[\(Self.label(of: old[one], at: one))]", old: old[one], new: nil))
    }
    return changes
  }

  /// The fields that elements of lists are known by, the surest first.
  private static let keys = [
    "id", "ref", "reference", "number", "meeting", "name", "date", "item", "category", "document",
  ]

  /// Returns the field that tells the elements of two lists apart: all have it, each with its own
  /// value.
  private static func key(of old: [Node], _ new: [Node]) -> String? {
    keys.first { key in
      [old, new].allSatisfy { list in
        let values = list.compactMap { $0[key]?.text }
        return values.count == list.count && Set(values).count == values.count
      }
    }
  }

  /// Returns what names an element: its key, else its place, from 1.
  private static func label(of element: Node, at position: Int) -> String {
    for key in keys.prefix(6) {
      if let text = element[key]?.text, text.utf8.count <= 40 { return text }
    }
    return String(position + 1)
  }
}

extension Node {
  /// All texts of a value, as prose.
  fileprivate var prose: String {
    switch kind {
    case .array: elements.map(\.prose).joined(separator: " ")
    case .object: members.map(\.value.prose).joined(separator: " ")
    default: text ?? ""
    }
  }
}

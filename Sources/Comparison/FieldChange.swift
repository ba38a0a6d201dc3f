package import Syntax

/// A value of a record that differs between two versions.
package struct FieldChange: Sendable {
  /// The way to the value: `mitigations[].text`, with the key of an element where it has one.
  package let path: String
  /// The value before; `nil` where there was none.
  package let old: Node?
  /// The value now; `nil` where there is none.
  package let new: Node?
  /// Of a list whose elements stand in another order now, the places that they had before, from 1, in
  /// the order of now; empty for every other change.
  package var order: [Int] = []

  /// The elements of such a list that moved, as few as explain the order, by their places before.
  package var moved: [Int] {
    let kept = Set(Alignment.inOrder(order.enumerated().map { ($0, $1) }).map(\.new))
    return order.filter { !kept.contains($0) }.sorted()
  }

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
  ///   - keys: What the elements of lists are known by.
  /// - Returns: What differs, in the order of the new mapping, what is gone last.
  package static func changes(
    from old: Node, to new: Node, at path: String = "", _ keys: ElementKeys = .init()
  ) -> [FieldChange] {
    if old.isSame(as: new) { return [] }
    guard old.kind == new.kind else { return [FieldChange(path: path, old: old, new: new)] }
    switch old.kind {
    case .object: return memberChanges(old, new, path, keys)
    case .array: return listChanges(old, new, path, keys)
    default: return [FieldChange(path: path, old: old, new: new)]
    }
  }

  /// Returns the members of a mapping that was added or removed as a whole.
  package static func changes(ofWhole node: Node, isAdded: Bool) -> [FieldChange] {
    node.members.map { member in
      FieldChange(
        path: member.key.text ?? "", old: isAdded ? nil : member.value,
        new: isAdded ? member.value : nil)
    }
  }

  private static func memberChanges(
    _ old: Node, _ new: Node, _ path: String, _ keys: ElementKeys
  ) -> [FieldChange] {
    func way(_ member: Node.Member) -> String {
      let name = member.key.text ?? ""
      return path.isEmpty ? name : path + "." + name
    }
    var before = Dictionary(
      old.members.map { ($0.key.bytes, $0.value) }, uniquingKeysWith: { one, _ in one })
    var changes: [FieldChange] = []
    for member in new.members {
      if let value = before.removeValue(forKey: member.key.bytes) {
        changes += self.changes(from: value, to: member.value, at: way(member), keys)
      } else {
        changes.append(FieldChange(path: way(member), old: nil, new: member.value))
      }
    }
    for member in old.members where before[member.key.bytes] != nil {
      changes.append(FieldChange(path: way(member), old: member.value, new: nil))
    }
    return changes
  }

  /// Compares two lists element by element, and by their order.
  private static func listChanges(
    _ old: Node, _ new: Node, _ path: String, _ keys: ElementKeys
  ) -> [FieldChange] {
    let key = keys[new] ?? keys[old]
    let (before, now) = (old.elements, new.elements)
    let matching = ElementMatching(from: before, to: now, key: key)
    var changes: [FieldChange] = []
    for (two, element) in now.enumerated() {
      let way = path + "[\(label(of: element, at: two, key))]"
      if let one = matching.old(of: two) {
        changes += self.changes(from: before[one], to: element, at: way, keys)
      } else {
        changes.append(FieldChange(path: way, old: nil, new: element))
      }
    }
    for (one, element) in before.enumerated() where matching.new(of: one) == nil {
      let way = path + "[\(label(of: element, at: one, key))]"
      changes.append(FieldChange(path: way, old: element, new: nil))
    }
    let places = matching.pairs.map { $0.old + 1 }
    if zip(places, places.dropFirst()).contains(where: { $0 > $1 }) {
      changes.append(FieldChange(path: path, old: old, new: new, order: places))
    }
    return changes
  }

  /// The fields that an element of a list is called by.
  private static let labels = ["id", "ref", "reference", "number", "meeting", "name"]

  /// Returns what names an element: its key, else its place, from 1.
  private static func label(of element: Node, at position: Int, _ key: String?) -> String {
    for key in [key].compactMap(\.self) + labels {
      if let text = element[key]?.text, text.utf8.count <= 40 { return text }
    }
    return String(position + 1)
  }
}

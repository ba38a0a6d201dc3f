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
  ///   - keys: What the elements of lists are known by.
  /// - Returns: What differs, in the order of the new mapping, what is gone last.
  package static func changes(
    from old: Node, to new: Node, at path: String = "", _ keys: ElementKeys = .init()
  ) -> [FieldChange] {
    if old.isSame(as: new) { return [] }
    guard old.kind == new.kind else { return [FieldChange(path: path, old: old, new: new)] }
    switch old.kind {
    case .object:
      var changes: [FieldChange] = []
      for member in new.members {
        let name = member.key.text ?? ""
        let way = path.isEmpty ? name : path + "." + name
        if let before = old[name] {
          changes += self.changes(from: before, to: member.value, at: way, keys)
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
    case .array: return listChanges(old, new, path, keys)
    default: return [FieldChange(path: path, old: old, new: new)]
    }
  }

  /// Compares two lists element by element.
  private static func listChanges(
    _ old: Node, _ new: Node, _ path: String, _ keys: ElementKeys
  ) -> [FieldChange] {
    let key = keys[new] ?? keys[old]
    let (list, old, new) = (path, old.elements, new.elements)
    let matching = ElementMatching(from: old, to: new, key: key)
    var changes: [FieldChange] = []
    for two in new.indices {
      let way = list + "[\(Self.label(of: new[two], at: two, key))]"
      if let one = matching.old(of: two) {
        changes += self.changes(from: old[one], to: new[two], at: way, keys)
      } else {
        changes.append(FieldChange(path: way, old: nil, new: new[two]))
      }
    }
    for one in old.indices where matching.new(of: one) == nil {
      changes.append(
        FieldChange(
          path: list + "[\(Self.label(of: old[one], at: one, key))]", old: old[one], new: nil))
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

import Syntax

/// What a file says after a change, held against what it said before.
struct Proof {
  private let change: Change
  /// Where a new member stands among the members that were there.
  private let position: Int?

  init(_ change: Change, _ position: Int?) {
    self.change = change
    self.position = position
  }

  /// Whether the change was made, and nothing but the change.
  func holds(from old: Node, to new: Node) -> Bool {
    var (old, new) = (old, new)
    guard let last = change.path.steps.last else {
      if case .set(let value) = change.action { return new.isSame(as: value) }
      return false
    }
    for step in change.path.steps.dropLast() {
      guard let (one, other) = descend(step, old, new) else { return false }
      (old, new) = (one, other)
    }
    switch (last, change.action) {
    case (.key(let key), .set(let value)): return isSet(key, value, old, new)
    case (.key(let key), .remove):
      let rest = old.members.filter { $0.key.text != key }
      return new.kind == .object && rest.count + 1 == old.count && isSame(rest, new.members)
    case (.position(let position), .set(let value)):
      var expected = old.elements
      guard expected.indices.contains(position) else { return false }
      expected[position] = value
      return isSame(expected, new)
    case (.position(let position), .insert(let value)):
      var expected = old.elements
      guard position <= expected.count else { return false }
      expected.insert(value, at: position)
      return isSame(expected, new)
    case (.position(let position), .remove):
      var expected = old.elements
      guard expected.indices.contains(position) else { return false }
      expected.remove(at: position)
      return isSame(expected, new)
    case (.key, .insert): return false
    }
  }

  /// Goes one step down, where all that stands beside the way is the same.
  private func descend(_ step: NodePath.Step, _ old: Node, _ new: Node) -> (Node, Node)? {
    guard old.kind == new.kind, old.count == new.count else { return nil }
    switch step {
    case .key(let key):
      var found: (Node, Node)?
      for (one, other) in zip(old.members, new.members) {
        guard one.key.bytes == other.key.bytes else { return nil }
        if one.key.text == key {
          found = (one.value, other.value)
        } else if !one.value.isSame(as: other.value) {
          return nil
        }
      }
      return found
    case .position(let position):
      let (own, others) = (old.elements, new.elements)
      guard own.indices.contains(position), others.indices.contains(position) else { return nil }
      for index in own.indices where index != position {
        guard own[index].isSame(as: others[index]) else { return nil }
      }
      return (own[position], others[position])
    }
  }

  private func isSet(_ key: String, _ value: Node, _ old: Node, _ new: Node) -> Bool {
    guard new.kind == .object, let member = new.member(key), member.value.isSame(as: value) else {
      return false
    }
    let (before, after) = (old.members, new.members)
    if let position {
      guard after.indices.contains(position), after[position].key.text == key else { return false }
    }
    guard old.kind != .object || old[key] == nil || after.count == before.count else {
      return false
    }
    return isSame(before.filter { $0.key.text != key }, after.filter { $0.key.text != key })
  }

  private func isSame(_ one: [Node.Member], _ other: [Node.Member]) -> Bool {
    one.count == other.count
      && zip(one, other).allSatisfy {
        $0.key.bytes == $1.key.bytes && $0.value.isSame(as: $1.value)
      }
  }

  private func isSame(_ elements: [Node], _ list: Node) -> Bool {
    list.kind == .array && elements.count == list.count
      && zip(elements, list.elements).allSatisfy { $0.isSame(as: $1) }
  }
}

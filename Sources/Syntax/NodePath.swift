/// The way from one node of a tree down to another.
package struct NodePath: Hashable, Sendable {
  package enum Step: Hashable, Sendable {
    case key(String)
    case position(Int)
  }

  package let steps: [Step]

  package init(steps: [Step]) { self.steps = steps }

  /// The names of the fields on the way, without the places of elements.
  package var fields: [String] {
    steps.compactMap { step in
      if case .key(let name) = step { return name }
      return nil
    }
  }

  /// Whether the way leads through arrays, whose elements have no identity of their own.
  package var crossesArrays: Bool {
    steps.contains { step in
      if case .position = step { return true }
      return false
    }
  }
}

extension Node {
  /// Returns the way down to a node that stands inside of this one, or is it; `nil` for others.
  package func path(to inner: Node) -> NodePath? {
    guard inner.tree === tree else { return nil }
    var steps: [NodePath.Step] = []
    var node = self
    while node.index != inner.index {
      switch node.kind {
      case .object:
        guard let member = node.members.first(where: { $0.value.contains(inner) }) else {
          return nil
        }
        steps.append(.key(member.key.text ?? ""))
        node = member.value
      case .array:
        let elements = node.elements
        guard let position = elements.firstIndex(where: { $0.contains(inner) }) else { return nil }
        steps.append(.position(position))
        node = elements[position]
      default: return nil
      }
    }
    return NodePath(steps: steps)
  }

  private func contains(_ inner: Node) -> Bool {
    index <= inner.index && inner.index < Int(tree.nodes[index].end)
  }

  /// Returns the node at the end of a way, or `nil` where the way does not lead on.
  package subscript(path: NodePath) -> Node? {
    var node = self
    for step in path.steps {
      let next: Node?
      switch step {
      case .key(let key): next = node[key]
      case .position(let position):
        let elements = node.elements
        next = elements.indices.contains(position) ? elements[position] : nil
      }
      guard let next else { return nil }
      node = next
    }
    return node
  }

  /// Whether two nodes hold the same value: objects whatever the order of their members, numbers and
  /// texts by their bytes.
  package func isSame(as other: Node) -> Bool {
    guard kind == other.kind, count == other.count else { return false }
    switch kind {
    case .null, .true, .false: return true
    case .number, .string: return bytes == other.bytes
    case .array:
      return zip(elements, other.elements).allSatisfy { $0.isSame(as: $1) }
    case .object:
      let (own, others) = (members, other.members)
      // Nearly always the keys stand in one order.
      if zip(own, others).allSatisfy({ $0.key.bytes == $1.key.bytes }) {
        return zip(own, others).allSatisfy { $0.value.isSame(as: $1.value) }
      }
      let values = Dictionary(
        others.map { ($0.key.bytes, $0.value) }, uniquingKeysWith: { one, _ in one })
      return own.allSatisfy { member in
        values[member.key.bytes].map { member.value.isSame(as: $0) } ?? false
      }
    }
  }
}

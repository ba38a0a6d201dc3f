/// A value by what it says, to be looked up: two are equal where ``Node/isSame(as:)`` holds.
package struct NodeValue: Hashable, Sendable {
  package let node: Node
  /// Equal for equal values, in one run of the program.
  package let digest: Int

  /// - Complexity: Linear in the size of the value.
  package init(_ node: Node) {
    self.node = node
    digest = Self.digest(of: node)
  }

  package static func == (one: NodeValue, two: NodeValue) -> Bool {
    one.digest == two.digest && one.node.isSame(as: two.node)
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(digest) }

  private static func digest(of node: Node) -> Int {
    var hasher = Hasher()
    hasher.combine(node.kind)
    switch node.kind {
    case .array:
      for element in node.elements { hasher.combine(digest(of: element)) }
    case .object: hasher.combine(digest(of: node.members))
    default: node.bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
    return hasher.finalize()
  }

  /// Returns a digest of members that does not depend on their order.
  package static func digest(of members: some Sequence<Node.Member>) -> Int {
    members.reduce(0) { sum, member in
      var hasher = Hasher()
      member.key.bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
      hasher.combine(digest(of: member.value))
      return sum &+ hasher.finalize()
    }
  }
}

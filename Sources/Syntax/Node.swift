package import SourceText

/// A place in a ``SyntaxTree``: the friendly way to read one value.
package struct Node: Sendable {
  package let tree: SyntaxTree
  package let index: Int

  package init(tree: SyntaxTree, index: Int) {
    self.tree = tree
    self.index = index
  }

  private var raw: RawNode { tree.nodes[index] }

  package var kind: RawNode.Kind { raw.kind }

  /// Where the value stands, quotes and brackets included.
  package var range: SourceRange {
    SourceRange(tree.file.path, Int(raw.start)..<Int(raw.stop))
  }

  /// The text of a string, a number or another scalar; `nil` for arrays and objects.
  package var text: String? {
    guard kind != .array, kind != .object else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The bytes of a scalar's text; none for arrays and objects.
  package var bytes: ArraySlice<UInt8> {
    guard kind != .array, kind != .object else { return [] }
    let bytes = raw.isDecoded ? tree.values : tree.file.bytes
    return bytes[Int(raw.low)..<Int(raw.high)]
  }

  /// The text, where the value is a string.
  package var string: String? { kind == .string ? text : nil }

  /// The number, where the value is a whole number of 15 digits at the most.
  package var integer: Int? { kind == .number ? text.flatMap { Int(bounded: $0) } : nil }

  /// The truth value, where the value is one.
  package var bool: Bool? {
    switch kind {
    case .true: true
    case .false: false
    default: nil
    }
  }

  /// How many elements or members a container has; 0 for a scalar.
  package var count: Int { kind == .array || kind == .object ? Int(raw.low) : 0 }

  /// The elements of an array in order; empty for anything else.
  package var elements: [Node] {
    guard kind == .array else { return [] }
    return children.map { Node(tree: tree, index: $0) }
  }

  /// The members of an object in order; empty for anything else.
  package var members: [Member] {
    guard kind == .object else { return [] }
    let children = children
    return stride(from: 0, to: children.count - 1, by: 2).map { position in
      Member(
        key: Node(tree: tree, index: children[position]),
        value: Node(tree: tree, index: children[position + 1]))
    }
  }

  /// A key of an object and what stands under it.
  package struct Member: Sendable {
    package let key: Node
    package let value: Node
  }

  /// The value under `key` in an object, or `nil` where there is none.
  package subscript(key: String) -> Node? {
    member(key)?.value
  }

  /// Returns the member of an object with the given key.
  package func member(_ key: String) -> Member? {
    guard kind == .object else { return nil }
    let end = Int(raw.end)
    let length = key.utf8.count
    let found = tree.nodes.withUnsafeBufferPointer { nodes -> Int? in
      var child = index + 1
      while child < end {
        let node = nodes[child]
        // Most keys are told apart by their lengths.
        if Int(node.high) - Int(node.low) == length {
          let bytes = node.isDecoded ? tree.values : tree.file.bytes
          if bytes[Int(node.low)..<Int(node.high)].elementsEqual(key.utf8) { return child }
        }
        child = Int(nodes[child + 1].end)
      }
      return nil
    }
    return found.map { child in
      Member(key: Node(tree: tree, index: child), value: Node(tree: tree, index: child + 1))
    }
  }

  private var children: [Int] {
    var indices: [Int] = []
    var child = index + 1
    while child < Int(raw.end) {
      indices.append(child)
      child = Int(tree.nodes[child].end)
    }
    return indices
  }
}

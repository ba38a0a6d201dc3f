package import SourceText

/// The nodes of one parsed file, each with the exact place where it stands.
///
/// The tree is one arena: an array of fixed-size nodes in document order, and a side buffer for the
/// few scalars whose value is not a stretch of the source (escapes, folded lines). No object and no
/// `String` exists per node until a person reads one. YAML, JSON, CSV and Markdown heads all become
/// the same tree, which holds the JSON data model: what reads it need not know the syntax.
package final class SyntaxTree: Sendable {
  package let file: SourceFile
  package let nodes: [RawNode]
  /// Values that are not stretches of the source, one after the other.
  package let values: [UInt8]

  package init(file: SourceFile, nodes: [RawNode], values: [UInt8]) {
    self.file = file
    self.nodes = nodes
    self.values = values
  }

  /// The topmost node, or `nil` for an empty document.
  package var root: Node? { nodes.isEmpty ? nil : Node(tree: self, index: 0) }

  /// Gives `body` pointers into the arena, for work on every node of many files.
  ///
  /// - Parameter body: What to do; the view must not leave it.
  /// - Returns: What `body` returns.
  /// - Throws: What `body` throws.
  package func withView<R, E: Error>(_ body: (TreeView) throws(E) -> R) throws(E) -> R {
    try nodes.withUnsafeBufferPointer { nodes throws(E) in
      try file.bytes.withUnsafeBufferPointer { source throws(E) in
        try values.withUnsafeBufferPointer { values throws(E) in
          try body(TreeView(nodes: nodes, source: source, values: values))
        }
      }
    }
  }
}

/// One node of the arena.
///
/// A container is followed by its contents: an array by its elements, an object by its keys and
/// values in turn (a key is a string node). ``end`` leads past all of them to the next sibling.
package struct RawNode: Sendable {
  package enum Kind: UInt8, Sendable {
    case null
    case `false`
    case `true`
    /// A number; its text is a number of RFC 8259, whatever the source wrote (`0x1F`, `.5`).
    case number
    case string
    case array
    case object
  }

  package let kind: Kind
  /// Whether the text of a scalar stands in the side buffer and not in the source.
  package let isDecoded: Bool
  /// Where the node stands in the source, quotes and brackets included.
  package let start: UInt32
  package let stop: UInt32
  /// For a scalar, where its text begins in the source or the side buffer; for a container, how
  /// many elements or members it has.
  package let low: UInt32
  /// For a scalar, where its text ends.
  package let high: UInt32
  /// The index of the node after this one and everything in it.
  package let end: UInt32

  package init(
    kind: Kind, isDecoded: Bool = false, start: Int, stop: Int, low: Int, high: Int, end: Int
  ) {
    self.kind = kind
    self.isDecoded = isDecoded
    self.start = UInt32(truncatingIfNeeded: start)
    self.stop = UInt32(truncatingIfNeeded: stop)
    self.low = UInt32(truncatingIfNeeded: low)
    self.high = UInt32(truncatingIfNeeded: high)
    self.end = UInt32(truncatingIfNeeded: end)
  }
}

/// Pointers into one ``SyntaxTree``, valid inside `withView` only.
package struct TreeView {
  package let nodes: UnsafeBufferPointer<RawNode>
  package let source: UnsafeBufferPointer<UInt8>
  package let values: UnsafeBufferPointer<UInt8>

  /// A view of nothing, to begin with.
  package static var empty: TreeView {
    TreeView(
      nodes: .init(start: nil, count: 0), source: .init(start: nil, count: 0),
      values: .init(start: nil, count: 0))
  }

  /// Returns the text of the scalar at `index`.
  @inline(__always)
  package func text(of index: Int) -> UnsafeBufferPointer<UInt8> {
    let node = nodes[index]
    let buffer = node.isDecoded ? values : source
    return UnsafeBufferPointer(rebasing: buffer[Int(node.low)..<Int(node.high)])
  }
}

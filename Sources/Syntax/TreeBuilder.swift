package import SourceText

/// Fills the arena of a ``SyntaxTree`` in document order.
///
/// A parser opens a container, adds its contents and closes it; an object gets key and value in
/// turn. The builder keeps no other state, so that a parser remains a loop over events.
package struct TreeBuilder {
  package private(set) var nodes: [RawNode] = []
  package private(set) var values: [UInt8] = []

  package init(capacity: Int = 0) {
    nodes.reserveCapacity(capacity)
  }

  /// Adds a scalar whose text is a stretch of the source.
  package mutating func scalar(_ kind: RawNode.Kind, span: Range<Int>, text: Range<Int>) {
    nodes.append(
      RawNode(
        kind: kind, start: span.lowerBound, stop: span.upperBound,
        low: text.lowerBound, high: text.upperBound, end: nodes.count + 1))
  }

  /// Adds a scalar whose text the source only encodes.
  package mutating func scalar(
    _ kind: RawNode.Kind, span: Range<Int>, decoded text: some Sequence<UInt8>
  ) {
    let low = values.count
    values.append(contentsOf: text)
    nodes.append(
      RawNode(
        kind: kind, isDecoded: true, start: span.lowerBound, stop: span.upperBound,
        low: low, high: values.count, end: nodes.count + 1))
  }

  /// Begins an array or an object and returns its index, to close it with.
  package mutating func open(_ kind: RawNode.Kind, at start: Int) -> Int {
    nodes.append(RawNode(kind: kind, start: start, stop: start, low: 0, high: 0, end: 0))
    return nodes.count - 1
  }

  /// Ends the container at `index`.
  ///
  /// - Parameters:
  ///   - index: What ``open(_:at:)`` returned.
  ///   - stop: Where the container ends in the source.
  ///   - count: How many elements or members it has.
  package mutating func close(_ index: Int, at stop: Int, count: Int) {
    let node = nodes[index]
    nodes[index] = RawNode(
      kind: node.kind, start: Int(node.start), stop: stop, low: count, high: 0, end: nodes.count)
  }

  /// Adds a copy of the nodes at `range`, whose places stay those of the original.
  ///
  /// - Parameter range: A finished node and everything in it.
  package mutating func copy(_ range: Range<Int>) {
    let shift = nodes.count - range.lowerBound
    for index in range {
      let node = nodes[index]
      nodes.append(
        RawNode(
          kind: node.kind, isDecoded: node.isDecoded, start: Int(node.start),
          stop: Int(node.stop), low: Int(node.low), high: Int(node.high),
          end: Int(node.end) + shift))
    }
  }

  /// Returns the finished tree, with no more memory than it needs: thousands are kept at once.
  package func tree(of file: SourceFile) -> SyntaxTree {
    SyntaxTree(file: file, nodes: Self.exact(nodes), values: Self.exact(values))
  }

  private static func exact<Element>(_ array: [Element]) -> [Element] {
    guard array.capacity > array.count + array.count / 8 else { return array }
    return array.withUnsafeBufferPointer { elements in
      [Element](unsafeUninitializedCapacity: elements.count) { buffer, count in
        count = buffer.initialize(fromContentsOf: elements)
      }
    }
  }
}

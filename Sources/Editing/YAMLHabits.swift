import SourceText
import Syntax

/// How a file writes what can be written in several ways.
struct YAMLHabits {
  private let text: YAMLText
  private let tree: SyntaxTree

  /// What is asked for where the file does not show it.
  private let others: [YAMLHabits]

  init(_ text: YAMLText, _ tree: SyntaxTree, like other: YAMLHabits? = nil) {
    self.text = text
    self.tree = tree
    others = [other].compactMap(\.self)
  }

  var width: Int { YAMLWidth.width(in: others.first?.tree ?? tree) }

  /// Whether days stand without quotes: readers of YAML 1.1 take them for more than texts.
  var hasPlainDates: Bool {
    tree.nodes.contains { node in
      node.kind == .string && !node.isDecoded && node.start == node.low
        && PlainMeaning(Array(text.bytes[Int(node.low)..<Int(node.high)])) == .date
    } || others.first?.hasPlainDates == true
  }

  /// How many columns further right than its key a value in lines of its own begins: a list, or a mapping.
  ///
  /// - Parameter kind: Which of the two.
  /// - Returns: The columns, as the first such value has it; 2 where there is none.
  func step(of kind: RawNode.Kind) -> Int {
    for (key, value) in members(of: kind) {
      let (start, below) = (key.range.offsets.lowerBound, value.range.offsets.lowerBound)
      guard below > start, text.hasBreak(start..<below), text.isFirst(below) else { continue }
      let step = text.column(below) - text.column(start)
      if kind == .array ? step >= 0 : step > 0 { return step }
    }
    return others.first?.step(of: kind) ?? 2
  }

  /// Whether what stands under a key is written between brackets or braces elsewhere in the file.
  ///
  /// - Parameters:
  ///   - key: The key; of an element, the key of its list.
  ///   - kind: What stands there: a list or a mapping.
  ///   - isElement: Whether the elements of the list are asked for.
  /// - Returns: `nil` where there is none.
  func isFlow(_ key: String, _ kind: RawNode.Kind, isElement: Bool) -> Bool? {
    for (name, value) in members(of: isElement ? .array : kind) where name.text == key {
      for node in isElement ? value.elements : [value] where node.kind == kind && node.count > 0 {
        return text.isFlow(node.range.offsets)
      }
    }
    return others.first?.isFlow(key, kind, isElement: isElement)
  }

  private func members(of kind: RawNode.Kind) -> some Sequence<(key: Node, value: Node)> {
    tree.nodes.indices.lazy.filter { tree.nodes[$0].kind == .object }
      .flatMap { Node(tree: tree, index: $0).members }
      .filter { $0.value.kind == kind && $0.value.count > 0 }
      .map { (key: $0.key, value: $0.value) }
  }
}

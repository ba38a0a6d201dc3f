import SourceText

/// Values that stand in no file, to be written into one.
extension Node {
  /// Returns a text as a value.
  package static func text(_ text: String) -> Node { made { $0.add(.string, text) } }

  /// Returns a number as a value.
  ///
  /// - Parameter number: The number as RFC 8259 writes it.
  /// - Returns: The value.
  package static func number(_ number: String) -> Node { made { $0.add(.number, number) } }

  /// Returns a truth value.
  package static func bool(_ value: Bool) -> Node {
    made { $0.add(value ? .true : .false, value ? "true" : "false") }
  }

  /// The value that is none.
  package static var null: Node { made { $0.add(.null, "null") } }

  /// Returns a list of values.
  package static func list(_ elements: [Node]) -> Node {
    made { builder in
      let list = builder.open(.array, at: 0)
      for element in elements { builder.add(element) }
      builder.close(list, at: 0, count: elements.count)
    }
  }

  /// Returns a mapping of values, in the given order of its keys.
  package static func mapping(_ members: [(key: String, value: Node)]) -> Node {
    made { builder in
      let mapping = builder.open(.object, at: 0)
      for member in members {
        builder.add(.string, member.key)
        builder.add(member.value)
      }
      builder.close(mapping, at: 0, count: members.count)
    }
  }

  private static func made(_ fill: (inout TreeBuilder) -> Void) -> Node {
    guard let path = RepoPath("value") else { preconditionFailure("a word is a path") }
    var builder = TreeBuilder()
    fill(&builder)
    return Node(tree: builder.tree(of: SourceFile(path: path, bytes: [])), index: 0)
  }
}

extension TreeBuilder {
  fileprivate mutating func add(_ kind: RawNode.Kind, _ text: String) {
    scalar(kind, span: 0..<0, decoded: text.utf8)
  }

  /// Adds a copy of a value of another tree; readers bound how deep it is.
  fileprivate mutating func add(_ node: Node) {
    switch node.kind {
    case .array:
      let list = open(.array, at: 0)
      for element in node.elements { add(element) }
      close(list, at: 0, count: node.count)
    case .object:
      let mapping = open(.object, at: 0)
      for member in node.members {
        add(member.key)
        add(member.value)
      }
      close(mapping, at: 0, count: node.count)
    default: scalar(node.kind, span: 0..<0, decoded: node.bytes)
    }
  }
}

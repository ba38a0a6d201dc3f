package import Syntax

extension SchemaLibrary {
  /// Returns the names of the documents that a schema refers to, each without its fragment.
  ///
  /// - Parameters:
  ///   - root: The root of the schema.
  ///   - uri: Where it was found; relative references count from here until an `$id` says otherwise.
  /// - Returns: Absolute URIs, its own among them where it refers to itself.
  package static func documents(usedBy root: Node, at uri: String) -> Set<String> {
    var used: Set<String> = []
    var open = [(node: root, base: URIReference(uri).withoutFragment)]
    while let (node, outer) = open.popLast() {
      if node.kind == .array {
        open += node.elements.map { ($0, outer) }
        continue
      }
      guard node.kind == .object else { continue }
      let base =
        node["$id"]?.string.map { URIReference($0).resolved(at: outer).withoutFragment } ?? outer
      for member in node.members {
        if let text = member.value.string,
          member.key.text == "$ref" || member.key.text == "$dynamicRef"
        {
          used.insert(URIReference(text).resolved(at: base).withoutFragment.description)
        }
        open.append((member.value, base))
      }
    }
    return used
  }
}

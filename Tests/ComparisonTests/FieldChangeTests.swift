import Comparison
import Diagnostics
import RegistrarTestSupport
import SourceText
import Syntax
import Testing

private func node(_ text: String) throws -> Node {
  var report = Report()
  let path = try #require(RepoPath("a.yaml"))
  return try #require(
    YAMLReader.tree(of: SourceFile(path: path, text: text), into: &report)?.root)
}

/// What differs of two mappings: the ways, each with the order of a list.
private func changes(_ old: String, _ new: String) throws -> [String] {
  FieldChange.changes(from: try node(old), to: try node(new)).map { change in
    change.order.isEmpty ? change.path : "\(change.path) \(change.order)"
  }
}

@Test(arguments: [
  ("l: [a, b]", "l: [b, a]", ["l [2, 1]"]),
  ("l: [a, b]", "l: [b, a, c]", ["l[3]", "l [2, 1]"]),
  ("l: [a, b, c]", "l: [b, c]", ["l[1]"]),
  ("l: [a, a]", "l: [a, a, a]", ["l[3]"]),
  (
    "l: [{id: 1, x: a}, {id: 2, x: b}]", "l: [{id: 2, x: c}, {id: 1, x: a}]",
    ["l[2].x", "l [2, 1]"]
  ),
  ("{a: 1, b: 2}", "{b: 2, a: 1}", []),
])
func `the order of a list is content, and that of a mapping is not`(
  _ old: String, _ new: String, _ expected: [String]
) throws {
  #expect(try changes(old, new) == expected)
}

@Test func `of a long list the elements are told that moved, as few as there are`() throws {
  let old = (1...40).map(String.init).joined(separator: ", ")
  let new = ([40] + (1...39)).map { String($0) }.joined(separator: ", ")
  let change = try #require(
    FieldChange.changes(from: try node("l: [\(old)]"), to: try node("l: [\(new)]")).first)
  #expect(change.moved == [40])
}

@Test func `texts that are composed differently are not the same`() throws {
  #expect(try changes("a: Caf\u{E9}", "a: Cafe\u{301}") == ["a"])
  #expect(try changes("a: 1", "a: '1'") == ["a"])
}

@Test func `values that say the same are found again whatever the order of their members`() throws {
  let values = [
    "{a: 1, b: [x, y]}", "{b: [x, y], a: 1}", "{a: 1, b: [y, x]}", "{a: '1', b: [x, y]}",
  ]
  let nodes = try values.map { NodeValue(try node($0)) }
  #expect(nodes[0] == nodes[1])
  #expect(Set(nodes).count == 3)
}

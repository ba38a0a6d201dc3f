import Comparison
import Diagnostics
import RegistrarTestSupport
import SourceText
import Syntax
import Testing

private func elements(_ text: String) throws -> [Node] {
  var report = Report()
  let path = try #require(RepoPath("a.yaml"))
  let tree = YAMLReader.tree(of: SourceFile(path: path, text: text), into: &report)
  return try #require(tree?.root).elements
}

/// Returns for each new element the position of the old one that it is.
private func partners(_ old: String, _ new: String, key: String? = nil) throws -> [Int?] {
  let (old, new) = (try elements(old), try elements(new))
  let matching = ElementMatching(from: old, to: new, key: key)
  return new.indices.map { matching.old(of: $0) }
}

@Test func `elements are known by the key that the schema names, whatever else they say`() throws {
  let old = "[{nr: 1, text: one two three}, {nr: 2, text: four five six}]"
  let new =
    "[{nr: 2, text: one two three}, {nr: 1, text: quite another}, {nr: 3, text: four five six}]"
  #expect(try partners(old, new, key: "nr") == [1, 0, nil])
}

@Test func `elements are known by their own ids where the schema names no key`() throws {
  #expect(
    try partners("[{id: a, x: 1}, {id: b, x: 2}]", "[{id: b, x: 1}, {id: c, x: 2}]") == [1, nil])
}

@Test func `elements with different names are not the same for a word that they share`() throws {
  #expect(
    try partners(
      "[{type: member, name: Coinbase}, {type: member, name: Bell}]",
      "[{type: member, name: Arm}, {type: member, name: Bell}]") == [nil, 1])
  #expect(try partners("[{type: member, who: Coinbase}]", "[{type: member, who: Arm}]") == [nil])
}

@Test func `words that several elements share do not make them the same`() throws {
  #expect(
    try partners(
      "[the quick decision of the day, the slow decision of the day]",
      "[the late decision of the day, the slow decision of the day]") == [nil, 1])
}

@Test func `a reworded element is the one that it was`() throws {
  #expect(
    try partners(
      "[Report on the figures of March, Invite the auditors]",
      "[Invite the external auditors, Report on the figures of April]") == [1, 0])
}

@Test func `of equal elements as many are the same as both sides have`() throws {
  #expect(try partners("[a, a, b]", "[b, a, a, a]") == [2, 0, 1, nil])
}

@Test func `a matching pairs each element once, and all that a list has in common with itself`()
  throws
{
  var random = SeededGenerator(seed: 3)
  for _ in 0..<300 {
    func list() -> String {
      let elements = (0..<Int.random(in: 0...8, using: &random)).map { _ in
        "{k: \(Int.random(in: 0...4, using: &random)), t: w\(Int.random(in: 0...6, using: &random)) v\(Int.random(in: 0...3, using: &random))}"
      }
      return "[" + elements.joined(separator: ", ") + "]"
    }
    let (one, two) = (try elements(list()), try elements(list()))
    for key in [nil, "k"] {
      let matching = ElementMatching(from: one, to: two, key: key)
      #expect(Set(matching.pairs.map(\.old)).count == matching.pairs.count)
      #expect(Set(matching.pairs.map(\.new)).count == matching.pairs.count)
      for pair in matching.pairs { #expect(matching.new(of: pair.old) == pair.new) }
      let same = ElementMatching(from: one, to: one, key: key)
      #expect(same.pairs.count == one.count)
      #expect(same.pairs.allSatisfy { one[$0.old].isSame(as: one[$0.new]) })
    }
  }
}

@Test func `twenty thousand elements are matched at once`() throws {
  let old = (0..<20_000).map { "- text \($0) of the list\n" }.joined()
  let new = (0..<20_000).map { "- text \($0) of this list\n" }.joined()
  let start = ContinuousClock.now
  #expect(try partners(old, new).count == 20_000)
  #expect(ContinuousClock.now - start < .seconds(20))
}

import Diagnostics
import Editing
import Foundation
import SourceText
import Syntax
import Testing

/// Numbers that are the same for the same seed.
private struct Dice {
  var state: UInt64

  mutating func roll(_ count: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(max(1, count)))
  }
}

private let shapes = [
  "a: old # why\nb:\n  - 1\n  - {c: 2, d: [3, 4]}\n", "- a: 1\n  b: >-\n    x\n    y\n\n- c\n",
  "a: |+\n  x\n\n\nb: |2-\n   y\n", "? a\n: - b\n  - c\n? d\n", "{a: 1, 'b': \"c\", d, e: }\n",
  "a: &x {b: 1}\nc: *x\nd: &y\n", "- - a\n  - b\n- - c\n", "%YAML 1.2\n---\na: 'x\n  y'\n...\n",
  "\u{FEFF}a: 1\r\nb: |\r\n  x\r\n  y\r\n", "a: !!str 1\nb: !!null |\nc: x\n  y z\n",
  "a:\n- x\n-\n- ~\nb:\n",
  "a: [ # on a\n  x,\n  y, # on y\n]\n", "a: \"x \\\n  y\"\nb: {\n  c: 1\n}\n",
]
private let pieces = [
  "\n", "  ", "- ", ": ", "#", " # c", "'", "\"", "|", ">-", "|2+", ">+\n", "&a ", "*a", "{", "}",
  "[", "]", ",",
  "? ", "!!str ", "!!int ", "\t", "\r\n", "---\n", "...\n", "\u{E9}", "~", "a: ", "\n\n", "x",
]

private func mutated(_ dice: inout Dice) -> String {
  var text = Array(shapes[dice.roll(shapes.count)].unicodeScalars)
  for _ in 0..<(1 + dice.roll(4)) {
    let place = dice.roll(text.count + 1)
    switch dice.roll(4) {
    case 0 where !text.isEmpty: text.remove(at: min(place, text.count - 1))
    case 1:
      let other = Array(shapes[dice.roll(shapes.count)].unicodeScalars)
      text.insert(contentsOf: other[dice.roll(other.count)...], at: place)
    default: text.insert(contentsOf: pieces[dice.roll(pieces.count)].unicodeScalars, at: place)
    }
  }
  return String(String.UnicodeScalarView(text))
}

private func paths(in root: Node) -> [(path: NodePath, node: Node)] {
  var found: [(path: NodePath, node: Node)] = []
  var waiting: [(path: NodePath, node: Node)] = [(NodePath(steps: []), root)]
  while let (path, node) = waiting.popLast(), found.count < 30 {
    found.append((path, node))
    waiting += node.members.map { (path.appending(.key($0.key.text ?? "")), $0.value) }
    waiting += node.elements.enumerated().map { (path.appending(.position($0.offset)), $0.element) }
  }
  return found
}

/// `REGISTRAR_SHAPES` asks for more than the usual number.
@Test func `whatever a file looks like, an edit is made or refused`() throws {
  let environment = ProcessInfo.processInfo.environment
  let count = environment["REGISTRAR_SHAPES"].flatMap { Int($0) } ?? 60
  let path = try #require(RepoPath("a.yaml"))
  let long = (1...30).map { "word\($0)" }.joined(separator: " ")
  let values: [Node] = [
    .text("new"), .text("a: b #c"), .text("x\n\n y\n"), .text(""), .text(long), .number("12"),
    .null,
    .list([.text("p"), .mapping([("q", .text("r\ns"))])]), .mapping([("k", .list([]))]), .list([]),
  ]
  var (made, refused) = (0, 0)
  for seed in 0..<count {
    var dice = Dice(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15)
    let text = mutated(&dice)
    guard let editor = try? YAMLEditor(SourceFile(path: path, text: text)) else { continue }
    for (way, node) in paths(in: editor.root) {
      var changes = values.map { Change(way, .set($0)) } + [Change(way, .remove)]
      for position in [0, node.count] where node.kind == .array {
        changes.append(Change(way.appending(.position(position)), .insert(.text("new"))))
      }
      changes.append(Change(way.appending(.key("new key")), .set(.text("x"))))
      for change in changes {
        var copy = editor
        do throws(EditFailure) {
          try copy.apply(change)
          made += 1
          guard case .set(let value) = change.action else { continue }
          #expect(copy.root[change.path]?.isSame(as: value) == true, "\(text.debugDescription)")
        } catch {
          refused += 1
          #expect(copy.file.bytes == editor.file.bytes)
        }
      }
    }
  }
  #expect(made > refused, "\(made) made, \(refused) refused")
}

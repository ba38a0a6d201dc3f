import Comparison
import Diagnostics
import Registry
package import SourceText
package import Syntax

/// Another text for a stretch of a file, whose words stay where they are.
package struct Replacement: Sendable {
  package let range: SourceRange
  /// What stands there now.
  package let old: String
  package let new: String
  /// The values that it stands in, and where in the text of each; none where it stands in the text of a document.
  package let values: [(node: Node, stretch: Range<Int>)]

  package init(
    _ range: SourceRange, _ old: String, with new: String,
    in values: [(node: Node, stretch: Range<Int>)]
  ) {
    (self.range, self.old, self.new, self.values) = (range, old, new, values)
  }
}

extension ItemEditor {
  /// Writes other texts in the place of stretches of a file, and keeps every other byte.
  ///
  /// - Parameters:
  ///   - replacements: The texts, of which none overlap.
  ///   - source: The file as it was read when they were found.
  ///   - register: The position of its register.
  /// - Throws: `EditFailure` where the file is another one by now, a stretch is not what it should be, or the file
  ///   would say something else too; nothing is changed then.
  package mutating func replace(
    _ replacements: [Replacement], in source: SourceFile, of register: Int
  ) throws(EditFailure) {
    let file = try file(at: source.path)
    guard file.bytes == source.bytes else {
      throw EditFailure(
        .unsafeEdit, "the file was changed since it was read", at: .file(file.path),
        help: "Give the command again")
    }
    var edits = TextEdits()
    for replacement in replacements {
      guard file.bytes[replacement.range.offsets].elementsEqual(replacement.old.utf8) else {
        throw .form("'\(replacement.old)' is written in an unusual way here", at: replacement.range)
      }
      edits.replace(replacement.range.offsets, with: Array(replacement.new.utf8))
    }
    let changed = SourceFile(path: file.path, bytes: edits.applied(to: file.bytes))
    guard says(changed, what: file, register, replacements) else {
      let first = replacements.first
      throw EditFailure(
        .unsafeEdit,
        "'\(first?.new ?? "")' cannot be written here without saying something else",
        at: first?.range ?? .file(file.path), help: "Edit the file by hand")
    }
    keep(changed)
  }

  /// Whether a file says what another one did, but for what was replaced.
  private func says(
    _ new: SourceFile, what old: SourceFile, _ position: Int, _ replacements: [Replacement]
  ) -> Bool {
    var (dropped, reader) = (Report(), FileReader(rulebook))
    let before = reader.read(old, of: position, into: &dropped)
    let after = reader.read(new, of: position, into: &dropped)
    guard before.isMisread || !after.isMisread, before.isUnread || !after.isUnread,
      before.records.count == after.records.count
    else { return false }
    var expected: [Int: [(stretch: Range<Int>, text: String)]] = [:]
    for replacement in replacements {
      for (node, stretch) in replacement.values {
        expected[node.index, default: []].append((stretch, replacement.new))
      }
    }
    if let one = before.records.first?.node.tree, let two = after.records.first?.node.tree {
      guard one.nodes.count == two.nodes.count else { return false }
      for index in one.nodes.indices {
        let (node, other) = (Node(tree: one, index: index), Node(tree: two, index: index))
        guard node.kind == other.kind else { return false }
        guard node.kind != .array, node.kind != .object else { continue }
        var text = Array(node.bytes)
        for (stretch, new) in (expected[index] ?? []).sorted(by: {
          $0.stretch.lowerBound > $1.stretch.lowerBound
        }) {
          text.replaceSubrange(stretch, with: new.utf8)
        }
        guard other.bytes.elementsEqual(text) else { return false }
      }
    }
    let register = rulebook.catalogue.registers[position]
    guard register.shape == .document else { return true }
    let (one, two) = (
      Passage.passages(of: old, register.numbering), Passage.passages(of: new, register.numbering)
    )
    return one.count == two.count
      && zip(one, two).allSatisfy { $0.kind == $1.kind && $0.path.count == $1.path.count }
  }
}

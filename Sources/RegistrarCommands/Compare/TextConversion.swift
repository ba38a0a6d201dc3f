import Accounts
import ArgumentParser
import Comparison
import Diagnostics
import Publishing
import SourceText
import Syntax

struct TextConversion: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "textconv", abstract: "Write a register file for Git's own diff",
    discussion: """
      Git runs it where .gitattributes says diff=registrar and 'hook install' was run: one line a \
      field with the id of its record, one line a passage of a document. Lines that were only wrapped \
      anew or written in another order of fields do not differ.
      """,
    shouldDisplay: false)

  @Argument(help: "The file, as Git gives it.")
  var file: String

  mutating func run(in session: inout Session) throws -> Outcome {
    let place = session.absolute(file)
    guard let bytes = WorkTree.bytes(ofFile: place, limit: SyntaxLimits().bytes),
      let path = RepoPath(file.split(separator: "/").last.map(String.init) ?? file)
    else { throw Failure("'\(file)' cannot be read") }
    let source = SourceFile(path: path, bytes: bytes)
    session.output += Self.text(of: source) ?? String(decoding: bytes, as: UTF8.self)
    return .clean
  }

  /// Returns a file one line a field, or `nil` where it cannot be parsed: it is shown as it is then.
  static func text(of source: SourceFile) -> String? {
    let name = source.path.name
    var dropped = Report()
    if name.hasSuffix(".md") {
      return Passage.passages(of: source, nil).map { passage in
        passage.source.split(whereSeparator: \.isWhitespace).joined(separator: " ") + "\n"
      }.joined()
    }
    let root: Node?
    if name.hasSuffix(".csv") {
      root = CSVReader.table(of: source, into: &dropped)?.tree { _ in .string }.root
    } else {
      root = ValueFile.tree(of: source, into: &dropped)?.root
    }
    guard let root, !dropped.hasErrors else { return nil }
    var lines: [String] = []
    if root.kind == .array {
      for (position, element) in root.elements.enumerated() {
        let id = (element["id"] ?? element.members.first?.value)?.text ?? String(position + 1)
        write(element, id, into: &lines)
      }
    } else {
      write(root, root["id"]?.text ?? "", into: &lines)
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func write(_ node: Node, _ path: String, into lines: inout [String]) {
    switch node.kind {
    case .object where node.count > 0:
      let members = node.members.map { ($0.key.text ?? "", $0.value) }.sorted { $0.0 < $1.0 }
      for (key, value) in members {
        write(value, path.isEmpty ? key : path + " " + key, into: &lines)
      }
    case .array where node.elements.contains { $0.kind == .object || $0.kind == .array }:
      for (position, element) in node.elements.enumerated() {
        // What has a name of its own is told by it, so that an element more moves no line.
        let name = (element["id"] ?? element["meeting"] ?? element["date"])?.text
        write(element, "\(path)[\(name ?? String(position + 1))]", into: &lines)
      }
    default: lines.append("\(path): \(ChangeText.shown(node))")
    }
  }
}

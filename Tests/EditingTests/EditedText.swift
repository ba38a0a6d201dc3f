import Diagnostics
import Editing
import SourceText
import Syntax
import Testing

/// Reads a path as a test writes it: `updates[2].status`.
func way(_ text: String) -> NodePath {
  var steps: [NodePath.Step] = []
  for part in text.split(separator: ".") {
    let names = part.split(separator: "[")
    if let name = names.first, !part.hasPrefix("[") { steps.append(.key(String(name))) }
    for name in names.dropFirst(part.hasPrefix("[") ? 0 : 1) {
      steps.append(.position(Int(name.dropLast()) ?? 0))
    }
  }
  return NodePath(steps: steps)
}

/// Returns a YAML text after changes; of one that is refused, the code of the refusal.
func edited(
  _ text: String, path: String = "a.yaml", order: [String] = [], _ changes: Change...
) throws -> String {
  let path = try #require(RepoPath(path))
  do {
    var editor = try YAMLEditor(SourceFile(path: path, text: text)) { _ in order }
    for change in changes { try editor.apply(change) }
    return String(decoding: editor.file.bytes, as: UTF8.self)
  } catch {
    return error.diagnostic.code.rawValue
  }
}

/// A value as YAML writes it.
func value(_ text: String) throws -> Node {
  var report = Report()
  let file = SourceFile(path: try #require(RepoPath("value.yaml")), text: text)
  return try #require(YAMLReader.tree(of: file, into: &report)?.root)
}

func set(_ path: String, _ value: Node) -> Change { Change(way(path), .set(value)) }
func set(_ path: String, _ text: String) -> Change { Change(way(path), .set(.text(text))) }
func insert(_ path: String, _ value: Node) -> Change { Change(way(path), .insert(value)) }
func remove(_ path: String) -> Change { Change(way(path), .remove) }

import Diagnostics
import JSONSchema
import Registry
import Rules
package import SourceText
import Syntax

/// A rule of a schema that has a code of its own.
package struct SchemaRule {
  package let code: String
  /// The expression.
  package let source: String
  /// What it says, with the name of a field for what is put in, or an ellipsis where that is more than a field.
  package let message: String
  /// What to do, likewise.
  package let help: String?
  package let path: RepoPath
  package let line: Int

  /// Returns the rules of the schemas of a version that have a code.
  package static func all(with code: String, in tree: any SourceTree) -> [SchemaRule] {
    let schemas = SchemaSet(tree: tree)
    var found: [SchemaRule] = []
    for path in schemas.paths() {
      guard let document = schemas.document(at: path) else { continue }
      for index in document.nodes.indices where document.nodes[index].kind == .object {
        let rules = Node(tree: document, index: index)["x-rules"]?.elements ?? []
        for rule in rules where rule["code"]?.text == code {
          found.append(
            SchemaRule(
              code: code, source: rule["rule"]?.text ?? "",
              message: words(of: rule["message"]?.text ?? ""),
              help: rule["help"]?.text.map { words(of: $0) }, path: path,
              line: LineIndex(document.file).position(at: rule.range.offsets.lowerBound).line))
        }
      }
    }
    return found
  }

  private static func words(of message: String) -> String {
    MessageTemplate(message).parts.map { part in
      switch part {
      case .text(let text): return String(text)
      case .expression(let source, _):
        let names = source.split(separator: ".", omittingEmptySubsequences: false)
        let isField =
          names.count == 2 && (names[0] == "self" || names[0] == "oldSelf")
          && names[1].allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
        return isField ? "<\(names[1])>" : "…"
      }
    }.joined()
  }
}

package import Diagnostics
import SourceText
package import Syntax

/// Looks for what is wrong with schemas beyond what compiling them shows.
package struct SchemaLint {
  private let metaSchema: Program
  private let ownKeywords: Set<String>

  /// Makes a lint.
  ///
  /// - Parameter ownKeywords: The keywords that are known beside those of the draft.
  package init(ownKeywords: Set<String>) {
    guard let root = MetaSchemas.document(at: MetaSchemas.dialect)?.root else {
      preconditionFailure("the meta-schema is part of the tool")
    }
    let library = SchemaLibrary { _ in nil }
    metaSchema = Compiler.program(
      for: root, at: MetaSchemas.dialect, library: library, options: .init(assertsFormats: true))
    self.ownKeywords = ownKeywords
  }

  /// Checks a schema against the meta-schema.
  ///
  /// - Parameters:
  ///   - schema: The root schema of a document.
  ///   - report: Where findings go; their places are in the schema.
  package func checkForm(of schema: Node, into report: inout Report) {
    _ = Evaluator(metaSchema).check(schema, into: &report)
  }

  /// Warns of keywords that nothing reads: most are typing errors.
  ///
  /// - Parameters:
  ///   - schema: A schema and everything in it.
  ///   - report: Where findings go.
  package func checkKeywords(of schema: Node, into report: inout Report) {
    guard schema.kind == .object else { return }
    for member in schema.members {
      guard let name = member.key.text, !ownKeywords.contains(name) else { continue }
      guard let keyword = Keyword(rawValue: name) else {
        let known = Keyword.allCases.map(\.rawValue) + ownKeywords.sorted()
        report.warning(
          .unknownKeyword, .unknownKeyword(name), at: member.key.range,
          help: nearest(to: name, among: known).map { "Did you mean '\($0)'?" }
            ?? "Remove it; nothing reads it")
        continue
      }
      switch keyword.subschemas {
      case .none: break
      case .one: checkKeywords(of: member.value, into: &report)
      case .list:
        for element in member.value.elements { checkKeywords(of: element, into: &report) }
      case .map:
        for inner in member.value.members { checkKeywords(of: inner.value, into: &report) }
      }
    }
  }

  /// Warns of definitions that no schema of `programs` uses.
  ///
  /// - Parameters:
  ///   - schema: The root schema of a document.
  ///   - programs: All the programs that could use them.
  ///   - report: Where findings go.
  package func checkDefinitions(
    of schema: Node, usedBy programs: [Program], into report: inout Report
  ) {
    var used: Set<Int> = []
    for program in programs {
      for block in program.blocks
      where program.documents[Int(block.document)].file.path == schema.tree.file.path {
        used.insert(Int(block.node))
      }
    }
    for name in ["$defs", "definitions"] {
      for member in schema[name]?.members ?? [] {
        let nodes = member.value.index..<Int(schema.tree.nodes[member.value.index].end)
        guard used.isDisjoint(with: nodes) else { continue }
        report.warning(
          .unusedDefinition, .unusedDefinition(member.key.text ?? ""), at: member.key.range,
          help: "Remove it, or refer to it")
      }
    }
  }
}

extension Diagnostic.Code {
  /// A keyword that neither the draft nor registrar knows.
  package static let unknownKeyword: Self = "schema/unknown-keyword"
  /// A definition that no reference leads to.
  package static let unusedDefinition: Self = "schema/unused-definition"
}

extension Diagnostic.Message {
  fileprivate static func unknownKeyword(_ name: String) -> Self {
    "the keyword '\(name)' is not known"
  }
  fileprivate static func unusedDefinition(_ name: String) -> Self {
    "nothing refers to the definition '\(name)'"
  }
}

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

  /// Tells keywords that nothing reads.
  ///
  /// One that begins as ours do, or that is near one of the draft, is a typing error, and what it was to forbid
  /// passes; others are warned of.
  ///
  /// - Parameters:
  ///   - schema: A schema and everything in it.
  ///   - report: Where findings go.
  package func checkKeywords(of schema: Node, into report: inout Report) {
    let known = Keyword.allCases.map(\.rawValue) + ownKeywords.sorted()
    forEachSchema(in: schema) { schema, _ in
      checkFormat(schema["format"], into: &report)
      for member in schema.members {
        guard let name = member.key.text, !ownKeywords.contains(name),
          Keyword(rawValue: name) == nil
        else { continue }
        let near = nearest(to: name, among: known)
        let isOwn = name.hasPrefix("x-")
        report.add(
          Diagnostic(
            near != nil || isOwn ? .error : .warning, .unknownKeyword, .unknownKeyword(name),
            at: member.key.range,
            help: near.map { suggestion(of: $0, for: name) }
              ?? (isOwn
                ? "Remove it; registrar knows \(ownKeywords.sorted().joined(separator: ", "))"
                : "Remove it; nothing reads it")))
      }
    }
  }

  /// Tells a format that nothing checks: the standard takes it for a remark, and whatever is written passes.
  private func checkFormat(_ format: Node?, into report: inout Report) {
    guard let format, let name = format.string, Format(rawValue: name) == nil else { return }
    let known = Format.allCases.map(\.rawValue)
    let meant = nearest(to: name.lowercased(), among: known)
    report.error(
      .unknownFormat, "there is no format '\(name)'", at: format.range,
      help: meant.map { "Did you mean '\($0)'?" }
        ?? "Name one of \(known.joined(separator: ", ")), or write a 'pattern'")
  }

  /// Calls `body` with a schema and every schema in it.
  ///
  /// - Parameters:
  ///   - root: A schema.
  ///   - body: Called with each, and whether a value that it describes is one that the record has: what stands
  ///     under `not` describes what a value is not.
  package func forEachSchema(in root: Node, _ body: (Node, Bool) -> Void) {
    var queue = [(schema: root, isJudged: true)]
    while let (schema, isJudged) = queue.popLast() {
      guard schema.kind == .object else { continue }
      body(schema, isJudged)
      for member in schema.members {
        guard let keyword = member.key.text.flatMap(Keyword.init) else { continue }
        let isInner = isJudged && keyword != .not && keyword != .contentSchema
        switch keyword.subschemas {
        case .none: break
        case .one: queue.append((member.value, isInner))
        case .list: queue += member.value.elements.map { ($0, isInner) }
        case .map: queue += member.value.members.map { ($0.value, isInner) }
        }
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
  /// A format that nothing checks.
  package static let unknownFormat: Self = "schema/unknown-format"
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

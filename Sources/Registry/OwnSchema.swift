package import Diagnostics
import JSONSchema
import SourceText
package import Syntax

/// The schemas of the files that say how registrar judges.
///
/// They are part of the program: what is judged does not say what its judge may overlook, and a key that nothing
/// reads is told in every repository. Each is compiled when it is first asked for.
package enum OwnSchema: String, CaseIterable, Sendable {
  /// `schema/catalogue.yaml`.
  case catalogue
  /// The values of the keywords that schemas of registers have beside those of JSON Schema.
  case keywords
  /// One record of the register `waivers`.
  case waiver
  /// A file of signers.
  case signers
  /// The file of a server.
  case server

  /// The schema, as it is published.
  package var text: String {
    switch self {
    case .catalogue: Self.catalogueText
    case .keywords: Self.keywordsText
    case .waiver: Self.waiverText
    case .signers: Self.signersText
    case .server: Self.serverText
    }
  }

  /// Checks a value by the schema.
  ///
  /// - Parameters:
  ///   - node: The value.
  ///   - report: Where findings go.
  /// - Returns: Whether it is as the schema asks.
  @discardableResult
  package func check(_ node: Node, into report: inout Report) -> Bool {
    var found = Report()
    _ = Evaluator(program).check(node, into: &found)
    report.merge(found)
    return found.isEmpty
  }

  /// The fields that the schema names at its top.
  package var fields: [String] { SchemaFields(of: program).names }

  var program: Program {
    switch self {
    case .catalogue: Programs.catalogue
    case .keywords: Programs.keywords
    case .waiver: Programs.waiver
    case .signers: Programs.signers
    case .server: Programs.server
    }
  }

  /// Each compiled once, when it is first used.
  private enum Programs {
    static let catalogue = OwnSchema.catalogue.compiled
    static let keywords = OwnSchema.keywords.compiled
    static let waiver = OwnSchema.waiver.compiled
    static let signers = OwnSchema.signers.compiled
    static let server = OwnSchema.server.compiled
  }

  private var compiled: Program {
    var report = Report()
    guard let path = RepoPath("registrar/\(rawValue).schema.json"),
      let root = JSONReader.tree(of: SourceFile(path: path, text: text), into: &report)?.root
    else { preconditionFailure("the schemas of the program are JSON") }
    let library = SchemaLibrary { _ in nil }
    let program = Compiler.program(
      for: root, at: "registrar:/own/\(rawValue)", library: library,
      options: .init(assertsFormats: true))
    precondition(library.report.isEmpty, "the schemas of the program can be compiled")
    return program
  }
}

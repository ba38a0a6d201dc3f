import Accounts
import ArgumentParser
import Diagnostics
import JSONSchema
import Registry
import Rules
import SourceText
import Syntax

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Work on schemas: test, check, probe, set up editors",
    subcommands: [
      SchemaTest.self, SchemaCheck.self, SchemaProbe.self, SchemaSettings.self, SchemaAnswer.self,
    ])
}

struct SchemaTest: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Run tests of schemas",
    discussion: """
      A file is a list of groups in the format of the JSON Schema Test Suite: each has a 'schema' \
      and 'tests' of 'data' with whether it is 'valid'. References lead to files only.
      """)

  @Argument(help: ArgumentHelp("The files of tests.", valueName: "file"))
  var files: [String]

  @Flag(help: "Treat 'format' as an assertion, as 'registrar check' always does.")
  var assertFormats = false

  @Option(help: ArgumentHelp("A folder of documents that schemas refer to.", valueName: "folder"))
  var remotes: String?

  @Option(
    name: .customLong("remotes-url"),
    help: ArgumentHelp("The address that stands for that folder.", valueName: "address"))
  var remotesURL: String?

  mutating func validate() throws {
    if (remotes == nil) != (remotesURL == nil) {
      throw ValidationError("Give --remotes and --remotes-url together.")
    }
  }

  mutating func run(in session: inout Session) throws -> Outcome {
    let tree = WorkTree(root: "/")
    var sources: [RepoPath: SourceFile] = [:]
    var outcome = SchemaSuite.Outcome()
    var report = Report()
    let base = remotes.map { path($0, session) }
    let address = remotesURL.map { $0.hasSuffix("/") ? $0 : $0 + "/" }
    let suite = SchemaSuite(options: .init(assertsFormats: assertFormats)) { uri in
      guard let base, let address, uri.hasPrefix(address),
        let path = RepoPath(base + "/" + uri.dropFirst(address.count)),
        let bytes = try? tree.bytes(of: path, limit: SyntaxLimits().bytes)
      else { return nil }
      var ignored = Report()
      return JSONReader.tree(of: SourceFile(path: path, bytes: bytes), into: &ignored)
    }
    for name in files {
      let place = path(name, session)
      guard let location = RepoPath(place), let shown = RepoPath(relative(place, session)) else {
        throw Failure("'\(name)' is no file")
      }
      let file = SourceFile(
        path: shown, bytes: try tree.bytes(of: location, limit: SyntaxLimits().bytes))
      sources[shown] = file
      guard let parsed = JSONReader.tree(of: file, into: &report) else { continue }
      suite.run(parsed, into: &outcome, &report)
    }
    let context = ReportContext(
      tool: "registrar", version: Registrar.version, source: { path, _ in sources[path] },
      usesColour: session.usesColour)
    session.output.add(escaped: report.text(as: .full, in: context))
    if !report.isEmpty { session.output += "\n" }
    session.output += "\(outcome.passed) passed, \(outcome.failed) failed\n"
    return report.hasErrors ? .errorsFound : .clean
  }

  /// Returns a path below `/` as it is shown to somebody who is in the session's folder.
  private func relative(_ place: String, _ session: Session) -> String {
    let folder = session.workingDirectory.drop { $0 == "/" } + "/"
    return place.hasPrefix(folder) ? String(place.dropFirst(folder.count)) : place
  }

  /// Returns a path below `/`, for a tree of all files of the machine.
  private func path(_ text: String, _ session: Session) -> String {
    let absolute = text.hasPrefix("/") ? text : session.workingDirectory + "/" + text
    var parts: [Substring] = []
    for part in absolute.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return parts.joined(separator: "/")
  }
}

struct SchemaCheck: AnswerCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check the schemas themselves",
    discussion: """
      Each file is checked against the meta-schema of draft 2020-12; keywords that nothing reads \
      and definitions that nothing refers to are warned of.
      """)

  @OptionGroup var source: SourceOptions

  @Option(help: "How to tell findings.")
  var format: ReportFormat = .full

  @OptionGroup var destination: Destination

  mutating func run(in session: inout Session) throws -> Outcome {
    let tree = try Workplace(session).tree(at: source.source)
    let schemas = SchemaSet(tree: tree)
    let paths = schemas.paths()
    var report = Report()
    let review = SchemaReview()
    review.review(schemas, into: &report)
    review.checkDefinitions(of: schemas, into: &report)
    _ = SchemaExpressions(in: paths.compactMap { schemas.document(at: $0) }, into: &report)
    let found =
      report.isEmpty
      ? "no problems"
      : "\(Count(report.count(of: .error), "error")), \(Count(report.count(of: .warning), "warning"))"
    let summary = "checked \(Count(paths.count, "schema")) of \(tree.title): \(found)\n"
    session.tell(report, as: format, summary: summary, checked: paths) { path, _ in
      schemas.documents[path]?.file
    }
    return report.hasErrors ? .errorsFound : .clean
  }
}

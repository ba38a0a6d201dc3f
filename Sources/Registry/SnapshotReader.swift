package import Diagnostics
package import JSONSchema
package import SourceText
package import Syntax

extension Snapshot {
  /// Reads the registers of a tree and checks every record by its schema.
  ///
  /// Files are parsed and checked by several tasks; findings and records come in the order of
  /// paths, whatever the number of tasks. Bytes are read by the tasks too where the tree allows it.
  ///
  /// - Parameters:
  ///   - tree: What to read.
  ///   - jobs: The largest number of tasks at work at once.
  ///   - judges: Whether records are checked by their schemas.
  ///   - report: Where findings go.
  ///   - progress: Called with the files done and the files there are.
  /// - Returns: The snapshot, or `nil` where the catalogue cannot be read; the report says why.
  /// - Throws: `SourceTreeError` where the tree as a whole cannot be read.
  package static func read(
    _ tree: any SourceTree, jobs: Int, judges: Bool = true, into report: inout Report,
    progress: ((Int, Int) -> Void)? = nil
  ) async throws(SourceTreeError) -> Snapshot? {
    guard let rulebook = try Rulebook.read(tree, reviews: judges, into: &report) else { return nil }
    let entries = try tree.entries(under: RepoPath(Catalogue.folder))
    return try await read(
      tree, entries, by: rulebook, jobs: jobs, judges: judges, into: &report, progress: progress)
  }

  /// Reads some files of a tree and checks their records by their schemas.
  ///
  /// - Parameters:
  ///   - tree: What to read.
  ///   - entries: The files and folders below `registers/` to look at, in the order of paths.
  ///   - rulebook: The catalogue and the schemas.
  ///   - jobs: The largest number of tasks at work at once.
  ///   - judges: Whether records are checked by their schemas.
  ///   - report: Where findings go.
  ///   - progress: Called with the files done and the files there are.
  /// - Returns: The snapshot.
  /// - Throws: `SourceTreeError` where the tree as a whole cannot be read.
  package static func read(
    _ tree: any SourceTree, _ entries: [TreeEntry], by rulebook: Rulebook, jobs: Int,
    judges: Bool = true, into report: inout Report, progress: ((Int, Int) -> Void)? = nil
  ) async throws(SourceTreeError) -> Snapshot {
    let plan = ReadingPlan(of: entries, rulebook.catalogue, into: &report)
    let reading = Reading(
      catalogue: rulebook.catalogue, programs: rulebook.programs, plan: plan, jobs: jobs,
      judges: judges)
    let files = try await reading.run(on: tree, into: &report, progress: progress)
    let places = judges ? StrayPlace.places(of: plan.strays, in: tree, rulebook.catalogue) : [:]
    return Snapshot(title: tree.title, rulebook: rulebook, files: files, plan, places)
  }
}

/// What judges the records of one source: the catalogue and the compiled schemas.
package struct Rulebook: Sendable {
  package let catalogue: Catalogue
  /// The program for each register of the catalogue, where its schema could be compiled.
  package let programs: [Program?]
  /// The schemas that the registers use, in the order of paths.
  package let schemas: [SyntaxTree]
  /// Whether the catalogue and the schemas themselves are judged.
  package let isReviewed: Bool
  /// What each register of the catalogue is judged by.
  package let basis: [RuleBasis]
  /// What is wrong with the catalogue, so that a register may be missing or lack a rule.
  package let fault: Diagnostic?
  /// The catalogue and the schemas, to show lines of them.
  let sources: [RepoPath: SourceFile]

  /// Reads the catalogue and the schemas of a tree.
  ///
  /// - Parameters:
  ///   - tree: What to read.
  ///   - reviews: Whether the schemas and the catalogue themselves are judged beyond what reading them shows.
  ///   - report: Where findings go.
  /// - Returns: The rulebook, or `nil` where the catalogue cannot be read; the report says why.
  /// - Throws: `SourceTreeError` where the tree as a whole cannot be read.
  package static func read(
    _ tree: any SourceTree, reviews: Bool = false, into report: inout Report
  ) throws(SourceTreeError) -> Rulebook? {
    try KnownRulebooks.rulebook(of: tree, reviews: reviews, into: &report) {
      (tree, report: inout Report) throws(SourceTreeError) in
      try readAnew(tree, reviews: reviews, into: &report)
    }
  }

  private static func readAnew(
    _ tree: any SourceTree, reviews: Bool, into report: inout Report
  ) throws(SourceTreeError) -> Rulebook? {
    let schemas = SchemaSet(tree: tree)
    guard let catalogueFile = try catalogueFile(in: tree, into: &report) else { return nil }
    let limits = SyntaxLimits(tellsHidden: true)
    guard let parsed = YAMLReader.tree(of: catalogueFile, limits: limits, into: &report) else {
      return nil
    }
    var form = Report()
    if reviews, let root = parsed.root, root["catalogue"]?.integer == 1 {
      OwnSchema.catalogue.check(root, into: &form)
    }
    var read = Report()
    let catalogue = CatalogueReader.catalogue(in: parsed, into: &read)
    let all = read
    // What the schema says of a place says more than the reader does of it.
    read.keep { finding in !form.diagnostics.contains { $0.range.meets(finding.range) } }
    report.merge(form)
    report.merge(read)
    guard let catalogue else { return nil }
    if reviews { SchemaReview().review(schemas, into: &report) }
    let programs = programs(for: catalogue, from: schemas, into: &report)
    if reviews, let root = parsed.root {
      CatalogueReview.review(catalogue, root, programs, into: &report)
    }
    var whole = schemas.report
    whole.merge(all)
    let missing = report.diagnostics.filter { $0.code == .missingSchema }
    for finding in missing { whole.add(finding) }
    var sources = schemas.documents.mapValues(\.file)
    sources[catalogueFile.path] = catalogueFile
    return Rulebook(
      catalogue: catalogue, programs: programs,
      schemas: schemas.documents.values.sorted { $0.file.path < $1.file.path },
      isReviewed: reviews, basis: basis(of: catalogue, schemas, whole),
      fault: all.sorted.first { $0.severity == .error && $0.code.meansUnread }, sources: sources)
  }

  /// Reads the catalogue of a tree and no schema.
  ///
  /// - Parameter tree: What to read.
  /// - Returns: The catalogue, or `nil` where it cannot be read.
  /// - Throws: `SourceTreeError` where the tree as a whole cannot be read.
  package static func catalogue(
    of tree: any SourceTree
  ) throws(SourceTreeError) -> Catalogue? {
    var dropped = Report()
    guard let file = try catalogueFile(in: tree, into: &dropped),
      let parsed = YAMLReader.tree(of: file, into: &dropped)
    else { return nil }
    return CatalogueReader.catalogue(in: parsed, into: &dropped)
  }

  private static func catalogueFile(
    in tree: any SourceTree, into report: inout Report
  ) throws(SourceTreeError) -> SourceFile? {
    guard let path = RepoPath(Catalogue.path) else { return nil }
    do throws(SourceTreeError) {
      let bytes = try tree.bytes(of: path, limit: SyntaxLimits().bytes)
      return SourceFile(path: path, bytes: bytes)
    } catch {
      switch error {
      case .missing:
        report.error(
          .missingCatalogue, "there is no catalogue in \(tree.title)", at: .file(path),
          help: "Run registrar in a configuration repository, or write \(Catalogue.path)")
      case .store:
        throw error
      default:
        report.add(.unreadable(error, at: path))
      }
      return nil
    }
  }

  private static func programs(
    for catalogue: Catalogue, from schemas: SchemaSet, into report: inout Report
  ) -> [Program?] {
    let programs = catalogue.registers.map { register -> Program? in
      if let program = schemas.program(at: register.schemaPath) { return program }
      guard schemas.documents[register.schemaPath] == nil,
        !schemas.isUnreadable(register.schemaPath)
      else { return nil }
      report.error(
        .missingSchema, "the schema '\(register.schemaPath)' of '\(register.name)' gives no rules",
        at: register.definition.range, help: "Write the file, or correct its name")
      return nil
    }
    report.merge(schemas.report)
    return programs
  }
}

extension Diagnostic.Code {
  /// A register names a schema file that is not there or cannot be parsed.
  package static let missingSchema: Self = "catalogue/missing-schema"
}

package import Diagnostics
package import JSONSchema
package import SourceText
package import Syntax

/// The schema files of one source tree, parsed once and compiled as they are needed.
///
/// References lead to files below `schema/` alone: by the path of a file relative to the one that
/// refers to it, or by the `$id` that a file gives itself.
package final class SchemaSet {
  /// The URI of a file before an `$id` gives it another.
  private static let scheme = "registrar:/"

  private let tree: any SourceTree
  package private(set) var documents: [RepoPath: SyntaxTree] = [:]
  private var missing: Set<RepoPath> = []
  private var pathByID: [String: RepoPath]?
  private var programs: [RepoPath: Program] = [:]
  package private(set) var report = Report()
  private var library: SchemaLibrary?
  private var uses: [RepoPath: [RepoPath]] = [:]

  package init(tree: any SourceTree) {
    self.tree = tree
  }

  /// Returns the paths of all schema files, in order.
  package func paths() -> [RepoPath] {
    guard let folder = RepoPath(Catalogue.schemaFolder),
      let entries = try? tree.entries(under: folder)
    else { return [] }
    return entries.filter { $0.kind == .file && $0.path.string.hasSuffix(".json") }.map(\.path)
  }

  /// Returns the program for the schema at `path`, or `nil` where the file gives none.
  package func program(at path: RepoPath) -> Program? {
    if let known = programs[path] { return known }
    guard let root = document(at: path)?.root else { return nil }
    let library = self.library ?? SchemaLibrary { [unowned self] uri in document(withURI: uri) }
    self.library = library
    let program = Compiler.program(
      for: root, at: Self.scheme + path.string, library: library,
      options: .init(assertsFormats: true, annotationKeywords: OwnKeyword.collected))
    report.merge(library.report)
    library.report = Report()
    programs[path] = program
    return program
  }

  /// Returns the parsed file at `path`, or `nil` after reporting why there is none.
  package func document(at path: RepoPath) -> SyntaxTree? {
    if let known = documents[path] { return known }
    guard !missing.contains(path) else { return nil }
    do throws(SourceTreeError) {
      let bytes = try tree.bytes(of: path, limit: SyntaxLimits().bytes)
      let file = SourceFile(path: path, bytes: bytes)
      let limits = SyntaxLimits(tellsHidden: true)
      if let parsed = JSONReader.tree(of: file, limits: limits, into: &report) {
        documents[path] = parsed
        return parsed
      }
    } catch {
      // A file that is not there is told where it is named.
      if case .missing = error { return nil }
      report.add(.unreadable(error, at: path))
    }
    missing.insert(path)
    return nil
  }

  /// Whether a file is there and cannot be read, which is told.
  package func isUnreadable(_ path: RepoPath) -> Bool { missing.contains(path) }

  /// Returns the files of a schema: the one at `path` and all that it refers to, whether they can be read or not.
  package func files(of path: RepoPath) -> Set<RepoPath> {
    var found: Set<RepoPath> = [path]
    var open = [path]
    while let next = open.popLast() {
      for other in files(namedIn: next) where found.insert(other).inserted { open.append(other) }
    }
    return found
  }

  private func files(namedIn path: RepoPath) -> [RepoPath] {
    if let known = uses[path] { return known }
    let names =
      document(at: path)?.root.map {
        SchemaLibrary.documents(usedBy: $0, at: Self.scheme + path.string)
      } ?? []
    let files = names.compactMap { self.path(ofURI: $0) }
    uses[path] = files
    return files
  }

  private func document(withURI uri: String) -> SyntaxTree? {
    path(ofURI: uri).flatMap { document(at: $0) }
  }

  /// Returns the file that a name leads to, which may not be there; `nil` where it is no name of a file.
  private func path(ofURI uri: String) -> RepoPath? {
    if uri.hasPrefix(Self.scheme), let path = RepoPath(String(uri.dropFirst(Self.scheme.count))) {
      return path
    }
    if pathByID == nil {
      var index: [String: RepoPath] = [:]
      for path in paths() {
        guard let id = document(at: path)?.root?["$id"]?.string else { continue }
        index[id] = index[id] ?? path
      }
      pathByID = index
    }
    return pathByID?[uri]
  }
}

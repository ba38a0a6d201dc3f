import Diagnostics
package import Git
package import Registry
package import SourceText

/// The rulebooks of commits, each schema folder read once.
package struct Rulebooks {
  private var known: [ObjectID: Rulebook] = [:]

  package init() {}

  /// Returns the name of the schema folder of a commit; `nil` where there is none.
  package static func schemas(of tree: CommitTree) throws(SourceTreeError) -> ObjectID? {
    guard let folder = RepoPath(Catalogue.schemaFolder) else { return nil }
    return try tree.entry(at: folder)?.object
  }

  /// Returns the rulebook of a commit where one of the same schemas was read before.
  package func known(for tree: CommitTree) throws(SourceTreeError) -> Rulebook? {
    try Self.schemas(of: tree).flatMap { known[$0] }
  }

  /// Remembers the rulebook of a commit.
  package mutating func remember(_ rulebook: Rulebook, of tree: CommitTree) throws(SourceTreeError)
  {
    guard let schemas = try Self.schemas(of: tree) else { return }
    known[schemas] = rulebook
  }

  /// Returns the rulebook of a commit; `nil` where its catalogue cannot be read.
  package mutating func rulebook(of tree: CommitTree) throws(SourceTreeError) -> Rulebook? {
    if let rulebook = try known(for: tree) { return rulebook }
    var dropped = Report()
    guard let rulebook = try Rulebook.read(tree, into: &dropped) else { return nil }
    try remember(rulebook, of: tree)
    return rulebook
  }
}

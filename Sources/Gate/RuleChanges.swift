import Git
import History
import Registry
import Rules
import SourceText

/// Whether versions are judged alike: by the same schemas and the same waivers.
///
/// A version without a catalogue is judged by nothing.
struct RuleChanges {
  private let repository: Repository
  private var trees: CommitTrees
  /// The register of waivers, by the names of schema folders.
  private var waivers: [ObjectID: Register?] = [:]

  init(in repository: Repository) {
    self.repository = repository
    trees = CommitTrees(in: repository)
  }

  /// Whether a commit has a catalogue.
  mutating func hasRules(_ commit: ObjectID) throws -> Bool {
    guard let path = RepoPath(Catalogue.path) else { return false }
    return try trees.tree(of: commit).entry(at: path) != nil
  }

  /// Returns where the rules of two commits differ; `nil` where they are the same.
  mutating func difference(_ one: ObjectID, _ other: ObjectID) throws -> String? {
    let (has, had) = (try hasRules(one), try hasRules(other))
    guard has || had else { return nil }
    let (tree, before) = (try trees.tree(of: one), try trees.tree(of: other))
    let schemas = try Rulebooks.schemas(of: tree)
    guard has, had, let schemas, try schemas == Rulebooks.schemas(of: before) else {
      return Catalogue.schemaFolder + "/"
    }
    guard let register = try waivers(schemas, tree) else { return nil }
    if let paths = register.fixedPaths {
      return try paths.first { try tree.entry(at: $0) != before.entry(at: $0) }?.string
    }
    return try tree.changes(since: before).first { register.claims($0.path) }?.path.string
  }

  /// Returns what a commit does to the rules that all of its parents have otherwise, or `nil`.
  ///
  /// - Parameters:
  ///   - commit: The commit.
  ///   - seat: What one without parents is compared with.
  /// - Returns: Where they differ.
  /// - Throws: `GitError` or `SourceTreeError` where a commit cannot be read.
  mutating func change(by commit: Commit, beside seat: ObjectID) throws -> String? {
    guard !commit.parents.isEmpty else {
      return try hasRules(commit.id) ? difference(commit.id, seat) : nil
    }
    var found: String?
    for parent in commit.parents {
      guard let place = try difference(commit.id, parent) else { return nil }
      found = place
    }
    return found
  }

  private mutating func waivers(
    _ schemas: ObjectID, _ tree: CommitTree
  ) throws(SourceTreeError) -> Register? {
    if let known = waivers[schemas] { return known }
    let register = try Rulebook.catalogue(of: tree)?.register(named: Waivers.register)
    waivers[schemas] = register
    return register
  }
}

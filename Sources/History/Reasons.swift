import Comparison
package import Git
package import Registry
package import SourceText

/// The commits behind the changes of files between two commits.
package struct Reasons {
  private var commits: [RepoPath: [Commit]] = [:]
  private let repository: Repository

  /// Looks which commits of a range changed which file.
  ///
  /// - Parameters:
  ///   - base: The older commit, which is left out with all before it.
  ///   - tip: The newer commit.
  ///   - repository: Where they are.
  /// - Throws: `GitError` or `SourceTreeError` where a commit cannot be read.
  package init(from base: ObjectID, to tip: ObjectID, in repository: Repository) throws {
    self.repository = repository
    var trees = CommitTrees(in: repository)
    for commit in try repository.commits(from: base, to: tip) {
      guard let parent = commit.parents.first, commit.parents.count == 1 else { continue }
      let tree = try trees.tree(of: commit.id)
      let before = try trees.tree(of: parent)
      for change in try tree.changes(since: before) {
        commits[change.path, default: []].append(commit)
      }
    }
  }

  /// Returns the newest commits that gave passages of a document their words, and that took passages out.
  ///
  /// - Parameters:
  ///   - path: The document.
  ///   - numbering: How its clauses are numbered.
  /// - Returns: The commits by the source of a passage.
  /// - Throws: `GitError` or `SourceTreeError` where a commit cannot be read.
  package func passages(
    behind path: RepoPath, _ numbering: Numbering?
  ) throws -> (made: [String: Commit], removed: [String: Commit]) {
    var (made, removed): ([String: Commit], [String: Commit]) = ([:], [:])
    var trees = CommitTrees(in: repository)
    for commit in commits(behind: path).reversed() {
      func file(_ id: ObjectID) throws -> SourceFile {
        let tree = try trees.tree(of: id)
        let isThere = try tree.entry(at: path)?.kind == .file
        let bytes = isThere ? try tree.bytes(of: path, limit: .max) : []
        return SourceFile(path: path, bytes: bytes)
      }
      guard let parent = commit.parents.first else { continue }
      let redline = Redline(from: try file(parent), to: try file(commit.id), numbering)
      for step in redline.changes.map({ redline.steps[$0] }) {
        if let passage = step.new, made[passage.source] == nil {
          made[passage.source] = commit
        } else if let passage = step.old, step.new == nil, removed[passage.source] == nil {
          removed[passage.source] = commit
        }
      }
    }
    return (made, removed)
  }

  /// Returns the commits that changed a file, oldest first.
  package func commits(behind path: RepoPath) -> [Commit] { commits[path] ?? [] }
}

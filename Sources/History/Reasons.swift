package import Git
package import SourceText

/// The commits behind the changes of files between two commits.
package struct Reasons {
  private var commits: [RepoPath: [Commit]] = [:]

  /// Looks which commits of a range changed which file.
  ///
  /// - Parameters:
  ///   - base: The older commit, which is left out with all before it.
  ///   - tip: The newer commit.
  ///   - repository: Where they are.
  /// - Throws: `GitError` or `SourceTreeError` where a commit cannot be read.
  package init(from base: ObjectID, to tip: ObjectID, in repository: Repository) throws {
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

  /// Returns the commits that changed a file, oldest first.
  package func commits(behind path: RepoPath) -> [Commit] { commits[path] ?? [] }
}

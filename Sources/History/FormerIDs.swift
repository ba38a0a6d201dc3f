import Diagnostics
package import Git
package import Registry
package import Rules
package import SourceText

/// The ids that records had which are gone, over the history of a repository.
package struct FormerIDs {
  private let repository: Repository
  /// For each id that was removed, the last commit that did so.
  package private(set) var uses: [FormerUse: String] = [:]
  private var seen: Set<ObjectID> = []

  package init(in repository: Repository) {
    self.repository = repository
  }

  /// Looks through all commits that a commit has before it, and at itself.
  ///
  /// - Parameters:
  ///   - tip: The commit.
  ///   - rulebook: Says which file is of which register.
  /// - Throws: `GitError` or `SourceTreeError` where a commit cannot be read.
  package mutating func add(historyOf tip: ObjectID, by rulebook: Rulebook) async throws {
    guard !seen.contains(tip) else { return }
    var trees = CommitTrees(in: repository)
    for commit in try repository.commits(from: nil, to: tip) where !seen.contains(commit.id) {
      seen.insert(commit.id)
      let tree = try trees.tree(of: commit.id)
      for parent in commit.parents {
        let before = try trees.tree(of: parent)
        let gone = try await Self.removed(from: before, to: tree, by: rulebook)
        for use in gone {
          uses[use] = "commit \(commit.id.description.prefix(7)) (\(commit.subject))"
        }
      }
    }
  }

  /// Returns the ids that one tree has and the next has not.
  private static func removed(
    from old: CommitTree, to new: CommitTree, by rulebook: Rulebook
  ) async throws(SourceTreeError) -> Set<FormerUse> {
    guard let folder = RepoPath(Catalogue.folder) else { return [] }
    // A file that is only new removes nothing.
    let changes = try new.changes(since: old).filter { $0.path.isInside(folder) }
    guard changes.contains(where: { $0.old != nil }) else { return [] }
    func ids(
      _ tree: CommitTree, _ entries: [TreeEntry]
    ) async throws(SourceTreeError) -> Set<FormerUse> {
      var ids: Set<FormerUse> = []
      var dropped = Report()
      let snapshot = try await Snapshot.read(tree, entries, by: rulebook, jobs: 1, into: &dropped)
      for file in snapshot.files {
        let name = rulebook.catalogue.registers[file.register].name
        ids.formUnion(file.records.map { FormerUse(register: name, id: $0.id) })
      }
      return ids
    }
    let before = try await ids(old, changes.compactMap(\.old))
    return before.subtracting(try await ids(new, changes.compactMap(\.new)))
  }
}

package import SourceText

/// The trees of commits that a walk through history looks at again: a commit is soon the parent of
/// another.
package struct CommitTrees {
  /// From how many on all are let go: each keeps its large folders open.
  private static let most = 128

  private let repository: Repository
  private var known: [ObjectID: CommitTree] = [:]

  package init(in repository: Repository) {
    self.repository = repository
  }

  /// Returns the tree of a commit.
  package mutating func tree(of id: ObjectID) throws(GitError) -> CommitTree {
    if let tree = known[id] { return tree }
    if known.count >= Self.most { known = [:] }
    let tree = try CommitTree(of: id, in: repository)
    known[id] = tree
    return tree
  }
}

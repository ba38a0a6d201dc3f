package import Git
package import SourceText

/// What is known of a commit that is being made.
package enum CommitKind: Hashable, Sendable {
  /// It will follow HEAD.
  case next
  /// It will take the place of HEAD.
  case amended
  /// It may be either.
  case either
}

/// Index and work tree as the next version: which commits it will come from.
package struct Desk {
  /// HEAD, and what a merge that is under way joins with it; nothing before the first commit.
  package let parents: [ObjectID]
  /// The commits that HEAD comes from, where it can still be amended: nobody else has seen it.
  package let amended: [ObjectID]?

  /// Looks where a repository stands.
  ///
  /// - Parameters:
  ///   - repository: The repository.
  ///   - heads: What a merge joins with HEAD that the repository does not tell of yet.
  /// - Throws: `GitError` where it cannot be read.
  package init(in repository: Repository, joining heads: [ObjectID] = []) throws(GitError) {
    guard !repository.isUnborn else {
      parents = []
      amended = nil
      return
    }
    let head = try repository.commit(at: "HEAD")
    var joined = try repository.mergeHeads()
    for other in heads where !joined.contains(other) && !repository.isAncestor(other, of: head) {
      joined.append(other)
    }
    parents = [head] + joined
    // A merge that is under way cannot amend.
    let isPrivate = try joined.isEmpty ? !repository.isOnRemote(head) : false
    amended = isPrivate ? try repository.parents(of: head) : nil
  }

  /// Returns the commits that the next version comes from.
  ///
  /// - Parameter kind: What is known of the commit that it will be.
  /// - Returns: The commits; where two answers are possible, both.
  package func parents(of kind: CommitKind) -> [[ObjectID]] {
    guard let amended, kind != .next else { return [parents] }
    return kind == .amended ? [amended] : [parents, amended]
  }
}

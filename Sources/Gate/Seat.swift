import Diagnostics
package import Git
import Registry
package import SourceText

/// Whose rules judge on a server: those of the branch that `HEAD` names, as they were before the push.
package struct Seat {
  /// The branch; `nil` where `HEAD` is a commit, or in a repository without branches.
  package let branch: ReferenceName?
  /// Its commit; `nil` in a repository without branches.
  package let commit: ObjectID?
  /// The branches and what they pointed to before the push.
  let branches: [(name: ReferenceName, commit: ObjectID)]
  /// The catalogue; `nil` where the branch has none.
  let catalogue: Catalogue?
  /// Whether `HEAD` names a branch that is not there, and not the one that judges.
  let isUnnamed: Bool

  /// Why nothing can be judged.
  package enum Fault: Error, Hashable, Sendable {
    /// There are branches, and not the one that `HEAD` names.
    case noBranch(ReferenceName)
    /// The catalogue of the branch cannot be read.
    case noCatalogue
  }

  /// Finds who judges.
  ///
  /// A `HEAD` that names no branch chooses none: where there is one branch alone it is that, else
  /// nobody judges, and nothing passes.
  ///
  /// - Parameter repository: The server's repository.
  /// - Throws: `Fault`, or `GitError` or `SourceTreeError` where it cannot be read.
  package init(of repository: Repository) throws {
    branches = try repository.branchReferences()
    let head = try repository.headName()
    if let head, let own = branches.first(where: { $0.name == head }) {
      (branch, commit, isUnnamed) = (head, own.commit, false)
    } else if let head {
      guard branches.count < 2 else { throw Fault.noBranch(head) }
      (branch, commit, isUnnamed) = (branches.first?.name, branches.first?.commit, true)
    } else {
      (branch, commit, isUnnamed) = (nil, try repository.reference("HEAD"), false)
    }
    guard let commit, let path = RepoPath(Catalogue.path) else {
      catalogue = nil
      return
    }
    let tree = try CommitTree(of: commit, in: repository)
    let hasCatalogue = try tree.entry(at: path) != nil
    catalogue = try Rulebook.catalogue(of: tree)
    guard !hasCatalogue || catalogue != nil else { throw Fault.noCatalogue }
  }

  /// Returns the branch that `HEAD` should name once a push is made: the only one.
  ///
  /// - Parameter updates: The push.
  /// - Returns: The branch; `nil` where `HEAD` names it already.
  package func heir(after updates: [ReferenceUpdate]) -> ReferenceName? {
    guard isUnnamed else { return nil }
    if let branch { return branch }
    let made = updates.filter { $0.isBranch && $0.new != nil }
    return made.count == 1 ? made.first?.name : nil
  }
}

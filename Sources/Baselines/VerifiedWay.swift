import Diagnostics
import Git
import History
import Registry
import Rules

extension Verification {
  /// Judges the way from the baseline before, commit by commit, as it was judged when the baseline was
  /// made.
  ///
  /// - Parameters:
  ///   - tree: The commit that is tagged.
  ///   - index: Its records.
  ///   - baseline: The baseline.
  ///   - repository: Where it is.
  ///   - way: Knows the steps that were judged before, for another baseline.
  /// - Returns: What is wrong with steps on the way; nothing where there is no baseline before, or its
  ///   commit is not there.
  /// - Throws: `GitError` or `SourceTreeError` where a commit cannot be read.
  func way(
    to tree: CommitTree, _ index: RecordIndex, _ baseline: Baseline, _ repository: Repository,
    _ way: inout Way
  ) async throws -> Report {
    guard let id = baseline.previous, let before = try repository.annotatedTag(id),
      repository.isAncestor(before.target, of: tree.commit)
    else { return Report() }
    let steps = try await way.found(
      to: tree, nil, at: .commit(tree.commit), since: before.target)
    var waived = Report()
    return Way.report(of: steps, to: index, today: Day(number: 0), waived: &waived)
  }
}

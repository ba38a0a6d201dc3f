import Baselines
import Diagnostics
import Git
import Registry
import SourceText

/// A branch that is moved by force or deleted leaves no published baseline behind: what no branch has is
/// found by nobody, and verified by nobody as good.
extension Gatekeeper {
  /// Finds the baselines of the server that a branch has and that no branch has after a push.
  ///
  /// - Parameters:
  ///   - update: What happens to the branch.
  ///   - updates: The whole push, which is taken as a whole, or not at all.
  ///   - bench: What it is judged by.
  /// - Returns: Their names.
  /// - Throws: `GitError` where the tags cannot be read.
  func lostBaselines(
    by update: ReferenceUpdate, after updates: [ReferenceUpdate], _ bench: Bench
  ) throws(GitError) -> [String] {
    try lostBaselines(by: update, keeping: bench.tips(after: updates)) {
      bench.seat.catalogue?.baselineKind(of: $0) != nil
    }
  }

  /// Finds the baselines that a remote will have on no branch, as far as it is known here.
  ///
  /// - Parameters:
  ///   - update: What happens to a branch of the remote.
  ///   - updates: The whole push.
  ///   - remote: The name of the remote.
  /// - Returns: Their names.
  /// - Throws: `GitError` where the references cannot be read.
  func lostBaselines(
    by update: ReferenceUpdate, after updates: [ReferenceUpdate], of remote: String
  ) throws(GitError) -> [String] {
    var tips = updates.filter(\.isBranch).compactMap(\.new)
    for (name, tip) in try repository.remoteReferences(of: remote) {
      let branch = name.name(in: "refs/remotes/\(remote)/").map {
        ReferenceName(Array("refs/heads/".utf8) + $0.bytes)
      }
      if !updates.contains(where: { $0.name == branch }) { tips.append(tip) }
    }
    return try lostBaselines(by: update, keeping: tips) { _ in false }
  }

  private func lostBaselines(
    by update: ReferenceUpdate, keeping tips: [ObjectID], isKind: (String) -> Bool
  ) throws(GitError) -> [String] {
    guard let old = update.old, (try? repository.kind(of: old)) == "commit" else { return [] }
    if let new = update.new, repository.isAncestor(old, of: new) { return [] }
    var names: [ObjectID: [String]] = [:]
    for tag in try repository.tagReferences() {
      guard let object = try? repository.annotatedTag(tag.id), object.targetKind == "commit",
        isKind(tag.name) || Baseline(name: tag.name, tag: object) != nil
      else { continue }
      names[object.target, default: []].append(tag.name)
    }
    guard !names.isEmpty else { return [] }
    let had = repository.reachable(Set(names.keys), from: [old])
    let lost = had.subtracting(repository.reachable(had, from: tips))
    return lost.flatMap { names[$0] ?? [] }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

extension Judgement {
  /// Refuses what leaves baselines on no branch.
  mutating func refuse(losing names: [String], by update: ReferenceUpdate) {
    let list = names.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
    let more = names.count > 5 ? " and \(names.count - 5) more" : ""
    let branch = update.name.name(in: "refs/heads/")?.text ?? "main"
    let what = names.count == 1 ? "baseline" : "baselines"
    refuse(
      .lostBaseline,
      "without what '\(update.name)' had, no branch has the commit of the \(what) \(list)\(more)",
      help: update.new == nil
        ? "Keep the branch, or push its commits to another one first"
        : "Go on from the branch as it is there, and commit what is to change on top of it: git fetch "
          + "origin && git reset --soft origin/\(branch)")
  }
}

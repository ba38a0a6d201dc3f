import Baselines
import Diagnostics
import Git
import Registry
import SourceText

/// A branch that is moved by force or deleted leaves no published baseline behind: what no branch has is
/// found by nobody, and verified by nobody as good.
extension Gatekeeper {
  /// Finds the baselines of the server that a branch has and that no branch is sure to have after a push.
  ///
  /// - Parameters:
  ///   - update: What happens to the branch.
  ///   - updates: The whole push.
  ///   - bench: What it is judged by.
  /// - Returns: Their names.
  /// - Throws: `GitError` where the tags cannot be read.
  func lostBaselines(
    by update: ReferenceUpdate, after updates: [ReferenceUpdate], _ bench: Bench
  ) throws(GitError) -> [String] {
    try lostBaselines(by: update) {
      kept($0, on: bench.seat.branches, after: updates, isSure: bench.isSure)
    } isKind: {
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
    let branches = try repository.remoteReferences(of: remote).compactMap { name, tip in
      name.name(in: "refs/remotes/\(remote)/").map {
        (name: ReferenceName(Array("refs/heads/".utf8) + $0.bytes), commit: tip)
      }
    }
    // What else the server refuses is its own affair.
    return try lostBaselines(by: update) {
      kept($0, on: branches, after: updates, isSure: true)
    } isKind: { _ in
      false
    }
  }

  /// Returns those of some commits that a branch is sure to have after a push, whatever Git takes of it.
  ///
  /// Git moves one reference after another, and some may fail: a commit stays where a branch has it whether
  /// that is moved or not.
  ///
  /// - Parameters:
  ///   - commits: The commits.
  ///   - branches: The branches before the push.
  ///   - updates: The push.
  ///   - isSure: Whether Git makes and moves forward all branches as the push says.
  /// - Returns: The commits that are kept.
  func kept(
    _ commits: Set<ObjectID>, on branches: [(name: ReferenceName, commit: ObjectID)],
    after updates: [ReferenceUpdate], isSure: Bool
  ) -> Set<ObjectID> {
    var moves = Dictionary(
      updates.filter(\.isBranch).map { ($0.name, $0.new) }, uniquingKeysWith: { $1 })
    var tips: [ObjectID] = []
    var kept: Set<ObjectID> = []
    for (name, tip) in branches {
      switch moves.removeValue(forKey: name) {
      case nil: tips.append(tip)
      case .some(nil): break
      case .some(let new?) where repository.isAncestor(tip, of: new):
        tips.append(isSure ? new : tip)
      case .some(let new?):
        kept.formUnion(
          repository.reachable(repository.reachable(commits, from: [new]), from: [tip]))
      }
    }
    if isSure { tips += moves.values.compactMap(\.self) }
    return kept.union(repository.reachable(commits.subtracting(kept), from: tips))
  }

  private func lostBaselines(
    by update: ReferenceUpdate, keeping kept: (Set<ObjectID>) -> Set<ObjectID>,
    isKind: (String) -> Bool
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
    let lost = had.subtracting(kept(had))
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

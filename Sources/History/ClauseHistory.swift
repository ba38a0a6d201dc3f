package import Comparison
package import Git
package import Registry
package import SourceText

/// What happened to a document or to one clause of it from commit to commit, newest first.
package struct ClauseHistory {
  /// A commit that changed the clause.
  package struct Entry: Sendable {
    package let commit: Commit
    /// The number that it had before; `nil` where it was inserted.
    package let before: String?
    package let number: String
    /// What changed in it, the steps of a redline.
    package let redline: Redline
    /// The positions of the changes that concern the clause.
    package let steps: [Int]
  }

  /// Returns the changes of a clause up to a commit, followed through renumbering and moves.
  ///
  /// - Parameters:
  ///   - number: The number of the clause at the commit; empty for the whole document.
  ///   - path: The document.
  ///   - numbering: How its clauses are numbered.
  ///   - tip: The commit.
  ///   - repository: Where.
  ///   - formerPath: Returns where the document stood before a commit that made the file.
  /// - Returns: The changes, newest first.
  /// - Throws: `GitError` or `SourceTreeError` where a commit cannot be read.
  package static func entries(
    of number: String, at path: RepoPath, _ numbering: Numbering?, upTo tip: ObjectID,
    in repository: Repository, formerPath: (Commit) async throws -> RepoPath? = { _ in nil }
  ) async throws -> [Entry] {
    var entries: [Entry] = []
    var trees = CommitTrees(in: repository)
    var wanted: [ObjectID: (number: String, path: RepoPath)] = [tip: (number, path)]
    let descent = CommitDescent(in: repository)
    var lookups: [RepoPath: PathLookup] = [:]
    while let id = try descent.next(of: wanted.keys),
      let (number, path) = wanted.removeValue(forKey: id)
    {
      let parents = try repository.parents(of: id)
      let lookup = lookups[path] ?? PathLookup(of: path, in: repository)
      lookups[path] = lookup
      guard try lookup.object(in: id) != nil else { continue }
      if let same = try lookup.sameParent(of: id, among: parents) {
        wanted[same] = (number, path)
        continue
      }
      let commit = try repository.commit(id)
      let tree = try trees.tree(of: id)
      let now = SourceFile(path: path, bytes: try tree.bytes(of: path, limit: .max))
      var old: SourceFile?
      if let parent = parents.first {
        let before = try trees.tree(of: parent)
        var place: RepoPath? = path
        if try before.entry(at: path) == nil { place = try await formerPath(commit) }
        if let place, try before.entry(at: place) != nil {
          old = SourceFile(path: place, bytes: try before.bytes(of: place, limit: .max))
        }
      }
      let clause = Clause(number, in: now, numbering)
      guard clause != nil || number.isEmpty else { continue }
      let redline = Redline(from: old ?? SourceFile(path: path, bytes: []), to: now, numbering)
      let inside = redline.steps.indices.filter { position in
        guard let passage = redline.steps[position].new else { return false }
        return clause?.range.contains(passage.range.lowerBound) ?? true
      }
      let first = inside.first.flatMap { position -> Passage? in
        let step = redline.steps[position]
        return step.old ?? step.partner.flatMap { redline.steps[$0].old }
      }
      // What was deleted between two passages of the clause was in it.
      let span = (inside.first ?? 0)...(max(inside.first ?? 0, inside.last ?? 0))
      let steps = redline.changes.filter { position in
        number.isEmpty || inside.contains(position)
          || (redline.steps[position].new == nil && span.contains(position))
      }
      if !steps.isEmpty {
        entries.append(
          Entry(
            commit: commit, before: first?.number, number: number, redline: redline, steps: steps))
      }
      if let parent = parents.first, let before = number.isEmpty ? "" : first?.number,
        number.isEmpty || !before.isEmpty
      {
        wanted[parent] = (before, old?.path ?? path)
      }
    }
    return entries
  }
}

package import Comparison
package import Git
package import Registry
package import SourceText

/// Which commit each passage of a document comes from, as `git blame` tells it of lines.
package struct PassageBlame {
  /// The passages of the document at the newest commit, in order.
  package let passages: [Passage]
  /// For each of them the commit that gave it its words or its place; `nil` where that is older than
  /// what was looked at.
  package private(set) var commits: [Commit?]
  /// The commits that took passages out, by the source of the passage.
  package private(set) var deletions: [String: Commit] = [:]

  /// Looks for the origin of the passages of a document.
  ///
  /// A passage comes from the newest commit in which it differs from what every parent has.
  ///
  /// - Parameters:
  ///   - path: The document.
  ///   - numbering: How its clauses are numbered.
  ///   - tip: The newest commit.
  ///   - base: The commit that is left out, with all before it; `nil` to look at all.
  ///   - repository: Where they are.
  /// - Throws: `GitError` or `SourceTreeError` where a commit cannot be read.
  package init(
    of path: RepoPath, _ numbering: Numbering?, upTo tip: ObjectID, after base: ObjectID? = nil,
    in repository: Repository
  ) throws {
    var trees = CommitTrees(in: repository)
    var files: [ObjectID: [Passage]] = [:]
    func passages(of tree: CommitTree) throws -> (blob: ObjectID, passages: [Passage])? {
      guard let blob = try tree.entry(at: path)?.object else { return nil }
      if let known = files[blob] { return (blob, known) }
      let source = SourceFile(path: path, bytes: try tree.bytes(of: path, limit: .max))
      let passages = Passage.passages(of: source, numbering)
      files[blob] = passages
      return (blob, passages)
    }
    self.passages = try passages(of: trees.tree(of: tip))?.passages ?? []
    commits = Array(repeating: nil, count: self.passages.count)
    // For each commit that is still to be looked at, its passages that stand in the newest one.
    var open: [ObjectID: [(here: Int, there: Int)]] = [
      tip: self.passages.indices.map { ($0, $0) }
    ]
    for commit in try repository.commits(from: base, to: tip).reversed() {
      guard var wanted = open.removeValue(forKey: commit.id),
        let now = try passages(of: trees.tree(of: commit.id))
      else { continue }
      for (position, parent) in commit.parents.enumerated() {
        guard let before = try passages(of: trees.tree(of: parent)) else { continue }
        if before.blob == now.blob {
          open[parent, default: []] += wanted
          wanted = []
          break
        }
        let (origins, deleted) = Redline(from: before.passages, to: now.passages).origins
        if position == 0, commit.parents.count == 1 {
          for passage in deleted where deletions[passage.source] == nil {
            deletions[passage.source] = commit
          }
        }
        open[parent, default: []] += wanted.compactMap { entry in
          origins[entry.here].map { ($0, entry.there) }
        }
        wanted.removeAll { origins[$0.here] != nil }
      }
      for entry in wanted { commits[entry.there] = commit }
    }
  }
}

extension Redline {
  /// For each new passage the old one that it is without a change, and the passages that are gone.
  fileprivate var origins: (positions: [Int?], deleted: [Passage]) {
    var positions: [Int?] = []
    var deleted: [Passage] = []
    var old = 0
    var places: [Int: Int] = [:]
    for (index, step) in steps.enumerated() where step.old != nil {
      places[index] = old
      old += 1
    }
    for (index, step) in steps.enumerated() {
      if let passage = step.old, step.new == nil, step.kind == .deleted { deleted.append(passage) }
      guard step.new != nil else { continue }
      positions.append(step.kind == .same && !step.isRenumbered ? places[index] : nil)
    }
    return (positions, deleted)
  }
}

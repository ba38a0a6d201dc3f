package import Comparison
package import Git
package import Registry
package import SourceText

/// Which commit each passage of a document comes from, as `git blame` tells it of lines.
package struct PassageBlame {
  /// The passages of the document at the newest commit, in order.
  package let passages: [Passage]
  /// For each of them the commit that gave it its words or its place.
  package private(set) var commits: [Commit?]

  /// Looks for the origin of the passages of a document.
  ///
  /// A passage comes from the newest commit in which it differs from what every parent has.
  ///
  /// - Parameters:
  ///   - path: The document.
  ///   - numbering: How its clauses are numbered.
  ///   - tip: The newest commit.
  ///   - repository: Where they are.
  /// - Throws: `GitError` or `SourceTreeError` where a commit cannot be read.
  package init(
    of path: RepoPath, _ numbering: Numbering?, upTo tip: ObjectID, in repository: Repository
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
    let descent = CommitDescent(in: repository)
    while let id = try descent.next(of: open.keys), var wanted = open.removeValue(forKey: id) {
      guard let now = try passages(of: trees.tree(of: id)) else { continue }
      for parent in try repository.parents(of: id) where !wanted.isEmpty {
        guard let before = try passages(of: trees.tree(of: parent)) else { continue }
        if before.blob == now.blob {
          open[parent, default: []] += wanted
          wanted = []
          break
        }
        let origins = Redline(from: before.passages, to: now.passages).origins
        let passed = wanted.compactMap { entry in origins[entry.here].map { ($0, entry.there) } }
        if !passed.isEmpty { open[parent, default: []] += passed }
        wanted.removeAll { origins[$0.here] != nil }
      }
      guard !wanted.isEmpty else { continue }
      let commit = try repository.commit(id)
      for entry in wanted { commits[entry.there] = commit }
    }
  }
}

extension Redline {
  /// For each new passage the position of the old one that it is without a change.
  fileprivate var origins: [Int?] {
    var origins: [Int?] = []
    var position = 0
    for step in steps {
      if step.new != nil {
        let isOld = step.old != nil && step.kind == .same && !step.isRenumbered
        origins.append(isOld ? position : nil)
      }
      if step.old != nil { position += 1 }
    }
    return origins
  }
}

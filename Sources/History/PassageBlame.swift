package import Comparison
package import Git
package import Registry
package import SourceText

/// Which commit each passage of a document comes from, as `git blame` tells it of lines.
package struct PassageBlame {
  /// The passages of the document at the newest commit, in order.
  package private(set) var passages: [Passage]
  /// For each of them the commit that gave it its words or its place.
  package private(set) var commits: [Commit?]

  /// Passages of the newest version, as an older commit has them or may have had them before it.
  private struct Line {
    var path: RepoPath
    var passages: [Passage]
    /// Their positions among the passages, and in the newest version.
    var wanted: [(here: Int, there: Int)]
    /// The commit that made the document where there was none, if nothing before it had them.
    var maker: ObjectID?
  }

  private let repository: Repository
  private let numbering: Numbering?
  private var trees: CommitTrees
  private var files: [ObjectID: [Passage]] = [:]
  private var open: [ObjectID: [Line]] = [:]

  /// Looks for the origin of the passages of a document.
  ///
  /// A passage comes from the newest commit in which it differs from what every parent has. A document that
  /// was removed and came back is the same one.
  ///
  /// - Parameters:
  ///   - path: The document.
  ///   - numbering: How its clauses are numbered.
  ///   - tip: The newest commit.
  ///   - repository: Where they are.
  ///   - formerPaths: For each commit that moved the document, where it was before.
  /// - Throws: `GitError` or `SourceTreeError` where a commit cannot be read.
  package init(
    of path: RepoPath, _ numbering: Numbering?, upTo tip: ObjectID, in repository: Repository,
    formerPaths: [ObjectID: RepoPath] = [:]
  ) throws {
    self.repository = repository
    self.numbering = numbering
    let trees = CommitTrees(in: repository)
    self.trees = trees
    passages = []
    commits = []
    let newest = try version(at: path, in: tip)?.passages ?? []
    passages = newest
    commits = Array(repeating: nil, count: newest.count)
    open[tip] = [
      Line(path: path, passages: newest, wanted: newest.indices.map { ($0, $0) }, maker: nil)
    ]
    let descent = CommitDescent(in: repository)
    while let id = try descent.next(of: open.keys), let lines = open.removeValue(forKey: id) {
      let parents = try repository.parents(of: id)
      for line in lines { try follow(line, at: id, parents, formerPaths[id]) }
    }
  }

  private mutating func version(
    at path: RepoPath, in commit: ObjectID
  ) throws -> (blob: ObjectID, passages: [Passage])? {
    let tree = try trees.tree(of: commit)
    guard let entry = try tree.entry(at: path), entry.kind == .file, let blob = entry.object else {
      return nil
    }
    if let known = files[blob] { return (blob, known) }
    if files.count >= 16 { files = [:] }
    let source = SourceFile(path: path, bytes: try tree.bytes(of: path, limit: .max))
    let passages = Passage.passages(of: source, numbering)
    files[blob] = passages
    return (blob, passages)
  }

  private mutating func follow(
    _ line: Line, at id: ObjectID, _ parents: [ObjectID], _ formerPath: RepoPath?
  ) throws {
    var line = line
    let now = try version(at: line.path, in: id)
    if let maker = line.maker {
      guard let now else {
        guard let parent = parents.first else { return try blame(line, on: maker) }
        open[parent, default: []].append(line)
        return
      }
      let origins = Redline(from: now.passages, to: line.passages).origins
      var others = line
      others.wanted.removeAll { origins[$0.here] != nil }
      try blame(others, on: maker)
      line.wanted = line.wanted.compactMap { entry in origins[entry.here].map { ($0, entry.there) }
      }
      line.maker = nil
      line.passages = now.passages
    }
    guard let now, !line.wanted.isEmpty else { return }
    var isNew = true
    for parent in parents where !line.wanted.isEmpty {
      var path = line.path
      var before = try version(at: path, in: parent)
      if before == nil, let formerPath {
        path = formerPath
        before = try version(at: path, in: parent)
      }
      guard let before else { continue }
      isNew = false
      var passed = Line(path: path, passages: before.passages, wanted: line.wanted, maker: nil)
      if before.blob == now.blob {
        line.wanted = []
      } else {
        let origins = Redline(from: before.passages, to: now.passages).origins
        passed.wanted = line.wanted.compactMap { entry in
          origins[entry.here].map { ($0, entry.there) }
        }
        line.wanted.removeAll { origins[$0.here] != nil }
      }
      if !passed.wanted.isEmpty { open[parent, default: []].append(passed) }
    }
    if isNew, let parent = parents.first {
      line.maker = id
      open[parent, default: []].append(line)
    } else {
      try blame(line, on: id)
    }
  }

  private mutating func blame(_ line: Line, on id: ObjectID) throws(GitError) {
    guard !line.wanted.isEmpty else { return }
    let commit = try repository.commit(id)
    for entry in line.wanted { commits[entry.there] = commit }
  }
}

extension Redline {
  /// For each new passage the position of the old one that it is without a change.
  fileprivate var origins: [Int?] {
    var origins: [Int?] = []
    var position = 0
    for step in steps {
      if step.new != nil {
        let isOld = step.old != nil && step.new != nil && !step.isChange
        origins.append(isOld ? position : nil)
      }
      if step.old != nil { position += 1 }
    }
    return origins
  }
}

package import Comparison
import Diagnostics
package import Git
package import Registry
package import SourceText
import Syntax

/// The commits behind the changes of files and records between two commits.
package struct Reasons {
  private var commits: [RepoPath: [Commit]] = [:]
  private let repository: Repository
  /// For each file that was looked into, which records its commits changed.
  private var changed: [RepoPath: [Set<String>]] = [:]
  /// The most files that are looked up one by one in each commit.
  private static let fewPaths = 8

  /// Looks which commits of a range changed which file.
  ///
  /// A merge is among them where what it has is what none of its parents has.
  ///
  /// - Parameters:
  ///   - base: The older commit, which is left out with all before it.
  ///   - tip: The newer commit.
  ///   - repository: Where they are.
  ///   - paths: The files that are asked for; all where it is `nil`.
  /// - Throws: `GitError` or `SourceTreeError` where a commit cannot be read.
  package init(
    from base: ObjectID, to tip: ObjectID, in repository: Repository,
    behind paths: Set<RepoPath>? = nil
  ) throws {
    self.repository = repository
    if let paths, paths.isEmpty { return }
    var trees = CommitTrees(in: repository)
    let few = paths.flatMap { $0.count <= Self.fewPaths ? $0.sorted() : nil }
    let lookups = few.map { $0.map { PathLookup(of: $0, in: repository) } }
    for commit in try repository.commits(from: base, to: tip) where !commit.parents.isEmpty {
      if let few, let lookups {
        for (path, lookup) in zip(few, lookups)
        where try lookup.sameParent(of: commit.id, among: commit.parents) == nil {
          commits[path, default: []].append(commit)
        }
        continue
      }
      let tree = try trees.tree(of: commit.id)
      var own: Set<RepoPath>?
      for parent in commit.parents {
        let found = Set(try tree.changes(since: try trees.tree(of: parent)).map(\.path))
        own = own?.intersection(found) ?? found
      }
      for path in own ?? [] where paths?.contains(path) ?? true {
        commits[path, default: []].append(commit)
      }
    }
  }

  /// Returns the commits that changed a file, oldest first.
  package func commits(behind path: RepoPath) -> [Commit] { commits[path] ?? [] }

  /// Returns the commits that changed a record, oldest first: of a file of many records not those that
  /// changed others.
  ///
  /// - Parameters:
  ///   - change: The change of the record between both ends of the range.
  ///   - rulebook: Says how the files are read.
  /// - Returns: The commits.
  /// - Throws: `GitError` or `SourceTreeError` where a commit cannot be read.
  package mutating func commits(
    behind change: RecordChange, by rulebook: Rulebook
  ) async throws -> [Commit] {
    let ids = Set([change.old?.id, change.new?.id].compactMap(\.self))
    var found: [Commit] = []
    for path in Set([change.old?.path, change.new?.path].compactMap(\.self)).sorted() {
      let own = commits(behind: path)
      guard own.count > 1 else {
        // Who alone changed the file changed the record.
        found += own.filter { !found.contains($0) }
        continue
      }
      let records = try await records(changedAt: path, by: rulebook)
      for (commit, changed) in zip(own, records)
      where !changed.isDisjoint(with: ids) && !found.contains(commit) {
        found.append(commit)
      }
    }
    return found
  }

  /// Returns which records of a file each of its commits changed.
  private mutating func records(
    changedAt path: RepoPath, by rulebook: Rulebook
  ) async throws -> [Set<String>] {
    if let known = changed[path] { return known }
    var versions: [ObjectID: [String: Int]?] = [:]
    var trees = CommitTrees(in: repository)
    func records(_ id: ObjectID) async throws -> [String: Int]? {
      let tree = try trees.tree(of: id)
      guard let entry = try tree.entry(at: path), let blob = entry.object else { return [:] }
      if let known = versions[blob] { return known }
      var dropped = Report()
      let snapshot = try await Snapshot.read(
        tree, [entry], by: rulebook, jobs: 1, judges: false, into: &dropped)
      var records: [String: Int]?
      if snapshot.faults.isEmpty {
        records = Dictionary(
          snapshot.files.flatMap(\.records).map { ($0.id, NodeValue($0.node).digest) },
          uniquingKeysWith: { one, _ in one })
      }
      versions[blob] = .some(records)
      return records
    }
    var all: [Set<String>] = []
    var last: [String: Int] = [:]
    for commit in commits(behind: path) {
      // What cannot be read changed nothing that anybody knows; who mends it is told.
      guard let now = try await records(commit.id) else {
        all.append([])
        continue
      }
      var own: Set<String>?
      for parent in commit.parents {
        let before = try await records(parent) ?? last
        let differing = Set(now.filter { before[$0.key] != $0.value }.keys)
          .union(before.keys.filter { now[$0] == nil })
        own = own?.intersection(differing) ?? differing
      }
      all.append(own ?? [])
      last = now
    }
    changed[path] = all
    return all
  }

  /// Returns the newest commits that gave passages of a document their words, and that took passages out.
  ///
  /// - Parameters:
  ///   - path: The document.
  ///   - numbering: How its clauses are numbered.
  /// - Returns: The commits by what a passage says.
  /// - Throws: `GitError` or `SourceTreeError` where a commit cannot be read.
  package func passages(
    behind path: RepoPath, _ numbering: Numbering?
  ) throws -> (made: [String: Commit], removed: [String: Commit]) {
    var (made, removed): ([String: Commit], [String: Commit]) = ([:], [:])
    var trees = CommitTrees(in: repository)
    for commit in commits(behind: path).reversed() {
      func file(_ id: ObjectID) throws -> SourceFile {
        let tree = try trees.tree(of: id)
        let isThere = try tree.entry(at: path)?.kind == .file
        let bytes = isThere ? try tree.bytes(of: path, limit: SyntaxLimits().bytes) : []
        return SourceFile(path: path, bytes: bytes)
      }
      guard let parent = commit.parents.first else { continue }
      let redline = Redline(from: try file(parent), to: try file(commit.id), numbering)
      for step in redline.changes.map({ redline.steps[$0] }) {
        if let passage = step.new, made[passage.says] == nil {
          made[passage.says] = commit
        } else if let passage = step.old, step.new == nil, removed[passage.says] == nil {
          removed[passage.says] = commit
        }
      }
    }
    return (made, removed)
  }
}

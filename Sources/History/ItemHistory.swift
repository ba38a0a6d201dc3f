package import Comparison
import Diagnostics
package import Git
package import Registry
package import SourceText

/// What happened to one record from commit to commit, newest first.
package struct ItemHistory {
  /// A commit that changed the record.
  package struct Entry: Sendable {
    package let commit: Commit
    package let change: RecordChange
  }

  private let repository: Repository
  /// What judges where a commit has no catalogue that can be read.
  private let rulebook: Rulebook
  private var rulebooks = Rulebooks()
  private var trees: CommitTrees

  /// Prepares a search.
  ///
  /// - Parameters:
  ///   - repository: Where the commits are.
  ///   - rulebook: Says which file is of which register, where a commit does not.
  package init(in repository: Repository, by rulebook: Rulebook) {
    self.repository = repository
    trees = CommitTrees(in: repository)
    self.rulebook = rulebook
  }

  /// Returns the changes of a record up to a commit.
  ///
  /// The record is followed by its id, through moves of its file, from table to file, and to the id that
  /// it had before, where `formerly` or equal content says so.
  ///
  /// - Parameters:
  ///   - id: The record's id at the commit.
  ///   - register: Its register.
  ///   - path: The file that it stands in at the commit.
  ///   - tip: The commit.
  /// - Returns: The changes, newest first.
  /// - Throws: `GitError` or `SourceTreeError` where a commit cannot be read.
  package mutating func entries(
    of id: String, in register: String, at path: RepoPath, upTo tip: ObjectID
  ) async throws -> [Entry] {
    var entries: [Entry] = []
    // Where the record is looked for, in each line of history that is still open.
    var places: [ObjectID: Set<Place>] = [tip: [Place(id: id, path: path)]]
    let descent = CommitDescent(in: repository)
    var lookups: [RepoPath: PathLookup] = [:]
    while let id = try descent.next(of: places.keys), let wanted = places.removeValue(forKey: id) {
      let parents = try repository.parents(of: id)
      for place in wanted {
        if parents.isEmpty {
          let tree = try trees.tree(of: id)
          let (_, records) = try await changes(from: nil, to: tree, register)
          if let change = records.first(where: { $0.id == place.id }) {
            entries.append(Entry(commit: try repository.commit(id), change: change))
          }
          continue
        }
        let lookup = lookups[place.path] ?? PathLookup(of: place.path, in: repository)
        lookups[place.path] = lookup
        if let same = try lookup.sameParent(of: id, among: parents) {
          places[same, default: []].insert(place)
          continue
        }
        let tree = try trees.tree(of: id)
        for (position, parent) in parents.enumerated() {
          let before = try trees.tree(of: parent)
          let (_, records) = try await changes(from: before, to: tree, register)
          guard let change = records.first(where: { $0.id == place.id }) else {
            // The file changed and the record did not.
            places[parent, default: []].insert(place)
            continue
          }
          if position == 0 {
            entries.append(Entry(commit: try repository.commit(id), change: change))
          }
          guard let old = change.old else { continue }
          places[parent, default: []].insert(Place(id: old.id, path: old.path))
        }
      }
    }
    return entries
  }

  private struct Place: Hashable {
    let id: String
    let path: RepoPath
  }

  /// Returns what changed in a commit against its first parent.
  package mutating func changes(in commit: Commit) async throws -> [RecordChange] {
    let tree = try trees.tree(of: commit.id)
    let before = try commit.parents.first.map { try trees.tree(of: $0) }
    return try await changes(from: before, to: tree, nil).1
  }

  /// Returns the catalogue and the schemas as a commit has them.
  private mutating func rulebook(of tree: CommitTree) throws(SourceTreeError) -> Rulebook {
    if let read = try rulebooks.rulebook(of: tree) { return read }
    try rulebooks.remember(rulebook, of: tree)
    return rulebook
  }

  private mutating func changes(
    from old: CommitTree?, to new: CommitTree, _ register: String?
  ) async throws(SourceTreeError) -> (RegisterComparison, [RecordChange]) {
    let folder = RepoPath(Catalogue.folder)
    var (before, now): ([TreeEntry], [TreeEntry]) = ([], [])
    if let old {
      let changes = try new.changes(since: old)
      before = changes.compactMap(\.old)
      now = changes.compactMap(\.new)
    } else {
      now = try new.entries(under: folder)
    }
    func isWanted(_ entry: TreeEntry, _ rulebook: Rulebook) -> Bool {
      guard let folder, entry.path.isInside(folder), entry.kind == .file else { return false }
      guard let register else { return true }
      return rulebook.catalogue.register(named: register)?.claims(entry.path) ?? false
    }
    var dropped = Report()
    let (earlier, later) = (try rulebook(of: old ?? new), try rulebook(of: new))
    let one = try await Snapshot.read(
      old ?? new, before.filter { isWanted($0, earlier) }, by: earlier, jobs: 1, into: &dropped)
    let two = try await Snapshot.read(
      new, now.filter { isWanted($0, later) }, by: later, jobs: 1, into: &dropped)
    let comparison = RegisterComparison(from: one, to: two)
    return (comparison, comparison.records)
  }
}

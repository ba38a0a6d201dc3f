import Diagnostics
package import Git
package import Registry
package import Rules
package import SourceText
import Syntax

/// The records that are gone, over the history of a repository.
package struct FormerRecords {
  /// Where a record left its register.
  private struct Removal {
    let commit: ObjectID
    let subject: String
    let parent: ObjectID
    let path: RepoPath
  }

  private let repository: Repository
  private var trees: CommitTrees
  private var removals: [FormerUse: [Removal]] = [:]
  /// The commits whose history was looked through.
  private var tips: [ObjectID] = []
  private var seen: Set<ObjectID> = []
  /// How many ids were asked for.
  private var asked = 0
  /// The most ids that are looked up one by one; for more all of history is looked through once.
  private static let few = 2

  package init(in repository: Repository) {
    self.repository = repository
    trees = CommitTrees(in: repository)
  }

  /// Returns what is known of the ids of new records.
  ///
  /// - Parameters:
  ///   - new: The records.
  ///   - parents: The commits that the version follows which has them.
  ///   - rulebook: Says which file is of which register.
  /// - Returns: What became of the records that had the ids; nothing for an id that none had.
  /// - Throws: `GitError` or `SourceTreeError` where a commit cannot be read.
  package mutating func uses(
    of new: NewRecords, before parents: [ObjectID], by rulebook: Rulebook
  ) async throws -> [FormerUse: FormerRecord] {
    asked += new.records.count
    let places = Self.places(of: new, by: rulebook)
    var removals: [FormerUse: [Removal]] = [:]
    if let places, asked <= Self.few, tips.isEmpty {
      for (use, paths) in places {
        removals[use] = try await self.removals(of: use, at: paths, before: parents, by: rulebook)
      }
    } else {
      for parent in parents { try await add(historyOf: parent, by: rulebook) }
      removals = self.removals
    }
    var uses: [FormerUse: FormerRecord] = [:]
    for (use, record) in new.records {
      // What a branch removed that is none of its own history is nothing to a version.
      let own = removals[use]?.filter { removal in
        parents.contains { $0 == removal.commit || repository.isAncestor(removal.commit, of: $0) }
      }
      guard let own, let last = own.last else { continue }
      var isBack = false
      for removal in own.reversed() where !isBack {
        isBack = try await wasSaid(record, as: use, before: removal, by: rulebook)
      }
      uses[use] = FormerRecord(
        end: "commit \(last.commit.description.prefix(7)) (\(last.subject))", isBack: isBack)
    }
    return uses
  }

  /// Returns where a record stood when it last left its register; `nil` where it never did.
  ///
  /// - Parameters:
  ///   - use: The register and the id.
  ///   - tip: The commit to look back from.
  ///   - rulebook: Says which file is of which register.
  /// - Returns: The commit that took it out, and the file that had it.
  /// - Throws: `GitError` or `SourceTreeError` where a commit cannot be read.
  package mutating func removal(
    of use: FormerUse, before tip: ObjectID, by rulebook: Rulebook
  ) async throws -> (commit: ObjectID, subject: String, path: RepoPath)? {
    try await add(historyOf: tip, by: rulebook)
    return removals[use]?.last.map { ($0.commit, $0.subject, $0.path) }
  }

  /// Returns the files in which records may have stood; `nil` where the ids alone do not tell.
  private static func places(
    of new: NewRecords, by rulebook: Rulebook
  ) -> [FormerUse: [RepoPath]]? {
    var places: [FormerUse: [RepoPath]] = [:]
    for use in new.records.keys {
      guard let register = rulebook.catalogue.register(named: use.register),
        register.isPlacedByID, register.templates.allSatisfy({ $0.fixedPath == nil })
      else { return nil }
      places[use] = register.paths(of: use.id)
    }
    return places
  }

  /// Returns where a record left its register, oldest first, by looking at its files alone.
  private mutating func removals(
    of use: FormerUse, at paths: [RepoPath], before parents: [ObjectID], by rulebook: Rulebook
  ) async throws -> [Removal] {
    var removals: [Removal] = []
    let lookups = paths.map { PathLookup(of: $0, in: repository) }
    var seen: Set<ObjectID> = []
    for tip in parents {
      for commit in try repository.commits(from: nil, to: tip)
      where seen.insert(commit.id).inserted {
        for parent in commit.parents {
          let isGone = try lookups.contains { lookup in
            try lookup.object(in: commit.id) == nil && lookup.object(in: parent) != nil
          }
          guard isGone else { continue }
          let (before, now) = (try trees.tree(of: parent), try trees.tree(of: commit.id))
          guard let path = try await Self.removed(from: before, to: now, by: rulebook)[use]
          else { continue }
          removals.append(
            Removal(commit: commit.id, subject: commit.subject, parent: parent, path: path))
        }
      }
    }
    return removals
  }

  /// Looks through all commits that a commit has before it, and at itself.
  private mutating func add(historyOf tip: ObjectID, by rulebook: Rulebook) async throws {
    guard !seen.contains(tip) else { return }
    for commit in try repository.commits(to: tip, without: tips, hiding: nil)
    where seen.insert(commit.id).inserted {
      let tree = try trees.tree(of: commit.id)
      for parent in commit.parents {
        let before = try trees.tree(of: parent)
        for (use, path) in try await Self.removed(from: before, to: tree, by: rulebook) {
          removals[use, default: []].append(
            Removal(commit: commit.id, subject: commit.subject, parent: parent, path: path))
        }
      }
    }
    tips.append(tip)
  }

  /// Returns the ids that one tree has and the next has not, with the files that had them.
  private static func removed(
    from old: CommitTree, to new: CommitTree, by rulebook: Rulebook
  ) async throws(SourceTreeError) -> [FormerUse: RepoPath] {
    guard let folder = RepoPath(Catalogue.folder) else { return [:] }
    let changes = try new.changes(since: old).filter { $0.path.isInside(folder) }
    // A file whose name is the id of its record removes it by going; one that is new removes nothing.
    func mayRemove(_ change: TreeChange) -> Bool {
      guard change.old != nil else { return false }
      guard change.new != nil else { return true }
      let register = rulebook.catalogue.registers.first { $0.claims(change.path) }
      return register.map { $0.fixedPaths != nil || $0.id(at: change.path) == nil } ?? false
    }
    let suspects = changes.filter(mayRemove)
    guard !suspects.isEmpty else { return [:] }
    func ids(
      _ tree: CommitTree, _ entries: [TreeEntry]
    ) async throws(SourceTreeError) -> [FormerUse: RepoPath] {
      var ids: [FormerUse: RepoPath] = [:]
      for file in try await files(of: tree, entries, by: rulebook) {
        let name = rulebook.catalogue.registers[file.register].name
        for record in file.records { ids[FormerUse(register: name, id: record.id)] = file.path }
      }
      return ids
    }
    var gone = try await ids(old, suspects.compactMap(\.old))
    guard !gone.isEmpty else { return [:] }
    let kept = changes.filter { $0.old == nil || mayRemove($0) }.compactMap(\.new)
    for use in try await ids(new, kept).keys { gone[use] = nil }
    return gone
  }

  private static func files(
    of tree: CommitTree, _ entries: [TreeEntry], by rulebook: Rulebook
  ) async throws(SourceTreeError) -> [RegisterFile] {
    var dropped = Report()
    return try await Snapshot.read(
      tree, entries, by: rulebook, jobs: 1, judges: false, into: &dropped
    ).files
  }

  /// Whether a record says what the one said that was removed, at some time of its life.
  private mutating func wasSaid(
    _ record: Record, as use: FormerUse, before removal: Removal, by rulebook: Rulebook
  ) async throws -> Bool {
    let lookup = PathLookup(of: removal.path, in: repository)
    var judged: Set<ObjectID> = []
    // The last version first: it is the one that comes back most often.
    for commit in try repository.commits(from: nil, to: removal.parent).reversed() {
      guard let blob = try lookup.object(in: commit.id), judged.insert(blob).inserted else {
        continue
      }
      let tree = try trees.tree(of: commit.id)
      guard let entry = try tree.entry(at: removal.path) else { continue }
      for file in try await Self.files(of: tree, [entry], by: rulebook)
      where rulebook.catalogue.registers[file.register].name == use.register {
        let same = file.records.first { $0.id == use.id && $0.saysTheSame(as: record) }
        if same != nil { return true }
      }
    }
    return false
  }
}

extension Record {
  /// Whether two records hold the same, documents with their texts.
  package func saysTheSame(as other: Record) -> Bool {
    node.isSame(as: other.node) && text == other.text
  }

  /// The bytes behind the head of a document; nothing for another record.
  package var text: ArraySlice<UInt8> {
    guard path.string.hasSuffix(".md") else { return [] }
    var dropped = Report()
    let document = MarkdownReader.document(
      of: node.tree.file, requiresHead: true, into: &dropped)
    return document.map { $0.file.bytes[$0.bodyRange] } ?? []
  }
}

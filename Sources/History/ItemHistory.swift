package import Comparison
package import Git
package import Registry
package import SourceText

/// What happened to one item from commit to commit, newest first: its whole life, over removals, returns,
/// other ids, other files, and commits in which its file cannot be read.
///
/// Every line of history is followed, also one whose changes did not survive a merge. A merge is told where
/// it has what none of its parents has.
package struct ItemHistory {
  /// A commit that changed the item.
  package struct Entry: Sendable {
    package let commit: Commit
    /// What changed in its fields; `nil` where nothing did.
    package var change: RecordChange?
    /// What changed in the text of a document.
    package var text: ClauseChange?
    /// Its file, where it cannot be read in the commit.
    package var unreadable: RepoPath?
    /// Whether its file could not be read before the commit.
    package var isMended = false
    /// Whether a shallow clone was cut off here: what the item was before is not known.
    package var isCut = false
  }

  /// Where the item is looked for in a commit: it need not be there.
  private struct Place: Hashable {
    var id: String
    var path: RepoPath
    /// The clause of a document that is asked for; empty for all of it.
    var clause: String
  }

  /// What a commit did since one of its parents.
  private struct Step {
    var change: RecordChange?
    var text: ClauseChange?
    var unreadable: RepoPath?
    var isMended = false
    /// Where the item is to be looked for in the parent; `nil` where it begins.
    var before: Place?

    var isEmpty: Bool { change == nil && text == nil && unreadable == nil && !isMended }
  }

  private let repository: Repository
  private let register: Register
  private var versions: FileVersions
  private var lookups: [RepoPath: PathLookup] = [:]

  /// Prepares a search.
  ///
  /// - Parameters:
  ///   - register: The register of the item, as the newest commit has it.
  ///   - repository: Where the commits are.
  ///   - rulebook: Says which file is of which register, where a commit does not.
  package init(of register: Register, in repository: Repository, by rulebook: Rulebook) {
    self.repository = repository
    self.register = register
    versions = FileVersions(of: register.name, in: repository, by: rulebook)
  }

  /// Returns the changes of an item up to a commit.
  ///
  /// - Parameters:
  ///   - id: The item's id, at the commit or when it was last there.
  ///   - paths: The files to look for it in.
  ///   - clause: The number of the clause of a document that is asked for; empty for all.
  ///   - tip: The commit.
  ///   - most: How many are asked for.
  /// - Returns: The changes, newest first.
  /// - Throws: `GitError` or `SourceTreeError` where a commit cannot be read.
  package mutating func entries(
    of id: String, at paths: [RepoPath], clause: String = "", upTo tip: ObjectID,
    most: Int = .max
  ) async throws -> [Entry] {
    var entries: [Entry] = []
    // Where the item is looked for, in each line of history that is still open.
    var places: [ObjectID: Set<Place>] = [
      tip: Set(paths.map { Place(id: id, path: $0, clause: clause) })
    ]
    let descent = CommitDescent(in: repository)
    while entries.count < most, let id = try descent.next(of: places.keys),
      let wanted = places.removeValue(forKey: id)
    {
      let parents = try repository.parents(of: id)
      var told: Entry?
      var wanted = wanted
      // Nearly all commits changed something else.
      if let parent = parents.first, parents.count == 1 {
        for place in wanted where try isSame(place, in: id, and: parent) {
          wanted.remove(place)
          places[parent, default: []].insert(place)
        }
      }
      for place in wanted.sorted(by: { ($0.path, $0.id) < ($1.path, $1.id) }) {
        let steps = try await steps(of: place, in: id, since: parents)
        for (parent, step) in zip(parents, steps) {
          guard let before = step.before else { continue }
          places[parent, default: []].insert(before)
          // What came from nowhere may have been there before, in any file of the register.
          guard let change = step.change, change.old == nil else { continue }
          for path in paths where path != place.path {
            places[parent, default: []].insert(
              Place(id: place.id, path: path, clause: place.clause))
          }
        }
        guard told == nil, let step = Self.own(steps), !step.isEmpty else { continue }
        told = Entry(
          commit: try repository.commit(id), change: step.change, text: step.text,
          unreadable: step.unreadable, isMended: step.isMended,
          isCut: repository.cut.contains(id))
      }
      if let told { entries.append(told) }
    }
    return entries
  }

  /// Whether two commits have the same at the path of a place.
  private mutating func isSame(
    _ place: Place, in one: ObjectID, and other: ObjectID
  ) throws(GitError) -> Bool {
    let lookup = lookup(of: place.path)
    return try lookup.object(in: one) == lookup.object(in: other)
  }

  private mutating func lookup(of path: RepoPath) -> PathLookup {
    if let known = lookups[path] { return known }
    let lookup = PathLookup(of: path, in: repository)
    lookups[path] = lookup
    return lookup
  }

  /// Returns what a commit itself did: of a merge what differs from all its parents.
  private static func own(_ steps: [Step]) -> Step? {
    guard var step = steps.first, !steps.contains(where: \.isEmpty) else { return nil }
    guard steps.count > 1 else { return step }
    func isOwn(_ field: FieldChange) -> Bool {
      steps.allSatisfy { other in
        guard let change = other.change, change.kind == .changed else { return true }
        return (change.fields + change.references).contains { $0.path == field.path }
      }
    }
    if let change = step.change, change.kind == .changed {
      let own = RecordChange(
        register: change.register, old: change.old, new: change.new,
        fields: change.fields.filter(isOwn), references: change.references.filter(isOwn))
      step.change = own.fields.isEmpty && own.references.isEmpty ? nil : own
    }
    step.text?.keep(whatChangedIn: steps.dropFirst().compactMap(\.text))
    if step.text?.steps.isEmpty == true { step.text = nil }
    return step
  }

  /// Returns what a commit did to the item since each of its parents, or since nothing.
  private mutating func steps(
    of place: Place, in id: ObjectID, since parents: [ObjectID]
  ) async throws -> [Step] {
    let lookup = lookup(of: place.path)
    let own = try lookup.object(in: id)
    guard !parents.isEmpty else {
      return own == nil ? [] : [try await step(of: place, in: id, since: nil)]
    }
    var steps: [Step] = []
    for parent in parents {
      let isSame = try lookup.object(in: parent) == own
      steps.append(
        isSame ? Step(before: place) : try await step(of: place, in: id, since: parent))
    }
    return steps
  }

  private mutating func step(
    of place: Place, in id: ObjectID, since parent: ObjectID?
  ) async throws -> Step {
    let tree = try versions.tree(of: id)
    var before = try parent.map { parent throws(GitError) in try versions.tree(of: parent) }
    let now = try versions.version(at: place.path, in: tree)
    let old = try versions.version(at: place.path, in: before)
    var step = Step(before: place)
    var found = try await versions.step(from: old, to: now)
    if found.isBroken {
      step.unreadable = place.path
      return step
    }
    if found.wasBroken, let parent {
      // What changed since it could be read.
      step.isMended = true
      before = try await lastReadable(place.path, before: parent)
      found = try await versions.step(
        from: try versions.version(at: place.path, in: before), to: now)
    }
    let isThere = { (record: Record?) in record?.id == place.id }
    var change =
      found.changes.first { isThere($0.new) } ?? found.changes.first { isThere($0.old) }
    if let before, change?.old == nil || change?.new == nil, change != nil {
      let moves = try await versions.moves(from: before, to: tree)
      let moved =
        change?.old == nil
        ? moves.first { isThere($0.new) && $0.old != nil }
        : moves.first { isThere($0.old) && $0.new != nil }
      change = moved ?? change
    }
    if let old = change?.old, isThere(change?.new) || change?.new == nil {
      step.before = Place(id: old.id, path: old.path, clause: place.clause)
    }
    step.change = place.clause.isEmpty ? change : nil
    guard register.shape == .document else { return step }
    let text = ClauseChange(
      of: place.clause,
      from: try versions.passages(
        at: step.before?.path ?? place.path, in: before, register.numbering),
      to: try versions.passages(
        at: change?.new?.path ?? place.path, in: tree, register.numbering))
    if !text.steps.isEmpty { step.text = text }
    step.before = step.before.flatMap { before in
      text.before.map { Place(id: before.id, path: before.path, clause: $0) }
    }
    return step
  }

  /// Returns the newest commit before another, or it, in which a file can be read or is not there.
  private mutating func lastReadable(
    _ path: RepoPath, before commit: ObjectID
  ) async throws -> CommitTree? {
    var commit = commit
    while let parent = try repository.parents(of: commit).first {
      commit = parent
      let tree = try versions.tree(of: commit)
      let version = try versions.version(at: path, in: tree)
      if try await !versions.step(from: nil, to: version).isBroken { return tree }
    }
    return nil
  }
}

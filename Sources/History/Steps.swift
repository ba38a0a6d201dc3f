package import Diagnostics
package import Git
package import Registry
package import Rules
package import SourceText

/// What is judged between versions: the one definition, which every gate and every check uses.
///
/// A version answers for what differs from **all** that it comes from. Of a merge, what each side
/// changed since the merge base must be carried on; what a side did not change asks nothing, a record
/// that some side has is not new, and what is wrong is told only where no side has it. A record that
/// comes back as it was is the same record. What has no catalogue, and comes from nothing that has one,
/// answers for nothing.
package struct Steps {
  private let repository: Repository
  private let jobs: Int
  /// What judges in the place of each version's own catalogue and schemas.
  private let judge: Rulebook?
  private var trees: CommitTrees
  private var formerRecords: FormerRecords
  package private(set) var rulebooks = Rulebooks()

  /// Prepares judging.
  ///
  /// - Parameters:
  ///   - repository: Where the commits are.
  ///   - jobs: The largest number of tasks at work at once.
  ///   - judge: What judges in the place of each version's own catalogue and schemas.
  package init(in repository: Repository, jobs: Int, judgedBy judge: Rulebook? = nil) {
    self.repository = repository
    self.jobs = jobs
    self.judge = judge
    trees = CommitTrees(in: repository)
    formerRecords = FormerRecords(in: repository)
  }

  /// Judges a commit by its parents.
  ///
  /// - Parameter commit: The commit.
  /// - Returns: What is wrong.
  /// - Throws: `GitError` or `SourceTreeError` where a commit cannot be read.
  package mutating func verdict(on commit: Commit) async throws -> Increment {
    // What is before the cut of a shallow clone is not here to be compared with.
    guard !repository.cut.contains(commit.id) else { return .nothing }
    return try await verdict(on: try trees.tree(of: commit.id), after: commit.parents)
  }

  /// Judges a version by the commits that it comes from.
  ///
  /// - Parameters:
  ///   - tree: The version.
  ///   - parents: The commits; none before the first.
  /// - Returns: What is wrong.
  /// - Throws: `GitError` or `SourceTreeError` where a version cannot be read.
  package mutating func verdict(
    on tree: any SourceTree, after parents: [ObjectID]
  ) async throws -> Increment {
    let sides = try parents.map { try trees.tree(of: $0) }
    let isGoverned = try ([tree] + sides).contains { try Self.hasCatalogue($0) }
    guard isGoverned else { return .nothing }
    guard let first = sides.first else { return try await beginning(tree) }
    let changes = try sides.map { try self.changes(from: $0, to: tree) }
    if sides.count == 1 {
      return try await increment(from: first, to: tree, changes[0], after: parents)
    }
    return try await join(of: sides, in: tree, changes, after: parents)
  }

  /// Judges the way from one version to another of which nothing between is known: whether the later
  /// state can be reached, by the rules of the one or of the other.
  ///
  /// - Parameters:
  ///   - earlier: The version before.
  ///   - tree: The later version.
  /// - Returns: What is wrong.
  /// - Throws: `GitError` or `SourceTreeError` where a version cannot be read.
  package mutating func leap(
    from earlier: any SourceTree, to tree: any SourceTree
  ) async throws -> Increment {
    guard try Self.hasCatalogue(earlier) || Self.hasCatalogue(tree) else { return .nothing }
    let changes = try self.changes(from: earlier, to: tree)
    var found = try await Increment.check(
      from: earlier, to: tree, changes, reusing: judge, jobs: jobs, stride: .leap)
    let ofRecords = changes.filter { !$0.path.string.hasPrefix(Catalogue.schemaFolder + "/") }
    guard ofRecords.count < changes.count, !found.step.isEmpty else { return found }
    // What was legal when it was done is so after the rules became stricter.
    var dropped = Report()
    if let before = try Rulebook.read(earlier, into: &dropped) {
      let increment = try await Increment.check(
        from: earlier, to: tree, ofRecords, reusing: before, jobs: jobs, stride: .leap)
      found.step.keep(alsoIn: increment.step)
    }
    return found
  }

  /// Judges a branch that leaves a commit behind: what the old line changed since the new one parted
  /// from it must be carried on, as if it had been merged.
  ///
  /// - Parameters:
  ///   - old: Where the branch was.
  ///   - new: Where it goes.
  /// - Returns: What is wrong; nothing of the new line's own, which its commits answer for.
  /// - Throws: `GitError` or `SourceTreeError` where a commit cannot be read.
  package mutating func move(from old: ObjectID, to new: ObjectID) async throws -> Increment {
    let (before, now) = (try trees.tree(of: old), try trees.tree(of: new))
    guard try Self.hasCatalogue(before) || Self.hasCatalogue(now) else { return .nothing }
    let changes = try self.changes(from: before, to: now)
    var found = Increment.nothing
    try await carry([before, now], into: now, [changes, []], after: [old, new], &found)
    return found
  }

  /// Returns what a version changed by itself: of a merge, what is not what its sides give together.
  ///
  /// - Parameters:
  ///   - tree: The version.
  ///   - parents: The commits that it comes from.
  /// - Returns: The changes below the folders of a configuration.
  /// - Throws: `GitError` or `SourceTreeError` where a version cannot be read.
  package mutating func ownChanges(
    of tree: any SourceTree, after parents: [ObjectID]
  ) async throws -> [TreeChange] {
    let sides = try parents.map { try trees.tree(of: $0) }
    guard !sides.isEmpty else {
      return try changes(from: MemoryTree([:], title: "nothing"), to: tree)
    }
    let changes = try sides.map { try self.changes(from: $0, to: tree) }
    guard sides.count > 1 else { return changes.first ?? [] }
    var dropped = Report()
    guard let rulebook = try known(for: tree) ?? Rulebook.read(tree, into: &dropped) else {
      return []
    }
    return try await joined(sides, into: tree, by: rulebook, changes, after: parents).ownChanges()
  }

  /// Whether a version has a catalogue to be judged by.
  package static func hasCatalogue(_ tree: any SourceTree) throws(SourceTreeError) -> Bool {
    guard let path = RepoPath(Catalogue.path) else { return false }
    return try tree.entry(at: path) != nil
  }

  /// The changes that are looked at: where another judges, what a version says of its own rules is none.
  private func changes(
    from earlier: any SourceTree, to tree: any SourceTree
  ) throws(SourceTreeError) -> [TreeChange] {
    let folders = Catalogue.folders.filter { judge == nil || $0.string == Catalogue.folder }
    return try TreeChange.between(earlier, tree, under: folders)
  }

  private func known(for tree: any SourceTree) throws(SourceTreeError) -> Rulebook? {
    if let judge { return judge }
    guard let tree = tree as? CommitTree else { return nil }
    return try rulebooks.known(for: tree)
  }

  /// Judges a version that comes from nothing.
  private func beginning(_ tree: any SourceTree) async throws -> Increment {
    var found = Report()
    let rulebook = try judge ?? Rulebook.read(tree, reviews: true, into: &found)
    guard let rulebook else { return Increment(current: nil, previous: nil, state: found) }
    let entries = try tree.entries(under: RepoPath(Catalogue.folder))
    let snapshot = try await Snapshot.read(tree, entries, by: rulebook, jobs: jobs, into: &found)
    let index = RecordIndex(of: snapshot)
    Rule.check(index, into: &found)
    return Increment(current: index, previous: nil, state: found)
  }

  private mutating func increment(
    from side: CommitTree, to tree: any SourceTree, _ changes: [TreeChange],
    after parents: [ObjectID]
  ) async throws -> Increment {
    guard !changes.isEmpty else { return .nothing }
    var formerRecords = formerRecords
    let increment = try await Increment.check(
      from: side, to: tree, changes, reusing: try known(for: side), jobs: jobs,
      history: { try await formerRecords.uses(of: $0, before: parents, by: $1) })
    self.formerRecords = formerRecords
    if let tree = tree as? CommitTree, let rulebook = increment.current?.snapshot.rulebook {
      try rulebooks.remember(rulebook, of: tree)
    }
    return increment
  }

  /// Judges the step to a version of which every record was read.
  ///
  /// - Parameters:
  ///   - tree: The version.
  ///   - index: Its records.
  ///   - parents: The commits that it comes from.
  /// - Returns: What is wrong with the step, and with the version by its rules where they were asked
  ///   with the version before at hand; `nil` where nothing changed.
  /// - Throws: `GitError` or `SourceTreeError` where a version cannot be read.
  package mutating func step(
    to tree: any SourceTree, _ index: RecordIndex, after parents: [ObjectID]
  ) async throws -> (state: Report?, step: Report)? {
    let sides = try parents.map { try trees.tree(of: $0) }
    guard let first = sides.first else { return nil }
    let changes = try sides.map { try self.changes(from: $0, to: tree) }
    guard sides.count > 1 else {
      var formerRecords = formerRecords
      let found = try await Increment.step(
        from: first, to: index, changes[0], jobs: jobs,
        history: { try await formerRecords.uses(of: $0, before: parents, by: $1) })
      self.formerRecords = formerRecords
      return found.map { ($0.state, $0.step) }
    }
    var found = Increment(current: index, previous: nil, state: Report())
    try await carry(sides, into: tree, changes, after: parents, &found)
    return (nil, found.step)
  }

  // MARK: Merges

  /// Prepares the steps of a merge, in which each version is read by its own rules.
  private mutating func joined(
    _ sides: [CommitTree], into tree: any SourceTree, by rulebook: Rulebook,
    _ changes: [[TreeChange]], after parents: [ObjectID]
  ) throws -> JoinedSteps {
    if let tree = tree as? CommitTree { try rulebooks.remember(rulebook, of: tree) }
    for (side, changes) in zip(sides, changes)
    where !changes.contains(where: { $0.path.string.hasPrefix(Catalogue.schemaFolder + "/") }) {
      try rulebooks.remember(rulebook, of: side)
    }
    func read(_ tree: CommitTree) throws -> JoinedSteps.Source {
      JoinedSteps.Source(
        tree: tree, rulebook: try judge ?? rulebooks.rulebook(of: tree) ?? rulebook)
    }
    return try JoinedSteps(
      to: .init(tree: tree, rulebook: rulebook),
      from: try repository.mergeBases(of: parents).map { try read(try trees.tree(of: $0)) },
      over: try sides.map(read), changes)
  }

  private mutating func join(
    of sides: [CommitTree], in tree: any SourceTree, _ changes: [[TreeChange]],
    after parents: [ObjectID]
  ) async throws -> Increment {
    var found = try await state(of: tree, sides, changes)
    try await carry(sides, into: tree, changes, after: parents, &found)
    return found
  }

  /// Judges whether the result of a merge carries on what each side changed.
  private mutating func carry(
    _ sides: [CommitTree], into tree: any SourceTree, _ changes: [[TreeChange]],
    after parents: [ObjectID], _ found: inout Increment
  ) async throws {
    var dropped = Report()
    guard
      let rulebook = try known(for: tree) ?? found.current?.snapshot.rulebook
        ?? Rulebook.read(tree, into: &dropped)
    else { return }
    let joined = try joined(sides, into: tree, by: rulebook, changes, after: parents)
    var told: Set<Diagnostic> = []
    for step in try await joined.steps() {
      var formerRecords = formerRecords
      let increment = try await Increment.check(
        from: step.previous, to: tree, step.changes, reusing: rulebook, jobs: jobs,
        stride: step.stride,
        history: { try await formerRecords.uses(of: $0, before: parents, by: $1) })
      self.formerRecords = formerRecords
      for finding in increment.step.diagnostics where told.insert(finding).inserted {
        found.step.add(finding)
      }
      found.current = found.current ?? increment.current
    }
  }

  /// Returns what is wrong with the result of a merge and with none of its sides.
  ///
  /// The side that the result is most like is asked first: where it has all that is wrong, no other is
  /// read, and the merge costs what it brings to that side.
  private mutating func state(
    of tree: any SourceTree, _ sides: [CommitTree], _ changes: [[TreeChange]]
  ) async throws -> Increment {
    var result: Increment?
    for side in sides.indices.sorted(by: { changes[$0].count < changes[$1].count }) {
      if let known = result, known.state.isEmpty { break }
      let changes = changes[side]
      guard !changes.isEmpty else { return .nothing }
      var increment = try await Increment.check(
        from: sides[side], to: tree, changes, reusing: try known(for: sides[side]),
        jobs: jobs)
      increment.step = Report()
      guard var known = result else {
        result = increment
        continue
      }
      known.state.keep(alsoIn: increment.state)
      result = known
    }
    return result ?? .nothing
  }
}

extension Increment {
  /// A step in which nothing is to be judged.
  static let nothing = Increment(current: nil, previous: nil, state: Report())
}

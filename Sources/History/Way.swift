package import Diagnostics
package import Git
package import Registry
package import Rules
package import SourceText

/// The way from an earlier version to a later one, step by step: the commits between them, and where the
/// later one is index or work tree, the step from the last commit.
package struct Way {
  /// Where a way ends.
  package enum End {
    case commit(ObjectID)
    /// Index or work tree.
    case desk(Desk)
  }

  /// What was found of one step.
  package struct Found {
    package let step: Report
    /// What is wrong with the version itself by its rules, where they were asked about the step.
    package var state: Report?
    /// The records that were read; `nil` where nothing was, or nothing is wrong with the step to a commit.
    package let current: RecordIndex?
    /// The commit that the step led to; `nil` for the last one, to index or work tree.
    package let commit: Diagnostic.Commit?
  }

  private let repository: Repository
  private var steps: Steps
  /// What was found of the steps to commits, for the ways to several versions share some: with the records only
  /// where there is something to be waived.
  private var known: [ObjectID: (step: Report, current: RecordIndex?)] = [:]

  /// Prepares looking.
  ///
  /// - Parameters:
  ///   - repository: Where the versions are.
  ///   - jobs: The largest number of tasks at work at once.
  package init(in repository: Repository, jobs: Int) {
    self.repository = repository
    steps = Steps(in: repository, jobs: jobs)
  }

  /// Judges the way to a version.
  ///
  /// - Parameters:
  ///   - tree: The version.
  ///   - index: Its records, where all were read; without them the last step is read anew.
  ///   - end: Where it stands.
  ///   - start: The earlier version; `nil` where only the step to index or work tree is asked for.
  /// - Returns: What is wrong with each step. Where there is no history between the versions, one step:
  ///   whether the later state can be reached.
  /// - Throws: `GitError` or `SourceTreeError` where a version cannot be read.
  package mutating func found(
    to tree: any SourceTree, _ index: RecordIndex?, at end: End, since start: ObjectID?
  ) async throws -> [Found] {
    var found: [Found] = []
    let tips: [ObjectID]
    switch end {
    case .commit(let commit): tips = [commit]
    case .desk(let desk): tips = desk.parents
    }
    if let start {
      guard let commits = try commits(to: tips, since: start) else {
        let leap = try await steps.leap(
          from: try CommitTree(of: start, in: repository), to: tree)
        return [Found(step: leap.step, current: leap.current, commit: nil)]
      }
      for (position, commit) in commits.enumerated() {
        var (step, current) = try await verdict(on: commit)
        let name = Diagnostic.Commit(
          position: position, id: commit.id.description, subject: commit.subject)
        step.assign(name)
        found.append(Found(step: step, current: current, commit: name))
      }
    }
    guard case .desk = end else { return found }
    if let index {
      let last = try await steps.step(to: tree, index, after: tips)
      found.append(
        Found(step: last?.step ?? Report(), state: last?.state, current: index, commit: nil))
    } else {
      let increment = try await steps.verdict(on: tree, after: tips)
      found.append(Found(step: increment.step, current: increment.current, commit: nil))
    }
    return found
  }

  private mutating func verdict(
    on commit: Commit
  ) async throws -> (step: Report, current: RecordIndex?) {
    if let known = known[commit.id] { return known }
    let increment = try await steps.verdict(on: commit)
    let found = (increment.step, increment.step.isEmpty ? nil : increment.current)
    known[commit.id] = found
    return found
  }

  /// Returns what is wrong with the steps of a way, without what is known and accepted: what a commit
  /// waives of itself, and what the version at the end waives.
  ///
  /// - Parameters:
  ///   - found: What was found of each step.
  ///   - index: The records of the version at the end, where all were read.
  ///   - today: The day that waivers end by.
  ///   - waived: Where findings go that are waived.
  /// - Returns: The others. What is wrong with the last step is left to the version at the end.
  package static func report(
    of found: [Found], to index: RecordIndex?, today: Day, waived: inout Report
  ) -> Report {
    var report = Report()
    for found in found {
      var step = found.step
      if let current = found.current, found.commit != nil {
        for judge in [current, index].compactMap(\.self) {
          waived.merge(Waivers(in: judge).apply(to: &step, current, today: today, isWhole: false))
        }
      }
      report.merge(step)
    }
    return report
  }

  /// Returns the commits between versions, parents before children; `nil` where none of the later ones
  /// has anything in common with the earlier one, as far as commits are there.
  private func commits(to tips: [ObjectID], since start: ObjectID) throws(GitError) -> [Commit]? {
    var seen: Set<ObjectID> = []
    var commits: [Commit] = []
    for tip in tips {
      guard tip == start || repository.mergeBase(start, tip) != nil else { return nil }
      do throws(GitError) {
        for commit in try repository.commits(from: start, to: tip)
        where seen.insert(commit.id).inserted {
          commits.append(commit)
        }
      } catch {
        guard repository.isShallow else { throw error }
        return nil
      }
    }
    return commits
  }
}

import Accounts
import ArgumentParser
import Diagnostics
import Git
import Registry
import Rules
import SourceText

/// Which moment a command looks at.
struct SourceOptions: ParsableArguments {
  @Flag(help: "Look at what is staged instead of the work tree.")
  var staged = false

  @Option(
    name: .customLong("at"),
    help: ArgumentHelp("Look at a commit, a tag or a branch.", valueName: "revision"),
    completion: .names)
  var revision: String?

  mutating func validate() throws {
    if staged, revision != nil {
      throw ValidationError("Give either --staged or --at, not both.")
    }
  }

  var source: Workplace.Source {
    if let revision { return .revision(revision) }
    return staged ? .index : .workTree
  }
}

extension Session {
  /// Reads the registers, or fails where that is not possible at all.
  mutating func snapshot(
    _ tree: any SourceTree, jobs: Int?, into report: inout Report
  ) async throws(SourceTreeError) -> Snapshot? {
    try await Snapshot.read(
      tree, jobs: jobs ?? processorCount, into: &report, progress: progress)
  }

  /// Shows how many files are checked: only where people would begin to wonder, ten times a second at most.
  private var progress: (Int, Int) -> Void {
    let start = clock()
    let (clock, show) = (self.clock, showProgress)
    var shown = 0.0
    return { done, count in
      let now = clock()
      guard let show, now - start > 0.5, now - shown > 0.1 else { return }
      shown = now
      show("checked \(done) of \(count) files")
    }
  }

  /// What reads the versions that an answer is made of.
  var versions: VersionReader { VersionReader(jobs: processorCount, progress: progress) }

  /// Notes that versions have errors, where some of those that were read have.
  mutating func note(_ versions: VersionReader) {
    guard versions.hasMetErrors else { return }
    errors += "note: the registers have errors; see them with: registrar check\n"
  }

  /// Reads versions for an answer, and notes that some have errors, also where there is no answer.
  ///
  /// - Parameter read: Makes the answer from what it reads.
  /// - Returns: The answer.
  /// - Throws: What reading throws.
  mutating func reading<Answer>(
    _ read: (VersionReader) async throws -> Answer
  ) async throws -> Answer {
    let versions = versions
    do {
      let answer = try await read(versions)
      note(versions)
      return answer
    } catch {
      note(versions)
      throw error
    }
  }

  /// Says that an answer speaks of HEAD, where something has changed since that is not in it.
  mutating func noteUncommitted(_ repository: Repository) throws(GitError) {
    let paths = try repository.uncommitted(under: [Catalogue.folder, Catalogue.schemaFolder])
    guard let first = paths.first else { return }
    let rest = paths.count > 1 ? " and \(Count(paths.count - 1, "other file"))" : ""
    errors += "note: this is HEAD, without what changed since: '\(first)'\(rest)\n"
  }

  /// Reads the registers for a command that shows them; what is wrong with them is told by `check`.
  mutating func snapshotToShow(_ tree: any SourceTree) async throws -> Snapshot {
    let versions = versions
    let snapshot = try await versions.snapshot(of: tree)
    note(versions)
    return snapshot
  }

  /// Names the files that could not be read and that an answer lacks.
  ///
  /// - Parameters:
  ///   - index: What was read.
  ///   - isWanted: Whether the answer is about a register, by its position.
  /// - Returns: Whether there are any.
  mutating func tellUnread(
    of index: RecordIndex, where isWanted: (Int) -> Bool = { _ in true }
  ) -> Bool {
    let paths = index.unreadFiles(where: isWanted)
    for path in paths.prefix(10) {
      errors += "registrar: '\(path)' cannot be read, and what it holds is not counted\n"
    }
    if paths.count > 10 {
      errors += "registrar: nor can \(Count(paths.count - 10, "other file"))\n"
    }
    return !paths.isEmpty
  }
}

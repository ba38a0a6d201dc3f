import Diagnostics
package import Git
import History
package import Registry
import Rules
import SourceText

/// Judges what is about to be committed, pushed or received.
package struct Gatekeeper {
  let repository: Repository
  let jobs: Int
  let today: Day

  /// Prepares judging.
  ///
  /// - Parameters:
  ///   - repository: Where.
  ///   - jobs: The largest number of tasks at work at once.
  ///   - today: The day that waivers end by.
  package init(_ repository: Repository, jobs: Int, today: Day) {
    self.repository = repository
    self.jobs = jobs
    self.today = today
  }

  /// Takes out what is waived.
  func waive(_ report: inout Report, by index: RecordIndex) {
    _ = Waivers(in: index).apply(to: &report, index, today: today, isWhole: false)
  }

  // MARK: Before a commit

  /// Judges what is staged against the commit that the next one will follow; a merge against each of
  /// the commits that it will join.
  package func staged() async throws -> Judgement {
    var judgement = Judgement()
    let index = try IndexTree(of: repository)
    var parents: [any SourceTree] = []
    if !repository.isUnborn { parents.append(try CommitTree(at: "HEAD", in: repository)) }
    for id in try repository.mergeHeads() {
      parents.append(try CommitTree(at: id.description, in: repository))
    }
    if parents.isEmpty { parents.append(MemoryTree([:], title: "nothing")) }
    var common: Set<Diagnostic>?
    for parent in parents {
      var report = Report()
      let changes = try TreeChange.between(parent, index, under: Catalogue.folders)
      let increment = try await Increment.check(
        from: parent, to: index, changes, jobs: jobs, into: &report)
      if let current = increment.current { waive(&report, by: current) }
      // What one side of a merge brings along was judged when it was committed.
      let found = Set(report.diagnostics)
      common = common?.intersection(found) ?? found
    }
    for finding in common ?? [] { judgement.report.add(finding) }
    return judgement
  }
}

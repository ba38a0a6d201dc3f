import Registry

/// The commits and baselines of the repository that `init --template example` makes.
package struct ExampleHistory: Sendable {
  package let author: Author
  package let commits: [Commit]

  /// Who makes the commits.
  package struct Author: Sendable {
    package let name: String
    package let address: String
  }

  /// Why the registers of the program do not let it be computed.
  package struct Fault: Error { package let reason: String }

  /// A commit with all its files.
  package struct Commit: Sendable {
    package let message: String
    /// When it was made, in seconds since 1970: the day of its step at noon, a minute later for each before it.
    package let time: Int64
    package let files: [String: [UInt8]]
    /// What it is tagged as.
    package let baseline: HistoryScript.Baseline?
  }

  /// Computes the history.
  ///
  /// - Parameters:
  ///   - others: The files that are there from the first commit on, beside the registers, schemas and the page.
  ///   - jobs: The largest number of tasks at work at once.
  /// - Throws: `Fault`.
  package init(with others: [String: [UInt8]], jobs: Int) async throws(Fault) {
    let script = try HistoryScript()
    let past = try await PastRegisters(script, jobs: jobs)
    var files = Template.example.files.merging(others) { $1 }
    var commits: [Commit] = []
    var known: Set<PastRegisters.Place> = []
    for (position, step) in script.steps.enumerated() {
      let target = try past.files(at: position, &known)
      for (number, commit) in step.commits.enumerated() {
        let isTaken = { (path: String) in
          guard let paths = commit.paths else { return true }
          return paths.contains { path.hasPrefix("\(Catalogue.folder)/\($0)") }
        }
        for path in files.keys
        where path.hasPrefix(Catalogue.folder + "/") && target[path] == nil && isTaken(path) {
          files[path] = nil
        }
        for (path, bytes) in target where isTaken(path) { files[path] = bytes }
        let isLast = number == step.commits.count - 1
        commits.append(
          Commit(
            message: commit.message, time: Int64(step.day.number * 86_400 + 43_200 + number * 60),
            files: files, baseline: isLast ? step.baseline : nil))
      }
    }
    author = script.author
    self.commits = commits
  }
}

import Diagnostics
package import Registry
package import SourceText

/// Reads versions to answer from them; what is wrong with a version is told by a check, and here is a note.
package final class VersionReader {
  /// The largest number of tasks at work at once.
  package let jobs: Int
  /// Shows how many files of how many are read.
  private let progress: ((Int, Int) -> Void)?
  /// Whether a version that was read has errors.
  package private(set) var hasMetErrors = false

  package init(jobs: Int, progress: ((Int, Int) -> Void)? = nil) {
    self.jobs = jobs
    self.progress = progress
  }

  /// Reads the registers of a version.
  ///
  /// - Parameter tree: The version.
  /// - Returns: Its registers.
  /// - Throws: `Failure` where its catalogue cannot be read; `SourceTreeError` where nothing can.
  package func snapshot(of tree: any SourceTree) async throws -> Snapshot {
    try await read(tree).snapshot
  }

  /// Reads the registers of a version, with what was found while they were read.
  func read(_ tree: any SourceTree) async throws -> (snapshot: Snapshot, report: Report) {
    var report = Report()
    guard
      let snapshot = try await Snapshot.read(tree, jobs: jobs, into: &report, progress: progress)
    else {
      throw Failure(
        report.sorted.first?.message.text ?? "the catalogue cannot be read",
        hint: "Run: registrar check")
    }
    if report.hasErrors { hasMetErrors = true }
    return (snapshot, report)
  }
}

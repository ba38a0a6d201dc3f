package import Baselines
import Diagnostics
package import Registry
package import SourceText
import Syntax

/// A version that the registers of today tell of, came into force after a baseline, and has none.
package struct UntaggedVersion {
  package let id: String
  package let day: Day
  /// The register that tells of it.
  package let register: String

  /// Finds the last one that was in force on a day; `nil` where there is none.
  ///
  /// - Parameters:
  ///   - kind: A kind of baselines.
  ///   - baseline: The one of the kind that was in force.
  ///   - date: The day.
  ///   - tree: The registers of today.
  ///   - jobs: The largest number of tasks at work at once.
  /// - Throws: `SourceTreeError` where they cannot be read.
  package init?(
    of kind: BaselineKind, after baseline: Baseline, on date: Day, in tree: any SourceTree,
    jobs: Int
  ) async throws(SourceTreeError) {
    var report = Report()
    guard let name = kind.versions, let first = baseline.effective.flatMap(Day.init),
      let rulebook = try Rulebook.read(tree, into: &report),
      let register = rulebook.catalogue.register(named: name)
    else { return nil }
    let entries = try tree.entries(under: RepoPath(Catalogue.folder))
      .filter { register.claims($0.path) }
    let versions = try await Snapshot.read(
      tree, entries, by: rulebook, jobs: jobs, judges: false, into: &report)
    let later = versions.files.flatMap(\.records).compactMap { record in
      record.text(of: "effective").flatMap(Day.init).map { (record.id, $0) }
    }
    guard let last = later.filter({ first < $1 && $1 <= date }).max(by: { $0.1 < $1.1 }) else {
      return nil
    }
    (id, day) = last
    self.register = name
  }

  package var sentence: String {
    "\(id) of '\(register)' is in force from \(day), and has no baseline"
  }
}

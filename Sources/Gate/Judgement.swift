package import Diagnostics
package import Git
import History
package import Registry
import Rules
import SourceText

/// What a hook found: refusals in words, and findings with their places.
package struct Judgement: Sendable {
  /// Why something may not pass, one sentence each.
  package private(set) var refusals: [String] = []
  package var report = Report()

  package var passes: Bool { refusals.isEmpty && !report.hasErrors }

  package init() {}

  package mutating func refuse(_ reason: String) {
    if !refusals.contains(reason) { refusals.append(reason) }
  }
}

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

  // MARK: The message of a commit

  /// Judges the trailers of a message by what the commit changes.
  ///
  /// - Parameter message: The message, without comments.
  /// - Returns: What is missing or leads nowhere.
  /// - Throws: `GitError` or `SourceTreeError` where something cannot be read.
  package func message(_ message: String) async throws -> Judgement {
    var judgement = Judgement()
    let index = try IndexTree(of: repository)
    var dropped = Report()
    guard let rulebook = try Rulebook.read(index, into: &dropped) else { return judgement }
    let demands = rulebook.catalogue.trailers
    guard !demands.isEmpty else { return judgement }
    let old: any SourceTree =
      repository.isUnborn
      ? MemoryTree([:], title: "nothing") : try CommitTree(at: "HEAD", in: repository)
    let changed = Set(
      try TreeChange.between(old, index, under: Catalogue.folders).flatMap { change in
        rulebook.catalogue.registers.filter { $0.claims(change.path) }.map(\.name)
      })
    let trailers = repository.trailers(of: message)
    for demand in demands {
      let values = trailers.filter { $0.key.lowercased() == demand.key.lowercased() }.map(\.value)
      let touched = demand.registers.filter { changed.contains($0) }
      if !touched.isEmpty, values.isEmpty {
        judgement.refuse(
          "a change of '\(touched.joined(separator: "', '"))' names its \(demand.key.lowercased()): "
            + "end the message with a line '\(demand.key): \(demand.example)'")
      }
      for value in values {
        let isKnown = try await resolves(value, demand, in: index, rulebook)
        if isKnown { continue }
        judgement.refuse(
          "'\(demand.key): \(value)' names nothing in '\(demand.target ?? "")' as it will be committed"
        )
      }
    }
    return judgement
  }

  /// Whether a trailer names a record: by its id, or by the id before a slash.
  private func resolves(
    _ value: String, _ demand: TrailerDemand, in tree: any SourceTree, _ rulebook: Rulebook
  ) async throws -> Bool {
    guard let target = demand.target, let register = rulebook.catalogue.register(named: target)
    else { return true }
    let entries = try tree.entries(under: RepoPath(Catalogue.folder))
      .filter { register.claims($0.path) }
    var dropped = Report()
    let snapshot = try await Snapshot.read(
      tree, entries, by: rulebook, jobs: jobs, into: &dropped)
    let ids = Set(snapshot.files.flatMap(\.records).map(\.id))
    return ids.contains(value) || ids.contains(String(value.prefix { $0 != "/" }))
  }
}

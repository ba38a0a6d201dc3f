import Diagnostics
import Git
package import History
import Registry
import Rules
import SourceText

extension Gatekeeper {
  /// Judges the trailers of a message by what the next commit will change.
  ///
  /// - Parameters:
  ///   - message: The message, without comments.
  ///   - kind: What is known of the commit.
  /// - Returns: What is missing or leads nowhere.
  /// - Throws: `GitError` or `SourceTreeError` where something cannot be read.
  package func message(_ message: String, _ kind: CommitKind = .next) async throws -> Judgement {
    var judgement = Judgement()
    let index = try IndexTree(of: repository)
    // Most catalogues ask for no trailers, and their schemas need not be read to know that.
    var dropped = Report()
    guard try Rulebook.catalogue(of: index)?.trailers.isEmpty == false,
      let rulebook = try Rulebook.read(index, into: &dropped)
    else { return judgement }
    let desk = try Desk(in: repository)
    var steps = Steps(in: repository, jobs: jobs)
    for parents in desk.parents(of: kind) {
      judgement = Judgement()
      let changes = try await steps.ownChanges(of: index, after: parents)
      for reason in try await faults(
        of: repository.trailers(of: message), for: changes, index, rulebook)
      {
        judgement.refuse(.badTrailer, reason)
      }
      if judgement.passes { break }
    }
    return judgement
  }

  /// Judges the message of a commit that is made.
  ///
  /// What a merge brings along has messages of its own; what it changes by itself needs one.
  func judgeMessage(
    of commit: Commit, _ rulebook: Rulebook, _ steps: inout Steps, into judgement: inout Judgement
  ) async throws {
    guard !rulebook.catalogue.trailers.isEmpty else { return }
    let tree = try CommitTree(of: commit.id, in: repository)
    let changes = try await steps.ownChanges(of: tree, after: commit.parents)
    for reason in try await faults(of: commit.trailers, for: changes, tree, rulebook) {
      judgement.refuse(
        .badTrailer, "commit \(commit.id.description.prefix(7)) (\(commit.subject)): \(reason)")
    }
  }

  private func faults(
    of trailers: [Commit.Trailer], for changes: [TreeChange], _ tree: any SourceTree,
    _ rulebook: Rulebook
  ) async throws -> [String] {
    var faults: [String] = []
    let changed = Set(
      changes.flatMap { change in
        rulebook.catalogue.registers.filter { $0.claims(change.path) }.map(\.name)
      })
    for demand in rulebook.catalogue.trailers {
      let values = trailers.filter { $0.key.lowercased() == demand.key.lowercased() }.map(\.value)
      let touched = demand.registers.filter { changed.contains($0) }
      if !touched.isEmpty, values.isEmpty {
        faults.append(
          "a change of '\(touched.joined(separator: "', '"))' names its \(demand.key.lowercased()): "
            + "end the message with a line '\(demand.key): \(demand.example)'")
      }
      for value in values {
        let isKnown = try await resolves(value, demand, in: tree, rulebook)
        if isKnown { continue }
        faults.append(
          "'\(demand.key): \(value)' names nothing in '\(demand.target ?? "")' as it will be committed"
        )
      }
    }
    return faults
  }

  /// Whether a trailer names a record: by its id, or by the id before a slash.
  func resolves(
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

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
    guard try Rulebook.catalogue(of: index)?.judgesMessages == true,
      let rulebook = try Rulebook.read(index, into: &dropped)
    else { return judgement }
    let desk = try Desk(in: repository)
    var steps = Steps(in: repository, jobs: jobs)
    for parents in desk.parents(of: kind) {
      judgement = Judgement()
      let changes = try await steps.ownChanges(of: index, after: parents)
      let found = try await faults(of: message, for: changes, index, rulebook)
      for reason in found.faults { judgement.refuse(.badTrailer, reason) }
      judgement.notes = found.notes
      if judgement.passes { break }
    }
    return judgement
  }

  /// Judges the message of a commit that is made.
  ///
  /// What a merge brings along has messages of its own; what it changes by itself needs one.
  ///
  /// - Parameters:
  ///   - commit: The commit.
  ///   - rulebook: Its rules.
  ///   - ends: The ends of branches that the repository does not have yet, one of which may have raised what a
  ///     branch carries out.
  ///   - steps: Tells what the commit changes.
  ///   - judgement: Where refusals go.
  /// - Throws: `GitError` or `SourceTreeError` where something cannot be read.
  func judgeMessage(
    of commit: Commit, _ rulebook: Rulebook, besides ends: [ObjectID], _ steps: inout Steps,
    into judgement: inout Judgement
  ) async throws {
    guard rulebook.catalogue.judgesMessages else { return }
    let tree = try CommitTree(of: commit.id, in: repository)
    let changes = try await steps.ownChanges(of: tree, after: commit.parents)
    let found = try await faults(
      of: try repository.message(of: commit.id), for: changes, tree, rulebook, besides: ends)
    let name = "commit \(commit.id.description.prefix(7)) (\(commit.subject))"
    for reason in found.faults { judgement.refuse(.badTrailer, "\(name): \(reason)") }
    judgement.notes += found.notes.map { "\(name): \($0)" }
  }

  /// How many trailers of a message are judged: each is looked for among all ids.
  private static let mostTrailers = 1000

  /// Returns what is wrong with a message, and what its writer should know all the same: a sentence each.
  private func faults(
    of message: String, for changes: [TreeChange], _ tree: any SourceTree,
    _ rulebook: Rulebook, besides ends: [ObjectID] = []
  ) async throws -> (faults: [String], notes: [String]) {
    let trailers = repository.trailers(of: message)
    guard trailers.count <= Self.mostTrailers else {
      let fault =
        "the message has \(trailers.count) trailers, and \(Self.mostTrailers) are the most: name what "
        + "the commit carries out"
      return ([fault], [])
    }
    let missing = Self.missing(trailers, for: changes, rulebook.catalogue)
    var (faults, notes, lost) = ([String](), [String](), Set<String>())
    for slip in rulebook.catalogue.trailerSlips(
      in: message,
      isCounted: { key, value in
        trailers.contains { $0.key.lowercased() == key.lowercased() && $0.value == value }
      })
    {
      let ids = try await ids(of: slip.demand, [slip.value], in: tree, rulebook, besides: ends)
      let meant = TrailerValue(slip.demand, ids: ids).meant(by: slip.value)
      let isNeeded = missing.contains { $0.demand == slip.demand }
      guard meant.count == 1 || slip.isPlain, slip.kind != .colon || meant.count == 1 else {
        continue
      }
      let words = slip.words(for: meant.count == 1 ? meant[0] : "…")
      // A value that names a record leaves no doubt; a title may speak of it as well.
      if isNeeded || (meant.count == 1 && !slip.isTitle) {
        faults.append(words)
        lost.insert(slip.demand.key)
      } else {
        notes.append(words)
      }
    }
    faults += missing.filter { !lost.contains($0.demand.key) }.map(\.words)
    for demand in rulebook.catalogue.trailers {
      let values = Self.values(of: demand, in: trailers)
      guard !values.isEmpty, !demand.targets.isEmpty else { continue }
      let ids = try await ids(of: demand, in: tree, rulebook)
      guard values.contains(where: { TrailerValue(demand, ids: ids).fault(of: $0) != nil }) else {
        continue
      }
      // Only where something is wrong the other registers are read too.
      var dropped = Report()
      let snapshot = try await Snapshot.read(
        tree, try tree.entries(under: RepoPath(Catalogue.folder)), by: rulebook, jobs: jobs,
        into: &dropped)
      let index = RecordIndex(of: snapshot)
      let reading = TrailerValue(demand, ids: ids) { index.words(onStranger: $0, to: demand) }
      for value in values {
        if let fault = reading.fault(of: value) {
          faults.append("'\(demand.key): \(value)' \(fault)")
        }
      }
    }
    faults += try await faultsOfModifications(trailers, tree, rulebook, besides: ends)
    return (faults, notes)
  }

  private static func values(
    of demand: TrailerDemand, in trailers: [Commit.Trailer]
  ) -> [String] {
    trailers.filter { $0.key.lowercased() == demand.key.lowercased() }.map(\.value)
  }

  /// Returns which trailers some changes ask for that a message does not have, each with a sentence.
  static func missing(
    _ trailers: [Commit.Trailer], for changes: [TreeChange], _ catalogue: Catalogue
  ) -> [(demand: TrailerDemand, words: String)] {
    let changed = Set(
      changes.flatMap { change in
        catalogue.registers.filter { $0.claims(change.path) }.map(\.name)
      })
    return catalogue.trailers.compactMap { demand in
      let touched = demand.registers.filter { changed.contains($0) }
      guard !touched.isEmpty, values(of: demand, in: trailers).isEmpty else { return nil }
      return (
        demand,
        "a change of '\(touched.joined(separator: "', '"))' names its "
          + "\(demand.key.lowercased()): "
          + "end the message with a line '\(demand.key): \(demand.example)'"
      )
    }
  }

  /// A modification that a commit carries out is raised, on its branch or on another.
  private func faultsOfModifications(
    _ trailers: [Commit.Trailer], _ tree: any SourceTree, _ rulebook: Rulebook,
    besides ends: [ObjectID]
  ) async throws -> [String] {
    guard let demand = rulebook.catalogue.modificationTrailer else { return [] }
    let values = Self.values(of: demand, in: trailers)
    guard !values.isEmpty else { return [] }
    let known = try await ids(of: demand, values, in: tree, rulebook, besides: ends)
    let reading = TrailerValue(demand, ids: known)
    return values.compactMap { value in
      reading.fault(of: value).map { "'\(demand.key): \(value)' \($0)" }
    }
  }

  /// Returns the ids that a trailer may name; those of modifications on other branches count too.
  private func ids(
    of demand: TrailerDemand, _ values: [String], in tree: any SourceTree, _ rulebook: Rulebook,
    besides ends: [ObjectID]
  ) async throws -> Set<String> {
    var known = try await ids(of: demand, in: tree, rulebook)
    guard demand == rulebook.catalogue.modificationTrailer else { return known }
    var rest = values.filter { !known.contains($0) }
    // The branches are looked at where the version itself has not what is named.
    let tips = rest.isEmpty ? [] : try ends + repository.branchTips()
    for tip in tips where !rest.isEmpty {
      known.formUnion(
        try await ids(of: demand, in: try CommitTree(of: tip, in: repository), rulebook))
      rest.removeAll(where: known.contains)
    }
    return known
  }

  /// Returns the ids of the registers that a trailer names records of, as a version has them.
  func ids(
    of demand: TrailerDemand, in tree: any SourceTree, _ rulebook: Rulebook
  ) async throws -> Set<String> {
    let registers = demand.targets.compactMap { rulebook.catalogue.register(named: $0) }
    guard !registers.isEmpty else { return [] }
    let entries = try tree.entries(under: RepoPath(Catalogue.folder))
      .filter { entry in registers.contains { $0.claims(entry.path) } }
    var dropped = Report()
    let snapshot = try await Snapshot.read(
      tree, entries, by: rulebook, jobs: jobs, into: &dropped)
    return Set(snapshot.files.flatMap(\.records).map(\.id))
  }
}

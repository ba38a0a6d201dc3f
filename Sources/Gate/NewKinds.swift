import Git
import Registry
import Rules
import SourceText

extension Gatekeeper {
  /// Judges what becomes a baseline by the rules that a push brings: nobody looked at it as one, and as one it
  /// could never be moved or deleted.
  ///
  /// - Parameters:
  ///   - update: What happens to a branch; only that whose rules judge brings kinds.
  ///   - updates: The push.
  ///   - bench: What it is judged by.
  ///   - judgement: Where refusals go.
  /// - Throws: `GitError` or `SourceTreeError` where something cannot be read.
  func judgeNewKinds(
    by update: ReferenceUpdate, _ updates: [ReferenceUpdate], _ bench: Bench,
    into judgement: inout Judgement
  ) async throws {
    let seat = bench.seat
    guard let new = update.new, seat.commit == nil || update.name == seat.branch,
      let path = RepoPath(Catalogue.path)
    else { return }
    let tree = try CommitTree(of: new, in: repository)
    let before = try seat.commit.flatMap {
      try CommitTree(of: $0, in: repository).entry(at: path)
    }
    guard let entry = try tree.entry(at: path), entry != before,
      let catalogue = try Rulebook.catalogue(of: tree)
    else { return }
    func newKind(_ name: String?) -> BaselineKind? {
      name.flatMap {
        seat.catalogue?.baselineKind(of: $0) == nil ? catalogue.baselineKind(of: $0) : nil
      }
    }
    for update in updates where update.new != nil {
      let name = update.name
      guard newKind((name.name(in: "refs/tags/") ?? name.name(in: "refs/"))?.text) != nil
      else { continue }
      judgement.refuse(
        .badBaseline, "'\(name)' has the name of a baseline by rules that come with it",
        help: "Push the branch with the rules first, and then the baseline")
    }
    for (name, target) in try repository.allReferences() {
      guard let target else { continue }
      let tag = name.name(in: "refs/tags/")?.text
      guard let kind = newKind(tag ?? name.name(in: "refs/")?.text) else { continue }
      var fault = "it is no tag"
      if let tag {
        var own = Judgement()
        try await judgeBaseline(tag, target, of: kind, updates, bench, catalogue, into: &own)
        guard let refusal = own.refusals.first else { continue }
        fault = refusal.reason
      }
      judgement.refuse(
        .badBaseline,
        "by the rules of this push '\(name)', which the server has, would be a baseline for ever: \(fault)",
        help: "Take it away first: git push origin :\(name)")
    }
  }
}

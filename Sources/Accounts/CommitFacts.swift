package import Git
package import Registry

extension Catalogue {
  /// The trailers of a commit that give the reason of its changes.
  package func reasons(of commit: Commit) -> [Commit.Trailer] {
    commit.trailers.filter { isReason(trailer: $0.key) }
  }
}

extension Commit {
  /// The day of the commit; dates of effect are data and never this.
  package var day: String {
    Day(number: Int((Double(time) / 86_400).rounded(.down))).description
  }
}

package import Git
package import Registry
import SourceText

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

  /// Says which commit it is, when it was made and what it names of what the catalogue speaks of.
  func line(_ catalogue: Catalogue?) -> String {
    let trailers = (catalogue?.reasons(of: self) ?? []).map { "; \($0.key): \($0.value)" }.joined()
    return "\(id.description.prefix(7)) \(day) \(subject)\(trailers)"
  }
}

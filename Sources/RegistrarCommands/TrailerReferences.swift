import Diagnostics
import Registry
import Rules

extension RecordIndex {
  /// Makes sure that a value of `log --decision` or `--modification` names something.
  ///
  /// A decision is named by an id, or, where the example of the trailer has no sign for its items, by the id of its
  /// meeting and a number behind a slash.
  ///
  /// - Parameters:
  ///   - value: What the user wrote.
  ///   - key: The trailer.
  /// - Throws: `Failure` where the register that the catalogue names for the trailer has no such
  ///   record.
  func require(_ value: String, namedBy key: String) throws(Failure) {
    let catalogue = snapshot.catalogue
    let demand =
      catalogue.trailers.first { $0.key.lowercased() == key.lowercased() }
      ?? catalogue.modificationTrailer.flatMap {
        $0.key.lowercased() == key.lowercased() ? $0 : nil
      }
    let positions = (demand?.targets ?? []).compactMap { position(ofRegister: $0) }
    guard let demand, !positions.isEmpty else {
      throw Failure(
        "no commit names '\(value)' as its \(key.lowercased())",
        hint: "Messages name it with a line: \(key): \(value)")
    }
    let stem = String(value.prefix { $0 != "/" })
    let ids = positions.flatMap { Array(self.ids(in: $0)) }
    let isThere = positions.contains { has(value, in: $0) || has(stem, in: $0) }
    let fault = isThere ? TrailerValue(demand, ids: Set(ids)).fault(of: value) : ""
    guard fault != nil else { return }
    let targets = demand.targets.map { "'\($0)'" }.joined(separator: " or ")
    throw Failure(
      "there is no '\(value)' in \(targets), and no commit names it",
      hint: nearest(to: value, among: ids).map { "Did you mean '\($0)'?" }
        ?? nearest(to: stem, among: ids).map {
          "Did you mean '\($0 + value.dropFirst(stem.count))'?"
        } ?? "List them with: registrar list \(demand.targets[0])")
  }
}

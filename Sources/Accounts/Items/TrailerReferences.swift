import Diagnostics
import Registry
import Rules

extension RecordIndex {
  /// Returns all ids of the record that a trailer names, the one of now first; of none the value alone.
  func aliases(of value: String, namedBy key: String) -> [String] {
    for position in targets(of: key) {
      if let record = record(value, in: position) { return [value] + record.formerIDs }
      if let heir = records[position].first(where: { $0.formerIDs.contains(value) }) {
        return [heir.id] + heir.formerIDs
      }
    }
    return [value]
  }

  private func targets(of key: String) -> [Int] {
    (demand(of: key)?.targets ?? []).compactMap { position(ofRegister: $0) }
  }

  private func demand(of key: String) -> TrailerDemand? {
    let catalogue = snapshot.catalogue
    return (catalogue.trailers + [catalogue.modificationTrailer].compactMap(\.self))
      .first { $0.key.lowercased() == key.lowercased() }
  }

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
    let positions = targets(of: key)
    guard let demand = demand(of: key), !positions.isEmpty else {
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
    if let other = words(onStranger: value, to: demand) { throw Failure("'\(value)' \(other)") }
    let reading = TrailerValue(demand, ids: Set(ids))
    let meant = reading.meant(by: value).map { "Did you mean '\($0)'?" }
    if let hint = meant.first ?? reading.items(beside: value) {
      throw Failure("there is no '\(value)' in \(targets), and no commit names it", hint: hint)
    }
    throw Failure(
      "there is no '\(value)' in \(targets), and no commit names it",
      hint: nearest(to: value, among: ids).map { "Did you mean '\($0)'?" }
        ?? nearest(to: stem, among: ids).map {
          "Did you mean '\($0 + value.dropFirst(stem.count))'?"
        } ?? "List them with: registrar list \(demand.targets[0])")
  }
}

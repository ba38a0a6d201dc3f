import Diagnostics
import Registry
import Rules

extension RecordIndex {
  /// Makes sure that a value of `log --decision` or `--modification` names something.
  ///
  /// A decision is named by the id of its meeting, with or without a number behind a slash.
  ///
  /// - Parameters:
  ///   - value: What the user wrote.
  ///   - key: The trailer.
  /// - Throws: `Failure` where the register that the catalogue names for the trailer has no such
  ///   record.
  func require(_ value: String, namedBy key: String) throws(Failure) {
    let catalogue = snapshot.catalogue
    let target =
      catalogue.trailers.first { $0.key.lowercased() == key.lowercased() }?.target
      ?? (catalogue.modifications?.trailer.lowercased() == key.lowercased()
        ? catalogue.modifications?.register : nil)
    guard let target, let position = position(ofRegister: target) else {
      throw Failure(
        "no commit names '\(value)' as its \(key.lowercased())",
        hint: "Messages name it with a line: \(key): \(value)")
    }
    let stem = String(value.prefix { $0 != "/" })
    guard !has(value, in: position), !has(stem, in: position) else { return }
    throw Failure(
      "there is no '\(value)' in '\(target)', and no commit names it",
      hint: nearest(to: stem, among: Array(ids(in: position))).map {
        "Did you mean '\($0 + value.dropFirst(stem.count))'?"
      } ?? "List them with: registrar list \(target)")
  }
}

package import Registry
import SourceText
import Syntax

extension RecordIndex {
  /// Returns what an id is that a trailer names and that is of another register than those it may name, as an end of a
  /// sentence; `nil` where it is of none.
  ///
  /// - Parameters:
  ///   - value: The id.
  ///   - demand: The trailer.
  /// - Returns: The words, with the item at which the record was raised where it names one.
  package func words(onStranger value: String, to demand: TrailerDemand) -> String? {
    for (position, register) in snapshot.catalogue.registers.enumerated()
    where !demand.targets.contains(register.name) {
      let found = register.ids(meant: value).lazy.compactMap { self.record($0, in: position) }.first
      guard let record = found else { continue }
      let stem = record.id.prefix { $0 != "/" && $0 != "#" }
      let file = snapshot.files.firstIndex { $0.path == record.path }
      let raised = file.flatMap { file in
        snapshot.references(in: [snapshot.files[file]]).first { reference in
          record.node.range.offsets.contains(reference.value.range.offsets.lowerBound)
            && reference.id.hasPrefix(stem + "#")
            && reference.registers.contains(where: demand.targets.contains)
        }?.id
      }
      let targets = demand.targets.map { "'\($0)'" }.joined(separator: " or ")
      return
        "names '\(record.id)' of '\(register.name)', and a \(demand.key.lowercased()) is of \(targets)"
        + (raised.map {
          "; it was raised at '\($0)': write '\(demand.key): \($0)' if you mean that"
        } ?? "")
    }
    return nil
  }
}

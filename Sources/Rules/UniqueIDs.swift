package import Diagnostics
import Registry
import Syntax

extension Rule {
  /// An id that names two records names none.
  static let uniqueIDs = Rule(
    [.duplicateID], requirement: "A register names each record once."
  ) { inspection, report in
    let index = inspection.current
    for (record, earlier) in index.duplicates {
      // A file that was copied with its id is told by its name.
      guard let register = index.register(of: record),
        [record, earlier].allSatisfy({
          inspection.meant.id(meantBy: $0, in: register) == nil
            && inspection.meant.original(of: $0, in: register) == nil
        })
      else { continue }
      let next = inspection.nextID(after: record.id, in: register)
      report.error(
        .duplicateID, .duplicate(record.id), at: record.idNode.range,
        related: [.init("first used here", at: earlier.idNode.range)],
        help: "Give one of the two records another id" + (next.map { ", such as '\($0)'" } ?? ""))
    }
  }
}

extension Diagnostic.Code {
  /// Two records of one register have the same id.
  package static let duplicateID: Self = "record/duplicate-id"
}

extension Diagnostic.Message {
  fileprivate static func duplicate(_ id: String) -> Self { "the id '\(id)' is already taken" }
}

package import Diagnostics
import Patterns
import Registry
import Syntax

extension Rule {
  /// One spelling per id: whoever searches for `TABASC15/09` must not miss `TABASC Action 15/09`.
  static let regularIDs = Rule(
    [.irregularID], requirement: "The id of a record has the register's regular form."
  ) { inspection, report in
    let index = inspection.current
    let matcher = PatternMatcher()
    for (position, register) in index.snapshot.catalogue.registers.enumerated()
    where register.idPattern != nil {
      for record in inspection.records(in: position)
      where !register.isRegular(record.id, with: matcher) {
        report.error(
          .irregularID, .irregular(record.id, register.name), at: record.idNode.range,
          help: help(for: record, register, position, inspection),
          remedy: inspection.meant.id(meantBy: record, in: position).map {
            Remedy(.set(record.idNode.range, .text($0)))
          })
      }
    }
  }

  private static func help(
    for record: Record, _ register: Register, _ position: Int, _ inspection: Inspection
  ) -> String {
    if let meant = inspection.meant.id(meantBy: record, in: position) {
      let isNamed = register.regularForm(of: record.id) != meant
      return "Write '\(meant)'" + (isNamed ? ", as the file is named" : "")
    }
    if let example = inspection.meant.example(in: position) {
      return "Write it as '\(example)' is written"
    }
    let pattern = register.definition.tree.root?["registers"]?[register.name]?["id"]?["pattern"]
    return "Give it the form \(pattern?.text ?? "of the register")"
  }
}

extension Diagnostic.Code {
  /// An id does not have the regular form of its register.
  package static let irregularID: Self = "record/irregular-id"
}

extension Diagnostic.Message {
  fileprivate static func irregular(_ id: String, _ register: String) -> Self {
    "the id '\(id)' does not have the regular form of '\(register)'"
  }
}

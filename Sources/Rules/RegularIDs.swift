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
      for record in index.records[position] where !register.isRegular(record.id, with: matcher) {
        let form = register.regularForm(of: record.id)
        let pattern = register.definition.tree.root?["registers"]?[register.name]?["id"]?["pattern"]
        report.error(
          .irregularID, .irregular(record.id, register.name), at: record.idNode.range,
          help: form.map { "Write '\($0)'" }
            ?? "Give it the form \(pattern?.text ?? "of the register")")
      }
    }
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

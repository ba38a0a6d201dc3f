package import Diagnostics
import Registry
import SourceText
import Syntax

extension Rule {
  /// File name and id agree, so that who knows an id finds the file without a search.
  static let filesNamedByID = Rule(
    [.misplaced], requirement: "A record's file is named by the record's id."
  ) { inspection, report in
    let index = inspection.current
    for (position, register) in index.snapshot.catalogue.registers.enumerated()
    where register.shape == .record || register.shape == .document {
      for record in index.records[position] {
        // An id in another spelling is told as such, and not once more for its file.
        let id = register.regularForm(of: record.id) ?? record.id
        let expected = register.path(of: id) { $0 == "id" ? id : record.text(of: $0) }
        guard record.path != expected else { continue }
        let name = register.id(at: record.path)
        let help =
          expected.map { "Rename the file: git mv \(record.path) \($0)" }
          ?? "Give the record an id that \(register.templates[0].text) can hold"
        report.error(
          .misplaced, .misplaced(record.id, fileSays: name == record.id ? nil : name),
          at: record.idNode.range,
          help: name == nil || name == record.id ? help : help + ", or correct the id")
      }
    }
  }
}

extension Diagnostic.Code {
  /// A record stands in a file with the name of another.
  package static let misplaced: Self = "record/misplaced"
}

extension Diagnostic.Message {
  fileprivate static func misplaced(_ id: String, fileSays name: String?) -> Self {
    if let name { return "the id is '\(id)', and the file's name says '\(name)'" }
    return "the record '\(id)' does not belong in this file"
  }
}

package import Diagnostics
import Patterns
import Registry
import SourceText
import Syntax

extension Rule {
  /// File name and id agree, so that who knows an id finds the file without a search.
  static let filesNamedByID = Rule(
    [.misplaced], requirement: "A record's file is named by the record's id."
  ) { inspection, report in
    let index = inspection.current
    let matcher = PatternMatcher()
    for (position, register) in index.snapshot.catalogue.registers.enumerated()
    where register.shape.isOneAFile {
      for record in index.records[position] {
        let expected = register.path(of: record.id) { record.text(of: $0) }
        guard record.path != expected else { continue }
        let meant = inspection.meant.id(meantBy: record, in: position)
        // An id in another spelling is told as such, and not once more for its file.
        if !register.isRegular(record.id, with: matcher) {
          guard let meant else { continue }
          let place = register.path(of: meant) { $0 == "id" ? meant : record.text(of: $0) }
          guard place != record.path, let place else { continue }
          report.error(
            .misplaced, .misplaced(meant, fileSays: register.id(at: record.path)),
            at: record.idNode.range, help: "Name the file \(place)")
          continue
        }
        let name = register.id(at: record.path)
        if let meant {
          report.error(
            .misplaced, .copied(record.id, fileSays: meant), at: record.idNode.range,
            help: "Write '\(register.idProperty): \(meant)'")
          continue
        }
        report.error(
          .misplaced, .misplaced(record.id, fileSays: name == record.id ? nil : name),
          at: record.idNode.range, help: help(record, expected, name, register, inspection))
      }
    }
  }

  private static func help(
    _ record: Record, _ expected: RepoPath?, _ name: String?, _ register: Register,
    _ inspection: Inspection
  ) -> String {
    let isNameRegular = name.map { register.isRegular($0, with: PatternMatcher()) } ?? false
    guard let expected else {
      return "Give the record an id that \(register.templates[0].text) can hold"
    }
    guard let name, name != record.id, isNameRegular else { return "Name the file \(expected)" }
    return "Write '\(register.idProperty): \(name)', or name the file \(expected)"
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
  fileprivate static func copied(_ id: String, fileSays name: String) -> Self {
    "the id '\(id)' is that of another file, and this file's name says '\(name)'"
  }
}

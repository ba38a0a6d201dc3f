package import Diagnostics
import JSONSchema
import Registry
import Syntax

extension Rule {
  /// What identifies a thing outside of the register, such as an MPID, belongs to one record.
  static let uniqueValues = Rule(
    [.notUnique], requirement: "No two records of a register share a value that must be unique."
  ) { inspection, report in
    let index = inspection.current
    // A value is one of a field, which is told by where the schema says that it is unique.
    struct Key: Hashable {
      let register: Int
      let field: Int
      let schema: ObjectIdentifier
      let value: String
    }
    var first: [Key: Node] = [:]
    let asked = inspection.focus.map { [$0.register] } ?? Set(index.records.indices)
    let registers = asked.filter(index.snapshot.rulebook.hasUniqueValues)
    guard !registers.isEmpty else { return }
    for file in inspection.files(of: inspection.focus == nil ? nil : registers)
    where registers.contains(file.register) {
      for annotation in file.annotations
      where OwnKeyword.allCases[annotation.keyword] == .unique && annotation.value.bool == true {
        guard let value = annotation.instance.text, annotation.instance.kind != .null else {
          continue
        }
        let key = Key(
          register: file.register, field: annotation.value.index,
          schema: ObjectIdentifier(annotation.value.tree), value: value)
        guard let earlier = first[key] else {
          first[key] = annotation.instance
          continue
        }
        guard
          earlier.index != annotation.instance.index || earlier.tree !== annotation.instance.tree
        else { continue }
        report.error(
          .notUnique, .notUnique(value), at: annotation.instance.range,
          related: [.init("first used here", at: earlier.range)],
          help: "Correct one of the two")
      }
    }
  }
}

extension Rulebook {
  /// Whether the schema of a register says of some value that it is unique.
  fileprivate func hasUniqueValues(in register: Int) -> Bool {
    programs[register]?.annotationValues.contains {
      OwnKeyword.allCases[$0.keyword] == .unique
    } ?? false
  }
}

extension Diagnostic.Code {
  /// Two records share a value that must be unique in the register.
  package static let notUnique: Self = "value/not-unique"
}

extension Diagnostic.Message {
  fileprivate static func notUnique(_ value: String) -> Self {
    "the value '\(value)' is already taken in this register"
  }
}

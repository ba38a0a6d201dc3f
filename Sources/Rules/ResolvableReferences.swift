package import Diagnostics
import Registry
import Syntax

extension Rule {
  /// A reference that leads nowhere is worse than none: its reader believes there is something.
  static let resolvableReferences = Rule(
    [.unresolvedReference, .nearReference, .unknownRegister],
    requirement: "Every reference names a record that exists at this revision."
  ) { index, report in
    for reference in index.snapshot.references { check(reference, index, &report) }
  }

  private static func check(
    _ reference: Reference, _ index: RecordIndex, _ report: inout Report
  ) {
    let catalogue = index.snapshot.catalogue
    var positions: [Int] = []
    for name in reference.registers {
      guard let position = index.position(ofRegister: name) else {
        report.error(
          .unknownRegister, "there is no register '\(name)'", at: reference.target.range,
          help: nearest(to: name, among: catalogue.registers.map(\.name))
            .map { "Did you mean '\($0)'?" } ?? "Name a register of \(Catalogue.path)")
        continue
      }
      if index.record(reference.id, in: position) != nil { return }
      positions.append(position)
    }
    for position in positions {
      guard let form = catalogue.registers[position].regularForm(of: reference.id),
        index.record(form, in: position) != nil
      else { continue }
      report.error(
        .nearReference, .near(reference.id, catalogue.registers[position].name),
        at: reference.value.range, help: "Write '\(form)'")
      return
    }
    guard !positions.isEmpty else { return }
    let known = positions.flatMap { index.ids(in: $0) }
    report.error(
      .unresolvedReference,
      .unresolved(reference.id, positions.map { catalogue.registers[$0].name }),
      at: reference.value.range,
      // A search through very many ids would cost more than it helps.
      help: known.count <= 20_000
        ? nearest(to: reference.id, among: known.sorted()).map { "Did you mean '\($0)'?" } : nil)
  }
}

extension Diagnostic.Code {
  /// A reference names a record that does not exist.
  package static let unresolvedReference: Self = "reference/unresolved"
  /// A reference is written in a form that people use and the register does not.
  package static let nearReference: Self = "reference/near-form"
  /// `x-references` names a register that does not exist.
  package static let unknownRegister: Self = "schema/unknown-register"
}

extension Diagnostic.Message {
  fileprivate static func unresolved(_ id: String, _ registers: [String]) -> Self {
    let names = registers.map { "'\($0)'" }.joined(separator: " or ")
    return "there is no '\(id)' in \(names)"
  }
  fileprivate static func near(_ id: String, _ register: String) -> Self {
    "'\(id)' is not the regular form of an id in '\(register)'"
  }
}

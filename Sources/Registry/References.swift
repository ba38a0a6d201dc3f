import JSONSchema
package import Syntax

/// A value that is the id of a record.
package struct Reference: Sendable {
  package let id: String
  /// Where it stands.
  package let value: Node
  /// The registers that may hold the record, and where the schema names them.
  package let registers: [String]
  package let target: Node
  /// The position of the file in `Snapshot.files`.
  package let file: Int
}

extension Snapshot {
  /// Every reference of every record, in the order of files.
  package var references: [Reference] { references(in: files) }

  /// Returns the references of the records of some files, whose positions are those among them.
  package func references(in files: [RegisterFile]) -> [Reference] {
    var references: [Reference] = []
    // The places in schemas are few, the references many.
    var known: (node: Node, names: [String])?
    for (position, file) in files.enumerated() {
      for annotation in file.annotations
      where OwnKeyword.allCases[annotation.keyword] == .references {
        let target = annotation.value
        if known?.node.index != target.index || known?.node.tree !== target.tree {
          known = (
            target, (target.kind == .array ? target.elements : [target]).compactMap(\.text)
          )
        }
        let names = known?.names ?? []
        let values =
          annotation.instance.kind == .array
          ? annotation.instance.elements : [annotation.instance]
        for value in values where value.kind == .string {
          references.append(
            Reference(
              id: value.text ?? "", value: value, registers: names, target: target,
              file: position))
        }
      }
    }
    return references
  }

  /// Returns the record that a reference stands in.
  package func owner(of reference: Reference) -> (register: Register, record: Record)? {
    let file = files[reference.file]
    let record = file.record(holding: reference.value)
    return record.map { (catalogue.registers[file.register], $0) }
  }
}

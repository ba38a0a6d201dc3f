import JSONSchema
package import Registry
import Syntax

/// The records of a version that the one before had not, and of which it matters whether they were
/// there earlier.
///
/// A record that comes back as it was is the same record: neither is its id used again, nor does it
/// begin.
package struct NewRecords: Sendable {
  /// The records by their registers and ids.
  package private(set) var records: [FormerUse: Record] = [:]

  /// Finds them.
  ///
  /// - Parameters:
  ///   - current: The records of the version.
  ///   - previous: Those of the version before.
  package init(of current: RecordIndex, since previous: RecordIndex) {
    let catalogue = current.snapshot.catalogue
    var late: [Int: Set<String>]?
    for (position, register) in catalogue.registers.enumerated() {
      guard let before = previous.position(ofRegister: register.name) else { continue }
      let asksAlways = RegisterRule.asksHistory(of: register)
      for record in current.records[position] where !previous.has(record.id, in: before) {
        if !asksAlways, late == nil { late = Self.lateStates(in: current) }
        guard asksAlways || late?[position]?.contains(record.id) == true else { continue }
        records[FormerUse(register: register.name, id: record.id)] = record
      }
    }
  }

  /// Returns for each register the ids of records in a state that none begins with.
  private static func lateStates(in index: RecordIndex) -> [Int: Set<String>] {
    var late: [Int: Set<String>] = [:]
    for file in index.snapshot.files {
      for annotation in file.annotations
      where OwnKeyword.allCases[annotation.keyword] == .states {
        let initial = annotation.value["initial"]?.elements.compactMap(\.text) ?? []
        guard !initial.isEmpty, let state = annotation.instance.text, !initial.contains(state),
          let record = file.record(with: annotation.instance)
        else { continue }
        late[file.register, default: []].insert(record.id)
      }
    }
    return late
  }
}

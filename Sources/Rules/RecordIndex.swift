package import Registry

/// The records of a snapshot by register and id.
package struct RecordIndex: Sendable {
  package let snapshot: Snapshot
  /// For each register of the catalogue, its records in the order of files.
  package let records: [[Record]]
  /// For each register, the first record with each id.
  private let byID: [[String: Int]]
  private let positions: [String: Int]
  /// The records whose id another of the register had before, with that other.
  package let duplicates: [(record: Record, earlier: Record)]

  package init(of snapshot: Snapshot) {
    self.snapshot = snapshot
    var records: [[Record]] = Array(repeating: [], count: snapshot.catalogue.registers.count)
    for file in snapshot.files { records[file.register] += file.records }
    var duplicates: [(record: Record, earlier: Record)] = []
    byID = records.map { list in
      var ids: [String: Int] = [:]
      ids.reserveCapacity(list.count)
      for (position, record) in list.enumerated() {
        let first = ids[record.id, default: position]
        if first == position {
          ids[record.id] = position
        } else {
          duplicates.append((record, list[first]))
        }
      }
      return ids
    }
    self.duplicates = duplicates
    self.records = records
    positions = Dictionary(
      snapshot.catalogue.registers.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { $1 })
  }

  package func position(ofRegister name: String) -> Int? { positions[name] }

  /// Returns the first record of a register with the given id.
  package func record(_ id: String, in register: Int) -> Record? {
    byID[register][id].map { records[register][$0] }
  }

  package func ids(in register: Int) -> some Collection<String> { byID[register].keys }
}

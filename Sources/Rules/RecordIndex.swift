import Diagnostics
package import Registry
package import SourceText
import Syntax

/// The records of a snapshot by register and id.
package struct RecordIndex: Sendable {
  package let snapshot: Snapshot
  /// For each register of the catalogue, its records in the order of files.
  package let records: [[Record]]
  /// For each register, the first record with each id.
  private let byID: [[String: Int]]
  private let positions: [String: Int]
  /// For each register, ids of records that exist and were not read.
  private let known: [Int: Set<String>]
  /// The registers that were read whole; `nil` where all were.
  private let wholes: Set<Int>?
  /// For each register, the files that cannot be read.
  private let unread: [Int: [RepoPath]]
  /// The registers that have records which were not read.
  private let peopled: Set<Int>
  /// The records whose id another of the register had before, with that other.
  package let duplicates: [(record: Record, earlier: Record)]

  /// Makes an index of records.
  ///
  /// - Parameters:
  ///   - snapshot: The records.
  ///   - known: For each register, ids of records that exist and were not read.
  ///   - wholes: The registers of which every record was read; `nil` stands for all.
  ///   - peopled: The registers that have records which were not read.
  package init(
    of snapshot: Snapshot, known: [Int: Set<String>] = [:], wholes: Set<Int>? = nil,
    peopled: Set<Int> = []
  ) {
    self.peopled = peopled
    self.snapshot = snapshot
    self.known = known
    self.wholes = wholes
    var unread: [Int: [RepoPath]] = [:]
    let registers = snapshot.catalogue.registers
    for (path, fault) in snapshot.faults {
      guard let register = registers.firstIndex(where: { $0.claims(path) }) else { continue }
      // A list or a table with nothing in it is read, and has nothing.
      let isEmpty = fault.code == .emptyYAML || fault.code == .emptyCSV
      guard !isEmpty || registers[register].shape.isOneAFile else { continue }
      unread[register, default: []].append(path)
    }
    for file in snapshot.files where file.isUnread && file.fault == nil {
      unread[file.register, default: []].append(file.path)
    }
    self.unread = unread
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

  /// The files beside those that were read whose names look like that of one that was added.
  package var neighbours: [RepoPath] = []

  /// Returns the ids that the names of such files give records of a register.
  func neighbourIDs(in register: Int) -> [String] {
    guard !neighbours.isEmpty else { return [] }
    let register = snapshot.catalogue.registers[register]
    return neighbours.filter { snapshot.file(at: $0) == nil && register.claims($0) }
      .compactMap { register.id(at: $0) }
  }

  package func position(ofRegister name: String) -> Int? { positions[name] }

  /// Returns the first record of a register with the given id.
  package func record(_ id: String, in register: Int) -> Record? {
    byID[register][id].map { records[register][$0] }
  }

  /// Whether a register has a record with the given id, read or not.
  package func has(_ id: String, in register: Int) -> Bool {
    byID[register][id] != nil || known[register]?.contains(id) == true
      || isUnread(id, in: register)
  }

  /// Whether a register has any record, read or not.
  package func hasRecords(in register: Int) -> Bool {
    !records[register].isEmpty || peopled.contains(register)
  }

  /// Whether every record of a register was read.
  package func isWhole(_ register: Int) -> Bool { wholes?.contains(register) ?? true }

  /// Whether every file could be read.
  var isRead: Bool { unread.isEmpty }

  /// Whether a record may be in a file that could not be read, by the file's name where that has the
  /// id.
  ///
  /// One cause is one finding: what is missing for this reason is not missed.
  package func isUnread(_ id: String, in register: Int) -> Bool {
    unread[register]?.contains { path in
      snapshot.catalogue.registers[register].id(at: path).map { $0 == id } ?? true
    } ?? false
  }

  /// Returns the files of some registers that could not be read, in order.
  package func unreadFiles(where isWanted: (Int) -> Bool = { _ in true }) -> [RepoPath] {
    unread.filter { isWanted($0.key) }.flatMap(\.value).sorted()
  }

  /// Returns the files that could not be read and may hold a record with the given id: one that is named by
  /// it, or else those that hold many.
  package func unreadFiles(mayHold id: String) -> [RepoPath] {
    let registers = snapshot.catalogue.registers
    let all = unread.flatMap { register, paths in paths.map { (register, $0) } }
    let named = all.filter { register, path in
      let own = registers[register].name + "/"
      let name = id.hasPrefix(own) ? String(id.dropFirst(own.count)) : id
      let meant = [name, registers[register].regularForm(of: name)]
      return registers[register].id(at: path).map { meant.contains($0) } ?? false
    }
    let open = all.filter { registers[$0.0].id(at: $0.1) == nil }
    return (named.isEmpty ? open : named).map(\.1).sorted()
  }

  /// Whether a register has files that could not be read.
  package func hasUnread(_ register: Int) -> Bool { unread[register] != nil }

  /// Returns the position of the register that a record is of.
  func register(of record: Record) -> Int? { snapshot.file(at: record.path)?.register }

  /// Returns the record that stands at a place, with its register.
  package func record(at range: SourceRange) -> (register: Register, record: Record)? {
    guard let file = snapshot.file(at: range.path) else { return nil }
    var (low, high) = (0, file.records.count)
    while low < high {
      let middle = (low + high) / 2
      let start = file.records[middle].node.range.offsets.lowerBound
      if start <= range.offsets.lowerBound { low = middle + 1 } else { high = middle }
    }
    let record = file.records.count == 1 ? file.records[0] : low > 0 ? file.records[low - 1] : nil
    return record.map { (snapshot.catalogue.registers[file.register], $0) }
  }

  package func ids(in register: Int) -> some Collection<String> { byID[register].keys }
}

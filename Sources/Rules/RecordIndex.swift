import Diagnostics
package import Registry
package import SourceText
import Syntax

/// The records of a snapshot by register and id.
package struct RecordIndex: Sendable {
  package private(set) var snapshot: Snapshot
  /// For each register of the catalogue, its records in the order of files.
  package private(set) var records: [[Record]]
  /// For each register, the first record with each id.
  private var byID: [[String: Int]]
  private let positions: [String: Int]
  /// For each register, ids of records that exist and were not read.
  private let known: [Int: Set<String>]
  /// The registers that were read whole; `nil` where all were.
  private let wholes: Set<Int>?
  /// For each register, the files that cannot be read.
  private var unread: [Int: [RepoPath]]
  /// The registers that have records which were not read.
  private let peopled: Set<Int>
  /// For each register, the records whose id another had before, with that other.
  private var copies: [[(record: Record, earlier: Record)]]

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
    unread = Self.unread(snapshot.files, snapshot.faults, snapshot.catalogue)
    let registers = snapshot.catalogue.registers
    var records: [[Record]] = Array(repeating: [], count: registers.count)
    for file in snapshot.files { records[file.register] += file.records }
    self.records = records
    let numbered = records.map(Self.numbered)
    byID = numbered.map(\.byID)
    copies = numbered.map(\.copies)
    positions = Dictionary(
      registers.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { $1 })
  }

  /// Returns the index as it would be with another file in the place of one.
  ///
  /// - Parameters:
  ///   - path: The place.
  ///   - register: The position of the register that it belongs to.
  ///   - file: What stands there instead; `nil` for nothing.
  /// - Returns: The index, which shares all other files with this one.
  func replacing(_ path: RepoPath, of register: Int, with file: RegisterFile?) -> RecordIndex {
    var index = self
    index.snapshot = snapshot.replacing(path, with: file)
    for register in Array(unread.keys) {
      index.unread[register]?.removeAll { $0 == path }
      if index.unread[register]?.isEmpty == true { index.unread[register] = nil }
    }
    let own = Self.unread(
      [file].compactMap(\.self), index.snapshot.faults.filter { $0.key == path }, snapshot.catalogue
    )
    index.unread.merge(own) { $0 + $1 }
    if let file, index.takePlace(of: snapshot.file(at: path), file, in: register) { return index }
    let records = index.snapshot.files.lazy.filter { $0.register == register }.flatMap(\.records)
    index.records[register] = Array(records)
    (index.byID[register], index.copies[register]) = Self.numbered(index.records[register])
    return index
  }

  /// Puts records in the place of those with the same ids; returns whether there are such.
  private mutating func takePlace(
    of old: RegisterFile?, _ file: RegisterFile, in register: Int
  ) -> Bool {
    guard let old, copies[register].isEmpty, let first = old.records.first,
      let start = byID[register][first.id],
      old.records.count == file.records.count,
      zip(old.records, file.records).allSatisfy({ $0.id == $1.id })
    else { return false }
    // The records of a file follow each other.
    records[register].replaceSubrange(start..<(start + old.records.count), with: file.records)
    return true
  }

  private static func unread(
    _ files: [RegisterFile], _ faults: [RepoPath: Diagnostic], _ catalogue: Catalogue
  ) -> [Int: [RepoPath]] {
    var unread: [Int: [RepoPath]] = [:]
    let registers = catalogue.registers
    for (path, fault) in faults {
      guard let register = registers.firstIndex(where: { $0.claims(path) }) else {
        // A folder that is a link, or cannot be opened, hides all that belongs below it.
        for register in registers.indices where registers[register].reaches(below: path) {
          unread[register, default: []].append(path)
        }
        continue
      }
      // A list or a table with nothing in it is read, and has nothing.
      let isEmpty = fault.code == .emptyYAML || fault.code == .emptyCSV
      guard !isEmpty || registers[register].shape.isOneAFile else { continue }
      unread[register, default: []].append(path)
    }
    for position in files.indices where files[position].isUnread && files[position].fault == nil {
      unread[files[position].register, default: []].append(files[position].path)
    }
    return unread
  }

  /// Returns the positions of records by their ids, and those whose id another had before.
  private static func numbered(
    _ records: [Record]
  ) -> (byID: [String: Int], copies: [(record: Record, earlier: Record)]) {
    var ids: [String: Int] = [:]
    ids.reserveCapacity(records.count)
    var copies: [(record: Record, earlier: Record)] = []
    for (position, record) in records.enumerated() {
      let first = ids[record.id, default: position]
      if first == position {
        ids[record.id] = position
      } else {
        copies.append((record, records[first]))
      }
    }
    return (ids, copies)
  }

  /// The records whose id another of the register had before, with that other.
  package var duplicates: [(record: Record, earlier: Record)] { copies.flatMap(\.self) }

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

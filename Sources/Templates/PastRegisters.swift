import Diagnostics
import Editing
import Registry
import Rules
import SourceText
import Syntax

/// The registers of this repository as they were at the steps of its history, as far as the sources tell.
///
/// A record is there from the step on that it begins with, or that a record names it which is there already.
struct PastRegisters: Sendable {
  let script: HistoryScript
  let snapshot: Snapshot
  private let timeline: Timeline

  /// Reads the registers that the program was built with.
  init(_ script: HistoryScript, jobs: Int) async throws(ExampleHistory.Fault) {
    let files = Embedded.files.filter {
      $0.key.hasPrefix(Catalogue.folder + "/") || $0.key.hasPrefix(Catalogue.schemaFolder + "/")
    }
    var report = Report()
    do throws(SourceTreeError) {
      let tree = MemoryTree(bytes: files, title: "the registers of the program")
      guard let snapshot = try await Snapshot.read(tree, jobs: jobs, into: &report) else {
        throw SourceTreeError.store(operation: "read", reason: "the catalogue cannot be read")
      }
      self.snapshot = snapshot
    } catch {
      throw ExampleHistory.Fault(reason: "the registers of the program cannot be read")
    }
    self.script = script
    timeline = Timeline(script, RecordIndex(of: snapshot))
  }

  /// A record by the position of its file and its own there.
  struct Place: Hashable {
    let file: Int
    let record: Int
  }

  /// Returns the files of the registers at a step, by their paths.
  ///
  /// - Parameters:
  ///   - step: The position of the step.
  ///   - known: The records that were there at the steps before, which stay.
  /// - Returns: The files.
  /// - Throws: `ExampleHistory.Fault` where a text cannot be cut where it has to be.
  func files(
    at step: Int, _ known: inout Set<Place>
  ) throws(ExampleHistory.Fault) -> [String: [UInt8]] {
    let cuts = try cuts(at: step, known)
    known.formUnion(cuts.keys)
    var files: [String: [UInt8]] = [:]
    for (position, file) in snapshot.files.enumerated() {
      let records = file.records.indices.map { cuts[Place(file: position, record: $0)] }
      // A table without a row is there from the first step on.
      guard let source = file.source, records.isEmpty || records.contains(where: { $0 != nil })
      else { continue }
      files[file.path.string] = try text(of: file, source, records)
    }
    for waiver in script.waivers
    where waiver.end.map({ step < $0 }) ?? true
      && cuts.keys.contains(where: { record(at: $0).id == waiver.item })
    {
      files[Self.waivers, default: []] += waiver.text
    }
    return files
  }

  private static let waivers = "\(Catalogue.folder)/\(Waivers.register).yaml"

  private func record(at place: Place) -> Record {
    snapshot.files[place.file].records[place.record]
  }

  // MARK: Which records

  /// Returns the records that are there, and what is left out of each.
  private func cuts(
    at step: Int, _ known: Set<Place>
  ) throws(ExampleHistory.Fault) -> [Place: PastRecord] {
    let waivers = snapshot.catalogue.registers.firstIndex { $0.name == Waivers.register }
    var cuts: [Place: PastRecord] = [:]
    var places: [String: [String: Place]] = [:]
    for (position, file) in snapshot.files.enumerated() {
      let register = snapshot.catalogue.registers[file.register]
      for (number, record) in file.records.enumerated() {
        places[register.name, default: [:]][record.id] = Place(file: position, record: number)
      }
    }
    for (position, register) in snapshot.catalogue.registers.enumerated() where position != waivers
    {
      // Numbers without a gap are given in the order in which records are entered.
      let isSeries =
        [.list, .table].contains(register.shape)
        && register.rules.contains { $0.key.text == "numbering" }
      var last = 0
      for (_, place) in (places[register.name] ?? [:]).sorted(by: {
        NaturalKey($0.key) < NaturalKey($1.key)
      }) {
        var begin = timeline.begin(of: record(at: place), in: register)
        if isSeries { begin = max(begin, last) }
        last = begin
        if begin <= step { cuts[place] = try cut(place, at: step, isStub: false) }
      }
    }
    for place in known where cuts[place] == nil && snapshot.files[place.file].register != waivers {
      cuts[place] = try cut(place, at: step, isStub: true)
    }
    for (place, cut) in cuts {
      let file = snapshot.files[place.file]
      let register = snapshot.catalogue.registers[file.register]
      for property in script.registers[register.name]?.names ?? [] {
        guard let name = cut.text(of: property, in: file.records[place.record]),
          let target = places["meetings"]?[name], cuts[target] == nil
        else { continue }
        cuts[target] = try self.cut(target, at: step, isStub: true)
      }
    }
    // What is named is there, and what that names.
    let references = snapshot.references
    var isDone = false
    while !isDone {
      isDone = true
      for reference in references {
        let file = snapshot.files[reference.file]
        guard let owner = file.record(holding: reference.value),
          let number = file.records.firstIndex(where: { $0.node.index == owner.node.index }),
          let cut = cuts[Place(file: reference.file, record: number)],
          !cut.leavesOut(reference.value.range.offsets.lowerBound)
        else { continue }
        let targets = reference.registers.compactMap { places[$0]?[reference.id] }
        guard let target = targets.first, !targets.contains(where: { cuts[$0] != nil }) else {
          continue
        }
        cuts[target] = try self.cut(target, at: step, isStub: true)
        isDone = false
      }
    }
    for (position, file) in snapshot.files.enumerated() where file.register == waivers {
      for (number, waiver) in file.records.enumerated() {
        let item = waiver.node["item"]?.text ?? ""
        let name = item.split(separator: "/", maxSplits: 1).map(String.init)
        let begin = waiver.node["code"]?.text.flatMap { script.waived[$0] } ?? 0
        let isThere =
          begin <= step
          && places.contains { register, ids in
            [item, name.count == 2 && name[0] == register ? name[1] : item]
              .contains { ids[$0].map { cuts[$0] != nil } ?? false }
          }
        let place = Place(file: position, record: number)
        if isThere { cuts[place] = try cut(place, at: step, isStub: false) }
      }
    }
    return cuts
  }

  private func cut(
    _ place: Place, at step: Int, isStub: Bool
  ) throws(ExampleHistory.Fault) -> PastRecord {
    let file = snapshot.files[place.file]
    let register = snapshot.catalogue.registers[file.register]
    let record = file.records[place.record]
    guard register.shape != .table else { return PastRecord(timeline) }
    let cut = PastRecord(
      record, in: stretch(of: record, register), of: register, at: step, isStub: isStub, timeline)
    guard !cut.isIndivisible else {
      throw ExampleHistory.Fault(reason: "'\(record.id)' in \(file.path) cannot be shown as it was")
    }
    return cut
  }

  /// Returns the part of its file that a record stands in.
  private func stretch(of record: Record, _ register: Register) -> Range<Int> {
    let bytes = record.node.tree.file.bytes
    switch register.shape {
    case .document:
      let end = record.node.range.offsets.upperBound
      return 4..<(bytes[end...].firstRange(of: Array("---\n".utf8))?.lowerBound ?? end)
    case .list:
      let parts = parts(of: record.node.tree)
      return parts.first { $0.value.index == record.node.index }?.range ?? 0..<bytes.count
    case .record, .table: return 0..<bytes.count
    }
  }
}

import Patterns
import Registry
import SourceText
import Syntax

/// Which ids were meant by those that are written wrongly: in another spelling, or copied with a file.
///
/// One belongs to one check of one snapshot; it is asked only where something was not found.
final class MeantIDs {
  private let index: RecordIndex
  private let matcher = PatternMatcher()
  private var byRegister: [Int: [String: Record]] = [:]

  init(in index: RecordIndex) {
    self.index = index
  }

  /// Returns the id that a record was meant to have; `nil` where its own is right, or nothing says what was meant.
  ///
  /// - Parameters:
  ///   - record: The record.
  ///   - position: Its register.
  /// - Returns: An id of the regular form that no other record has.
  func id(meantBy record: Record, in position: Int) -> String? {
    let register = index.snapshot.catalogue.registers[position]
    let named = register.shape.isOneAFile ? register.id(at: record.path) : nil
    guard register.isRegular(record.id, with: matcher) else {
      return [register.regularForm(of: record.id), named].compactMap(\.self)
        .first { isFree($0, for: record, register, position) }
    }
    guard let named, named != record.id, isFree(named, for: record, register, position),
      original(of: record, in: position) != nil
    else { return nil }
    return named
  }

  /// Returns the record that was meant to have an id which none has, or `nil`.
  func record(meaning id: String, in position: Int) -> Record? {
    if let known = byRegister[position] { return known[id] }
    let register = index.snapshot.catalogue.registers[position]
    var meant: [String: Record] = [:]
    for record in index.records[position] {
      let named = register.shape.isOneAFile ? register.id(at: record.path) : nil
      if let named, named != record.id, meant[named] == nil { meant[named] = record }
      if !register.isRegular(record.id, with: matcher),
        let form = register.regularForm(of: record.id),
        meant[form] == nil
      {
        meant[form] = record
      }
    }
    byRegister[position] = meant
    return meant[id]
  }

  /// Returns the record with the id of another that stands where the id says; `nil` where the other stands there
  /// itself, or none does.
  func original(of record: Record, in position: Int) -> Record? {
    let register = index.snapshot.catalogue.registers[position]
    guard register.shape.isOneAFile,
      let place = register.path(of: record) ?? place(of: record, position),
      place != record.path
    else { return nil }
    return index.snapshot.file(at: place)?.records.first {
      $0.id == record.id && register.path(of: $0) == place
    }
  }

  /// Returns where the first other record with an id stands.
  private func place(of record: Record, _ position: Int) -> RepoPath? {
    index.record(record.id, in: position)?.path
  }

  private func isFree(
    _ id: String, for record: Record, _ register: Register, _ position: Int
  ) -> Bool {
    guard register.isRegular(id, with: matcher) else { return false }
    guard let holder = index.record(id, in: position) else { return true }
    return holder.isSame(as: record)
  }

  /// Returns an id of the register as an example of the regular form, or `nil` where it has none.
  func example(in position: Int) -> String? {
    let register = index.snapshot.catalogue.registers[position]
    return index.records[position].lazy.map(\.id).first {
      register.isRegular($0, with: self.matcher)
    }
  }
}

extension Record {
  /// Whether two stand at one place.
  func isSame(as other: Record) -> Bool {
    node.tree === other.node.tree && node.index == other.node.index
  }
}

extension Catalogue.Shape {
  /// Whether a file holds one record, and may be named by its id.
  var isOneAFile: Bool { self == .record || self == .document }
}

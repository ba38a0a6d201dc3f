package import Registry
import Syntax

/// What a tombstone says: which id of which register is gone, and what became of it.
struct Grave {
  /// The register of the tombstone.
  let register: String
  let record: Record

  var reason: String? { record.node["reason"]?.text }
  /// The id of what it became.
  var became: String? { record.node["became"]?.text }
}

extension Register {
  /// The names of the registers of its tombstones: those that its rules name so.
  package var graveyards: Set<String> { Set(rules.compactMap { $0.value["tombstones"]?.text }) }
}

extension RecordIndex {
  /// Returns what a tombstone says of an id that is gone; `nil` where there is none.
  package func tombstone(of id: String, in register: Register) -> String? {
    guard let grave = graves[FormerUse(register: register.name, id: id)] else { return nil }
    return [grave.reason, grave.became.map { "it became '\($0)'" }].compactMap(\.self)
      .joined(separator: "; ")
  }

  /// The tombstones by what is gone.
  var graves: [FormerUse: Grave] {
    var graves: [FormerUse: Grave] = [:]
    for name in Set(snapshot.catalogue.registers.flatMap(\.graveyards)) {
      for record in position(ofRegister: name).map({ records[$0] }) ?? [] {
        guard let register = record.node["register"]?.text, let id = record.node["item"]?.text
        else { continue }
        graves[FormerUse(register: register, id: id)] = Grave(register: name, record: record)
      }
    }
    return graves
  }
}

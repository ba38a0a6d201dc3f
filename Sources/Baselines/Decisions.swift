import Diagnostics
package import Registry
package import Rules
import SourceText
import Syntax

/// Where the decisions stand that baselines and their withdrawals name.
package struct Decisions {
  private let index: RecordIndex
  private let position: Int
  private let demand: TrailerDemand?
  private let register: Register

  /// Finds the register; `nil` where the catalogue has none.
  package init?(in index: RecordIndex) {
    let catalogue = index.snapshot.catalogue
    guard let register = Self.register(in: catalogue),
      let position = index.position(ofRegister: register.name)
    else { return nil }
    self.index = index
    self.position = position
    self.register = register
    demand = Self.demand(in: catalogue)
  }

  private static func demand(in catalogue: Catalogue) -> TrailerDemand? {
    catalogue.trailers.first { $0.key == "Decision" && $0.target != nil }
  }

  /// Returns the register of the decisions: the one that the trailer `Decision` of commits names a record of,
  /// else `meetings`.
  package static func register(in catalogue: Catalogue) -> Register? {
    catalogue.register(named: demand(in: catalogue)?.target ?? "meetings")
  }

  /// Returns the record that a decision is of: that of the id, or of the id before a slash, `SECP39/24`.
  func record(of decision: String) -> Record? {
    index.record(decision, in: position)
      ?? index.record(String(decision.prefix { $0 != "/" }), in: position)
  }

  /// Returns what is wrong with a decision, as a sentence; `nil` where it is of the register.
  package func fault(of decision: String) -> String? {
    guard
      index.has(decision, in: position)
        || index.has(String(decision.prefix { $0 != "/" }), in: position)
    else {
      return register.name == "meetings"
        ? "the decision '\(decision)' is of no meeting of the register"
        : "the decision '\(decision)' names nothing in '\(register.name)'"
    }
    guard let demand, record(of: decision) != nil,
      let fault = TrailerValue(demand, ids: Set(index.ids(in: position))).fault(of: decision)
    else { return nil }
    return "the decision '\(decision)' \(fault)"
  }
}

extension RecordIndex {
  /// Returns what is wrong with the name of a baseline whose kind is named after a register, or with the day of one
  /// that tags a version, as an end of a sentence that begins with the name; `nil` where the record is there and
  /// says the same.
  package func fault(
    ofBaselineNamed name: String, from effective: String?, of kind: BaselineKind
  ) -> String? {
    guard let register = snapshot.catalogue.register(namingKind: kind),
      let position = position(ofRegister: register.name),
      let value = kind.value(in: name)
    else { return nil }
    if has(value, in: position) {
      guard kind.versions != nil, let record = record(value, in: position) else { return nil }
      let day = record.node["effective"]?.text
      guard day != effective else { return nil }
      return "is in force from \(effective ?? "no day"), and '\(value)' of '\(register.name)' "
        + (day.map { "from \($0)" } ?? "does not say from when")
    }
    let near =
      nearest(to: value, among: ids(in: position).sorted()).map { "; did you mean '\($0)'?" } ?? ""
    return "names the \(kind.property) '\(value)', which is not in '\(register.name)'\(near)"
  }
}

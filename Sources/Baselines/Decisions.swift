package import Registry
package import Rules
import SourceText
import Syntax

/// Where the decisions stand that baselines and their withdrawals name.
package struct Decisions {
  private let index: RecordIndex
  private let position: Int
  /// The register: the one that the trailer `Decision` of commits names a record of, else `meetings`.
  package let register: Register

  /// Finds the register; `nil` where the catalogue has none.
  package init?(in index: RecordIndex) {
    let catalogue = index.snapshot.catalogue
    let name = catalogue.trailers.first { $0.key == "Decision" }?.target ?? "meetings"
    guard let position = index.position(ofRegister: name) else { return nil }
    self.index = index
    self.position = position
    register = catalogue.registers[position]
  }

  /// Returns the record that a decision is of: that of the id, or of the id before a slash, `SECP39/24`.
  func record(of decision: String) -> Record? {
    index.record(decision, in: position)
      ?? index.record(String(decision.prefix { $0 != "/" }), in: position)
  }

  /// Returns what is wrong with a decision, as a sentence; `nil` where it is of the register.
  package func fault(of decision: String) -> String? {
    guard record(of: decision) == nil, !index.has(decision, in: position),
      !index.has(String(decision.prefix { $0 != "/" }), in: position)
    else { return nil }
    return register.name == "meetings"
      ? "the decision '\(decision)' is of no meeting of the register"
      : "the decision '\(decision)' names nothing in '\(register.name)'"
  }
}

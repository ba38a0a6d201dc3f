import Diagnostics
package import Registry
package import Rules
import SourceText
import Syntax

/// Where the decisions stand that baselines and their withdrawals name.
package struct Decisions {
  private let index: RecordIndex
  /// The registers, the one with the decisions themselves first.
  private let positions: [Int]
  private let demand: TrailerDemand?

  /// Finds the registers; `nil` where the catalogue has none.
  package init?(in index: RecordIndex) {
    let catalogue = index.snapshot.catalogue
    positions = Self.registers(in: catalogue).compactMap { index.position(ofRegister: $0.name) }
    guard !positions.isEmpty else { return nil }
    self.index = index
    demand = Self.demand(in: catalogue)
  }

  private static func demand(in catalogue: Catalogue) -> TrailerDemand? {
    catalogue.trailers.first { $0.key == "Decision" && !$0.targets.isEmpty }
  }

  /// Returns the registers of the decisions: those that the trailer `Decision` of commits names records of, else
  /// `meetings`.
  package static func registers(in catalogue: Catalogue) -> [Register] {
    (demand(in: catalogue)?.targets ?? ["meetings"]).compactMap { catalogue.register(named: $0) }
  }

  /// Returns the day of a decision: that of its record, or of the one whose id stands before a sign, `SECP39#24` or
  /// `SECP39/24`.
  func day(of decision: String) -> Day? {
    let stem = String(decision.prefix { $0 != "/" && $0 != "#" })
    for id in [decision, stem] {
      for position in positions {
        guard let record = index.record(id, in: position) else { continue }
        if let day = (record.node["held"] ?? record.node["date"])?.text.flatMap(Day.init) {
          return day
        }
      }
    }
    return nil
  }

  /// Looks whether a decision is of the registers.
  ///
  /// - Parameters:
  ///   - decision: The decision.
  ///   - isMade: Whether it is one of a baseline that is there, which may name an item of an agenda as was usual
  ///     before: `SECP39/24`.
  /// - Returns: What is wrong with it, as a sentence; `nil` where nothing is.
  package func fault(of decision: String, isMade: Bool = false) -> String? {
    let names = positions.map { index.snapshot.catalogue.registers[$0].name }
    let stem = String(decision.prefix { $0 != "/" && $0 != "#" })
    let isKnown = positions.contains { index.has(decision, in: $0) || index.has(stem, in: $0) }
    guard isKnown else {
      return names == ["meetings"]
        ? "the decision '\(decision)' is of no meeting of the register"
        : "the decision '\(decision)' names nothing in "
          + names.map { "'\($0)'" }.joined(separator: " or ")
    }
    let ids = Set(positions.flatMap { Array(index.ids(in: $0)) })
    let item = decision.replacing("/", with: "#")
    guard let demand, ids.contains(stem) || ids.contains(decision),
      !(isMade && ids.contains(item)),
      let fault = TrailerValue(
        demand, ids: ids, stranger: { index.words(onStranger: $0, to: demand) }
      ).fault(of: decision)
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

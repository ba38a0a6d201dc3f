package import Diagnostics
import Patterns
import Registry
import Syntax

extension Rule {
  /// A reference that leads nowhere is worse than none: its reader believes there is something.
  static let resolvableReferences = Rule(
    [.unresolvedReference, .nearReference, .formerReference],
    requirement: "Every reference names a record that exists at this revision."
  ) { inspection, report in
    let index = inspection.current
    var search = Search()
    let referring = inspection.focus.map { $0.losesIDs ? $0.referring : [] }
    for reference in index.snapshot.references(in: inspection.files(of: referring)) {
      check(reference, index, inspection, &search, &report)
    }
  }

  /// What is looked through for an id that was meant: once for each set of registers, and for so many
  /// references only.
  private struct Search {
    private var left = 200
    private var known: [[Int]: [String]] = [:]

    private var graves: [FormerUse: Grave]?

    /// Returns what is gone and has a tombstone.
    mutating func graves(in index: RecordIndex) -> [FormerUse: Grave] {
      if let graves { return graves }
      let all = index.graves
      graves = all
      return all
    }

    mutating func nearest(to id: String, in positions: [Int], of index: RecordIndex) -> String? {
      guard left > 0, positions.allSatisfy(index.isWhole) else { return nil }
      left -= 1
      let ids = known[positions] ?? positions.flatMap { index.ids(in: $0) }.sorted()
      known[positions] = ids
      // A search through very many ids would cost more than it helps.
      return ids.count <= 20_000 ? Diagnostics.nearest(to: id, among: ids) : nil
    }
  }

  private static func check(
    _ reference: Reference, _ index: RecordIndex, _ inspection: Inspection,
    _ search: inout Search, _ report: inout Report
  ) {
    let catalogue = index.snapshot.catalogue
    var positions: [Int] = []
    for name in reference.registers {
      guard let position = index.position(ofRegister: name) else { continue }
      if index.has(reference.id, in: position) { return }
      positions.append(position)
    }
    let graves = search.graves(in: index)
    let grave = positions.lazy.compactMap { position in
      graves[FormerUse(register: catalogue.registers[position].name, id: reference.id)]
    }.first
    // Who names the register of tombstones too takes what is gone, where that says what it became.
    if let grave, grave.became != nil, reference.registers.contains(grave.register) { return }
    for position in positions {
      guard let form = catalogue.registers[position].regularForm(of: reference.id),
        index.has(form, in: position)
      else { continue }
      report.error(
        .nearReference, .near(reference.id, catalogue.registers[position].name),
        at: reference.value.range, help: "Write '\(form)'",
        remedy: Remedy(.set(reference.value.range, .text(form))))
      return
    }
    for position in positions {
      guard let record = inspection.record(formerly: reference.id, in: position) else { continue }
      report.error(
        .formerReference, .former(reference.id, record.id), at: reference.value.range,
        related: [.init("it was renumbered here", at: record.idNode.range)],
        help: "Write '\(record.id)'",
        remedy: Remedy(.set(reference.value.range, .text(record.id))))
      return
    }
    guard !positions.isEmpty else { return }
    if let grave {
      report.error(
        .unresolvedReference, .buried(reference.id, grave), at: reference.value.range,
        related: [.init("its tombstone", at: grave.record.idNode.range)],
        help: help(for: grave, reference, positions, index))
      return
    }
    // A record that is there under a slip of its id is told once, at the slip.
    if positions.contains(where: { inspection.meant.record(meaning: reference.id, in: $0) != nil })
    {
      return
    }
    report.error(
      .unresolvedReference,
      .unresolved(reference.id, positions.map { catalogue.registers[$0].name }),
      at: reference.value.range,
      help: help(for: reference.id, positions, index, &search))
  }

  /// Returns what to do about a reference to a record that is gone.
  private static func help(
    for grave: Grave, _ reference: Reference, _ positions: [Int], _ index: RecordIndex
  ) -> String {
    guard let became = grave.became else {
      return "Name a record that is there, or say in the tombstone with 'became' what became of it"
    }
    if positions.contains(where: { index.has(became, in: $0) }) { return "Write '\(became)'" }
    return "Name a record that is there; a field that may name what is gone has "
      + "'\(grave.register)' in its x-references"
  }

  /// Returns what to do about an id that none has: the one that was meant, or the record that is missing.
  private static func help(
    for id: String, _ positions: [Int], _ index: RecordIndex, _ search: inout Search
  ) -> String? {
    let registers = positions.map { index.snapshot.catalogue.registers[$0] }
    let all = index.snapshot.catalogue.registers
    if let other = all.indices.first(where: { !positions.contains($0) && index.has(id, in: $0) }) {
      let names = registers.map { "'\($0.name)'" }.joined(separator: " or ")
      return "'\(id)' is one of '\(all[other].name)': name one of \(names) here"
    }
    let matcher = PatternMatcher()
    // Advice that is refused is none.
    let near = search.nearest(to: id, in: positions, of: index).flatMap { near in
      registers.contains { $0.isRegular(near, with: matcher) } ? near : nil
    }
    let home = registers.first { $0.idPattern != nil && $0.isRegular(id, with: matcher) }
    let addition = home.map { register in
      let place = register.fixedPaths?.first ?? register.path(of: id) { _ in nil }
      return place.map { path in
        register.shape.isOneAFile ? "add it as \(path)" : "add '\(id)' to \(path)"
      } ?? "add '\(id)' to '\(register.name)'"
    }
    guard let near else {
      return addition.map { "Name one that is there, or " + $0 }
    }
    guard let addition else { return suggestion(of: near, for: id) }
    // Another number of a series is another record, not a slip.
    let isOfSeries = Series(of: id).map { $0.prefix == Series(of: near)?.prefix } ?? false
    return isOfSeries
      ? addition.prefix(1).uppercased() + addition.dropFirst()
        + ", or name one that is there, such as '\(near)'"
      : suggestion(of: near, for: id) + " Else \(addition)"
  }
}

extension Diagnostic.Code {
  /// A reference names a record that does not exist.
  package static let unresolvedReference: Self = "reference/unresolved"
  /// A reference is written in a form that people use and the register does not.
  package static let nearReference: Self = "reference/near-form"
  /// A reference names a record by an id that it has no more.
  package static let formerReference: Self = "reference/former-id"
}

extension Diagnostic.Message {
  fileprivate static func unresolved(_ id: String, _ registers: [String]) -> Self {
    let names = registers.map { "'\($0)'" }.joined(separator: " or ")
    return "there is no '\(id)' in \(names)"
  }
  fileprivate static func buried(_ id: String, _ grave: Grave) -> Self {
    grave.became.map { "'\(id)' is gone: it became '\($0)'" }
      ?? "'\(id)' is gone\(grave.reason.map { ": \($0)" } ?? "")"
  }
  fileprivate static func former(_ id: String, _ now: String) -> Self {
    "'\(id)' was renumbered and is '\(now)' now"
  }
  fileprivate static func near(_ id: String, _ register: String) -> Self {
    "'\(id)' is not the regular form of an id in '\(register)'"
  }
}

package import Comparison
import Diagnostics
package import Registry
package import Rules
import SourceText
import Syntax

extension Record {
  /// What people call the record, by the first property of those that registers use for it.
  package var shownTitle: String? {
    (node["title"] ?? node["name"] ?? node["what"])?.text?.replacing("\n", with: " ")
  }
}

extension Snapshot {
  /// Makes sure that an item has the clause or the field that stands behind its colon.
  ///
  /// - Throws: `Failure` where it has neither.
  package func require(_ part: String, of record: Record, in register: Register) throws(Failure) {
    guard register.shape == .document, record.node[part] == nil else {
      return try require(fields: [part], of: [register])
    }
    _ = try clause(part, of: record, in: register)
  }

  /// Returns a clause of a document.
  ///
  /// - Throws: `Failure` where it has none of the number.
  package func clause(
    _ number: String, of record: Record, in register: Register
  ) throws(Failure) -> Clause {
    guard let source = source(at: record.path), record.path.name.hasSuffix(".md") else {
      throw Failure("'\(record.id)' is a record and has no clauses")
    }
    let passages = Passage.passages(of: source, register.numbering)
    if let clause = Clause(number, in: passages) { return clause }
    let known = passages.flatMap { [$0.number, $0.anchor.map { "#" + $0 } ?? ""] }.filter {
      !$0.isEmpty
    }
    throw Failure(
      "'\(record.id)' has no clause '\(number)'",
      hint: nearest(to: number, among: known).map { "Did you mean '\(record.id):\($0)'?" },
      isAbsence: true)
  }
}

extension Snapshot {
  /// Makes sure that a register's records can have some fields.
  ///
  /// - Parameters:
  ///   - names: Fields as a user wrote them; of `decisions[0].by` the first part counts.
  ///   - registers: The registers, each of which may have them.
  /// - Throws: `Failure` for the first that no schema describes and no record has.
  package func require(fields names: [String], of registers: [Register]) throws(Failure) {
    guard !names.isEmpty else { return }
    var known: Set<String> = []
    for register in registers {
      known.formUnion(rulebook.describedFields(of: register) + [register.idProperty])
      for record in records(of: register) {
        for member in record.node.members { known.insert(member.key.text ?? "") }
      }
    }
    for name in names {
      let first = String(name.prefix { $0 != "." && $0 != "[" })
      guard !known.contains(first) else { continue }
      let owner = registers.count == 1 ? "'\(registers[0].name)' has" : "the registers have"
      throw Failure(
        "\(owner) no field '\(name)'",
        hint: advice(for: first, among: known.sorted())
          ?? (registers.count == 1 ? "There are: \(known.sorted().joined(separator: ", "))" : nil))
    }
  }
}

extension RecordIndex {
  /// Returns the item that the first of some names is of which is of any.
  ///
  /// - Throws: `Failure` of the first name where none is.
  package func item(firstOf names: [String]) throws(Failure) -> (register: Register, record: Record)
  {
    for name in names.dropLast() {
      do throws(Failure) { return try item(name) } catch { if !error.isAbsence { throw error } }
    }
    return try item(names.last ?? "")
  }

  /// Returns the item that a user names: by its id, in another spelling of it, or as
  /// `register/id` where several registers have it.
  ///
  /// - Parameter item: What the user wrote.
  /// - Returns: The record and its register.
  /// - Throws: `Failure` where there is none, or several.
  package func item(_ item: String) throws(Failure) -> (register: Register, record: Record) {
    var found: [(Register, Record)] = []
    for (position, register) in snapshot.catalogue.registers.enumerated() {
      let prefix = register.name + "/"
      let name = item.hasPrefix(prefix) ? String(item.dropFirst(prefix.count)) : item
      let id = record(name, in: position) == nil ? register.regularForm(of: name) : name
      if let id, let record = record(id, in: position) { found.append((register, record)) }
    }
    if let exact = found.first(where: { "\($0.0.name)/\($0.1.id)" == item }) { return exact }
    let regular = found.filter { $0.1.id == item }
    let candidates = regular.isEmpty ? found : regular
    if candidates.count == 1 { return candidates[0] }
    guard candidates.isEmpty else {
      let names = candidates.map { "\($0.0.name)/\($0.1.id)" }
      throw Failure(
        "several registers have '\(item)'", hint: "Write one of: \(names.joined(separator: ", "))")
    }
    if let path = unreadFiles(mayHold: item).first {
      let reason = snapshot.faults[path].map { ": \($0.message.text)" } ?? ""
      throw Failure(
        "'\(item)' cannot be looked up: '\(path)' cannot be read\(reason)",
        hint: "Run: registrar check \(path)")
    }
    let known = records.joined().map(\.id)
    throw Failure(
      "there is no item '\(item)'",
      hint: advice(for: item, among: known)
        ?? "List a register with: registrar list REGISTER",
      isAbsence: true)
  }
}

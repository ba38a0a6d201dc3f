import Accounts
import ArgumentParser
import Diagnostics
import Registry
import Rules
import Syntax

struct List: AnswerCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the registers, or the records of one",
    discussion: "Records come in the register's order, with the columns that the catalogue names.")

  @Argument(help: "The register to list, as the catalogue names it.")
  var register: String?

  @Option(
    name: .customLong("where"), parsing: .unconditional,
    help: ArgumentHelp(
      "Only records for which an expression is true, as in 'rag == \"RED\" && severity >= 9'.",
      valueName: "expression"))
  var condition: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Order by these fields instead, as in '-severity,number'.", valueName: "fields"))
  var sort: String?

  @Option(
    help: ArgumentHelp("Show these fields instead, as 'rag,severity'.", valueName: "fields"))
  var fields: String?

  /// What it was called before.
  @Option(help: .hidden) var columns: String?

  @OptionGroup var source: SourceOptions

  @Option(help: "How to list.")
  var format: TableFormat = .text

  @OptionGroup var destination: Destination

  mutating func validate() throws {
    if register == nil, condition != nil || sort != nil || fields != nil || columns != nil {
      throw ValidationError("Name a register to list.")
    }
  }

  mutating func run(in session: inout Session) async throws -> Outcome {
    let place = try Workplace(session)
    let snapshot = try await session.snapshotToShow(try place.tree(at: source.source))
    guard let name = register else {
      let rows = snapshot.catalogue.registers.map { register in
        [
          register.name, register.title, String(snapshot.records(of: register).count),
          register.templates.map { Catalogue.folder + "/" + $0.text }.joined(separator: " "),
        ]
      }
      write(["register", "title", "records", "files"], rows, to: &session)
      return session.tellUnread(of: RecordIndex(of: snapshot)) ? .errorsFound : .clean
    }
    let register = try snapshot.register(named: name)
    let index = RecordIndex(of: snapshot)
    let computed = ComputedFields(of: register, in: index)
    var records = snapshot.records(of: register)
    let chosen = try (fields ?? columns)?.fieldNames(of: "--fields")
    let keys = try sort?.fieldNames(of: "--sort").map { Register.OrderKey($0) }
    try snapshot.require(fields: (chosen ?? []) + (keys ?? []).map(\.property), of: [register])
    if let keys {
      records = register.ordered(records, by: keys) { computed.text(of: $1, in: $0) }
    }
    var restsOnUnread = false
    if let condition {
      let names = Query.names(of: records, in: register, snapshot.rulebook)
      let texts = snapshot.rulebook.listedTexts(of: register)
      let query = try Query(condition, over: index, names: names, texts: texts)
      records = try query.filter(records, computed: computed)
      restsOnUnread = query.restsOnUnread
    }
    let position = index.position(ofRegister: name)
    let isIncomplete = session.tellUnread(of: index) { $0 == position || restsOnUnread }
    var columns = register.columns.isEmpty ? [register.idProperty] : register.columns
    if let chosen { columns = chosen }
    if format == .json {
      let values = records.map { JSONText.written($0.node.json) }
      session.output.add(escaped: JSONText.array(values).text + "\n")
      return isIncomplete ? .errorsFound : .clean
    }
    write(
      columns,
      records.map { record in
        columns.map { column in record.cell(column) ?? computed.text(of: column, in: record) ?? "" }
      }, to: &session)
    return isIncomplete ? .errorsFound : .clean
  }

  private func write(_ header: [String], _ rows: [[String]], to session: inout Session) {
    if rows.isEmpty, format == .text {
      session.output += "none: \(register.map { "no record of '\($0)'" } ?? "no register")"
      session.output += condition == nil ? "\n" : " for which the expression is true\n"
      return
    }
    session.tell(TextTable(header: header, rows: rows), as: format) {
      let objects = rows.map { row in
        JSONText.written(
          "{"
            + zip(header, row).map { JSONText.string($0).text + ":" + JSONText.string($1).text }
            .joined(separator: ",") + "}")
      }
      return JSONText.array(objects)
    }
  }
}

extension Snapshot {
  /// Returns the register that a user names.
  func register(named name: String) throws(Failure) -> Register {
    if let register = catalogue.register(named: name) { return register }
    let names = catalogue.registers.map(\.name)
    throw Failure(
      "there is no register '\(name)'",
      hint: advice(for: name, among: names)
        ?? "List them with: registrar list")
  }
}

extension Record {
  /// Returns a property as a cell of a table: lists as counts, texts as they are; `nil` where the
  /// record does not store it.
  fileprivate func cell(_ property: String) -> String? {
    guard let value = node[property] else { return nil }
    switch value.kind {
    case .array:
      let texts = value.elements.compactMap(\.text)
      return texts.count == value.count ? texts.joined(separator: ", ") : "(\(value.count))"
    case .object: return "(\(value.count))"
    case .null: return ""
    default: return value.text ?? ""
    }
  }
}

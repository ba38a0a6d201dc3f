import Accounts
import ArgumentParser
import Diagnostics
import Registry
import Rules

struct List: AnswerCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the registers, or the records of one",
    discussion: "Records come in the register's order, with the columns that the catalogue names.")

  @Argument(help: "The register to list, as the catalogue names it.", completion: .names)
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
      "Order by these fields instead, as in '-severity,number'.", valueName: "fields"),
    completion: .names)
  var sort: String?

  @Option(
    help: ArgumentHelp("Show these fields instead, as 'rag,severity'.", valueName: "fields"),
    completion: .names)
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
    let index = RecordIndex(of: snapshot)
    guard let name = register else {
      let rows = snapshot.catalogue.registers.map { register in
        [
          register.name, register.title, String(snapshot.records(of: register).count),
          register.templates.map { Catalogue.folder + "/" + $0.text }.joined(separator: " "),
        ]
      }
      tell(["register", "title", "records", "files"], rows, &session) { snapshot.registersJSON() }
      return session.tellUnread(of: index) ? .errorsFound : .clean
    }
    var question = Listing.Question()
    question.condition = condition
    question.sort = try sort?.fieldNames(of: "--sort")
    question.fields = try (fields ?? columns)?.fieldNames(of: "--fields")
    let listing = try Listing(of: try snapshot.register(named: name), question, in: index)
    let position = index.position(ofRegister: name)
    let isIncomplete = session.tellUnread(of: index) { $0 == position || listing.restsOnUnread }
    tell(listing.fields, listing.records.map { listing.cells(of: $0) }, &session) { listing.json() }
    return isIncomplete ? .errorsFound : .clean
  }

  private func tell(
    _ header: [String], _ rows: [[String]], _ session: inout Session, json: () -> JSONText
  ) {
    if rows.isEmpty, format == .text {
      session.output += "none: \(register.map { "no record of '\($0)'" } ?? "no register")"
      session.output += condition == nil ? "\n" : " for which the expression is true\n"
      return
    }
    session.tell(TextTable(header: header, rows: rows), as: format, json: json)
  }
}

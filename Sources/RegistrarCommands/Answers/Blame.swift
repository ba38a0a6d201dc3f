import Accounts
import ArgumentParser
import Diagnostics
import Git
import Publishing
import Registry
import SourceText

struct Blame: AnswerCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show which commit and decision each field of an item comes from",
    discussion: """
      Of a document each clause is told too, with all that stands in it; 'SEC-H:H8.4' is one clause alone, \
      'SECP-R15:severity' one field. \
      An item that was removed and came back as it was comes from before. A '^' is the commit at which a \
      shallow clone was cut off: it need not have made what it has.
      """)

  @Argument(
    help: "The item, with a clause or a field after a colon where one is wanted.",
    completion: .names)
  var item: String

  @Option(
    name: .customLong("at"), help: ArgumentHelp("Begin at this revision.", valueName: "revision"),
    completion: .names)
  var revision = "HEAD"

  @Option(help: "How to print it.")
  var format: TableFormat = .text

  @OptionGroup var destination: Destination

  mutating func run(in session: inout Session) async throws -> Outcome {
    let past = try Past(upTo: revision, in: Workplace(session))
    let origins = try await session.reading { try await ItemOrigins(of: item, past, $0) }
    session.tellCut(of: past.repository, origins.isCut)
    let tables = [("field", origins.fields), ("clause", origins.passages)]
      .compactMap { title, parts in parts.map { table($0, title, origins.catalogue) } }
    for (position, table) in tables.enumerated() {
      if position > 0 {
        guard format != .json else { break }
        session.output += "\n"
      }
      session.tell(table, as: format) { origins.json() }
    }
    return .clean
  }

  private func table(
    _ parts: [ItemOrigins.Part], _ title: String, _ catalogue: Catalogue
  ) -> TextTable {
    let rows = parts.map { part in
      let commit = part.commit
      let reasons = commit.map { catalogue.reasons(of: $0) } ?? []
      let value =
        switch part.value {
        case .field(let node): ChangeText.shown(node)
        case .passage(let text): text
        }
      return [
        part.name, commit.map { (part.isCut ? "^" : "") + $0.id.description.prefix(7) } ?? "",
        commit?.day ?? "", reasons.map { "\($0.key): \($0.value)" }.joined(separator: ", "),
        format == .text && value.count > 48 ? value.prefix(47) + "…" : value,
      ]
    }
    return TextTable(header: [title, "commit", "date", "reason", "value"], rows: rows)
  }
}

import Accounts
import ArgumentParser
import Diagnostics

struct BaselineNotes: AnswerCommand {
  static let configuration = CommandConfiguration(
    commandName: "notes", abstract: "Write release notes from one baseline to the next",
    discussion: "Dates, decisions and cause, and each change with the decision behind it.")

  @Argument(help: "The baseline before.", completion: .names)
  var first: String

  @Argument(help: "The baseline that the notes are for.", completion: .names)
  var second: String

  @Option(help: "How to write them.")
  var format: PageFormat = .markdown

  @OptionGroup var destination: Destination

  mutating func run(in session: inout Session) async throws -> Outcome {
    let place = try Workplace(session)
    let (ledger, reader) = (try place.ledger(), ChangeReader(place, session))
    let (first, second) = (first, second)
    let notes = try await session.reading {
      try await ReleaseNotes(from: first, to: second, ledger, reader, $0)
    }
    session.output.add(
      escaped: format == .json ? try notes.json().text + "\n" : NotesPage(notes).text)
    return .clean
  }
}

import Accounts
import ArgumentParser
import Baselines
import Diagnostics
import Publishing

struct BaselineNotes: AnswerCommand {
  static let configuration = CommandConfiguration(
    commandName: "notes", abstract: "Write release notes from one baseline to the next",
    discussion:
      "Dates, decisions and cause, and each change in its words with the modification and decision behind it."
  )

  @Argument(help: "The baseline before.", completion: .names)
  var first: String

  @Argument(help: "The baseline that the notes are for.", completion: .names)
  var second: String

  @Option(help: "How to write them; without it as the ending of --output says, else as text.")
  var format: PaperFormat?

  @OptionGroup var destination: Destination

  mutating func validate() throws {
    try PaperFormat.check(format, for: destination)
  }

  mutating func run(in session: inout Session) async throws -> Outcome {
    let place = try Workplace(session)
    let (ledger, reader) = (try place.ledger(), ChangeReader(place, session))
    let (first, second) = (first, second)
    let notes = try await session.reading {
      try await ReleaseNotes(from: first, to: second, ledger, reader, $0)
    }
    let format = PaperFormat.chosen(format, for: destination)
    guard format != .json else {
      session.output.add(escaped: try notes.json().text + "\n")
      return .clean
    }
    let page = try NotesPage(notes).page
    session.tell(page, as: format, at: "\(notes.new.effective ?? "1970-01-01")T00:00:00Z")
    return .clean
  }
}

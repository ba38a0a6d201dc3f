import Accounts
import ArgumentParser
import Comparison
import Diagnostics
import Publishing
import Registry
import SourceText
import Syntax

struct Show: AnswerCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show one item, where it stands and what refers to it",
    discussion: """
      An id that several registers have is written with its register: risks/SECP-R15. A clause of a \
      document, or a field, stands behind a colon: SEC-H:H8.4(b). Told are its state and its days, the last \
      commit that changed it and the decision behind that, the baselines that hold it as it is or with other \
      words, what it says, and what refers to what.
      """)

  @Argument(help: "The item's id, as in 'TABASC15/05' or 'SECP-R15'.", completion: .names)
  var item: String

  @OptionGroup var source: SourceOptions

  @Option(help: "How to show it; a document can be written for Word.")
  var format: ItemFormat = .text

  @OptionGroup var destination: Destination

  @Flag(name: .customLong("source"), help: "Print the item as its file has it.")
  var asSource = false

  enum ItemFormat: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
    case docx
  }

  mutating func validate() throws {
    if format == .docx, destination.output == nil {
      throw ValidationError("--format docx needs --output: a document is no text.")
    }
  }

  mutating func run(in session: inout Session) async throws -> Outcome {
    let place = try Workplace(session)
    let (item, moment) = (item, source.source)
    let card = try await session.reading {
      try await ItemCard(of: item, at: moment, in: place, $0)
    }
    if let former = card.formerName {
      session.errors += "note: '\(former)' is '\(card.record.id)' now\n"
    }
    switch format {
    case .json: session.output.add(escaped: try card.json().text + "\n")
    case .docx: session.document = try word(card, seconds: session.now())
    case .text where asSource && card.part == nil:
      session.output.add(escaped: card.source.visible)
    case .text: try CardText(card).tell(&session)
    }
    return .clean
  }

  private func word(_ card: ItemCard, seconds: Int) throws(Failure) -> [UInt8] {
    let (record, register) = (card.record, card.register)
    guard register.shape == .document else {
      throw Failure("'\(record.id)' is a record and no document", hint: "Leave --format out")
    }
    let file = record.node.tree.file
    var document = WordDocument(
      title: record.shownTitle ?? record.id, author: "registrar", seconds: seconds)
    document.add(Redline(from: file, to: file, register.numbering))
    return document.clean(new: true)
  }
}

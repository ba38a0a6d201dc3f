import Accounts
import ArgumentParser
import Diagnostics
import Git

struct Log: AnswerCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show every change of one item, or all changes of one decision",
    discussion: """
      An item is followed by its id, through moves of its file, from table to file, to the id that \
      it had before, and over commits in which it was gone or could not be read. \
      'SECP-R15:severity' shows one field alone, 'SEC-H:H8.4' a clause of a document.
      """)

  @Argument(help: "The item, with a field after a colon where one is wanted.", completion: .names)
  var item: String?

  @Option(
    help: ArgumentHelp("Show what commits with this decision changed.", valueName: "reference"),
    completion: .names)
  var decision: [String] = []

  @Option(
    help: ArgumentHelp("Show what commits with this modification changed.", valueName: "reference"),
    completion: .names)
  var modification: [String] = []

  @Option(
    name: .customLong("at"), help: ArgumentHelp("Begin at this revision.", valueName: "revision"),
    completion: .names)
  var revision = "HEAD"

  @Option(help: "How to print it.")
  var format: AnswerFormat = .text

  mutating func validate() throws {
    let kinds = [item != nil, !decision.isEmpty, !modification.isEmpty].count { $0 }
    if kinds != 1 {
      throw ValidationError("Name an item, or --decision, or --modification.")
    }
  }

  @OptionGroup var destination: Destination

  mutating func run(in session: inout Session) async throws -> Outcome {
    let past = try Past(upTo: revision, in: Workplace(session))
    guard let item else { return try await tellReferences(past, &session) }
    let life = try await session.reading { try await ItemLife(of: item, past, $0) }
    if let heir = life.heir {
      session.errors += "note: '\(life.id)' is '\(heir)' now: registrar log \(heir)\n"
    }
    session.tellCut(of: past.repository, life.isCut)
    if format == .json {
      session.output.add(escaped: life.json().text + "\n")
      return .clean
    }
    let writer = HistoryText(
      catalogue: life.catalogue, field: life.field, usesColour: session.usesColour)
    let texts = life.entries.map { writer.text(of: $0) }
    for text in texts { session.output += text }
    if texts.allSatisfy(\.text.isEmpty) {
      session.output += "none: no commit changed '\(item)'\n"
    }
    return .clean
  }

  /// Tells what commits changed that name a decision or a modification.
  private func tellReferences(
    _ past: Past, _ session: inout Session
  ) async throws -> Outcome {
    let wanted = decision.map { ("Decision", $0) } + modification.map { ("Modification", $0) }
    let reader = ChangeReader(past.place, session, tellsReasons: false)
    let log = try await session.reading {
      try await ReferenceLog(of: wanted, past, reader, $0)
    }
    for (name, now) in log.renamed { session.errors += "note: '\(name)' is '\(now)' now\n" }
    session.tellCut(of: past.repository, true)
    if format == .json {
      session.output.add(escaped: try log.json().text + "\n")
      return .clean
    }
    let writer = HistoryText(
      catalogue: log.catalogue, field: nil, usesColour: session.usesColour)
    for (commit, changes) in log.steps { session.output += writer.text(of: commit, changes) }
    if log.steps.isEmpty {
      let words = wanted.map { "\($0.0.lowercased()) '\($0.1)'" }.joined(separator: " or ")
      session.output += "none: no commit names the \(words)\n"
    }
    return .clean
  }
}

extension Session {
  /// Says where a shallow clone ends a history.
  mutating func tellCut(of repository: Repository, _ isMet: Bool) {
    guard isMet, repository.isShallow else { return }
    errors +=
      "note: this clone is shallow, and what was before it is not here; fetch it with: git fetch --unshallow\n"
  }
}

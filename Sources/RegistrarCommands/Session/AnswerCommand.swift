import Accounts
import ArgumentParser
import Diagnostics

/// A command that answers a question: on standard output, page by page on a terminal, or into a file.
protocol AnswerCommand: SessionCommand {
  var destination: Destination { get }
}

/// Where an answer goes.
struct Destination: ParsableArguments {
  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("Write to a file instead of standard output.", valueName: "file"),
    completion: .file())
  var output: String?
}

extension Session {
  /// Runs a command that answers, and brings its answer where it is to go.
  ///
  /// - Throws: What the command throws, before anything is written; `Failure` where the file cannot be.
  mutating func answer(_ command: any AnswerCommand) async throws -> Outcome {
    var command = command
    guard let name = command.destination.output else {
      if isTerminal { showPages?(pager) }
      return try await command.run(in: &self)
    }
    var apart = self
    apart.output = Output()
    (apart.isTerminal, apart.width) = (false, nil)
    let outcome = try await command.run(in: &apart)
    errors = apart.errors
    if let document = apart.document {
      try write(document, to: name)
    } else {
      try write(apart.output.text, to: name)
    }
    return outcome
  }
}

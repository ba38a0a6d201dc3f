import Accounts
package import ArgumentParser
import Diagnostics
import Git
import SourceText

/// The command line of registrar.
package struct Registrar: ParsableCommand {
  package static let version = "0.1.0"

  package static let configuration = CommandConfiguration(
    commandName: "registrar",
    abstract: "Keep the registers and documents of a governed code as plain text in Git",
    discussion: """
      Run it anywhere inside a configuration repository, which has the registers below registers/ \
      and says in schema/catalogue.yaml which there are.
      """,
    version: versionText,
    subcommands: [
      Check.self, Diff.self, Log.self, Blame.self, List.self, Show.self, Eval.self, Explain.self,
      BaselineCommand.self, AsOf.self, Next.self, Status.self, Audit.self, SetFields.self,
      NewItem.self, RenameItem.self,
      HookCommand.self,
      Init.self, MergeDriver.self, TextConversion.self,
      SchemaCommand.self,
    ]
  )

  /// Taken out of the words before they are parsed, so that they may stand behind the command too.
  @OptionGroup var common: CommonOptions

  package init() {}

  static var versionText: String {
    "registrar \(version) (libgit2 \(Repository.libraryVersion), JSON Schema draft 2020-12)"
  }

  /// Runs a command.
  ///
  /// - Parameters:
  ///   - arguments: The words after the program's name.
  ///   - session: The world, and where output is collected.
  /// - Returns: The exit status.
  package static func run(_ arguments: [String], in session: inout Session) async -> Int32 {
    let status = await answer(arguments, in: &session)
    let isDriver = arguments.first == MergeDriver.configuration.commandName
    return isDriver && status > Outcome.errorsFound.rawValue ? MergeDriver.failed : status
  }

  /// Returns the command that was most likely meant where a word is none; `nil` where each is one.
  private static func commandMeant(by arguments: [String]) -> String? {
    var command: any ParsableCommand.Type = Registrar.self
    for word in arguments {
      let known = command.configuration.subcommands
      guard !known.isEmpty, word.first != "-" else { return nil }
      guard let next = known.first(where: { $0._commandName == word }) else {
        return nearest(to: word, among: known.map { $0._commandName })
      }
      command = next
    }
    return nil
  }

  /// Returns the page of a topic that `help` asks for; as a man page where `--man` and a day follow.
  ///
  /// Of a command `--man` alone gives what its man page has beside what the parser writes.
  private static func helpPage(for arguments: [String]) -> String? {
    if arguments.first == "help", arguments.last == "--man" {
      return CommandManual.sections(of: Array(arguments.dropFirst().dropLast()))
    }
    guard arguments.first == "help", arguments.count > 1,
      let topic = HelpTopic(rawValue: arguments[1])
    else { return nil }
    if arguments.count == 4, arguments[2] == "--man" { return topic.manual(date: arguments[3]) }
    return arguments.count == 2 ? topic.markdown : nil
  }

  /// Returns what stands below the help of a command: examples, and of all commands the topics.
  private static func helpSection(for arguments: [String]) -> String {
    let words = Array(
      arguments.drop { $0 == "help" }.prefix { !$0.hasPrefix("-") })
    guard arguments.first == "help" || arguments.contains(where: { ["-h", "--help"].contains($0) })
    else { return "" }
    guard words.isEmpty else {
      return Examples.section(of: words) + CommandScheme.section(of: words)
    }
    return "\nTOPICS: (registrar help <topic>)\n" + HelpTopic.list + ExitStatus.section
  }

  /// Fails where a word is empty, or the value behind `--option=`: it names nothing, and is not everything.
  private static func requireWords(_ arguments: [String]) throws(Failure) {
    let isEmpty = { (word: String) in
      word.allSatisfy(\.isWhitespace) || word.hasPrefix("--") && word.last == "="
    }
    guard let place = arguments.firstIndex(where: isEmpty) else { return }
    let word = arguments[place]
    throw Failure(
      word.hasPrefix("--")
        ? "the value of '\(word.dropLast())' is empty, and names nothing"
        : "word \(place + 1) of the command line is empty, and names nothing",
      hint: "A variable may have no value; to mean everything leave the word out")
  }

  private static func answer(_ arguments: [String], in session: inout Session) async -> Int32 {
    // Scripts ask for the version in loops: it need not wait for the parser to start.
    if arguments == ["--version"] {
      session.output += versionText + "\n"
      return 0
    }
    var arguments = arguments
    if arguments.first == "---completion" {
      await session.complete(arguments.dropFirst())
      return 0
    }
    if arguments.count == 2, arguments[0] == "--generate-completion-script",
      let script = CompletionScript.text(for: arguments[1])
    {
      session.output.add(escaped: script)
      return 0
    }
    do {
      // A hook is run at every commit, with words that Git chooses.
      if arguments.first == "hook", var command = HookCommand.command(for: arguments.dropFirst()) {
        return try await command.run(in: &session).rawValue
      }
      if arguments.first != MergeDriver.configuration.commandName {
        try requireWords(arguments)
        try session.follow(CommonOptions.take(from: &arguments))
      }
      if let page = helpPage(for: arguments) {
        if session.isTerminal { session.showPages?(session.pager) }
        session.output.add(escaped: page)
        return 0
      }
      var command = try parseAsRoot(arguments)
      if let command = command as? any AnswerCommand {
        return try await session.answer(command).rawValue
      }
      if var command = command as? any SessionCommand {
        return try await command.run(in: &session).rawValue
      }
      try command.run()
      return 0
    } catch let failure as Failure {
      return session.tell(failure)
    } catch let error as SourceTreeError {
      return session.tell(Failure(error))
    } catch let error as GitError {
      return session.tell(Failure(error, opening: session.workingDirectory))
    } catch {
      let code = exitCode(for: error)
      let message = fullMessage(for: error, columns: session.width ?? 100)
      if code == .success {
        var help = message
        while help.last == "\n" { help.removeLast() }
        session.output += help + "\n" + helpSection(for: arguments)
      } else {
        session.errors += message + "\n"
        if let meant = commandMeant(by: arguments) {
          session.errors += "hint: Did you mean '\(meant)'?\n"
        }
        if arguments.first == Eval.configuration.commandName ?? "eval",
          arguments.contains(where: {
            $0.first == "-" && $0.dropFirst().first?.isLetter == false
              && $0.dropFirst().first != "-"
          })
        {
          session.errors += "hint: Write -- before an expression that begins with '-'\n"
        }
      }
      return code.rawValue
    }
  }
}

/// A command that meets the world only through its session.
protocol SessionCommand: ParsableCommand {
  mutating func run(in session: inout Session) async throws -> Outcome
}

extension Session {
  /// Says why the work could not be done.
  fileprivate mutating func tell(_ failure: Failure) -> Int32 {
    errors += "registrar: \(PaintedText(failure.message))\n"
    if let hint = failure.hint { errors += "hint: \(PaintedText(hint))\n" }
    return Outcome.failed.rawValue
  }
}

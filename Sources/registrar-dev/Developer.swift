import ArgumentParser
import Glibc

/// The tool of the people who build registrar.
struct Developer: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "registrar-dev", abstract: "Make corpora and measure registrar",
    subcommands: [
      Bench.self, Corpus.self, CELConformance.self, Packaging.self, EditLaws.self, RenameLaws.self,
    ])

  /// Runs a command.
  ///
  /// - Parameter arguments: The words after the program's name.
  /// - Returns: The exit status.
  static func run(_ arguments: [String]) async -> Int32 {
    do {
      var command = try parseAsRoot(arguments)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      return 0
    } catch {
      let message = fullMessage(for: error)
      if !message.isEmpty { print(message) }
      return exitCode(for: error).rawValue
    }
  }
}

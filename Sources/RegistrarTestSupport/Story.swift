import Foundation
import RegistrarCommands

/// A story: a Markdown text that tells what a user does and sees, and is run as a test.
///
/// A heading begins a story in an empty repository; a block marked `file=PATH` is written; a block
/// marked `console` holds commands after `$ ` and what they print. `registrar` runs in process,
/// everything else through the shell.
package struct Story {
  /// What became of a file of stories.
  package struct Outcome: Sendable {
    /// The text as it should be if what was printed is right.
    package let text: String
    /// How many commands were run.
    package let commands: Int
  }

  private let repository: TestRepository
  private var session: Session

  private init() throws {
    repository = try TestRepository()
    session = Session(
      workingDirectory: repository.path, environment: repository.environment)
  }

  /// Runs all stories of a file.
  ///
  /// - Parameter text: The Markdown text.
  /// - Returns: The text with the output that the commands really gave.
  /// - Throws: What the file system throws.
  package static func run(_ text: String) async throws -> Outcome {
    var story = try Story()
    var result: [String] = []
    var commands = 0
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
    while let line = lines.popFirst() {
      result.append(line)
      if line.hasPrefix("# ") { story = try Story() }
      guard line.hasPrefix("```"), line.count > 3 else { continue }
      let block = Array(lines.prefix { $0 != "```" })
      lines = lines.dropFirst(block.count)
      let mark = line.dropFirst(3).split(separator: " ")
      if let file = mark.first(where: { $0.hasPrefix("file=") }) {
        try story.repository.write(
          String(file.dropFirst(5)), block.map { $0 + "\n" }.joined())
        result += block
      } else if mark.first == "console" {
        for command in block where command.hasPrefix("$ ") {
          result.append(command)
          result += try await story.run(String(command.dropFirst(2)))
          commands += 1
        }
      } else {
        result += block
      }
    }
    return Outcome(text: result.joined(separator: "\n"), commands: commands)
  }

  /// Runs one command and returns the lines that it printed.
  private mutating func run(_ command: String) async throws -> [String] {
    var printed: String
    var status: Int32
    if command.hasPrefix("registrar ") {
      session.output = Output()
      session.errors = Output()
      let words = command.split(separator: " ").dropFirst().map(String.init)
      status = await Registrar.run(words, in: &session)
      printed = session.output.text + session.errors.text
    } else {
      // A script may run the registrar that was built, and use the project's own registers.
      var environment = repository.environmentWithPrograms
      environment["PROJECT"] = projectFolder
      let result = try runProgram(
        ["sh", "-c", command], in: repository.path, environment: environment)
      printed = result.output + result.errors
      status = result.status
    }
    printed = printed.replacingOccurrences(of: repository.path, with: "/repository")
    var lines = printed.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    if status != 0 { lines.append("[exit status: \(status)]") }
    return lines
  }
}

/// What the exit statuses mean, in every command.
enum ExitStatus {
  /// The statuses with their meanings.
  static let meanings: [(status: Int, meaning: String)] = [
    (0, "it is done, or the answer is good"),
    (1, "the answer is no: files have errors, a baseline is bad, something is refused"),
    (2, "it could not be done, or cannot be judged"),
    (3, "a signature is asked for, and there is none"),
    (64, "the words of the command line are no command"),
  ]

  /// The section of the help of all commands.
  static var section: String { section(of: meanings.map { ("\($0.status)", $0.meaning) }) }

  /// Returns a section of a command's help.
  static func section(of lines: [(status: String, meaning: String)]) -> String {
    "\nEXIT STATUS:\n"
      + lines.map {
        "  \($0.status)\(String(repeating: " ", count: 4 - $0.status.count))\($0.meaning)\n"
      }
      .joined()
  }
}

/// What the man pages of commands have beside what the parser writes into them.
enum CommandManual {
  /// Returns the sections about exit statuses and with examples, in mdoc(7).
  ///
  /// - Parameter command: The words of a command; those of all commands where it is none alone.
  /// - Returns: Whole lines.
  static func sections(of command: [String]) -> String {
    let scheme = CommandScheme.all[command.joined(separator: " ")]
    let statuses =
      scheme?.statuses ?? ExitStatus.meanings.map { ("\($0.status)", $0.meaning) }
    var page = ".Sh \"EXIT STATUS\"\n.Bl -tag -width Ds\n"
    for (status, meaning) in statuses { page += ".It \(status)\n\(line(meaning))\n" }
    page += ".El\n"
    let examples = Examples.of(command)
    guard !examples.isEmpty else { return page }
    page += ".Sh EXAMPLES\n.Bd -literal\n"
    for example in examples { page += line(example) + "\n" }
    return page + ".Ed\n"
  }

  /// Returns a line in which nothing is a request.
  private static func line(_ text: String) -> String {
    let escaped = text.replacing("\\", with: "\\e").replacing("'", with: "\\(aq")
      .replacing("-", with: "\\-")
    return escaped.hasPrefix(".") ? "\\&" + escaped : escaped
  }
}

/// The message of a commit as Git's editor leaves it.
package enum CommitMessage {
  /// Returns what Git keeps of a message: neither comments nor the change below the scissors.
  ///
  /// - Parameters:
  ///   - text: The file that Git's editor wrote.
  ///   - setting: Returns the user's `core.commentChar`, where the text may have comments of another
  ///     kind than usual.
  /// - Returns: The message.
  package static func kept(of text: String, setting: () -> String?) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let mark = mark(in: lines, setting)
    let scissors = mark + " ------------------------ >8 ------------------------"
    return lines.prefix { !$0.hasPrefix(scissors) }
      .filter { !$0.hasPrefix(mark) }.joined(separator: "\n")
  }

  /// The characters that Git takes for comments where it may choose.
  private static let choices = "#;@!$%^&|:"

  /// Returns what a comment begins with.
  private static func mark(in lines: [Substring], _ setting: () -> String?) -> String {
    let others = lines.compactMap(\.first).filter { $0 != "#" && !$0.isLetter && !$0.isWhitespace }
    guard !others.isEmpty, var set = setting() else { return "#" }
    while let last = set.last, last.isNewline { set.removeLast() }
    guard set == "auto" else { return set.isEmpty ? "#" : set }
    // The template below the message is all comments, in a character that no line above begins with.
    let last = lines.last { !$0.isEmpty }?.first
    return last.flatMap { choices.contains($0) ? String($0) : nil } ?? "#"
  }
}

package import History

extension CommitKind {
  /// Finds out what a hook is run for: Git tells its hooks nothing of '--amend', but they are its
  /// children.
  ///
  /// - Parameter callers: The words of the programs that run this one, the nearest first.
  package init(callers: [[String]]) {
    for words in callers {
      guard let program = words.first, program == "git" || program.hasSuffix("/git") else {
        continue
      }
      let rest = words.dropFirst().prefix { $0 != "--" }
      if rest.contains(where: { $0.hasPrefix("--am") && "--amend".hasPrefix($0) }) {
        self = .amended
      } else {
        // A word of the user's own may stand for anything.
        self = Self.known.contains(Self.command(in: Array(rest)) ?? "") ? .next : .either
      }
      return
    }
    self = .next
  }

  /// The commands of Git that make commits; without '--amend' they make the next one.
  private static let known: Set = ["am", "cherry-pick", "commit", "merge", "pull", "revert"]

  /// Returns the command among the words after `git`.
  private static func command(in words: [String]) -> String? {
    var rest = words[...]
    while let word = rest.popFirst() {
      guard word.hasPrefix("-") else { return word }
      if ["-c", "-C", "--git-dir", "--work-tree", "--namespace"].contains(word) {
        _ = rest.popFirst()
      }
    }
    return nil
  }
}

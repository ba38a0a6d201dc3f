import History
import RegistrarCommands
import Testing

@Test(arguments: [
  // What ran the hook, the nearest first, and what the commit is.
  ([["sh", ".git/hooks/pre-commit"], ["git", "commit", "-m", "x"]], CommitKind.next),
  ([["git", "commit", "--amend"]], .amended),
  ([["git", "commit", "--am", "-m", "x"]], .amended),
  ([["/usr/lib/git-core/git", "commit", "--amend", "--no-edit"]], .amended),
  // What stands behind two dashes is a path.
  ([["git", "commit", "-m", "x", "--", "--amend"]], .next),
  ([["git", "-c", "user.name=A", "-C", "desk", "commit"]], .next),
  ([["git", "--git-dir", "commit", "fix"]], .either),
  ([["git", "merge", "side"]], .next), ([["git", "pull"]], .next),
  // A word of the user's own may stand for anything.
  ([["git", "fix"]], .either),
  ([["git", "rebase", "-i", "main"]], .either),
  // The nearest git counts.
  ([["git", "commit"], ["sh"], ["git", "commit", "--amend"]], .next),
  // Another program, such as an editor, and none.
  ([["code", "--amend"]], .next), ([], .next), ([[]], .next),
])
func `what a commit is, is read from what ran the hook`(
  _ callers: [[String]], _ kind: CommitKind
) { #expect(CommitKind(callers: callers) == kind) }

@Test(arguments: [
  ("Change\n\nDecision: SECP1/01\n", nil, "Change\n\nDecision: SECP1/01\n"),
  ("Change\n# Decision: SECP1/01\n", nil, "Change\n"),
  (
    "Change\n# ------------------------ >8 ------------------------\nDecision: SECP1/01\n", nil,
    "Change"
  ),
  // A comment in another character is one where the settings say so.
  ("Change\n; Decision: SECP1/01\n", ";", "Change\n"),
  ("Change\n; Decision: SECP1/01\n", "#", "Change\n; Decision: SECP1/01\n"),
  ("# Change\n; a comment\n", ";\n", "# Change\n"),
  ("#1 Change\n\n; a comment\n; another\n", "auto", "#1 Change\n\n"),
  ("Change\n; a comment\n", "", "Change\n; a comment\n"),
])
func `of a message stays what Git keeps of it`(_ text: String, _ setting: String?, _ kept: String) {
  #expect(CommitMessage.kept(of: text) { setting } == kept)
}

@Test func `the setting for comments is not asked for where the usual one will do`() {
  _ = CommitMessage.kept(of: "Change\n# comment\n") {
    Issue.record("the setting is a run of git")
    return nil
  }
}

import Diagnostics
import Gate

/// What a hook says to the person who waits for it: why something may not pass, what did not happen
/// for that, and what to do next.
enum HookWords {
  /// Says what did not happen and what to do next.
  ///
  /// - Parameters:
  ///   - hook: The hook that refuses, as Git names it.
  ///   - judgement: Why it refuses: a commit is mended only where one is at fault.
  /// - Returns: One or two lines, or nothing where the hook has words of its own.
  static func closing(of hook: String, _ judgement: Judgement) -> String {
    switch hook {
    case "pre-commit":
      """
      Nothing was committed, and nothing is lost.
      Next: mend what is named above, then 'git add' the files, and commit again.

      """
    case "pre-merge-commit":
      """
      The merge was not committed; it is still under way, and nothing is lost.
      Next: mend what is named above, then 'git add' the files and 'git commit'; \
      or give it up with 'git merge --abort'.

      """
    case "commit-msg":
      """
      Nothing was committed, and nothing is lost.

      """
    case "pre-push": "Nothing was pushed.\nNext: \(nextStep(of: judgement, isServer: false))\n"
    case "pre-receive":
      "Nothing was taken: the server is as it was.\nNext: \(nextStep(of: judgement, isServer: true))\n"
    default: ""
    }
  }

  /// What a refusal is about that no commit can mend.
  private static let ofReferences: Set<Diagnostic.Code> = [
    .badReference, .movedBaseline, .lostBaseline, .badBaseline, .changedRules, .oldRules,
  ]

  private static func nextStep(of judgement: Judgement, isServer: Bool) -> String {
    let isOfCommits =
      judgement.report.hasErrors
      || judgement.refusals.contains { !ofReferences.contains($0.code) }
    let others = judgement.refusals.contains { ofReferences.contains($0.code) }
    guard isOfCommits else {
      return "do what the help above says; then push again. No commit needs another form."
    }
    let commits =
      isServer
      ? "a later commit does not mend an earlier one. Mend the commit that is named, or squash it "
        + "with those after it ('git commit --amend', 'git rebase -i'); then push again."
      : "a later commit does not mend an earlier one. Mend the commit that is named: the last one "
        + "with 'git commit --amend', an earlier one with 'git rebase -i'; then push again."
    return commits + (others ? " What is refused of a branch or tag has its own help above." : "")
  }

  /// Returns findings in full, with their remedies, for standard error.
  ///
  /// - Parameters:
  ///   - report: What was found.
  ///   - severity: What of it is told: errors, which stand in the way, or warnings, which do not.
  ///   - context: Where the lines of files are.
  /// - Returns: The text, empty where there is nothing of the severity.
  static func text(
    of report: Report, _ severity: Diagnostic.Severity, in context: ReportContext
  ) -> String {
    var told = report
    told.keep { $0.severity == severity }
    guard !told.isEmpty else { return "" }
    let count = Count(told.sorted.count, severity == .error ? "error" : "warning")
    return told.text(as: .full, in: context)
      + "\n\(count); 'registrar explain' with the code in brackets says more\n"
  }
}

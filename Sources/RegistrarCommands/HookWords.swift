import Diagnostics
import Gate

/// What a hook says to the person who waits for it: why something may not pass, what did not happen
/// for that, and what to do next.
enum HookWords {
  /// Says what did not happen and what to do next.
  ///
  /// - Parameter hook: The hook that refuses, as Git names it.
  /// - Returns: One or two lines, or nothing where the hook has words of its own.
  static func closing(of hook: String) -> String {
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
    case "pre-push":
      """
      Nothing was pushed.
      Next: a later commit does not mend an earlier one. Mend the commit that is named: the last one \
      with 'git commit --amend', an earlier one with 'git rebase -i'; then push again.

      """
    case "pre-receive":
      """
      Nothing was taken: the server is as it was.
      Next: a later commit does not mend an earlier one. Mend the commit that is named, or squash it \
      with those after it ('git commit --amend', 'git rebase -i'); then push again.

      """
    default: ""
    }
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

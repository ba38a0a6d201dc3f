import Accounts
import Baselines
import Git
import Glibc
import SourceText

extension Session {
  /// The command that shows long answers page by page, found as Git finds it; `nil` where none is wanted.
  var pager: String? {
    var named = environment["GIT_PAGER"]
    if named == nil, let repository = try? Workplace(self).repository {
      named = Settings(of: repository).text("core.pager")
    }
    named = named ?? environment["PAGER"]
    guard let named else { return finds("less") ? "less" : nil }
    return named.allSatisfy(\.isWhitespace) || named == "cat" ? nil : named
  }

  /// Whether the shell finds a program.
  private func finds(_ program: String) -> Bool {
    (environment["PATH"] ?? "").split(separator: ":")
      .contains { FileWriter.isProgram("\($0)/\(program)") }
  }
}

/// A program that is reading what is shown, until it has shown all of it.
final class Pager {
  private let stream: UnsafeMutablePointer<FILE>

  /// Starts a pager, or gives `nil` where that fails.
  ///
  /// - Parameter command: A line of the shell.
  init?(_ command: String) {
    // As Git has it: colours pass, and what fits the screen is only printed.
    setenv("LESS", "FRX", 0)
    setenv("LV", "-c", 0)
    guard let stream = popen(command, "w") else { return nil }
    self.stream = stream
    // The keys of whoever reads are for the pager.
    signal(SIGINT, SIG_IGN)
    signal(SIGQUIT, SIG_IGN)
  }

  /// Where to write to.
  var file: Int32 { fileno(stream) }

  /// Ends what it reads, and waits until whoever reads has seen enough.
  func wait() { pclose(stream) }
}

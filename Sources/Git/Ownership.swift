import Glibc

/// Whether a repository of another owner may be read: what `safe.directory` says, as Git reads it.
///
/// libgit2 1.5 knows one folder in the files of settings alone; Git also takes `*`, `FOLDER/*`, an empty
/// value that forgets those before, and settings of the environment, as containers have them. So Git is
/// asked, outside of every repository: what is judged does not say whether it may be read.
enum Ownership {
  /// Whether the user's own settings trust a folder.
  static func isTrusted(_ folder: String) -> Bool {
    let outcome = Program.run([
      "env", "-u", "GIT_DIR", "-u", "GIT_CONFIG", "-u", "GIT_COMMON_DIR", "-u", "GIT_WORK_TREE",
      "git", "-C", "/",
      "config", "--null", "--show-scope", "--type=path", "--get-all", "safe.directory",
    ])
    guard let outcome, outcome.status == 0 else { return false }
    let words = outcome.output.split(separator: "\0", omittingEmptySubsequences: false)
    var isTrusted = false
    for position in stride(from: 0, to: words.count - 1, by: 2)
    where ["system", "global", "command"].contains(words[position]) {
      switch words[position + 1] {
      case "": isTrusted = false
      case "*": isTrusted = true
      case let value where value.utf8.reversed().starts(with: "*/".utf8):
        isTrusted = isTrusted || folder.utf8.starts(with: value.utf8.dropLast())
      case let value:
        isTrusted = isTrusted || folder.utf8.elementsEqual(trimmed(value).utf8)
      }
    }
    return isTrusted
  }

  /// Returns the folder that `safe.directory` names: the work tree of a Git directory, or a bare one itself.
  static func folder(of gitDirectory: String) -> String {
    let path = trimmed(gitDirectory)
    return path.utf8.reversed().starts(with: "tig./".utf8) ? String(path.dropLast(5)) : path
  }

  /// Without slashes at the end, but for the top.
  static func trimmed(_ path: some StringProtocol) -> String {
    var path = String(path)
    while path.utf8.count > 1, path.utf8.last == UInt8(ascii: "/") { path.removeLast() }
    return path
  }
}

extension GitError {
  private static let foreign = "safe.directory: "

  /// The error of a repository that belongs to somebody else; libgit2's own names the folder in some
  /// releases only.
  init(foreignFolder folder: String, _ error: GitError) {
    self.init(code: error.code, message: Self.foreign + folder, operation: error.operation)
  }

  /// The folder that belongs to somebody else, where that is the reason: what `safe.directory` names.
  package var foreignFolder: String? {
    message.utf8.starts(with: Self.foreign.utf8)
      ? String(message.dropFirst(Self.foreign.count)) : nil
  }
}

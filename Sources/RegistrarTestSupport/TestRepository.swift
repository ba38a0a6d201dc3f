/// A Git repository as a value: a history that is the same, to the last bit, on every run.
///
/// The history goes to `git fast-import` in one stream, with a fixed author and a clock that moves
/// on by a minute a commit. The environment is cut off from the machine's settings.
package final class TestRepository {
  /// One step of a history.
  package enum Step {
    case commit(String, [Change])
    /// An annotated tag at the last commit.
    case tag(String)

    package static func commit(_ message: String, _ changes: Change...) -> Step {
      .commit(message, changes)
    }
  }

  /// What a commit does to one path.
  package enum Change {
    case write(String, String)
    case remove(String)
    case link(String, to: String)
    case submodule(String)
  }

  private let folder: TemporaryFolder
  /// The folder of the work tree.
  package var path: String { folder.path }
  package let environment: [String: String]

  /// The environment with the programs of the project on the path.
  package var environmentWithPrograms: [String: String] {
    environment.merging(
      ["PATH": programFolder + ":" + (environment["PATH"] ?? "")], uniquingKeysWith: { $1 })
  }

  /// Makes a repository with its work tree checked out.
  ///
  /// - Parameter steps: The history, oldest first.
  /// - Throws: `ProgramFailure` where git refuses.
  package init(_ steps: Step...) throws {
    folder = try TemporaryFolder()
    environment = [
      "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": folder.path + "/.git", "LC_ALL": "C",
      "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "A Clerk",
      "GIT_AUTHOR_EMAIL": "clerk@example.org", "GIT_COMMITTER_NAME": "A Clerk",
      "GIT_COMMITTER_EMAIL": "clerk@example.org", "GIT_AUTHOR_DATE": "1481270400 +0000",
      "GIT_COMMITTER_DATE": "1481270400 +0000",
    ]
    try git("init", "--quiet", "--initial-branch=main")
    guard !steps.isEmpty else { return }
    try git(["fast-import", "--quiet"], input: Array(Self.stream(of: steps).utf8))
    try git("reset", "--quiet", "--hard", "main")
  }

  private static func stream(of steps: [Step]) -> String {
    var stream = ""
    var time = 1_481_270_400
    for step in steps {
      let person = "A Clerk <clerk@example.org> \(time) +0000\n"
      switch step {
      case .commit(let message, let changes):
        stream += "commit refs/heads/main\ncommitter \(person)\(data(message))"
        for change in changes { stream += self.line(for: change) }
        time += 60
      case .tag(let name):
        stream += "tag \(name)\nfrom refs/heads/main\ntagger \(person)\(data("Baseline \(name)"))"
      }
    }
    return stream
  }

  private static func data(_ text: String) -> String { "data \(text.utf8.count)\n\(text)\n" }

  private static func line(for change: Change) -> String {
    switch change {
    case .write(let path, let text): "M 100644 inline \(path)\n\(data(text))"
    case .remove(let path): "D \(path)\n"
    case .link(let path, let target): "M 120000 inline \(path)\n\(data(target))"
    case .submodule(let path): "M 160000 \(String(repeating: "1", count: 40)) \(path)\n"
    }
  }

  /// Runs git in the work tree.
  ///
  /// - Parameter arguments: The words after `git`.
  /// - Returns: What it printed, without the last line end.
  /// - Throws: `ProgramFailure` where it does not end well.
  @discardableResult
  package func git(_ arguments: String...) throws -> String {
    try git(arguments)
  }

  @discardableResult
  package func git(
    _ arguments: [String], input: [UInt8] = [], variables: [String: String] = [:]
  ) throws -> String {
    let result = try runProgram(
      ["git"] + arguments, in: path,
      environment: environment.merging(variables) { $1 }, input: input)
    guard result.status == 0 else {
      throw ProgramFailure(description: "git \(arguments.joined(separator: " ")): \(result.errors)")
    }
    return result.output.hasSuffix("\n") ? String(result.output.dropLast()) : result.output
  }

  /// Writes a file of the work tree.
  package func write(_ name: String, _ text: String) throws {
    try folder.write(name, text)
  }
}

import Accounts
import ArgumentParser
import Diagnostics
import Git
import Registry
import SourceText
import Templates

/// Makes a repository with the history of the registers of this one.
///
/// All is written into a folder inside of its own, and moved to its place last, the Git directory at the end:
/// what is interrupted leaves no repository.
struct ExampleRepository {
  private let root: String
  private let scratch: String
  private static let key = "/.git/registrar-example"

  /// - Parameters:
  ///   - root: The folder that it will be in, which is there.
  ///   - folder: The same, as the user gave it.
  /// - Throws: `Failure` where something is in it already.
  init(in root: String, _ folder: String) throws(Failure) {
    let names = FileWriter.names(inFolder: root) ?? []
    if !names.isEmpty, names.allSatisfy({ $0.hasPrefix(FileWriter.scratchPrefix) }) {
      let left = names.map { "\(folder)/\($0)".quotedForShell }
      throw Failure(
        "'\(folder)' holds what an 'init' that was interrupted left",
        hint: "Remove it: rm -r \(left.joined(separator: " "))")
    }
    guard names.isEmpty else {
      throw Failure(
        "'\(folder)' is not empty, and a repository with its own history begins in an empty folder",
        hint: "Name another one, as in: registrar init example --template example")
    }
    guard let scratch = FileWriter.makeScratchFolder(in: root) else {
      throw Failure("nothing can be written in '\(folder)'")
    }
    self.root = root
    self.scratch = scratch
  }

  /// Makes it.
  ///
  /// - Parameters:
  ///   - signs: Whether baselines are signed, with a key that is made for it.
  ///   - session: Where it is told.
  /// - Throws: What reading and writing throw; nothing is left behind then.
  func make(signs: Bool, _ session: inout Session) async throws {
    do {
      try run("git", "init", "--quiet", "--initial-branch=main", scratch)
      if signs { try makeKey() }
      let names = try await write(signs: signs, &session)
      try run("git", "-C", scratch, "reset", "--quiet", "--hard", "main")
      if signs { try nameKey(in: root) }
      for name in names + [".git"] {
        guard FileWriter.move(scratch + "/" + name, to: root + "/" + name) else {
          throw Failure("'\(name)' cannot be moved to its place")
        }
      }
    } catch {
      _ = Program.run(["rm", "-rf", scratch])
      throw error
    }
    _ = Program.run(["rm", "-rf", scratch])
  }

  /// Writes the commits and the baselines, and the branch last; returns what is at the top of the last commit.
  private func write(signs: Bool, _ session: inout Session) async throws -> [String] {
    let history = try await history(session)
    var inside = session
    inside.workingDirectory = scratch
    inside.environment = session.environment.filter {
      !$0.key.hasPrefix("GIT_") || $0.key == "GIT_CONFIG_NOSYSTEM"
    }
    inside.environment["GIT_COMMITTER_NAME"] = history.author.name
    inside.environment["GIT_COMMITTER_EMAIL"] = history.author.address
    let repository = try Workplace(inside).openRepository()
    var tip: ObjectID?
    for commit in history.commits {
      let id = try write(commit, after: tip, by: history.author, repository)
      tip = id
      guard let baseline = commit.baseline else { continue }
      inside.environment["GIT_COMMITTER_DATE"] = "\(commit.time) +0000"
      inside.output = Output()
      inside.errors = Output()
      var command = try BaselineCreate.parse(
        baseline.arguments + ["--at", id.description, signs ? "--sign" : "--no-sign"])
      guard try await command.run(in: &inside) == .clean else {
        throw Failure(
          "the example cannot be made: \(inside.errors.text)\(inside.output.text)")
      }
      session.output += "\(baseline.name)\n"
    }
    guard let tip, let last = history.commits.last else { throw Failure("the example is empty") }
    do throws(GitError) {
      try repository.createBranch("main", at: tip)
    } catch {
      throw Failure("the example cannot be written: \(error.message)")
    }
    return Set(last.files.keys.map { String($0.prefix { $0 != "/" }) }).sorted()
  }

  private func history(_ session: Session) async throws(Failure) -> ExampleHistory {
    do {
      return try await ExampleHistory(with: Hooks.files, jobs: session.processorCount)
    } catch {
      throw Failure("the example cannot be made: \(error.reason)")
    }
  }

  private func write(
    _ commit: ExampleHistory.Commit, after parent: ObjectID?, by author: ExampleHistory.Author,
    _ repository: Repository
  ) throws(Failure) -> ObjectID {
    do throws(GitError) {
      var blobs: [String: (blob: ObjectID, isProgram: Bool)] = [:]
      for (path, bytes) in commit.files {
        let blob = try repository.writeObject(bytes, kind: "blob")
        blobs[path] = (blob, path.hasPrefix("hooks/"))
      }
      return try repository.writeCommit(
        try repository.writeTree(blobs), after: parent.map { [$0] } ?? [],
        by: "\(author.name) <\(author.address)> \(commit.time) +0000", commit.message)
    } catch {
      throw Failure("the example cannot be written: \(error.message)")
    }
  }

  // MARK: The key

  /// Makes a key of SSH in the Git directory, and lets Git sign and verify with it here.
  private func makeKey() throws(Failure) {
    let file = scratch + Self.key
    try run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "example", "-f", file)
    guard let key = WorkTree.bytes(ofFile: file + ".pub", limit: 4096),
      FileWriter.replace(
        file + ".signers", with: Array("example namespaces=\"git\" ".utf8) + key)
    else { throw Failure("the key cannot be written") }
    try run("git", "-C", scratch, "config", "gpg.format", "ssh")
    try run("git", "-C", scratch, "config", "tag.gpgSign", "true")
    try nameKey(in: scratch)
  }

  private func nameKey(in folder: String) throws(Failure) {
    let file = folder + Self.key
    try run("git", "-C", scratch, "config", "user.signingkey", file + ".pub")
    try run("git", "-C", scratch, "config", "gpg.ssh.allowedSignersFile", file + ".signers")
  }

  private func run(_ words: String...) throws(Failure) {
    guard let outcome = Program.run(words), outcome.status == 0 else {
      throw Failure("'\(words.prefix(2).joined(separator: " "))' does not do its work here")
    }
  }
}

extension HistoryScript.Baseline {
  /// The words after `baseline create`.
  fileprivate var arguments: [String] {
    var words = [name, "--effective", effective.description]
    if let published { words += ["--published", published.description] }
    for decision in decisions { words += ["--decision", decision] }
    if let cause { words += ["--cause", cause] }
    return words
  }
}

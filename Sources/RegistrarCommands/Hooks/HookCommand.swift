import Accounts
import ArgumentParser
import Diagnostics
import Gate
import Git
import History
import SourceText

struct HookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hook", abstract: "Let Git check what is committed, pushed and received",
    discussion: "The hooks themselves are run by Git: 'registrar hook pre-commit' and so on.",
    subcommands: [
      HookInstall.self, HookStatus.self, HookUninstall.self, HookContinuous.self,
      HookPreCommit.self, HookPreMergeCommit.self, HookCommitMessage.self, HookPrePush.self,
      HookPreReceive.self,
    ])

  /// The hooks that registrar answers, by what a repository with a work tree and a bare one use.
  static let desk = ["pre-commit", "pre-merge-commit", "commit-msg", "pre-push"]
  static let server = ["pre-receive"]

  /// Returns the command for the words that Git runs a hook with; `nil` for others.
  static func command(for words: ArraySlice<String>) -> (any SessionCommand)? {
    let rest = Array(words.dropFirst())
    switch (words.first, rest.count) {
    case ("pre-commit", 0): return HookPreCommit()
    case ("pre-merge-commit", 0): return HookPreMergeCommit()
    case ("commit-msg", 1): return HookCommitMessage(file: rest[0])
    case ("pre-push", 2): return HookPrePush(remote: rest[0], url: rest[1])
    case ("pre-receive", 0): return HookPreReceive()
    default: return nil
    }
  }
}

struct HookPreCommit: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "pre-commit", abstract: "Judge what is staged", shouldDisplay: false)

  mutating func run(in session: inout Session) async throws -> Outcome {
    let kind = CommitKind(callers: session.callers())
    return try await session.judge("pre-commit", [], input: nil) { gate, _ in
      try await gate.staged(kind)
    }
  }
}

struct HookPreMergeCommit: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "pre-merge-commit", abstract: "Judge what a merge stages", shouldDisplay: false)

  mutating func run(in session: inout Session) async throws -> Outcome {
    // Git writes MERGE_HEAD after this hook has run, and tells it in variables what it joins.
    let heads = session.environment.keys.filter { $0.hasPrefix("GITHEAD_") }
      .compactMap { ObjectID(hexadecimal: String($0.dropFirst(8))) }
    return try await session.judge("pre-merge-commit", [], input: nil) { gate, _ in
      try await gate.staged(joining: heads)
    }
  }
}

struct HookCommitMessage: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "commit-msg", abstract: "Judge the message of a commit", shouldDisplay: false)

  @Argument(help: "The file with the message.")
  var file: String

  init() {}

  init(file: String) {
    self.file = file
  }

  mutating func run(in session: inout Session) async throws -> Outcome {
    let message = CommitMessage.kept(of: try session.text(ofFile: file)) {
      Program.run(["git", "config", "--get", "core.commentChar"])?.output
    }
    let kind = CommitKind(callers: session.callers())
    let outcome = try await session.judge("commit-msg", [file], input: nil) { gate, _ in
      try await gate.message(message, kind)
    }
    if outcome != .clean {
      session.errors +=
        "Next: the message is kept; mend it and commit again with: git commit -e -F \(file)\n"
    }
    return outcome
  }
}

struct HookPrePush: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "pre-push", abstract: "Judge what is pushed", shouldDisplay: false)

  @Argument(help: "The name of the remote.")
  var remote: String

  @Argument(help: "Its address.")
  var url: String

  init() {}

  init(remote: String, url: String) {
    self.remote = remote
    self.url = url
  }

  mutating func run(in session: inout Session) async throws -> Outcome {
    let (remote, url) = (self.remote, self.url)
    let input = session.input()
    guard let updates = ReferenceUpdate.pushed(input) else { throw Failure(notUnderstood: input) }
    return try await session.judge("pre-push", [remote, url], input: input) { gate, _ in
      try await gate.push(updates, to: remote, at: url)
    }
  }
}

extension Session {
  /// How many refusals are told one by one.
  private static var mostRefusals: Int { 100 }

  /// Runs the hook that was there before, then judges, and says why where something may not pass.
  ///
  /// What goes wrong in judging refuses too: a gate that cannot see stays shut.
  mutating func judge(
    _ name: String, _ arguments: [String], input: [UInt8]?,
    _ body: (Gatekeeper, String) async throws -> Judgement
  ) async throws -> Outcome {
    let place = try Workplace(self)
    let repository = try place.openRepository()
    let before = repository.commonDirectory + "hooks/\(name).before"
    // Where that hook is what runs this one it goes on by itself.
    if FileWriter.isProgram(before), !HookAncestors.include(name) {
      let outcome = Program.run([before] + arguments, input: input ?? [])
      output.add(escaped: outcome?.output ?? "")
      errors.add(escaped: outcome?.errors ?? "")
      guard outcome?.status == 0 else {
        errors += "the hook hooks/\(name).before refuses\n"
        return .errorsFound
      }
    }
    let gate = Gatekeeper(repository, jobs: processorCount, today: today)
    let judgement = try await body(gate, String(decoding: input ?? [], as: UTF8.self))
    return tell(judgement, of: name, repository, try? place.tree(at: .index))
  }

  /// Says why something may not pass.
  ///
  /// - Parameters:
  ///   - judgement: What the gate found.
  ///   - name: The hook that asks.
  ///   - repository: Where.
  ///   - tree: What was judged.
  /// - Returns: Whether it may.
  mutating func tell(
    _ judgement: Judgement, of name: String, _ repository: Repository, _ tree: (any SourceTree)?
  ) -> Outcome {
    for note in judgement.notes { errors += "note: \(note)\n" }
    if judgement.passes, name != "pre-commit" || judgement.report.isEmpty { return .clean }
    for refusal in judgement.refusals.prefix(Self.mostRefusals) {
      errors += "refused: \(refusal.reason) [\(refusal.code.rawValue)]\n"
      if let help = refusal.help { errors += "  = help: \(help)\n" }
    }
    let rest = judgement.refusals.count - Self.mostRefusals
    if rest > 0 { errors += "refused: and for \(Count(rest, "more reason"))\n" }
    let context = ReportContext(
      tool: "registrar", version: Registrar.version,
      source: { path, commit in
        if let commit {
          return (try? CommitTree(at: commit.id, in: repository)).flatMap { tree in
            Findings.source(at: path, in: tree)
          }
        }
        return tree.flatMap { Findings.source(at: path, in: $0) }
      })
    guard !judgement.passes else {
      // Nobody else shows them to whoever works with Git alone.
      errors.add(escaped: HookWords.text(of: judgement.report, .warning, in: context))
      return .clean
    }
    errors.add(escaped: HookWords.text(of: judgement.report, .error, in: context))
    errors += HookWords.closing(of: name, judgement)
    return .errorsFound
  }
}

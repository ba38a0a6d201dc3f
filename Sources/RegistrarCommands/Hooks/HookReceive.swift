import Accounts
import ArgumentParser
import Baselines
import Diagnostics
import Gate
import Git
import JSONSchema
import Registry
import SourceText
import Syntax

struct HookPreReceive: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "pre-receive", abstract: "Judge a push on the server", shouldDisplay: false)

  mutating func run(in session: inout Session) async throws -> Outcome {
    let input = session.input()
    let repository = try Workplace(session).openRepository()
    let folder = repository.commonDirectory + ServerFile.folder
    guard FileWriter.makeFolder(folder) else {
      throw Failure("the server's folder '\(ServerFile.folder)' cannot be made", hint: Self.shut)
    }
    var log = Log(
      file: folder + "/gate.log", time: session.now(), environment: session.environment)
    do {
      return try await judge(input, repository, folder, &log, &session)
    } catch {
      // What could not be judged is refused as well; where things stand on the server is its own affair.
      let failure = Failure(stopping: error)
      log.write("refused", [failure.message])
      throw Failure(
        failure.message.replacing(repository.commonDirectory, with: ""),
        hint: failure.hint ?? Self.shut)
    }
  }

  private static let shut = "Nothing passes until the server's owner has mended it"

  private func judge(
    _ input: [UInt8], _ repository: Repository, _ folder: String, _ log: inout Log,
    _ session: inout Session
  ) async throws -> Outcome {
    guard let updates = ReferenceUpdate.received(input) else { throw Failure(notUnderstood: input) }
    log.updates = updates
    let settings = try ServerFile.read(in: folder, of: repository)
    let pusher = settings.pusher(in: session.environment)
    log.pusher = pusher
    let turn = try PushTurn(of: repository, waiting: settings.seconds)
    Watch.start(
      seconds: settings.seconds, mebibytes: settings.mebibytes, log: log.file,
      (
        time: log.line("refused", ["judging took too long"]),
        memory: log.line("refused", ["judging took too much memory"])
      ))
    guard let ended = EndedBranches(in: folder) else {
      throw Failure("the server's file '\(ServerFile.folder)/ended' cannot be read")
    }
    let seat = try Seat(of: repository)
    var judgement = Judgement()
    let outcome = try await session.judge("pre-receive", [], input: input) { gate, _ in
      judgement = try await gate.receive(
        updates,
        .init(
          seat, settings, pusher, ended, isSure: turn.lasts && Hooks.areAlone(in: repository)))
      return judgement
    }
    for leave in judgement.ended {
      session.errors += "this leave has ended and lets nothing pass any more: \(leave)\n"
    }
    guard outcome == .clean else {
      let reasons = judgement.reasons
      log.write("refused", reasons.isEmpty ? ["the hook pre-receive.before refuses"] : reasons)
      return outcome
    }
    let isWritten =
      (judgement.overridden.isEmpty || log.write("overridden", judgement.overridden))
      && (judgement.accepted.isEmpty || log.write("rules", judgement.accepted))
      && ended.add(updates) && turn.keep(until: input)
    guard isWritten else {
      session.errors += "refused: what was decided cannot be written to the server's files\n"
      return .errorsFound
    }
    // From the first push on HEAD names the branch that judges, so that nobody's next one can.
    if let heir = seat.heir(after: updates) { try repository.pointHead(at: heir) }
    for leave in judgement.overridden {
      session.errors += "passes by the server's leave: \(leave)\n"
    }
    return .clean
  }

  /// The server's log, and what every line of it says.
  private struct Log {
    let file: String
    let time: Int
    let environment: [String: String]
    var updates: [ReferenceUpdate] = []
    var pusher: String?

    func line(_ event: String, _ reasons: [String]) -> String {
      GateLog(time: time, pusher: pusher, updates, environment).line(event, reasons)
    }

    @discardableResult
    func write(_ event: String, _ reasons: [String]) -> Bool {
      FileWriter.append(file, Array(line(event, reasons).utf8))
    }
  }
}

extension Failure {
  /// Git told of a push in words that nobody knows.
  init(notUnderstood input: [UInt8]) {
    let line = input.prefix { $0 != UInt8(ascii: "\n") }.prefix(200)
    self.init(
      "Git tells of a push in words that are not understood: '\(String(decoding: line, as: UTF8.self))'"
    )
  }

  /// Puts whatever stopped the gate into words.
  init(stopping error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as GitError: self.init("the repository cannot be read: \(error.message)")
    case let error as SourceTreeError: self.init(error)
    case Seat.Fault.noBranch(let name):
      self.init(
        "HEAD of the server names the branch '\(name)', which is not there, and so none that judges",
        hint: "Ask the server's owner to run there: git symbolic-ref HEAD refs/heads/main")
    case Seat.Fault.noCatalogue:
      self.init("the catalogue of the server's own branch cannot be read, so nothing can be judged")
    default: self.init("\(error)")
    }
  }
}

/// The file of a server's owner, in the folder `registrar` of its repository.
enum ServerFile {
  static let folder = "registrar"
  static let name = "server.yaml"

  /// What `hook install` writes: everything that may be said, and nothing said.
  static let sample = """
    # What the owner of this server decides; nobody can push it. 'registrar hook status' checks this file, and
    # nothing passes while something in it is wrong. Take the '# ' away in front of what you need.

    # The variable that says who pushes; by default the first that is set of REMOTE_USER, GL_USERNAME, GL_USER,
    # GITEA_PUSHER_NAME, GITHUB_USER_LOGIN, USER and LOGNAME.
    # identity: REMOTE_USER

    # Who may change schema/ and the waivers; '*' is everybody, and without this line nobody may.
    # schema_changes: [alice]

    # What passes all the same: who, which codes, where, until when, and why.
    # overrides:
    #   - {who: alice, codes: [value/not-listed], refs: [refs/heads/*], until: 2026-12-31, reason: SECP39/24}

    # Whose signatures count, and whether baselines and withdrawals without one are refused. Paths count from here.
    # signers: allowed_signers
    # keyring: keys
    # programs: {openpgp: /usr/bin/gpg, ssh: /usr/bin/ssh-keygen}
    # require_signature: true

    # A folder whose schema/ the first push has to bring.
    # first_rules: /srv/rules

    # How long and in how much memory a push may be judged.
    # limits: {seconds: 600, mebibytes: 2048}

    """

  /// Reads what the server's owner decided; where there is plainly no file, nothing special.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - repository: The server's repository, for the codes of its own rules.
  /// - Returns: The settings.
  /// - Throws: `Failure` where it cannot be read, or says something that it cannot.
  static func read(
    in folder: String, of repository: Repository
  ) throws(Failure) -> ServerSettings {
    let bytes: [UInt8]
    switch OwnersFile(name, in: folder, limit: 1 << 20) {
    case .absent: return ServerSettings()
    case .unreadable(let reason):
      throw Failure("the server's file \(name) cannot be read: \(reason)")
    case .present(let found): bytes = found
    }
    guard let path = RepoPath(name) else { return ServerSettings() }
    let source = SourceFile(path: path, bytes: bytes)
    var report = Report()
    let settings = ServerSettings.read(
      source, in: folder, isKnown: { isKnown($0, in: repository) }, into: &report)
    let sources = [settings.signers?.source, source].compactMap(\.self)
    guard let fault = report.firstError(in: sources) else { return settings }
    throw Failure(fault, hint: "Nothing passes before the server's owner has mended it")
  }

  /// Whether findings have a code: one of the program, or one that a schema of the server's branch gives.
  private static func isKnown(_ code: String, in repository: Repository) -> Bool {
    if Explanation.page(for: .init(rawValue: code)) != nil { return true }
    guard let seat = try? Seat(of: repository).commit,
      let tree = try? CommitTree(of: seat, in: repository)
    else { return false }
    return !SchemaRule.all(with: code, in: tree).isEmpty
  }
}

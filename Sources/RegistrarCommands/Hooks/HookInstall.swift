import Accounts
import ArgumentParser
import Diagnostics
import Gate
import Git
import SourceText

struct HookInstall: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "install", abstract: "Install the hooks in this repository",
    discussion: """
      The hooks are copied into the repository's own folder, so that no branch chooses its judge. A \
      hook that is there already runs first. In a bare repository the server's hook is installed. \
      With --work-tree Git runs the files of the work tree's hooks/ instead.
      """)

  @Flag(help: "Let Git run the files of hooks/ in the work tree (core.hooksPath).")
  var workTree = false

  /// What it was called before.
  @Flag(help: .hidden) var path = false

  mutating func run(in session: inout Session) throws -> Outcome {
    let repository = try Workplace(session).openRepository()
    if workTree || path {
      guard let root = repository.workDirectory else {
        throw Failure("a bare repository has no hooks/", hint: "Leave --work-tree out")
      }
      let outcome = Program.run(["git", "-C", root, "config", "core.hooksPath", "hooks"])
      guard outcome?.status == 0 else { throw Failure("core.hooksPath cannot be set") }
      session.output += "Git runs the files of hooks/ now\n"
      return .clean
    }
    let folder = repository.commonDirectory + "hooks"
    if let other = repository.setting("core.hookspath") {
      throw Failure(
        "Git looks for hooks in '\(other)' (core.hooksPath), and not in \(folder)",
        hint: "Run: git config --unset core.hooksPath")
    }
    guard FileWriter.makeFolder(folder) else { throw Failure("'\(folder)' cannot be made") }
    for name in Hooks.names(in: repository) {
      let place = folder + "/" + name
      if FileWriter.exists(place), !Hooks.isOurs(place) {
        guard !FileWriter.exists(place + ".before"), FileWriter.move(place, to: place + ".before")
        else {
          throw Failure("'\(place).before' is in the way", hint: "Move it away and install again")
        }
        session.output += "\(name): the hook that was there runs first (\(name).before)\n"
      }
      guard FileWriter.replace(place, with: Array(Hooks.script(name).utf8), isProgram: true) else {
        throw Failure("'\(place)' cannot be written")
      }
      session.output += "\(name): installed\n"
    }
    if let root = repository.workDirectory {
      for (name, value) in [
        ("merge.registrar.driver", MergeDriver.commandLine),
        ("diff.registrar.textconv", "registrar textconv"),
      ] {
        let outcome = Program.run(["git", "-C", root, "config", name, value])
        guard outcome?.status == 0 else { throw Failure("\(name) cannot be set") }
      }
      session.output += "merge driver: set, for what .gitattributes gives merge=registrar\n"
      session.output += "diff driver: set, for what .gitattributes gives diff=registrar\n"
    } else {
      // What is malformed in ways that git can tell need not be judged.
      let outcome = Program.run([
        "git", "--git-dir", repository.path, "config", "receive.fsckObjects", "true",
      ])
      guard outcome?.status == 0 else { throw Failure("receive.fsckObjects cannot be set") }
      session.output += "receive.fsckObjects: set\n"
      try prepareServer(repository, &session)
    }
    return .clean
  }
}

extension HookInstall {
  /// Writes a sample of the server's file, and lets `HEAD` name the only branch.
  private func prepareServer(
    _ repository: Repository, _ session: inout Session
  ) throws {
    let folder = repository.commonDirectory + ServerFile.folder
    let shown = "\(ServerFile.folder)/\(ServerFile.name)"
    if FileWriter.makeFolder(folder),
      OwnersFile(ServerFile.name, in: folder, limit: 1 << 20) == .absent
    {
      guard FileWriter.replace(folder + "/" + ServerFile.name, with: Array(ServerFile.sample.utf8))
      else { throw Failure("'\(shown)' cannot be written") }
      session.output +=
        "\(shown): written, with everything in comments: say there who may do what\n"
    }
    let branches = try repository.branchReferences().map(\.name)
    guard let head = try repository.headName(), !branches.contains(head) else { return }
    guard branches.count == 1, let only = branches.first else {
      if branches.isEmpty { return }
      throw Failure(
        "HEAD names the branch '\(head)', which is not there, and so none that judges",
        hint: "Name one: git symbolic-ref HEAD \(branches[0])")
    }
    try repository.pointHead(at: only)
    session.output += "HEAD: names '\(only)' now, whose rules judge; '\(head)' is not there\n"
  }
}

struct HookStatus: AnswerCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Say which hooks are active")

  @Option(help: "How to print it.")
  var format: AnswerFormat = .text

  @OptionGroup var destination: Destination

  mutating func run(in session: inout Session) throws -> Outcome {
    let installed = InstalledHooks(of: try Workplace(session).openRepository())
    guard format == .text else {
      session.output.add(escaped: installed.json.text + "\n")
      return installed.isGood ? .clean : .errorsFound
    }
    if let path = installed.path {
      session.output += "Git looks for hooks in \(path) (core.hooksPath)\n"
    }
    for (name, state, hasBefore) in installed.hooks {
      let before = hasBefore ? ", after \(name).before" : ""
      session.output += "\(name): \(state.words)\(before)\n"
    }
    if !installed.isWhole { session.output += "install them with: registrar hook install\n" }
    if let server = installed.server {
      session.output += "\(server.file)\n\(server.judge)\n"
      if !server.isGood { session.output += "nothing passes until that is mended\n" }
    }
    return installed.isGood ? .clean : .errorsFound
  }
}

struct HookUninstall: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "uninstall", abstract: "Take the hooks out and put back what was there")

  mutating func run(in session: inout Session) throws -> Outcome {
    let repository = try Workplace(session).openRepository()
    if repository.setting("core.hookspath") == "hooks", let root = repository.workDirectory {
      _ = Program.run(["git", "-C", root, "config", "--unset", "core.hooksPath"])
      session.output += "Git does not run the files of hooks/ any more\n"
    }
    if let root = repository.workDirectory, repository.setting("merge.registrar.driver") != nil {
      _ = Program.run(["git", "-C", root, "config", "--unset", "merge.registrar.driver"])
      _ = Program.run(["git", "-C", root, "config", "--unset", "diff.registrar.textconv"])
      session.output += "merge and diff drivers: taken out\n"
    }
    for name in HookCommand.desk + HookCommand.server {
      let place = repository.commonDirectory + "hooks/" + name
      guard FileWriter.exists(place), Hooks.isOurs(place) else { continue }
      FileWriter.remove(place)
      if FileWriter.exists(place + ".before") { _ = FileWriter.move(place + ".before", to: place) }
      session.output += "\(name): taken out\n"
    }
    return .clean
  }
}

/// The files that Git runs.
enum Hooks {
  private static let mark = "registrar hook"
  static func names(in repository: Repository) -> [String] {
    repository.workDirectory == nil ? HookCommand.server : HookCommand.desk
  }

  /// Returns the script of a hook: one line into registrar.
  static func script(_ name: String) -> String {
    """
    #!/bin/sh
    command -v registrar >/dev/null || {
      echo "registrar is not installed, and this repository is checked by it: put it on the PATH" >&2
      exit 1
    }
    exec registrar hook \(name) "$@"

    """
  }

  /// Whether nothing but the gate refuses what a push does to references: Git has the settings that
  /// `hook install` makes, and runs no other hook that may.
  static func areAlone(in repository: Repository) -> Bool {
    let settings = Settings(of: repository)
    return repository.workDirectory == nil && settings.flag("receive.fsckobjects") == true
      && ["core.hookspath", "receive.hiderefs", "transfer.hiderefs"].allSatisfy {
        settings.text($0) == nil
      }
      && !["update", "reference-transaction", "proc-receive"].contains {
        FileWriter.isProgram(repository.commonDirectory + "hooks/" + $0)
      }
  }

  static func isOurs(_ place: String) -> Bool {
    guard let bytes = WorkTree.bytes(ofFile: place, limit: 65_536) else { return false }
    return String(decoding: bytes, as: UTF8.self).contains("exec \(mark) ")
  }
}

import Accounts
import Diagnostics
import Gate
import Git
import SourceText

/// The hooks of a clone, as Git would run them.
struct InstalledHooks {
  /// How a hook stands.
  enum State: String {
    case active
    case absent
    /// It is there, and Git leaves it out.
    case notExecutable = "not-executable"
    /// Another program's.
    case other

    /// The state as people read it.
    var words: String {
      switch self {
      case .active: "active"
      case .absent: "not installed"
      case .notExecutable: "there, and not executable: Git leaves it out"
      case .other: "another hook"
      }
    }
  }

  /// The folder that Git looks in, where core.hooksPath names one.
  let path: String?
  let hooks: [(name: String, state: State, hasBefore: Bool)]
  /// Of a bare repository, what its server's file says and whose rules judge.
  let server: (file: String, judge: String, isGood: Bool)?

  /// Whether all that there should be is active.
  var isWhole: Bool { hooks.allSatisfy { $0.state == .active } }
  /// Whether that is so, and nothing keeps a server shut.
  var isGood: Bool { isWhole && server?.isGood ?? true }

  init(of repository: Repository) {
    path = repository.setting("core.hookspath")
    let own = repository.commonDirectory + "hooks"
    let folder = path.map { $0.hasPrefix("/") ? $0 : (repository.workDirectory ?? "") + $0 } ?? own
    hooks = Hooks.names(in: repository).map { name in
      let place = folder + "/" + name
      let state: State =
        !FileWriter.exists(place)
        ? .absent
        : !FileWriter.isProgram(place)
          ? .notExecutable : Hooks.isOurs(place) ? .active : .other
      return (name, state, FileWriter.isProgram(place + ".before"))
    }
    server = repository.workDirectory == nil ? Self.server(repository) : nil
  }

  private static func server(
    _ repository: Repository
  ) -> (file: String, judge: String, isGood: Bool) {
    let folder = repository.commonDirectory + ServerFile.folder
    var isGood = true
    let file: String
    do throws(Failure) {
      _ = try ServerFile.read(in: folder, of: repository)
      let isAbsent = OwnersFile(ServerFile.name, in: folder, limit: 1 << 20) == .absent
      file = "\(ServerFile.name): \(isAbsent ? "not there: nothing special is decided" : "good")"
    } catch {
      file = error.message
      isGood = false
    }
    let judge: String
    do {
      let seat = try Seat(of: repository)
      judge = "whose rules judge: \(seat.branch?.description ?? "the first push brings them")"
    } catch {
      judge = Failure(stopping: error).message
      isGood = false
    }
    return (file, judge, isGood)
  }

  /// The answer in its documented form, `hooks`.
  var json: JSONText {
    .answer(
      "hooks",
      [
        "good": .bool(isGood), "path": path.map { .string($0) },
        "hooks": .array(
          hooks.map { hook in
            .object([
              "name": .string(hook.name), "state": .string(hook.state.rawValue),
              "before": .bool(hook.hasBefore),
            ])
          }),
        "server": server.map { .object(["file": .string($0.file), "judge": .string($0.judge)]) },
      ])
  }
}

/// What holds of a command beside its options: the scheme that its help and the page "Commands" tell, and that a
/// test holds its options to.
struct CommandScheme {
  /// What a command looks at where nothing else is said.
  enum Ground: String {
    /// The work tree; `--staged` and `--at` name something else.
    case desk = "work tree"
    /// What is committed; `--at` names another version.
    case head = "HEAD"
    /// The baselines that are named, or all.
    case baselines = "baselines"
    /// The files of the work tree, and nothing else.
    case workTree = "work tree alone"
    /// The revisions that its words name.
    case words = "as its words say"
    /// The clone: its hooks, its tags.
    case clone = "clone"
    /// Nothing of a repository.
    case nothing = "–"
  }

  let looksAt: Ground
  /// What status 1 says; `nil` where the command has none.
  var no: String?
  /// Whether status 3 says that a signature is missing.
  var asksForSignatures = false

  /// The section of a command's help about its exit status; empty where there is no such command.
  static func section(of command: [String]) -> String {
    all[command.joined(separator: " ")].map { ExitStatus.section(of: $0.statuses) } ?? ""
  }

  /// The exit statuses that the command has, with what they say of it.
  var statuses: [(status: String, meaning: String)] {
    ExitStatus.meanings.compactMap { status, meaning in
      switch status {
      case 1: no.map { ("1", $0) }
      case 3: asksForSignatures ? ("3", meaning) : nil
      case 64: nil
      default: ("\(status)", meaning)
      }
    }
  }

  static let all: [String: CommandScheme] = [
    "check": .init(looksAt: .desk, no: "a finding is an error"),
    "diff": .init(
      looksAt: .words, no: "something cannot be read; with --exit-code, something changed"),
    "log": .init(looksAt: .head),
    "blame": .init(looksAt: .head),
    "list": .init(looksAt: .desk, no: "a file cannot be read, and the answer lacks what it holds"),
    "show": .init(looksAt: .desk),
    "eval": .init(looksAt: .desk, no: "a file cannot be read, and the answer lacks what it holds"),
    "explain": .init(looksAt: .workTree),
    "set": .init(looksAt: .workTree, no: "the change would bring an error, and is not made"),
    "new": .init(looksAt: .workTree, no: "the item would bring an error, and is not made"),
    "rename": .init(looksAt: .workTree, no: "the name would bring an error, and is not changed"),
    "as-of": .init(looksAt: .baselines, no: "nothing was in force, or the item was not there"),
    "next": .init(looksAt: .head, no: "drafts collide"),
    "status": .init(looksAt: .head),
    "audit": .init(looksAt: .head, no: "there are findings", asksForSignatures: true),
    "init": .init(looksAt: .nothing),
    "baseline create": .init(looksAt: .head, no: "it is refused, and nothing is written"),
    "baseline verify": .init(looksAt: .baselines, no: "one is bad", asksForSignatures: true),
    "baseline sign": .init(looksAt: .baselines),
    "baseline list": .init(looksAt: .baselines, no: "one is bad", asksForSignatures: true),
    "baseline items": .init(looksAt: .baselines),
    "baseline show": .init(looksAt: .baselines, no: "it is bad", asksForSignatures: true),
    "baseline manifest": .init(looksAt: .baselines),
    "baseline export": .init(
      looksAt: .baselines, no: "it is bad, and nothing is written", asksForSignatures: true),
    "baseline notes": .init(looksAt: .baselines),
    "baseline pin": .init(looksAt: .clone, no: "one was moved since it was pinned"),
    "baseline withdraw": .init(looksAt: .baselines, no: "it is refused, and nothing is written"),
    "hook install": .init(looksAt: .clone),
    "hook status": .init(looksAt: .clone, no: "a hook is not active"),
    "hook uninstall": .init(looksAt: .clone),
    "hook ci": .init(looksAt: .nothing),
    "schema test": .init(looksAt: .nothing, no: "a test failed"),
    "schema check": .init(looksAt: .desk, no: "a schema has an error"),
    "schema probe": .init(looksAt: .desk, no: "fewer slips are noticed than --at-least asks for"),
    "schema settings": .init(looksAt: .workTree),
    "schema answer": .init(looksAt: .nothing),
  ]
}

import Accounts
import ArgumentParser
import Diagnostics
import Git
import Registry
import SourceText
import Templates

struct Init: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Make a configuration repository",
    discussion: """
      Writes a catalogue, schemas, example registers, hooks and a README, in a new folder or at the \
      top of a Git repository. A file that is there is left as it is.
      """)

  @Argument(help: "The folder; this one by default.")
  var folder = "."

  @Option(help: "What to begin with.")
  var template: Template = .minimal

  @Flag(help: "Sign the baselines of the example, with a key that is made for it.")
  var sign = false

  mutating func validate() throws {
    guard sign, template != .example else { return }
    throw ValidationError("'--sign' is for baselines, and only '--template example' has some.")
  }

  mutating func run(in session: inout Session) async throws -> Outcome {
    let root = session.absolute(folder)
    try Self.makeFolders(root, folder)
    if template == .example {
      try await ExampleRepository(in: root, folder).make(signs: sign, &session)
      tellNext(&session)
      return .clean
    }
    let files = template.files.merging(Hooks.files) { $1 }
    try Self.prepare(root, folder, session)
    let isThere = Set(files.keys.filter { FileWriter.exists(root + "/" + $0) })
    if let catalogue = isThere.first(where: { $0 == Catalogue.path }) {
      throw Failure(
        "'\(folder)' is a configuration repository already: it has \(catalogue)",
        hint: "See what it holds with: registrar list")
    }
    for (name, bytes) in files.sorted(by: { $0.key < $1.key }) where !isThere.contains(name) {
      var path = root
      for part in name.split(separator: "/").dropLast() {
        path += "/" + part
        _ = FileWriter.makeFolder(path)
      }
      let isProgram = name.hasPrefix("hooks/")
      guard FileWriter.replace(root + "/" + name, with: bytes, isProgram: isProgram)
      else { throw Failure("'\(name)' cannot be written") }
      session.output += "\(name)\n"
    }
    for name in isThere.sorted() {
      session.output += "\(name): is there already, and was left as it is\n"
    }
    if isThere.contains(Hooks.attributesFile) {
      session.output +=
        "Add these lines to \(Hooks.attributesFile), so that registers merge by field:\n"
      session.output += Hooks.attributes.split(separator: "\n").map { "  \($0)\n" }.joined()
    }
    tellNext(&session)
    return .clean
  }

  private func tellNext(_ session: inout Session) {
    session.output += "\nNext:\n"
    if folder != "." { session.output += "  cd \(folder.quotedForShell)\n" }
    for (command, what) in template.firstSteps {
      session.output += "  " + command.padded(to: 34) + "# \(what)\n"
    }
  }

  /// Makes a folder with those above it.
  private static func makeFolders(_ root: String, _ folder: String) throws(Failure) {
    var path = ""
    for part in root.split(separator: "/") {
      path += "/" + part
      guard FileWriter.exists(path) || FileWriter.makeFolder(path) else {
        throw Failure(
          "the folder '\(folder)' cannot be made", hint: "\(path) cannot be written there")
      }
    }
  }

  /// Makes the folder a repository, where it is not the top of one.
  ///
  /// - Throws: `Failure` where it cannot be: registers and schema stand at the top of a repository.
  private static func prepare(
    _ root: String, _ folder: String, _ session: Session
  ) throws(Failure) {
    guard !FileWriter.exists(root + "/.git") else { return }
    var inside = session
    inside.workingDirectory = root
    if let repository = try Workplace(inside).repository {
      guard let top = repository.workDirectory else {
        throw Failure(
          "'\(folder)' is a bare repository, which has no files",
          hint: "Begin in a clone of it: git clone \(repository.path.quotedForShell)")
      }
      throw Failure(
        "'\(folder)' is inside of the repository at \(top), and registers stand at the top of one",
        hint: "Run: registrar init \(top.quotedForShell); "
          + "or make a repository of its own first: git init \(folder.quotedForShell)")
    }
    guard Program.run(["git", "init", "--quiet", "--initial-branch=main", root])?.status == 0
    else { throw Failure("git cannot make a repository in '\(folder)'") }
  }
}

extension Template: ExpressibleByArgument {
  /// What to do after `init`, as a shell takes it, and what each command does.
  var firstSteps: [(command: String, what: String)] {
    guard self != .example else {
      return [
        ("registrar hook install", "from now on Git checks what you commit"),
        (
          "registrar baseline list", "the versions of the code, and what committees had before them"
        ),
        ("registrar status", "where everything stands"),
        ("registrar as-of 2016-12-09", "what was in force on a day"),
        ("registrar list risks", "a register in its order"),
        ("registrar log SECP-R15", "every change of an item"),
      ]
    }
    return [
      ("registrar check", "the registers are clean"),
      ("registrar hook install", "from now on Git checks what you commit"),
      ("git add .", "all files that were written"),
      ("git commit -m 'First version'", "the first version"),
      ("registrar list", "the registers, and how many records each has"),
      ("registrar explain", "all that a check can find"),
    ]
  }
}

extension Hooks {
  static let attributesFile = ".gitattributes"
  static let attributes =
    "registers/** text eol=lf merge=registrar diff=registrar\nschema/** text eol=lf\n"

  /// The files of a new repository that let Git check and merge its registers.
  static var files: [String: [UInt8]] {
    var files = [attributesFile: Array(attributes.utf8)]
    for hook in HookCommand.desk + HookCommand.server {
      files["hooks/" + hook] = Array(script(hook).utf8)
    }
    return files
  }
}

extension String {
  /// The text as one word of a shell.
  var quotedForShell: String {
    let plain = utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."),
        UInt8(ascii: "-"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
    return plain && !isEmpty ? self : "'" + replacing("'", with: "'\\''") + "'"
  }

  /// The text with spaces behind it, at least two of them.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(2, width - count))
  }
}

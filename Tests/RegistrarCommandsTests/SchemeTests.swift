import ArgumentParser
import Foundation
import RegistrarTestSupport
import Testing

@testable import RegistrarCommands

/// A command as the parser describes it (`--experimental-dump-help`).
private struct CommandInfo: Decodable {
  struct Tool: Decodable { let command: CommandInfo }
  struct Name: Decodable {
    let kind: String
    let name: String
  }
  struct Argument: Decodable {
    let kind: String
    let shouldDisplay: Bool
    let names: [Name]?
    let valueName: String?
    let defaultValue: String?
    let isOptional: Bool
    let isRepeating: Bool
    let allValues: [String]?
    let abstract: String?

    var long: String {
      names?.first { $0.kind.hasPrefix("long") && $0.kind != "longWithSingleDash" }?.name ?? ""
    }
  }
  let commandName: String
  let shouldDisplay: Bool?
  let subcommands: [CommandInfo]?
  let arguments: [Argument]?

  /// The options and words that people see.
  var shown: [Argument] {
    (arguments ?? []).filter { $0.shouldDisplay && $0.long != "help" && $0.long != "version" }
  }

  func option(_ name: String) -> Argument? { shown.first { $0.long == name } }
}

/// Returns every command that people give, with its words.
private func commands() throws -> [(name: String, info: CommandInfo)] {
  let dump = Data(Registrar._dumpHelp().utf8)
  let root = try JSONDecoder().decode(CommandInfo.Tool.self, from: dump).command
  func leaves(_ info: CommandInfo, _ words: [String]) -> [(String, CommandInfo)] {
    let below = (info.subcommands ?? []).filter {
      $0.commandName != "help" && $0.shouldDisplay != false
    }
    return below.isEmpty
      ? [(words.joined(separator: " "), info)]
      : below.flatMap { leaves($0, words + [$0.commandName]) }
  }
  return leaves(root, [])
}

/// Returns the formats of every command, by its words.
func commandsWithFormats() throws -> [(name: String, formats: [String])] {
  try commands().map { ($0.name, $0.info.option("format")?.allValues ?? []) }
}

private let page = "\(projectFolder)/Sources/RegistrarCommands/RegistrarCommands.docc/Commands.md"

@Test func `the table of the page of commands is what the commands take`() throws {
  var table =
    "| command | looks at | words | `--format` | other options | status 1 |\n|---|---|---|---|---|---|\n"
  for (name, info) in try commands() {
    let scheme = try #require(
      CommandScheme.all[name], "'\(name)' is not in CommandScheme.all: say there what holds of it")
    let words = info.shown.filter { $0.kind == "positional" }.map { word in
      (word.valueName ?? "").uppercased() + (word.isRepeating ? "…" : word.isOptional ? "?" : "")
    }
    let format = info.option("format")
    var formats = format?.allValues ?? []
    if let first = format?.defaultValue, let place = formats.firstIndex(of: first) {
      formats.remove(at: place)
      formats.insert(first, at: 0)
    }
    let common = ["format", "output", "at", "staged"]
    let options = info.shown.filter { $0.kind != "positional" && !common.contains($0.long) }
      .map { "`--\($0.long)`" }
    let no = [scheme.no, scheme.asksForSignatures ? "3: not signed" : nil].compactMap(\.self)
    table += "| `\(name)` | \(scheme.looksAt.rawValue) | \(words.joined(separator: " "))"
    table += " | \(formats.joined(separator: ", ")) | \(options.joined(separator: " "))"
    table += " | \(no.joined(separator: "; ")) |\n"
  }
  let text = try String(contentsOfFile: page, encoding: .utf8)
  let head = "## The commands\n\n"
  let prose = try #require(text.components(separatedBy: head).first)
  if ProcessInfo.processInfo.environment["REGISTRAR_GOLDEN"] == "update" {
    try (prose + head + table).write(toFile: page, atomically: true, encoding: .utf8)
  }
  #expect(try String(contentsOfFile: page, encoding: .utf8) == prose + head + table)
  for (status, meaning) in ExitStatus.meanings {
    #expect(prose.contains("| \(status) | \(meaning) |"))
  }
}

@Test func `what a command looks at is what its options say`() throws {
  for (name, info) in try commands() {
    let (at, staged) = (info.option("at"), info.option("staged"))
    switch CommandScheme.all[name]?.looksAt {
    case .desk?:
      #expect(at != nil && at?.defaultValue == nil && staged != nil, "\(name)")
    case .head?:
      #expect(at != nil && staged == nil, "\(name)")
      #expect(
        at?.defaultValue == "HEAD" || at?.abstract?.contains("HEAD by default") == true, "\(name)")
    case .words?: #expect(at == nil, "\(name)")
    default: #expect(at == nil && staged == nil, "\(name)")
    }
  }
}

@Test
func `formats have the names of the page, text comes first, and each answer has JSON and a file`()
  throws
{
  let known: Set<String> = [
    "text", "json", "csv", "markdown", "html", "docx", "concise", "sarif", "github", "junit",
    "dsse",
  ]
  let pages = ["baseline manifest": "json"]
  // The ending of --output says it too.
  let asked = ["audit", "diff", "baseline notes"]
  let texts = ["hook ci", "schema settings", "schema answer"]
  for (name, info) in try commands() {
    guard let format = info.option("format") else {
      #expect(info.option("output") == nil || texts.contains(name) || name == "baseline export")
      continue
    }
    let values = format.allValues ?? []
    #expect(Set(values).isSubset(of: known), "\(name): \(values)")
    #expect(values.contains("json"), "\(name)")
    #expect(info.option("output") != nil, "\(name)")
    if !asked.contains(name) { #expect(format.defaultValue == pages[name] ?? "text", "\(name)") }
  }
}

@Test func `an option of one name takes the same in every command that has it`() throws {
  var known: [String: (command: String, takesValue: Bool)] = [:]
  for (name, info) in try commands() {
    for option in info.shown where option.kind != "positional" {
      let takesValue = option.kind == "option"
      if let other = known[option.long] {
        #expect(other.takesValue == takesValue, "--\(option.long) of \(name) and \(other.command)")
      } else {
        known[option.long] = (name, takesValue)
      }
    }
  }
  #expect(known["dsse"]?.takesValue == true && known["path"] == nil && known["columns"] == nil)
  let text = try String(contentsOfFile: page, encoding: .utf8)
  for common in ["-C FOLDER", "--color", "--no-pager", "--decision", "--dsse", "--no-check"] {
    #expect(text.contains("| `\(common)"), "\(common)")
  }
}

@Test func `what options and formats were called before is taken still`() throws {
  for line in [
    "check --format full", "list risks --format table --columns id", "hook install --path",
    "baseline log sec/5.0 --register risks", "baseline manifest sec/5.0 --dsse",
  ] {
    _ = try Registrar.parseAsRoot(line.split(separator: " ").map(String.init))
  }
}

@Test func `every command tells its exit statuses`() async throws {
  let repository = try TestRepository()
  for (name, _) in try commands() {
    var session = Session(workingDirectory: repository.path)
    let words = name.split(separator: " ").map(String.init) + ["--help"]
    #expect(await Registrar.run(words, in: &session) == 0)
    #expect(session.output.text.contains("\nEXIT STATUS:\n  0   it is done"), "\(name)")
  }
}

import ArgumentParser
import RegistrarTestSupport
import Testing

@testable import RegistrarCommands

/// The words of every command that people give.
private func commands() -> [[String]] {
  func leaves(_ type: any ParsableCommand.Type, _ words: [String]) -> [[String]] {
    let own = type.configuration.subcommands.filter { $0.configuration.shouldDisplay }
    return own.isEmpty
      ? [words] : own.flatMap { leaves($0, words + [$0._commandName]) }
  }
  return leaves(Registrar.self, [])
}

@Test(arguments: commands())
func `every command shows examples that it takes`(_ words: [String]) async throws {
  let repository = try TestRepository()
  let examples = Examples.of(words)
  let first = try #require(examples.first)
  for example in examples {
    let parts = try shellWords(example)
    #expect(parts.first == "registrar" && Array(parts.dropFirst().prefix(words.count)) == words)
    _ = try Registrar.parseAsRoot(Array(parts.dropFirst()))
  }
  var session = Session(workingDirectory: repository.path)
  let status = await Registrar.run(words + ["--help"], in: &session)
  #expect(status == 0 && session.output.text.contains("EXAMPLES:\n  \(first)"))
}

@Test func `the examples of what writes are true for the example repository`() throws {
  let folder = try TemporaryFolder()
  let environment = [
    "PATH": programFolder + ":/usr/bin:/bin", "HOME": folder.path, "GIT_CONFIG_NOSYSTEM": "1",
  ]
  let made = try runProgram(
    ["registrar", "init", ".", "--template", "example"], in: folder.path, environment: environment)
  #expect(made.status == 0, "\(made.errors)")
  for name in ["set", "new", "rename"] {
    for example in Examples.of([name]) {
      let tried = try shellWords(example).prefix { $0 != "--commit" && $0 != "--dry-run" }
      let done = try runProgram(
        Array(tried) + ["--dry-run"], in: folder.path, environment: environment)
      #expect(done.status == 0, "\(example)\n\(done.output)\(done.errors)")
      #expect(done.errors.contains("--dry-run"), "\(example)\n\(done.output)\(done.errors)")
    }
  }
}

@Test func `the man page of a command has its statuses and its examples, and groff reads them`()
  async throws
{
  let repository = try TestRepository()
  for words in commands() + [[], ["baseline"]] {
    let arguments = ["help"] + words + ["--man"]
    var session = Session(workingDirectory: repository.path)
    #expect(await Registrar.run(arguments, in: &session) == 0)
    let text = session.output.text
    #expect(text.contains(".It 0\nit is done"), "\(words)")
    #expect(text.contains(".Sh EXAMPLES\n") == !Examples.of(words).isEmpty)
    let page = ".Dd 2026\n.Dt X 1\n.Os\n.Sh NAME\n.Nm x\n.Nd y\n" + text
    let shown = try runProgram(
      ["groff", "-k", "-mandoc", "-Tutf8", "-ww"], in: repository.path,
      environment: ["PATH": "/usr/bin:/bin", "GROFF_NO_SGR": "1"], input: Array(page.utf8))
    #expect(shown.status == 0 && shown.errors.isEmpty, "\(shown.errors)")
    for example in Examples.of(words) where example.count < 70 {
      #expect(shown.output.contains(example), "\(example)\n\(shown.output)")
    }
  }
}

@Test func `examples are of commands that there are`() {
  let known = Set(commands().map { $0.joined(separator: " ") })
  for name in Examples.all.keys { #expect(known.contains(name), "\(name)") }
}

@Test(arguments: HelpTopic.allCases)
func `every topic is a page that says what it is about, on a terminal and for man`(
  _ topic: HelpTopic
) async throws {
  let repository = try TestRepository()
  let (status, page) = await registrar(repository, "help", topic.rawValue)
  #expect(status == 0 && page.hasPrefix("# ") && !page.contains("<doc:"), "\(page.prefix(200))")
  let (verdict, manual) = await registrar(repository, "help", topic.rawValue, "--man", "2026-01-01")
  #expect(verdict == 0)
  #expect(
    manual.hasPrefix(".TH registrar-\(topic.rawValue) \(topic.section) 2026-01-01 registrar\n"))
  #expect(manual.contains(topic.summary) && manual.contains("\n.SH\n"), "\(manual.prefix(400))")
  let (_, help) = await registrar(repository, "--help")
  #expect(help.contains("  \(topic.rawValue) "))
}

/// Splits a line as a shell does that has no variables.
private func shellWords(_ line: String) throws -> [String] {
  var words: [String] = []
  var word = ""
  var quote: Character?
  for sign in line {
    if let open = quote {
      if sign == open { quote = nil } else { word.append(sign) }
    } else if sign == "'" || sign == "\"" {
      quote = sign
    } else if sign == " " {
      words.append(word)
      word = ""
    } else {
      word.append(sign)
    }
  }
  return words + [word]
}

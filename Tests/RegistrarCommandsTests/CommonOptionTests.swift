import Foundation
import RegistrarTestSupport
import Testing

@testable import RegistrarCommands

private func run(
  _ words: [String], in folder: String, _ history: TestRepository, _ change: (inout Session) -> Void
) async -> (status: Int32, output: String, errors: String) {
  var session = Session(workingDirectory: folder, environment: history.environment)
  change(&session)
  let status = await Registrar.run(words, in: &session)
  return (status, session.output.text, session.errors.text)
}

@Test(arguments: [
  ["-C", "registers", "-C", "risks", "check", "R1.yaml"],
  ["check", "-C", "registers/risks", "R1.yaml"],
])
func `a command works in the folder of -C, before its name and behind it`(
  _ words: [String]
)
  async throws
{
  let history = try changedRisk()
  let (status, output, errors) = await run(words, in: history.path, history) { _ in }
  #expect(status == 0 && output.contains("shown for R1.yaml"), "\(output)\(errors)")
}

@Test func `a folder that is not there is an error, and words behind -- are words`() async throws {
  let history = try changedRisk()
  let missing = await run(["-C", "no", "check"], in: history.path, history) { _ in }
  #expect(missing.status == 2 && missing.errors.contains("there is no folder 'no' to work in"))
  let word = await run(["check", "--", "-C"], in: history.path, history) { _ in }
  #expect(word.status == 2 && word.errors.contains("'-C' is no register"), "\(word.errors)")
  let none = await run(["check", "-C"], in: history.path, history) { _ in }
  #expect(
    none.status == 64 && none.errors.contains("Missing value for '-C <folder>'"), "\(none.errors)")
  let hue = await run(["check", "--color", "red"], in: history.path, history) { _ in }
  #expect(hue.status == 64 && hue.errors.contains("'auto', 'always' or 'never'"), "\(hue.errors)")
}

@Test(arguments: [
  (["diff"], false, false), (["diff"], true, true), (["diff", "--color=always"], false, true),
  (["--color", "never", "diff"], true, false),
])
func `output is coloured as --color says, and by itself on terminals`(
  _ words: [String], isTerminal: Bool, isColoured: Bool
) async throws {
  let history = try changedRisk()
  let told = await run(words, in: history.path, history) { $0.isTerminal = isTerminal }
  #expect(told.output.contains("\u{1B}[") == isColoured)
  let plain = await run(words, in: history.path, history) {
    $0.isTerminal = isTerminal
    $0.environment["NO_COLOR"] = "1"
  }
  #expect(plain.output.contains("\u{1B}[") == words.contains("--color=always"))
}

@Test func `an answer goes into a file as it would to a pipe`() async throws {
  let history = try changedRisk()
  for command in ["list", "show R1", "log R1", "diff", "check", "explain", "status"] {
    let words = command.split(separator: " ").map(String.init)
    let told = await run(words, in: history.path, history) { _ in }
    let filed = await run(words + ["-o", ".git/answer.txt"], in: history.path, history) {
      ($0.isTerminal, $0.width) = (true, 30)
    }
    #expect(filed.output.isEmpty && filed.status == told.status && filed.errors == told.errors)
    let text = try String(contentsOfFile: history.path + "/.git/answer.txt", encoding: .utf8)
    let times = /in \d+\.\d\d s/
    #expect(text.replacing(times, with: "") == told.output.replacing(times, with: ""), "\(command)")
  }
}

@Test func `the pager is the one that Git would take, and none is without a terminal`() async throws
{
  let history = try changedRisk()
  func pager(_ variables: [String: String]) -> String? {
    var session = Session(workingDirectory: history.path, environment: history.environment)
    session.environment.merge(variables) { $1 }
    return session.pager
  }
  #expect(pager(["GIT_PAGER": "one", "PAGER": "two"]) == "one")
  #expect(pager(["PAGER": "two"]) == "two")
  #expect(pager(["PAGER": "cat"]) == nil && pager(["GIT_PAGER": "", "PAGER": "two"]) == nil)
  _ = try runProgram(
    ["git", "config", "core.pager", "three"], in: history.path, environment: history.environment)
  #expect(pager(["PAGER": "two"]) == "three" && pager(["GIT_PAGER": "one"]) == "one")
  for (words, isTerminal, isShown) in [
    (["diff"], true, true), (["diff"], false, false), (["--no-pager", "diff"], true, false),
    (["diff", "-o", ".git/a"], true, false), (["set", "R1", "impact=3", "--dry-run"], true, false),
    (["help", "tutorial"], true, true),
  ] {
    nonisolated(unsafe) var shown = false
    _ = await run(words, in: history.path, history) {
      $0.isTerminal = isTerminal
      $0.showPages = { shown = $0 == "three" }
    }
    #expect(shown == isShown, "\(words)")
  }
}

@Test func `on a terminal the pager gets the answer, and errors come behind it`() throws {
  let history = try changedRisk()
  var environment = history.environmentWithPrograms
  environment["GIT_PAGER"] = "sed 's/^/| /'"
  let result = try runProgram(
    [
      "script", "-qec",
      "registrar log R1; registrar --no-pager log R1; registrar status >/dev/null", "/dev/null",
    ],
    in: history.path, environment: environment)
  let lines = result.output.split(whereSeparator: \.isNewline)
  #expect(lines.contains { $0.hasPrefix("| ") && $0.hasSuffix("First") }, "\(result.output)")
  #expect(lines.contains { !$0.hasPrefix("| ") && $0.hasSuffix("First") }, "\(result.output)")
  #expect(
    lines.last == "note: this is HEAD, without what changed since: 'registers/risks/R1.yaml'",
    "\(result.output)")
}

@Test(arguments: [
  ("one two three four", 9, "one two\nthree\nfour"), ("  one two three", 9, "  one two\n  three"),
  ("short  line  \n", 20, "short  line  \n"), ("unbreakableword x", 5, "unbreakableword\nx"),
  ("\u{1B}[31mred\u{1B}[0m words here", 9, "\u{1B}[31mred\u{1B}[0m words\nhere"),
  ("a\n\n  b c", 3, "a\n\n  b\n c"),
])
func `lines are broken at spaces, as far in as they began`(
  _ text: String, width: Int, wrapped: String
) {
  var wrap = LineWrap()
  #expect(wrap.wrapped(text, to: width) == wrapped)
}

@Test func `what is said in pieces is broken as what is said at once`() {
  var output = Output()
  output.width = 20
  for piece in ["one two ", "three four", " five\n  six ", "seven eight nine\n"] { output += piece }
  #expect(output.text == "one two three four\nfive\n  six seven eight\n  nine\n")
  output.add(escaped: "what a format has written keeps its lines\n")
  #expect(output.text.hasSuffix("what a format has written keeps its lines\n"))
}

import Foundation
import RegistrarTestSupport
import Testing

/// The commands that answer in JSON, with the name of the form that each prints.
private let questions = [
  ("status --format json", "status"), ("status --items --format json", "status"),
  ("next --format json", "next"), ("next --collisions --format json", "collisions"),
  ("as-of 2017-01-05 --format json", "as-of"), ("as-of 1999-01-01 --format json", "as-of"),
  ("audit --format json", "audit"), ("baseline items --all --format json", "document-log"),
  ("baseline verify --format json", "verification"),
  ("diff sec/5.0 HEAD --format json", "changes"),
  ("show C --format json", "item"), ("show DP083 --at sec/5.0 --format json", "item"),
  ("show C:C1 --format json", "item"), ("show C:title --format json", "item"),
  ("list --format json", "registers"), ("list modifications --format json", "list"),
  ("log C --format json", "log"), ("log C:title --format json", "log"),
  ("log C:C1 --format json", "log"), ("log --decision SECP39/25 --format json", "log"),
  ("blame C --format json", "blame"), ("blame C:C1 --format json", "blame"),
  ("blame C:title --format json", "blame"),
  ("baseline list --format json", "baselines"),
  ("baseline list --no-verify --format json", "baselines"),
  ("baseline show sec/5.0 --format json", "baseline"),
  ("baseline notes sec/5.0 sec/5.2 --format json", "notes"),
  ("as-of 2017-01-05 C --format json", "as-of"), ("as-of 2017-01-05 C:C1 --format json", "as-of"),
  ("next C --format json", "conformed-text"), ("explain --format json", "codes"),
  ("explain baseline/uncommitted --format json", "codes"),
  ("eval 1+1 --format json", "value"), ("eval self --item C --format json", "value"),
  ("check --format json", "findings"), ("check --range HEAD~1..HEAD --format json", "findings"),
  ("hook status --format json", "hooks"), ("schema check --format json", "findings"),
  ("schema probe --format json", "probe"),
]

/// Returns what commands print in the repository of the story of accounting, by their words.
private func answers(to commands: [String]) async throws -> [String: String] {
  let path = projectFolder + "/Tests/RegistrarCommandsTests/Stories/accounting.md"
  let story = try String(contentsOfFile: path, encoding: .utf8)
  let asked = commands.map { "$ registrar \($0)\n" }.joined()
  let outcome = try await Story.run(story + "\n```console\n\(asked)```\n")
  var answers: [String: String] = [:]
  for part in outcome.text.components(separatedBy: "$ registrar ") {
    let lines = part.split(separator: "\n", maxSplits: 2, omittingEmptySubsequences: false)
    guard lines.count > 1 else { continue }
    answers[String(lines[0])] = String(lines[1])
  }
  return answers
}

@Test func `what a command answers in JSON is valid under the schema of its form, and no more`()
  async throws
{
  let repository = try TestRepository()
  let answers = try await answers(to: questions.map(\.0))
  for (command, form) in questions {
    let answer = try #require(answers[command])
    // Records have the members that their schema gives them; the others have an object around them.
    let isList = form == "list"
    #expect(answer.hasPrefix(isList ? "[" : "{"), "\(command): \(answer)")
    let (status, schema) = await registrar(repository, "schema", "answer", form)
    #expect(status == 0)
    let more =
      isList
      ? "[1]" : answer.replacing("{\"", with: "{\"more\":true,\"", maxReplacements: 1)
    let suite = """
      [{"description": "\(form)", "schema": \(schema), "tests": [
        {"description": "\(command)", "data": \(answer), "valid": true},
        {"description": "more", "data": \(more), "valid": false},
        {"description": "nothing", "data": {}, "valid": false}]}]
      """
    try repository.write("\(form).json", suite)
    let (verdict, words) = await registrar(
      repository, "schema", "test", repository.path + "/\(form).json")
    #expect(verdict == 0, "\(command): \(words)\n\(answer)")
  }
}

/// The commands that answer in JSON, as the parser knows them, and the commands above.
@Test func `every command that has JSON is asked here, and every form is answered`() async throws {
  let asked = Set(questions.map { $0.0.split(separator: " ").prefix { !$0.hasPrefix("-") } })
  for (name, formats) in try commandsWithFormats() where formats.contains("json") {
    // A manifest is an in-toto Statement and has its own form.
    guard name != "baseline manifest" else { continue }
    let words = name.split(separator: " ")
    #expect(asked.contains { $0.starts(with: words) }, "\(name)")
  }
  let repository = try TestRepository()
  let (_, forms) = await registrar(repository, "schema", "answer")
  #expect(Set(forms.split(separator: "\n").map(String.init)) == Set(questions.map(\.1)))
}

@Test func `a form that there is not is named with those that there are`() async throws {
  let repository = try TestRepository()
  let (status, words) = await registrar(repository, "schema", "answer", "statsu")
  #expect(status == 2 && words.contains("Did you mean 'status'?"), "\(words)")
}

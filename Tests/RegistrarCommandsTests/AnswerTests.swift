import Foundation
import RegistrarTestSupport
import Testing

/// The commands that answer in JSON, with the name of the form that each prints.
private let questions = [
  ("status --format json", "status"), ("status --items --format json", "status"),
  ("next --format json", "next"), ("next --collisions --format json", "collisions"),
  ("as-of 2017-01-05 --format json", "as-of"), ("as-of 1999-01-01 --format json", "as-of"),
  ("audit --format json", "audit"), ("baseline log --all --format json", "document-log"),
  ("baseline verify --format json", "verification"),
  ("diff sec/5.0 HEAD --format json", "changes"),
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
    #expect(answer.hasPrefix("{"), "\(command): \(answer)")
    let (status, schema) = await registrar(repository, "schema", "answer", form)
    #expect(status == 0)
    let more = answer.replacing(
      "\"version\":1", with: "\"version\":1,\"more\":true", maxReplacements: 1)
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

@Test func `a form that there is not is named with those that there are`() async throws {
  let repository = try TestRepository()
  let (status, words) = await registrar(repository, "schema", "answer", "statsu")
  #expect(status == 2 && words.contains("Did you mean 'status'?"), "\(words)")
}

import Accounts
import Editing
import Foundation
import RegistrarTestSupport
import SourceText
import Testing

@testable import RegistrarCommands

/// What somebody does in an editor, and what becomes of it.
private struct Desk {
  let repository: TestRepository
  var answers: [String] = []
  var editors: [(String) -> String?] = []

  /// Returns what is said, asked and shown in the editor.
  func new(
    _ words: String...
  ) async -> (status: Int32, said: String, questions: [String], drafts: [String]) {
    var session = Session(
      workingDirectory: repository.path,
      environment: repository.environment.merging(["GIT_EDITOR": "ed --plain"]) { $1 })
    var (questions, drafts, answers, editors) = ([String](), [String](), answers, editors)
    session.ask = { question in
      questions.append(question)
      return answers.isEmpty ? nil : answers.removeFirst()
    }
    session.edit = { command, path in
      guard command == "ed --plain", let text = try? String(contentsOfFile: path, encoding: .utf8)
      else { return false }
      drafts.append(text)
      guard !editors.isEmpty, let new = editors.removeFirst()(text) else { return false }
      return (try? new.write(toFile: path, atomically: false, encoding: .utf8)) != nil
    }
    let status = await Registrar.run(["new"] + words, in: &session)
    return (status, session.output.text + session.errors.text, questions, drafts)
  }

  var files: [String] {
    let folder = repository.path + "/registers/risks"
    return (try? FileManager.default.contentsOfDirectory(atPath: folder).sorted()) ?? []
  }
}

private func desk(
  answering answers: [String] = [], _ editors: (String) -> String?...
) throws -> Desk {
  let repository = try TestRepository(
    .commit(
      "First",
      .write(
        "schema/catalogue.yaml",
        """
        catalogue: 1
        title: Test
        registers:
          risks: {title: Risks, path: 'risks/{id}.yaml', shape: record, schema: risk.schema.json}
        """),
      .write(
        "schema/risk.schema.json",
        """
        {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
         "required": ["id", "text", "state"],
         "properties": {"id": {"type": "string"}, "text": {"type": "string", "description": "What."},
           "state": {"enum": ["open", "closed"]}, "steps": {"type": "array"},
           "owner": {"type": "string", "description": "Who looks after it."}},
         "additionalProperties": false}
        """),
      .write("registers/risks/R1.yaml", "id: R1\ntext: a\nstate: open\n")))
  return Desk(repository: repository, answers: answers, editors: editors)
}

private func filled(_ text: String) -> String {
  text.replacing("text:\n", with: "text: late\n").replacing("state:\n", with: "state: open\n")
}

@Test func `on a terminal a record is written in the editor of Git`() async throws {
  let desk = try desk { filled($0).replacing("# owner:", with: "owner: A Clerk") }
  let (status, said, questions, drafts) = await desk.new("risks")
  #expect(status == 0 && questions.isEmpty && said.contains("+ R2"), "\(said)")
  #expect(
    drafts == [
      """
      # A new record of 'risks': Risks.
      # A field without a value is left out. Without a change nothing is written.
      id: "R2"

      # What.
      text:

      # One of: open, closed.
      state:

      # What a record may have beside:
      # steps:
      # Who looks after it.
      # owner:

      """
    ])
  #expect(
    try String(contentsOfFile: desk.repository.path + "/registers/risks/R2.yaml", encoding: .utf8)
      == "id: R2\ntext: late\nstate: open\nowner: A Clerk\n")
  #expect(
    !FileManager.default.fileExists(atPath: desk.repository.path + "/.git/REGISTRAR_DRAFT.yaml"))
}

@Test func `what is given stands in the draft, and all that is given needs none`() async throws {
  let one = try desk { filled($0) }
  let (status, _, _, drafts) = await one.new("risks", "state=open", "owner=A Clerk")
  #expect(status == 0 && drafts.first?.contains("state: \"open\"\n") == true)
  let all = try desk()
  #expect(await all.new("risks", "state=open", "text=b").status == 0)
  #expect(all.files == ["R1.yaml", "R2.yaml"])
}

@Test func `a draft that does not do can be edited again`() async throws {
  let desk = try desk(
    answering: ["y", "y"], { $0 + "state: [\n" }, { _ in "text: late\nstate: opne\n" },
    { $0.replacing("opne", with: "open") })
  let (status, _, questions, drafts) = await desk.new("risks")
  #expect(status == 0 && desk.files == ["R1.yaml", "R2.yaml"])
  #expect(questions.count == 2 && drafts.count == 3)
  #expect(questions.first?.hasPrefix("registrar: line ") == true, "\(questions)")
  #expect(questions.last?.contains("[value/not-listed]") == true)
  #expect(questions.last?.hasSuffix("Edit the draft again? [y]es, [n]o: ") == true)
}

@Test func `a draft that is given up is kept, and one that is as it was is not`() async throws {
  let lost = try desk(answering: ["n"], { _ in "text: late\n" })
  let (status, said, _, _) = await lost.new("risks")
  #expect(status == 2 && lost.files == ["R1.yaml"])
  #expect(said.contains("the draft is kept in") && said.contains("REGISTRAR_DRAFT.yaml"))
  let same = try desk { $0 }
  #expect(await same.new("risks").said == "nothing is written: the draft is as it was\n")
  let broken = try desk { _ in nil }
  #expect(await broken.new("risks").said.contains("the editor 'ed --plain' ended with an error"))
}

@Test func `what another program wrote meanwhile is not overwritten`() throws {
  let desk = try desk()
  let session = Session(
    workingDirectory: desk.repository.path, environment: desk.repository.environment)
  let place = try Workplace(session)
  let path = try #require(RepoPath("registers/risks/R1.yaml"))
  let other = try #require(RepoPath("registers/risks/R2.yaml"))
  for edits in [
    [FileEdit(path: path, before: Array("id: R1\n".utf8), after: Array("id: R9\n".utf8))],
    [
      FileEdit(path: other, before: nil, after: [0x0A]),
      FileEdit(path: path, before: nil, after: [0x0A]),
    ],
  ] {
    #expect(throws: Failure.self) { try EditWriter(place).write(edits) }
    #expect(desk.files == ["R1.yaml"])
  }
}

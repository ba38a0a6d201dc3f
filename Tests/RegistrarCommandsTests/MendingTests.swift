import Foundation
import RegistrarCommands
import RegistrarTestSupport
import Testing

/// Returns what `check --fix` says and leaves where somebody answers its questions.
private func mended(
  _ repository: TestRepository, answering answers: String...
) async throws -> (status: Int32, questions: [String], files: [String]) {
  var session = Session(
    workingDirectory: repository.path, environment: repository.environment)
  var (questions, left) = ([String](), answers)
  session.ask = { question in
    questions.append(question)
    return left.isEmpty ? nil : left.removeFirst()
  }
  let status = await Registrar.run(["check", "--fix"], in: &session)
  let files = try ["R1", "R2", "R3"].map {
    try String(contentsOfFile: repository.path + "/registers/risks/\($0).yaml", encoding: .utf8)
  }
  return (status, questions, files)
}

private func risks() throws -> TestRepository {
  try TestRepository(
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
         "properties": {"id": {"type": "string"}, "state": {"enum": ["open", "closed"]},
           "due": {"type": "string", "format": "date"}}}
        """),
      .write("registers/risks/R1.yaml", "id: R1\nstate: opne # a slip\n"),
      .write("registers/risks/R2.yaml", "id: R2\nstate: \"clsed\"\n"),
      .write("registers/risks/R3.yaml", "id: R3\nstate: 'OPEN'\ndue: 8 January 2027\n")))
}

@Test func `what changes what is said is asked about one by one`() async throws {
  let (status, questions, files) = try await mended(risks(), answering: "n", "y")
  #expect(questions.count == 2)
  #expect(
    questions.first
      == "registers/risks/R1.yaml:2:8: the text 'opne' is none of 'open' and 'closed'\n"
      + "write 'open'? [y]es, [n]o, [a]ll of value/not-listed, [q]uit: ")
  #expect(
    files == [
      "id: R1\nstate: opne # a slip\n", "id: R2\nstate: \"closed\"\n",
      "id: R3\nstate: 'open'\ndue: '2027-01-08'\n",
    ])
  #expect(status == 1)
}

@Test func `of two findings that are alike the one is mended that was meant`() async throws {
  let repository = try risks()
  let list = "id: R1\nstates:\n  - state: opne\n  - state: opne\n  - state: opne\n"
  try repository.write("registers/risks/R1.yaml", list)
  try repository.write(
    "schema/risk.schema.json",
    """
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
     "properties": {"id": {"type": "string"}, "state": {}, "due": {},
       "states": {"type": "array", "items": {"type": "object",
         "properties": {"state": {"enum": ["open", "closed"]}}}}}}
    """)
  let (_, questions, files) = try await mended(repository, answering: "n", "y", "n")
  #expect(questions.count == 3)
  #expect(
    files[0] == "id: R1\nstates:\n  - state: opne\n  - state: open\n  - state: opne\n")
}

@Test func `one answer may count for all of a code`() async throws {
  let (status, questions, files) = try await mended(risks(), answering: "a")
  #expect(questions.count == 1 && status == 0)
  #expect(files[0] == "id: R1\nstate: open # a slip\n")
}

@Test func `who quits is asked no more, and keeps what was safe`() async throws {
  let (status, questions, files) = try await mended(risks(), answering: "q")
  #expect(questions.count == 1 && status == 1)
  #expect(files[0] == "id: R1\nstate: opne # a slip\n" && files[2].contains("'open'"))
}

@Test func `the remedies that programs read are valid under the schema of findings`() async throws {
  let repository = try risks()
  try repository.write("registers/risks/R2.yaml", "id: R4\u{200B}\nstate:open\n")
  try repository.write("registers/risks/R3.yaml", "id: R9\nstate: open\u{200B}\n")
  let (_, words) = await registrar(repository, "check", "--format", "json")
  let answer = String(words.prefix { !$0.isNewline })
  for kind in ["replace", "set", "move"] {
    #expect(answer.contains("\"remedy\":{\"kind\":\"\(kind)\""), "\(answer)")
  }
  let (_, schema) = await registrar(repository, "schema", "answer", "findings")
  try repository.write(
    "suite.json",
    """
    [{"description": "findings", "schema": \(schema), "tests": [
      {"description": "check", "data": \(answer), "valid": true}]}]
    """)
  let (status, verdict) = await registrar(
    repository, "schema", "test", repository.path + "/suite.json")
  #expect(status == 0, "\(verdict)")
}

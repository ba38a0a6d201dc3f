import Diagnostics
import Foundation
import RegistrarCommands
import RegistrarTestSupport
import Testing

private func run(_ arguments: String...) async -> (status: Int32, output: String) {
  var session = Session(workingDirectory: projectFolder)
  session.processorCount = 2
  let status = await Registrar.run(arguments, in: &session)
  return (status, session.output.text + session.errors.text)
}

@Test func `the registers of this repository are clean`() async {
  let (status, output) = await run("check", "--format", "concise")
  #expect(status == 0, "\(output)")
  #expect(output.contains("registers of the work tree"))
}

@Test func `the schemas of this repository are clean`() async {
  let (status, output) = await run("schema", "check")
  #expect(status == 0)
  #expect(output.hasSuffix("no problems\n"), "\(output)")
}

@Test func `an action stands where its last update says`() async throws {
  let folder = try TemporaryFolder()
  let action = """
    - id: SECP1/01
      body: SECP
      text: To write it down.
      status: closed
      updates: [{meeting: SECP1, text: Under way., status: ongoing}]

    """
  let catalogue = """
    catalogue: 1
    title: A committee
    registers:
      actions: {title: Actions, path: actions.yaml, shape: list, schema: action.schema.json}
      meetings: {title: Meetings, path: meetings.yaml, shape: list, schema: any.schema.json}
      agenda: {title: Agenda items, path: agenda.yaml, shape: list, schema: any.schema.json}
      groups: {title: Groups, path: groups.yaml, shape: list, schema: any.schema.json}

    """
  let schema = try String(
    contentsOfFile: projectFolder + "/schema/action.schema.json", encoding: .utf8)
  try folder.write("schema/catalogue.yaml", catalogue)
  try folder.write("schema/action.schema.json", schema)
  try folder.write("schema/any.schema.json", "{}")
  try folder.write("registers/meetings.yaml", "- id: SECP1\n  body: SECP\n")
  for (text, isTold) in [
    (action, true), (action.replacing("status: ongoing", with: "status: closed"), false),
    (action.replacing(", status: ongoing", with: ""), false),
  ] {
    try folder.write("registers/actions.yaml", text)
    var session = Session(workingDirectory: folder.path)
    _ = await Registrar.run(["check", "--format", "concise"], in: &session)
    let told = session.output.text.contains(
      "the action is closed, and its last update says ongoing")
    #expect(told == isTold, "\(session.output.text)\(session.errors.text)")
  }
}

@Test func `the number of jobs does not show in the output`() async {
  let one = await run("check", "--format", "json", "--jobs", "1")
  let four = await run("check", "--format", "json", "--jobs", "4")
  #expect(one == four)
}

@Test func `the Panel's risks are listed in the order of the original, with its one exception`()
  async throws
{
  let (_, output) = await run(
    "list", "risks", "--where", "self.status in ['open', 'proposed']", "--format", "csv")
  let ids = output.split(separator: "\n").dropFirst().map { $0.prefix { $0 != "," } }
  // The original has 14 before 6; both have severity 8, and the rule is: lower number first.
  #expect(
    ids.map { $0.dropFirst(6) } == [
      "1", "3", "4", "5", "13", "15", "18", "6", "14", "7", "8", "9", "10", "16", "17", "11", "12",
    ])
}

@Test func `the TABASC's risks are listed in the order of the original`() async {
  let (_, output) = await run("list", "risks-tabasc", "--format", "csv")
  let ids = output.split(separator: "\n").dropFirst().map { $0.prefix { $0 != "," } }
  #expect(
    ids.map { $0.dropFirst(8) } == [
      "4", "7", "8", "11", "15", "2", "9", "5", "10", "13", "6", "12", "1", "3", "14",
    ])
}

@Test func `an action is shown with what refers to it`() async {
  let (status, output) = await run("show", "SECP39/10")
  #expect(status == 0)
  #expect(output.contains("TV-EUI64 (variations)"))
  #expect(output.contains("SECP39#11 (agenda)"))
}

@Test func `every code in the sources has a page`() async throws {
  let sources = projectFolder + "/Sources"
  let files = try #require(FileManager.default.enumerator(atPath: sources))
  var codes: Set<String> = []
  for case let name as String in files where name.hasSuffix(".swift") {
    let text = try String(contentsOfFile: sources + "/" + name, encoding: .utf8)
    for line in text.split(separator: "\n") where line.contains(": Self = \"") {
      let parts = line.split(separator: "\"")
      if parts.count > 1, parts[1].contains("/"), !parts[1].contains(" ") {
        codes.insert(String(parts[1]))
      }
    }
  }
  #expect(codes.count > 80)
  for code in codes.sorted() {
    let (status, output) = await run("explain", code)
    #expect(status == 0, "\(code) has no page")
    #expect(output.hasPrefix(code))
    for title in ["Why it matters: ", "What to do: ", "Not so:", "But so:"] {
      #expect(output.contains(title), "\(code)")
    }
  }
  let (_, list) = await run("explain")
  #expect(list.split(separator: "\n").dropFirst(2).count == codes.count)
}

/// Returns the text of all sources.
private func sources() throws -> String {
  let folder = projectFolder + "/Sources"
  let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
  return try names.filter { $0.hasSuffix(".swift") }
    .map { try String(contentsOfFile: folder + "/" + $0, encoding: .utf8) }.joined()
}

@Test func `the severity that a page tells is that of the findings, where these are all warnings`()
  async throws
{
  let text = try sources()
  let codes = Dictionary(
    text.matches(of: #/static let (\w+): Self = "([a-z0-9-]+\/[a-z0-9-]+)"/#)
      .map { (String($0.1), String($0.2)) }, uniquingKeysWith: { one, _ in one })
  let warned = Set(text.matches(of: #/\.warning\(\s*\.(\w+),/#).map { String($0.1) })
  #expect(warned.count > 30)
  let (_, list) = await run("explain")
  let told = Dictionary(
    list.split(separator: "\n").dropFirst(2).map { line in
      let words = line.split(separator: " ", omittingEmptySubsequences: true)
      return (String(words[0]), String(words[1]))
    }, uniquingKeysWith: { one, _ in one })
  for name in warned {
    guard let code = codes[name] else { continue }
    let sites = text.matches(of: try Regex(#"\(\s*\.\#(name),"#)).count
    let warnings = text.matches(of: try Regex(#"\.warning\(\s*\.\#(name),"#)).count
    // One of the places is its page.
    if sites - warnings <= 1 { #expect(told[code] == "warning", "\(code)") }
  }
}

import RegistrarCommands
import RegistrarTestSupport
import Testing

/// Checks a register of one file and returns what is said of it.
private func check(
  _ bytes: [UInt8], schema: String = "{}", name: String = "a.yaml", shape: String = "record",
  format: String = "concise"
) async throws -> String {
  let folder = try TemporaryFolder()
  try folder.write(
    "schema/catalogue.yaml",
    """
    catalogue: 1
    title: Hostile
    registers:
      a: {title: A, path: \(name), shape: \(shape), schema: a.schema.json}

    """)
  try folder.write("schema/a.schema.json", schema)
  try folder.write("registers/\(name)", bytes)
  var session = Session(workingDirectory: folder.path)
  let status = await Registrar.run(["check", "--format", format], in: &session)
  #expect(status == 1)
  return session.output.text
}

@Test func `a file of fifty megabytes is refused by its size`() async throws {
  let output = try await check(Array(repeating: UInt8(ascii: "x"), count: 50 << 20))
  #expect(output.contains("error[syntax/too-large]: the file has 50 MiB, and 16 MiB is the most"))
}

@Test func `ten thousand levels are refused by their depth`() async throws {
  let output = try await check(Array(String(repeating: "[", count: 10_000).utf8))
  #expect(output.contains("error[syntax/too-deep]"))
}

@Test func `a billion laughs are refused by what they stand for`() async throws {
  var text = "a0: &a0 lol\n"
  for level in 1...9 {
    let list = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
    text += "a\(level): &a\(level) [\(list)]\n"
  }
  #expect(try await check(Array(text.utf8)).contains("error[yaml/too-many-aliases]"))
}

@Test func `a catastrophic pattern ends in a finding that names the schema`() async throws {
  let text = "id: \"" + String(repeating: "a", count: 50_000) + "!\"\n"
  let output = try await check(
    Array(text.utf8), schema: #"{"properties": {"id": {"pattern": "^(a+)+$"}}}"#)
  #expect(output.contains("a.yaml:1:5: error["))
}

@Test func `references in a circle end in a finding`() async throws {
  let output = try await check(
    Array("id: x\n".utf8),
    schema: ##"{"$ref": "#/$defs/a", "$defs": {"a": {"allOf": [{"$ref": "#/$defs/a"}]}}}"##)
  #expect(output.contains("error[value/too-costly]"))
}

@Test func `alternatives inside of alternatives end in a finding`() async throws {
  var definitions: [String] = [##""l0": {"const": 1}"##]
  for level in 1..<27 {
    definitions.append(
      ##""l\##(level)": {"anyOf": [{"$ref": "#/$defs/l\##(level - 1)"}, {"$ref": "#/$defs/l\##(level - 1)"}]}"##
    )
  }
  let hostile = ##"{"$ref": "#/$defs/l26", "$defs": {\##(definitions.joined(separator: ","))}}"##
  let output = try await check(Array("id: x\n".utf8), schema: hostile)
  #expect(output.contains("error[value/too-costly]"))
}

@Test func `a pointer of Git LFS is no record`() async throws {
  let output = try await check(
    Array("version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 1\n".utf8))
  #expect(output.contains("error[source/lfs-pointer]"))
}

@Test func `a table of very many cells is refused by their number or read in a moment`()
  async throws
{
  var text = "id,a,b,c\n"
  for row in 0..<50_000 { text += "r\(row),1,2,3\n" }
  text += "r1,x\n"
  let output = try await check(Array(text.utf8), name: "a.csv", shape: "table")
  #expect(output.contains("error[csv/missing-cell]"))
  #expect(output.contains("error[record/duplicate-id]"))
}

@Test func `a number that leaves a gap of a life is one finding`() async throws {
  let folder = try TemporaryFolder()
  try folder.write(
    "schema/catalogue.yaml",
    """
    catalogue: 1
    title: Hostile
    registers:
      a: {title: A, path: a.yaml, shape: list, schema: a.schema.json, rules: {numbering: {series: '^R(\\d+)$', severity: error}}}

    """)
  try folder.write("schema/a.schema.json", "{}")
  try folder.write(
    "registers/a.yaml", "- id: R1\n- id: R900000000000000\n- id: R9223372036854775807\n")
  var session = Session(workingDirectory: folder.path)
  #expect(await Registrar.run(["check", "--format", "concise"], in: &session) == 1)
  #expect(session.output.text.contains("there are none from 'R2' to 'R899999999999999'"))
  #expect(session.output.text.split(separator: "\n").count == 3, "\(session.output)")
}

@Test func `findings in one line cost what they are, and not what the line is`() async throws {
  func duration(_ count: Int) async throws -> Duration {
    let cells = String(repeating: "\"a\"b,", count: count)
    let start = ContinuousClock.now
    let output = try await check(
      Array("id\n\(cells)\n".utf8), name: "a.csv", shape: "table", format: "full")
    #expect(output.contains("csv/loose-quote"))
    return ContinuousClock.now - start
  }
  let few = try await duration(250)
  #expect(try await duration(2000) < few * 30)
}

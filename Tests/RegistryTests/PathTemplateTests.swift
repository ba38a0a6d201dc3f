import Registry
import SourceText
import Testing

private func values(_ template: String, _ path: String) throws -> [String: [String]]? {
  try PathTemplate(template).values(
    in: try #require(RepoPath("registers/" + path)), below: "registers")
}

@Test func `a template leads from a record to its file`() throws {
  let template = try PathTemplate("actions/{body}/{id|dash}.yaml")
  let record = ["id": "TABASC15/05", "body": "TABASC"]
  #expect(template.path { record[$0] } == "actions/TABASC/TABASC15-05.yaml")
  #expect(template.path { ["id": "X"][$0] } == nil)
}

@Test func `a template leads from a file to what its record may be`() throws {
  let found = try #require(
    try values("actions/{body}/{id|dash}.yaml", "actions/TABASC/TABASC15-05.yaml"))
  #expect(found["body"] == ["TABASC"])
  #expect(found["id"] == ["TABASC15/05", "TABASC15/05", "TABASC15-05"])
}

@Test func `a prefix is dropped and put back`() throws {
  let template = try PathTemplate("sec/{id|drop:SEC-}.md")
  #expect(template.path { _ in "SEC-C" } == "sec/C.md")
  #expect(template.path { _ in "C" } == nil)
  #expect(try values("sec/{id|drop:SEC-}.md", "sec/C.md") == ["id": ["SEC-C"]])
}

@Test(arguments: [
  ("risks/{id}.yaml", "risks/a/b.yaml"), ("risks/{id}.yaml", "risks/.yaml"),
  ("risks/{id}.yaml", "risks/a.yml"), ("parties.csv", "parties.csv.bak"),
  ("risks/{id}.yaml", "other/a.yaml"),
])
func `a file with another shape of path is not claimed`(_ template: String, _ path: String) throws {
  #expect(try values(template, path) == nil)
}

@Test func `a property may hold what follows it in the template`() throws {
  #expect(try values("sec-versions/{id}.yaml", "sec-versions/5.0.yaml") == ["id": ["5.0"]])
  #expect(try values("a/{id}.yaml", "a/x.yaml.yaml") == ["id": ["x.yaml"]])
}

@Test func `an id with a slash cannot stand in a file name as it is`() throws {
  #expect(try PathTemplate("a/{id}.yaml").path { _ in "x/y" } == nil)
}

@Test(arguments: [
  "a/{id", "{id|upper}.yaml", "../{id}.yaml", "/a/{id}.yaml", "{a}{b}.yaml", "{}.yaml",
])
func `what is no template is refused`(_ text: String) {
  #expect(throws: PathTemplate.Fault.self) { try PathTemplate(text) }
}

@Test func `a template is a glob for editors`() throws {
  #expect(try PathTemplate("actions/{body}/{id|dash}.yaml").glob == "actions/*/*.yaml")
}

@Test(arguments: [
  ["5.9", "5.10", "27.0"], ["TABASC9/01", "TABASC15/05", "TABASC15/10"], ["a", "a1", "a02", "a10"],
  ["2016-12-09", "2017-01-02"],
])
func `numbers inside of texts compare as numbers`(_ ordered: [String]) {
  #expect(ordered.reversed().map(NaturalKey.init).sorted() == ordered.map(NaturalKey.init))
}

@Test func `natural order takes a number by its value and a text by its bytes`() {
  #expect(NaturalKey("R007") == NaturalKey("R7"))
  #expect(NaturalKey("R0") < NaturalKey("R00x"))
  #expect(NaturalKey("5") < NaturalKey("\0"))
  #expect(NaturalKey("R") < NaturalKey("R1") && NaturalKey("R1") < NaturalKey("RA"))
  #expect(NaturalKey("9") < NaturalKey("1" + String(repeating: "0", count: 300)))
}

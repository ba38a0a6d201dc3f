import Diagnostics
import Foundation
import RegistrarTestSupport
import Registry
import Rules
import SourceText
import Syntax
import Testing

/// Reads a repository with one register of actions and returns what is said of its rules.
private func findings(
  _ catalogue: MarkedText, schema: String = #"{"type": "object"}"#, _ others: [String: String] = [:]
) async throws -> [Finding] {
  var files = ["schema/catalogue.yaml": catalogue.text, "schema/a.schema.json": schema]
  files.merge(others) { $1 }
  var report = Report()
  if let snapshot = try await Snapshot.read(MemoryTree(files), jobs: 1, into: &report) {
    Rule.check(RecordIndex(of: snapshot), into: &report)
  }
  return report.findings
}

private let head = "catalogue: 1\ntitle: T\nclasses: [White, Red]\n"
private let register =
  "registers:\n  actions:\n    path: actions/{id}.yaml\n    shape: record\n    schema: a.schema.json\n"
private let closed = #"""
  {"type": "object", "required": ["id"], "additionalProperties": false, "properties": {
    "id": {"type": "string"}, "owner": {"type": "string"}, "day": {"type": "string", "format": "date"}, "classification": {"type": "string"},
    "status": {"type": "string", "enum": ["open", "closed"]},
    "updates": {"type": "array", "items": {"type": "object", "properties": {"meeting": {"type": "string"}},
      "additionalProperties": false}}}}
  """#

private let slips: [(code: String, catalogue: String)] = [
  ("field/unknown", head + "1️⃣trailer2️⃣: {Decision: {when: [actions]}}\n" + register),
  ("field/unknown", "catalogue: 1\n1️⃣titel2️⃣: T\n" + register),
  ("field/unknown", "catalogue: 1\n1️⃣clases2️⃣: [White]\n" + register),
  (
    "field/unknown",
    "catalogue: 1\n1️⃣clases2️⃣: [White]\n" + register + "    classification: White\n"
  ),
  (
    "catalogue/bad-value",
    "catalogue: 1\n" + register + "    classification: 1️⃣White2️⃣\n  risks:\n    path: r.csv\n"
      + "    shape: table\n    schema: a.schema.json\n    classification: White\n"
  ),
  ("field/unknown", head + register + "    1️⃣titel2️⃣: Actions\n"),
  ("field/unknown", head + register + "    1️⃣class2️⃣: White\n"),
  ("value/type", head + register + "    order: 1️⃣id2️⃣\n"),
  ("value/type", head + register + "    id: 1️⃣^C\\d+$2️⃣\n"),
  ("field/unknown", head + register + "    id: {1️⃣patern2️⃣: x}\n"),
  ("catalogue/unknown-field", head + register + "    columns: [id, 1️⃣ownr2️⃣]\n"),
  ("catalogue/unknown-field", head + register + "    order: [1️⃣-ownr2️⃣]\n"),
  ("catalogue/unknown-field", head + register + "    id: {property: 1️⃣nr2️⃣}\n"),
  (
    "catalogue/unknown-field",
    head + register.replacing("actions/{id}.yaml", with: "1️⃣actions/{body}/{id}.yaml2️⃣")
  ),
  ("catalogue/bad-value", head + register + "    classification: 1️⃣Green2️⃣\n"),
  ("catalogue/hiding-class", head + register + "    classification: 1️⃣White2️⃣\n"),
  ("catalogue/bad-value", head + register + "    id: {pattern: 1️⃣'^a++$'2️⃣}\n"),
  (
    "catalogue/bad-value",
    head + register + "    id: {pattern: '^A\\d+$', near: [{pattern: '^x$', form: 1️⃣B12️⃣}]}\n"
  ),
  ("catalogue/unknown-rule", head + register + "    rules: {1️⃣nothing-open-vanish2️⃣: {}}\n"),
  (
    "catalogue/unknown-field",
    head + register + "    rules: {nothing-open-vanishes: {state: 1️⃣stat2️⃣}}\n"
  ),
  (
    "catalogue/unknown-field",
    head + register + "    rules: {nothing-open-vanishes: {state: status, ended: [1️⃣close2️⃣]}}\n"
  ),
  (
    "catalogue/unknown-field",
    head + register + "    rules: {class-of-whole: {parts: 1️⃣'updates[].paper'2️⃣, of: actions}}\n"
      + "    classification: Red\n"
  ),
  (
    "catalogue/unknown-field",
    head + register + "    rules: {class-of-whole: {parts: 1️⃣'owner.paper'2️⃣, of: actions}}\n"
      + "    classification: Red\n"
  ),
  (
    "catalogue/unknown-field",
    head + "modifications: {register: actions, state: 1️⃣stage2️⃣}\n" + register
  ),
  (
    "catalogue/unknown-field",
    head + "modifications: {register: actions, state: status, ended: [1️⃣done2️⃣]}\n" + register
  ),
  ("catalogue/bad-value", head + "remotes: [{url: x, highest: 1️⃣Blue2️⃣}]\n" + register),
  (
    "catalogue/bad-value",
    head + "calendars: {c: {register: 1️⃣actions2️⃣, from: '2016-01-01', to: '2016-12-31'}}\n"
      + register
  ),
  ("catalogue/bad-value", head + "trailers: {1️⃣De cision2️⃣: {when: [actions]}}\n" + register),
  (
    "catalogue/bad-value",
    head + "trailers: {Decision: {when: [actions]}, 1️⃣decision2️⃣: {when: [actions]}}\n" + register
  ),
  (
    "catalogue/bad-value",
    head + "trailers: {Decision: {when: [actions], names: actions, example: 1️⃣Z92️⃣}}\n" + register
      + "    id: {pattern: '^A\\d+$'}\n"
  ),
  (
    "catalogue/bad-parameter",
    head + register + "    rules: {reference-forms: {forms: {1️⃣'(Foo'2️⃣: x}}}\n"
  ),
  ("catalogue/bad-parameter", head + register + "    rules: {numbering: {series: 1️⃣'^(A'2️⃣}}\n"),
  ("catalogue/bad-parameter", head + register + "    rules: {dates-in-order: {dates: 1️⃣[day]2️⃣}}\n"),
  (
    "catalogue/bad-parameter",
    head + register + "    rules: {dates-in-order: {dates: [day, 1️⃣owner2️⃣]}}\n"
  ),
  (
    "catalogue/bad-parameter",
    head + register + "    rules: {dates-in-order: {dates: [day, 1️⃣status2️⃣]}}\n"
  ),
  (
    "catalogue/bad-parameter", head + register + "    rules: {totals: {property: 1️⃣owner2️⃣, is: 8}}\n"
  ),
  ("catalogue/bad-parameter", head + register + "    rules: {rag-status: {rag: 1️⃣owner2️⃣}}\n"),
  ("catalogue/bad-parameter", head + register + "    rules: {rag-status: {rag: 1️⃣status2️⃣}}\n"),
  (
    "catalogue/bad-parameter",
    head + register
      + "    rules: {rag-status: {rag: status, levels: [open, closed], severity: 1️⃣owner2️⃣}}\n"
  ),
  (
    "catalogue/bad-value",
    head + "rules: [{registers: [1️⃣action2️⃣], rules: {text-hygiene: {}}}]\n" + register
  ),
  (
    "catalogue/bad-value",
    head + "rules: [{except: [1️⃣action2️⃣], rules: {text-hygiene: {}}}]\n" + register
  ),
  (
    "catalogue/bad-value",
    head + "rules: [{registers: [actions], except: 1️⃣[actions]2️⃣, rules: {text-hygiene: {}}}]\n"
      + register
  ),
  (
    "catalogue/bad-value",
    head
      + "rules: [{rules: {text-hygiene: {}}}, {registers: [actions], rules: {1️⃣text-hygiene2️⃣: {}}}]\n"
      + register
  ),
  ("value/type", head + "rules: 1️⃣{text-hygiene: {}}2️⃣\n" + register),
  ("field/unknown", head + "rules: [{1️⃣excpt2️⃣: [actions], rules: {text-hygiene: {}}}]\n" + register),
  ("field/missing", head + "rules: [{registers: [actions]}1️⃣2️⃣]\n" + register),
  (
    "catalogue/unknown-rule",
    head + "rules: [{rules: {1️⃣text-hygine2️⃣: {}}}]\n" + register
      + "  risks: {path: r.csv, shape: table, schema: a.schema.json}\n"
  ),
  (
    "catalogue/bad-parameter",
    head + "rules: [{rules: {text-hygiene: {1️⃣inn2️⃣: text}}}]\n" + register
      + "  risks: {path: r.csv, shape: table, schema: a.schema.json}\n"
  ),
]

@Test(arguments: slips.indices)
func `a slip in the catalogue is told once, where it stands, in every repository`(
  _ index: Int
) async throws {
  let marked = MarkedText(slips[index].catalogue)
  #expect(
    try await findings(marked, schema: closed)
      == [Finding(.init(rawValue: slips[index].code), marked.offsets(1, 2))])
}

@Test func `a default class hides nothing where no record can name one, or each must`() async throws
{
  let marked = MarkedText(head + register + "    classification: White\n")
  #expect(try await findings(marked) == [])
  let demanding = closed.replacing(#"["id"]"#, with: #"["id", "classification"]"#)
  #expect(try await findings(marked, schema: demanding) == [])
  #expect(
    try await findings(MarkedText(head + register + "    classification: Red\n"), schema: closed)
      == [])
}

/// Slips in schemas, each with the place between the marks 1 and 2.
private let keywords: [(code: String, schema: String)] = [
  ("schema/unknown-keyword", #"{"properties": {"a": {1️⃣"x-reference"2️⃣: "actions"}}}"#),
  ("schema/unknown-keyword", #"{1️⃣"requred"2️⃣: ["id"]}"#),
  ("schema/unknown-register", #"{"properties": {"a": {"x-references": 1️⃣"action"2️⃣}}}"#),
  ("schema/no-effect", #"{"properties": {"a": {"type": "object", 1️⃣"x-append-only"2️⃣: true}}}"#),
  ("schema/no-effect", #"{"properties": {"a": {"type": "array", 1️⃣"x-unique"2️⃣: true}}}"#),
  ("schema/no-effect", #"{"properties": {"a": {"type": "string", 1️⃣"x-immutable-when"2️⃣: "true"}}}"#),
  ("schema/no-effect", #"{"properties": {"a": {"type": "integer", 1️⃣"x-references"2️⃣: "actions"}}}"#),
  ("schema/no-effect", #"{"properties": {"a": {"not": {1️⃣"x-unique"2️⃣: true}}}}"#),
  (
    "schema/no-effect",
    #"{"properties": {"s": {"enum": ["open"], "x-states": {"initial": [1️⃣"opn"2️⃣]}}}}"#
  ),
  (
    "schema/no-effect",
    #"{"additionalProperties": false, "properties": {"id": {}}, "x-rules": [{"rule": "true", "message": "m", "at": 1️⃣"nr"2️⃣}]}"#
  ),
  (
    "schema/no-effect",
    #"{"properties": {"l": {"type": "array", "x-key": 1️⃣"nr"2️⃣, "items": {"additionalProperties": false, "properties": {"no": {}}}}}}"#
  ),
  (
    "schema/no-effect",
    #"{"properties": {"l": {"type": "array", 1️⃣"x-key"2️⃣: "nr", "items": {"type": "string"}}}}"#
  ),
  (
    "schema/no-effect",
    ##"{"properties": {"l": {"type": "array", "x-key": 1️⃣"nr"2️⃣, "items": {"$ref": "#/$defs/e"}}}, "$defs": {"e": {"additionalProperties": false, "properties": {"no": {}}}}}"##
  ),
  (
    "schema/no-effect",
    #"{"properties": {"s": {"x-states": {"transitions": [{"from": "a", "to": ["b", "c"]}, 1️⃣{"from": ["a"], "to": "c", "demands": "true"}2️⃣]}}}}"#
  ),
  ("schema/unknown-format", #"{"properties": {"d": {"type": "string", "format": 1️⃣"Date"2️⃣}}}"#),
  ("schema/unknown-format", #"{"properties": {"d": {"type": "string", "format": 1️⃣"money"2️⃣}}}"#),
  ("field/unknown", #"{"properties": {"s": {"x-states": {1️⃣"intial"2️⃣: ["open"]}}}}"#),
  ("field/unknown", #"{"x-rules": [{"rule": "true", "message": "m", 1️⃣"mesage"2️⃣: "n"}]}"#),
  ("value/type", #"{"properties": {"l": {"type": "array", "x-append-only": 1️⃣"yes"2️⃣}}}"#),
]

@Test(arguments: keywords.indices)
func `a keyword that is misspelt or has no effect is an error of check`(_ index: Int) async throws {
  let marked = MarkedText(keywords[index].schema)
  let found = try await findings(MarkedText(head + register), schema: marked.text)
  #expect(found == [Finding(.init(rawValue: keywords[index].code), marked.offsets(1, 2))])
}

private let waivers = """
  registers:
    waivers: {path: waivers.yaml, shape: list, schema: a.schema.json}

  """

private let waiverSlips: [(code: String, waiver: String)] = [
  ("field/unknown", "{id: W1, code: a/b, item: x, reason: r, 1️⃣expire2️⃣: '2020-01-01'}"),
  ("value/format", "{id: W1, code: a/b, item: x, reason: r, expires: 1️⃣never2️⃣}"),
  ("field/missing", "{id: W1, code: a/b, item: x1️⃣2️⃣}"),
  ("waiver/unread", "{id: W1, code: 1️⃣source/conflict2️⃣, file: x, reason: r}"),
  ("waiver/unread", "{id: W1, code: 1️⃣json/unclosed2️⃣, file: x, reason: r}"),
  ("waiver/unread", "{id: W1, code: 1️⃣catalogue/bad-value2️⃣, file: x, reason: r}"),
  ("waiver/unread", "{id: W1, code: 1️⃣csv/missing-cell2️⃣, file: x, reason: r}"),
]

@Test(arguments: waiverSlips.indices)
func `a waiver is checked whatever the repository's own schema says`(_ index: Int) async throws {
  let marked = MarkedText("- \(waiverSlips[index].waiver)\n")
  let found = try await findings(
    MarkedText(head + waivers), ["registers/waivers.yaml": marked.text])
  let place = marked.offsets(1, 2)
  #expect(found.map(\.code) == [waiverSlips[index].code])
  #expect(found.allSatisfy { abs($0.offsets.lowerBound - place.lowerBound) <= 1 })
}

@Test func `a waiver may have fields of its own where the repository's schema names them`()
  async throws
{
  let found = try await findings(
    MarkedText(head + waivers), schema: #"{"properties": {"ticket": {}}}"#,
    ["registers/waivers.yaml": "- {id: W1, code: a/b, item: x, reason: r, ticket: 7}\n"])
  #expect(found == [])
}

@Test func `every schema of the program is one by the meta-schema`() throws {
  for schema in OwnSchema.allCases {
    let path = try #require(RepoPath("schema/\(schema.rawValue).schema.json"))
    let files = [path.string: schema.text]
    var report = Report()
    SchemaReview().review(SchemaSet(tree: MemoryTree(files)), into: &report)
    #expect(report.findings == [], "\(schema)")
  }
}

@Test func `the published schema of the catalogue is the one in the program, with the rules`()
  throws
{
  // After a change of either: REGISTRAR_GOLDEN=update swift test --filter OwnSchemaTests
  let path = "\(projectFolder)/schema/catalogue.schema.json"
  let text = OwnSchema.publishedCatalogue
  if ProcessInfo.processInfo.environment["REGISTRAR_GOLDEN"] == "update" {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }
  #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
}

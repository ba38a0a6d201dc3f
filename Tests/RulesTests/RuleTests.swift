import Diagnostics
import RegistrarTestSupport
import Registry
import Rules
import SourceText
import Testing

private let schema = MarkedText(
  #"{"properties": {"see": {"x-references": ["risks", "terms"]}, "mpid": {"x-unique": true}, "#
    + #""of": {"type": "array", "items": {"x-references": "risks"}}}}"#)

/// Runs all rules over risks R1 (the marked text) and R2 and returns the findings.
private func findings(
  _ marked: MarkedText, _ others: [String: String] = [:]
) async throws
  -> [Finding]
{
  var files = [
    "schema/catalogue.yaml":
      """
    catalogue: 1
    title: Code
    registers:
      risks:
        title: Risks
        path: risks/{id}.yaml
        shape: record
        schema: risk.schema.json
        id: {pattern: '^R\\d+$', near: [{pattern: '^Risk #?(\\d+)$', form: 'R$1'}]}
      terms: {title: Terms, path: terms.yaml, shape: list, schema: risk.schema.json}

    """, "schema/risk.schema.json": schema.text, "registers/risks/R1.yaml": marked.text,
    "registers/risks/R2.yaml": "id: R2\nmpid: A\n",
  ]
  files.merge(others) { $1 }
  var report = Report()
  let snapshot = try await Snapshot.read(MemoryTree(files), jobs: 1, into: &report)
  let index = RecordIndex(of: try #require(snapshot))
  Rule.check(index, into: &report)
  return report.findings
}

private let faults: [(Diagnostic.Code, String)] = [
  (.irregularID, "id: 1️⃣'Risk #1'2️⃣\n"),
  (.misplaced, "id: 1️⃣R32️⃣\n"),
  (.unresolvedReference, "id: R1\nsee: 1️⃣R92️⃣\n"),
  (.unresolvedReference, "id: R1\nof: [R2, 1️⃣BAD2️⃣]\n"),
  (.nearReference, "id: R1\nsee: 1️⃣Risk 22️⃣\n"),
]

@Test(arguments: faults.indices)
func `a breach of a rule is told where it stands`(_ index: Int) async throws {
  let (code, text) = faults[index]
  let marked = MarkedText(text)
  #expect(
    try await findings(marked, ["registers/terms.yaml": "- id: BAD\n"])
      == [Finding(code, marked.offsets(1, 2))])
}

@Test func `a reference may lead into any of several registers`() async throws {
  let marked = MarkedText("id: R1\nsee: BAD\nof: [R2]\n")
  #expect(try await findings(marked, ["registers/terms.yaml": "- id: BAD\n"]) == [])
}

@Test func `the second use of an id is the one to blame`() async throws {
  let terms = MarkedText("- id: BAD\n- id: 1️⃣BAD2️⃣\n")
  #expect(
    try await findings(MarkedText("id: R1\n"), ["registers/terms.yaml": terms.text])
      == [Finding(.duplicateID, terms.offsets(1, 2))])
}

@Test func `a value that must be unique is told where it comes again`() async throws {
  let other = MarkedText("id: R3\nmpid: 1️⃣A2️⃣\n")
  #expect(
    try await findings(MarkedText("id: R1\nmpid: B\n"), ["registers/risks/R3.yaml": other.text])
      == [Finding(.notUnique, other.offsets(1, 2))])
}

@Test func `a stray file is told`() async throws {
  #expect(
    try await findings(MarkedText("id: R1\n"), ["registers/risk/R3.yaml": "id: R3\n"])
      == [Finding(.strayFile, 0..<0)])
}

@Test func `every rule says what must hold and has pages for its codes`() {
  let pages = Set(
    (Explanation.rules + Explanation.registers + Explanation.versions).map(\.code))
  for rule in Rule.all {
    #expect(rule.requirement.hasSuffix("."))
    for code in rule.codes { #expect(pages.contains(code)) }
  }
}

private let expressions = MarkedText(
  #"{"x-rules": [{"rule": "self.id != 'R9'", "message": "no {self.id}", "code": "a/b", "at": "id"}], "#
    + #""properties": {"n": {"x-computed": "self.a + 1"}}}"#)

@Test(arguments: [
  ("id: R1\na: 1\nn: 1️⃣32️⃣\n", "record/computed"), ("id: 1️⃣R92️⃣\n", "a/b"),
  ("id: R1\nn: 1️⃣32️⃣\n", "record/undecided-rule"),
])
func `an expression of a schema is told where it does not hold`(
  _ text: String, _ code: String
)
  async throws
{
  let marked = MarkedText(text)
  let name = text.contains("R9") ? "registers/risks/R9.yaml" : "registers/risks/R1.yaml"
  let found = try await findings(
    MarkedText("id: R1\n"), ["schema/risk.schema.json": expressions.text, name: marked.text])
  #expect(found == [Finding(.init(rawValue: code), marked.offsets(1, 2))])
}

@Test
func `an expression that a value of another type leaves undecided is not told beside it`()
  async throws
{
  let schema = """
    {"properties": {"decisions": {"items": {"type": "object",
      "x-rules": [{"rule": "has(self.day)", "message": "no day"}]}}},
     "x-rules": [{"rule": "!has(self.decisions) || size(self.decisions[0].day) > 0", "message": "empty"}]}
    """
  let marked = MarkedText("id: R1\ndecisions:\n  - 1️⃣SECP392️⃣\n  - {of: SECP38}\n")
  let found = try await findings(
    MarkedText("id: R1\n"),
    ["schema/risk.schema.json": schema, "registers/risks/R1.yaml": marked.text])
  #expect(found.map(\.code) == ["value/type", "record/rule"])
  #expect(found.first?.offsets == marked.offsets(1, 2))
}

@Test
func `an expression that a wrong value of another record leaves undecided is not told beside it`()
  async throws
{
  let schema = """
    {"properties": {"held": {"format": "date"}},
     "x-rules": [{"rule": "!has(self.held) || record('risks', 'R1').orValue({'held': '2027-01-01'}).held.substring(0, 7) != self.held",
       "message": "same month"}]}
    """
  let marked = MarkedText("id: R1\nheld: 1️⃣8.4.2️⃣\n")
  let found = try await findings(
    MarkedText("id: R2\nheld: '2027-05-05'\n"),
    [
      "schema/risk.schema.json": schema,
      "registers/risks/R1.yaml": marked.text,
      "registers/risks/R2.yaml": "id: R2\nheld: '2027-05-05'\n",
    ])
  #expect(found == [Finding("value/format", marked.offsets(1, 2))])
}

@Test func `an expression of a schema that holds is silent`() async throws {
  #expect(
    try await findings(
      MarkedText("id: R1\na: 2\nn: 3\n"), ["schema/risk.schema.json": expressions.text]) == [])
}

import Diagnostics
import Registry
import SourceText
import Testing

@testable import Rules

/// Many records with something wrong in each, of registers with rules of their own.
private func index(_ count: Int) async throws -> (RecordIndex, Report) {
  var files = [
    "schema/catalogue.yaml": """
    catalogue: 1
    title: Code
    rules:
      - except: [terms]
        rules:
          text-hygiene: {}
          glossary-names: {glossary: terms}
          reference-forms: {forms: {'\\bRisk (\\d+)\\b': R$1}}
    registers:
      risks: {title: Risks, path: 'risks/{id}.yaml', shape: record, schema: risk.schema.json, rules: {no-such-rule: {}, numbering: {series: '^R(\\d+)$'}}}
      papers: {title: Papers, path: 'papers/{id}.md', shape: document, schema: term.schema.json, rules: {record-links: {}}}
      terms: {title: Terms, path: terms.yaml, shape: list, schema: term.schema.json}

    """,
    "schema/risk.schema.json": #"""
    {"properties": {"see": {"x-references": "risks"}, "twice": {"x-computed": "self.once * 2"}},
      "x-rules": [{"rule": "self.text.contains('fine')", "message": "it is not fine: {self.text}"}]}
    """#,
    "schema/term.schema.json": "{}",
    "registers/terms.yaml":
      "- id: SSC\n  expansion: Security Sub-Committee\n  variants: [Security Subcommittee]\n",
  ]
  for number in 0..<count {
    files["registers/risks/R\(number * 2).yaml"] = """
      id: R\(number * 2)
      see: R\(number)
      once: \(number)
      twice: \(number * 2 + number % 2)
      text: The Security Subcommittee saw Risk \(number).. It is \(number % 3 == 0 ? "fine" : "bad").

      """
    files["registers/papers/P\(number).md"] =
      "---\nid: P\(number)\n---\n\n# Of R\(number)\n\n[R\(number)]\n\nThe (Security Subcommittee.\n"
  }
  var report = Report()
  let snapshot = try #require(try await Snapshot.read(MemoryTree(files), jobs: 1, into: &report))
  return (RecordIndex(of: snapshot), report)
}

@Test(arguments: [20, 300])
func `findings come in the same order on one core and on many`(_ count: Int) async throws {
  let (index, report) = try await index(count)
  var one = report
  Rule.check(index, jobs: 1, into: &one)
  #expect(one.diagnostics.count > 4 * count)
  for jobs in [2, 3, 8] {
    var many = report
    Rule.check(index, jobs: jobs, into: &many)
    #expect(many.diagnostics == one.diagnostics)
  }
}

@Test func `the bound of all expressions holds on many cores as on one`() async throws {
  let (index, _) = try await index(300)
  func findings(_ steps: Int?, _ jobs: Int) -> [Diagnostic] {
    var report = Report()
    let inspection = Inspection(of: index, steps: steps, into: &report)
    return Rule.check(inspection, jobs: jobs).state.diagnostics
  }
  #expect(findings(2000, 4) == findings(2000, 1))
  #expect(findings(2000, 1) != findings(nil, 1))
}

@Test func `work on several cores comes back in order`() {
  func lane() -> Int { 0 }
  let done = Lanes.map(1000, lanes: 4, lane) { _, piece in piece * 2 }
  #expect(done.results == (0..<1000).map { $0 * 2 })
  #expect(done.lanes.count == 4)
  #expect(Lanes.map(0, lanes: 4, lane) { _, piece in piece }.results == [])
}

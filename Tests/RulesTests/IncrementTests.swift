import Diagnostics
import RegistrarTestSupport
import Registry
import Rules
import SourceText
import Testing

/// A configuration repository that random edits are made to; it begins without findings.
private struct Registers {
  var files: [String: String] = [
    "schema/catalogue.yaml": """
    catalogue: 1
    title: Code
    classes: [White, Red]
    calendars:
      main: {register: holidays, from: '2016-01-01', to: '2016-12-31'}
    registers:
      risks:
        title: Risks
        path: risks/{id}.yaml
        shape: record
        schema: risk.schema.json
        id: {pattern: '^R\\d+$', near: [{pattern: '^Risk (\\d+)$', form: 'R$1'}]}
        rules: {text-hygiene: {}, nothing-open-vanishes: {state: state, ended: [closed], tombstones: graves}, stated-numbers: {in: note, numbers: {'(\\w+) parties': "records('parties').size()"}}, reference-forms: {in: text, forms: {'\\bRisk (\\d+)\\b': R$1, '\\bAction (\\d+)\\b': A/$1}}}
      actions:
        title: Actions
        path: actions/{body}/{id|dash}.yaml
        shape: record
        schema: action.schema.json
        rules: {numbering: {series: '^A/(\\d+)$'}, class-of-whole: {parts: [after], of: actions}}
        classification: White
      terms: {title: Terms, path: terms.yaml, shape: list, schema: term.schema.json}
      parties:
        title: Parties
        path: parties.csv
        shape: table
        schema: party.schema.json
        rules: {totals: {property: seats, is: 3}}
      papers:
        title: Papers
        path: papers/{id}.md
        shape: document
        schema: term.schema.json
        rules: {record-links: {}}
      graves: {title: Graves, path: graves.yaml, shape: list, schema: term.schema.json}
      holidays: {title: Holidays, path: holidays.yaml, shape: list, schema: term.schema.json}

    """,
    "schema/risk.schema.json": #"""
    {"properties": {
      "see": {"x-references": ["risks", "terms"]}, "mpid": {"x-unique": true},
      "severity": {"x-computed": "self.impact * 2"},
      "state": {"x-states": {"initial": ["open"], "transitions": [{"from": "open", "to": ["closed"]}]}},
      "log": {"type": "array", "x-append-only": true}}}
    """#,
    "schema/action.schema.json": #"""
    {"required": ["body"], "properties": {"of": {"type": "array", "items": {"x-references": "risks"}},
      "after": {"x-references": "actions"}},
      "x-rules": [
        {"rule": "!has(self.party) || record('parties', self.party).hasValue()", "message": "no party"},
        {"rule": "!has(self.day) || workingDays('2016-01-04', self.day) >= 5", "message": "early"}]}
    """#,
    "schema/term.schema.json": "{}",
    "schema/party.schema.json": #"{"properties": {"seats": {"type": "integer"}}}"#,
    "registers/terms.yaml": "- id: BAD\n- id: HAN\n",
    "registers/parties.csv": "id,seats\nP1,1\nP2,2\n",
    "registers/holidays.yaml": "- id: '2016-01-01'\n",
    "registers/papers/S1.md":
      "---\nid: S1\n---\n\n# T\n\n[R1]\n\n[A/2]\n\n[parties/P1]\n\n[BAD]\n",
    "registers/papers/S2.md": "---\nid: S2\n---\n\n# T\n\n[R2]\n\n[actions/A/3]\n\n[HAN]\n",
    "registers/graves.yaml": "- {id: G1, register: risks, item: R50, became: R1, reason: gone}\n",
  ]

  init() {
    for number in 1...6 {
      files["registers/risks/R\(number).yaml"] =
        "id: R\(number)\nimpact: 2\nseverity: 4\nstate: open\nmpid: M\(number)\nsee: R\(number % 6 + 1)\nnote: two parties\nlog: [a]\nclassification: White\n"
      files["registers/actions/B\(number % 2)/A-\(number).yaml"] =
        "id: A/\(number)\nbody: B\(number % 2)\nof: [R\(number)]\nafter: A/\(number % 6 + 1)\nparty: P\(number % 2 + 1)\nday: 2016-01-11\n"
    }
  }

  var tree: MemoryTree { MemoryTree(files) }

  private mutating func replace(_ path: String, _ old: String, _ new: String) {
    files[path] = files[path]?.replacing(old, with: new)
  }

  /// Makes one of many edits.
  mutating func edit(_ random: inout SeededGenerator) {
    let number = Int.random(in: 1...6, using: &random)
    let other = Int.random(in: 1...9, using: &random)
    let risk = "registers/risks/R\(number).yaml"
    let action = "registers/actions/B\(number % 2)/A-\(number).yaml"
    let paper = "registers/papers/S\(number % 2 + 1).md"
    switch Int.random(in: 0..<41, using: &random) {
    case 0: files[risk] = nil
    case 1: files[action] = nil
    case 2: replace(risk, "see: ", "see: X")
    case 3: replace(risk, "see: R", "see: Risk ")
    case 4: replace(risk, "impact: 2", "impact: 3")
    case 5: replace(risk, "mpid: M\(number)", "mpid: M\(other)")
    case 6: replace(risk, "state: open", "state: closed")
    case 7: replace(risk, "log: [a]", "log: [b]")
    case 8: replace(risk, "log: [a]", "log: [a, b]")
    case 9: replace(risk, "id: R\(number)", "id: R\(other)")
    case 10: files["registers/risks/R\(number + 10).yaml"] = files.removeValue(forKey: risk)
    case 11:
      files["registers/risks/R\(other + 10).yaml"] = "id: R\(other + 10)\nstate: closed\n"
    case 12:
      files["registers/risks/R\(other + 10).yaml"] = "id: R\(other + 10)\nstate: open\nsee: HAN\n"
    case 13: replace(action, "body: B", "classification: Red\nbody: B")
    case 14: replace(risk, "state: open", "state: open\ntext: It is late.. now")
    case 15: replace(action, "of: [R", "of: [R\(other), R")
    case 16: replace(action, "after: A/", "after: A/1")
    case 17: replace(action, "party: P", "party: Q")
    case 18: replace(action, "day: 2016-01-11", "day: 2016-01-08")
    case 19: replace("registers/holidays.yaml", "2016-01-01", "2016-01-06")
    case 20: replace("registers/parties.csv", "P1,1", "P1,2")
    case 21: replace("registers/parties.csv", "P1,1\n", "")
    case 22: replace("registers/terms.yaml", "- id: HAN\n", "- id: BAD\n")
    case 23: files["registers/stray.txt"] = "stray"
    case 24: files[risk] = "id: R\(number)\nimpact: [\n"
    case 25: replace("schema/risk.schema.json", "self.impact * 2", "self.impact * 3")
    case 26: replace("schema/risk.schema.json", #""see": "#, #""impact": {"maximum": 1}, "see": "#)
    case 27:
      replace("schema/catalogue.yaml", "{series: '^A/(\\d+)$'}", "{series: '^A/(\\d+)$', start: 0}")
    case 28:
      files["registers/actions/B\(other % 2)/A-\(number).yaml"] = files.removeValue(forKey: action)
    case 29: replace(risk, "see: R", "see: R50 # ")
    case 30: replace(action, "of: [R", "of: [R50, R")
    case 31: replace("registers/graves.yaml", "item: R50", "item: R\(other)")
    case 32: replace(risk, "state: open", "state: open\ntext: As Risk \(other) has it")
    case 33: replace(risk, "state: open", "state: open\ntext: As Action \(other) has it")
    case 35:
      files["registers/risks/R\(number + 20).yaml"] = files.removeValue(forKey: risk)?
        .replacing("id: R\(number)\n", with: "id: R\(number + 20)\nformerly: R\(number)\n")
    case 36: replace(paper, "[R", "[R1")
    case 37: files[paper]?.append("\n[R\(other)]\n")
    case 38: files[paper]?.append("\n[R2\(other)]\n\n[A/\(other)]\n\n[P\(other)]\n")
    case 39: files[paper] = nil
    case 34: replace(risk, "state: open", "state: open\ntext: As Risk 1\(other) has it")
    default: replace(action, "body: B", "body: C")
    }
  }
}

/// What a check of everything says of the way from one version to another.
private func everything(_ old: MemoryTree, _ new: MemoryTree) async throws -> [Diagnostic] {
  var report = Report()
  var dropped = Report()
  guard let now = try await Snapshot.read(new, jobs: 1, into: &report),
    let before = try await Snapshot.read(old, jobs: 1, into: &dropped)
  else { return report.sorted }
  Rule.check(RecordIndex(of: now), against: RecordIndex(of: before), into: &report)
  return report.sorted
}

@Test func `the check of a change finds what the check of everything finds`() async throws {
  let start = Registers()
  #expect(try await everything(start.tree, start.tree) == [])
  var random = SeededGenerator(seed: 2016)
  var found = 0
  for _ in 0..<200 {
    var edited = start
    for _ in 0..<Int.random(in: 1...3, using: &random) { edited.edit(&random) }
    let (old, new) = (start.tree, edited.tree)
    let folders = ["registers", "schema"].compactMap { RepoPath($0) }
    let changes = try TreeChange.changes(from: old, to: new, under: folders)
    let report = try await Increment.check(from: old, to: new, changes, jobs: 1).found
    let expected = try await everything(old, new)
    found += expected.count
    func words(_ findings: [Diagnostic]) -> [String] {
      findings.map { "\($0.range.path):\($0.range.offsets) \($0.code.rawValue) \($0.message.text)" }
    }
    #expect(words(report.sorted) == words(expected), "\(changes.map(\.path.string))")
  }
  #expect(found > 150)
}

@Test func `what was wrong before is left out, whatever line it stands on`() async throws {
  var start = Registers()
  start.files["registers/risks/R1.yaml"]? += "text: It is late.. now\n"
  var edited = start
  edited.files["registers/risks/R1.yaml"] =
    "# moved\n"
    + (start.files["registers/risks/R1.yaml"] ?? "").replacing("see: R2", with: "see: R9")
  let folders = ["registers", "schema"].compactMap { RepoPath($0) }
  let changes = try TreeChange.changes(from: start.tree, to: edited.tree, under: folders)
  let report = try await Increment.check(from: start.tree, to: edited.tree, changes, jobs: 1).found
  #expect(report.sorted.map(\.code) == [.unresolvedReference])
}

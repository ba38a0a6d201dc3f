import Diagnostics
import Registry
import Rules
import SourceText
import Syntax

@testable import Probing

/// A configuration with a warning, and a finding that is waived.
struct SmallRegisters {
  var files: [String: String] = [
    "schema/catalogue.yaml": """
    catalogue: 1
    title: Code
    classes: [White, Red]
    registers:
      actions:
        title: Actions
        path: actions/{body}/{id|dash}.yaml
        shape: record
        schema: action.schema.json
        id: {pattern: '^[A-Z]\\d/\\d{2}$'}
        rules:
          nothing-open-vanishes: {state: status, ended: [closed]}
          mutual-references: {here: raised_in, of: meetings, there: 'agenda[].actions[]', both: 'no'}
          glossary-names: {glossary: terms}
          text-hygiene: {}
      meetings:
        title: Meetings
        path: meetings.yaml
        shape: list
        schema: meeting.schema.json
        rules: {numbering: {series: '^M(\\d+)$'}, dates-in-order: {dates: [called, held]}}
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
        schema: paper.schema.json
        rules: {class-of-whole: {}, text-hygiene: {}}
      terms: {title: Terms, path: terms.yaml, shape: list, schema: term.schema.json}
      waivers: {title: Waivers, path: waivers.yaml, shape: list, schema: any.schema.json}

    """,
    "schema/any.schema.json": "{}",
    "schema/action.schema.json": #"""
    {"type": "object", "required": ["id", "status"], "additionalProperties": false,
      "x-immutable-when": {"when": "self.status == 'closed'", "except": ["note"]},
      "x-rules": [{"rule": "record('meetings', self.raised_in).hasValue()", "message": "none"}],
      "properties": {
        "id": {"type": "string"}, "body": {"type": "string"}, "note": {"type": "string"},
        "raised_in": {"type": "string", "x-references": "meetings"},
        "status": {"type": "string", "enum": ["open", "ongoing", "closed"],
          "x-states": {"initial": ["open"], "transitions": [
            {"from": "open", "to": ["ongoing", "closed"]}, {"from": "ongoing", "to": ["closed"]}]}},
        "text": {"type": "string"}, "owner": {"type": "string"}, "score": {"type": "integer"},
        "twice": {"type": "integer", "x-computed": "self.score * 2"},
        "updates": {"type": "array", "x-append-only": true, "items": {"type": "object",
          "properties": {"meeting": {"type": "string", "x-references": "meetings"},
            "text": {"type": "string"}}}}}}
    """#,
    "schema/meeting.schema.json": #"""
    {"properties": {"id": {"type": "string"}, "called": {"type": "string", "format": "date"},
      "held": {"type": "string", "format": "date"}, "public": {"type": "boolean"},
      "agenda": {"type": "array", "items": {"type": "object", "properties": {
        "item": {"type": "integer"},
        "actions": {"type": "array", "items": {"type": "string", "x-references": "actions"}}}}}}}
    """#,
    "schema/party.schema.json": #"""
    {"required": ["id"], "properties": {"id": {"type": "string"}, "name": {"x-unique": true},
      "seats": {"type": "integer"}, "since": {"type": "string"}}}
    """#,
    "schema/paper.schema.json": #"""
    {"properties": {"id": {"type": "string"}, "classification": {"enum": ["White", "Red"]},
      "title": {"type": "string"}, "meeting": {"x-references": "meetings"}}}
    """#,
    "schema/term.schema.json": #"{"properties": {"id": {"type": "string"}}}"#,
    "registers/actions/M/M1-01.yaml": """
    id: M1/01
    body: M
    owner: Members
    text: >-
      To write down what everybody said about the plan,
      and to send it (within five days) to all.
    raised_in: M1
    status: open
    score: 3
    twice: 6
    note: "a “quoted” note\\u0020here"

    """,
    "registers/actions/M/M1-02.yaml": """
    id: M1/02
    body: M
    owner: Chair
    text: To find out who is to pay for the Business Document.
    raised_in: M1
    status: closed
    score: 12
    twice: 24
    updates:
      - meeting: M2
        text: |
          It was found out.
          Nobody pays.
      - {meeting: M3, text: Closed by the committee.}

    """,
    "registers/meetings.yaml": """
    # The meetings.
    - id: M1
      called: 2017-01-02
      held: 2017-01-12
      public: true
      agenda:
        - item: 1
          actions: [M1/01]
        - item: 2
          actions:
            - M1/02
    - id: M2
      called: 2017-02-02
      held: 2017-02-12

    - {id: M3, called: 2017-03-02, held: 2017-03-12}

    """,
    "registers/parties.csv": "id,name,seats,since\nP1,\"Gas, Light\",1,2016\nP2,Power,2,2016\n",
    "registers/papers/A.md": """
    ---
    id: A
    title: On the plan
    classification: Red
    meeting: M2
    ---

    # The plan

    It has two parts.

    """,
    "registers/papers/B.md": """
    ---
    id: B
    title: On the costs of it (
    classification: White
    ---

    It costs too much.

    """,
    "registers/terms.yaml":
      "- id: BAD\n  expansion: Business Architecture Document\n  variants: [Business Document]\n",
    "registers/waivers.yaml":
      "- {id: W1, code: text/unbalanced-bracket, item: B, reason: it is so}\n",
  ]

  var tree: MemoryTree { MemoryTree(files) }
  static let today = Day(number: 20_454)

  /// Reads and judges all.
  static func check(_ tree: MemoryTree) async throws -> (index: RecordIndex, report: Report) {
    var report = Report()
    guard let snapshot = try await Snapshot.read(tree, jobs: 1, into: &report) else {
      throw SourceTreeError.store(operation: "read", reason: "there is no catalogue")
    }
    let index = RecordIndex(of: snapshot)
    Rule.check(index, into: &report)
    return (index, report)
  }

  func probe(most: Int = .max, seed: UInt64 = 1) async throws -> Probe {
    let (index, report) = try await Self.check(tree)
    var question = Probe.Question(
      registers: Array(index.snapshot.catalogue.registers.indices))
    question.most = most
    question.seed = seed
    return Probe(of: Trial(of: index, known: report, today: Self.today), question)
  }

  /// Returns the file with a slip in it, by its path; `nil` where it is gone.
  func text(of slip: Slip) -> String? {
    let bytes = Array((files[slip.path.string] ?? "").utf8)
    return slip.applied(to: bytes).map { String(decoding: $0, as: UTF8.self) }
  }
}

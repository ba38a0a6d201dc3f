import ArgumentParser
import Registry
import Rules

/// The files of a new configuration repository.
enum Template {
  enum Name: String, CaseIterable, ExpressibleByArgument {
    /// One register of risks.
    case minimal
    /// Actions, risks, meetings and modifications of a code such as the SEC.
    case sec
  }

  static let attributesFile = ".gitattributes"
  static let attributes =
    "registers/** text eol=lf merge=registrar diff=registrar\nschema/** text eol=lf\n"

  /// Returns the files of a template by their paths.
  static func files(of name: Name) -> [String: String] {
    var files = name == .minimal ? minimal : sec.merging(documents) { $1 }
    for hook in HookCommand.desk + HookCommand.server {
      files["hooks/" + hook] = Hooks.script(hook)
    }
    files[attributesFile] = attributes
    files["README.md"] = readme(of: name)
    files["schema/waiver.schema.json"] = schema(
      "Waiver", "A finding that is known and accepted.",
      #"""
          "code": {"type": "string", "description": "The code of the finding."},
          "item": {"type": "string", "description": "The id of the item."},
          "file": {"type": "string", "description": "The path of the file."},
          "quote": {"type": "string", "description": "Words on the lines of the finding."},
          "reason": {"type": "string", "minLength": 1, "description": "Why it is accepted."},
          "decision": {"type": "string", "description": "The decision that accepts it."},
          "expires": {"type": "string", "format": "date", "description": "The last day of the waiver."}
      """#, required: ["code", "reason"])
    files["registers/waivers.yaml"] = "[]\n"
    // For editors; a check takes the one in the program.
    files["schema/catalogue.schema.json"] = OwnSchema.publishedCatalogue
    return files
  }

  static func schema(
    _ title: String, _ description: String, _ properties: String, required: [String],
    rules: String = ""
  ) -> String {
    let names = (["id"] + required).map { "\"\($0)\"" }.joined(separator: ", ")
    return """
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "\(title)",
        "description": "\(description)",
        "type": "object",
        "required": [\(names)],
        "properties": {
          "id": {"type": "string", "minLength": 1, "description": "The id."},
      \(properties)
        },\(rules)
        "additionalProperties": false
      }

      """
  }

  private static let risk = schema(
    "Risk", "A risk of a committee.",
    #"""
        "statement": {"type": "string", "minLength": 1, "description": "What follows: There is a risk that…"},
        "status": {
          "type": "string",
          "enum": ["proposed", "open", "closed"],
          "description": "Where it stands.",
          "x-states": {
            "initial": ["proposed", "open"],
            "transitions": [
              {"from": "proposed", "to": ["open", "closed"]}, {"from": "open", "to": ["closed"]}
            ]
          }
        },
        "impact": {"type": "integer", "minimum": 1, "maximum": 5, "description": "1 to 5."},
        "likelihood": {"type": "integer", "minimum": 1, "maximum": 5, "description": "1 to 5."},
        "severity": {
          "type": "integer",
          "description": "Impact times likelihood; it need not be stored.",
          "x-computed": "self.impact * self.likelihood"
        },
        "rag": {"type": "string", "enum": ["RED", "AMBER", "GREEN"], "description": "The status."},
        "formerly": {"type": "string", "description": "The id that it had."},
        "mitigations": {
          "type": "array",
          "description": "What is done about it.",
          "items": {
            "type": "object",
            "required": ["text"],
            "properties": {
              "text": {"type": "string", "minLength": 1, "description": "The measure."},
              "state": {"type": "string", "enum": ["planned", "ongoing", "done"], "description": "Where it stands."}
            },
            "additionalProperties": false,
            "description": "A measure."
          }
        }
    """#, required: ["statement", "status", "impact", "likelihood"])

  private static let exampleRisk = """
    id: R1
    statement: >-
      the register is kept in a spreadsheet that several people change at once, and nobody can say
      which version the committee saw.
    status: open
    impact: 4
    likelihood: 3
    rag: AMBER
    mitigations:
      - text: Keep it as text in Git, and let registrar check it.
        state: ongoing

    """

  /// Returns the page that a new repository begins with; its commands work from the first commit on.
  private static func readme(of name: Name) -> String {
    let item = name == .minimal ? "R1" : "SECP-R1"
    let commands = [
      ("check", "what is wrong, where, and what to do about it"),
      ("list risks", "a register in its order"), ("show \(item)", "one item"),
      ("diff", "what changed since the last commit"),
      ("log \(item)", "every change of an item"), ("explain", "what a check can find"),
    ].map { command, what in "    " + "registrar \(command)".padded(to: 28) + "# \(what)\n" }
    var text = """
      # Registers

      The registers are text files below `registers/`; `schema/` says what they look like.
      `registrar hook install`, run once in each clone, lets Git check what is committed and pushed.

      \(commands.joined())
      """
    if name == .sec {
      text += """

        The message of a commit that changes a modification ends with a line that names its decision,
        such as `Decision: SECP1/01`: the meeting, and the number of what it decided.

        """
    }
    return text
  }

  private static let minimal = [
    "schema/catalogue.yaml": #"""
    catalogue: 1
    title: Registers
    classes: [White, Green, Amber, Red]

    registers:
      risks:
        title: Risks
        path: risks/{id}.yaml
        shape: record
        schema: risk.schema.json
        id:
          pattern: ^R\d+$
          near:
            - {pattern: '^(?:Risk )?#?(\d+)$', form: 'R$1'}
        order: [-severity, id]
        columns: [id, status, severity, rag, statement]
        classification: White
        rules:
          nothing-open-vanishes: {state: status, ended: [closed]}
          never-reused-ids: {}

      waivers:
        title: Findings that are known and accepted
        path: waivers.yaml
        shape: list
        schema: waiver.schema.json
        columns: [id, code, item, reason]

    """#,
    "schema/risk.schema.json": risk, "registers/risks/R1.yaml": exampleRisk,
  ]

  private static let sec = [
    "schema/catalogue.yaml": #"""
    catalogue: 1
    title: Smart Energy Code
    classes: [White, Green, Amber, Red]

    # What is tagged: the code as a whole, and the registers as a committee saw them.
    baselines:
      sec:
        tag: 'sec/{version}'
        demands:
          decision: true
          versions: true
          modifications: true
      panel: {tag: 'panel/{meeting}', registers: [actions, risks, modifications, meetings]}

    # The text of a modification is the branch modification/DP001; commits that carry one out end with
    # a line such as 'Modification: DP001'.
    modifications:
      register: modifications
      branch: modification/{id}
      trailer: Modification
      state: stage
      approved: [approved]
      implemented: implemented
      ended: [rejected, withdrawn]
      effective: implementation_date

    # The message of a commit that changes a modification ends with a line such as 'Decision: SECP1/01'.
    trailers:
      Decision: {when: [modifications], names: meetings, example: SECP1/01}

    # How clauses are numbered, each level by its first number.
    numbering:
      section: {levels: [A, '1', '.1', (a), (i), (A)]}

    registers:
      actions:
        title: Actions
        path: actions/{body}/{id|dash}.yaml
        shape: record
        schema: action.schema.json
        id:
          pattern: ^[A-Z]+\d{1,3}/\d{2}$
          near:
            - {pattern: '^([A-Z]+) ?(?:Action ?)?(\d{1,3}/\d{2})$', form: '$1$2'}
        order: [body, id]
        columns: [id, owner, status, text]
        classification: White
        rules:
          nothing-open-vanishes: {state: status, ended: [closed]}
          never-reused-ids: {}
          numbering: {series: '^[A-Z]+\d+/(\d+)$'}
          clause-references: &citations {documents: documents, id: $1}

      documents:
        title: Sections of the code
        path: sec/{id}.md
        shape: document
        schema: document.schema.json
        id:
          pattern: ^[A-Z]$
          near:
            - {pattern: '^(?:SEC )?Section ([A-Z])$', form: '$1'}
        order: [id]
        columns: [id, title, version, status]
        classification: White
        numbering: section
        rules:
          clause-numbering: {}
          clause-references: *citations
          defined-terms: {definitions: [A1.1]}
          document-versions: {version: version, status: status, record: amendment_record}
          text-hygiene: {}

      meetings:
        title: Meetings
        path: meetings.yaml
        shape: list
        schema: meeting.schema.json
        id:
          pattern: ^[A-Z]+\d{1,3}$
        order: [id]
        columns: [id, held]
        classification: White

      modifications:
        title: Modifications
        path: modifications/{id}.yaml
        shape: record
        schema: modification.schema.json
        id:
          pattern: ^(SECMP\d{4}|(DP|MP)\d{3}[A-Z]?)$
        order: [id]
        columns: [id, stage, title]
        classification: White
        rules:
          nothing-open-vanishes: {state: stage, ended: [withdrawn, rejected, implemented]}
          never-reused-ids: {}
          decision-authority:
            state: stage
            decided: [approved, implemented]
            decisions: decisions[]
            path: path
            authorities: {'1': Authority, '2': Authority, '3': Change Board}
            effective: implementation_date
          clause-references: *citations

      risks:
        title: Risks
        path: risks/{id}.yaml
        shape: record
        schema: risk.schema.json
        id:
          pattern: ^SECP-R\d+$
          near:
            - {pattern: '^(?:Risk )?#?(\d+)$', form: 'SECP-R$1'}
        order: [-severity, id]
        columns: [id, status, severity, rag, statement]
        classification: White
        rules:
          nothing-open-vanishes: {state: status, ended: [closed]}
          never-reused-ids: {}
          numbering: {series: '^SECP-R(\d+)$'}
          rag-status: {rag: rag, severity: severity, reasons: 'mitigations[]'}
          clause-references: *citations

      waivers:
        title: Findings that are known and accepted
        path: waivers.yaml
        shape: list
        schema: waiver.schema.json
        columns: [id, code, item, reason]

    """#,
    "schema/risk.schema.json": risk,
    "schema/meeting.schema.json": schema(
      "Meeting", "A meeting of a committee.",
      #"""
          "held": {"type": "string", "format": "date", "description": "The day."}
      """#, required: ["held"]),
    "schema/action.schema.json": schema(
      "Action", "An action of a committee.",
      #"""
          "body": {"type": "string", "minLength": 1, "description": "The committee."},
          "owner": {"type": "string", "minLength": 1, "description": "Who acts."},
          "text": {"type": "string", "minLength": 1, "description": "The action in the words of the minutes."},
          "raised_in": {"type": "string", "x-references": "meetings", "description": "The meeting."},
          "status": {
            "type": "string",
            "enum": ["open", "ongoing", "closed"],
            "description": "Where it stands.",
            "x-states": {
              "initial": ["open"],
              "transitions": [
                {"from": "open", "to": ["ongoing", "closed"]}, {"from": "ongoing", "to": ["closed"]}
              ]
            }
          },
          "updates": {
            "type": "array",
            "description": "What was reported, oldest first; it may only grow.",
            "x-append-only": true,
            "items": {
              "type": "object",
              "required": ["meeting", "text"],
              "properties": {
                "meeting": {"type": "string", "x-references": "meetings", "description": "The meeting."},
                "text": {"type": "string", "minLength": 1, "description": "The update."}
              },
              "additionalProperties": false,
              "description": "An update."
            }
          }
      """#, required: ["body", "text", "raised_in", "status"]),
    "schema/modification.schema.json": schema(
      "Modification", "A Draft Proposal or a Modification Proposal.",
      #"""
          "title": {"type": "string", "minLength": 1, "description": "The title."},
          "formerly": {"type": "string", "description": "The id that it had."},
          "path": {"type": "string", "enum": ["1", "2", "3"], "description": "The Modification Path."},
          "stage": {
            "type": "string",
            "enum": ["development", "refinement", "report", "approved", "rejected", "implemented", "withdrawn"],
            "description": "Where it stands in the Section D process.",
            "x-states": {
              "initial": ["development", "refinement"],
              "transitions": [
                {"from": "development", "to": ["refinement", "report", "withdrawn"]},
                {"from": "refinement", "to": ["report", "withdrawn"]},
                {"from": "report", "to": ["refinement", "approved", "rejected", "withdrawn"]},
                {"from": "approved", "to": ["implemented"]}
              ]
            }
          },
          "implementation_date": {"type": "string", "format": "date", "description": "The day of effect."},
          "decisions": {
            "type": "array",
            "description": "The decisions on it.",
            "items": {
              "type": "object",
              "required": ["by"],
              "properties": {
                "by": {"type": "string", "minLength": 1, "description": "The authority."},
                "date": {"type": "string", "format": "date", "description": "The day."},
                "reference": {"type": "string", "description": "The resolution."}
              },
              "additionalProperties": false,
              "description": "A decision."
            }
          }
      """#, required: ["title", "stage"]),
    "registers/risks/SECP-R1.yaml": exampleRisk.replacing("id: R1", with: "id: SECP-R1"),
    "registers/meetings.yaml": "- {id: SECP1, held: 2027-01-08}\n",
    "registers/actions/SECP/SECP1-01.yaml": """
    id: SECP1/01
    body: SECP
    owner: SECAS
    text: SECAS to move the registers into Git.
    raised_in: SECP1
    status: open

    """,
    "registers/modifications/DP001.yaml": """
    id: DP001
    title: An example
    stage: development

    """,
  ]
}

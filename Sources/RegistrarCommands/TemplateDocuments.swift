extension Template {
  /// The documents of a code: their schema, and a section that shows what a section can say of itself.
  static let documents = [
    "schema/document.schema.json": schema(
      "Section", "A section of the code: Markdown under this head.",
      #"""
          "title": {"type": "string", "minLength": 1, "description": "The title."},
          "version": {
            "type": "string",
            "pattern": "^\\d+\\.\\d+$",
            "description": "The version, in quotes; a draft is below 1.0."
          },
          "status": {
            "type": "string",
            "enum": ["draft", "consultation", "approved", "designated", "effective", "superseded"],
            "description": "Where the version stands."
          },
          "effective": {"type": "string", "format": "date", "description": "Since when it is in force."},
          "amendment_record": {
            "type": "array",
            "description": "The versions from the first to this one.",
            "items": {
              "type": "object",
              "required": ["version"],
              "properties": {
                "version": {"type": "string", "description": "The version, in quotes."},
                "effective": {"type": "string", "format": "date", "description": "Since when."},
                "cause": {"type": "string", "description": "What brought it about."},
                "description": {"type": "string", "description": "What it changed."}
              },
              "additionalProperties": false,
              "description": "A version."
            }
          }
      """#, required: ["title", "version"]),
    "registers/sec/A.md": """
    ---
    id: A
    title: Definitions and Interpretation
    version: '0.1'
    status: draft
    amendment_record:
      - {version: '0.1', description: An example}
    ---

    ## A1 Definitions

    A1.1 In this code:

    | Term | Meaning |
    |---|---|
    | **Panel** | the body that governs this code |

    ## A2 Interpretation

    A2.1 The definitions of Section A1.1 count in:

    (a) each section; and

    (b) what the Panel publishes under this code. {#published}

    """,
  ]
}

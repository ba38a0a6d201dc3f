/// The documented forms of answers, as JSON Schemas: what `--format json` prints is valid under them, and they have no
/// member that is not named.
package enum AnswerSchema {
  /// The names of the forms, as `answer` has them, with their schemas.
  package static let all: [(name: String, text: String)] = [
    ("item", form("item", "An item, where it stands and what refers to it.", item)),
    ("list", list),
    ("registers", form("registers", "The registers.", registers)),
    ("log", form("log", "The commits that changed an item, or that name a decision.", log)),
    ("blame", form("blame", "The commit that each part of an item comes from.", blame)),
    ("value", form("value", "The value of an expression.", value)),
    ("status", form("status", "Where everything stands at a version.", status)),
    ("next", form("next", "What is approved and not yet in force.", next)),
    (
      "conformed-text",
      form("conformed-text", "An item with all that is approved.", conformedText)
    ),
    ("collisions", form("collisions", "Where drafts meet.", collisions)),
    ("as-of", form("as-of", "What was in force on a day.", asOf)),
    (
      "document-log", form("document-log", "Each item of a baseline, and since when.", documentLog)
    ),
    ("baselines", form("baselines", "The baselines of a clone.", baselines)),
    ("baseline", form("baseline", "What a baseline records.", baseline)),
    ("verification", form("verification", "What verifying baselines found.", verification)),
    ("notes", form("notes", "What came from one baseline to the next.", notes)),
    ("audit", form("audit", "The configuration audit of a version.", audit)),
    ("codes", form("codes", "What codes of findings mean.", codes)),
    ("hooks", form("hooks", "The hooks of a clone.", hooks)),
    ("changes", changes),
    ("findings", findings),
    ("probe", probe),
  ]

  /// Returns the schema of a form; `nil` where there is none of the name.
  package static func text(_ name: String) -> String? { all.first { $0.name == name }?.text }

  private static func form(_ name: String, _ description: String, _ members: String) -> String {
    """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "https://registrar.example/answers/\(name).schema.json",
      "title": "\(name)",
      "description": "\(description)",
      "type": "object",
      "additionalProperties": false,
      "$defs": {
        "texts": {"type": "array", "items": {"type": "string"}},
        "standing": {"enum": ["good", "unsigned", "unclear", "bad"]}
      },
      "properties": {
        "answer": {"const": "\(name)"},
        "version": {"const": 1},
    \(members)
    }

    """
  }
}

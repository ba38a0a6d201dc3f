/// The forms `item`, `log`, `blame`, `list`, `registers` and `value`.
extension AnswerSchema {
  /// A commit with the reasons that it gives.
  private static let commitMembers = """
    "commit": {"type": "string"}, "date": {"type": "string", "format": "date"}, "subject": {"type": "string"},
                "trailers": {
                  "type": "array",
                  "items": {
                    "type": "object", "additionalProperties": false, "required": ["key", "value"],
                    "properties": {"key": {"type": "string"}, "value": {"type": "string"}}
                  }
                }
    """

  private static let commit = """
    {
              "type": "object", "additionalProperties": false, "required": ["commit", "date", "subject", "trailers"],
              "properties": {
                \(commitMembers)
              }
            }
    """

  private static let places = """
    {
          "type": "array",
          "items": {
            "type": "object", "additionalProperties": false, "required": ["id", "register"],
            "properties": {
              "id": {"type": "string"}, "register": {"type": "string"}, "path": {"type": "string"}, "line": {"type": "integer"}
            }
          }
        }
    """

  static let item = """
        "register": {"type": "string"}, "id": {"type": "string"},
        "part": {"type": "string", "description": "The clause or the field that is asked for."},
        "title": {"type": "string"}, "state": {"type": "string"}, "path": {"type": "string"}, "line": {"type": "integer"},
        "number": {"type": "integer", "description": "Its place in the register, from 1."},
        "dates": {
          "type": "array", "description": "The fields that hold a day.",
          "items": {
            "type": "object", "additionalProperties": false, "required": ["field", "day"],
            "properties": {"field": {"type": "string"}, "day": {"type": "string", "format": "date"}}
          }
        },
        "changed": \(commit),
        "cut": {"type": "boolean", "description": "Whether a shallow clone ends before the commit that changed it."},
        "uncommitted": {"type": "boolean", "description": "Whether it differs from HEAD."},
        "baselines": {
          "type": "object", "additionalProperties": false, "required": ["same", "other"],
          "description": "Those that hold it as it is, and with other words.",
          "properties": {"same": {"$ref": "#/$defs/texts"}, "other": {"$ref": "#/$defs/texts"}}
        },
        "refersTo": {
          "type": "array",
          "items": {
            "type": "object", "additionalProperties": false, "required": ["id", "registers"],
            "properties": {"id": {"type": "string"}, "registers": {"$ref": "#/$defs/texts"}}
          }
        },
        "referredToBy": \(places),
        "namedIn": \(places),
        "citedIn": \(places),
        "text": {"type": "string", "description": "The clause that is asked for."},
        "value": {"description": "The field that is asked for."},
        "record": {"type": "object", "description": "The fields."}
      },
      "required": ["answer", "version", "register", "id", "path", "line", "refersTo", "referredToBy"]
    """

  static let log = """
        "register": {"type": "string"}, "item": {"type": "string"}, "field": {"type": "string"}, "clause": {"type": "string"},
        "now": {"type": "string", "description": "What the item is, where it is gone and another one came of it."},
        "cut": {"type": "boolean", "description": "Whether a shallow clone ends the history."},
        "commits": {
          "type": "array", "description": "Newest first.",
          "items": {
            "type": "object", "additionalProperties": false, "required": ["commit", "date", "subject", "trailers"],
            "properties": {
              \(commitMembers),
              "cut": {"const": true}, "mended": {"const": true, "description": "It could not be read before."},
              "unreadable": {"type": "string", "description": "Its file, which cannot be read in this commit."},
              "was": {"type": "string", "description": "The number that the clause had before."},
              "change": {"type": "object", "description": "A record of the form 'changes'."},
              "passages": {"type": "array", "description": "Passages of the form 'changes'."},
              "changes": {"type": "object", "description": "Of a decision: all that the commit changed, as the form 'changes'."}
            }
          }
        }
      },
      "required": ["answer", "version", "commits"]
    """

  static let blame = """
        "register": {"type": "string"}, "item": {"type": "string"},
        "cut": {"type": "boolean", "description": "Whether a shallow clone ends the history."},
        "fields": {
          "type": "array",
          "items": {
            "type": "object", "additionalProperties": false, "required": ["field", "value"],
            "properties": {"field": {"type": "string"}, "value": true, "cut": {"const": true}, "commit": \(commit)}
          }
        },
        "passages": {
          "type": "array",
          "items": {
            "type": "object", "additionalProperties": false, "required": ["number", "text"],
            "properties": {
              "number": {"type": "string"}, "text": {"type": "string", "description": "How it begins."},
              "cut": {"const": true}, "commit": \(commit)
            }
          }
        }
      },
      "required": ["answer", "version", "register", "item", "cut"]
    """

  static let list = """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "https://registrar.example/answers/list.schema.json",
      "title": "list",
      "description": "The records of a register, each with all fields that it has.",
      "type": "array",
      "items": {"type": "object"}
    }

    """

  static let registers = """
        "registers": {
          "type": "array",
          "items": {
            "type": "object", "additionalProperties": false, "required": ["name", "title", "records", "files"],
            "properties": {
              "name": {"type": "string"}, "title": {"type": "string"}, "records": {"type": "integer"},
              "files": {"$ref": "#/$defs/texts", "description": "The templates of their paths."}
            }
          }
        }
      },
      "required": ["answer", "version", "registers"]
    """

  static let value = """
        "type": {"type": "string", "description": "As 'type()' of the language gives it."},
        "value": {"description": "What JSON has no form for is its text."}
      },
      "required": ["answer", "version", "type", "value"]
    """

  static let codes = """
        "codes": {
          "type": "array",
          "items": {
            "type": "object", "additionalProperties": false, "required": ["code", "severity", "what", "why", "mend", "bad", "good"],
            "properties": {
              "code": {"type": "string"},
              "severity": {"enum": ["error", "warning", "note"], "description": "Of several kinds the worst."},
              "what": {"type": "string"}, "why": {"type": "string"}, "mend": {"type": "string"},
              "bad": {"type": "string"}, "good": {"type": "string"}
            }
          }
        },
        "rules": {
          "type": "array", "description": "Rules of schemas that have the code.",
          "items": {
            "type": "object", "additionalProperties": false, "required": ["code", "path", "line", "rule", "message"],
            "properties": {
              "code": {"type": "string"}, "path": {"type": "string"}, "line": {"type": "integer"}, "rule": {"type": "string"},
              "message": {"type": "string"}, "help": {"type": "string"}
            }
          }
        }
      },
      "required": ["answer", "version", "codes"]
    """

  static let conformedText = """
        "register": {"type": "string"}, "item": {"type": "string"},
        "text": {"type": "string", "description": "As its file will be."},
        "with": {
          "type": "array", "description": "The modifications that change it, in their order.",
          "items": {
            "type": "object", "additionalProperties": false, "required": ["id"],
            "properties": {"id": {"type": "string"}, "effective": {"type": "string", "format": "date"}}
          }
        },
        "without": {"$ref": "#/$defs/texts", "description": "Those that collide with the ones before them."}
      },
      "required": ["answer", "version", "register", "item", "text", "with", "without"]
    """
}

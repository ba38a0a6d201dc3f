/// The forms `status`, `next` and `collisions`.
extension AnswerSchema {
  /// A modification that is to come.
  static let modification = """
    {
          "type": "object", "additionalProperties": false,
          "required": ["id", "title", "branch"],
          "properties": {
            "id": {"type": "string"}, "title": {"type": "string"}, "state": {"type": "string"},
            "toldAt": {"type": "string", "description": "The day, meeting or decision that set the state."},
            "effective": {"type": "string", "format": "date"},
            "draftedAgainst": {"type": "string", "description": "A baseline."},
            "branch": {"enum": ["none", "text", "merged"], "description": "Whether a branch has its text, and whether the version has all of it."},
            "collisions": {"$ref": "#/$defs/texts", "description": "Files that cannot be joined to those before it."},
            "changes": {"type": "object", "description": "What it does to the text that those before it leave: the form 'changes'."}
          }
        }
    """

  /// Items that changed, by their registers.
  static let changed = """
    {
              "type": "array",
              "items": {
                "type": "object", "additionalProperties": false, "required": ["register", "items"],
                "properties": {
                  "register": {"type": "string"},
                  "items": {
                    "type": "array",
                    "items": {
                      "type": "object", "additionalProperties": false, "required": ["id", "kind"],
                      "properties": {
                        "id": {"type": "string"}, "kind": {"enum": ["added", "changed", "removed"]},
                        "reasons": {"$ref": "#/$defs/texts", "description": "The commits behind it, one line each."}
                      }
                    }
                  }
                }
              }
            }
    """

  static let status = """
        "code": {"type": "string", "description": "The title of the catalogue."},
        "at": {"type": "string", "description": "The version."},
        "day": {"type": "string", "format": "date", "description": "The day that the version is looked at from."},
        "unclear": {"type": "boolean", "description": "Whether the last baselines cannot be told: tags or commits may be missing."},
        "baselines": {
          "type": "array", "description": "The last of each kind.",
          "items": {
            "type": "object", "additionalProperties": false, "required": ["kind", "name", "changed"],
            "properties": {
              "kind": {"type": "string"}, "name": {"type": "string"},
              "effective": {"type": "string", "format": "date"},
              "changed": \(changed)
            }
          }
        },
        "registers": {
          "type": "array",
          "items": {
            "type": "object", "additionalProperties": false, "required": ["name", "items", "states"],
            "properties": {
              "name": {"type": "string"}, "items": {"type": "integer"},
              "states": {
                "type": "array",
                "items": {
                  "type": "object", "additionalProperties": false, "required": ["state", "items"],
                  "properties": {"state": {"type": "string"}, "items": {"type": "integer"}}
                }
              }
            }
          }
        },
        "items": {
          "type": "array", "description": "With --items.",
          "items": {
            "type": "object", "additionalProperties": false, "required": ["register", "id", "changed"],
            "properties": {
              "register": {"type": "string"}, "id": {"type": "string"}, "itemVersion": {"type": "string"},
              "state": {"type": "string"}, "changed": {"type": "boolean", "description": "Since the last baseline of its kind."}
            }
          }
        },
        "pending": {"type": "array", "items": \(modification)},
        "variations": {
          "type": "array", "description": "Those in force.",
          "items": {
            "type": "object", "additionalProperties": false, "required": ["id"],
            "properties": {"id": {"type": "string"}, "name": {"type": "string"}, "until": {"type": "string"}}
          }
        }
      },
      "required": ["answer", "version", "code", "at", "day", "unclear", "baselines", "registers"]
    """

  static let next = """
        "baselines": {
          "type": "array", "description": "Those that take effect later.",
          "items": {
            "type": "object", "additionalProperties": false, "required": ["name", "decisions"],
            "properties": {
              "name": {"type": "string"}, "effective": {"type": "string", "format": "date"},
              "decisions": {"$ref": "#/$defs/texts"}
            }
          }
        },
        "modifications": {"type": "array", "description": "The approved ones, in the order of their days of effect.", "items": \(modification)}
      },
      "required": ["answer", "version", "baselines", "modifications"]
    """

  static let collisions = """
        "drafts": {"type": "integer", "description": "How many were compared."},
        "meetings": {
          "type": "array",
          "items": {
            "type": "object", "additionalProperties": false, "required": ["kind", "drafts"],
            "properties": {
              "kind": {
                "enum": ["drafts", "groundless", "followed", "moved"],
                "description": "Two drafts change a part; a draft stands on no baseline; its baseline was followed; its part changed since it began."
              },
              "drafts": {"$ref": "#/$defs/texts"}, "part": {"type": "string"}, "ground": {"type": "string"},
              "by": {"type": "string"}, "since": {"type": "string"},
              "changes": {"type": "array", "items": {"type": "array"}},
              "moved": {
                "type": "array",
                "items": {
                  "type": "object", "additionalProperties": false, "required": ["part", "change"],
                  "properties": {"part": {"type": "string"}, "change": {"type": "array"}}
                }
              }
            }
          }
        },
        "notCompared": {
          "type": "array",
          "items": {
            "type": "object", "additionalProperties": false, "required": ["id", "reason"],
            "properties": {
              "id": {"type": "string"}, "reason": {"enum": ["no-branch", "no-ground"]}, "branch": {"type": "string"}
            }
          }
        }
      },
      "required": ["answer", "version", "drafts", "meetings", "notCompared"]
    """
}

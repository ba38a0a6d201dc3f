/// The documented forms of answers, as JSON Schemas: what `--format json` prints is valid under them, and they have no
/// member that is not named.
package enum AnswerSchema {
  /// The names of the forms, as `answer` has them, with their schemas.
  package static let all: [(name: String, text: String)] = [
    ("status", form("status", "Where everything stands at a version.", status)),
    ("next", form("next", "What is approved and not yet in force.", next)),
    ("collisions", form("collisions", "Where drafts meet.", collisions)),
    ("as-of", form("as-of", "What was in force on a day.", asOf)),
    ("document-log", form("document-log", "Each item of a baseline, and since when.", log)),
    ("verification", form("verification", "What verifying baselines found.", verification)),
    ("audit", form("audit", "The configuration audit of a version.", audit)),
    ("changes", changes),
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

  /// A modification that is to come.
  private static let modification = """
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

  private static let changed = """
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

  private static let status = """
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

  private static let next = """
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

  private static let collisions = """
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

  private static let asOf = """
        "date": {"type": "string", "format": "date"},
        "known": {"type": "string", "format": "date", "description": "Only what was published by then counts."},
        "kinds": {
          "type": "array",
          "items": {
            "type": "object", "additionalProperties": false, "required": ["kind", "baseline", "unclear"],
            "properties": {
              "kind": {"type": "string"}, "baseline": {"type": "string"},
              "effective": {"type": "string", "format": "date"}, "decisions": {"$ref": "#/$defs/texts"},
              "unclear": {"type": "boolean", "description": "Whether it was published by then, it does not say."},
              "followedBy": {
                "type": "object", "description": "A version of the registers that had followed it by the day and has no baseline.",
                "additionalProperties": false, "required": ["id", "register", "effective"],
                "properties": {
                  "id": {"type": "string"}, "register": {"type": "string"}, "effective": {"type": "string", "format": "date"}
                }
              }
            }
          }
        }
      },
      "required": ["answer", "version", "date", "kinds"]
    """

  private static let log = """
        "baseline": {"type": "string"},
        "effective": {"type": "string", "format": "date"},
        "items": {
          "type": "array",
          "items": {
            "type": "object", "additionalProperties": false,
            "required": ["register", "id", "title", "decisions", "since", "sha256"],
            "properties": {
              "register": {"type": "string"}, "id": {"type": "string"}, "title": {"type": "string"},
              "itemVersion": {"type": "string"}, "effective": {"type": "string"},
              "decisions": {"$ref": "#/$defs/texts"},
              "since": {"type": "string", "description": "The baseline that brought the content."},
              "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"}
            }
          }
        }
      },
      "required": ["answer", "version", "baseline", "items"]
    """

  /// A baseline with what verifying found of it.
  private static let verified = """
    {
            "type": "object", "additionalProperties": false,
            "required": ["name", "standing", "signed", "signers", "findings", "waived"],
            "properties": {
              "name": {"type": "string"}, "effective": {"type": "string"},
              "decisions": {"$ref": "#/$defs/texts"}, "items": {"type": "integer"},
              "commit": {"type": "string"}, "manifestSHA256": {"type": "string"},
              "standing": {"$ref": "#/$defs/standing"}, "signed": {"type": "boolean"},
              "signers": {"$ref": "#/$defs/texts"},
              "findings": {
                "type": "array",
                "items": {
                  "type": "object", "additionalProperties": false, "required": ["text"],
                  "properties": {"standing": {"$ref": "#/$defs/standing"}, "text": {"type": "string"}}
                }
              },
              "waived": {"type": "integer"},
              "withdrawnBy": {"type": "string", "description": "The decision that withdrew it."}
            }
          }
    """

  private static let verification = """
        "standing": {"$ref": "#/$defs/standing", "description": "The worst of all."},
        "baselines": {"type": "array", "items": \(verified)}
      },
      "required": ["answer", "version", "standing", "baselines"]
    """

  private static let audit = """
        "code": {"type": "string"}, "at": {"type": "string"}, "day": {"type": "string", "format": "date"},
        "standing": {"$ref": "#/$defs/standing"},
        "baselines": {"type": "array", "items": \(verified)},
        "since": {
          "type": "array", "description": "What changed since the last baseline of each kind.",
          "items": {
            "type": "object", "additionalProperties": false, "required": ["kind", "baseline"],
            "properties": {"kind": {"type": "string"}, "baseline": {"type": "string"}, "changed": \(changed)}
          }
        },
        "check": {
          "type": "object", "additionalProperties": false, "required": ["errors", "warnings", "waived", "waivers"],
          "properties": {
            "errors": {"type": "integer"}, "warnings": {"type": "integer"}, "waived": {"type": "integer"},
            "waivers": {
              "type": "array",
              "items": {
                "type": "object", "additionalProperties": false, "required": ["id", "findings"],
                "properties": {"id": {"type": "string"}, "findings": {"type": "integer"}}
              }
            }
          }
        },
        "findings": {"$ref": "#/$defs/texts"}, "unclear": {"$ref": "#/$defs/texts"},
        "undecided": {"$ref": "#/$defs/texts", "description": "Baselines that name no decision, and need not."},
        "unsigned": {"$ref": "#/$defs/texts"},
        "untagged": {
          "type": "array", "description": "Versions that came into force and have no baseline.",
          "items": {
            "type": "object", "additionalProperties": false, "required": ["id", "register", "effective", "name"],
            "properties": {
              "id": {"type": "string"}, "register": {"type": "string"},
              "effective": {"type": "string", "format": "date"}, "name": {"type": "string"}
            }
          }
        },
        "overtaken": {"$ref": "#/$defs/texts", "description": "Modifications whose text is in force and that are told as pending."}
      },
      "required": ["answer", "version", "code", "at", "day", "standing", "baselines", "findings", "unclear", "undecided", "unsigned", "untagged", "overtaken"]
    """

  /// What `registrar diff` prints.
  private static let changes = """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "https://registrar.example/answers/changes.schema.json",
      "title": "changes",
      "description": "What differs between two versions.",
      "type": "object", "additionalProperties": false,
      "required": ["version", "old", "new", "schemas", "registers", "documents", "unreadable", "others", "layout"],
      "$defs": {
        "texts": {"type": "array", "items": {"type": "string"}},
        "field": {
          "type": "object", "additionalProperties": false, "required": ["field"],
          "properties": {
            "field": {"type": "string"}, "old": true, "new": true,
            "order": {"type": "array", "items": {"type": "integer"}, "description": "The places that elements had before, in the order of now."}
          }
        }
      },
      "properties": {
        "version": {"const": 1}, "old": {"type": "string"}, "new": {"type": "string"},
        "schemas": {"$ref": "#/$defs/texts"},
        "registers": {
          "type": "array",
          "items": {
            "type": "object", "additionalProperties": false, "required": ["register", "records"],
            "properties": {
              "register": {"type": "string"},
              "records": {
                "type": "array",
                "items": {
                  "type": "object", "additionalProperties": false,
                  "required": ["id", "kind", "fields", "references", "consequences", "reasons"],
                  "properties": {
                    "id": {"type": "string"}, "kind": {"enum": ["added", "changed", "removed"]},
                    "formerID": {"type": "string"}, "formerPath": {"type": "string"},
                    "fields": {"type": "array", "items": {"$ref": "#/$defs/field"}},
                    "references": {"type": "array", "items": {"$ref": "#/$defs/field"}},
                    "consequences": {
                      "type": "array",
                      "items": {
                        "type": "object", "additionalProperties": false, "required": ["name"],
                        "properties": {"name": {"type": "string"}, "old": {"type": "string"}, "new": {"type": "string"}}
                      }
                    },
                    "reasons": {"$ref": "#/$defs/texts", "description": "The commits behind it, one line each."}
                  }
                }
              }
            }
          }
        },
        "documents": {
          "type": "array",
          "items": {
            "type": "object", "additionalProperties": false, "required": ["id", "title", "passages"],
            "properties": {
              "id": {"type": "string"}, "title": {"type": "string"}, "layout": {"$ref": "#/$defs/texts"},
              "passages": {
                "type": "array",
                "items": {
                  "type": "object", "additionalProperties": false, "required": ["kind"],
                  "properties": {
                    "kind": {"enum": ["renumbered", "layout", "reworded", "inserted", "deleted", "movedAway", "movedHere", "split", "joined"]},
                    "oldNumber": {"type": "string"}, "newNumber": {"type": "string"},
                    "old": {"type": "string"}, "new": {"type": "string"},
                    "partner": {"type": "integer"}, "reason": {"type": "string"}
                  }
                }
              }
            }
          }
        },
        "unreadable": {
          "type": "array",
          "items": {
            "type": "object", "additionalProperties": false, "required": ["path", "reason", "records"],
            "properties": {
              "path": {"type": "string"}, "old": {"type": "string"}, "new": {"type": "string"},
              "reason": {"type": "string"}, "linesRemoved": {"type": "integer"}, "linesAdded": {"type": "integer"},
              "records": {"$ref": "#/$defs/texts"}
            }
          }
        },
        "others": {
          "type": "array",
          "items": {
            "type": "object", "additionalProperties": false, "required": ["path", "kind", "text"],
            "properties": {"path": {"type": "string"}, "kind": {"type": "string"}, "text": {"type": "string"}}
          }
        },
        "layout": {"$ref": "#/$defs/texts"}
      }
    }

    """
}

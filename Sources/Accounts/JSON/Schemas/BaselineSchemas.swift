/// The forms `as-of`, `document-log`, `verification`, `baseline`, `baselines`, `audit` and `notes`.
extension AnswerSchema {
  static let asOf = """
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
        },
        "item": {
          "type": "object", "description": "The item that is asked for.",
          "additionalProperties": false, "required": ["standing"],
          "properties": {
            "standing": {"enum": ["in-force", "not-yet", "gone", "unclear"]},
            "id": {"type": "string", "description": "Its id of then."}, "register": {"type": "string"},
            "baselines": {"$ref": "#/$defs/texts", "description": "Those in force that were looked in."},
            "now": {"type": "string", "description": "Its id of today, where that is another."},
            "text": {"type": "string", "description": "As its file had it."},
            "removedIn": {"type": "string", "description": "The commit that took it out."}
          }
        }
      },
      "required": ["answer", "version", "date", "kinds"]
    """

  static let documentLog = """
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
  static let verified = """
    {
            "type": "object", "additionalProperties": false,
            "required": ["name"],
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

  static let verification = """
        "standing": {"$ref": "#/$defs/standing", "description": "The worst of all."},
        "baselines": {"type": "array", "items": \(verified)}
      },
      "required": ["answer", "version", "standing", "baselines"]
    """

  static let audit = """
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

  static let baselines = """
        "standing": {"$ref": "#/$defs/standing", "description": "The worst of all, where they were verified."},
        "baselines": {"type": "array", "items": \(verified)}
      },
      "required": ["answer", "version", "baselines"]
    """

  static let baseline = """
        "baseline": \(verified),
        "tag": {"type": "string", "description": "The tag object."}, "tagger": {"type": "string"},
        "message": {"type": "string"},
        "registers": {"$ref": "#/$defs/texts", "description": "What its kind holds; all where it is absent."}
      },
      "required": ["answer", "version", "baseline"]
    """

  static let notes = """
        "name": {"type": "string"}, "effective": {"type": "string"}, "published": {"type": "string"},
        "decisions": {"$ref": "#/$defs/texts"}, "cause": {"type": "string"},
        "follows": {"type": "string", "description": "The baseline before."}, "followsEffective": {"type": "string"},
        "items": {"type": "integer"}, "manifestSHA256": {"type": "string"},
        "text": {"type": "string", "description": "What its tag says for people."},
        "documents": {
          "type": "array",
          "items": {
            "type": "object", "additionalProperties": false, "required": ["id", "reasons"],
            "properties": {
              "id": {"type": "string"}, "title": {"type": "string"}, "from": {"type": "string"}, "to": {"type": "string"},
              "reasons": {"$ref": "#/$defs/texts"}
            }
          }
        },
        "endedVariations": {
          "type": "array",
          "items": {
            "type": "object", "additionalProperties": false, "required": ["id"],
            "properties": {"id": {"type": "string"}, "name": {"type": "string"}}
          }
        },
        "next": {
          "type": "array", "description": "What is approved and comes next.",
          "items": {
            "type": "object", "additionalProperties": false, "required": ["id", "title"],
            "properties": {"id": {"type": "string"}, "title": {"type": "string"}, "effective": {"type": "string"}}
          }
        },
        "changes": {"type": "object", "description": "The form 'changes'."}
      },
      "required": ["answer", "version", "name", "follows", "documents", "changes"]
    """
}

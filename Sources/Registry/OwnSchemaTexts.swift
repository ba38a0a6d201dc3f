extension OwnSchema {
  /// What our keywords take, wherever they stand in a schema.
  static let keywordsText = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "Keywords of registrar",
      "properties": {
        "x-references": {
          "type": ["string", "array"],
          "minLength": 1,
          "minItems": 1,
          "items": {"type": "string", "minLength": 1, "description": "The name of a register."},
          "description": "The name of a register, or a list of names."
        },
        "x-unique": {"type": "boolean", "description": "true, where no two records share the value."},
        "x-classification": {"type": "string", "minLength": 1, "description": "A class of the catalogue."},
        "x-computed": {"type": "string", "minLength": 1, "description": "An expression over 'self'."},
        "x-rules": {
          "type": "array",
          "description": "A list of rules: [{\"rule\": \"…\", \"message\": \"…\"}].",
          "items": {
            "type": "object",
            "required": ["rule", "message"],
            "properties": {
              "rule": {"type": "string", "minLength": 1, "description": "An expression over 'self' that must be true."},
              "message": {"type": "string", "minLength": 1, "description": "What is wrong where it is not true."},
              "code": {"type": "string", "minLength": 1, "description": "The code of the finding, such as risk/severity."},
              "severity": {"type": "string", "enum": ["error", "warning", "note"], "description": "error, warning or note."},
              "help": {"type": "string", "minLength": 1, "description": "What to do."},
              "at": {"type": "string", "minLength": 1, "description": "The property to blame."}
            },
            "additionalProperties": false
          }
        },
        "x-states": {
          "type": "object",
          "minProperties": 1,
          "description": "The states that a record begins with, and what may follow what.",
          "properties": {
            "initial": {"$ref": "#/$defs/states"},
            "transitions": {
              "type": "array",
              "description": "What may follow what.",
              "items": {
                "type": "object",
                "required": ["from", "to"],
                "properties": {
                  "from": {"$ref": "#/$defs/states"},
                  "to": {"$ref": "#/$defs/states"},
                  "demands": {"type": "string", "minLength": 1, "description": "An expression over 'self' and 'oldSelf' that must be true then."},
                  "message": {"type": "string", "minLength": 1, "description": "What is wrong where it is not true."},
                  "help": {"type": "string", "minLength": 1, "description": "What to do."}
                },
                "additionalProperties": false
              }
            }
          },
          "additionalProperties": false
        },
        "x-append-only": {"type": "boolean", "description": "true, where the list may only grow."},
        "x-immutable-when": {
          "type": ["string", "object"],
          "minLength": 1,
          "required": ["when"],
          "description": "An expression, or {\"when\": \"…\", \"except\": […], \"openly\": \"…\"}.",
          "properties": {
            "when": {"type": "string", "minLength": 1, "description": "An expression over 'self'."},
            "except": {
              "type": "array",
              "minItems": 1,
              "items": {"type": "string", "minLength": 1, "description": "A property."},
              "description": "The properties that may change all the same."
            },
            "openly": {
              "type": "string",
              "minLength": 1,
              "description": "The list that grows where a change puts right what was wrong."
            }
          },
          "additionalProperties": false
        },
        "x-key": {"type": "string", "minLength": 1, "description": "The property that the elements of the list are known by."}
      },
      "$defs": {
        "states": {
          "type": ["string", "array"],
          "minItems": 1,
          "items": {"type": ["string", "number", "boolean"]},
          "description": "A state, or a list of states."
        }
      }
    }
    """#

  /// One record of the register of waivers, whose own schema may name more fields.
  static let waiverText = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "Waiver",
      "description": "A finding that is known and accepted, for an item or a file.",
      "type": "object",
      "required": ["code", "reason"],
      "anyOf": [{"required": ["item"]}, {"required": ["file"]}, {"required": ["quote"]}],
      "properties": {
        "id": {"type": ["string", "integer"], "description": "The number of the waiver."},
        "code": {
          "type": "string",
          "pattern": "^[^/\\s]+/[^/\\s]+$",
          "description": "The code of the finding, such as text/stray-bullet."
        },
        "item": {
          "type": "string",
          "minLength": 1,
          "description": "The id of the item, or register/id where several registers have it."
        },
        "file": {"type": "string", "minLength": 1, "description": "The path of the file."},
        "quote": {
          "type": "string",
          "minLength": 1,
          "description": "Words that stand on the lines of the finding, where only some are accepted."
        },
        "reason": {"type": "string", "minLength": 1, "description": "Why it is accepted."},
        "decision": {"type": "string", "minLength": 1, "description": "The decision that accepts it."},
        "expires": {"type": "string", "format": "date", "description": "The last day of the waiver."}
      }
    }
    """#

  /// A file of signers in YAML.
  static let signersText = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "Signers",
      "description": "Whose signatures count.",
      "type": "object",
      "properties": {
        "allowed_signers": {
          "type": "string",
          "minLength": 1,
          "description": "The file of allowed signers for SSH; a path counts from this file."
        },
        "keyring": {"type": "string", "minLength": 1, "description": "The folder with the keys of OpenPGP."},
        "roles": {
          "type": "object",
          "description": "Who may sign, by roles: principals of SSH keys, fingerprints of OpenPGP keys.",
          "additionalProperties": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "string", "minLength": 1, "description": "A signer."},
            "description": "The members of a role."
          }
        },
        "kinds": {
          "type": "object",
          "description": "For each kind of baseline, how many signers of which role it takes.",
          "additionalProperties": {
            "type": "object",
            "description": "How many signers of which role.",
            "additionalProperties": {"type": "integer", "minimum": 1, "description": "So many signers."}
          }
        }
      },
      "additionalProperties": false
    }
    """#

  /// The file of a server.
  static let serverText = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "Server",
      "description": "What the owner of a server decides outside of the repository.",
      "type": "object",
      "properties": {
        "identity": {"type": "string", "minLength": 1, "description": "The variable that says who pushes."},
        "schema_changes": {
          "type": "array",
          "items": {"type": "string", "minLength": 1, "description": "Who."},
          "description": "Who may change schema/; '*' for everybody."
        },
        "overrides": {
          "type": "array",
          "description": "Leave to push what is refused otherwise.",
          "items": {
            "type": "object",
            "required": ["who", "codes", "until", "reason"],
            "properties": {
              "who": {"type": "string", "minLength": 1, "description": "Whose leave it is."},
              "codes": {
                "type": "array",
                "minItems": 1,
                "items": {"type": "string", "pattern": "^[^/\\s]+/[^/\\s]+$", "description": "The code of a finding."},
                "description": "What may pass."
              },
              "refs": {
                "type": "array",
                "minItems": 1,
                "items": {"type": "string", "minLength": 1, "description": "A reference, such as refs/heads/main; '*' at its end stands for any rest."},
                "description": "Where it may pass."
              },
              "until": {"type": "string", "format": "date", "description": "The last day."},
              "reason": {"type": "string", "minLength": 1, "description": "Why."}
            },
            "additionalProperties": false
          }
        },
        "signers": {"type": "string", "minLength": 1, "description": "The file of signers; a path counts from this file."},
        "keyring": {"type": "string", "minLength": 1, "description": "The folder with the keys of OpenPGP."},
        "first_rules": {"type": "string", "minLength": 1, "description": "The folder with a schema/ that judges the first push."},
        "programs": {
          "type": "object",
          "description": "The programs that read signatures.",
          "properties": {
            "openpgp": {"type": "string", "minLength": 1, "description": "The program."},
            "x509": {"type": "string", "minLength": 1, "description": "The program."},
            "ssh": {"type": "string", "minLength": 1, "description": "The program."}
          },
          "additionalProperties": false
        },
        "require_signature": {"type": "boolean", "description": "true, where a push of a baseline must be signed."},
        "limits": {
          "type": "object",
          "description": "How much a judgement may cost.",
          "properties": {
            "seconds": {"type": "integer", "minimum": 1, "maximum": 86400, "description": "The longest time."},
            "mebibytes": {"type": "integer", "minimum": 1, "maximum": 1048576, "description": "The most memory."}
          },
          "additionalProperties": false
        }
      },
      "additionalProperties": false
    }
    """#
}

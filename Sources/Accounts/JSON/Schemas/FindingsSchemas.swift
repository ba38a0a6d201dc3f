/// The forms of `check`, `schema check`, `schema probe` and `hook status`.
extension AnswerSchema {
  static let hooks = """
        "good": {"type": "boolean", "description": "Whether all that there should be is active."},
        "path": {"type": "string", "description": "Where Git looks for them, where core.hooksPath says so."},
        "hooks": {
          "type": "array",
          "items": {
            "type": "object", "additionalProperties": false, "required": ["name", "state", "before"],
            "properties": {
              "name": {"type": "string"}, "state": {"enum": ["active", "absent", "not-executable", "other"]},
              "before": {"type": "boolean", "description": "Whether a hook that was there runs first."}
            }
          }
        },
        "server": {
          "type": "object", "description": "Of a bare repository.",
          "additionalProperties": false, "required": ["file", "judge"],
          "properties": {"file": {"type": "string"}, "judge": {"type": "string"}}
        }
      },
      "required": ["answer", "version", "good", "hooks"]
    """

  /// What `registrar check` prints.
  static let findings = """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "https://registrar.example/answers/findings.schema.json",
      "title": "findings",
      "description": "What a check found.",
      "type": "object", "additionalProperties": false,
      "required": ["version", "tool", "errors", "warnings", "notes", "diagnostics"],
      "$defs": {
        "point": {
          "type": "object", "additionalProperties": false, "required": ["offset", "line", "column"],
          "properties": {
            "offset": {"type": "integer", "description": "In bytes, from 0."}, "line": {"type": "integer"},
            "column": {"type": "integer", "description": "From 1."}
          }
        },
        "range": {
          "type": "object", "additionalProperties": false, "required": ["start", "end"],
          "properties": {"start": {"$ref": "#/$defs/point"}, "end": {"$ref": "#/$defs/point"}}
        }
      },
      "properties": {
        "version": {"const": 1},
        "tool": {
          "type": "object", "additionalProperties": false, "required": ["name", "version"],
          "properties": {"name": {"type": "string"}, "version": {"type": "string"}}
        },
        "errors": {"type": "integer"}, "warnings": {"type": "integer"}, "notes": {"type": "integer"},
        "diagnostics": {
          "type": "array",
          "items": {
            "type": "object", "additionalProperties": false, "required": ["code", "severity", "message", "path"],
            "properties": {
              "code": {"type": "string", "description": "registrar explain tells more of it."},
              "severity": {"enum": ["error", "warning", "note"]}, "message": {"type": "string"}, "path": {"type": "string"},
              "range": {"$ref": "#/$defs/range"}, "item": {"type": "string"}, "waived": {"const": true},
              "commit": {
                "type": "object", "additionalProperties": false, "required": ["id", "subject"],
                "properties": {"id": {"type": "string"}, "subject": {"type": "string"}}
              },
              "help": {"type": "string"},
              "remedy": {
                "type": "object", "additionalProperties": false, "required": ["kind", "changesMeaning"],
                "description": "The edit that registrar check --fix makes.",
                "properties": {
                  "kind": {"enum": ["replace", "set", "move"]},
                  "changesMeaning": {"type": "boolean", "description": "Whether somebody must want it."},
                  "range": {"$ref": "#/$defs/range"}, "text": {"type": "string", "description": "What is to stand there."},
                  "value": {"description": "The value that is to stand there, written as its file asks."},
                  "path": {"type": "string", "description": "Where the file belongs."}
                }
              },
              "related": {
                "type": "array",
                "items": {
                  "type": "object", "additionalProperties": false, "required": ["message", "path"],
                  "properties": {"message": {"type": "string"}, "path": {"type": "string"}, "range": {"$ref": "#/$defs/range"}}
                }
              }
            }
          }
        }
      }
    }

    """

  /// What `registrar schema probe` prints.
  static let probe = """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "https://registrar.example/answers/probe.schema.json",
      "title": "probe",
      "description": "How many slips are noticed.",
      "type": "object", "additionalProperties": false,
      "required": ["probe", "source", "seed", "possible", "slips", "narrative", "registers"],
      "$defs": {
        "tally": {
          "type": "object", "additionalProperties": false, "required": ["made", "noticed", "error", "warning", "note"],
          "properties": {
            "made": {"type": "integer"}, "noticed": {"type": "integer"}, "error": {"type": "integer"},
            "warning": {"type": "integer"}, "note": {"type": "integer"}
          }
        },
        "texts": {"type": "array", "items": {"type": "string"}}
      },
      "properties": {
        "probe": {"const": 1}, "source": {"type": "string"}, "seed": {"type": "integer"}, "possible": {"type": "integer"},
        "slips": {"$ref": "#/$defs/tally"},
        "narrative": {"$ref": "#/$defs/tally", "description": "Slips in the wording of free narrative."},
        "registers": {
          "type": "array",
          "items": {
            "type": "object", "additionalProperties": false, "required": ["register", "schema", "slips", "narrative", "fields"],
            "properties": {
              "register": {"type": "string"}, "schema": {"type": "string"},
              "slips": {"$ref": "#/$defs/tally"}, "narrative": {"$ref": "#/$defs/tally"},
              "fields": {
                "type": "array",
                "items": {
                  "type": "object", "additionalProperties": false, "required": ["field", "narrative", "kinds"],
                  "properties": {
                    "field": {"type": "string"}, "narrative": {"type": "boolean"},
                    "kinds": {
                      "type": "array",
                      "items": {
                        "type": "object", "additionalProperties": false, "required": ["kind", "slips", "codes", "missed", "remedies"],
                        "properties": {
                          "kind": {"type": "string"}, "slips": {"$ref": "#/$defs/tally"},
                          "codes": {
                            "type": "array",
                            "items": {
                              "type": "object", "additionalProperties": false, "required": ["code", "slips"],
                              "properties": {"code": {"type": "string"}, "slips": {"type": "integer"}}
                            }
                          },
                          "missed": {
                            "type": "array",
                            "items": {
                              "type": "object", "additionalProperties": false, "required": ["item", "path", "line", "column", "old"],
                              "properties": {
                                "item": {"type": "string"}, "path": {"type": "string"}, "line": {"type": "integer"},
                                "column": {"type": "integer"}, "old": {"type": "string"}, "new": {"type": "string"}
                              }
                            }
                          },
                          "remedies": {"$ref": "#/$defs/texts"}
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }

    """
}

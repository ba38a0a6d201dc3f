/// The form `changes`.
extension AnswerSchema {
  /// What `registrar diff` prints.
  static let changes = """
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

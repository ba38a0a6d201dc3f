extension OwnSchema {
  /// The catalogue; what the rules of a register take, the rules say themselves.
  static let catalogueText = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "https://registrar.example/schema/catalogue.schema.json",
      "title": "Catalogue",
      "description": "Which registers a configuration repository has. The format is an interface of registrar, version 1.",
      "type": "object",
      "required": ["catalogue", "registers"],
      "properties": {
        "catalogue": {"const": 1, "description": "The version of this format."},
        "title": {"type": "string", "minLength": 1, "description": "What the repository is about."},
        "classes": {
          "type": "array",
          "minItems": 1,
          "items": {"type": "string", "minLength": 1, "description": "A class."},
          "description": "The classes of information from the widest audience to the narrowest.",
          "uniqueItems": true
        },
        "baselines": {
          "type": "object",
          "description": "The kinds of baseline by name.",
          "additionalProperties": {
            "type": "object",
            "required": ["tag"],
            "properties": {
              "tag": {
                "type": "string",
                "pattern": "^[^{}]*\\{[^{}]+\\}[^{}]*$",
                "description": "The name of its tags, with a property in braces: sec/{version}."
              },
              "registers": {
                "type": "array",
                "minItems": 1,
                "items": {"type": "string", "minLength": 1, "description": "A register."},
                "description": "The registers that it holds; all where none is named."
              },
              "where": {
                "type": "object",
                "description": "For a register of which it holds some records alone, an expression over 'self' that is true for those: {actions: \"self.body == 'TABASC'\"}.",
                "additionalProperties": {"type": "string", "minLength": 1, "description": "An expression."}
              },
              "versions": {
                "type": "string",
                "minLength": 1,
                "description": "The register of the versions that it tags: what stands in the braces of 'tag' is the id of a record there, with the same day in 'effective'."
              },
              "signers": {
                "type": "object",
                "description": "How many signers of which role it takes.",
                "additionalProperties": {"type": "integer", "minimum": 1, "description": "So many signers."}
              },
              "demands": {
                "type": "object",
                "description": "What must hold for a baseline to be made, beyond a clean check.",
                "properties": {
                  "decision": {"type": "boolean", "description": "It names a decision."},
                  "published": {"type": "boolean", "description": "It names the day of its publication, which is not after that of its effect."},
                  "versions": {"type": "boolean", "description": "The version of a document rises when its text changes, and only then."},
                  "explained": {
                    "type": "array",
                    "items": {"type": "string", "minLength": 1, "description": "A trailer."},
                    "description": "Each change has a commit with one of these trailers."
                  },
                  "modifications": {"type": "boolean", "description": "The modifications that commits name may be in force, and have changed what they claim."}
                },
                "additionalProperties": false
              }
            },
            "additionalProperties": false
          }
        },
        "modifications": {
          "type": "object",
          "required": ["register", "state"],
          "description": "How modifications are kept: their register, the branches with their text, what their states mean.",
          "properties": {
            "register": {"type": "string", "minLength": 1, "description": "The register of modifications."},
            "branch": {"type": "string", "pattern": "^[^{}]*\\{id\\}[^{}]*$", "description": "The branch with the text of one: modification/{id}."},
            "trailer": {"type": "string", "minLength": 1, "description": "The trailer of the commits that carry one out."},
            "state": {"type": "string", "minLength": 1, "description": "The property with its state."},
            "approved": {
              "type": "array",
              "items": {"type": "string", "minLength": 1, "description": "A state."},
              "description": "The states in which one is decided and not yet in force."
            },
            "implemented": {"type": "string", "minLength": 1, "description": "The state that says that it is in force."},
            "ended": {
              "type": "array",
              "items": {"type": "string", "minLength": 1, "description": "A state."},
              "description": "The states in which one is over without effect."
            },
            "effective": {"type": "string", "minLength": 1, "description": "The property with the day from which it is in force."},
            "affects": {"type": "string", "minLength": 1, "description": "The property that lists the items that it changes."},
            "drafted_against": {"type": "string", "minLength": 1, "description": "The property with the baseline that it is drafted against."}
          },
          "additionalProperties": false
        },
        "variations": {
          "type": "object",
          "required": ["register", "end"],
          "description": "How variations are kept.",
          "properties": {
            "register": {"type": "string", "minLength": 1, "description": "The register of variations."},
            "end": {"type": "string", "minLength": 1, "description": "The property with the last day."}
          },
          "additionalProperties": false
        },
        "roles": {
          "type": "object",
          "description": "Who may sign baselines, by roles: principals of SSH keys, fingerprints of OpenPGP keys.",
          "additionalProperties": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "string", "minLength": 1, "description": "A signer."},
            "description": "The members of a role."
          }
        },
        "trailers": {
          "type": "object",
          "description": "What the message of a commit must name in a line 'Key: value' at its end.",
          "additionalProperties": {
            "type": "object",
            "properties": {
              "when": {
                "type": "array",
                "minItems": 1,
                "items": {"type": "string", "minLength": 1, "description": "A register."},
                "description": "The registers whose change asks for the line; without it no change does, and one that is there is checked."
              },
              "names": {
              "type": ["string", "array"],
              "minLength": 1,
              "minItems": 1,
              "items": {"type": "string", "minLength": 1, "description": "A register."},
              "description": "The register, or the registers, that the value names a record of; where 'example' has a slash, by what stands before it too."
            },
            "example": {"type": "string", "minLength": 1, "description": "A value, for the message."}
            },
            "additionalProperties": false
          }
        },
        "remotes": {
          "type": "array",
          "description": "The highest class that may be pushed to a remote; the first pattern that fits its address counts.",
          "items": {
            "type": "object",
            "required": ["url", "highest"],
            "properties": {
              "url": {"$ref": "#/$defs/pattern"},
              "highest": {"type": "string", "minLength": 1, "description": "A class of the catalogue."}
            },
            "additionalProperties": false
          }
        },
        "numbering": {
          "type": "object",
          "description": "How clauses are numbered, by the name of a family of documents.",
          "additionalProperties": {
            "type": "object",
            "required": ["levels"],
            "properties": {
              "levels": {
                "type": "array",
                "minItems": 1,
                "items": {
                  "type": ["string", "integer"],
                  "pattern": "(^|[^A-Za-z0-9])[A1aiI][^A-Za-z0-9]*$",
                  "description": "The first number of a level as it is written: A, '1', .1, (a), (i), 'a.', Part A."
                },
                "description": "The levels, the outermost first."
              }
            },
            "additionalProperties": false
          }
        },
        "calendars": {
          "type": "object",
          "description": "The calendars that Working Days are counted by. The first is meant where none is named.",
          "additionalProperties": {
            "type": "object",
            "required": ["register", "from", "to"],
            "properties": {
              "register": {
                "type": "string",
                "minLength": 1,
                "description": "The register whose ids are the days from Monday to Friday that are no Working Days."
              },
              "from": {"type": "string", "format": "date", "description": "The first day that the register covers."},
              "to": {"type": "string", "format": "date", "description": "The last day that the register covers; a date beyond it is an error."}
            },
            "additionalProperties": false
          }
        },
        "rules": {
          "type": "array",
          "minItems": 1,
          "description": "Rules that are stated once for several registers.",
          "items": {
            "type": "object",
            "required": ["rules"],
            "properties": {
              "registers": {
                "type": "array",
                "minItems": 1,
                "uniqueItems": true,
                "items": {"type": "string", "minLength": 1, "description": "A register."},
                "description": "The registers that the rules are for; all where neither these nor 'except' are named."
              },
              "except": {
                "type": "array",
                "minItems": 1,
                "uniqueItems": true,
                "items": {"type": "string", "minLength": 1, "description": "A register."},
                "description": "The registers that the rules are not for; they are for all others."
              },
              "rules": {"$ref": "#/$defs/rules"}
            },
            "additionalProperties": false,
            "description": "Some rules, and the registers that they are for."
          }
        },
        "registers": {
          "type": "object",
          "minProperties": 1,
          "description": "The registers by name. The name is what commands and x-references use.",
          "propertyNames": {"pattern": "^[^\\s/:]+$"},
          "additionalProperties": {"$ref": "#/$defs/register"}
        }
      },
      "additionalProperties": false,
      "$defs": {
        "path": {
          "type": "string",
          "pattern": "^[^/].*$",
          "description": "Where the files are, relative to registers/. In braces stand properties of the record: {id} as it is, {id|dash} with '/' written as '-', {id|drop:SEC-} without a prefix that it must have."
        },
        "pattern": {
          "type": "string",
          "description": "A regular expression of ECMA-262."
        },
        "register": {
          "type": "object",
          "required": ["path", "shape", "schema"],
          "properties": {
            "title": {"type": "string", "minLength": 1, "description": "What people call it."},
            "path": {
              "description": "One path template or a list of them; the first that can hold an id is the right one.",
              "oneOf": [
                {"$ref": "#/$defs/path"},
                {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/path"}}
              ]
            },
            "shape": {
              "type": "string",
              "enum": ["record", "list", "table", "document"],
              "description": "record: one YAML file a record. list: one YAML file of many. table: a CSV file, one row a record. document: Markdown under a YAML head."
            },
            "schema": {
              "type": "string",
              "minLength": 1,
              "description": "The JSON Schema of one record, relative to schema/."
            },
            "id": {
              "type": "object",
              "properties": {
                "property": {
                  "type": "string",
                  "minLength": 1,
                  "description": "The property that holds the id; 'id' where none is named."
                },
                "pattern": {"$ref": "#/$defs/pattern"},
                "near": {
                  "type": "array",
                  "minItems": 1,
                  "items": {
                    "type": "object",
                    "required": ["pattern", "form"],
                    "properties": {
                      "pattern": {"$ref": "#/$defs/pattern"},
                      "form": {
                        "type": "string",
                        "minLength": 1,
                        "description": "The right form; $1 to $9 stand for the groups of the pattern."
                      }
                    },
                    "additionalProperties": false,
                    "description": "One spelling."
                  },
                  "description": "Spellings that people use, and the right form of each."
                }
              },
              "additionalProperties": false,
              "description": "How records are identified: {pattern: '^C\\d+$'}."
            },
            "order": {
              "type": "array",
              "minItems": 1,
              "items": {
                "type": "string",
                "minLength": 1,
                "description": "A property, with - before it for highest first."
              },
              "description": "The properties that records are listed by; -severity is highest first. Numbers in texts compare as numbers."
            },
            "columns": {
              "type": "array",
              "minItems": 1,
              "items": {"type": "string", "minLength": 1, "description": "A property."},
              "description": "The properties that a list shows."
            },
            "classification": {
              "type": "string",
              "minLength": 1,
              "description": "The class of records that name none."
            },
            "numbering": {
              "type": "string",
              "minLength": 1,
              "description": "How the clauses of its documents are numbered: a name under 'numbering'."
            },
            "rules": {"$ref": "#/$defs/rules"}
          },
          "additionalProperties": false,
          "description": "One register."
        },
        "rules": {
          "type": "object",
          "description": "What must hold of a register as a whole: rules by name, each with its parameters; those of a register itself go before those that are stated for several.",
          "additionalProperties": {"type": ["object", "boolean"], "not": {"const": true}, "description": "The parameters of the rule, or false to switch it off."}
        }
      }
    }
    """#
}

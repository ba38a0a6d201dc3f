package import Diagnostics

extension Explanation {
  /// The pages on schemas themselves.
  package static let schemas: [Explanation] = [
    Explanation(
      .duplicateSchemaID,
      what: "Two schemas have the same $id or anchor.",
      why: "A reference to it would lead to either.",
      mend: "Give one of the two another name.",
      bad: "\"$id\": \"…/risk.schema.json\" in two files",
      good: "\"$id\": \"…/issue.schema.json\" in the second"
    ),
    Explanation(
      .unknownDialect,
      what: "A schema is written in another dialect than draft 2020-12.",
      why: "Keywords mean different things from draft to draft.",
      mend: "Write the schema in draft 2020-12.",
      bad: "\"$schema\": \"http://json-schema.org/draft-04/schema#\"",
      good: "\"$schema\": \"https://json-schema.org/draft/2020-12/schema\""
    ),
    Explanation(
      .unknownVocabulary,
      what: "The dialect of a schema requires a vocabulary that registrar does not know.",
      why: "The schema would be read without knowing what its keywords mean.",
      mend: "Use a dialect of the standard vocabularies.",
      bad: "\"$vocabulary\": {\"https://example.org/v\": true}",
      good: "\"$vocabulary\": {\"https://example.org/v\": false}"
    ),
    Explanation(
      .unresolvedSchemaReference,
      what: "A $ref leads to no schema.",
      why: "What it stands for is not checked.",
      mend: "Correct the file name or the pointer; references lead to files below schema/ only.",
      bad: "\"$ref\": \"comon.schema.json#/$defs/level\"",
      good: "\"$ref\": \"common.schema.json#/$defs/level\""
    ),
    Explanation(
      .unknownFormat,
      what: "A schema names a format that does not exist.",
      why: "The standard takes it for a remark, and any value would pass.",
      mend: "Correct the name, or write a pattern where no format says what is meant.",
      bad: "\"format\": \"Date\"",
      good: "\"format\": \"date\""
    ),
    Explanation(
      .badPattern,
      what: "A pattern is not a regular expression of ECMA-262.",
      why: "Schemas are read by many tools, and this is the language they share.",
      mend: "Write the pattern as JavaScript takes it with the flag u.",
      bad: "\"pattern\": \"^\\\\A[a-z]++$\"",
      good: "\"pattern\": \"^[a-z]+$\""
    ),
    Explanation(
      .badKeyword,
      what: "A keyword has a value of the wrong kind.",
      why: "The keyword is not checked.",
      mend: "Give it a value of the kind that the message says.",
      bad: "\"minLength\": \"3\"",
      good: "\"minLength\": 3"
    ),
    Explanation(
      .failedTest,
      what: "A test of a schema does not come out as it says.",
      why: "Schema and test disagree on what is right.",
      mend: "Correct the schema or the test.",
      bad: "{\"data\": 7, \"valid\": true} for \"maximum\": 5",
      good: "{\"data\": 5, \"valid\": true}"
    ),
    Explanation(
      .badSuite,
      what: "A file of tests is not in the format of the JSON Schema Test Suite.",
      why: "It cannot be run.",
      mend: "Write groups of schema and tests, each test with data and valid.",
      bad: "{\"tests\": []}",
      good: "[{\"description\": \"…\", \"schema\": {}, \"tests\": []}]"
    ),
    Explanation(
      .unknownKeyword,
      what: "A schema has a keyword that nothing reads.",
      why: "Most unknown keywords are typing errors, and what they were to check is not checked.",
      mend: "Correct or remove it.",
      bad: "\"requred\": [\"id\"]",
      good: "\"required\": [\"id\"]"
    ),
    Explanation(
      .unusedDefinition, severity: .warning,
      what: "Nothing refers to a definition.",
      why: "It looks as if it were in force.",
      mend: "Remove it, or refer to it.",
      bad: "\"$defs\": {\"level\": {…}} without a $ref",
      good: "\"$ref\": \"#/$defs/level\""
    ),
  ]
}

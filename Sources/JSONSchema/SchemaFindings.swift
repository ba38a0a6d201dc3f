package import Diagnostics

extension Diagnostic.Code {
  /// Two schemas have the same `$id`, or two subschemas of one resource the same anchor.
  package static let duplicateSchemaID: Self = "schema/duplicate-id"
  /// `$schema` names a dialect that is not draft 2020-12.
  package static let unknownDialect: Self = "schema/unknown-dialect"
  /// A dialect requires a vocabulary that registrar does not know.
  package static let unknownVocabulary: Self = "schema/unknown-vocabulary"
  /// A `$ref` or `$dynamicRef` leads nowhere.
  package static let unresolvedSchemaReference: Self = "schema/unresolved-reference"
  /// A pattern is not a regular expression of ECMA-262.
  package static let badPattern: Self = "schema/bad-pattern"
  /// A keyword's value is not of the kind that the keyword takes.
  package static let badKeyword: Self = "schema/bad-keyword"
}

extension Diagnostic.Message {
  static func duplicateID(_ id: String) -> Self { "the $id '\(id)' is already taken" }
  static func duplicateAnchor(_ name: String) -> Self {
    "the anchor '\(name)' is already taken in this schema"
  }
  static func unknownDialect(_ uri: String) -> Self {
    "the dialect '\(uri)' is not JSON Schema draft 2020-12"
  }
  static func unknownVocabulary(_ uri: String) -> Self {
    "the dialect requires the vocabulary '\(uri)', which registrar does not know"
  }
  static func unresolvedSchemaReference(_ reference: String) -> Self {
    "the reference '\(reference)' leads to no schema"
  }
  static func badPattern(_ pattern: String, _ reason: String) -> Self {
    "the pattern '\(pattern)' is not a regular expression of ECMA-262: \(reason)"
  }
  static func badKeyword(_ keyword: String, _ expectation: String) -> Self {
    "'\(keyword)' takes \(expectation)"
  }
}

/// A keyword of JSON Schema draft 2020-12, and the two that older drafts left behind.
enum Keyword: String, CaseIterable, Sendable {
  case schema = "$schema"
  case vocabulary = "$vocabulary"
  case id = "$id"
  case ref = "$ref"
  case dynamicRef = "$dynamicRef"
  case anchor = "$anchor"
  case dynamicAnchor = "$dynamicAnchor"
  case comment = "$comment"
  case defs = "$defs"

  case allOf
  case anyOf
  case oneOf
  case not
  case `if`
  case then
  case `else`
  case dependentSchemas
  case prefixItems
  case items
  case contains
  case properties
  case patternProperties
  case additionalProperties
  case propertyNames
  case unevaluatedItems
  case unevaluatedProperties

  case type
  case `enum`
  case const
  case multipleOf
  case maximum
  case exclusiveMaximum
  case minimum
  case exclusiveMinimum
  case maxLength
  case minLength
  case pattern
  case maxItems
  case minItems
  case uniqueItems
  case maxContains
  case minContains
  case maxProperties
  case minProperties
  case required
  case dependentRequired

  case format
  case contentEncoding
  case contentMediaType
  case contentSchema
  case title
  case description
  case `default`
  case deprecated
  case readOnly
  case writeOnly
  case examples

  /// Kept for schemas that come from older drafts.
  case definitions
  /// Means `dependentRequired` or `dependentSchemas`, member by member.
  case dependencies

  /// Where a keyword's value holds further schemas.
  enum Subschemas: Sendable {
    case none
    case one
    case list
    case map
  }

  var subschemas: Subschemas {
    switch self {
    case .not, .if, .then, .else, .items, .contains, .additionalProperties, .propertyNames,
      .unevaluatedItems, .unevaluatedProperties, .contentSchema:
      .one
    case .allOf, .anyOf, .oneOf, .prefixItems:
      .list
    case .defs, .definitions, .properties, .patternProperties, .dependentSchemas, .dependencies:
      .map
    default:
      .none
    }
  }

  /// The vocabulary that gives the keyword its meaning.
  var home: Vocabulary {
    switch self {
    case .schema, .vocabulary, .id, .ref, .dynamicRef, .anchor, .dynamicAnchor, .comment, .defs,
      .definitions:
      .core
    case .unevaluatedItems, .unevaluatedProperties:
      .unevaluated
    case .allOf, .anyOf, .oneOf, .not, .if, .then, .else, .dependentSchemas, .prefixItems, .items,
      .contains, .properties, .patternProperties, .additionalProperties, .propertyNames,
      .dependencies:
      .applicator
    case .type, .enum, .const, .multipleOf, .maximum, .exclusiveMaximum, .minimum,
      .exclusiveMinimum, .maxLength, .minLength, .pattern, .maxItems, .minItems, .uniqueItems,
      .maxContains, .minContains, .maxProperties, .minProperties, .required, .dependentRequired:
      .validation
    case .format:
      .formatAnnotation
    case .contentEncoding, .contentMediaType, .contentSchema:
      .content
    case .title, .description, .default, .deprecated, .readOnly, .writeOnly, .examples:
      .metaData
    }
  }
}

/// A vocabulary of draft 2020-12 (JSON Schema Core, section 8.1).
struct Vocabulary: OptionSet, Hashable, Sendable {
  let rawValue: UInt8

  static let core = Vocabulary(rawValue: 1)
  static let applicator = Vocabulary(rawValue: 2)
  static let unevaluated = Vocabulary(rawValue: 4)
  static let validation = Vocabulary(rawValue: 8)
  static let metaData = Vocabulary(rawValue: 16)
  static let formatAnnotation = Vocabulary(rawValue: 32)
  static let formatAssertion = Vocabulary(rawValue: 64)
  static let content = Vocabulary(rawValue: 128)

  /// What the dialect of draft 2020-12 itself uses.
  static let standard: Vocabulary = [
    .core, .applicator, .unevaluated, .validation, .metaData, .formatAnnotation, .content,
  ]

  /// Returns the vocabulary that `uri` names, or `nil` for one of somebody else.
  init?(uri: String) {
    let prefix = "https://json-schema.org/draft/2020-12/vocab/"
    guard uri.hasPrefix(prefix) else { return nil }
    switch uri.dropFirst(prefix.count) {
    case "core": self = .core
    case "applicator": self = .applicator
    case "unevaluated": self = .unevaluated
    case "validation": self = .validation
    case "meta-data": self = .metaData
    case "format-annotation": self = .formatAnnotation
    case "format-assertion": self = .formatAssertion
    case "content": self = .content
    default: return nil
    }
  }

  init(rawValue: UInt8) {
    self.rawValue = rawValue
  }
}

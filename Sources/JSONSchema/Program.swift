import Patterns
package import Syntax

/// A set of types of the JSON Schema data model; `integer` is a number without a fraction.
package struct TypeMask: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  package static let null = TypeMask(rawValue: 1)
  package static let boolean = TypeMask(rawValue: 2)
  package static let integer = TypeMask(rawValue: 4)
  package static let number = TypeMask(rawValue: 8)
  package static let string = TypeMask(rawValue: 16)
  package static let array = TypeMask(rawValue: 32)
  package static let object = TypeMask(rawValue: 64)

  /// Returns the type that `name` stands for in the keyword `type`.
  init?(name: String) {
    switch name {
    case "null": self = .null
    case "boolean": self = .boolean
    case "integer": self = .integer
    case "number": self = .number
    case "string": self = .string
    case "array": self = .array
    case "object": self = .object
    default: return nil
    }
  }
}

/// What one instruction asks of the value at hand.
enum Operation: UInt8, Sendable {
  /// Nothing fits: the schema `false`.
  case never
  /// a: the `TypeMask`.
  case type
  /// a, b: first and number of names, each a string that the value may be.
  case oneOfStrings
  /// a, b: document and node of the array of values.
  case oneOfValues
  /// a, b: document and node of the value.
  case constant
  /// a: number, b: `Bound`.
  case bound
  /// a: number.
  case multiple
  /// a: length in Unicode scalars.
  case minLength
  case maxLength
  /// a: pattern.
  case pattern
  /// a: format.
  case format
  /// a: `ObjectRules`.
  case object
  /// a: block for every name.
  case propertyNames
  /// a: number of members.
  case minProperties
  case maxProperties
  /// a: name that asks for, b, c: first and number of the names it needs.
  case dependentRequired
  /// a: name that asks for, b: block.
  case dependentSchema
  /// a, b: first and number of the blocks by position, c: block of the rest or -1.
  case items
  /// a: block, b: least and c: greatest number of elements that fit, c = -1 for any.
  case contains
  /// a: number of elements.
  case minItems
  case maxItems
  case uniqueItems
  /// a: block for the same value.
  case apply
  /// a, b: first and number of blocks.
  case anyOf
  case oneOf
  /// a: block.
  case not
  /// a: block of `if`, b and c: blocks of `then` and `else` or -1.
  case condition
  /// a: block to begin with, b: anchor.
  case dynamicReference
  /// a: block.
  case unevaluatedItems
  case unevaluatedProperties
  /// a: position in the list of annotation keywords.
  case annotate
}

/// Which side of a number a value must be on.
enum Bound: Int32, Sendable {
  case minimum
  case exclusiveMinimum
  case maximum
  case exclusiveMaximum
}

/// One step of a compiled schema; what a, b and c mean is said at ``Operation``.
struct Instruction: Sendable {
  let operation: Operation
  /// The node of the keyword's value in the schema document, for messages.
  let keyword: Int32
  var a: Int32 = 0
  var b: Int32 = 0
  var c: Int32 = 0
}

/// One subschema: a stretch of instructions.
struct Block: Sendable {
  var first: Int32 = 0
  var end: Int32 = 0
  /// Where the schema stands.
  let document: Int32
  let node: Int32
  /// The schema resource, for `$dynamicRef`.
  let resource: Int32
  /// Whether the block has `unevaluatedProperties` or `unevaluatedItems`.
  var tracksEvaluation = false
  /// Whether it is the schema `false`.
  var isNever = false
}

/// What `properties`, `patternProperties`, `additionalProperties` and `required` of one schema ask.
///
/// The four are one instruction, so that the members of an object are walked once.
struct ObjectRules: Sendable {
  /// The hash table of names: where it begins in `slots`, and its size less one.
  var slots: Int32 = 0
  var mask: Int32 = -1
  /// Where the entries begin, and how many there are.
  var entries: Int32 = 0
  var entryCount: Int32 = 0
  /// Where the pattern rules begin, and how many there are.
  var patterns: Int32 = 0
  var patternCount: Int32 = 0
  /// The block for all other members, or -1.
  var additional: Int32 = -1
  var requiredCount: Int32 = 0
  /// The node of `required`, or -1.
  var requiredNode: Int32 = -1
  /// The node of `additionalProperties`, or -1.
  var additionalNode: Int32 = -1
}

/// A property that `properties` or `required` names.
struct PropertyEntry: Sendable {
  let name: Int32
  /// The block for its value, or -1 where only `required` names it.
  var block: Int32
  /// Its position among the required names, or -1.
  var required: Int32
}

/// A property name or another string that values are compared with.
struct Name: Sendable {
  /// Where the bytes stand in `nameBytes`.
  let start: Int32
  let count: Int32
  /// The first eight bytes, to tell most names apart at one glance.
  let prefix: UInt64
}

/// A compiled schema: an instruction list and the tables it points into.
///
/// Compiled once, run on every record by any number of tasks.
package final class Program: Sendable {
  let instructions: [Instruction]
  let blocks: [Block]
  /// Lists of blocks, for `allOf` and the like.
  let lists: [Int32]
  let names: [Name]
  let nameBytes: [UInt8]
  let rules: [ObjectRules]
  let slots: [Int32]
  let entries: [PropertyEntry]
  /// Pattern and block of each pattern rule.
  let patternRules: [(pattern: Int32, block: Int32)]
  let patterns: [Pattern]
  let numbers: [ExactNumber]
  /// The numbers that fit, for the common comparison; `nil` elsewhere.
  let smallNumbers: [Int64?]
  let formats: [Format]
  /// The documents that constants and messages point into.
  let documents: [SyntaxTree]
  /// For each anchor and resource, the block of that `$dynamicAnchor`.
  let dynamicAnchors: [[Int32: Int32]]
  /// The annotation keywords that are collected.
  package let annotationKeywords: [String]
  /// The block of the schema as a whole.
  let entry: Int32
  let tracksEvaluation: Bool

  init(_ draft: ProgramDraft, documents: [SyntaxTree], entry: Int32) {
    instructions = draft.instructions
    blocks = draft.blocks
    lists = draft.lists
    names = draft.names
    nameBytes = draft.nameBytes
    rules = draft.rules
    slots = draft.slots
    entries = draft.entries
    patternRules = draft.patternRules
    patterns = draft.patterns
    numbers = draft.numbers
    smallNumbers = draft.smallNumbers
    formats = draft.formats
    dynamicAnchors = draft.dynamicAnchors
    annotationKeywords = draft.annotationKeywords
    self.documents = documents
    self.entry = entry
    tracksEvaluation = draft.blocks.contains { $0.tracksEvaluation }
  }

  func text(ofName index: Int32) -> String {
    let name = names[Int(index)]
    return String(
      decoding: nameBytes[Int(name.start)..<Int(name.start + name.count)], as: UTF8.self)
  }

  /// Every annotation keyword that the schema has anywhere: its position in `annotationKeywords`, and
  /// its value.
  package var annotationValues: [(keyword: Int, value: Node)] {
    blocks.flatMap { block in
      instructions[Int(block.first)..<Int(block.end)].compactMap { step in
        guard step.operation == .annotate else { return nil }
        let node = Node(tree: documents[Int(block.document)], index: Int(step.keyword))
        return (Int(step.a), node)
      }
    }
  }

  /// Returns the node of a schema document that an instruction or block stands for.
  func schemaNode(_ node: Int32, of block: Int32) -> Node {
    Node(tree: documents[Int(blocks[Int(block)].document)], index: Int(node))
  }
}

/// Returns the first eight bytes of a text as one number, padded with zeros.
@inline(__always)
func prefix(of text: UnsafeBufferPointer<UInt8>) -> UInt64 {
  guard let base = text.baseAddress else { return 0 }
  if text.count >= 8 { return UnsafeRawPointer(base).loadUnaligned(as: UInt64.self) }
  var value: UInt64 = 0
  var index = text.count
  while index > 0 {
    index -= 1
    value = value << 8 | UInt64(base[index])
  }
  return value
}

/// Returns where a name's search in a hash table begins.
@inline(__always)
func hash(prefix: UInt64, count: Int) -> Int {
  let mixed = (prefix ^ UInt64(truncatingIfNeeded: count)) &* 0x9E37_79B9_7F4A_7C15
  return Int(truncatingIfNeeded: mixed >> 32)
}

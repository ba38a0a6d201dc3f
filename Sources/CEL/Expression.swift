/// A parsed expression of the Common Expression Language.
///
/// Macros (`has`, `all`, `map`…) are forms of their own, because their arguments are not values.
package indirect enum Expression: Sendable {
  case literal(Value, Range<Int>)
  /// A name; one with a leading dot is looked up from the root.
  case name(String, isRooted: Bool, Range<Int>)
  /// `operand.field`, or `operand.?field`.
  case select(Expression, field: String, isOptional: Bool, Range<Int>)
  /// `operand[key]`, or `operand[?key]`.
  case index(Expression, Expression, isOptional: Bool, Range<Int>)
  case call(String, receiver: Expression?, [Expression], Range<Int>)
  case list([Item], Range<Int>)
  case map([Entry], Range<Int>)
  case conditional(Expression, Expression, Expression, Range<Int>)
  case and(Expression, Expression, Range<Int>)
  case or(Expression, Expression, Range<Int>)
  /// `has(operand.field)`.
  case has(Expression, Range<Int>)
  case macro(Macro, Range<Int>)

  /// An element of a list; an optional one is left out where it is absent.
  package struct Item: Sendable {
    let value: Expression
    let isOptional: Bool
  }

  /// An entry of a map; an optional one is left out where its value is absent.
  package struct Entry: Sendable {
    let key: Expression
    let value: Expression
    let isOptional: Bool
  }

  /// A macro that binds one or two names to what it walks over.
  package struct Macro: Sendable {
    package enum Kind: String, Sendable {
      case all
      case exists
      case existsOne
      case map
      case filter
      case transformList
      case transformMap
      case transformMapEntry
      case sortBy
      /// `cel.bind(name, value, body)`.
      case bind
      /// `operand.optMap(name, body)` and `operand.optFlatMap(name, body)`.
      case optMap
      case optFlatMap
    }

    let kind: Kind
    let operand: Expression
    let names: [String]
    /// The condition of `map` and `transform…` with one, else `nil`.
    let condition: Expression?
    let body: Expression
  }

  package var range: Range<Int> {
    switch self {
    case .literal(_, let range), .name(_, _, let range), .select(_, _, _, let range),
      .index(_, _, _, let range), .call(_, _, _, let range), .list(_, let range),
      .map(_, let range), .conditional(_, _, _, let range), .and(_, _, let range),
      .or(_, _, let range), .has(_, let range), .macro(_, let range):
      range
    }
  }
}

/// Why a text is not an expression, and where.
package struct ExpressionError: Error, Hashable, Sendable {
  package let message: String
  /// In UTF-8 offsets.
  package let range: Range<Int>

  package init(message: String, range: Range<Int>) {
    self.message = message
    self.range = range
  }
}

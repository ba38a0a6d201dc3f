import CEL
package import Diagnostics
import SourceText
import Synchronization
package import Syntax

/// The expressions of `x-computed` and `x-rules` in schemas, each parsed once.
package struct SchemaExpressions: Sendable {
  private struct Place: Hashable, Sendable {
    let tree: ObjectIdentifier
    let node: Int
  }

  /// A rule of `x-rules`, ready to run.
  struct PreparedRule: Sendable {
    /// The rule with its words.
    let rule: Node
    /// The text of its expression.
    let source: Node
    let expression: Expression
    /// Whether it speaks of an earlier version too.
    let namesOldVersion: Bool
  }

  /// The expressions of some schemas, with what is wrong with them.
  private struct Known: Sendable {
    let schemas: [SyntaxTree]
    let expressions: SchemaExpressions
    let report: Report
  }

  /// Those that were parsed last: who checks one version after the other meets the same schemas in most of them.
  private static let last = Mutex<[Known]>([])
  private static let mostKnown = 4

  /// Returns the expressions of the schemas of a rulebook, parsed once as long as it is used.
  ///
  /// - Parameters:
  ///   - schemas: The schema documents.
  ///   - report: Where findings go, the same where they were parsed before.
  /// - Returns: The expressions.
  package static func all(in schemas: [SyntaxTree], into report: inout Report) -> SchemaExpressions
  {
    let known = last.withLock(\.self).last { known in
      known.schemas.count == schemas.count && zip(known.schemas, schemas).allSatisfy { $0 === $1 }
    }
    if let known {
      report.merge(known.report)
      return known.expressions
    }
    var found = Report()
    let expressions = SchemaExpressions(in: schemas, into: &found)
    report.merge(found)
    let new = Known(schemas: schemas, expressions: expressions, report: found)
    last.withLock { last in
      if last.count >= mostKnown { last.removeFirst() }
      last.append(new)
    }
    return expressions
  }

  private var known: [Place: Expression] = [:]
  private var prepared: [Place: [PreparedRule]] = [:]

  /// Parses every expression of some schemas, so that one that is none is told before a record
  /// reaches it.
  ///
  /// - Parameters:
  ///   - schemas: The schema documents.
  ///   - report: Where findings go.
  package init(in schemas: [SyntaxTree], into report: inout Report) {
    let types = SchemaTypes(schemas)
    for schema in schemas {
      let owners = SchemaOwners(in: schema)
      for index in schema.nodes.indices where schema.nodes[index].kind == .object {
        let node = Node(tree: schema, index: index)
        let computed = node["x-computed"]
        let transitions = node["x-states"]?["transitions"]?.elements ?? []
        // Most properties say nothing of the mapping that they belong to.
        let owner =
          computed == nil && transitions.isEmpty
          ? .any : owners.owner(of: node).map { types.type(of: $0) } ?? .any
        if let expression = computed {
          parse(expression, over: owner, gives: types.type(of: node), &report)
        }
        if let condition = node["x-immutable-when"] {
          let own = types.type(of: node)
          parse(condition["when"] ?? condition, over: own, gives: .bool, &report)
        }
        for transition in transitions {
          guard let demand = transition["demands"] else { continue }
          parse(demand, over: owner, hasOld: true, gives: .bool, &report)
          for words in [transition["message"], transition["help"]].compactMap(\.self) {
            checkMessage(words, over: owner, true, &report)
          }
        }
        guard let rules = node["x-rules"] else { continue }
        let own = types.type(of: node)
        for rule in rules.elements {
          guard let expression = rule["rule"], rule["message"]?.string != nil else {
            // That they are missing is told by the schema of our keywords.
            continue
          }
          let hasOld = expression.text?.contains("oldSelf") == true
          parse(expression, over: own, hasOld: hasOld, gives: .bool, &report)
          for words in [rule["message"], rule["help"]].compactMap(\.self) {
            checkMessage(words, over: own, hasOld, &report)
          }
        }
        prepared[Place(tree: ObjectIdentifier(rules.tree), node: rules.index)] =
          rules.elements.compactMap { rule in
            guard let source = rule["rule"], let expression = self.expression(at: source) else {
              return nil
            }
            return PreparedRule(
              rule: rule, source: source, expression: expression,
              namesOldVersion: source.text?.contains("oldSelf") == true)
          }
      }
    }
  }

  /// Looks whether what a message or a help has in braces is an expression.
  private func checkMessage(
    _ node: Node, over owner: ValueType, _ hasOld: Bool, _ report: inout Report
  ) {
    for case .expression(let source, let start) in MessageTemplate(node.text ?? "").parts {
      do throws(ExpressionError) {
        var checker = Self.checker(over: owner, hasOld: hasOld)
        _ = try checker.type(of: try Parser.expression(source))
      } catch {
        report.error(
          .badExpression, "'{\(source)}' is no expression: \(error.message)",
          at: Self.place(of: start..<(start + source.utf8.count), in: node),
          help: "Write an expression over 'self' in the braces")
      }
    }
  }

  private static func checker(over owner: ValueType, hasOld: Bool) -> Checker {
    var names = ["self": owner]
    if hasOld { names["oldSelf"] = owner }
    return Checker(names: names, functions: OwnFunctions.signatures)
  }

  /// Parses an expression and checks it against what is known of its names.
  ///
  /// - Parameters:
  ///   - node: The expression's text.
  ///   - owner: The type of `self`.
  ///   - hasOld: Whether there is an `oldSelf`.
  ///   - type: The type that its value must have.
  ///   - report: Where findings go.
  private mutating func parse(
    _ node: Node, over owner: ValueType, hasOld: Bool = false, gives type: ValueType,
    _ report: inout Report
  ) {
    guard let source = node.string else {
      report.error(
        .badExpression, "an expression is a text", at: node.range, help: "Put it in quotes")
      return
    }
    do throws(ExpressionError) {
      let expression = try Parser.expression(source)
      var checker = Self.checker(over: owner, hasOld: hasOld)
      let found = try checker.type(of: expression)
      guard found.mayBe(type) else {
        throw ExpressionError(
          message: "it gives \(found.name), where \(type.name) belongs", range: expression.range)
      }
      known[Place(tree: ObjectIdentifier(node.tree), node: node.index)] = expression
    } catch {
      report.error(
        .badExpression, "'\(source)' is no expression: \(error.message)",
        at: Self.place(of: error.range, in: node),
        help: "Try it with: registrar eval, and an item whose fields it names")
    }
  }

  /// Returns the place of a part of an expression; the whole text where it has escapes.
  private static func place(of part: Range<Int>, in node: Node) -> SourceRange {
    let raw = node.tree.nodes[node.index]
    guard !raw.isDecoded else { return node.range }
    let start = Int(raw.low)
    return SourceRange(
      node.range.path, (start + part.lowerBound)..<(start + part.upperBound))
  }

  /// Returns the rules of an `x-rules` that are expressions.
  func rules(at node: Node) -> [PreparedRule] {
    prepared[Place(tree: ObjectIdentifier(node.tree), node: node.index)] ?? []
  }

  /// Returns the expression at a node of a schema, or `nil` where there is none.
  func expression(at node: Node) -> Expression? {
    known[Place(tree: ObjectIdentifier(node.tree), node: node.index)]
  }
}

extension Diagnostic.Code {
  /// A schema has an expression that is none.
  package static let badExpression: Self = "schema/bad-expression"
}

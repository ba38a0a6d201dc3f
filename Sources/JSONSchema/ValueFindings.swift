package import Diagnostics
import SourceText
package import Syntax

extension Evaluator {
  /// Checks a value and says in words what is wrong with it.
  ///
  /// - Parameters:
  ///   - node: The value.
  ///   - report: Where findings go.
  /// - Returns: The annotations that hold for the value and what is in it, also where it is invalid.
  package func check(_ node: Node, into report: inout Report) -> [Annotation] {
    node.tree.withView { view in
      _ = run(on: node.index, of: view)
      let narrator = Narrator(program: program, tree: node.tree, view: view)
      if let place = gaveUp {
        report.add(narrator.gaveUp(at: place))
      } else {
        for violation in violations { report.add(narrator.diagnostic(for: violation)) }
      }
    }
    return annotations.map { annotation in
      let step = program.instructions[Int(annotation.instruction)]
      return Annotation(
        keyword: Int(step.a), value: program.schemaNode(step.keyword, of: annotation.block),
        instance: Node(tree: node.tree, index: Int(annotation.node)))
    }
  }

  /// Returns whether a value is valid.
  ///
  /// - Parameter node: The value.
  /// - Returns: Whether every assertion holds; `false` too where the evaluator gave up.
  package func isValid(_ node: Node) -> Bool {
    node.tree.withView { run(on: node.index, of: $0) }
  }
}

/// Turns violations into findings with places and words.
struct Narrator {
  let program: Program
  let tree: SyntaxTree
  let view: TreeView

  func range(_ node: Int32) -> SourceRange {
    Node(tree: tree, index: Int(node)).range
  }

  /// Returns the keyword's value in its schema.
  func keyword(_ violation: Violation) -> Node {
    let step = program.instructions[Int(violation.instruction)]
    return program.schemaNode(step.keyword, of: violation.block)
  }

  /// The first sentence of the description of the schema that is broken, as help.
  func description(of block: Int32) -> String? {
    let schema = program.schemaNode(program.blocks[Int(block)].node, of: block)
    guard let text = schema["description"]?.string else { return nil }
    var sentence = ""
    for character in text {
      if character == "." || character == "\n" { break }
      sentence.append(character)
    }
    return "Expected here: " + sentence
  }

  func gaveUp(at place: (instruction: Int32, block: Int32, node: Int32)) -> Diagnostic {
    Diagnostic(
      .tooCostly, "checking this value would take too long", at: range(place.node),
      related: [
        .init(
          "because of this part of the schema",
          at: program.schemaNode(
            program.instructions[Int(place.instruction)].keyword, of: place.block
          ).range)
      ],
      help: "Simplify the schema there: patterns that repeat repeats, references in a circle")
  }

  func diagnostic(for violation: Violation) -> Diagnostic {
    switch violation.operation {
    case .type, .oneOfStrings, .oneOfValues, .constant, .bound, .multiple, .minLength, .maxLength,
      .pattern, .format:
      scalarDiagnostic(for: violation)
    case .object, .minProperties, .maxProperties, .dependentRequired, .propertyNames,
      .dependentSchema, .unevaluatedProperties:
      objectDiagnostic(for: violation)
    case .items, .contains, .minItems, .maxItems, .uniqueItems, .unevaluatedItems:
      arrayDiagnostic(for: violation)
    case .never, .not, .anyOf, .oneOf, .apply, .condition, .dynamicReference, .annotate:
      formDiagnostic(for: violation)
    }
  }

  private func formDiagnostic(for violation: Violation) -> Diagnostic {
    let place = range(violation.node)
    switch violation.operation {
    case .anyOf where !violation.causes.isEmpty, .oneOf where !violation.causes.isEmpty:
      return nearestForm(violation)
    case .anyOf where violation.detail < 0, .oneOf where violation.detail < 0:
      return Diagnostic(
        .wrongType,
        .expected(words(for: typesOfForms(violation)), found: words(for: violation.node)),
        at: place,
        help: description(of: violation.block))
    case .oneOf:
      let names = [violation.detail >> 16, violation.detail & 0xFFFF].map {
        formName(keyword(violation), Int($0))
      }
      return Diagnostic(
        .severalForms, "this fits \(names[0]) and \(names[1]), and must fit one form only",
        at: place, help: "Leave out what belongs to one of the two")
    default:
      return Diagnostic(
        .notAllowed, "\(words(for: violation.node)) is not allowed here", at: place,
        help: description(of: violation.block))
    }
  }

  /// One finding for all forms: at the first thing that keeps the nearest from fitting.
  private func nearestForm(_ violation: Violation) -> Diagnostic {
    let causes = violation.causes.map { diagnostic(for: $0) }.sorted()
    let forms = keyword(violation)
    let name = formName(forms, Int(violation.detail))
    guard let first = causes.first else { preconditionFailure("a form fails for a cause") }
    return Diagnostic(
      .noForm,
      "this fits none of the \(forms.count) forms allowed here; nearest is \(name): "
        + first.message,
      at: first.range, related: causes.dropFirst().map { .init($0.message, at: $0.range) },
      help: first.help)
  }

  /// Returns what a branch of `anyOf` or `oneOf` is called: its title, or its number.
  private func formName(_ forms: Node, _ position: Int) -> String {
    let schema = forms.elements[position]
    if let title = schema["title"]?.string { return "'\(title)'" }
    if let reference = schema["$ref"]?.string, let last = reference.split(separator: "/").last {
      return "'\(last)'"
    }
    return "form \(position + 1)"
  }

  private func typesOfForms(_ violation: Violation) -> TypeMask {
    let step = program.instructions[Int(violation.instruction)]
    var mask: TypeMask = []
    for position in step.a..<(step.a + step.b) {
      mask.formUnion(program.types(of: program.lists[Int(position)]))
    }
    return mask
  }
}

extension Program {
  /// Returns the types that a block asks for, through references; empty where it leaves them open.
  func types(of block: Int32, depth: Int = 0) -> TypeMask {
    let block = blocks[Int(block)]
    for index in block.first..<block.end {
      let step = instructions[Int(index)]
      if step.operation == .type { return TypeMask(rawValue: UInt8(truncatingIfNeeded: step.a)) }
      if step.operation == .oneOfStrings { return .string }
      if step.operation == .apply, depth < 16 {
        let types = types(of: step.a, depth: depth + 1)
        if !types.isEmpty { return types }
      }
    }
    return []
  }

  /// The types that the schema asks of the properties of its objects, for files such as CSV that do not
  /// tell a number from a text themselves.
  package var typesOfProperties: [String: TypeMask] {
    var blocks: [String: Int32] = [:]
    collectProperties(of: entry, depth: 0, into: &blocks)
    return blocks.mapValues { types(of: $0) }
  }

  /// Notes the block of each property, the first where there are several.
  private func collectProperties(
    of number: Int32, depth: Int, into found: inout [String: Int32]
  ) {
    let block = blocks[Int(number)]
    for index in block.first..<block.end {
      let step = instructions[Int(index)]
      if step.operation == .object {
        let rules = rules[Int(step.a)]
        for entry in entries[Int(rules.entries)..<Int(rules.entries + rules.entryCount)]
        where entry.block >= 0 {
          let name = text(ofName: entry.name)
          if found[name] == nil { found[name] = entry.block }
        }
      }
      if step.operation == .apply, depth < 16 {
        collectProperties(of: step.a, depth: depth + 1, into: &found)
      }
    }
  }
}

extension Diagnostic {
  init(
    _ code: Code, _ message: Message, at range: SourceRange, related: [Label] = [],
    help: String? = nil, remedy: Remedy? = nil
  ) {
    self.init(.error, code, message, at: range, related: related, help: help, remedy: remedy)
  }
}

extension Diagnostic.Message {
  static func + (left: Self, right: Self) -> Self { Self(left.text + right.text) }
  static func expected(_ expected: String, found: String) -> Self {
    "expected \(expected), found \(found)"
  }
}

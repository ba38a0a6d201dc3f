package import Diagnostics
import SourceText
import Syntax

extension Diagnostic.Code {
  package static let missingField: Self = "field/missing"
  package static let unknownField: Self = "field/unknown"
  package static let fieldCount: Self = "field/count"
  package static let listLength: Self = "list/length"
  package static let listDuplicate: Self = "list/duplicate"
  package static let listLacks: Self = "list/lacks"
  package static let listExtra: Self = "list/extra"
}

extension Narrator {
  func objectDiagnostic(for violation: Violation) -> Diagnostic {
    let place = range(violation.node)
    let limit = keyword(violation).text ?? ""
    switch violation.operation {
    case .minProperties, .maxProperties:
      let word = violation.operation == .minProperties ? "least" : "most"
      let count = Node(tree: tree, index: Int(violation.node)).count
      return Diagnostic(
        .fieldCount, "\(Count(count, "field")) here, must be at \(word) \(limit)", at: place)
    case .object where violation.detail <= -2, .dependentRequired:
      return missing(violation)
    default:
      return unknown(violation)
    }
  }

  /// A missing field is to blame on the place where it would go: after the last one there is.
  private func missing(_ violation: Violation) -> Diagnostic {
    let name = program.text(ofName: -2 - violation.detail)
    let owner = range(violation.node)
    let step = program.instructions[Int(violation.instruction)]
    let reason =
      violation.operation == .dependentRequired
      ? ", which '\(program.text(ofName: step.a))' asks for" : ""
    let end = owner.offsets.upperBound
    let start = owner.offsets.lowerBound
    return Diagnostic(
      .missingField, "the field '\(name)' is missing\(reason)",
      at: SourceRange(owner.path, end..<end),
      related: [.init("in what begins here", at: SourceRange(owner.path, start..<start))],
      help: "Add '\(name)'" + (purpose(of: name, in: violation.block).map { ": " + $0 } ?? ""))
  }

  private func unknown(_ violation: Violation) -> Diagnostic {
    guard violation.detail >= 0 else {
      return Diagnostic(
        .notAllowed, "\(words(for: violation.node)) is not allowed here",
        at: range(violation.node))
    }
    let key = Node(tree: tree, index: Int(violation.detail))
    let name = key.text ?? ""
    let known = program.properties(near: violation.block)
    var help = "Remove it, or add it to the schema"
    if let near = nearest(to: name, among: known) {
      help = suggestion(of: near, for: name)
    } else if known.count > 0, known.count <= 16 {
      help = "Known fields are \(joined(known, "and"))"
    }
    return Diagnostic(
      .unknownField, "the field '\(shortened(name))' is not known here", at: key.range, help: help)
  }

  /// Returns what a schema says that a field is for.
  private func purpose(of name: String, in block: Int32) -> String? {
    let schema = program.schemaNode(program.blocks[Int(block)].node, of: block)
    return schema["properties"]?[name]?["description"]?.string.map { text in
      String(text.prefix { $0 != "." && $0 != "\n" })
    }
  }

  func arrayDiagnostic(for violation: Violation) -> Diagnostic {
    let node = Node(tree: tree, index: Int(violation.node))
    let limit = keyword(violation).text ?? ""
    switch violation.operation {
    case .minItems, .maxItems:
      let word = violation.operation == .minItems ? "least" : "most"
      return Diagnostic(
        .listLength, "the list has \(Count(node.count, "element")), must have at \(word) \(limit)",
        at: node.range, help: description(of: violation.block))
    case .uniqueItems:
      return Diagnostic(
        .listDuplicate, "\(words(for: violation.node)) stands twice in the list", at: node.range,
        related: [.init("first here", at: range(violation.detail))],
        help: "Remove one of the two")
    case .contains:
      return Diagnostic(
        .listLacks,
        "\(Count(Int(violation.detail), "element")) of the list "
          + "\(violation.detail == 1 ? "is" : "are") of the kind that is asked for",
        at: node.range, help: description(of: violation.block))
    default:
      return Diagnostic(
        .listExtra, "the list has an element too many", at: range(violation.detail),
        help: "Remove it")
    }
  }
}

extension Program {
  /// Returns the properties that a schema and what it applies to the same value name.
  func properties(near block: Int32, depth: Int = 0) -> [String] {
    var names: [String] = []
    let block = blocks[Int(block)]
    for index in block.first..<block.end {
      let step = instructions[Int(index)]
      if step.operation == .object {
        let rules = rules[Int(step.a)]
        for entry in entries[Int(rules.entries)..<Int(rules.entries + rules.entryCount)]
        where entry.block >= 0 {
          names.append(text(ofName: entry.name))
        }
      } else if step.operation == .apply, depth < 8 {
        names += properties(near: step.a, depth: depth + 1)
      }
    }
    return names
  }
}

import Diagnostics
import Patterns
import Syntax

extension Compiler {
  typealias Location = SchemaLibrary.Location

  /// Compiles the keywords of one schema object.
  ///
  /// Cheap assertions come first and `unevaluated…` last, because it asks what the others did.
  mutating func compileMembers(of schema: Node, at location: Location, _ block: Int32) {
    let vocabularies = library.resources[location.resource].vocabularies
    var keywords: [Keyword: Node] = [:]
    for member in schema.members {
      guard let name = member.key.text else { continue }
      if let annotation = options.annotationKeywords.firstIndex(of: name) {
        emit(.annotate, member.value, Int32(annotation))
      }
      guard let keyword = Keyword(rawValue: name) else { continue }
      let isFormat = keyword == .format
      guard isFormat || vocabularies.contains(keyword.home) else { continue }
      keywords[keyword] = member.value
    }
    compileAssertions(keywords, formats: vocabularies)
    compileStructure(keywords, at: location)
    compileReferences(keywords, at: location)
    compileLogic(keywords, at: location)
    for (keyword, operation) in [
      (Keyword.unevaluatedItems, Operation.unevaluatedItems),
      (.unevaluatedProperties, .unevaluatedProperties),
    ] {
      guard let value = keywords[keyword] else { continue }
      draft.blocks[Int(block)].tracksEvaluation = true
      let inner = self.block(value, in: location)
      emit(operation, value, inner)
    }
  }

  mutating func emit(
    _ operation: Operation, _ keyword: Node, _ a: Int32 = 0, _ b: Int32 = 0, _ c: Int32 = 0
  ) {
    draft.instructions.append(
      Instruction(operation: operation, keyword: Int32(keyword.index), a: a, b: b, c: c))
  }

  private mutating func compileReferences(_ keywords: [Keyword: Node], at location: Location) {
    if let reference = keywords[.ref], let target = target(of: reference, from: location) {
      emit(.apply, reference, block(at: target))
    }
    guard let reference = keywords[.dynamicRef], let target = target(of: reference, from: location)
    else { return }
    // Only a reference that first leads to a $dynamicAnchor is dynamic (Core, section 8.2.3.2).
    let name = URIReference(reference.string ?? "").fragment ?? ""
    let first = block(at: target)
    if library.resources[target.resource].dynamicAnchors[name] == target.node {
      emit(.dynamicReference, reference, first, anchorNumber(name))
    } else {
      emit(.apply, reference, first)
    }
  }

  private func target(of reference: Node, from location: Location) -> Location? {
    guard let text = reference.string else {
      bad(reference, "$ref", "a URI reference as a string")
      return nil
    }
    guard let target = library.target(of: text, from: location.resource) else {
      library.report.error(
        .unresolvedSchemaReference, .unresolvedSchemaReference(text), at: reference.range,
        help: "Check the name of the file and the pointer after '#'")
      return nil
    }
    return target
  }

  private mutating func compileLogic(_ keywords: [Keyword: Node], at location: Location) {
    if let value = keywords[.allOf] {
      for schema in value.elements {
        let inner = block(schema, in: location)
        emit(.apply, schema, inner)
      }
    }
    for (keyword, operation) in [(Keyword.anyOf, Operation.anyOf), (.oneOf, .oneOf)] {
      guard let value = keywords[keyword] else { continue }
      let blocks = value.elements.map { block($0, in: location) }
      emit(operation, value, draft.list(blocks), Int32(blocks.count))
    }
    if let value = keywords[.not] {
      let inner = block(value, in: location)
      emit(.not, value, inner)
    }
    if let value = keywords[.if] {
      let condition = block(value, in: location)
      let then = keywords[.then].map { block($0, in: location) } ?? -1
      let otherwise = keywords[.else].map { block($0, in: location) } ?? -1
      emit(.condition, value, condition, then, otherwise)
    }
  }

  /// Reports a keyword whose value is of the wrong kind.
  func bad(_ value: Node, _ keyword: String, _ expectation: String) {
    library.report.error(
      .badKeyword, .badKeyword(keyword, expectation), at: value.range,
      help: "Give '\(keyword)' \(expectation)")
  }

  /// Returns the number of a pattern, or `nil` after reporting that it is none.
  mutating func pattern(_ source: Node) -> Int32? {
    guard let text = source.string else {
      bad(source, "pattern", "a regular expression as a string")
      return nil
    }
    do throws(PatternError) {
      return try draft.pattern(text)
    } catch {
      library.report.error(
        .badPattern, .badPattern(text, error.message), at: source.range,
        help: "Write the pattern as JavaScript would take it with the flag 'u'")
      return nil
    }
  }
}

import Diagnostics
import Syntax

extension Compiler {
  /// Compiles the keywords that look into arrays and objects.
  mutating func compileStructure(_ keywords: [Keyword: Node], at location: Location) {
    compileObjectRules(keywords, at: location)
    if let value = keywords[.propertyNames] {
      let inner = block(value, in: location)
      emit(.propertyNames, value, inner)
    }
    compileDependencies(keywords, at: location)
    compileItems(keywords, at: location)
  }

  private mutating func compileObjectRules(_ keywords: [Keyword: Node], at location: Location) {
    var table: [PropertyEntry] = []
    var positions: [Int32: Int] = [:]
    var rules = ObjectRules()
    for member in keywords[.properties]?.members ?? [] {
      let name = draft.name(member.key.text ?? "")
      positions[name] = table.count
      let inner = block(member.value, in: location)
      table.append(PropertyEntry(name: name, block: inner, required: -1))
    }
    if let required = keywords[.required] {
      rules.requiredNode = Int32(required.index)
      for element in required.elements {
        guard let text = element.string else {
          bad(element, "required", "a list of property names")
          continue
        }
        let name = draft.name(text)
        if let position = positions[name] {
          guard table[position].required < 0 else { continue }
          table[position].required = rules.requiredCount
        } else {
          positions[name] = table.count
          table.append(PropertyEntry(name: name, block: -1, required: rules.requiredCount))
        }
        rules.requiredCount += 1
      }
    }
    var patterns: [(pattern: Int32, block: Int32)] = []
    for member in keywords[.patternProperties]?.members ?? [] {
      guard let number = pattern(member.key) else { continue }
      patterns.append((number, block(member.value, in: location)))
    }
    rules.patterns = Int32(draft.patternRules.count)
    rules.patternCount = Int32(patterns.count)
    draft.patternRules += patterns
    if let additional = keywords[.additionalProperties] {
      rules.additional = block(additional, in: location)
      rules.additionalNode = Int32(additional.index)
    }
    guard
      let keyword = keywords[.properties] ?? keywords[.required] ?? keywords[.patternProperties]
        ?? keywords[.additionalProperties]
    else { return }
    emit(.object, keyword, draft.objectRules(table, rules))
  }

  private mutating func compileDependencies(_ keywords: [Keyword: Node], at location: Location) {
    for keyword in [Keyword.dependentRequired, .dependentSchemas, .dependencies] {
      for member in keywords[keyword]?.members ?? [] {
        let trigger = draft.name(member.key.text ?? "")
        if member.value.kind == .array {
          let needed = member.value.elements.compactMap(\.string)
          let first = Int32(draft.names.count)
          for name in needed { _ = draft.newName(name) }
          emit(.dependentRequired, member.value, trigger, first, Int32(needed.count))
        } else {
          let inner = block(member.value, in: location)
          emit(.dependentSchema, member.value, trigger, inner)
        }
      }
    }
  }

  private mutating func compileItems(_ keywords: [Keyword: Node], at location: Location) {
    let prefix = (keywords[.prefixItems]?.elements ?? []).map { block($0, in: location) }
    let rest = keywords[.items].map { block($0, in: location) } ?? -1
    if let keyword = keywords[.items] ?? keywords[.prefixItems] {
      emit(.items, keyword, draft.list(prefix), Int32(prefix.count), rest)
    }
    guard let value = keywords[.contains] else { return }
    let least = keywords[.minContains].flatMap { count($0, .minContains) } ?? 1
    let greatest = keywords[.maxContains].flatMap { count($0, .maxContains) } ?? -1
    let inner = block(value, in: location)
    emit(.contains, value, inner, least, greatest)
  }
}

import Patterns
package import Syntax

/// What a schema says of the values at a place in a record, without a record at hand.
///
/// Where a schema leaves open what a value may be, anything may be there; only what it excludes is excluded.
package struct SchemaFields: Sendable {
  let program: Program
  /// The blocks that every value at the place is checked by.
  let certain: [Int32]
  /// The blocks that some values at the place are checked by.
  let possible: [Int32]

  /// What is at the end of a way.
  package enum Lookup: Sendable {
    /// Values may be there.
    case here(SchemaFields)
    /// No value can be there: the field `name` is none of those that the schema names.
    case none(name: String, known: [String])
    /// No value can be there: what is before `name` has no fields, or no elements.
    case leaf(name: String)
  }

  /// Begins at the record as a whole.
  package init(of program: Program) {
    self.init(program, [program.entry], [])
  }

  private init(_ program: Program, _ certain: [Int32], _ possible: [Int32]) {
    self.program = program
    let sure = program.closure(of: certain, alternatives: false)
    self.certain = sure
    let all = program.closure(of: sure + possible, alternatives: true)
    let known = Set(sure)
    self.possible = all.filter { !known.contains($0) }
  }

  /// Looks where a way such as `agenda[].actions[]` leads.
  ///
  /// - Parameter way: Names of fields with dots between them; `[]` stands for the elements of a list.
  /// - Returns: What is there.
  package func lookup(_ way: String) -> Lookup {
    var place = self
    for step in way.split(separator: ".") {
      var name = step
      var lists = 0
      while name.hasSuffix("[]") {
        name = name.dropLast(2)
        lists += 1
      }
      guard place.mayBe(.object) else { return .leaf(name: String(step)) }
      guard let next = place.field(String(name)) else {
        return .none(name: String(name), known: place.names)
      }
      place = next
      for _ in 0..<lists {
        guard let elements = place.elements else { return .leaf(name: String(step)) }
        place = elements
      }
    }
    return .here(place)
  }

  /// The fields that the schema names, in its order.
  package var names: [String] {
    var names: [String] = []
    var seen: Set<String> = []
    for block in certain + possible {
      for rules in program.objectRules(of: block) {
        for entry in program.entries(of: rules) where entry.block >= 0 {
          let name = program.text(ofName: entry.name)
          if seen.insert(name).inserted { names.append(name) }
        }
      }
    }
    return names
  }

  /// The texts that the value must be one of; `nil` where the schema does not list them.
  package var values: [String]? {
    for block in certain {
      for step in program.steps(of: block) where step.operation == .oneOfStrings {
        return (step.a..<(step.a + step.b)).map { program.text(ofName: $0) }
      }
    }
    return nil
  }

  /// Whether every record must have the field.
  package func requires(_ name: String) -> Bool {
    certain.contains { block in
      program.objectRules(of: block).contains { rules in
        program.entries(of: rules).contains {
          $0.required >= 0 && program.text(ofName: $0.name) == name
        }
      }
    }
  }

  /// Returns the values of an annotation keyword at the place.
  package func annotations(_ keyword: Int) -> [Node] {
    (certain + possible).flatMap { block in
      program.steps(of: block).filter { $0.operation == .annotate && Int($0.a) == keyword }
        .map { program.schemaNode($0.keyword, of: block) }
    }
  }

  /// Whether values at the place may be of one of some types.
  package func mayBe(_ types: TypeMask) -> Bool {
    certain.allSatisfy { block in
      program.steps(of: block).allSatisfy { step in
        switch step.operation {
        case .type: !TypeMask(rawValue: UInt8(truncatingIfNeeded: step.a)).isDisjoint(with: types)
        case .oneOfStrings: types.contains(.string)
        case .never: false
        default: true
        }
      }
    }
  }

  /// Returns what is said of the values of a field; `nil` where no value can have it.
  private func field(_ name: String) -> SchemaFields? {
    var isNamed = false
    var inner: (certain: [Int32], possible: [Int32]) = ([], [])
    for block in certain {
      if program.refuses(name, block, depth: 0) { return nil }
      let blocks = program.blocks(for: name, of: block)
      isNamed = isNamed || !blocks.isEmpty
      inner.certain += blocks
    }
    for block in possible {
      let blocks = program.blocks(for: name, of: block)
      isNamed = isNamed || !blocks.isEmpty
      inner.possible += blocks
    }
    let isClosed = certain.contains { block in
      program.steps(of: block).contains {
        $0.operation == .unevaluatedProperties && program.blocks[Int($0.a)].isNever
      }
    }
    return isClosed && !isNamed ? nil : SchemaFields(program, inner.certain, inner.possible)
  }

  /// What is said of the elements of a list; `nil` where there is none.
  package var elements: SchemaFields? {
    guard mayBe(.array) else { return nil }
    func inner(_ blocks: [Int32]) -> [Int32] {
      var found: [Int32] = []
      for block in blocks {
        for step in program.steps(of: block) where step.operation == .items && step.b == 0 {
          if step.c >= 0 { found.append(step.c) }
        }
      }
      return found
    }
    return SchemaFields(program, inner(certain), inner(possible))
  }
}

extension Program {
  func steps(of block: Int32) -> ArraySlice<Instruction> {
    let block = blocks[Int(block)]
    return instructions[Int(block.first)..<Int(block.end)]
  }

  fileprivate func objectRules(of block: Int32) -> [ObjectRules] {
    steps(of: block).filter { $0.operation == .object }.map { rules[Int($0.a)] }
  }

  fileprivate func entries(of rules: ObjectRules) -> ArraySlice<PropertyEntry> {
    entries[Int(rules.entries)..<Int(rules.entries + rules.entryCount)]
  }

  /// Returns the blocks that the same value is checked by as by some blocks, those included.
  fileprivate func closure(of first: [Int32], alternatives: Bool) -> [Int32] {
    var found: [Int32] = []
    var seen: Set<Int32> = []
    var queue = Array(first.reversed())
    while let block = queue.popLast() {
      guard seen.insert(block).inserted else { continue }
      found.append(block)
      for step in steps(of: block) {
        switch step.operation {
        case .apply, .dynamicReference: queue.append(step.a)
        case .anyOf where alternatives, .oneOf where alternatives:
          queue += lists[Int(step.a)..<Int(step.a + step.b)]
        case .condition where alternatives:
          queue += [step.b, step.c, step.a].filter { $0 >= 0 }
        case .dependentSchema where alternatives: queue.append(step.b)
        default: break
        }
      }
    }
    return found
  }

  /// Returns the blocks for the values of a field, as one block says.
  fileprivate func blocks(for name: String, of block: Int32) -> [Int32] {
    var found: [Int32] = []
    for rules in objectRules(of: block) {
      let own = entries(of: rules).filter { $0.block >= 0 && text(ofName: $0.name) == name }
      found += own.map(\.block)
      let matching = patterns(of: rules, for: name)
      found += matching
      if own.isEmpty, matching.isEmpty, rules.additional >= 0,
        !blocks[Int(rules.additional)].isNever
      {
        found.append(rules.additional)
      }
    }
    return found
  }

  private func patterns(of rules: ObjectRules, for name: String) -> [Int32] {
    patternRules[Int(rules.patterns)..<Int(rules.patterns + rules.patternCount)]
      .filter { patterns[Int($0.pattern)].matches(name) }.map(\.block)
  }

  /// Whether no value that a block takes can have a field.
  fileprivate func refuses(_ name: String, _ block: Int32, depth: Int) -> Bool {
    guard depth < 16 else { return false }
    if blocks[Int(block)].isNever { return true }
    return steps(of: block).contains { step in
      switch step.operation {
      case .object:
        let rules = rules[Int(step.a)]
        if let entry = entries(of: rules).first(where: { text(ofName: $0.name) == name }),
          entry.block >= 0
        {
          return blocks[Int(entry.block)].isNever
        }
        guard patterns(of: rules, for: name).isEmpty else { return false }
        return rules.additional >= 0 && blocks[Int(rules.additional)].isNever
      case .apply: return refuses(name, step.a, depth: depth + 1)
      case .anyOf, .oneOf:
        return lists[Int(step.a)..<Int(step.a + step.b)].allSatisfy {
          refuses(name, $0, depth: depth + 1)
        }
      default: return false
      }
    }
  }
}

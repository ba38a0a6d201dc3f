import Syntax

extension Evaluator {
  /// Walks the members of an object once for four keywords (``ObjectRules``).
  func runObject(_ step: Instruction, _ index: Int32, _ block: Int32, _ node: Int) -> Bool {
    guard view.nodes[node].kind == .object else { return true }
    let rules = program.rules[Int(step.a)]
    let end = Int(view.nodes[node].end)
    var isValid = true
    var key = node + 1
    var ordinal = 0
    var seen: UInt64 = 0
    var seenCount: Int32 = 0
    while key < end {
      let text = view.text(of: key)
      var isKnown = false
      let position = entry(of: text, in: rules)
      if position >= 0 {
        let entry = program.entries[Int(position)]
        if entry.required >= 0 {
          seenCount += 1
          if entry.required < 64 { seen |= 1 << UInt64(entry.required) }
        }
        if entry.block >= 0 {
          isKnown = true
          if !evaluateMember(entry.block, key, step, index, block) { isValid = false }
        }
      }
      for rule in rules.patterns..<(rules.patterns + rules.patternCount) {
        let (pattern, inner) = program.patternRules[Int(rule)]
        guard matches(pattern, text, index, block, node) else { continue }
        isKnown = true
        if !evaluateMember(inner, key, step, index, block) { isValid = false }
      }
      if !isKnown, rules.additional >= 0 {
        isKnown = true
        if !evaluateMember(rules.additional, key, step, index, block) { isValid = false }
      }
      if isKnown, frame >= 0 { marks[frame + ordinal] = true }
      if !isValid, !isCollecting { return false }
      ordinal += 1
      key = Int(view.nodes[key + 1].end)
    }
    guard seenCount < rules.requiredCount else { return isValid }
    return reportMissing(rules, seen, step, index, block, node)
  }

  /// Runs a block on the value of a member; where no member at all is allowed, the key is to blame.
  @inline(__always)
  private func evaluateMember(
    _ inner: Int32, _ key: Int, _ step: Instruction, _ index: Int32, _ block: Int32
  ) -> Bool {
    if program.blocks[Int(inner)].isNever {
      return fail(step, index, block, key + 1, detail: Int32(key))
    }
    return evaluateInside(inner, key + 1)
  }

  /// Returns the position of the property `name` in the table of entries, or -1.
  @inline(__always)
  private func entry(of name: UnsafeBufferPointer<UInt8>, in rules: ObjectRules) -> Int32 {
    let word = prefix(of: name)
    let mask = Int(rules.mask)
    guard mask >= 0 else { return -1 }
    var slot = hash(prefix: word, count: name.count) & mask
    while true {
      let position = program.slots[Int(rules.slots) + slot]
      guard position >= 0 else { return -1 }
      if isName(program.entries[Int(position)].name, name, word) { return position }
      slot = (slot + 1) & mask
    }
  }

  private func reportMissing(
    _ rules: ObjectRules, _ seen: UInt64, _ step: Instruction, _ index: Int32, _ block: Int32,
    _ node: Int
  ) -> Bool {
    for position in rules.entries..<(rules.entries + rules.entryCount) where isCollecting {
      let entry = program.entries[Int(position)]
      guard entry.required >= 0 else { continue }
      let isSeen =
        entry.required < 64
        ? seen & (1 << UInt64(entry.required)) != 0 : value(of: entry.name, in: node) != nil
      if !isSeen { _ = fail(step, index, block, node, detail: -2 - entry.name) }
    }
    return false
  }

  /// Returns the node of the value under a name of the program, or `nil` where there is none.
  func value(of name: Int32, in node: Int) -> Int? {
    guard view.nodes[node].kind == .object else { return nil }
    let end = Int(view.nodes[node].end)
    var key = node + 1
    while key < end {
      let text = view.text(of: key)
      if isName(name, text, prefix(of: text)) { return key + 1 }
      key = Int(view.nodes[key + 1].end)
    }
    return nil
  }

  func runPropertyNames(_ step: Instruction, _ index: Int32, _ block: Int32, _ node: Int) -> Bool {
    guard view.nodes[node].kind == .object else { return true }
    var isValid = true
    var key = node + 1
    while key < Int(view.nodes[node].end) {
      if !evaluateInside(step.a, key) {
        isValid = false
        if !isCollecting { return false }
      }
      key = Int(view.nodes[key + 1].end)
    }
    return isValid
  }

  func runDependentRequired(
    _ step: Instruction, _ index: Int32, _ block: Int32, _ node: Int
  ) -> Bool {
    guard value(of: step.a, in: node) != nil else { return true }
    var isValid = true
    for name in step.b..<(step.b + step.c) where value(of: name, in: node) == nil {
      isValid = fail(step, index, block, node, detail: -2 - name)
    }
    return isValid
  }
}

import Syntax

extension Evaluator {
  func runItems(_ step: Instruction, _ index: Int32, _ block: Int32, _ node: Int) -> Bool {
    guard view.nodes[node].kind == .array else { return true }
    let end = Int(view.nodes[node].end)
    var isValid = true
    var child = node + 1
    var ordinal: Int32 = 0
    while child < end {
      let inner = ordinal < step.b ? program.lists[Int(step.a + ordinal)] : step.c
      guard inner >= 0 else { break }
      if program.blocks[Int(inner)].isNever {
        isValid = fail(step, index, block, node, detail: Int32(child))
      } else if !evaluateInside(inner, child) {
        isValid = false
      }
      if !isValid, !isCollecting { return false }
      if frame >= 0 { marks[frame + Int(ordinal)] = true }
      ordinal += 1
      child = Int(view.nodes[child].end)
    }
    return isValid
  }

  func runContains(_ step: Instruction, _ index: Int32, _ block: Int32, _ node: Int) -> Bool {
    guard view.nodes[node].kind == .array else { return true }
    var fitting: Int32 = 0
    var ordinal = 0
    var child = node + 1
    while child < Int(view.nodes[node].end) {
      if speculate({ evaluateInside(step.a, child) }) {
        fitting += 1
        if frame >= 0 { marks[frame + ordinal] = true }
      }
      ordinal += 1
      child = Int(view.nodes[child].end)
    }
    guard fitting < step.b || (step.c >= 0 && fitting > step.c) else { return true }
    return fail(step, index, block, node, detail: fitting)
  }

  func runUniqueItems(_ step: Instruction, _ index: Int32, _ block: Int32, _ node: Int) -> Bool {
    let array = view.nodes[node]
    guard array.kind == .array, array.low > 1 else { return true }
    var children: [Int] = []
    children.reserveCapacity(Int(array.low))
    var child = node + 1
    while child < Int(array.end) {
      children.append(child)
      child = Int(view.nodes[child].end)
    }
    var isValid = true
    func compare(_ child: Int, with earlier: some Sequence<Int>) {
      for other in earlier where areEqual(view, other, view, child) {
        isValid = fail(step, index, block, child, detail: Int32(other))
        return
      }
    }
    if children.count <= 16 {
      for position in children.indices.dropFirst() where isValid || isCollecting {
        compare(children[position], with: children[..<position])
      }
      return isValid
    }
    // Only elements with equal hashes are compared: a long list must not cost its square.
    var byHash: [Int: [Int]] = [:]
    for child in children where isValid || isCollecting {
      var hasher = Hasher()
      hash(view, child, into: &hasher)
      let key = hasher.finalize()
      compare(child, with: byHash[key] ?? [])
      byHash[key, default: []].append(child)
    }
    return isValid
  }
}

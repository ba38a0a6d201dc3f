import Syntax

extension Evaluator {
  /// Begins to track which members or elements of a container are spoken of.
  ///
  /// - Returns: Where the frame begins, or -1 for a scalar.
  func openFrame(for node: Int) -> Int {
    guard view.nodes[node].kind == .object || view.nodes[node].kind == .array else { return -1 }
    let start = marks.count
    marks.append(contentsOf: repeatElement(false, count: Int(view.nodes[node].low)))
    frame = start
    return start
  }

  /// Ends a frame and tells the one around it what was spoken of.
  func closeFrame(_ start: Int, into outer: Int, keep: Bool) {
    if outer >= 0, keep {
      for offset in 0..<(marks.count - start) where marks[start + offset] {
        marks[outer + offset] = true
      }
    }
    marks.removeLast(marks.count - start)
    frame = outer
  }

  /// Runs `body`, which may fail without harm: what a failure noted is undone, except violations.
  private func attempt(_ body: () -> Bool) -> Bool {
    let annotationCount = annotations.count
    // Frames that blocks inside opened are closed again: the last frame reaches to the end.
    let saved = frame >= 0 ? Array(marks[frame...]) : []
    if body() { return true }
    if frame >= 0 { marks.replaceSubrange(frame..., with: saved) }
    annotations.removeSubrange(annotationCount...)
    return false
  }

  /// Runs `body` for its answer alone: nothing that fails in it is reported.
  func speculate(_ body: () -> Bool) -> Bool {
    let wasCollecting = isCollecting
    isCollecting = false
    defer { isCollecting = wasCollecting }
    return attempt(body)
  }

  func runAnyOf(_ step: Instruction, _ index: Int32, _ block: Int32, _ node: Int) -> Bool {
    var isValid = false
    var branches: [[Violation]] = []
    for position in step.a..<(step.a + step.b) {
      let start = violations.count
      if attempt({ evaluate(program.lists[Int(position)], node) }) {
        isValid = true
        violations.removeSubrange(start...)
        // One fit is enough, unless others may speak of further members.
        if frame < 0, !collectsAnnotations { break }
      } else if isCollecting {
        branches.append(Array(violations[start...]))
        violations.removeSubrange(start...)
      }
    }
    if isValid { return true }
    return failBranches(branches, step, index, block, node)
  }

  func runOneOf(_ step: Instruction, _ index: Int32, _ block: Int32, _ node: Int) -> Bool {
    var fitting: [Int32] = []
    var branches: [[Violation]] = []
    for position in step.a..<(step.a + step.b) {
      let start = violations.count
      if attempt({ evaluate(program.lists[Int(position)], node) }) {
        fitting.append(position - step.a)
      } else if isCollecting {
        branches.append(Array(violations[start...]))
      }
      violations.removeSubrange(start...)
      if fitting.count > 1 { break }
    }
    switch fitting.count {
    case 1: return true
    case 0: return failBranches(branches, step, index, block, node)
    default:
      // The first two forms that fit, to be named.
      return fail(step, index, block, node, detail: fitting[0] << 16 | fitting[1] & 0xFFFF)
    }
  }

  /// Notes that no branch fits, with what keeps the nearest from fitting.
  ///
  /// The nearest is the one that fails deepest: not on the value's own type, then not on a constant
  /// that tells forms apart, then on the fewest counts.
  private func failBranches(
    _ branches: [[Violation]], _ step: Instruction, _ index: Int32, _ block: Int32, _ node: Int
  ) -> Bool {
    guard isCollecting else { return false }
    let distances = branches.map { distance(of: $0, at: node) }
    let nearest = branches.indices.min { distances[$0] < distances[$1] }
    guard let nearest, distances[nearest].0 < 2 else {
      // Every form asks for another type: the message lists the types.
      return fail(step, index, block, node)
    }
    return fail(
      step, index, block, node, detail: Int32(nearest), causes: branches[nearest])
  }

  private func distance(of violations: [Violation], at node: Int) -> (Int, Int) {
    var rank = 0
    for violation in violations {
      let isHere = violation.node == Int32(node)
      switch violation.operation {
      case .type where isHere, .never where isHere: rank = max(rank, 2)
      case .oneOfStrings, .oneOfValues, .constant: rank = max(rank, 1)
      default: break
      }
    }
    return (rank, violations.count)
  }

  func runNot(_ step: Instruction, _ index: Int32, _ block: Int32, _ node: Int) -> Bool {
    let annotationCount = annotations.count
    let outer = frame
    frame = -1
    let fits = speculate { evaluate(step.a, node) }
    frame = outer
    annotations.removeSubrange(annotationCount...)
    return !fits || fail(step, index, block, node)
  }

  func runCondition(_ step: Instruction, _ node: Int) -> Bool {
    let branch = speculate { evaluate(step.a, node) } ? step.b : step.c
    return branch < 0 || evaluate(branch, node)
  }

  func runUnevaluated(_ step: Instruction, _ index: Int32, _ block: Int32, _ node: Int) -> Bool {
    let isObject = step.operation == .unevaluatedProperties
    guard view.nodes[node].kind == (isObject ? .object : .array) else { return true }
    let end = Int(view.nodes[node].end)
    let tracked = frame
    var isValid = true
    var child = node + 1
    var ordinal = 0
    while child < end {
      let value = isObject ? child + 1 : child
      if !marks[tracked + ordinal] {
        if program.blocks[Int(step.a)].isNever {
          isValid = fail(step, index, block, isObject ? value : node, detail: Int32(child))
        } else if !evaluateInside(step.a, value) {
          isValid = false
        }
        marks[tracked + ordinal] = true
        if !isValid, !isCollecting { return false }
      }
      ordinal += 1
      child = Int(view.nodes[value].end)
    }
    return isValid
  }
}

import Patterns
package import Syntax

/// What one value breaks: the instruction, the value, and what is needed to say it in words.
struct Violation {
  let operation: Operation
  let instruction: Int32
  let block: Int32
  /// The value that breaks the instruction.
  let node: Int32
  /// What the operation needs beside: a name, a member's key, an element.
  var detail: Int32 = -1
  /// Where several forms were allowed and none fits: what keeps the nearest from fitting.
  var causes: [Violation] = []
}

/// A place where a schema says more about a value than whether it is valid.
package struct Annotation: Sendable {
  /// The position of the keyword in `Program.annotationKeywords`.
  package let keyword: Int
  /// The keyword's value in its schema.
  package let value: Node
  /// The value that it speaks of.
  package let instance: Node
}

/// Runs programs on values; one evaluator serves one task and any number of values.
///
/// A value is first checked for validity alone, which ends at the first breach. Only a value that
/// fails is walked again to collect everything that is wrong with it.
package final class Evaluator {
  /// How many blocks may run on any value, and how many more for each node of its file, before the
  /// evaluator gives up: alternatives inside alternatives can ask for exponential work.
  private static let freeSteps = 1_000_000
  private static let stepsPerNode = 64
  /// The deepest nesting of blocks; schemas that refer to themselves in a circle reach it.
  static let largestDepth = 1500

  let program: Program
  let collectsAnnotations: Bool
  var view: TreeView
  var isCollecting = false
  var violations: [Violation] = []
  /// The instruction and node of each annotation met so far.
  var annotations: [(instruction: Int32, block: Int32, node: Int32)] = []
  /// Whether some block of the schema spoke of a member or element, for the values that are tracked.
  ///
  /// A frame is a stretch of this, one flag a member.
  var marks: [Bool] = []
  /// Where the frame of the value at hand begins, or -1 where nobody asks.
  var frame = -1
  /// The resources that were entered, outermost first.
  var dynamicScope: [Int32] = []
  var depth = 0
  var steps = 0
  private var stepLimit = 0
  var gaveUp: (instruction: Int32, block: Int32, node: Int32)?
  let matcher = PatternMatcher()

  /// Makes an evaluator.
  ///
  /// - Parameters:
  ///   - program: What values are checked with.
  ///   - collectsAnnotations: Whether the places of annotation keywords are wanted.
  package init(_ program: Program, collectsAnnotations: Bool = false) {
    self.program = program
    self.collectsAnnotations = collectsAnnotations
    view = .empty
  }

  /// Returns whether the value at `node` is valid, and remembers what it breaks if not.
  func run(on node: Int, of view: TreeView) -> Bool {
    self.view = view
    stepLimit = Self.freeSteps + Self.stepsPerNode * view.nodes.count
    reset()
    isCollecting = false
    if evaluate(program.entry, node), gaveUp == nil { return true }
    guard gaveUp == nil else { return false }
    reset()
    isCollecting = true
    let isValid = evaluate(program.entry, node)
    precondition(gaveUp != nil || !isValid, "both walks judge alike")
    return false
  }

  private func reset() {
    violations.removeAll(keepingCapacity: true)
    annotations.removeAll(keepingCapacity: true)
    marks.removeAll(keepingCapacity: true)
    dynamicScope.removeAll(keepingCapacity: true)
    frame = -1
    depth = 0
    steps = 0
    gaveUp = nil
  }

  /// Runs a block on a value and returns whether it is valid.
  func evaluate(_ number: Int32, _ node: Int) -> Bool {
    let block = program.blocks[Int(number)]
    guard block.first < block.end else { return true }
    depth += 1
    steps += 1
    defer { depth -= 1 }
    guard depth <= Self.largestDepth, steps <= stepLimit, gaveUp == nil else {
      if gaveUp == nil { gaveUp = (block.first, number, Int32(node)) }
      return false
    }
    let entersResource = dynamicScope.last != block.resource
    if entersResource { dynamicScope.append(block.resource) }
    let outer = frame
    let opened = block.tracksEvaluation ? openFrame(for: node) : -1
    var isValid = true
    for index in block.first..<block.end {
      let instruction = program.instructions[Int(index)]
      if !run(instruction, index, number, node) {
        isValid = false
        if !isCollecting { break }
      }
    }
    if opened >= 0 { closeFrame(opened, into: outer, keep: isValid || isCollecting) }
    if entersResource { dynamicScope.removeLast() }
    return isValid
  }

  /// Runs a block on a member or an element, whose own members are nobody's concern here.
  @inline(__always)
  func evaluateInside(_ block: Int32, _ node: Int) -> Bool {
    let outer = frame
    frame = -1
    defer { frame = outer }
    return evaluate(block, node)
  }

  /// Notes that an instruction is broken.
  ///
  /// - Returns: `false`, for the caller to return.
  func fail(
    _ instruction: Instruction, _ index: Int32, _ block: Int32, _ node: Int, detail: Int32 = -1,
    causes: [Violation] = []
  ) -> Bool {
    if isCollecting {
      violations.append(
        Violation(
          operation: instruction.operation, instruction: index, block: block, node: Int32(node),
          detail: detail, causes: causes))
    }
    return false
  }

  /// Runs one instruction on a value.
  func run(_ step: Instruction, _ index: Int32, _ block: Int32, _ node: Int) -> Bool {
    switch step.operation {
    case .never: return fail(step, index, block, node)
    case .type:
      return has(TypeMask(rawValue: UInt8(truncatingIfNeeded: step.a)), node)
        || fail(step, index, block, node)
    case .oneOfStrings:
      return isOneOf(step.a, step.b, node) || fail(step, index, block, node)
    case .oneOfValues, .constant:
      return equalsConstant(step, node) || fail(step, index, block, node)
    case .bound, .multiple:
      guard view.nodes[node].kind == .number else { return true }
      return (step.operation == .bound ? isWithin(step, node) : isMultiple(step, node))
        || fail(step, index, block, node)
    case .minLength, .maxLength:
      return hasLength(step, node) || fail(step, index, block, node)
    case .pattern:
      guard view.nodes[node].kind == .string else { return true }
      return matches(step.a, view.text(of: node), index, block, node)
        || fail(step, index, block, node)
    case .format:
      guard view.nodes[node].kind == .string else { return true }
      return program.formats[Int(step.a)].accepts(view.text(of: node))
        || fail(step, index, block, node)
    case .object: return runObject(step, index, block, node)
    case .propertyNames: return runPropertyNames(step, index, block, node)
    case .minProperties, .maxProperties, .minItems, .maxItems:
      return hasCount(step, node) || fail(step, index, block, node)
    case .dependentRequired: return runDependentRequired(step, index, block, node)
    case .dependentSchema:
      guard value(of: step.a, in: node) != nil else { return true }
      return evaluate(step.b, node)
    case .items: return runItems(step, index, block, node)
    case .contains: return runContains(step, index, block, node)
    case .uniqueItems: return runUniqueItems(step, index, block, node)
    case .apply: return evaluate(step.a, node)
    case .anyOf: return runAnyOf(step, index, block, node)
    case .oneOf: return runOneOf(step, index, block, node)
    case .not: return runNot(step, index, block, node)
    case .condition: return runCondition(step, node)
    case .dynamicReference: return evaluate(dynamicTarget(step), node)
    case .unevaluatedItems, .unevaluatedProperties:
      return runUnevaluated(step, index, block, node)
    case .annotate:
      if collectsAnnotations { annotations.append((index, block, Int32(node))) }
      return true
    }
  }

  /// Returns the outermost subschema with the anchor, as `$dynamicRef` asks (Core, 8.2.3.2).
  private func dynamicTarget(_ step: Instruction) -> Int32 {
    let anchors = program.dynamicAnchors[Int(step.b)]
    for resource in dynamicScope {
      if let block = anchors[resource] { return block }
    }
    return step.a
  }
}

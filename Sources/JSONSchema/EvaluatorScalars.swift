import Glibc
import Patterns
import Syntax

extension Evaluator {
  func has(_ mask: TypeMask, _ node: Int) -> Bool {
    switch view.nodes[node].kind {
    case .null: mask.contains(.null)
    case .true, .false: mask.contains(.boolean)
    case .string: mask.contains(.string)
    case .array: mask.contains(.array)
    case .object: mask.contains(.object)
    case .number: mask.contains(.number) || (mask.contains(.integer) && isInteger(node))
    }
  }

  private func isInteger(_ node: Int) -> Bool {
    let text = view.text(of: node)
    return smallInteger(text) != nil || ExactNumber(text).isInteger
  }

  func isOneOf(_ first: Int32, _ count: Int32, _ node: Int) -> Bool {
    guard view.nodes[node].kind == .string else { return false }
    let text = view.text(of: node)
    let word = prefix(of: text)
    for index in first..<(first + count) where isName(index, text, word) { return true }
    return false
  }

  /// Whether a name of the program is `text`, whose first eight bytes are `word`.
  @inline(__always)
  func isName(_ index: Int32, _ text: UnsafeBufferPointer<UInt8>, _ word: UInt64) -> Bool {
    let name = program.names[Int(index)]
    guard name.prefix == word, Int(name.count) == text.count else { return false }
    guard text.count > 8, let base = text.baseAddress else { return true }
    return program.nameBytes.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return false }
      return memcmp(start + Int(name.start), base, text.count) == 0
    }
  }

  func isWithin(_ step: Instruction, _ node: Int) -> Bool {
    let text = view.text(of: node)
    if let limit = program.smallNumbers[Int(step.a)], let value = smallInteger(text) {
      return holds(Bound(rawValue: step.b), value, limit)
    }
    return holds(Bound(rawValue: step.b), ExactNumber(text), program.numbers[Int(step.a)])
  }

  private func holds<Value: Comparable>(_ bound: Bound?, _ value: Value, _ limit: Value) -> Bool {
    switch bound {
    case .minimum: value >= limit
    case .exclusiveMinimum: value > limit
    case .maximum: value <= limit
    case .exclusiveMaximum: value < limit
    case nil: false
    }
  }

  func isMultiple(_ step: Instruction, _ node: Int) -> Bool {
    let text = view.text(of: node)
    if let divisor = program.smallNumbers[Int(step.a)], let value = smallInteger(text) {
      return value % divisor == 0
    }
    return ExactNumber(text).isMultiple(of: program.numbers[Int(step.a)]) ?? false
  }

  func hasLength(_ step: Instruction, _ node: Int) -> Bool {
    guard view.nodes[node].kind == .string else { return true }
    let text = view.text(of: node)
    let bound = Int(step.a)
    if step.operation == .maxLength, text.count <= bound { return true }
    if step.operation == .minLength, text.count < bound { return false }
    // Every scalar has one byte that is not a continuation byte (10xxxxxx).
    let length = text.count { $0 & 0xC0 != 0x80 }
    return step.operation == .minLength ? length >= bound : length <= bound
  }

  /// Whether the pattern is found in `text`; gives up on the whole value where matching would not
  /// end in reasonable time.
  func matches(
    _ number: Int32, _ text: UnsafeBufferPointer<UInt8>, _ index: Int32, _ block: Int32, _ node: Int
  ) -> Bool {
    switch program.patterns[Int(number)].matches(text, with: matcher) {
    case .matched: return true
    case .notMatched: return false
    case .gaveUp:
      if gaveUp == nil { gaveUp = (index, block, Int32(node)) }
      return false
    }
  }

  func hasCount(_ step: Instruction, _ node: Int) -> Bool {
    let kind = view.nodes[node].kind
    let count = Int(view.nodes[node].low)
    switch step.operation {
    case .minProperties: return kind != .object || count >= Int(step.a)
    case .maxProperties: return kind != .object || count <= Int(step.a)
    case .minItems: return kind != .array || count >= Int(step.a)
    default: return kind != .array || count <= Int(step.a)
    }
  }

  func equalsConstant(_ step: Instruction, _ node: Int) -> Bool {
    program.documents[Int(step.a)].withView { schema in
      let constant = Int(step.b)
      if step.operation == .constant { return areEqual(schema, constant, view, node) }
      var child = constant + 1
      while child < Int(schema.nodes[constant].end) {
        if areEqual(schema, child, view, node) { return true }
        child = Int(schema.nodes[child].end)
      }
      return false
    }
  }
}

import Diagnostics
import Syntax

extension Compiler {
  /// Compiles the keywords that look at one value alone.
  mutating func compileAssertions(_ keywords: [Keyword: Node], formats: Vocabulary) {
    if let value = keywords[.type] { compileType(value) }
    if let value = keywords[.enum] { compileEnum(value) }
    if let value = keywords[.const] { compileConst(value) }
    for (keyword, bound) in [
      (Keyword.minimum, Bound.minimum), (.exclusiveMinimum, .exclusiveMinimum),
      (.maximum, .maximum), (.exclusiveMaximum, .exclusiveMaximum),
    ] {
      guard let value = keywords[keyword] else { continue }
      guard value.kind == .number, let text = value.text else {
        bad(value, keyword.rawValue, "a number")
        continue
      }
      emit(.bound, value, draft.number(text), bound.rawValue)
    }
    if let value = keywords[.multipleOf] { compileMultiple(value) }
    for (keyword, operation) in [
      (Keyword.minLength, Operation.minLength), (.maxLength, .maxLength),
      (.minProperties, .minProperties), (.maxProperties, .maxProperties),
      (.minItems, .minItems), (.maxItems, .maxItems),
    ] {
      guard let value = keywords[keyword], let count = count(value, keyword) else { continue }
      emit(operation, value, count)
    }
    if let value = keywords[.pattern], let number = pattern(value) {
      emit(.pattern, value, number)
    }
    let asserts = options.assertsFormats || formats.contains(.formatAssertion)
    if asserts, let value = keywords[.format], let format = value.string.flatMap(Format.init) {
      emit(.format, value, draft.format(format))
    }
    if keywords[.uniqueItems]?.bool == true, let value = keywords[.uniqueItems] {
      emit(.uniqueItems, value)
    }
  }

  private mutating func compileType(_ value: Node) {
    var mask: TypeMask = []
    for name in value.kind == .array ? value.elements : [value] {
      guard let type = name.string.flatMap(TypeMask.init(name:)) else {
        bad(name, "type", "'null', 'boolean', 'integer', 'number', 'string', 'array' or 'object'")
        return
      }
      mask.insert(type)
    }
    emit(.type, value, Int32(mask.rawValue))
  }

  private mutating func compileEnum(_ value: Node) {
    let strings = value.elements.compactMap(\.string)
    guard strings.count == value.count, !strings.isEmpty else {
      emit(.oneOfValues, value, document(of: value), Int32(value.index))
      return
    }
    let first = Int32(draft.names.count)
    for string in strings { _ = draft.newName(string) }
    emit(.oneOfStrings, value, first, Int32(strings.count))
  }

  private mutating func compileConst(_ value: Node) {
    if let string = value.string {
      emit(.oneOfStrings, value, draft.newName(string), 1)
    } else {
      emit(.constant, value, document(of: value), Int32(value.index))
    }
  }

  private func document(of value: Node) -> Int32 {
    Int32(library.documents.firstIndex { $0 === value.tree } ?? 0)
  }

  private mutating func compileMultiple(_ value: Node) {
    guard value.kind == .number, let text = value.text, !text.hasPrefix("-"),
      text.utf8.prefix(while: { $0 != UInt8(ascii: "e") && $0 != UInt8(ascii: "E") })
        .contains(where: { (UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) })
    else {
      bad(value, "multipleOf", "a number above 0")
      return
    }
    emit(.multiple, value, draft.number(text))
  }

  /// Returns a count that a keyword asks for; one beyond all files is held at a bound.
  func count(_ value: Node, _ keyword: Keyword) -> Int32? {
    guard value.kind == .number, var text = value.text else {
      bad(value, keyword.rawValue, "a whole number from 0")
      return nil
    }
    let number = text.withUTF8 { ExactNumber($0) }
    guard number.isInteger, !number.isNegative else {
      bad(value, keyword.rawValue, "a whole number from 0")
      return nil
    }
    guard number.digits.count + number.exponent <= 9 else { return Int32.max }
    return number.digits.reduce(0) { $0 * 10 + Int32($1) }
      * (0..<number.exponent).reduce(1) { power, _ in power * 10 }
  }
}

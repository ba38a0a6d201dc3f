package import Diagnostics
import SourceText
import Syntax

extension Diagnostic.Code {
  package static let wrongType: Self = "value/type"
  package static let notListed: Self = "value/not-listed"
  package static let outOfRange: Self = "value/out-of-range"
  package static let wrongMultiple: Self = "value/multiple"
  package static let wrongLength: Self = "value/length"
  package static let wrongPattern: Self = "value/pattern"
  package static let wrongFormat: Self = "value/format"
  package static let notAllowed: Self = "value/not-allowed"
  package static let noForm: Self = "value/no-form"
  package static let severalForms: Self = "value/several-forms"
  package static let tooCostly: Self = "value/too-costly"
}

extension Narrator {
  /// Returns what stands at `node`, as it is called in a message.
  func words(for node: Int32) -> String {
    let node = Node(tree: tree, index: Int(node))
    return switch node.kind {
    case .null: "nothing"
    case .true, .false: "\(node.text ?? "")"
    case .number: "the number \(node.text ?? "")"
    case .string: "the text '\(shortened(node.text ?? ""))'"
    case .array: "a list"
    case .object: "a mapping"
    }
  }

  /// Returns a text as it is quoted in a message: on one line and not too long.
  func shortened(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    return line.count <= 60 ? line : line.prefix(59) + "…"
  }

  func words(for mask: TypeMask) -> String {
    var words: [String] = []
    if mask.contains(.string) { words.append("a text") }
    if mask.contains(.number) {
      words.append("a number")
    } else if mask.contains(.integer) {
      words.append("a whole number")
    }
    if mask.contains(.boolean) { words.append("true or false") }
    if mask.contains(.array) { words.append("a list") }
    if mask.contains(.object) { words.append("a mapping") }
    if mask.contains(.null) { words.append("nothing") }
    return words.isEmpty ? "something else" : joined(words, "or")
  }

  /// Returns words as a person lists them: `a, b or c`.
  func joined(_ words: [String], _ conjunction: String) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " \(conjunction) \(last)"
  }

  func scalarDiagnostic(for violation: Violation) -> Diagnostic {
    let place = range(violation.node)
    let found = words(for: violation.node)
    let help = description(of: violation.block)
    let limit = keyword(violation).text ?? ""
    switch violation.operation {
    case .type:
      return wrongType(violation)
    case .oneOfStrings, .oneOfValues, .constant:
      return notListed(violation)
    case .bound:
      let step = program.instructions[Int(violation.instruction)]
      let word =
        switch Bound(rawValue: step.b) {
        case .minimum: "at least"
        case .exclusiveMinimum: "more than"
        case .maximum: "at most"
        default: "less than"
        }
      return Diagnostic(.outOfRange, "\(found) must be \(word) \(limit)", at: place, help: help)
    case .multiple:
      return Diagnostic(
        .wrongMultiple, "\(found) is not a multiple of \(limit)", at: place, help: help)
    case .minLength, .maxLength:
      let length = view.text(of: Int(violation.node)).count { $0 & 0xC0 != 0x80 }
      let (word, bound) =
        violation.operation == .minLength ? ("short", "least") : ("long", "most")
      let message: Diagnostic.Message =
        length == 0
        ? "the text is empty"
        : "\(found) is too \(word): \(Count(length, "character")), at \(bound) \(limit)"
      return Diagnostic(.wrongLength, message, at: place, help: help)
    case .pattern:
      // A form of days in the order of ISO 8601.
      let text = Node(tree: tree, index: Int(violation.node)).text ?? ""
      let isDay = limit.contains("\\d{4}-\\d{2}")
      return Diagnostic(
        .wrongPattern, "\(found) does not have the form \(limit)", at: place,
        help: (isDay ? MeantValue.day(text) : nil) ?? help,
        remedy: isDay ? remedy(forDay: text, at: place) : nil)
    default:
      return wrongFormat(violation)
    }
  }

  private func wrongType(_ violation: Violation) -> Diagnostic {
    let step = program.instructions[Int(violation.instruction)]
    let mask = TypeMask(rawValue: UInt8(truncatingIfNeeded: step.a))
    let node = Node(tree: tree, index: Int(violation.node))
    var help = description(of: violation.block)
    var meant: Remedy.Scalar?
    if mask.contains(.string), node.kind == .number || node.bool != nil {
      let written = tree.file.text(of: node.range.offsets)
      let other = MeantValue.help(forText: written, by: schema(of: violation.block))
      help = other.map { $0 ?? help } ?? "Put the value in quotes to make it a text"
      if other == nil { meant = .text(written) }
    } else if let number = MeantValue.number(
      in: node.string ?? "", as: mask, by: schema(of: violation.block))
    {
      let isQuoted =
        tree.file.text(of: node.range.offsets).first.map { "\"'".contains($0) } ?? false
      help = "Write \(number)" + (isQuoted ? ", without quotes" : "")
      meant = .number(number)
    } else if node.kind == .null {
      help =
        isBeforeComment(node)
        ? "'#' begins a comment: put the text in quotes" : "Give a value, or leave the field out"
    } else if let slip = MeantValue.help(for: node.string ?? "", as: mask) {
      help = slip
      if slip == "Write true" || slip == "Write false" { meant = .truth(slip == "Write true") }
    }
    let place = range(violation.node)
    return Diagnostic(
      .wrongType, .expected(words(for: mask), found: words(for: violation.node)),
      at: place, help: help, remedy: meant.map { Remedy(.set(place, $0)) })
  }

  private func notListed(_ violation: Violation) -> Diagnostic {
    let allowed = keyword(violation)
    let isList = violation.operation != .constant && allowed.kind == .array
    let values = isList ? allowed.elements : [allowed]
    let words = values.map { value in
      value.kind == .array || value.kind == .object ? "…" : "'\(shortened(value.text ?? ""))'"
    }
    let shown = words.count <= 12 ? words : words.prefix(11) + ["\(words.count - 11) more"]
    let found = self.words(for: violation.node)
    let message: Diagnostic.Message =
      values.count == 1
      ? "expected \(words[0]), found \(found)"
      : "\(found) is none of \(joined(Array(shown), "and"))"
    var help = description(of: violation.block)
    let text = Node(tree: tree, index: Int(violation.node)).text ?? ""
    let node = Node(tree: tree, index: Int(violation.node))
    let texts = values.compactMap(\.string)
    let place = range(violation.node)
    var remedy: Remedy?
    if node.kind != .string, texts.contains(text) {
      // The same signs in quotes are what is meant, not the nearest other ones.
      help = "Write it in quotes: '\(text)'"
      remedy = Remedy(.set(place, .text(text)))
    } else if node.kind == .string,
      values.contains(where: { $0.kind == .number && $0.text == text })
    {
      help = "Write \(text), without quotes"
      remedy = Remedy(.set(place, .number(text)))
    } else if let meant = nearest(to: text, among: texts) {
      help = suggestion(of: meant, for: text)
      // Capitals are a slip; other letters may mean another value.
      remedy = Remedy(
        .set(place, .text(meant)), changesMeaning: meant.lowercased() != text.lowercased())
    }
    return Diagnostic(.notListed, message, at: place, help: help, remedy: remedy)
  }

  private func wrongFormat(_ violation: Violation) -> Diagnostic {
    let step = program.instructions[Int(violation.instruction)]
    let format = program.formats[Int(step.a)]
    let text = view.text(of: Int(violation.node))
    let fault = format.fault(in: text).map { ": \($0)" } ?? ""
    let written = String(decoding: text, as: UTF8.self)
    let meant = format == .date ? MeantValue.day(written) : nil
    return Diagnostic(
      .wrongFormat,
      "\(words(for: violation.node)) is not \(format.expectation)\(fault)",
      at: range(violation.node), help: meant ?? description(of: violation.block),
      remedy: format == .date ? remedy(forDay: written, at: range(violation.node)) : nil)
  }

  /// Returns the edit that writes a day in the form of ISO 8601, where one day alone can be meant.
  private func remedy(forDay text: String, at place: SourceRange) -> Remedy? {
    let days = MeantValue.days(text)
    return days.count == 1 ? Remedy(.set(place, .text(days[0]))) : nil
  }

  private func schema(of block: Int32) -> Node {
    program.schemaNode(program.blocks[Int(block)].node, of: block)
  }

  /// Whether nothing stands at a place because what does is a comment.
  private func isBeforeComment(_ node: Node) -> Bool {
    let bytes = node.tree.file.bytes
    var index = node.range.offsets.lowerBound
    while index < bytes.count, bytes[index] == 0x20 { index += 1 }
    return index < bytes.count && bytes[index] == UInt8(ascii: "#")
  }
}

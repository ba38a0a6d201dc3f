import Clibyaml
package import Diagnostics
import SourceText

/// Says in a clerk's words what libyaml stumbled over.
struct YAMLFault {
  private let problem: String
  private let file: SourceFile
  private let source: UnsafeBufferPointer<UInt8>
  /// Where libyaml stopped, and where the structure it was in began.
  private let offset: Int
  private let context: Int
  private let range: Range<Int>

  init(
    _ parser: yaml_parser_t, offsets: MarkOffsets, file: SourceFile,
    source: UnsafeBufferPointer<UInt8>, range: Range<Int>
  ) {
    var offsets = offsets
    problem = parser.problem.map { String(cString: $0) } ?? ""
    offset = min(offsets.offset(of: parser.problem_mark.index), range.upperBound)
    context = min(offsets.offset(of: parser.context_mark.index), range.upperBound)
    self.file = file
    self.source = source
    self.range = range
  }

  /// Whether libyaml stumbled over a character that is no text.
  var isHiddenCharacter: Bool { problem.contains("control characters") }

  /// Whether libyaml stopped on the line after a place.
  func follows(_ place: SourceRange) -> Bool {
    let end = place.offsets.upperBound
    return offset >= end && source[end..<max(end, offset)].count(where: { $0 == 0x0A }) <= 1
  }

  private func place(_ offset: Int) -> SourceRange {
    SourceRange(file.path, offset..<min(offset + 1, source.count))
  }

  private func error(
    _ code: Diagnostic.Code, _ message: Diagnostic.Message, at offset: Int,
    related: [Diagnostic.Label] = [], help: String
  ) -> Diagnostic {
    Diagnostic(.error, code, message, at: place(offset), related: related, help: help)
  }

  private func error(_ slip: YAMLSlip) -> Diagnostic {
    Diagnostic(
      .error, slip.code, slip.message, at: SourceRange(file.path, slip.range), help: slip.help,
      remedy: slip.edit.map { edit in
        let old = String(decoding: source[edit.range], as: UTF8.self)
        return Remedy(
          .replace(SourceRange(file.path, edit.range), old: old, new: edit.text),
          // What looks like a comment may be one.
          changesMeaning: old.contains(" #"))
      })
  }

  var diagnostic: Diagnostic {
    if problem.contains("tab character") || isTabInIndentation { return tab }
    if problem.contains("cannot start any token") { return reserved }
    if problem.contains("mapping values are not allowed") { return unexpectedColon }
    if problem.contains("unexpected end of stream"), context < offset {
      return error(
        .unclosedQuote, "this quote is never closed", at: context, help: closingQuote)
    }
    if problem.contains("expected ',' or"), context <= offset {
      if let slip = YAMLSlip.comma(in: source, at: offset) { return error(slip) }
      let bracket = problem.contains("']'") ? "]" : "}"
      return error(
        .unclosedBracket, "this bracket is not closed by '\(bracket)'", at: context,
        related: [.init("something else stands here", at: place(min(offset, source.count)))],
        help: "Add '\(bracket)', or put a text with ',' or brackets in quotes")
    }
    if problem.contains("could not find expected ':'") {
      if let slip = YAMLSlip.dash(in: source, range, at: context) { return error(slip) }
      if let slip = YAMLSlip.space(in: source, at: context) { return error(slip) }
      return error(
        .missingColon, "this line has no ':' after its key", at: context,
        help: "Write 'key: value', or put a text of several lines in quotes or behind '|'")
    }
    if let slip = YAMLSlip.emptyList(in: source, range, before: offset) { return error(slip) }
    if let slip = YAMLSlip.dash(in: source, range, at: offset) { return error(slip) }
    if let slip = YAMLSlip.value(in: source, at: offset) { return error(slip) }
    if problem.contains("expected key") || problem.contains("'-' indicator")
      || problem.contains("block sequence entries") || problem.contains("<document start>")
    {
      return error(
        .badIndentation, "this line does not fit the indentation of the lines before it",
        at: offset,
        related: context < offset ? [.init("this begins here", at: place(context))] : [],
        help: isDash(offset) && isDash(context)
          ? "Begin this '- ' in the same column as the one above"
          : "Begin the keys of one mapping in the same column, and list entries with '- '")
    }
    return other
  }

  /// A colon where libyaml expects no key: inside a text, on a line that is indented too far, or
  /// after a line whose own colon is missing.
  private var unexpectedColon: Diagnostic {
    let start = lineStart(at: offset)
    let isFirstOfLine = !hasColon(start..<offset)
    guard isFirstOfLine, start > 0 else {
      return error(
        .colonInText, "a ':' followed by a space cannot stand inside a plain text", at: offset,
        help: "Put the whole text in quotes, or correct the indentation")
    }
    let before = lineStart(at: start - 1)
    guard hasColon(before..<start) else {
      if let slip = YAMLSlip.space(in: source, at: firstText(from: before)) { return error(slip) }
      return error(
        .missingColon, "this line has no ':' after its key", at: firstText(from: before),
        help: "Write 'key: value', or put a text of several lines in quotes or behind '|'")
    }
    return error(
      .badIndentation, "this line does not fit the indentation of the lines before it",
      at: firstText(from: start),
      help: "Begin the keys of one mapping in the same column; put a text of several lines "
        + "in quotes or behind '|'")
  }

  /// What to do about a quote that is not closed: a word processor may have made another sign of the second.
  private var closingQuote: String {
    var end = context
    while end < source.count, source[end] != 0x0A { end += 1 }
    let line = file.text(of: context..<end)
    let sign = line.first.map(String.init) ?? "\""
    for (other, name) in [
      ("\u{201D}", "U+201D"), ("\u{201C}", "U+201C"), ("\u{2019}", "U+2019"),
      ("\u{2018}", "U+2018"),
    ] where line.hasSuffix(other) {
      return "The line ends in '\(other)' (\(name)), which is another sign: write \(sign)"
    }
    return "Add the closing quote"
  }

  private func isDash(_ offset: Int) -> Bool {
    offset + 1 < source.count && source[offset] == UInt8(ascii: "-") && source[offset + 1] == 0x20
  }

  private func lineStart(at offset: Int) -> Int {
    var start = offset
    while start > 0, source[start - 1] != 0x0A { start -= 1 }
    return start
  }

  private func firstText(from start: Int) -> Int {
    var index = start
    while index < source.count, source[index] == 0x20 { index += 1 }
    return index
  }

  /// Whether a stretch has a colon that ends a key.
  private func hasColon(_ range: Range<Int>) -> Bool {
    range.contains { index in
      source[index] == UInt8(ascii: ":") && (index + 1 >= source.count || source[index + 1] <= 0x20)
    }
  }

  private var other: Diagnostic {
    if problem.contains("escape") {
      return error(
        .badEscape, "this is not an escape of double-quoted text", at: offset,
        help: "Write '\\\\' for a backslash, or use single quotes")
    }
    if problem.contains("alphabetic or numeric") || problem.contains("tag") {
      return error(
        .badIndicator, "a text cannot begin with '&', '*' or '!'", at: context,
        help: "Put the text in quotes")
    }
    return error(
      .badYAML, .init("this is not YAML: \(problem)"), at: offset,
      help: "Compare the line with its neighbours, or put texts in quotes")
  }

  private var isTabInIndentation: Bool {
    guard offset < source.count else { return false }
    var index = offset
    if source[index] == UInt8(ascii: "\t") { return true }
    while index > 0, source[index - 1] == 0x20 || source[index - 1] == 0x09 {
      index -= 1
      if source[index] == UInt8(ascii: "\t") {
        return index == 0 || source[index - 1] == 0x0A || source[index - 1] == 0x20
      }
    }
    return false
  }

  private var tab: Diagnostic {
    var index = min(offset, source.count - 1)
    while index > 0, source[index] != UInt8(ascii: "\t"), source[index] != 0x0A { index -= 1 }
    return error(
      .tab, "YAML is not indented with tabs", at: source[index] == 0x09 ? index : offset,
      help: "Use spaces")
  }

  private var reserved: Diagnostic {
    let character = file.text(of: offset..<min(offset + 1, source.count))
    return error(
      .badIndicator, "a text cannot begin with '\(character)'", at: offset,
      help: "Put the text in quotes")
  }
}

extension Diagnostic.Code {
  package static let hiddenNumber: Self = "yaml/hidden-number"
  package static let hiddenText: Self = "yaml/hidden-text"
  package static let missingComma: Self = "yaml/missing-comma"
  package static let missingDash: Self = "yaml/missing-dash"
  package static let lineSeparator: Self = "yaml/line-separator"
  package static let emptyYAML: Self = "yaml/empty"
  package static let severalDocuments: Self = "yaml/several-documents"
  package static let yamlVersion: Self = "yaml/version"
  package static let complexKey: Self = "yaml/complex-key"
  package static let emptyKey: Self = "yaml/empty-key"
  package static let mergeKey: Self = "yaml/merge-key"
  package static let duplicateYAMLKey: Self = "yaml/duplicate-key"
  package static let unknownTag: Self = "yaml/unknown-tag"
  package static let undefinedAlias: Self = "yaml/undefined-alias"
  package static let recursiveAlias: Self = "yaml/recursive-alias"
  package static let tooManyAliases: Self = "yaml/too-many-aliases"
  package static let leadingZero: Self = "yaml/leading-zero"
  package static let notFinite: Self = "yaml/not-finite"
  package static let longNumber: Self = "yaml/long-number"
  package static let tab: Self = "yaml/tab"
  package static let colonInText: Self = "yaml/colon-in-text"
  package static let unclosedQuote: Self = "yaml/unclosed-quote"
  package static let unclosedBracket: Self = "yaml/unclosed-bracket"
  package static let missingColon: Self = "yaml/missing-colon"
  package static let badIndentation: Self = "yaml/indentation"
  package static let badEscape: Self = "yaml/bad-escape"
  package static let badIndicator: Self = "yaml/indicator"
  package static let textAfterValue: Self = "yaml/text-after-value"
  package static let missingSpace: Self = "yaml/missing-space"
  package static let badYAML: Self = "yaml/syntax"
}

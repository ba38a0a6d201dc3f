package import Diagnostics
import Patterns
import Registry
import SourceText
import Syntax

extension RegisterRule {
  /// What word processors leave behind in a text is no part of it.
  static let textHygiene = RegisterRule(
    "text-hygiene",
    [
      .strayBullet, .gluedFootnote, .unbalancedBracket, .doubledFullStop, .pageFurniture,
      .changeMark,
    ],
    requirement: "Texts are free of what a word processor leaves behind.",
    [
      Parameter(
        name: "in", kind: .ways, meaning: "The ways to the texts; all texts where none is given.",
        isRequired: false)
    ]
  ) { rule, report in
    let marks = Leftover.all
    let matcher = PatternMatcher()
    for record in rule.records {
      for text in rule.runningTexts(of: record) {
        func note(
          _ code: Diagnostic.Code, _ range: Range<Int>, _ message: Diagnostic.Message,
          _ help: String, _ remedy: Remedy? = nil
        ) {
          report.add(
            Diagnostic(
              .note, code, message, at: text.place(of: range), help: help, remedy: remedy))
        }
        for mark in marks {
          for match in text.matches(of: mark.pattern, with: matcher) {
            let words = mark.replacement?(match.text)
            note(
              mark.code, match.range, mark.message(match), mark.help,
              words.map {
                text.remedy(match.range, $0, changesMeaning: mark.code != .doubledFullStop)
              })
          }
        }
        if text.letters.hasAny(of: "()[]"), let (offset, bracket) = unbalanced(text.text) {
          note(
            .unbalancedBracket, offset..<(offset + 1), .unbalanced(bracket),
            "Add the other bracket, or remove this one")
        }
      }
    }
  }

  /// Returns the first bracket without its other, which is not the mark of a list such as `a)`.
  private static func unbalanced(_ text: String) -> (offset: Int, bracket: Character)? {
    var open: [(offset: Int, bracket: UInt8)] = []
    let bytes = Array(text.utf8)
    for (offset, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "("), UInt8(ascii: "["): open.append((offset, byte))
      case UInt8(ascii: ")"), UInt8(ascii: "]"):
        let partner = byte == UInt8(ascii: ")") ? UInt8(ascii: "(") : UInt8(ascii: "[")
        if open.last?.bracket == partner {
          open.removeLast()
        } else if !isListMark(bytes, offset) {
          return (offset, Character(Unicode.Scalar(byte)))
        }
      default: break
      }
    }
    return open.first.map { ($0.offset, Character(Unicode.Scalar($0.bracket))) }
  }

  /// Whether a closing bracket ends the mark of a list: one or two letters or digits after a space.
  private static func isListMark(_ bytes: [UInt8], _ offset: Int) -> Bool {
    var start = offset
    while start > 0, offset - start < 4,
      bytes[start - 1] | 0x20 >= 97 || (48...57).contains(bytes[start - 1])
    {
      start -= 1
    }
    let length = offset - start
    return (1...3).contains(length) && (start == 0 || [32, 10, 9].contains(bytes[start - 1]))
  }
}

/// Something that a word processor leaves behind.
private struct Leftover: Sendable {
  let code: Diagnostic.Code
  let pattern: Pattern
  let message: @Sendable (Pattern.Match) -> Diagnostic.Message
  let help: String
  /// What is to stand in the place of the words, where that is plain.
  let replacement: (@Sendable (String) -> String)?

  init?(
    _ code: Diagnostic.Code, _ pattern: String, help: String,
    replacement: (@Sendable (String) -> String)? = nil,
    _ message: @escaping @Sendable (Pattern.Match) -> Diagnostic.Message
  ) {
    guard let pattern = try? Pattern(ecma262: pattern) else { return nil }
    self.code = code
    self.pattern = pattern
    self.help = help
    self.replacement = replacement
    self.message = message
  }

  static let all: [Leftover] =
    [
      Leftover(
        .strayBullet, #"[•▪●◦‣\uF0B7](?=\s|$)|(?<=[:;] )o (?=[a-z])"#,
        help: "Make the points a list of their own"
      ) { _ in "a bullet of a list stands inside of a text" },
      Leftover(
        .gluedFootnote, #"\b[a-z]{3,}\d(?=[\s,.;:]|$)"#,
        help: "Move the footnote to a field of its own", replacement: { String($0.dropLast()) }
      ) { "'\($0.text)' looks like a word with the mark of a footnote" },
      Leftover(
        .doubledFullStop, #"(?<![.\d])\.\.(?![.\d])"#, help: "Leave one of them out",
        replacement: { String($0.dropLast()) }
      ) { _ in
        "there are two full stops"
      },
      Leftover(
        .pageFurniture, #"\bPage \d+ of \d+\b|© ?(?:SECCo|Smart Energy Code)[^.]{0,40}\d{4}"#,
        help: "Take it out: it belongs to the page and not to the text"
      ) { "'\($0.text)' is furniture of a page" },
      Leftover(
        .changeMark, #"~~[^~]+~~|\{\+\+.*?\+\+\}|\{--.*?--\}|</?(?:ins|del)>|\[new\]"#,
        help: "Store the text as it is; redlines are computed"
      ) { "'\($0.text)' is a mark of a change" },
    ].compactMap(\.self)
}

extension Diagnostic.Code {
  /// A bullet stands inside of a text.
  package static let strayBullet: Self = "text/stray-bullet"
  /// A word ends with the mark of a footnote.
  package static let gluedFootnote: Self = "text/glued-footnote"
  /// A bracket has no other.
  package static let unbalancedBracket: Self = "text/unbalanced-bracket"
  /// There are two full stops.
  package static let doubledFullStop: Self = "text/double-full-stop"
  /// A header or footer of a page stands in a text.
  package static let pageFurniture: Self = "text/page-furniture"
  /// A text has marks of a change.
  package static let changeMark: Self = "text/change-mark"
}

extension Diagnostic.Message {
  fileprivate static func unbalanced(_ bracket: Character) -> Self {
    "the bracket '\(bracket)' has no other"
  }
}

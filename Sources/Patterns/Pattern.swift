import Cpcre2

/// A regular expression, ready to run.
///
/// JSON Schema asks for ECMA-262 (with the flag `u`). The engine is PCRE2, which reads a language of
/// its own; so a pattern is translated (``PatternTranslator``), never handed over.
package struct Pattern: Sendable {
  /// What came of looking for a pattern in a text.
  package enum Outcome: Hashable, Sendable {
    case matched
    case notMatched
    /// Matching would take too long; patterns that repeat repeats do that.
    case gaveUp
  }

  package let source: String
  private let code: CompiledCode

  /// Compiles a pattern of ECMA-262.
  ///
  /// - Parameter source: The pattern without delimiters and flags.
  /// - Throws: `PatternError` where ECMA-262 does not allow it, or PCRE2 cannot express it.
  package init(ecma262 source: String) throws(PatternError) {
    self = try KnownPatterns.pattern(source, in: .ecma262) { () throws(PatternError) in
      var translator = PatternTranslator(source)
      return try Pattern(
        source, translated: try translator.translate(), words: RequiredWords.all(in: source))
    }
  }

  /// Compiles a translated pattern.
  init(_ source: String, translated: String, words: [[UInt8]] = []) throws(PatternError) {
    code = try CompiledCode(translated, length: source.utf8.count, words: words)
    self.source = source
  }

  /// Whether the pattern may be found in a text; `false` says that it is not.
  ///
  /// - Parameter text: The pairs of letters of the text.
  /// - Returns: Whether a search can find anything.
  package func mayMatch(_ text: LetterPairs) -> Bool {
    code.words.isEmpty
      || text.mayContain(code.common) && code.words.contains { text.mayContain($0) }
  }

  /// Looks for the pattern anywhere in a text.
  ///
  /// - Parameters:
  ///   - text: Valid UTF-8.
  ///   - matcher: The scratch space of the task.
  /// - Returns: Whether it was found.
  package func matches(_ text: UnsafeBufferPointer<UInt8>, with matcher: PatternMatcher) -> Outcome
  {
    matcher.run(code, on: text)
  }

  /// Whether the pattern is found anywhere in `text`; `false` too where matching gave up.
  package func matches(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { matches($0, with: PatternMatcher()) } == .matched
  }

  /// A place where a pattern was found.
  package struct Match: Hashable, Sendable {
    /// Where it stands, in UTF-8.
    package let range: Range<Int>
    /// The text of each group, from 1; `nil` for one that took no part.
    package let groups: [String?]
    package let text: String
  }

  /// Returns the places where the pattern is found, from first to last; none overlap.
  ///
  /// - Parameters:
  ///   - text: The text to search.
  ///   - matcher: The scratch space of the task.
  /// - Returns: The places up to where matching gives up.
  package func matches(in text: String, with matcher: PatternMatcher = .init()) -> [Match] {
    var text = text
    return text.withUTF8 { bytes in
      var found: [Match] = []
      var start = 0
      while start <= bytes.count, matcher.run(code, on: bytes, from: start) == .matched,
        let range = matcher.range(0)
      {
        let groups = (1..<10).map { group in
          matcher.range(group).map { String(decoding: bytes[$0], as: UTF8.self) }
        }
        found.append(
          Match(range: range, groups: groups, text: String(decoding: bytes[range], as: UTF8.self)))
        start = max(range.upperBound, range.lowerBound + 1)
        // Do not begin inside of a character.
        while start < bytes.count, bytes[start] & 0xC0 == 0x80 { start += 1 }
      }
      return found
    }
  }

  /// Returns `template` with `$1`…`$9` as the groups of the pattern, if it covers all of `text`.
  ///
  /// - Parameters:
  ///   - text: The text to match as a whole.
  ///   - template: What to return; `$0` is the whole text.
  /// - Returns: The filled template, or `nil` where the pattern does not cover the text.
  package func replacement(for text: String, template: String) -> String? {
    var text = text
    return text.withUTF8 { bytes in
      let matcher = PatternMatcher()
      guard matcher.run(code, on: bytes) == .matched, matcher.range(0) == 0..<bytes.count else {
        return nil
      }
      var result: [UInt8] = []
      var rest = Array(template.utf8)[...]
      while let byte = rest.popFirst() {
        let digit = Int(rest.first ?? 0) - 48
        if byte == UInt8(ascii: "$"), (0...9).contains(digit) {
          rest.removeFirst()
          if let range = matcher.range(digit) { result.append(contentsOf: bytes[range]) }
        } else {
          result.append(byte)
        }
      }
      return String(decoding: result, as: UTF8.self)
    }
  }

  /// Whether `text` is a regular expression of ECMA-262.
  package static func isRegularExpression(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    (try? Pattern(ecma262: String(decoding: text, as: UTF8.self))) != nil
  }
}

/// Code that PCRE2 compiled, which any number of threads may run.
final class CompiledCode: Sendable {
  /// The address of the code.
  ///
  /// A number, because pointers are not `Sendable`, and what this one points to never changes.
  private let address: UInt
  /// The words of which one stands in every place where the pattern is found; none where that is not known.
  let words: [LetterPairs]
  /// What all of those words have.
  let common: LetterPairs

  var pointer: OpaquePointer? { OpaquePointer(bitPattern: address) }

  init(_ pattern: String, length: Int, words: [[UInt8]]) throws(PatternError) {
    let words = words.map { word in word.withUnsafeBufferPointer { LetterPairs(of: $0) } }
    self.words = words
    common = words.dropFirst().reduce(words.first ?? LetterPairs()) { $0.common(with: $1) }
    var error: Int32 = 0
    var offset = 0
    let options =
      PCRE2_UTF | UInt32(PCRE2_NO_UTF_CHECK) | UInt32(PCRE2_MATCH_UNSET_BACKREF)
      | UInt32(PCRE2_NEVER_BACKSLASH_C) | UInt32(PCRE2_DOLLAR_ENDONLY)
    let bytes = Array(pattern.utf8)
    guard
      let code = pcre2_compile_8(bytes, bytes.count, UInt32(options), &error, &offset, nil)
    else {
      throw PatternError(Self.words(for: error), at: 0..<length)
    }
    // Where there is no JIT the interpreter runs the same code.
    _ = pcre2_jit_compile_8(code, UInt32(PCRE2_JIT_COMPLETE))
    address = UInt(bitPattern: code)
  }

  deinit {
    pcre2_code_free_8(pointer)
  }

  private static func words(for error: Int32) -> String {
    if error == 125 { return "look-behind takes alternatives of a fixed length each" }
    var buffer = [UInt8](repeating: 0, count: 160)
    let length = pcre2_get_error_message_8(error, &buffer, buffer.count)
    return String(decoding: buffer.prefix(Int(max(0, length))), as: UTF8.self)
  }
}

/// Why a text is not a pattern, and where.
package struct PatternError: Error, Hashable, Sendable {
  /// What is wrong, as the end of a sentence: `there is nothing to repeat`.
  package let message: String
  /// The place in the pattern, in UTF-8 offsets.
  package let range: Range<Int>

  package init(_ message: String, at range: Range<Int>) {
    self.message = message
    self.range = range
  }
}

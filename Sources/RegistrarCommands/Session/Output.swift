package import Diagnostics
import SourceText

/// One of the two ways on which a command speaks: the edge at which text loses its power.
///
/// Nothing of a record, a file name, a commit or a tag steers the terminal or the pusher that reads it,
/// whichever command tells it and however it came there: controls, what reorders a line and what cannot
/// be seen are shown as `<U+001B>`. Only what a format has escaped by its own rules passes as it is.
package struct Output {
  /// What was said and not handed to ``sink`` yet.
  package private(set) var text = ""
  /// Takes what is said, piece by piece, so that memory does not grow with it; where there is none, all
  /// is kept in ``text``.
  package var sink: ((String) -> Void)?
  /// Whether nothing was said at all.
  package private(set) var isEmpty = true
  /// How many columns a line of words has at the most; `nil` where lines are as long as they are.
  ///
  /// What a format has escaped keeps its lines.
  package var width: Int?
  private var wrap = LineWrap()
  /// From how many bytes on text is handed on.
  private static let largestPiece = 65_536

  package init() {}

  /// Says a text; of a literal, what is interpolated stays on its line.
  package static func += (output: inout Output, text: PaintedText) {
    output.add(words: text.text)
  }

  /// Says lines that were put together before.
  @_disfavoredOverload
  package static func += (output: inout Output, text: String) {
    output.add(words: text.visible)
  }

  private mutating func add(words: String) {
    guard let width else { return add(escaped: words) }
    add(escaped: wrap.wrapped(words, to: width))
  }

  /// Says what is escaped already: JSON, a page, a report, what another program said.
  package mutating func add(escaped text: String) {
    isEmpty = isEmpty && text.isEmpty
    self.text += text
    if self.text.utf8.count >= Self.largestPiece { flush() }
  }

  /// Takes back what was not handed on.
  mutating func take() -> String {
    defer { text = "" }
    return text
  }

  /// Hands on what is left.
  package mutating func flush() {
    guard let sink, !text.isEmpty else { return }
    sink(text)
    text = ""
  }
}

import SourceText

/// A page of Markdown, in which only the program has markup: what is put into it is text.
///
/// It is to a page what `PaintedText` is to a terminal: what is interpolated says what it says, on its line; no mark
/// of Markdown, of HTML or of a table works in it, and no link.
package struct MarkdownText: Hashable, Sendable, ExpressibleByStringInterpolation {
  package private(set) var text = ""

  package init(stringLiteral text: String) { self.text = text }

  package init(stringInterpolation interpolation: StringInterpolation) {
    text = interpolation.text
  }

  /// Takes what is Markdown already, as a table or a redline.
  package init(markup text: String) { self.text = text }

  /// What stands between the parts of a literal and in them.
  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    package init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity)
    }

    package mutating func appendLiteral(_ literal: String) { text += literal }

    package mutating func appendInterpolation(_ markdown: MarkdownText) { text += markdown.text }

    package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      text += markdownText(value.description.visibleOnOneLine)
    }
  }

  package var isEmpty: Bool { text.isEmpty }

  package static func += (text: inout MarkdownText, more: MarkdownText) { text.text += more.text }
}

extension Sequence<MarkdownText> {
  package func joined() -> MarkdownText { reduce(into: "") { $0 += $1 } }
}

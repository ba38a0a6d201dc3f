import SourceText

/// Text for people, in which only the program gives colours: what is put into it is made visible.
///
/// It is to a terminal what `HTML` is to a browser: a `String` becomes part of it with all signs shown that
/// could steer the terminal, and what has colours already stays as it is. What is interpolated stays on its
/// line: a name cannot pretend to be a line of its own.
package struct PaintedText: Hashable, Sendable, ExpressibleByStringInterpolation {
  /// What goes to the terminal.
  package private(set) var text = ""

  package init(_ text: String) { self.text = text.visible }

  package init(stringLiteral text: String) { self.init(text) }

  package init(stringInterpolation interpolation: StringInterpolation) {
    text = interpolation.text
  }

  /// What stands between the parts of a literal and in them.
  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    package init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity)
    }

    package mutating func appendLiteral(_ literal: String) { text += literal }

    package mutating func appendInterpolation(_ painted: PaintedText) { text += painted.text }

    package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      text += value.description.visibleOnOneLine
    }
  }

  package var isEmpty: Bool { text.isEmpty }

  /// Returns the text in a colour.
  ///
  /// - Parameter style: The parameters of SGR (ECMA-48, 8.3.117), as `1;31`.
  /// - Returns: The text between the sequences that set and reset it.
  package func painted(_ style: StaticString) -> PaintedText {
    var painted = self
    painted.text = "\u{1B}[\(style)m\(text)\u{1B}[0m"
    return painted
  }

  /// The lines that say something, without their ends.
  package var lines: [PaintedText] {
    text.split(separator: "\n").map { line in
      var part = PaintedText("")
      part.text = String(line)
      return part
    }
  }

  package static func += (text: inout PaintedText, more: PaintedText) { text.text += more.text }

  package static func + (text: PaintedText, more: PaintedText) -> PaintedText {
    var joined = text
    joined += more
    return joined
  }
}

extension Sequence<PaintedText> {
  package func joined() -> PaintedText { reduce(into: "") { $0 += $1 } }
}

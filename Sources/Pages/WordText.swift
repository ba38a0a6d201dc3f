import SourceText

/// Text in the XML of a document for Word.
package enum WordText {
  /// Returns text without what XML takes for markup.
  package static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      // XML 1.0 has no characters of control, and Word none that are no characters.
      case _ where scalar.isHidden: escaped += Self.escaped(scalar.visible)
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// Returns what stands in a run of text: lines and tabs are elements of their own.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - element: The element that holds words: `t`, or `delText` where they are deleted.
  /// - Returns: The elements.
  package static func content(of text: String, in element: String) -> String {
    var content = ""
    var words = ""
    func flush() {
      guard !words.isEmpty else { return }
      content += #"<w:\#(element) xml:space="preserve">\#(escaped(words))</w:\#(element)>"#
      words = ""
    }
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n", "\t":
        flush()
        content += scalar == "\n" ? "<w:br/>" : "<w:tab/>"
      default: words.unicodeScalars.append(scalar)
      }
    }
    flush()
    return content
  }
}

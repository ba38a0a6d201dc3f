import SourceText

/// Markup that escapes what it is given.
package struct HTML: Sendable {
  package let text: String

  private init(raw: String) {
    text = raw
  }

  /// Text that people read; signs that nobody sees are shown, as everywhere.
  package init(_ text: String) {
    var escaped = ""
    escaped.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\r": escaped += "&#13;"
      case "\n", "\t": escaped.unicodeScalars.append(scalar)
      case _ where scalar.isHidden: escaped += HTML(scalar.visible).text
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    self.text = escaped
  }

  /// An element with its attributes and what is in it.
  package static func element(
    _ name: StaticString, _ attributes: [(String, String)] = [], _ content: HTML...
  ) -> HTML {
    element(name, attributes, content)
  }

  package static func element(
    _ name: StaticString, _ attributes: [(String, String)] = [], _ content: [HTML]
  ) -> HTML {
    HTML(raw: "<\(name)" + written(attributes) + ">" + content.map(\.text).joined() + "</\(name)>")
  }

  /// An element that nothing stands in.
  package static func empty(
    _ name: StaticString, _ attributes: [(String, String)] = []
  ) -> HTML {
    HTML(raw: "<\(name)" + written(attributes) + ">")
  }

  private static func written(_ attributes: [(String, String)]) -> String {
    attributes.map { " \($0.0)=\"\(HTML($0.1).text)\"" }.joined()
  }

  package static func joined(_ parts: [HTML]) -> HTML { HTML(raw: parts.map(\.text).joined()) }

  /// A whole page.
  ///
  /// - Parameters:
  ///   - title: The title.
  ///   - style: The style sheet, which is a constant of the program.
  ///   - script: The script, which is a constant of the program; none where it is empty.
  ///   - body: The body.
  /// - Returns: The page as text.
  package static func page(
    title: String, style: StaticString, script: StaticString = "", body: HTML
  ) -> String {
    let code = script.utf8CodeUnitCount == 0 ? "" : "<script>\n\(script)\n</script>\n"
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(HTML(title).text)</title>
      <style>
      \(style)
      </style>
      </head>
      <body>
      \(body.text)
      \(code)</body>
      </html>

      """
  }
}

import Ccmark
import Glibc

/// Markdown as a page of a manual.
package enum MarkdownManual {
  /// Returns a page in the language of man pages.
  ///
  /// - Parameters:
  ///   - markdown: The text, which begins with a heading.
  ///   - name: The name of the page, such as `registrar-catalogue`.
  ///   - section: Its section.
  ///   - summary: What it is about, on one line.
  ///   - date: The day that stands on it.
  /// - Returns: The page; `nil` where the text cannot be rendered.
  package static func page(
    of markdown: String, name: String, section: Int, summary: String, date: String
  ) -> String? {
    guard let parser = cmark_parser_new(CMARK_OPT_DEFAULT) else { return nil }
    defer { cmark_parser_free(parser) }
    var text = withoutTables(markdown)
    text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        cmark_parser_feed(parser, $0.baseAddress, $0.count)
      }
    }
    guard let root = cmark_parser_finish(parser) else { return nil }
    defer { cmark_node_free(root) }
    guard let body = cmark_render_man(root, CMARK_OPT_DEFAULT, 0) else { return nil }
    defer { free(body) }
    let head = ".TH \(name) \(section) \(date) registrar\n.SH NAME\n\(name) \\- \(summary)\n"
    return head + String(cString: body)
  }

  /// Returns a text with the rows of tables as items of a list: a terminal has no room for their columns.
  private static func withoutTables(_ markdown: String) -> String {
    var lines: [Substring] = []
    var isBelowRule = false
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("|") else {
        isBelowRule = false
        lines.append(line)
        continue
      }
      if line.allSatisfy({ "|-: ".contains($0) }) {
        // The row above names the columns.
        if lines.last?.hasPrefix("|") == true { lines.removeLast() }
        isBelowRule = true
      } else if isBelowRule {
        let cells = String(line).replacing("\\|", with: "\u{1}").split(separator: "|")
          .map { String($0).replacing("\u{1}", with: "|").trimmed }
        let middle = cells.dropFirst().dropLast()
        let note = middle.isEmpty ? "" : " (\(middle.joined(separator: "; ")))"
        lines.append("- \(cells.first ?? "")\(note): \(cells.dropFirst().last ?? "")")
      } else {
        lines.append(line)
      }
    }
    return lines.joined(separator: "\n")
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

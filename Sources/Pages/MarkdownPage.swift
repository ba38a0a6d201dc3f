import Diagnostics
import SourceText

/// A page as Markdown (CommonMark with tables); changes in the marks of CriticMarkup.
package enum MarkdownPage {
  /// Returns the text.
  package static func text(of page: Page) -> String {
    var parts = ["# " + words(of: page.title)]
    if !page.header.isEmpty { parts.append("**\(words(of: page.header))**") }
    if !page.facts.isEmpty {
      let rows = page.facts.map { "| \(words(of: $0.name)) | \(cell($0.value)) |\n" }.joined()
      parts.append("| | |\n|---|---|\n" + rows.dropLast())
    }
    parts += page.blocks.compactMap { text(of: $0) }
    if !page.footer.isEmpty { parts += ["---", words(of: page.footer)] }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private static func text(of block: Block) -> String? {
    switch block {
    case .heading(let level, let content, _):
      return String(repeating: "#", count: min(6, level + 1)) + " " + line(content)
    case .paragraph(let paragraph): return text(of: paragraph)
    case .list(let isOrdered, let start, let items):
      return items.enumerated().map { position, item in
        let sign = isOrdered ? "\(start + position). " : "- "
        let body = item.compactMap { text(of: $0) }
        let isTight = item.allSatisfy { if case .list = $0 { true } else { $0 == item.first } }
        return sign
          + indented(body.joined(separator: isTight ? "\n" : "\n\n"), by: sign.utf8.count)
      }.joined(separator: "\n")
    case .table(let table): return text(of: table)
    case .code(let text):
      let fence = String(repeating: "`", count: max(3, longestFence(in: text) + 1))
      return "\(fence)\n\(text.visible)\n\(fence)"
    case .quote(let blocks):
      let body = blocks.compactMap { text(of: $0) }.joined(separator: "\n\n")
      return body.split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.isEmpty ? ">" : "> " + $0 }.joined(separator: "\n")
    case .figure(let figure): return "**\(words(of: figure.title))**\n\n\(words(of: figure.text))"
    case .rule: return "---"
    }
  }

  private static func text(of paragraph: Paragraph) -> String {
    var text = ""
    if !paragraph.remark.isEmpty { text += "{>>" + line(paragraph.remark) + "<<}" }
    if !paragraph.number.isEmpty {
      // A number in front of a paragraph would begin a list.
      text += guarded(marked(paragraph.mark, line(paragraph.number))) + " "
    }
    let content = marked(paragraph.mark, line(paragraph.content))
    return text + (text.isEmpty ? guarded(content) : content)
  }

  /// Returns a line that begins no list, heading or rule.
  private static func guarded(_ line: String) -> String {
    guard let first = line.first else { return line }
    if "#+-=".contains(first) { return "\\" + line }
    let digits = line.prefix { $0.isASCII && $0.isNumber }
    let rest = line.dropFirst(digits.count)
    // A sign behind a number begins a list where a space follows.
    guard !digits.isEmpty, let sign = rest.first, sign == "." || sign == ")",
      rest.dropFirst().first ?? " " == " "
    else { return line }
    return digits + "\\" + rest
  }

  private static func text(of table: Table) -> String {
    let head = table.columns.map { cell($0) }
    let rows = table.rows.map { row in
      "| "
        + row.cells.map { marked(row.mark, cell($0)) }.joined(separator: " | ") + " |"
    }
    let caption = table.caption.isEmpty ? "" : "**\(words(of: table.caption))**\n\n"
    return caption + "| " + head.joined(separator: " | ") + " |\n|"
      + head.map { _ in "---|" }.joined() + rows.map { "\n" + $0 }.joined()
  }

  private static func cell(_ content: [Inline]) -> String {
    line(content).replacing("\\\n", with: "<br>").replacing("\n", with: " ")
  }

  private static func line(_ content: [Inline]) -> String {
    content.map { inline in
      switch inline {
      case .text(let text): words(of: text)
      case .strong(let content): wrapped(line(content), in: "**")
      case .emphasis(let content): wrapped(line(content), in: "*")
      case .struck(let content): wrapped(line(content), in: "~~")
      case .code(let text): code(text)
      case .link(let content, let address):
        "[\(line(content))](<\(address.visibleOnOneLine.replacing("<", with: "%3C").replacing(">", with: "%3E"))>)"
      case .marked(let mark, let content): marked(mark, line(content))
      case .lineBreak: "\\\n"
      }
    }.joined()
  }

  private static func words(of text: String) -> String {
    markdownText(text.replacing("\n", with: " "))
  }

  /// Returns text between signs, which touch no space.
  private static func wrapped(_ text: String, in sign: String) -> String {
    let inner = text.drop { $0 == " " }
    let lead = text.prefix(text.count - inner.count)
    var core = inner
    while core.last == " " { core.removeLast() }
    guard !core.isEmpty else { return text }
    return lead + sign + core + sign + inner.dropFirst(core.count)
  }

  private static func code(_ text: String) -> String {
    let text = text.visibleOnOneLine
    guard !text.isEmpty else { return "" }
    let fence = String(repeating: "`", count: longestFence(in: text) + 1)
    let space = text.hasPrefix("`") || text.hasSuffix("`") ? " " : ""
    return fence + space + text + space + fence
  }

  private static func longestFence(in text: String) -> Int {
    text.split { $0 != "`" }.map(\.count).max() ?? 0
  }

  private static func marked(_ mark: Mark?, _ text: String) -> String {
    guard let mark, !text.isEmpty else { return text }
    switch mark.kind {
    case .inserted, .movedHere: return "{++" + text + "++}"
    case .deleted, .movedAway: return "{--" + text + "--}"
    case .new: return wrapped(text, in: "**")
    case .ongoing: return wrapped(text, in: "*")
    case .removed: return wrapped(text, in: "~~")
    }
  }

  private static func indented(_ text: String, by columns: Int) -> String {
    text.replacing("\n", with: "\n" + String(repeating: " ", count: columns))
  }
}

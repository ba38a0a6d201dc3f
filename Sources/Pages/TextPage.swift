import Diagnostics
import SourceText

/// A page as plain text in lines of a given width.
package enum TextPage {
  /// Returns the text.
  ///
  /// - Parameters:
  ///   - page: The page.
  ///   - width: How many columns a line may have.
  /// - Returns: The text, with changes between brackets: `[+inserted+]`, `[-deleted-]`.
  package static func text(of page: Page, width: Int = 80) -> String {
    var parts: [String] = []
    if !page.header.isEmpty { parts.append(page.header.visibleOnOneLine) }
    let title = page.title.visibleOnOneLine
    parts.append(underlined(title, "="))
    if !page.facts.isEmpty {
      let names = page.facts.map(\.name.visibleOnOneLine)
      let column = (names.map(\.count).max() ?? 0) + 2
      parts.append(
        zip(names, page.facts).map { name, fact in
          let lead = name + String(repeating: " ", count: column - name.count)
          return lines(lead + line(fact.value), width, hanging: column)
        }.joined(separator: "\n"))
    }
    parts += page.blocks.map { text(of: $0, width) }
    if !page.footer.isEmpty {
      parts.append("--\n" + lines(page.footer.visibleOnOneLine, width, hanging: 0))
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private static func underlined(_ title: String, _ sign: String) -> String {
    title + "\n" + String(repeating: sign, count: title.count)
  }

  private static func text(of block: Block, _ width: Int) -> String {
    switch block {
    case .heading(let level, let content, _):
      return level < 3 ? underlined(line(content), level == 1 ? "-" : "~") : line(content)
    case .paragraph(let paragraph):
      let remark = paragraph.remark.isEmpty ? "" : "[" + line(paragraph.remark) + "] "
      let number = marked(paragraph.mark, line(paragraph.number))
      let lead = String(repeating: " ", count: 4 * min(paragraph.depth, 8))
      let body = remark + marked(paragraph.mark, line(paragraph.content))
      guard !number.isEmpty else { return lines(lead + body, width, hanging: lead.count) }
      return lines(
        lead + number + " " + body, width, hanging: lead.count + min(12, number.count + 1))
    case .list(let isOrdered, let start, let items):
      return items.enumerated().map { position, item in
        let sign = isOrdered ? "\(start + position). " : "- "
        let body = item.map { text(of: $0, max(20, width - sign.count)) }
        return sign
          + body.joined(separator: "\n").replacing(
            "\n", with: "\n" + String(repeating: " ", count: sign.count))
      }.joined(separator: "\n")
    case .table(let table): return text(of: table, width)
    case .code(let text): return text.visible
    case .quote(let blocks):
      return blocks.map { text(of: $0, max(20, width - 2)) }.joined(separator: "\n\n")
        .split(separator: "\n", omittingEmptySubsequences: false).map { "> " + $0 }
        .joined(separator: "\n")
    case .figure(let figure):
      return figure.title.visibleOnOneLine + "\n"
        + lines(figure.text.visibleOnOneLine, width, hanging: 0)
    case .rule: return String(repeating: "-", count: min(width, 40))
    }
  }

  /// How narrow a column may be.
  private static let narrowest = 10

  /// A table in columns, in which cells are broken into lines; each row as lines of its own where that would leave
  /// too little room.
  private static func text(of table: Table, _ width: Int) -> String {
    let head = table.columns.map { line($0) }
    let rows = table.rows.map { row in row.cells.map { marked(row.mark, line($0)) } }
    let caption = table.caption.isEmpty ? "" : table.caption.visibleOnOneLine + "\n"
    let natural = head.indices.map { column in
      ([head] + rows).map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    let room = width - 2 * max(0, head.count - 1)
    guard let widths = columns(natural, table.widths, in: room) else {
      return caption
        + rows.map { cells in
          zip(head, cells).filter { !$0.1.isEmpty }.enumerated().map { position, pair in
            let name = pair.0.isEmpty ? "" : pair.0 + ": "
            return lines((position == 0 ? "- " : "  ") + name + pair.1, width, hanging: 4)
          }.joined(separator: "\n")
        }.joined(separator: "\n")
    }
    func row(_ cells: [String]) -> String {
      let broken = zip(cells, widths).map {
        lines($0, $1, hanging: 0).split(separator: "\n", omittingEmptySubsequences: false)
      }
      return (0..<(broken.map(\.count).max() ?? 0)).map { number in
        var text = ""
        for (cell, width) in zip(broken, widths) {
          let words = number < cell.count ? cell[number] : ""
          text += words + String(repeating: " ", count: max(0, width - words.count) + 2)
        }
        while text.last == " " { text.removeLast() }
        return text
      }.joined(separator: "\n")
    }
    let rule = row(widths.map { String(repeating: "-", count: $0) })
    let hasHead = head.contains { !$0.isEmpty }
    return caption + ((hasHead ? [row(head), rule] : []) + rows.map(row)).joined(separator: "\n")
  }

  /// Returns how wide columns are: as their words need, or by their shares where that is too much.
  private static func columns(_ natural: [Int], _ shares: [Int], in room: Int) -> [Int]? {
    guard natural.reduce(0, +) > room else { return natural }
    let shares = shares.count == natural.count ? shares : natural.map { _ in 1 }
    // Columns that need no more than their share leave the rest to the others.
    var widths: [Int: Int] = [:]
    while true {
      let open = natural.indices.filter { widths[$0] == nil }
      let left = room - widths.values.reduce(0, +)
      let whole = max(1, open.map { shares[$0] }.reduce(0, +))
      let small = open.filter { natural[$0] <= left * shares[$0] / whole }
      guard small.isEmpty else {
        for column in small { widths[column] = natural[column] }
        continue
      }
      for column in open { widths[column] = left * shares[column] / whole }
      guard open.allSatisfy({ widths[$0] ?? 0 >= narrowest }) else { return nil }
      return natural.indices.map { widths[$0] ?? 0 }
    }
  }

  private static func line(_ content: [Inline]) -> String {
    content.map { inline in
      switch inline {
      case .text(let text), .code(let text): text.visibleOnOneLine
      case .strong(let content), .emphasis(let content): line(content)
      case .struck(let content): "[struck: " + line(content) + "]"
      case .link(let content, let address):
        address.hasPrefix("#") || content.plain == address
          ? line(content) : line(content) + " (" + address.visibleOnOneLine + ")"
      case .marked(let mark, let content): marked(mark, line(content))
      case .lineBreak: " "
      }
    }.joined()
  }

  private static func marked(_ mark: Mark?, _ text: String) -> String {
    guard let mark, !text.isEmpty else { return text }
    switch mark.kind {
    case .inserted, .movedHere: return "[+" + text + "+]"
    case .deleted, .movedAway: return "[-" + text + "-]"
    case .new: return "(new) " + text
    case .ongoing: return "(ongoing) " + text
    case .removed: return "(removed) " + text
    }
  }

  /// Breaks a line at spaces.
  private static func lines(_ text: String, _ width: Int, hanging column: Int) -> String {
    let indent = String(repeating: " ", count: min(column, max(0, width - 20)))
    var result: [String] = []
    var rest = text[...]
    while true {
      let room = width - (result.isEmpty ? 0 : indent.count)
      guard let end = rest.index(rest.startIndex, offsetBy: room, limitedBy: rest.endIndex),
        end < rest.endIndex
      else { break }
      let blank = rest[...end].lastIndex { $0 == " " }
      // What stands before a hanging text is not broken from it.
      let kept = result.isEmpty ? column : 0
      let isLead =
        blank.map {
          rest.distance(from: rest.startIndex, to: $0) <= kept
            || rest[..<$0].allSatisfy { $0 == " " }
        } ?? true
      guard let place = isLead ? rest[end...].firstIndex(of: " ") : blank else { break }
      result.append((result.isEmpty ? "" : indent) + rest[..<place])
      rest = rest[place...].drop { $0 == " " }
    }
    if !rest.isEmpty || result.isEmpty { result.append((result.isEmpty ? "" : indent) + rest) }
    return result.joined(separator: "\n")
  }
}

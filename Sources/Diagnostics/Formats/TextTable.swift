import SourceText

/// Rows in columns that fit a terminal.
package struct TextTable {
  private let header: [String]
  private let rows: [[String]]
  /// Between two columns.
  private static let gap = 2
  /// The narrowest that a column of prose is made.
  private static let narrowest = 12

  package init(header: [String], rows: [[String]]) {
    self.header = header
    self.rows = rows
  }

  /// The table as RFC 4180 has it, with `\n` at the end of lines.
  package var csv: String {
    ([header] + rows).map { row in
      row.map(Self.csvCell).joined(separator: ",") + "\n"
    }.joined()
  }

  /// Returns a cell of CSV that a spreadsheet takes for text.
  ///
  /// What begins as a formula does is run when the file is opened there; behind an apostrophe it is text
  /// (OWASP, CSV Injection). A number with a sign is none.
  private static func csvCell(_ text: String) -> String {
    var cell = text.visible
    if let first = cell.unicodeScalars.first, "=+-@\t\n＝＋－＠".unicodeScalars.contains(first),
      Double(cell) == nil
    {
      cell = "'" + cell
    }
    guard cell.utf8.contains(where: { [0x2C, 0x22, 0x0D, 0x0A].contains($0) }) else { return cell }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }

  /// The table as GitHub Flavored Markdown has it (4.10).
  package var markdown: String {
    let rule = "|" + header.map { _ in "---|" }.joined() + "\n"
    let lines = ([header] + rows).map { row in
      "| " + row.map { markdownText(flat($0)) }.joined(separator: " | ") + " |\n"
    }
    return lines[0] + rule + lines[1...].joined()
  }

  /// Returns the table as lines.
  ///
  /// Where it is wider than the terminal the widest columns give way, and their texts are cut.
  ///
  /// - Parameter width: The columns of the terminal; `nil` cuts nothing.
  /// - Returns: Whole lines.
  package func text(width: Int?) -> String {
    let widths = fitted(naturalWidths(), to: width)
    var text = line(header, widths) + line(widths.map { String(repeating: "-", count: $0) }, widths)
    for row in rows { text += line(row.map(flat), widths) }
    return text
  }

  private func flat(_ cell: String) -> String {
    cell.split(whereSeparator: \.isWhitespace).joined(separator: " ").visibleOnOneLine
  }

  private func naturalWidths() -> [Int] {
    header.indices.map { column in
      let cells = rows.map { column < $0.count ? displayWidth(flat($0[column])) : 0 }
      return max(displayWidth(header[column]), cells.max() ?? 0)
    }
  }

  private func fitted(_ natural: [Int], to width: Int?) -> [Int] {
    guard let width else { return natural }
    var widths = natural
    var excess = widths.reduce(0, +) + Self.gap * max(0, widths.count - 1) - width
    while excess > 0, let widest = widths.max(), widest > Self.narrowest,
      let column = widths.firstIndex(of: widest)
    {
      // Down to the next widest at once.
      let next = widths.filter { $0 < widest }.max() ?? Self.narrowest
      let step = min(excess, max(1, widest - max(next, Self.narrowest)))
      widths[column] -= step
      excess -= step
    }
    return widths
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    var text = ""
    for (column, width) in widths.enumerated() {
      let cell = cut(column < cells.count ? cells[column] : "", to: width)
      let isLast = column == widths.count - 1
      let padding = width - displayWidth(cell) + Self.gap
      text += cell + (isLast ? "" : String(repeating: " ", count: padding))
    }
    while text.last == " " { text.removeLast() }
    return text + "\n"
  }

  private func cut(_ cell: String, to width: Int) -> String {
    guard displayWidth(cell) > width else { return cell }
    var used = 0
    let kept = cell.prefix { character in
      used += displayWidth(String(character))
      return used < width
    }
    return kept + "…"
  }
}

/// Returns text that means in Markdown what it says: no mark of it, of HTML or of a table works.
///
/// A sign of ASCII behind a backslash is that sign (CommonMark 2.4).
///
/// - Parameters:
///   - text: What to say.
///   - kept: Signs that are no marks there, or that somebody else takes the power from.
/// - Returns: The text, its hidden signs made visible.
package func markdownText(_ text: String, except kept: String = "") -> String {
  var result = ""
  for scalar in text.visible.unicodeScalars {
    if "\\`*_[]<>|~{}".unicodeScalars.contains(scalar), !kept.unicodeScalars.contains(scalar) {
      result += "\\"
    }
    result.unicodeScalars.append(scalar)
  }
  return result
}

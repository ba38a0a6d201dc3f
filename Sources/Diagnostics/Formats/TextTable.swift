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
      row.map { cell in
        guard cell.contains(where: { ",\"\r\n".contains($0) }) else { return cell }
        return "\"" + cell.replacing("\"", with: "\"\"") + "\""
      }.joined(separator: ",") + "\n"
    }.joined()
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
    cell.split(whereSeparator: \.isWhitespace).joined(separator: " ")
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

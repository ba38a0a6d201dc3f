package import Diagnostics
package import SourceText

/// Reads comma-separated values (RFC 4180) with a row of column names.
///
/// A row with a mistake is reported and kept as far as it goes; the other rows are read all the same.
package struct CSVReader {
  /// Reads a file.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - limits: How much to take; `nodes` bounds the cells.
  ///   - report: Where findings go.
  /// - Returns: The table, or `nil` where there is no header to read it by.
  package static func table(
    of file: SourceFile, limits: SyntaxLimits = .init(), into report: inout Report
  ) -> CSVTable? {
    guard TextCheck(file, limits).run(into: &report) != nil else { return nil }
    return file.bytes.withUnsafeBufferPointer { source in
      var parser = CSVParser(file: file, source: source, limits: limits)
      let table = parser.run()
      report.merge(parser.report)
      return table
    }
  }
}

/// The state of one reading.
private struct CSVParser {
  let file: SourceFile
  let source: UnsafeBufferPointer<UInt8>
  let limits: SyntaxLimits
  var report = Report()
  private var offset = 0
  private var cells: [CSVTable.Cell] = []
  /// For each column, the first cell with spaces around its text, and how many there are.
  private var spaced: [Int: (first: CSVTable.Cell, count: Int)] = [:]

  init(file: SourceFile, source: UnsafeBufferPointer<UInt8>, limits: SyntaxLimits) {
    self.file = file
    self.source = source
    self.limits = limits
    if file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
  }

  private func place(_ range: Range<Int>) -> SourceRange { SourceRange(file.path, range) }

  mutating func run() -> CSVTable? {
    if hasOtherSeparator() { return nil }
    guard offset < source.count, row() else {
      if report.isEmpty {
        report.error(
          .emptyCSV, "the file is empty", at: place(offset..<offset),
          help: "Write the names of the columns in the first line")
      }
      return nil
    }
    guard cells.count <= limits.columns else {
      report.error(
        .tooManyNodes, "there are \(cells.count) columns, and \(limits.columns) is the most",
        at: place(cells[limits.columns].span), help: "Split the table, or keep its columns as rows")
      return nil
    }
    if isTitle() { return nil }
    let header = header()
    cells.removeAll(keepingCapacity: true)
    var starts: [Int] = []
    var empty: [SourceRange] = []
    while offset < source.count {
      let first = cells.count
      guard cells.count < limits.nodes else {
        report.tooManyNodes(at: place(offset..<offset), limits)
        break
      }
      let isWhole = row()
      if cells.count == first + 1, cells[first].span.isEmpty {
        // A blank line is no row.
        cells.removeLast()
      } else if cells.count > first, cells[first...].allSatisfy(\.text.isEmpty) {
        empty.append(place(cells[first].span.lowerBound..<cells[cells.count - 1].span.upperBound))
        cells.removeLast(cells.count - first)
      } else if cells.count > first {
        // Spreadsheets leave empty rows at the end; between others one is a row that was lost.
        for place in empty {
          report.error(.emptyRow, "the row is empty", at: place, help: "Remove it")
        }
        empty = []
        if isSeparatedOtherwise(from: first, header.count) { return nil }
        starts.append(first)
        checkWidth(from: first, header)
        checkCells(from: first)
      }
      if !isWhole { break }
    }
    tellSpaces(header)
    return CSVTable(file: file, header: header, cells: cells, rowStarts: starts)
  }

  private mutating func header() -> [(name: String, span: Range<Int>)] {
    var header: [(name: String, span: Range<Int>)] = []
    var spans: [String: Range<Int>] = [:]
    for cell in cells {
      let name = file.text(of: cell.text)
      if name.isEmpty {
        report.error(
          .emptyColumn, "column \(header.count + 1) has no name", at: place(cell.span),
          help: "Name it, or remove the comma")
      } else if let first = spans[name] {
        report.error(
          .duplicateColumn, "the column '\(name)' stands twice", at: place(cell.span),
          related: [.init("first here", at: place(first))], help: "Rename or remove one")
      }
      spans[name] = spans[name] ?? cell.span
      header.append((name, cell.span))
    }
    return header
  }

  /// Whether the names of the columns are separated by something else than commas, outside of quotes.
  private mutating func hasOtherSeparator() -> Bool {
    var (end, isQuoted, counts) = (offset, false, [UInt8: Int]())
    while end < source.count, isQuoted || (source[end] != 0x0A && source[end] != 0x0D) {
      if source[end] == UInt8(ascii: "\"") { isQuoted.toggle() }
      if !isQuoted, ",;\t".utf8.contains(source[end]) { counts[source[end], default: 0] += 1 }
      end += 1
    }
    guard counts[UInt8(ascii: ",")] == nil, let separator = counts.max(by: { $0.value < $1.value })
    else { return false }
    let name = separator.key == UInt8(ascii: ";") ? "semicolons" : "tabs"
    report.error(
      .wrongSeparator, "the columns are separated by \(name), not by commas",
      at: place(offset..<end), help: "Save the file as comma-separated values")
    return true
  }

  /// Whether the first row is not that of the columns: a spreadsheet's note on separators, or a title.
  private mutating func isTitle() -> Bool {
    let filled = cells.filter { !$0.text.isEmpty }
    guard filled.count == 1, let only = filled.first, only.span == cells[0].span else {
      return false
    }
    let text = file.text(of: only.text)
    let isNote = text.lowercased().hasPrefix("sep=")
    guard
      isNote || (cells.count > 1 && nextRowIsHeader(atLeast: 2))
        || (cells.count == 1 && hasWiderRows())
    else { return false }
    report.error(
      .titleLine,
      isNote
        ? "this line is for a spreadsheet, and the names of the columns stand in the first line"
        : "'\(text)' is a title, and the names of the columns stand in the first line",
      at: place(only.span), help: "Remove this line")
    return true
  }

  /// Whether the row that follows has names in at least so many cells.
  private func nextRowIsHeader(atLeast count: Int) -> Bool {
    var ahead = self
    ahead.cells = []
    while ahead.offset < source.count, ahead.row() {
      let filled = ahead.cells.count { !$0.text.isEmpty }
      if filled > 0 { return filled >= count }
      ahead.cells = []
    }
    return false
  }

  /// Whether the next rows, two at the least, all have the same number of cells, more than one.
  private func hasWiderRows() -> Bool {
    var ahead = self
    var width: Int?
    for number in 0..<3 {
      ahead.cells = []
      guard ahead.offset < source.count, ahead.row() else { return number > 1 }
      if number > 0, ahead.cells.count == 1, ahead.cells[0].span.isEmpty { return number > 1 }
      guard ahead.cells.count > 1, width ?? ahead.cells.count == ahead.cells.count else {
        return false
      }
      width = ahead.cells.count
    }
    return true
  }

  /// Whether a row has semicolons or tabs where the header has commas.
  private mutating func isSeparatedOtherwise(from first: Int, _ columns: Int) -> Bool {
    guard columns > 1, cells.count == first + 1 else { return false }
    let text = source[cells[first].span]
    for (byte, name) in [(UInt8(ascii: ";"), "semicolons"), (0x09, "tabs")]
    where text.count(where: { $0 == byte }) == columns - 1 {
      report.error(
        .wrongSeparator,
        "the cells of this row are separated by \(name), and the columns by commas",
        at: place(cells[first].span),
        help: "Write commas, and put a text with a comma in double quotes")
      return true
    }
    return false
  }

  /// Warns of spaces around texts, once a column: who searches for the text does not find it.
  private mutating func tellSpaces(_ header: [(name: String, span: Range<Int>)]) {
    for (column, name) in header.enumerated() {
      guard let (first, count) = spaced[column] else { continue }
      let more = count > 1 ? ", as around \(Count(count - 1, "more cell")) of '\(name.name)'" : ""
      report.warning(
        .outerSpace,
        "there are spaces around '\(trimmed(first))'\(more), and they are part of the text",
        at: place(first.span), help: "Remove them, or put the cell in double quotes")
    }
  }

  private func trimmed(_ cell: CSVTable.Cell) -> String {
    var text = file.text(of: cell.text)[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  private mutating func checkWidth(
    from first: Int, _ header: [(name: String, span: Range<Int>)]
  ) {
    let count = cells.count - first
    if count > header.count {
      let extra = cells[first + header.count]
      report.error(
        .extraCell, "this row has \(Count(count, "cell")), and there are \(header.count) columns",
        at: place(extra.span),
        help: "Remove it, or put a text with commas in double quotes")
    } else if count < header.count {
      let end = cells[cells.count - 1].span.upperBound
      report.error(
        .missingCell, "this row has no cell for the column '\(header[count].name)'",
        at: place(end..<end), help: "Add a comma for each cell that is empty")
    }
  }

  /// Warns of what a spreadsheet writes in the place of a value.
  private mutating func checkCells(from first: Int) {
    for (column, cell) in cells[first...].enumerated() {
      if let one = cell.text.first, let last = cell.text.last,
        source[one] == 0x20 || source[last] == 0x20,
        cell.span == cell.text
      {
        spaced[column] = (spaced[column]?.first ?? cell, (spaced[column]?.count ?? 0) + 1)
      }
      guard let sign = cell.text.first.map({ source[$0] }), sign == 0x23 || sign == 0x3D,
        cell.text.count > 2
      else { continue }
      if sign == UInt8(ascii: "=") {
        report.warning(
          .formula, "'\(file.text(of: cell.text))' is a formula of a spreadsheet, not its value",
          at: place(cell.span), help: "Write the value, or save the table with values")
      } else if Self.spreadsheetErrors.contains(file.text(of: cell.text)) {
        report.warning(
          .spreadsheetError,
          "'\(file.text(of: cell.text))' is an error of a spreadsheet, not a value",
          at: place(cell.span), help: "Write the value, or leave the cell empty")
      }
    }
  }

  private static let spreadsheetErrors: Set = [
    "#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!",
  ]

  /// Reads one row and its line end.
  ///
  /// - Returns: Whether the rest of the file can be read too.
  private mutating func row() -> Bool {
    while true {
      guard cell() else { return false }
      guard offset < source.count else { return true }
      switch source[offset] {
      case UInt8(ascii: ","):
        offset += 1
        if offset == source.count {
          cells.append(
            .init(span: offset..<offset, text: offset..<offset, hasEscapes: false))
          return true
        }
      case UInt8(ascii: "\r"):
        offset += 1
        if offset < source.count, source[offset] == UInt8(ascii: "\n") { offset += 1 }
        return true
      default:
        offset += 1
        return true
      }
    }
  }

  private func isEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }

  private mutating func cell() -> Bool {
    let start = offset
    guard offset < source.count, source[offset] == UInt8(ascii: "\"") else {
      while offset < source.count, !isEnd(source[offset]) {
        if source[offset] == UInt8(ascii: "\"") {
          report.error(
            .looseQuote, "a double quote stands in a cell without quotes",
            at: place(offset..<(offset + 1)),
            help: "Put the whole cell in double quotes, and write the quote twice")
          skipCell()
          break
        }
        offset += 1
      }
      cells.append(
        .init(span: start..<offset, text: start..<offset, hasEscapes: false))
      return true
    }
    offset += 1
    var hasEscapes = false
    while offset < source.count {
      if source[offset] == UInt8(ascii: "\"") {
        guard offset + 1 < source.count, source[offset + 1] == UInt8(ascii: "\"") else {
          return endQuoted(start, hasEscapes)
        }
        hasEscapes = true
        offset += 1
      }
      offset += 1
    }
    report.error(
      .unclosedCell, "this double quote is never closed", at: place(start..<(start + 1)),
      help: "Add the closing quote; a quote inside the text is written twice")
    return false
  }

  private mutating func endQuoted(_ start: Int, _ hasEscapes: Bool) -> Bool {
    cells.append(
      .init(
        span: start..<(offset + 1), text: (start + 1)..<offset,
        hasEscapes: hasEscapes))
    offset += 1
    if offset < source.count, !isEnd(source[offset]) {
      let extra = offset
      skipCell()
      report.error(
        .looseQuote, "there is text after the closing quote", at: place(extra..<offset),
        help: "Write a quote inside the text twice, and end the cell with one")
    }
    return true
  }

  private mutating func skipCell() {
    while offset < source.count, !isEnd(source[offset]) { offset += 1 }
  }
}

extension Diagnostic.Code {
  package static let emptyCSV: Self = "csv/empty"
  package static let emptyColumn: Self = "csv/empty-column"
  package static let duplicateColumn: Self = "csv/duplicate-column"
  package static let wrongSeparator: Self = "csv/separator"
  /// A row without a value stands between others.
  package static let emptyRow: Self = "csv/empty-row"
  /// A cell has the formula of a spreadsheet.
  package static let formula: Self = "csv/formula"
  /// A cell has the error of a spreadsheet.
  package static let spreadsheetError: Self = "csv/spreadsheet-error"
  /// The first line is not that of the columns.
  package static let titleLine: Self = "csv/title"
  /// A text has spaces around it.
  package static let outerSpace: Self = "csv/outer-space"
  package static let extraCell: Self = "csv/extra-cell"
  package static let missingCell: Self = "csv/missing-cell"
  package static let looseQuote: Self = "csv/loose-quote"
  package static let unclosedCell: Self = "csv/unclosed-cell"
}

package import SourceText

/// A file of comma-separated values (RFC 4180) whose first row names the columns.
package struct CSVTable: Sendable {
  /// One cell and where it stands.
  package struct Cell: Sendable {
    /// The place in the file, quotes included.
    package let span: Range<Int>
    /// The place of the text, without quotes.
    package let text: Range<Int>
    /// Whether the text has doubled quotes, which stand for one each.
    package let hasEscapes: Bool
  }

  /// How the cells of a column are read.
  package enum CellType: Hashable, Sendable {
    case string
    case number
    case boolean
  }

  package let file: SourceFile
  /// The names of the columns and where they stand.
  package let header: [(name: String, span: Range<Int>)]
  /// The cells of all rows, row after row; each row has as many as the header, less where it is
  /// short.
  let cells: [Cell]
  /// Where each row begins in `cells`.
  let rowStarts: [Int]

  package var rowCount: Int { rowStarts.count }

  /// Returns the cells of a row: as many as it has.
  package func cells(ofRow row: Int) -> [Cell] {
    let end = row + 1 < rowStarts.count ? rowStarts[row + 1] : cells.count
    return Array(cells[rowStarts[row]..<end])
  }

  /// Returns what the cell of a row in a column says.
  package func text(ofRow row: Int, _ column: Int) -> String {
    let cell = cells[rowStarts[row] + column]
    let text = file.text(of: cell.text)
    return cell.hasEscapes ? text.replacing("\"\"", with: "\"") : text
  }

  /// Returns the rows as an array of objects.
  ///
  /// Quotes say nothing of a cell: spreadsheets quote all cells or none. An empty cell is an absent property, and one
  /// that is not of its column's type becomes a text, for the schema to find fault with.
  ///
  /// - Parameter type: Returns how a column is read; asked once a column.
  /// - Returns: The tree.
  package func tree(typedBy type: (String) -> CellType) -> SyntaxTree {
    let types = header.map { type($0.name) }
    var builder = TreeBuilder(capacity: cells.count * 2 + rowCount + 1)
    file.bytes.withUnsafeBufferPointer { bytes in
      let root = builder.open(.array, at: 0)
      for row in rowStarts.indices {
        let first = rowStarts[row]
        let end = row + 1 < rowStarts.count ? rowStarts[row + 1] : cells.count
        let object = builder.open(.object, at: cells[first].span.lowerBound)
        var count = 0
        for index in first..<min(end, first + header.count) {
          let cell = cells[index]
          if cell.text.isEmpty { continue }
          let column = header[index - first]
          let nameEnd = column.span
          builder.scalar(.string, span: nameEnd, decoded: column.name.utf8)
          add(cell, types[index - first], bytes, to: &builder)
          count += 1
        }
        builder.close(object, at: cells[end - 1].span.upperBound, count: count)
      }
      builder.close(root, at: bytes.count, count: rowCount)
    }
    return builder.tree(of: file)
  }

  private func add(
    _ cell: Cell, _ type: CellType, _ bytes: UnsafeBufferPointer<UInt8>,
    to builder: inout TreeBuilder
  ) {
    let text = UnsafeBufferPointer(rebasing: bytes[cell.text])
    var kind = RawNode.Kind.string
    switch type {
    case .string: break
    case .number:
      if case .number = CoreScalar(text), CoreScalar.isJSONNumber(text) {
        kind = .number
      }
    case .boolean:
      if text.elementsEqual("true".utf8) { kind = .true }
      if text.elementsEqual("false".utf8) { kind = .false }
    }
    guard cell.hasEscapes else {
      builder.scalar(kind, span: cell.span, text: cell.text)
      return
    }
    var decoded: [UInt8] = []
    var isSecond = false
    for byte in text {
      isSecond = byte == UInt8(ascii: "\"") && !isSecond
      if byte != UInt8(ascii: "\"") || isSecond { decoded.append(byte) }
    }
    builder.scalar(kind, span: cell.span, decoded: decoded)
  }
}

import Diagnostics
package import SourceText
import Syntax

/// Changes cells and rows of a table, and keeps every other byte: quotes, line ends, a byte order mark.
package struct TableEditor {
  /// The file as it is now.
  package private(set) var file: SourceFile
  private var table: CSVTable
  /// How many findings its reader has.
  private var findings: Int

  /// Reads a table.
  ///
  /// - Parameter file: The file.
  /// - Throws: `EditFailure` where it cannot be read.
  package init(_ file: SourceFile) throws(EditFailure) {
    var report = Report()
    guard let table = CSVReader.table(of: file, into: &report) else {
      throw .unreadable("table", at: file.path, report.sorted.first { $0.severity == .error })
    }
    self.file = file
    self.table = table
    findings = report.sorted.count
  }

  /// The names of the columns.
  package var columns: [String] { table.header.map(\.name) }

  package var rowCount: Int { table.rowCount }

  /// Returns the row whose cell in a column says something; `nil` where there is none.
  package func row(where column: String, is text: String) -> Int? {
    guard let position = columns.firstIndex(of: column) else { return nil }
    return (0..<table.rowCount).first { row in
      table.cells(ofRow: row).indices.contains(position) && table.text(ofRow: row, position) == text
    }
  }

  /// Writes what cells say.
  ///
  /// - Parameter values: The texts by rows and columns; an empty one is a cell that says nothing.
  /// - Throws: `EditFailure` where a cell is not there or cannot be written; nothing is changed then.
  package mutating func set(
    _ values: [(row: Int, column: String, text: String)]
  ) throws(EditFailure) {
    var edits = TextEdits()
    for (row, column, text) in values {
      guard row >= 0, row < table.rowCount, let position = columns.firstIndex(of: column),
        table.cells(ofRow: row).indices.contains(position)
      else {
        throw .missing(
          NodePath(steps: [.key(column)]), at: .file(file.path), columns)
      }
      let cell = table.cells(ofRow: row)[position]
      guard !YAMLScalarText.hasControl(text.replacing("\r\n", with: "\n")) else {
        throw EditFailure(
          .unwritableText, "the text for '\(column)' has a control character",
          at: SourceRange(file.path, cell.span), help: "Leave it out")
      }
      guard table.text(ofRow: row, position) != text else { continue }
      let isQuoted = !text.isEmpty && (isQuotedNeedlessly ?? false)
      edits.replace(cell.span, with: CSVCellText.written(text, isQuoted: isQuoted))
    }
    let old = table
    try keep(edits) { new in
      new.rowCount == old.rowCount
        && (0..<new.rowCount).allSatisfy { row in
          let own = values.filter { $0.row == row }
          return Self.isSame(old, row, new, row) { column in
            own.last { $0.column == column }?.text
          }
        }
    }
  }

  /// Adds a row.
  ///
  /// - Parameters:
  ///   - texts: What its cells say, by columns; others say nothing.
  ///   - position: Before which row; behind the last one where there are no more.
  /// - Throws: `EditFailure` where a column is not there.
  package mutating func insert(
    _ texts: [String: String], at position: Int
  ) throws(EditFailure) {
    if let stranger = texts.keys.sorted().first(where: { !columns.contains($0) }) {
      throw .missing(NodePath(steps: [.key(stranger)]), at: .file(file.path), columns)
    }
    let isQuoted = isQuotedNeedlessly ?? false
    let line = Array(
      columns.map { column in
        let text = texts[column] ?? ""
        return CSVCellText.written(text, isQuoted: isQuoted && !text.isEmpty)
      }.joined(separator: [UInt8(ascii: ",")]))
    let text = YAMLText(bytes: file.bytes, bounds: 0..<file.bytes.count)
    var edits = TextEdits()
    if position < table.rowCount {
      edits.insert(line + text.lineEnd, at: start(ofRow: position))
    } else {
      let last = table.rowCount > 0 ? table.cells(ofRow: table.rowCount - 1).last?.span : nil
      let stop = (last ?? table.header.last?.span ?? 0..<0).upperBound
      edits.insert(text.lineEnd + line, at: stop)
    }
    let old = table
    let place = min(position, table.rowCount)
    try keep(edits) { new in
      new.rowCount == old.rowCount + 1
        && (0..<old.rowCount).allSatisfy {
          Self.isSame(old, $0, new, $0 < place ? $0 : $0 + 1) { _ in nil }
        }
        && new.header.indices.allSatisfy {
          new.text(ofRow: place, $0) == texts[new.header[$0].name] ?? ""
        }
    }
  }

  /// Takes a row out, with its line.
  ///
  /// - Parameter row: The row.
  /// - Throws: `EditFailure` where there is none.
  package mutating func remove(row: Int) throws(EditFailure) {
    guard row >= 0, row < table.rowCount, let last = table.cells(ofRow: row).last else {
      throw .missing(NodePath(steps: [.position(row)]), at: .file(file.path), [])
    }
    let text = YAMLText(bytes: file.bytes, bounds: 0..<file.bytes.count)
    let (start, stop) = (start(ofRow: row), last.span.upperBound)
    let next = text.behindBreak(stop)
    var edits = TextEdits()
    edits.replace(next > stop ? start..<next : text.beforeBreak(start)..<stop, with: [])
    let old = table
    try keep(edits) { new in
      new.rowCount == old.rowCount - 1
        && (0..<new.rowCount).allSatisfy {
          Self.isSame(old, $0 < row ? $0 : $0 + 1, new, $0) { _ in nil }
        }
    }
  }

  private func start(ofRow row: Int) -> Int {
    table.cells(ofRow: row).first?.span.lowerBound ?? file.bytes.count
  }

  /// Whether cells stand between quotes that need none; `nil` where no cell tells.
  private var isQuotedNeedlessly: Bool? {
    for row in 0..<table.rowCount {
      for cell in table.cells(ofRow: row) where !cell.text.isEmpty {
        if cell.span == cell.text { return false }
        if !CSVCellText.needsQuotes(file.bytes[cell.text]) { return true }
      }
    }
    return nil
  }

  /// Whether two rows say the same but for what was set.
  private static func isSame(
    _ old: CSVTable, _ row: Int, _ new: CSVTable, _ other: Int, set: (String) -> String?
  ) -> Bool {
    old.cells(ofRow: row).count == new.cells(ofRow: other).count
      && old.cells(ofRow: row).indices.allSatisfy { position in
        let wanted = old.header.indices.contains(position) ? set(old.header[position].name) : nil
        return new.text(ofRow: other, position) == wanted ?? old.text(ofRow: row, position)
      }
  }

  private mutating func keep(
    _ edits: TextEdits, _ holds: (CSVTable) -> Bool
  ) throws(EditFailure) {
    let changed = SourceFile(path: file.path, bytes: edits.applied(to: file.bytes))
    var report = Report()
    guard let new = CSVReader.table(of: changed, into: &report), report.sorted.count <= findings,
      new.header.map(\.name) == columns, holds(new)
    else {
      throw EditFailure(
        .unsafeEdit, "the table cannot be changed without changing something else",
        at: edits.edits.first.map { SourceRange(file.path, $0.range) } ?? .file(file.path),
        help: "Edit the file by hand",
        related: report.sorted.first.map {
          [.init("it would be said: \($0.message.text)", at: .file(file.path))]
        } ?? [])
    }
    (file, table, findings) = (changed, new, report.sorted.count)
  }
}

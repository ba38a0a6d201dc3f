import Diagnostics
import Registry
import SourceText
import Syntax

/// One of three versions of a table.
struct TableVersion {
  /// One row: its cells by the names of their columns; an empty cell is none.
  struct Row {
    let cells: [String: Node]

    subscript(column: String) -> String { cells[column].map(TableVersion.text) ?? "" }
  }

  let file: SourceFile
  let columns: [String]
  let rows: [Row]
  /// How many rows without a cell stand at the end, as spreadsheets leave them.
  let emptyRows: Int
  /// Whether every cell is in quotes.
  let isQuoted: Bool
  let layout: TextLayout

  /// Reads a version; `nil` where it cannot be read.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - mayBeMissing: Whether an empty file is a table that was not there.
  init?(_ file: SourceFile, mayBeMissing: Bool = false) {
    var report = Report()
    if file.bytes.isEmpty, mayBeMissing {
      self.file = file
      (columns, rows, emptyRows, isQuoted) = ([], [], 0, false)
      layout = TextLayout(of: [])
      return
    }
    guard let table = CSVReader.table(of: file, into: &report), !report.hasErrors,
      let root = table.tree(typedBy: { _ in .string }).root
    else { return nil }
    self.file = file
    columns = table.header.map(\.name)
    let all = root.elements.map { row in
      Row(
        cells: Dictionary(
          row.members.map { ($0.key.text ?? "", $0.value) }, uniquingKeysWith: { one, _ in one }))
    }
    rows = all.filter { row in row.cells.values.contains { $0.text != "" } }
    emptyRows = all.reversed().prefix { row in row.cells.values.allSatisfy { $0.text == "" } }.count
    isQuoted =
      table.header.allSatisfy { file.bytes[$0.span].first == UInt8(ascii: "\"") }
      && all.allSatisfy { row in
        row.cells.values.allSatisfy { file.bytes[$0.range.offsets].first == UInt8(ascii: "\"") }
      }
    layout = TextLayout(of: file.bytes)
  }

  /// The text of a cell, whose lines may end in either way.
  static func text(of cell: Node) -> String {
    (cell.text ?? "").replacing("\r\n", with: "\n")
  }

  static func digest(of row: Row, in columns: [String]) -> ValueDigest {
    ValueDigest(
      mapping: columns.compactMap { column in
        row[column].isEmpty ? nil : (column, ValueDigest(text: row[column]))
      })
  }
}

/// A merge of tables: columns by their names, rows by their ids, cell by cell.
struct TableMerge {
  private(set) var text = MergeText()
  let layout: TextLayout
  private let columns: [String]
  private let isQuoted: Bool
  private var ours: [ValueDigest] = []
  private var theirs: [ValueDigest] = []
  private let idColumn: String
  /// The ids of both sides.
  private let ids: [[String]]

  private typealias Row = TableVersion.Row
  /// The cells of a row in the order of the columns: what they say, and where that is written.
  private typealias Cells = [(text: String, source: (TableVersion, Node)?)]

  /// Merges three versions; `nil` where that cannot be made cell by cell.
  ///
  /// - Parameters:
  ///   - base: The version that both come from.
  ///   - ours: One version.
  ///   - theirs: The other.
  ///   - register: The register, which knows its ids and its order; `nil` where nothing is known.
  init?(base: TableVersion, ours: TableVersion, theirs: TableVersion, _ register: Register?) {
    guard let columns = Self.columns(base, ours, theirs) else { return nil }
    self.columns = columns
    layout = TextLayout(base: base.layout, ours: ours.layout, theirs: theirs.layout)
    isQuoted = merged(base.isQuoted, ours.isQuoted, theirs.isQuoted)
    let versions = [base, ours, theirs]
    let id =
      register?.idProperty
      ?? (ours.columns.contains("id") ? "id" : ours.columns.first ?? "id")
    var keys = versions.map { $0.rows.map { row in row[id].isEmpty ? nil : row[id] } }
    (idColumn, ids) = (id, keys.dropFirst().map { $0.compactMap(\.self) })
    let old = Set(keys[0].compactMap(\.self))
    for side in 1...2 {
      let former = versions[side].rows.map { row in [row["formerly"]].filter { !$0.isEmpty } }
      keys[side] = keptKeys(keys[side], former: former, base: old)
    }
    let elements = zip(versions, keys).map { version, keys in
      zip(version.rows, keys).map { row, key in
        Identities.Element(key: key, value: TableVersion.digest(of: row, in: version.columns))
      }
    }
    let identities = Identities(base: elements[0], ours: elements[1], theirs: elements[2])
    let numbers = [identities.base, identities.ours, identities.theirs]
    let rows = zip(numbers, versions).map { numbers, version in
      Dictionary(zip(numbers, version.rows), uniquingKeysWith: { one, _ in one })
    }
    let named = Set(
      zip(numbers, elements).flatMap { numbers, elements in
        zip(numbers, elements).filter { $0.1.key != nil }.map(\.0)
      })
    guard Self.losesNothing(rows, versions, identities.count, to: columns) else { return nil }
    var results: [Int: (ours: Cells?, theirs: Cells?)] = [:]
    for number in 0..<identities.count {
      results[number] = merge(
        rows.map { $0[number] }, versions, isNamed: named.contains(number))
    }
    func precedes(_ one: Int, _ two: Int) -> Bool {
      guard let register, let left = rows[1][one] ?? rows[2][one],
        let right = rows[1][two] ?? rows[2][two]
      else { return false }
      return register.puts({ left[$0] }, before: { right[$0] })
    }
    let order = identities.order(keeping: { results[$0] != nil }, precedes: precedes)
    guard let order else { return nil }
    write(order.compactMap { results[$0] }, versions)
  }

  private static func columns(
    _ base: TableVersion, _ ours: TableVersion, _ theirs: TableVersion
  ) -> [String]? {
    let lists = [base, ours, theirs].map { version in
      version.columns.map { Identities.Element(key: $0, value: ValueDigest(text: $0)) }
    }
    let identities = Identities(base: lists[0], ours: lists[1], theirs: lists[2])
    var names: [Int: String] = [:]
    for (numbers, version) in [
      (identities.base, base), (identities.ours, ours), (identities.theirs, theirs),
    ] {
      for (number, name) in zip(numbers, version.columns) { names[number] = name }
    }
    let (old, mine, other) = (
      Set(identities.base), Set(identities.ours), Set(identities.theirs)
    )
    let order = identities.order(keeping: { number in
      old.contains(number) ? mine.contains(number) && other.contains(number) : true
    })
    return order?.compactMap { names[$0] }
  }

  /// Whether a column that one side took out has nothing that the other side wrote there.
  private static func losesNothing(
    _ rows: [[Int: TableVersion.Row]], _ versions: [TableVersion], _ count: Int,
    to columns: [String]
  ) -> Bool {
    let kept = Set(columns)
    let lost = versions[0].columns.filter { !kept.contains($0) }
    guard !lost.isEmpty else { return true }
    return (1...2).allSatisfy { side in
      let own = Set(versions[side].columns)
      return rows[side].allSatisfy { number, row in
        lost.allSatisfy { !own.contains($0) || row[$0] == rows[0][number]?[$0] ?? "" }
      }
    }
  }

  // MARK: Rows

  /// Merges a row of three versions; `nil` where it is gone, two results where both are in conflict.
  private func merge(
    _ rows: [Row?], _ versions: [TableVersion], isNamed: Bool
  ) -> (ours: Cells?, theirs: Cells?)? {
    func cells(_ side: Int) -> Cells? {
      rows[side].map { row in columns.map { (row[$0], row.cells[$0].map { (versions[side], $0) }) }
      }
    }
    /// Whether two versions of the row say the same; one that has no such column says nothing.
    func isSame(_ one: Int, _ two: Int) -> Bool {
      guard let left = rows[one], let right = rows[two] else { return false }
      return columns.allSatisfy { left[$0] == right[$0] }
    }
    guard let one = cells(1), let two = cells(2) else {
      guard let left = cells(1) ?? cells(2) else { return nil }
      guard rows[0] != nil else { return (left, left) }
      return isSame(0, rows[1] == nil ? 2 : 1) ? nil : (cells(1), cells(2))
    }
    let old = cells(0)
    if old == nil || !isNamed, !isSame(1, 2), !isSame(0, 1), !isSame(0, 2) { return (one, two) }
    var result: Cells = []
    for position in columns.indices {
      let (mine, other) = (one[position], two[position])
      let before = old?[position].text ?? ""
      if mine.text == other.text {
        let isOld = old.map { Self.bytes($0[position]) == Self.bytes(mine) } ?? false
        result.append(isOld ? other : mine)
      } else if other.text == before {
        result.append(mine)
      } else if mine.text == before {
        result.append(other)
      } else {
        return (one, two)
      }
    }
    return (result, result)
  }

  private static func bytes(_ cell: (text: String, source: (TableVersion, Node)?)) -> [UInt8] {
    cell.source.map { Array($0.0.file.bytes[$0.1.range.offsets]) } ?? []
  }

  // MARK: Text

  private mutating func write(
    _ rows: [(ours: Cells?, theirs: Cells?)], _ versions: [TableVersion]
  ) {
    text.append(line(columns.map { encoded($0) }))
    for row in rows {
      let (one, two) = (
        row.ours.map { line($0.map(written)) }, row.theirs.map { line($0.map(written)) }
      )
      if let one, one == two {
        text.append(one)
      } else {
        text.append(ours: one ?? [], theirs: two ?? [])
      }
      if let cells = row.ours { ours.append(digest(of: cells)) }
      if let cells = row.theirs { theirs.append(digest(of: cells)) }
    }
    let empty = merged(versions[0].emptyRows, versions[1].emptyRows, versions[2].emptyRows)
    for _ in 0..<empty { text.append(line(columns.map { _ in [] })) }
  }

  private func digest(of cells: Cells) -> ValueDigest {
    ValueDigest(
      mapping: zip(columns, cells).compactMap { column, cell in
        cell.text.isEmpty ? nil : (column, ValueDigest(text: cell.text))
      })
  }

  private func line(_ cells: [[UInt8]]) -> [UInt8] {
    Array(cells.joined(separator: [UInt8(ascii: ",")])) + layout.lineEnd
  }

  private func written(_ cell: (text: String, source: (TableVersion, Node)?)) -> [UInt8] {
    guard let (version, _) = cell.source else { return [] }
    return version.isQuoted == isQuoted ? Self.bytes(cell) : encoded(cell.text)
  }

  private func encoded(_ text: String) -> [UInt8] {
    CSVCellText.written(text, isQuoted: isQuoted && !text.isEmpty)
  }

  // MARK: The proof

  /// Whether a version says what the merge is to say where one side is taken in conflicts.
  func isSaid(by version: TableVersion, taking side: MergeText.Side) -> Bool {
    version.columns == columns
      && areUnique(ids, version.rows.map { $0[idColumn] }.filter { !$0.isEmpty })
      && version.rows.map { TableVersion.digest(of: $0, in: columns) }
        == (side == .ours ? ours : theirs)
  }
}

extension TableMerge: MergePlan {
  func isSaid(byOurs ours: SourceFile, andTheirs theirs: SourceFile) -> Bool {
    guard let one = TableVersion(ours), let two = TableVersion(theirs) else { return false }
    return isSaid(by: one, taking: .ours) && isSaid(by: two, taking: .theirs)
  }
}

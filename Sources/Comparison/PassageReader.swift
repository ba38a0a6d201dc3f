import Registry
import SourceText
import Syntax

/// Cuts a document into passages and numbers them.
struct PassageReader {
  private let document: MarkdownDocument
  private let numbering: Numbering?
  private var starts: [(offset: Int, kind: Passage.Kind, lists: [Int])] = []

  init(_ document: MarkdownDocument, _ numbering: Numbering?) {
    self.document = document
    self.numbering = numbering
    if document.bodyRange.lowerBound > 0 { starts.append((0, .head, [])) }
    // The lists around a block: the number of the item that each is at.
    var lists: [(depth: Int, next: Int, isOrdered: Bool)] = []
    var item: Int?
    var isFirstRow = false
    var line = LineStart(of: document)
    for block in document.blocks {
      while let last = lists.last, last.depth >= block.depth { lists.removeLast() }
      let offset = line.start(of: block.range.lowerBound)
      switch block.kind {
      case .list(let isOrdered, let start): lists.append((block.depth, start, isOrdered))
      case .item:
        if let last = lists.indices.last { lists[last].next += 1 }
        item = min(item ?? offset, offset)
      case .heading(let level): add(item ?? offset, .heading(level: level), [])
      case .paragraph:
        let path = lists.map { $0.isOrdered ? $0.next - 1 : 0 }
        add(item ?? offset, lists.isEmpty || item == nil ? .paragraph : .item, path)
      case .row:
        addRow(offset, isFirst: isFirstRow)
        isFirstRow = false
      case .code: add(item ?? offset, .code, [])
      case .html, .rule: add(item ?? offset, .other, [])
      case .table: isFirstRow = true
      case .quote, .cell, .other: break
      }
      switch block.kind {
      case .list, .item, .quote: break
      default: item = nil
      }
    }
    separateRows()
    if starts.isEmpty ? !document.file.bytes.isEmpty : starts[0].offset > 0 {
      starts.insert((0, .other, []), at: 0)
    }
  }

  /// Adds a row; the first of a table that goes on from a line of text begins where that text does, as
  /// cmark-gfm tells it.
  private mutating func addRow(_ offset: Int, isFirst: Bool) {
    let end = document.file.bytes.count
    guard isFirst, let rule = ruleLine(in: offset..<end), rule.header > offset else {
      return add(offset, .row, [])
    }
    add(offset, .paragraph, [])
    add(rule.header, .row, [])
  }

  /// Makes passages of their own of what stands behind a row and is none: a definition of a link, a line of
  /// HTML.
  private mutating func separateRows() {
    let ends = starts.dropFirst().map(\.offset) + [document.file.bytes.count]
    var separated: [(offset: Int, kind: Passage.Kind, lists: [Int])] = []
    for (start, end) in zip(starts, ends) {
      separated.append(start)
      guard start.kind == .row else { continue }
      var line = lineEnd(start.offset, in: end)
      if let rule = ruleLine(in: start.offset..<end), rule.header == start.offset {
        line = rule.end
      }
      while line < end {
        let next = lineEnd(line, in: end)
        if document.file.bytes[line..<next].contains(where: { $0 > 0x20 && $0 != 0x3E }) {
          separated.append((line, .other, []))
          break
        }
        line = next
      }
    }
    starts = separated
  }

  /// Returns where the line behind a place begins.
  private func lineEnd(_ offset: Int, in end: Int) -> Int {
    document.file.bytes[offset..<end].firstIndex(of: 0x0A).map { $0 + 1 } ?? end
  }

  /// Returns where the first line that rules a table off stands: the begin of the header above it, and its
  /// own end.
  private func ruleLine(in range: Range<Int>) -> (header: Int, end: Int)? {
    var header = range.lowerBound
    var line = lineEnd(header, in: range.upperBound)
    while line < range.upperBound {
      let end = lineEnd(line, in: range.upperBound)
      let signs = document.file.bytes[line..<end].filter { $0 > 0x20 && $0 != 0x3E }
      guard !signs.isEmpty else { return nil }
      if signs.contains(0x2D), signs.allSatisfy({ [0x2D, 0x3A, 0x7C].contains($0) }) {
        return (header, end)
      }
      (header, line) = (line, end)
    }
    return nil
  }

  private mutating func add(_ offset: Int, _ kind: Passage.Kind, _ lists: [Int]) {
    guard offset > starts.last?.offset ?? -1 else { return }
    starts.append((offset, kind, lists))
  }

  func passages() -> [Passage] {
    let sources = starts.indices.map { index in
      let end = index + 1 < starts.count ? starts[index + 1].offset : document.file.bytes.count
      return document.file.text(of: starts[index].offset..<end)
    }
    let numbers = numbering.map { declared($0, sources) } ?? apparent(sources)
    return sources.indices.map { index in
      let (start, source) = (starts[index].offset, sources[index])
      let hasAttributes =
        switch starts[index].kind {
        case .heading, .paragraph, .item: true
        case .head, .row, .code, .other: false
        }
      return Passage(
        kind: starts[index].kind, depth: starts[index].lists.count,
        range: start..<(start + source.utf8.count), source: source,
        marker: numbers[index].marker, number: numbers[index].number, path: numbers[index].path,
        attributes: Attributes(of: hasAttributes ? source : ""))
    }
  }

  private typealias Number = (marker: String, number: String, path: [Numbering.Ordinal])

  /// Numbers passages as the catalogue declares it.
  private func declared(_ numbering: Numbering, _ sources: [String]) -> [Number] {
    let parts = sources.indices.map { Marker.parts(of: sources[$0], starts[$0].kind) }
    let readings = zip(parts, starts).map { part, start -> [Numbering.Reading] in
      guard part.mayHaveNumber else { return [] }
      if part.isBold {
        let bold = part.rest.firstRange(of: "**").map { part.rest[..<$0.lowerBound] }
        return numbering.readings(of: bold ?? part.rest)
      }
      guard part.isOrdered, let number = start.lists.last else {
        return numbering.readings(of: part.rest)
      }
      // What a reader sees of `1.` in a list is the number of the item.
      let digits = part.rest.prefix(while: \.isNumber)
      return numbering.readings(of: "\(number)\(part.rest[digits.endIndex...])")
    }
    // For each passage, what the next number may be.
    var following: [[Numbering.Reading]] = Array(repeating: [], count: readings.count)
    for index in readings.indices.dropLast().reversed() {
      following[index] = readings[index + 1].isEmpty ? following[index + 1] : readings[index + 1]
    }
    var clauses = ClauseNumbers(numbering)
    return parts.indices.map { index in
      var heading: Int?
      if case .heading(let level) = starts[index].kind { heading = level }
      guard
        let (path, reading) = clauses.take(
          readings[index], before: following[index], heading: heading)
      else {
        if let heading { clauses.close(atHeading: heading) }
        let before =
          parts[index].isBold ? String(parts[index].before.dropLast(2)) : parts[index].before
        let marker =
          before.isEmpty ? Marker.ordered(parts[index].rest) : before.prefix { $0 != " " }
        return (parts[index].isOrdered || !before.isEmpty ? String(marker) : "", "", [])
      }
      let count =
        parts[index].isOrdered ? Marker.ordered(parts[index].rest).count : reading.text.count
      var marker = parts[index].before + parts[index].rest.prefix(count)
      if parts[index].isBold, parts[index].rest.dropFirst(count).hasPrefix("**") { marker += "**" }
      return (marker, numbering.number(of: path), path)
    }
  }

  /// Numbers passages as their numbers look.
  private func apparent(_ sources: [String]) -> [Number] {
    var numbers: [Number] = []
    var headings: [(level: Int, number: String)] = []
    var subclauses = Marker.subclauses.map(ClauseNumbers.init)
    for (start, source) in zip(starts, sources) {
      let marker = Marker.of(source, start.kind)
      let own = Marker.number(marker)
      var (number, path) = ("", [Numbering.Ordinal]())
      if case .heading(let level) = start.kind {
        headings.removeAll { $0.level >= level }
        headings.append((level, own))
        subclauses?.close()
      }
      let around = headings.map(\.number).filter { !$0.isEmpty }
      let readings = Marker.subclauses?.readings(of: Substring(own)) ?? []
      switch start.kind {
      case .heading:
        number = marker.isEmpty ? "" : Marker.joined(around)
        if Marker.isAbsolute(own), number == own { path = subclauses?.take(readings)?.path ?? [] }
      case .item, .paragraph:
        if Marker.isAbsolute(own) {
          number = own
          path = subclauses?.take(readings)?.path ?? []
        } else if own.hasPrefix("("), let whole = subclauses?.take(readings)?.path {
          path = whole
          number = Marker.subclauses?.number(of: path) ?? ""
        } else if !start.lists.isEmpty, start.kind == .item, start.lists.last != 0 {
          number = Marker.joined(around + start.lists.filter { $0 > 0 }.map(String.init))
        } else if !own.isEmpty {
          // `2.1` under a heading `2.` says its place already.
          let isWhole = around.last.map { own.hasPrefix($0 + ".") } == true
          number = Marker.joined((isWhole ? around.dropLast() : around) + [own])
        }
      default: break
      }
      numbers.append((marker, number, path))
    }
    return numbers
  }
}

/// Tells where lines begin of places that mostly follow each other: a line may be as long as a file, and have as
/// many blocks.
private struct LineStart {
  private let document: MarkdownDocument
  private var known: (offset: Int, start: Int)

  init(of document: MarkdownDocument) {
    self.document = document
    known = (document.bodyRange.lowerBound, document.bodyRange.lowerBound)
  }

  mutating func start(of offset: Int) -> Int {
    var start = offset
    let end = offset >= known.offset ? known.offset : document.bodyRange.lowerBound
    while start > end, document.file.bytes[start - 1] != 0x0A { start -= 1 }
    if start == known.offset { start = known.start }
    known = (offset, start)
    return start
  }
}

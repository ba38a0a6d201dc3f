/// A passage on two sides, cut where its Markdown has signs that readers do not see: the marks of a
/// heading, the bars of a table, the attributes at its end.
///
/// All pieces together are the whole source of both sides.
package struct PassageWording: Sendable {
  package enum Piece: Hashable, Sendable {
    /// Signs of Markdown and white space.
    case sign(Wording)
    case words(Wording)
    /// What stands between two bars of a table.
    case cell(Wording)

    package var wording: Wording {
      switch self {
      case .sign(let wording), .words(let wording), .cell(let wording): wording
      }
    }
  }

  package let pieces: [Piece]

  /// The whole difference.
  package var wording: Wording { Wording(joining: pieces.map(\.wording)) }

  /// Returns the difference that readers see: that of what the passages say, in one layout.
  package static func shown(from old: Passage?, to new: Passage?) -> Wording {
    if (old ?? new)?.kind == .row, (new ?? old)?.kind == .row {
      return Wording(joining: row(from: Row(shown: old), to: Row(shown: new)).map(\.wording))
    }
    return Wording(from: old?.shown ?? "", to: new?.shown ?? "")
  }

  /// Compares two passages; `nil` stands for one that is not there.
  package init(from old: Passage?, to new: Passage?) {
    if (old ?? new)?.kind == .row, (new ?? old)?.kind == .row {
      pieces = Self.row(from: Row(old), to: Row(new))
      return
    }
    let (one, two) = (Cut(old), Cut(new))
    let all: [Piece] = [
      .sign(Wording(from: one.lead, to: two.lead)), .words(Wording(from: one.words, to: two.words)),
      .sign(Wording(from: one.tail, to: two.tail)),
    ]
    pieces = all.filter { !$0.wording.parts.isEmpty }
  }

  /// A passage that is no row.
  private struct Cut {
    var (lead, words, tail) = ("", "", "")

    init(_ passage: Passage?) {
      guard let passage else { return }
      var rest = Substring(passage.source)
      if case .heading = passage.kind {
        let words = rest.drop { $0 == "#" }.drop { $0 == " " }
        if rest.first == "#" {
          lead = String(rest[..<words.startIndex])
          rest = words
        }
      }
      var end = rest.withoutTrailingSpace.endIndex
      let attributes = passage.attributes.source
      if !attributes.isEmpty, rest[..<end].hasSuffix(attributes) {
        end = rest.index(end, offsetBy: -attributes.count)
        end = rest[..<end].withoutTrailingSpace.endIndex
      }
      words = String(rest[..<end])
      tail = String(rest[end...])
    }
  }

  /// A row of a table: what stands before its first cell, its cells each with the bar behind it, and the rest.
  private struct Row {
    var lead = ""
    var cells: [(text: String, bar: String)] = []
    var tail = ""

    /// A row without padding.
    init(shown passage: Passage?) {
      guard let passage else { return }
      lead = "|"
      cells = passage.cells.map { (" \($0.text) ", "|") }
    }

    init(_ passage: Passage?) {
      guard let passage else { return }
      let bytes = Array(passage.source.utf8)
      func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
      let columns = passage.columns
      lead = text(0..<(columns.first?.lowerBound ?? 0))
      var end = lead.utf8.count
      for column in columns {
        let isClosed =
          column.upperBound < bytes.count && bytes[column.upperBound] == UInt8(ascii: "|")
        end = column.upperBound + (isClosed ? 1 : 0)
        cells.append((text(column), isClosed ? "|" : ""))
      }
      tail = text(end..<bytes.count)
    }
  }

  /// Compares rows cell by cell; where a column came or went, cells of equal words are the same ones.
  private static func row(from old: Row, to new: Row) -> [Piece] {
    var pieces: [Piece] = []
    func add(_ old: (text: String, bar: String)?, _ new: (text: String, bar: String)?) {
      pieces.append(.cell(Wording(from: old?.text ?? "", to: new?.text ?? "")))
      pieces.append(.sign(Wording(from: old?.bar ?? "", to: new?.bar ?? "")))
    }
    pieces.append(.sign(Wording(from: old.lead, to: new.lead)))
    if old.cells.count == new.cells.count {
      for (one, two) in zip(old.cells, new.cells) { add(one, two) }
    } else {
      func words(_ row: Row) -> [String] {
        row.cells.map { $0.text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
      }
      var (position, newPosition) = (0, 0)
      func step(to end: Int, _ newEnd: Int) {
        while position < end {
          add(old.cells[position], nil)
          position += 1
        }
        while newPosition < newEnd {
          add(nil, new.cells[newPosition])
          newPosition += 1
        }
      }
      for pair in Alignment.pairs(words(old), words(new)) {
        step(to: pair.old, pair.new)
        add(old.cells[pair.old], new.cells[pair.new])
        (position, newPosition) = (pair.old + 1, pair.new + 1)
      }
      step(to: old.cells.count, new.cells.count)
    }
    pieces.append(.sign(Wording(from: old.tail, to: new.tail)))
    return pieces.filter { piece in
      if case .cell = piece { return true }
      return !piece.wording.parts.isEmpty
    }
  }
}

import Diagnostics
package import Registry
package import SourceText
import Syntax

/// A stretch of a document that is compared as one: a heading, a paragraph, an item of a list, a row of
/// a table.
///
/// Passages follow each other without a gap: together they are the whole file.
package struct Passage: Sendable {
  package enum Kind: Hashable, Sendable {
    /// The head of the file, with its lines of dashes.
    case head
    case heading(level: Int)
    case paragraph
    case item
    case row
    case code
    case other
  }

  package let kind: Kind
  /// In how many lists it stands, one within the other.
  package let depth: Int
  /// Where it stands, up to the begin of the next one, in UTF-8 offsets.
  package let range: Range<Int>
  /// The source, with the white space that follows it.
  package let source: String
  /// The number in front of it, as it is written: `1.`, `(a)`, `H8.4`; empty where there is none.
  package let marker: String
  /// The number with those of all that it stands in: `A.1.3`, `H8.4(b)`.
  package let number: String
  /// The parts of the number, where it says its whole place or the document's numbering is declared.
  package let path: [Numbering.Ordinal]
  /// What the author calls it and says of it, in braces at its end.
  package let attributes: Attributes

  package var anchor: String? { attributes.anchor }

  /// Whether it is in force: one that is marked `{.inactive}` is part of the text and has no effect yet.
  package var isInactive: Bool { attributes.classes.contains("inactive") }

  /// Whether its number is kept and nothing stands under it any more.
  package var isNotUsed: Bool {
    let words = text.filter { !"[]*_. ".contains($0) }.lowercased()
    return words == "notused"
  }

  /// What it says, without its marker, its attributes and the white space around it.
  package var text: String {
    var text = source.withoutTrailingSpace
    if !attributes.source.isEmpty, text.hasSuffix(attributes.source) {
      text = text.dropLast(attributes.source.count).withoutTrailingSpace
    }
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    if !marker.isEmpty, text.hasPrefix(marker) { text = text.dropFirst(marker.count) }
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    return String(text)
  }

  /// Returns the passages of a Markdown file, which together are its bytes.
  ///
  /// - Parameters:
  ///   - file: The document.
  ///   - numbering: How its clauses are numbered; `nil` where that is not declared and numbers are
  ///     taken as they look.
  /// - Returns: The passages; one for a file that is no Markdown that can be read.
  package static func passages(of file: SourceFile, _ numbering: Numbering? = nil) -> [Passage] {
    var dropped = Report()
    guard
      let document = MarkdownReader.document(of: file, requiresHead: false, into: &dropped)
    else {
      return [whole(file)]
    }
    return PassageReader(document, numbering).passages()
  }

  private static func whole(_ file: SourceFile) -> Passage {
    let range = 0..<file.bytes.count
    return Passage(
      kind: .other, depth: 0, range: range, source: String(decoding: file.bytes, as: UTF8.self),
      marker: "",
      number: "", path: [], attributes: Attributes(of: ""))
  }
}

extension Passage {
  /// What it is among the passages of its document, with its level: `a heading of level 2`, `an item of
  /// level 1`.
  package var form: String {
    switch kind {
    case .head: "the head"
    case .heading(let level): "a heading of level \(level)"
    case .paragraph where depth == 0: "a paragraph"
    case .paragraph: "a paragraph of an item of level \(depth)"
    case .item: "an item of level \(depth)"
    case .row: "a row of a table"
    case .code: "code"
    case .other: "no passage"
    }
  }

  /// A cell of a row of a table.
  package struct Cell: Sendable {
    package let text: String
    /// Where it stands in the passage, in UTF-8 offsets, without the white space around it.
    package let range: Range<Int>
  }

  /// Whether it is the first row of a table, with the line of dashes below it.
  package var isHeaderRow: Bool {
    kind == .row && source.utf8.firstIndex(of: 0x0A).map { source[$0...].contains("-") } == true
  }

  /// What it says on one line: a row by its cells, another passage without the marks of bold type.
  package var summary: String {
    let words = kind == .row ? cells.map(\.text).joined(separator: ", ") : text
    return words.replacing("**", with: "").split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
  }

  /// The cells of a row; of another passage none.
  package var cells: [Cell] {
    guard kind == .row else { return [] }
    return columns.compactMap { column in
      let bytes = Array(source.utf8)[column]
      guard !bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }) else {
        return Cell(text: "", range: column)
      }
      let low = bytes.firstIndex { $0 != 0x20 && $0 != 0x09 } ?? column.lowerBound
      let high = bytes.lastIndex { $0 > 0x20 } ?? column.lowerBound
      return Cell(text: String(decoding: bytes[low...high], as: UTF8.self), range: low..<(high + 1))
    }
  }

  /// Where the cells of a row are between its bars, in UTF-8 offsets; the line of dashes under a header is
  /// none of them.
  var columns: [Range<Int>] {
    let bytes = Array(source.utf8)
    var end = bytes.firstIndex(of: 0x0A) ?? bytes.count
    if end > 0, end < bytes.count, bytes[end - 1] == 0x0D { end -= 1 }
    var bars: [Int] = []
    for offset in 0..<end where bytes[offset] == UInt8(ascii: "|") {
      if offset == 0 || bytes[offset - 1] != UInt8(ascii: "\\") { bars.append(offset) }
    }
    let isOpen = bytes[..<end].first { $0 > 0x20 } != UInt8(ascii: "|")
    let isClosed = bytes[..<end].last { $0 > 0x20 } == UInt8(ascii: "|")
    let edges = (isOpen ? [-1] : []) + bars + (isClosed ? [] : [end])
    return zip(edges, edges.dropFirst()).map { ($0 + 1)..<$1 }
  }
}

extension Passage {
  /// Where its number stands in the file.
  package var markerRange: Range<Int> {
    let spaces = source.utf8.prefix { $0 == 0x20 || $0 == 0x09 }.count
    let start = range.lowerBound + spaces
    return start..<(start + marker.utf8.count)
  }

  /// The source behind its number.
  package var unnumbered: String {
    String(
      decoding: source.utf8.dropFirst(markerRange.upperBound - range.lowerBound), as: UTF8.self)
  }
}

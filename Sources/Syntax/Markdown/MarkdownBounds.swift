import Diagnostics
import SourceText

/// What is refused of a body before cmark-gfm works through it, which takes a time for it that grows with the square
/// of its size: blocks in blocks, and the columns and cells of tables.
struct MarkdownBounds {
  private let file: SourceFile
  private let body: Range<Int>
  private let limits: SyntaxLimits

  init(file: SourceFile, body: Range<Int>, limits: SyntaxLimits) {
    self.file = file
    self.body = body
    self.limits = limits
  }

  /// Lines without an empty one between them, as a table is one.
  private struct Stretch {
    /// The first line with more bars than a table may have columns.
    var wide: Range<Int>?
    /// How many columns the widest line has that rules a table off; 0 where there is none.
    var columns = 0
  }

  /// Whether a body is within the bounds; the report then says why not.
  func hold(_ report: inout Report) -> Bool {
    file.bytes.withUnsafeBufferPointer { bytes in
      var stretch = Stretch()
      var cells = 0
      var start = body.lowerBound
      while start < body.upperBound {
        let end = bytes[start..<body.upperBound].firstIndex(of: 0x0A) ?? body.upperBound
        if let offset = tooDeep(bytes, start..<end) {
          report.tooDeep(at: SourceRange(file.path, offset..<(offset + 1)), limits)
          return false
        }
        if bytes[start..<end].allSatisfy({ $0 <= 0x20 }) {
          stretch = Stretch()
        } else {
          add(bytes, start..<end, to: &stretch)
          cells += stretch.columns
        }
        if stretch.columns > 0, let wide = stretch.wide {
          report.tooManyColumns(at: SourceRange(file.path, wide), limits.documentColumns)
          return false
        }
        guard cells <= limits.nodes else {
          report.tooManyNodes(at: SourceRange(file.path, start..<end), limits)
          return false
        }
        start = end + 1
      }
      return true
    }
  }

  private func add(
    _ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>, to stretch: inout Stretch
  ) {
    var bars = 0
    var (isRule, dashes, colons) = (true, 0, 0)
    for offset in line {
      switch bytes[offset] {
      case UInt8(ascii: "|"): bars += 1
      case UInt8(ascii: "-"): dashes += 1
      case UInt8(ascii: ":"): colons += 1
      case UInt8(ascii: ">"), 0...0x20: break
      default: isRule = false
      }
    }
    // Two bars stand at the ends.
    if bars > limits.documentColumns + 1, stretch.wide == nil { stretch.wide = line }
    if isRule, dashes > 0, bars + colons > 0 {
      stretch.columns = max(stretch.columns, bars, 1)
    }
  }

  /// Returns where a line nests blocks deeper than the bound.
  ///
  /// Quotes, bullets and numbers of items nest at the start of one line, and lists over several by their
  /// indentation, two columns at least.
  private func tooDeep(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) -> Int? {
    var (offset, depth, column) = (line.lowerBound, 0, 0)
    while offset < line.upperBound {
      let sign = bytes[offset]
      switch sign {
      case 0x20: column += 1
      case 0x09: column += 4 - column % 4
      case UInt8(ascii: ">"):
        depth += 1
        column += 1
      case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"):
        guard isSpace(bytes, at: offset + 1, line) else { return nil }
        depth += 1
        column += 1
        if isTooDeep(depth, column), isRule(bytes, offset..<line.upperBound) { return nil }
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        let digits = bytes[offset..<min(offset + 9, line.upperBound)].prefix {
          (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        }
        let end = digits.endIndex
        guard end < line.upperBound, [UInt8(ascii: "."), UInt8(ascii: ")")].contains(bytes[end]),
          isSpace(bytes, at: end + 1, line)
        else { return nil }
        depth += 1
        column += digits.count + 1
        offset = end
      default: return nil
      }
      if sign > 0x20, isTooDeep(depth, column) { return offset }
      offset += 1
    }
    return nil
  }

  private func isTooDeep(_ depth: Int, _ column: Int) -> Bool {
    depth > limits.depth || column > 4 * limits.depth
  }

  private func isSpace(
    _ bytes: UnsafeBufferPointer<UInt8>, at offset: Int, _ line: Range<Int>
  ) -> Bool {
    offset >= line.upperBound || bytes[offset] <= 0x20
  }

  /// Whether the rest of a line is one sign again and again, as in `* * *`: a rule across the page.
  private func isRule(_ bytes: UnsafeBufferPointer<UInt8>, _ rest: Range<Int>) -> Bool {
    guard let sign = rest.first.map({ bytes[$0] }), sign != UInt8(ascii: "+") else { return false }
    return bytes[rest].allSatisfy { $0 == sign || $0 <= 0x20 }
  }
}

import Ccmark
import Diagnostics
import SourceText

/// A block of Markdown and where it stands.
package struct MarkdownBlock: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case heading(level: Int)
    case paragraph
    case list(isOrdered: Bool, start: Int)
    case item
    case quote
    case code
    case html
    case table
    case row
    case cell
    case rule
    case other
  }

  package let kind: Kind
  /// The place in the file, in UTF-8 offsets.
  package let range: Range<Int>
  /// How many blocks are around it.
  package let depth: Int
}

/// The block structure of a body, as cmark-gfm sees it.
///
/// Positions of blocks are taken from cmark-gfm; positions inside a block are not, because they are
/// wrong on indented lines and after escaped bars.
struct MarkdownBlocks {
  private let file: SourceFile
  private let body: Range<Int>
  private let limits: SyntaxLimits

  init(file: SourceFile, body: Range<Int>, limits: SyntaxLimits) {
    self.file = file
    self.body = body
    self.limits = limits
  }

  func read(into report: inout Report) -> [MarkdownBlock]? {
    guard MarkdownBounds(file: file, body: body, limits: limits).hold(&report) else { return nil }
    cmark_gfm_core_extensions_ensure_registered()
    guard let parser = cmark_parser_new(CMARK_OPT_DEFAULT) else { return nil }
    defer { cmark_parser_free(parser) }
    // Others know inlines alone, and "autolink" takes quadratic time for them.
    for name in ["table", "tasklist"] {
      if let syntax = cmark_find_syntax_extension(name) {
        cmark_parser_attach_syntax_extension(parser, syntax)
      }
    }
    file.bytes.withUnsafeBytes { bytes in
      let text = bytes[body].bindMemory(to: CChar.self)
      cmark_parser_feed(parser, text.baseAddress, text.count)
    }
    guard let root = cmark_parser_finish(parser) else { return nil }
    defer { cmark_node_free(root) }
    return walk(root)
  }

  private func walk(_ root: OpaquePointer) -> [MarkdownBlock] {
    let lines = lineStarts()
    var blocks: [MarkdownBlock] = []
    var depth = 0
    guard let iterator = cmark_iter_new(root) else { return [] }
    defer { cmark_iter_free(iterator) }
    while true {
      let event = cmark_iter_next(iterator)
      guard event != CMARK_EVENT_DONE, let node = cmark_iter_get_node(iterator) else { break }
      guard let kind = kind(of: node) else { continue }
      if event == CMARK_EVENT_EXIT {
        depth -= 1
        continue
      }
      blocks.append(MarkdownBlock(kind: kind, range: range(of: node, lines), depth: depth))
      // A block without inlines is entered and never left.
      if !isLeaf(kind) { depth += 1 }
    }
    return blocks
  }

  private func isLeaf(_ kind: MarkdownBlock.Kind) -> Bool {
    kind == .code || kind == .html || kind == .rule
  }

  private func lineStarts() -> [Int] {
    var starts = [body.lowerBound]
    for offset in body where file.bytes[offset] == 0x0A { starts.append(offset + 1) }
    return starts
  }

  private func range(of node: OpaquePointer, _ lines: [Int]) -> Range<Int> {
    func offset(_ line: Int32, _ column: Int32) -> Int {
      let line = min(max(Int(line), 1), lines.count)
      // The rows of a table in the first line may begin before it.
      return min(lines[line - 1] + max(Int(column), 0), body.upperBound)
    }
    let start = offset(cmark_node_get_start_line(node), cmark_node_get_start_column(node) - 1)
    let end = offset(cmark_node_get_end_line(node), cmark_node_get_end_column(node))
    return min(start, end)..<max(start, end)
  }

  private func kind(of node: OpaquePointer) -> MarkdownBlock.Kind? {
    switch cmark_node_get_type(node) {
    case CMARK_NODE_DOCUMENT: return nil
    case CMARK_NODE_HEADING: return .heading(level: Int(cmark_node_get_heading_level(node)))
    case CMARK_NODE_PARAGRAPH: return .paragraph
    case CMARK_NODE_LIST:
      return .list(
        isOrdered: cmark_node_get_list_type(node) == CMARK_ORDERED_LIST,
        start: Int(cmark_node_get_list_start(node)))
    case CMARK_NODE_ITEM: return .item
    case CMARK_NODE_BLOCK_QUOTE: return .quote
    case CMARK_NODE_CODE_BLOCK: return .code
    case CMARK_NODE_HTML_BLOCK: return .html
    case CMARK_NODE_THEMATIC_BREAK: return .rule
    default: break
    }
    switch cmark_node_get_type_string(node).map({ String(cString: $0) }) {
    case "table": return .table
    case "table_row", "table_header": return .row
    case "table_cell": return .cell
    case "tasklist": return .item
    default: return nil
    }
  }
}

import Ccmark

/// Markdown as a page shows it: what its signs mean, and none of them.
package enum Prose {
  /// How deep lists and emphasis may stand in each other; what is deeper stands at the last depth.
  private static let deepest = 32

  /// Returns the blocks of a text of Markdown (CommonMark with tables and struck text).
  ///
  /// - Parameter markdown: The text.
  /// - Returns: Its blocks; HTML, which is not read, stands in them as it is written.
  package static func blocks(of markdown: String) -> [Block] {
    var reader = Reader()
    return reader.blocks(of: markdown)
  }

  /// Returns the words of one paragraph of Markdown.
  ///
  /// - Parameter markdown: The paragraph; of several blocks the words follow each other.
  /// - Returns: The words with what stands out.
  package static func inlines(of markdown: String) -> [Inline] {
    let blocks = blocks(of: markdown)
    var words: [Inline] = []
    for block in blocks {
      let own = Self.words(of: block)
      if !words.isEmpty, !own.isEmpty { words.append(.lineBreak) }
      words += own
    }
    return words
  }

  private static func words(of block: Block) -> [Inline] {
    switch block {
    case .heading(_, let content, _): content
    case .paragraph(let paragraph): paragraph.content
    case .code(let text): [.code(text)]
    case .list(_, _, let items):
      Array(items.map { $0.flatMap(words) }.joined(separator: [.lineBreak]))
    case .quote(let blocks): blocks.flatMap(words)
    case .table(let table):
      ([table.columns] + table.rows.map(\.cells)).map { cells in
        Array(cells.joined(separator: [.text(", ")]))
      }.reduce(into: []) { $0 += ($0.isEmpty ? [] : [.lineBreak]) + $1 }
    case .figure, .rule: []
    }
  }

  /// One walk over the tree that cmark makes.
  private struct Reader {
    /// What is open, the innermost last.
    private var open: [Frame] = []

    /// What a node of the tree holds so far.
    private struct Frame {
      let node: OpaquePointer
      var blocks: [Block] = []
      var inlines: [Inline] = []
      var items: [[Block]] = []
      var rows: [[[Inline]]] = []
      var cells: [[Inline]] = []
    }

    mutating func blocks(of markdown: String) -> [Block] {
      cmark_gfm_core_extensions_ensure_registered()
      guard let parser = cmark_parser_new(CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8) else {
        return []
      }
      defer { cmark_parser_free(parser) }
      for name in ["table", "strikethrough", "tasklist"] {
        if let syntax = cmark_find_syntax_extension(name) {
          cmark_parser_attach_syntax_extension(parser, syntax)
        }
      }
      var text = markdown
      text.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) {
          cmark_parser_feed(parser, $0.baseAddress, $0.count)
        }
      }
      guard let root = cmark_parser_finish(parser) else { return [] }
      defer { cmark_node_free(root) }
      guard let iterator = cmark_iter_new(root) else { return [] }
      defer { cmark_iter_free(iterator) }
      while true {
        let event = cmark_iter_next(iterator)
        guard event != CMARK_EVENT_DONE, let node = cmark_iter_get_node(iterator) else { break }
        if event == CMARK_EVENT_ENTER, cmark_node_first_child(node) != nil || isContainer(node) {
          open.append(Frame(node: node))
        } else if event == CMARK_EVENT_ENTER {
          add(leaf: node)
        } else if open.last?.node == node, let frame = open.popLast() {
          if open.isEmpty { return frame.blocks }
          close(frame)
        }
      }
      return []
    }

    /// Whether cmark leaves a node again also where nothing is in it.
    private func isContainer(_ node: OpaquePointer) -> Bool {
      switch cmark_node_get_type(node) {
      case CMARK_NODE_TEXT, CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK, CMARK_NODE_CODE,
        CMARK_NODE_HTML_INLINE, CMARK_NODE_CODE_BLOCK, CMARK_NODE_HTML_BLOCK,
        CMARK_NODE_THEMATIC_BREAK:
        false
      default: true
      }
    }

    private func literal(of node: OpaquePointer) -> String {
      cmark_node_get_literal(node).map { String(cString: $0) } ?? ""
    }

    private mutating func add(_ block: Block) {
      guard !open.isEmpty else { return }
      open[open.count - 1].blocks.append(block)
    }

    private mutating func add(_ content: [Inline]) {
      guard !open.isEmpty else { return }
      open[open.count - 1].inlines += content
    }

    private mutating func add(leaf node: OpaquePointer) {
      switch cmark_node_get_type(node) {
      case CMARK_NODE_TEXT: add([.text(literal(of: node))])
      case CMARK_NODE_SOFTBREAK: add([.text(" ")])
      case CMARK_NODE_LINEBREAK: add([.lineBreak])
      case CMARK_NODE_CODE, CMARK_NODE_HTML_INLINE: add([.code(literal(of: node))])
      case CMARK_NODE_CODE_BLOCK, CMARK_NODE_HTML_BLOCK:
        add(.code(literal(of: node).withoutLastBreak))
      case CMARK_NODE_THEMATIC_BREAK: add(.rule)
      default: break
      }
    }

    /// Gives what a node held to the one that it stands in.
    private mutating func close(_ frame: Frame) {
      let node = frame.node
      // What stands too deep stands in the place of what it is in.
      guard open.count < Prose.deepest else {
        add(frame.inlines)
        open[open.count - 1].blocks += frame.blocks + frame.items.flatMap(\.self)
        return
      }
      let words = frame.inlines.joined
      switch cmark_node_get_type(node) {
      case CMARK_NODE_HEADING:
        add(.heading(level: Int(cmark_node_get_heading_level(node)), words))
      case CMARK_NODE_PARAGRAPH: add(.paragraph(Paragraph(words)))
      case CMARK_NODE_BLOCK_QUOTE: add(.quote(frame.blocks))
      case CMARK_NODE_LIST:
        add(
          .list(
            isOrdered: cmark_node_get_list_type(node) == CMARK_ORDERED_LIST,
            start: Int(cmark_node_get_list_start(node)), items: frame.items))
      case CMARK_NODE_ITEM: open[open.count - 1].items.append(frame.blocks)
      case CMARK_NODE_STRONG: add([.strong(words)])
      case CMARK_NODE_EMPH: add([.emphasis(words)])
      case CMARK_NODE_LINK, CMARK_NODE_IMAGE:
        let address = cmark_node_get_url(node).map { String(cString: $0) } ?? ""
        add([.link(words.isEmpty ? [.text(address)] : words, to: address)])
      default: closeExtension(frame, words)
      }
    }

    private mutating func closeExtension(_ frame: Frame, _ words: [Inline]) {
      switch cmark_node_get_type_string(frame.node).map({ String(cString: $0) }) {
      case "table_cell": open[open.count - 1].cells.append(words)
      case "table_row", "table_header": open[open.count - 1].rows.append(frame.cells)
      case "table":
        guard let head = frame.rows.first else { return }
        add(.table(Table(columns: head, rows: frame.rows.dropFirst().map { Table.Row($0) })))
      case "strikethrough": add([.struck(words)])
      case "tasklist": open[open.count - 1].items.append(frame.blocks)
      default:
        add(words)
        open[open.count - 1].blocks += frame.blocks
      }
    }
  }
}

extension [Inline] {
  /// The same with texts that follow each other in one.
  fileprivate var joined: [Inline] {
    reduce(into: []) { result, inline in
      if case .text(let new) = inline, case .text(let before)? = result.last {
        result[result.count - 1] = .text(before + new)
      } else {
        result.append(inline)
      }
    }
  }
}

extension String {
  fileprivate var withoutLastBreak: String { hasSuffix("\n") ? String(dropLast()) : self }
}

import Comparison
import Pages

/// The words of a page with how each stands out, to be compared and cut.
struct StyledText {
  private enum Style: Hashable {
    case strong, emphasis, struck, code
    case link(String)
  }

  private struct Piece: Hashable {
    var text: String
    /// How it stands out, the outermost first.
    var styles: [Style]
  }

  private var pieces: [Piece] = []

  private init(pieces: [Piece]) { self.pieces = pieces }

  /// Takes words; marks that they have are left out.
  init(_ content: [Inline]) {
    add(content, [])
  }

  private mutating func add(_ content: [Inline], _ styles: [Style]) {
    for inline in content {
      switch inline {
      case .text(let text): pieces.append(Piece(text: text, styles: styles))
      case .lineBreak: pieces.append(Piece(text: "\n", styles: styles))
      case .code(let text): pieces.append(Piece(text: text, styles: styles + [.code]))
      case .strong(let inner): add(inner, styles + [.strong])
      case .emphasis(let inner): add(inner, styles + [.emphasis])
      case .struck(let inner): add(inner, styles + [.struck])
      case .link(let inner, let address): add(inner, styles + [.link(address)])
      case .marked(_, let inner): add(inner, styles)
      }
    }
  }

  var plain: String { pieces.map(\.text).joined() }

  var inlines: [Inline] {
    pieces.flatMap { piece -> [Inline] in
      let isCode = piece.styles.last == .code
      let lines = piece.text.split(separator: "\n", omittingEmptySubsequences: false)
      let words = lines.map { isCode ? Inline.code(String($0)) : .text(String($0)) }
      let content = words.enumerated().flatMap { position, word -> [Inline] in
        (position == 0 ? [] : [.lineBreak]) + (word.plain.isEmpty ? [] : [word])
      }
      return piece.styles.reversed().reduce(content) { content, style in
        switch style {
        case .strong: [.strong(content)]
        case .emphasis: [.emphasis(content)]
        case .struck: [.struck(content)]
        case .code: content
        case .link(let address): [.link(content, to: address)]
        }
      }
    }
  }

  /// Returns a stretch of it, in UTF-8 offsets of ``plain``.
  private func part(_ range: Range<Int>) -> StyledText {
    var cut: [Piece] = []
    var start = 0
    for piece in pieces {
      let bytes = piece.text.utf8
      let own = range.clamped(to: start..<(start + bytes.count))
      if !own.isEmpty {
        let low = bytes.index(bytes.startIndex, offsetBy: own.lowerBound - start)
        let high = bytes.index(bytes.startIndex, offsetBy: own.upperBound - start)
        cut.append(Piece(text: String(piece.text[low..<high]), styles: piece.styles))
      }
      start += bytes.count
    }
    return StyledText(pieces: cut)
  }

  /// Returns what differs between two texts, word by word and in how words stand out.
  ///
  /// - Parameters:
  ///   - old: The text before.
  ///   - new: The text now.
  ///   - author: By what it was changed.
  ///   - context: How many bytes of what did not change stand before and behind a change; all where `nil`.
  /// - Returns: The words of both with their marks.
  static func difference(
    from old: StyledText, to new: StyledText, by author: String? = nil, context: Int? = nil
  ) -> [Inline] {
    var (before, now) = (0, 0)
    var marked: [(kind: Mark.Kind?, text: StyledText)] = []
    for part in Wording(from: old.plain, to: new.plain).parts {
      let count = part.text.utf8.count
      let (one, two) = (old.part(before..<(before + count)), new.part(now..<(now + count)))
      switch part.kind {
      case .deleted: marked.append((.deleted, one))
      case .inserted: marked.append((.inserted, two))
      case .equal where one.pieces == two.pieces: marked.append((nil, two))
      case .equal: marked += [(.deleted, one), (.inserted, two)]
      }
      if part.kind != .inserted { before += count }
      if part.kind != .deleted { now += count }
    }
    return marked.enumerated().flatMap { position, part -> [Inline] in
      if let kind = part.kind { return [.marked(Mark(kind, by: author), part.text.inlines)] }
      guard let context else { return part.text.inlines }
      return part.text.excerpt(
        context, atBegin: position == 0, atEnd: position == marked.count - 1)
    }
  }

  /// Returns what stands near its ends, and dots for what is between; at the begin and the end of a text there
  /// is nothing to be near to.
  private func excerpt(_ context: Int, atBegin: Bool, atEnd: Bool) -> [Inline] {
    let text = Array(plain.utf8)
    let space = UInt8(ascii: " ")
    let head = atBegin ? 0 : text.prefix(context).lastIndex(of: space) ?? 0
    let tail =
      atEnd
      ? text.count
      : text.suffix(context).firstIndex(of: space).map { $0 + 1 } ?? text.count
    guard text.count > 2 * context, head < tail else { return inlines }
    return part(0..<head).inlines + [.text(head == 0 ? "… " : tail == text.count ? " …" : " … ")]
      + part(tail..<text.count).inlines
  }
}

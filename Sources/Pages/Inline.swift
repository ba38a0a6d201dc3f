/// Text in a line, and how it stands out.
package indirect enum Inline: Hashable, Sendable {
  case text(String)
  case strong([Inline])
  case emphasis([Inline])
  /// Text that its author struck out.
  case struck([Inline])
  case code(String)
  /// A link to an address, or with `#` before it to a place of the page.
  case link([Inline], to: String)
  case marked(Mark, [Inline])
  case lineBreak

  /// The text alone.
  package var plain: String {
    switch self {
    case .text(let text), .code(let text): text
    case .strong(let content), .emphasis(let content), .struck(let content),
      .link(let content, _), .marked(_, let content):
      content.plain
    case .lineBreak: "\n"
    }
  }
}

extension [Inline] {
  package var plain: String { map(\.plain).joined() }
}

extension Inline: ExpressibleByStringLiteral {
  package init(stringLiteral text: String) { self = .text(text) }
}

/// What happened to a text, or how it stands in a register.
package struct Mark: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case inserted, deleted
    /// It stands elsewhere now.
    case movedAway
    /// It stood elsewhere.
    case movedHere
    /// In the notation of registers of risks: new since the last version, planned or ongoing, removed.
    case new, ongoing, removed
  }

  package var kind: Kind
  /// By whom or by what it was changed: a modification, a decision.
  package var author: String?

  package init(_ kind: Kind, by author: String? = nil) {
    self.kind = kind
    self.author = author
  }
}

package import Registry
package import SourceText

/// A clause of a document, with all that stands in it.
package struct Clause: Sendable {
  package let number: String
  /// The passages, the one with the number first.
  package let passages: [Passage]

  /// The text as the file has it.
  package var source: String { passages.map(\.source).joined() }
  /// The stretch of the file, in UTF-8 offsets.
  package var range: Range<Int> {
    (passages.first?.range.lowerBound ?? 0)..<(passages.last?.range.upperBound ?? 0)
  }

  /// Finds a clause.
  ///
  /// - Parameters:
  ///   - number: The number, as `H8.4`, `C3.1(e)` or `D`, where white space does not matter; or the
  ///     anchor, as `#planned-maintenance`.
  ///   - file: The document.
  ///   - numbering: How its clauses are numbered.
  package init?(_ number: String, in file: SourceFile, _ numbering: Numbering? = nil) {
    self.init(number, in: Passage.passages(of: file, numbering))
  }

  /// Finds a clause among the passages of a document.
  package init?(_ number: String, in passages: [Passage]) {
    let wanted = number.filter { !$0.isWhitespace }
    let start = passages.firstIndex { passage in
      wanted.first == "#"
        ? passage.anchor.map { wanted.dropFirst() == $0 } ?? false
        : !passage.number.isEmpty && passage.number.filter { !$0.isWhitespace } == wanted
    }
    guard let start else { return nil }
    var end = start + 1
    while end < passages.count, Self.belongs(passages[end], to: passages[start]) { end += 1 }
    self.number = passages[start].number
    self.passages = Array(passages[start..<end])
  }

  /// Whether a passage that follows stands inside: it has a longer number, or none and is no heading
  /// of the same level.
  private static func belongs(_ passage: Passage, to first: Passage) -> Bool {
    if case .heading(let level) = passage.kind {
      guard case .heading(let own) = first.kind, own < level else { return false }
    }
    guard !passage.number.isEmpty else { return true }
    if !first.path.isEmpty, !passage.path.isEmpty {
      return passage.path.count > first.path.count && passage.path.starts(with: first.path)
    }
    return isInside(passage.number, first.number)
  }

  /// Whether `H8.4(b)` stands inside of `H8.4`, and `H8.4` of `H8`.
  private static func isInside(_ number: String, _ outer: String) -> Bool {
    guard number.hasPrefix(outer), let next = number.dropFirst(outer.count).first else {
      return false
    }
    return next == "." || next == "(" || (outer.allSatisfy(\.isLetter) && next.isNumber)
  }
}

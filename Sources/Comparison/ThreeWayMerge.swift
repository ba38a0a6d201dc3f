import Diagnostics
package import SourceText
import Syntax

/// A merge of two versions of a register file with the version that both come from, by record and
/// field; every byte of the result is one of theirs.
///
/// A file is cut into pieces that have a name: the fields of a record, the records of a list, the
/// rows of a table. A piece that one side changed is taken from it; one that both changed is merged
/// piece by piece where it can be cut further, and else handed to `resolve`.
package struct ThreeWayMerge {
  /// The result, with the marks of what could not be merged.
  package private(set) var text = ""
  /// How many pieces could not be merged.
  package private(set) var conflicts = 0

  /// Merges the lines of one piece: returns the result and whether it has no conflict.
  package typealias Resolve = (_ base: String, _ ours: String, _ theirs: String) -> (String, Bool)

  /// A named stretch of a file.
  private struct Piece {
    let name: String
    let text: String
    /// The pieces inside, where it can be cut.
    var inner: [Piece] = []
  }

  /// Merges two versions.
  ///
  /// - Parameters:
  ///   - base: The version that both come from.
  ///   - ours: One version.
  ///   - theirs: The other.
  ///   - resolve: Merges a piece that both changed.
  package init(
    base: SourceFile, ours: SourceFile, theirs: SourceFile, resolve: Resolve
  ) {
    let pieces = [base, ours, theirs].map { Self.pieces(of: $0) }
    guard let old = pieces[0], let one = pieces[1], let two = pieces[2] else {
      let (merged, isClean) = resolve(
        Self.text(of: base), Self.text(of: ours), Self.text(of: theirs))
      text = merged
      conflicts = isClean ? 0 : 1
      return
    }
    text = merge(old, one, two, resolve)
  }

  private static func text(of file: SourceFile) -> String {
    String(decoding: file.bytes, as: UTF8.self)
  }

  private mutating func merge(
    _ base: [Piece], _ ours: [Piece], _ theirs: [Piece], _ resolve: Resolve
  ) -> String {
    func index(_ pieces: [Piece]) -> [String: Piece] {
      Dictionary(pieces.map { ($0.name, $0) }, uniquingKeysWith: { one, _ in one })
    }
    let (old, mine, other) = (index(base), index(ours), index(theirs))
    var result: [(name: String, text: String)] = []
    for piece in ours {
      let (before, now) = (old[piece.name], other[piece.name])
      if let now, now.text == piece.text {
        result.append((piece.name, piece.text))
      } else if let before, before.text == piece.text {
        // They changed it, or took it out.
        if let now { result.append((piece.name, now.text)) }
      } else if let now, before?.text == now.text {
        result.append((piece.name, piece.text))
      } else if now == nil, before == nil {
        result.append((piece.name, piece.text))
      } else {
        result.append((piece.name, settle(before, piece, now, resolve)))
      }
    }
    // What only they have comes after what comes before it there.
    for (position, piece) in theirs.enumerated() where mine[piece.name] == nil {
      let before = old[piece.name]
      if let before, before.text == piece.text { continue }
      let text = before == nil ? piece.text : settle(before, nil, piece, resolve)
      let earlier = theirs[..<position].reversed().first { earlier in
        result.contains { $0.name == earlier.name }
      }
      let place = earlier.flatMap { earlier in
        result.lastIndex { $0.name == earlier.name }
      }
      result.insert((piece.name, text), at: place.map { $0 + 1 } ?? result.count)
    }
    return result.map(\.text).joined()
  }

  /// Merges a piece that both sides changed.
  private mutating func settle(
    _ base: Piece?, _ ours: Piece?, _ theirs: Piece?, _ resolve: Resolve
  ) -> String {
    if let base, let ours, let theirs, !base.inner.isEmpty, !ours.inner.isEmpty,
      !theirs.inner.isEmpty
    {
      return merge(base.inner, ours.inner, theirs.inner, resolve)
    }
    let (text, isClean) = resolve(base?.text ?? "", ours?.text ?? "", theirs?.text ?? "")
    if !isClean { conflicts += 1 }
    return text
  }

  // MARK: Cutting

  private static func pieces(of file: SourceFile) -> [Piece]? {
    var report = Report()
    if file.path.string.hasSuffix(".csv") {
      guard let table = CSVReader.table(of: file, into: &report), !report.hasErrors,
        let root = table.tree(typedBy: { _ in .string }).root
      else { return nil }
      return cut(
        file, 0..<file.bytes.count, root.elements,
        name: { $0["id"]?.text ?? $0.members.first?.value.text })
    }
    guard let root = YAMLReader.tree(of: file, into: &report)?.root, !report.hasErrors else {
      return nil
    }
    let whole = 0..<file.bytes.count
    switch root.kind {
    case .object: return cut(file, whole, root.members.map(\.key), name: \.text)
    case .array:
      guard
        var pieces = cut(
          file, whole, root.elements, name: { $0["id"]?.text ?? $0.members.first?.value.text })
      else { return nil }
      let elements = Dictionary(
        root.elements.compactMap { element in (element["id"]?.text).map { ($0, element) } },
        uniquingKeysWith: { one, _ in one })
      var offset = 0
      for position in pieces.indices {
        let range = offset..<(offset + pieces[position].text.utf8.count)
        offset = range.upperBound
        guard let element = elements[pieces[position].name], element.kind == .object else {
          continue
        }
        pieces[position].inner =
          cut(file, range, element.members.map(\.key), name: \.text) ?? []
      }
      return pieces
    default: return nil
    }
  }

  /// Cuts a stretch at the lines on which nodes begin; `nil` where two begin on one line or one has no
  /// name of its own.
  private static func cut(
    _ file: SourceFile, _ range: Range<Int>, _ nodes: [Node], name: (Node) -> String?
  ) -> [Piece]? {
    var starts: [(offset: Int, name: String)] = []
    for node in nodes {
      var start = node.range.offsets.lowerBound
      while start > range.lowerBound, file.bytes[start - 1] != 0x0A { start -= 1 }
      guard let name = name(node), starts.last?.offset ?? -1 < start,
        !starts.contains(where: { $0.name == name })
      else { return nil }
      starts.append((start, name))
    }
    guard let first = starts.first else { return nil }
    var pieces: [Piece] = []
    if first.offset > range.lowerBound {
      pieces.append(Piece(name: "", text: file.text(of: range.lowerBound..<first.offset)))
    }
    for (position, start) in starts.enumerated() {
      let end = position + 1 < starts.count ? starts[position + 1].offset : range.upperBound
      pieces.append(Piece(name: start.name, text: file.text(of: start.offset..<end)))
    }
    return pieces
  }
}

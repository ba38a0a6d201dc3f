package import Registry
package import SourceText

/// The way from one version of a document to another, passage by passage.
///
/// The steps that are not insertions make the old file, those that are not deletions the new one, byte
/// for byte: ``old`` and ``new`` write them again.
package struct Redline: Sendable {
  package struct Step: Sendable {
    /// The passage before; `nil` for one that was inserted.
    package let old: Passage?
    /// The passage now; `nil` for one that was deleted.
    package let new: Passage?
    /// What happened to it.
    package var kind: Kind
    /// The position of the step at the other end of a move, or of the passage that was split or that
    /// it was joined with.
    package var partner: Int?

    /// The difference of its words; for what stands on one side alone, all of it.
    package var wording: Wording { pieces.wording }

    /// The same, cut where readers see no words; a row of a table cell by cell.
    package var pieces: PassageWording { PassageWording(from: old, to: new) }

    /// Whether something is told of it: more than its layout differs.
    package var isChange: Bool { (kind != .same && kind != .layout) || isRenumbered }

    /// Whether nothing but the white space behind it differs.
    var differsInLayoutAlone: Bool {
      guard let old, let new else { return false }
      return old.source.withoutTrailingSpace.utf8
        .elementsEqual(new.source.withoutTrailingSpace.utf8)
    }

    /// Whether its number differs and stands on both sides; `(a)` of a clause that got another number
    /// is `(a)` still.
    package var isRenumbered: Bool {
      guard let old, let new, old.marker != new.marker || !old.marker.hasPrefix("(") else {
        return false
      }
      return old.number != new.number && !old.number.isEmpty && !new.number.isEmpty
    }
  }

  package enum Kind: String, Hashable, Sendable {
    case same
    /// It says the same in another layout: wrapped anew, with other blank lines, padding or bullets.
    case layout
    case reworded
    case inserted
    case deleted
    /// The place that it left.
    case movedAway
    /// The place where it is now, its words perhaps changed.
    case movedHere
    /// It was the end of the passage before it, which is shorter now.
    case split
    /// It is the end of the passage before it now.
    case joined
  }

  package private(set) var steps: [Step] = []

  package var old: String { steps.compactMap(\.old?.source).joined() }
  package var new: String { steps.compactMap(\.new?.source).joined() }

  /// The steps at which something differs that is more than layout, by their positions.
  package var changes: [Int] { steps.indices.filter { steps[$0].isChange } }

  /// What differs in the layout of passages that say the same, in words; empty where nothing does.
  package var layoutDifferences: [String] {
    var aspects: Set<Passage.LayoutAspect> = []
    for (index, step) in steps.enumerated() where step.kind == .layout {
      guard let old = step.old, let new = step.new else { continue }
      aspects.formUnion(old.layoutDifferences(from: new, isLast: index == steps.count - 1))
    }
    return Passage.LayoutAspect.allCases.filter(aspects.contains).map(\.rawValue)
  }

  /// Compares two versions of a document.
  ///
  /// - Parameters:
  ///   - old: The file before.
  ///   - new: The file now.
  ///   - numbering: How their clauses are numbered; `nil` where that is not declared.
  package init(from old: SourceFile, to new: SourceFile, _ numbering: Numbering? = nil) {
    self.init(
      from: Passage.passages(of: old, numbering), to: Passage.passages(of: new, numbering))
  }

  /// Compares the passages of two versions.
  package init(from old: [Passage], to new: [Passage]) {
    let pairs = Pairing(old, new).pairs()
    var (position, newPosition) = (0, 0)
    func step(to one: Int, _ two: Int) {
      while position < one {
        steps.append(Step(old: old[position], new: nil, kind: .deleted))
        position += 1
      }
      while newPosition < two {
        steps.append(Step(old: nil, new: new[newPosition], kind: .inserted))
        newPosition += 1
      }
    }
    for pair in pairs {
      step(to: pair.old, pair.new)
      let (one, two) = (old[pair.old], new[pair.new])
      steps.append(Step(old: one, new: two, kind: Self.kind(of: one, two)))
      (position, newPosition) = (pair.old + 1, pair.new + 1)
    }
    step(to: old.count, new.count)
    for index in steps.indices where steps[index].kind == .layout {
      // The white space behind a passage changes with its neighbour, which is what is told.
      let hasNeighbour = [index - 1, index + 1].contains { neighbour in
        steps.indices.contains(neighbour)
          && (steps[neighbour].kind == .inserted || steps[neighbour].kind == .deleted)
      }
      if hasNeighbour, steps[index].differsInLayoutAlone { steps[index].kind = .same }
    }
    beginWithFirstPieces()
    findSplits()
    findMoves()
  }

  /// Returns what happened to a passage that stands in both versions.
  private static func kind(of old: Passage, _ new: Passage) -> Kind {
    if old.source.utf8.elementsEqual(new.source.utf8) { return .same }
    // That it has another number is told as such.
    if Step(old: old, new: new, kind: .same).isRenumbered {
      let isSame =
        old.says.utf8.elementsEqual(new.says.utf8)
        && old.attributes.source.utf8.elementsEqual(new.attributes.source.utf8)
      return isSame ? .same : .reworded
    }
    return old.saysSame(as: new) ? .layout : .reworded
  }

  /// The fewest words of a passage that is told to have moved.
  private static let fewestMoved = 6

  private mutating func findMoves() {
    var away: [(position: Int, passage: Passage, text: String, words: Likeness)] = []
    for (position, step) in steps.enumerated() where step.kind == .deleted {
      guard let old = step.old, old.kind != .head else { continue }
      away.append((position, old, old.says, Likeness(old.text)))
    }
    let sole = soleMoves
    let index = WordIndex(away.indices.map { ($0, away[$0].words) })
    let anchors = Dictionary(
      away.indices.compactMap { entry in away[entry].passage.anchor.map { ($0, entry) } },
      uniquingKeysWith: { one, _ in one })
    var candidates: [(score: Double, old: Int, new: Int)] = []
    for (position, step) in steps.enumerated() where step.kind == .inserted {
      guard let new = step.new, new.kind != .head else { continue }
      if let old = sole[position] {
        candidates.append((2, old, position))
        continue
      }
      let text = new.says
      let words = Likeness(new.text)
      guard words.total >= Self.fewestMoved || new.anchor != nil else { continue }
      let near = index.candidates(for: words)
      let named = new.anchor.flatMap { anchors[$0] }.map { [$0] } ?? []
      let scores = (named + near.filter { !named.contains($0) }).map { away[$0] }.map {
        entry -> (Double, Int) in
        if let anchor = new.anchor, let other = entry.passage.anchor {
          return (anchor == other ? 3 : 0, entry.position)
        }
        return (entry.text == text ? 2 : entry.words.likeness(to: words), entry.position)
      }.sorted { $0.0 > $1.0 }
      // Only one that nothing else is nearly as like: a wrong move is worse than a missed one.
      guard let best = scores.first, best.0 >= 0.8, scores.count == 1 || scores[1].0 < best.0 - 0.15
      else { continue }
      candidates.append((best.0, best.1, position))
    }
    candidates.sort { ($0.score, $1.old) > ($1.score, $0.old) }
    for candidate in candidates where steps[candidate.old].kind == .deleted {
      move(candidate.old, to: candidate.new)
      // What stood beside it and stands beside it again went with it, however short it is.
      for way in [1, -1] {
        var (old, new) = (candidate.old + way, candidate.new + way)
        while steps.indices.contains(old), steps.indices.contains(new),
          steps[old].kind == .deleted, steps[new].kind == .inserted,
          let one = steps[old].old, let two = steps[new].new, Pairing.isComparable(one, two),
          one.says == two.says
        {
          move(old, to: new)
          (old, new) = (old + way, new + way)
        }
      }
    }
  }

  private mutating func move(_ old: Int, to new: Int) {
    (steps[old].kind, steps[old].partner) = (.movedAway, new)
    (steps[new].kind, steps[new].partner) = (.movedHere, old)
  }

  /// The fewest words of a numbered clause that is known by all of them.
  private static let fewestKnown = 4

  /// The rows and numbered clauses that stand once among those that are gone and once among the new ones, by
  /// where they are now, and where they were: they may have few words, and are known by all of them.
  private var soleMoves: [Int: Int] {
    var passages: [String: (old: [Int], new: [Int])] = [:]
    for (position, step) in steps.enumerated() {
      guard let passage = step.old ?? step.new, passage.anchor == nil,
        passage.kind == .row || isNumbered(passage)
      else { continue }
      switch step.kind {
      case .deleted: passages[passage.says, default: ([], [])].old.append(position)
      case .inserted: passages[passage.says, default: ([], [])].new.append(position)
      default: break
      }
    }
    var moves: [Int: Int] = [:]
    for (says, places) in passages where places.old.count == 1 && places.new.count == 1 {
      let (old, new) = (places.old[0], places.new[0])
      guard let one = steps[old].old, let two = steps[new].new, Pairing.isComparable(one, two),
        one.kind == .row || Likeness(says).total >= Self.fewestKnown
      else { continue }
      moves[new] = old
    }
    return moves
  }

  private func isNumbered(_ passage: Passage) -> Bool {
    guard passage.kind == .paragraph || passage.kind == .item else { return false }
    return passage.number.contains { $0.isLetter || $0.isNumber }
  }

  /// Finds passages that were the end of the one before them, and ends that were passages.
  private mutating func findSplits() {
    for index in steps.indices.dropFirst() {
      let near = steps[max(0, index - 3)..<index]
      guard let pair = near.lastIndex(where: { $0.old != nil && $0.new != nil }),
        steps[pair].kind == .reworded, let old = steps[pair].old?.text,
        let new = steps[pair].new?.text
      else { continue }
      let isSplit = steps[index].kind == .inserted
      guard isSplit || steps[index].kind == .deleted else { continue }
      let (long, short) = isSplit ? (old, new) : (new, old)
      guard let piece = (isSplit ? steps[index].new : steps[index].old)?.text else { continue }
      let (whole, rest, part) = (Likeness(long), Likeness(short), Likeness(piece))
      // The piece is in the long text and not in the short one.
      guard part.total >= 4, whole.total >= rest.total + part.total / 2,
        Double(part.common(with: whole)) >= 0.85 * Double(part.total),
        Double(rest.common(with: whole)) >= 0.8 * Double(rest.total),
        Likeness(short + " " + piece).likeness(to: whole) >= 0.85
      else { continue }
      steps[index].kind = isSplit ? .split : .joined
      steps[index].partner = pair
    }
  }

  /// A passage of which two were made is the first of them, and the second was split off.
  private mutating func beginWithFirstPieces() {
    for index in steps.indices.dropLast()
    where steps[index].kind == .inserted && steps[index + 1].kind == .reworded {
      guard let old = steps[index + 1].old, let rest = steps[index + 1].new,
        let piece = steps[index].new, Pairing.isComparable(old, piece)
      else { continue }
      let (first, whole) = (Likeness(piece.text), Likeness(old.text))
      let start = old.text.split(whereSeparator: \.isWhitespace).prefix(3)
      guard first.total >= 4, Double(first.common(with: whole)) >= 0.8 * Double(first.total),
        piece.text.split(whereSeparator: \.isWhitespace).prefix(3) == start,
        Likeness(piece.text + " " + rest.text).likeness(to: whole) >= 0.85
      else { continue }
      steps[index] = Step(old: old, new: piece, kind: .reworded)
      steps[index + 1] = Step(old: nil, new: rest, kind: .inserted)
    }
  }
}

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

  /// The steps at which something differs, by their positions.
  package var changes: [Int] {
    steps.indices.filter { steps[$0].kind != .same || steps[$0].isRenumbered }
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
      let isSame = one.source.utf8.elementsEqual(two.source.utf8)
      steps.append(Step(old: one, new: two, kind: isSame ? .same : .reworded))
      (position, newPosition) = (pair.old + 1, pair.new + 1)
    }
    step(to: old.count, new.count)
    // One that differs in nothing but its marker or the white space after it says the same.
    for index in steps.indices where steps[index].kind == .reworded {
      if steps[index].old?.text == steps[index].new?.text, steps[index].isRenumbered {
        steps[index].kind = .same
      }
    }
    for index in steps.indices where steps[index].kind == .reworded {
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

  /// The fewest words of a passage that is told to have moved.
  private static let fewestMoved = 6

  private mutating func findMoves() {
    var away: [(position: Int, passage: Passage, text: String, words: Likeness)] = []
    for (position, step) in steps.enumerated() where step.kind == .deleted {
      guard let old = step.old, old.kind != .head else { continue }
      away.append((position, old, old.text, Likeness(old.text)))
    }
    let index = WordIndex(away.indices.map { ($0, away[$0].words) })
    let anchors = Dictionary(
      away.indices.compactMap { entry in away[entry].passage.anchor.map { ($0, entry) } },
      uniquingKeysWith: { one, _ in one })
    var candidates: [(score: Double, old: Int, new: Int)] = []
    for (position, step) in steps.enumerated() where step.kind == .inserted {
      guard let new = step.new, new.kind != .head else { continue }
      let text = new.text
      let words = Likeness(text)
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
    var taken: Set<Int> = []
    for candidate in candidates where taken.insert(candidate.old).inserted {
      steps[candidate.old].kind = .movedAway
      steps[candidate.old].partner = candidate.new
      steps[candidate.new].kind = .movedHere
      steps[candidate.new].partner = candidate.old
    }
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

/// Which passages of two versions are the same ones, in the order of both.
private struct Pairing {
  private let old: [Passage]
  private let new: [Passage]
  private let oldTexts: [String]
  private let newTexts: [String]
  /// How alike passages must be that are taken for one.
  private static let likeEnough = 0.5

  init(_ old: [Passage], _ new: [Passage]) {
    self.old = old
    self.new = new
    oldTexts = old.map(\.text)
    newTexts = new.map(\.text)
  }

  /// A passage as it is aligned: its kind and its words.
  private struct Key: Hashable {
    let kind: Int
    let text: String

    init(_ passage: Passage, _ text: String) {
      // What its author named is the same wherever the name is, whatever it says.
      if let anchor = passage.anchor {
        (kind, self.text) = (6, anchor)
        return
      }
      self.text = text
      kind = Self.kind(of: passage)
    }

    static func kind(of passage: Passage) -> Int {
      switch passage.kind {
      case .head: 0
      case .heading: 1
      case .paragraph, .item: 2
      case .row: 3
      case .code: 4
      case .other: 5
      }
    }
  }

  func pairs() -> [(old: Int, new: Int)] {
    let keys = zip(old, oldTexts).map { Key($0, $1) }
    let newKeys = zip(new, newTexts).map { Key($0, $1) }
    var pairs: [(old: Int, new: Int)] = []
    var (position, newPosition) = (0, 0)
    for pair in Alignment.pairs(keys, newKeys) {
      pairs += similar(position..<pair.old, newPosition..<pair.new, keys, newKeys)
      pairs.append(pair)
      (position, newPosition) = (pair.old + 1, pair.new + 1)
    }
    return pairs + similar(position..<old.count, newPosition..<new.count, keys, newKeys)
  }

  /// Whether two passages may be one: of one kind, and not named as two.
  static func isComparable(_ old: Passage, _ new: Passage) -> Bool {
    if old.anchor != nil, new.anchor != nil { return false }
    return Key.kind(of: old) == Key.kind(of: new)
  }

  /// Whether one text begins with the other, without its last sign.
  private static func continues(_ old: String, _ new: String) -> Bool {
    let (short, long) = old.utf8.count < new.utf8.count ? (old, new) : (new, old)
    let words = short.last.map { ".;:,".contains($0) } == true ? short.dropLast() : short[...]
    return long.hasPrefix(words)
  }

  /// Whether two passages have one number, which is no bullet, and begin with the same two words.
  private static func hasSameTitle(
    _ old: Passage, _ oldText: String, _ new: Passage, _ newText: String
  ) -> Bool {
    guard !old.number.isEmpty, old.number == new.number else { return false }
    let words = oldText.split(whereSeparator: \.isWhitespace).prefix(2)
    return words.count == 2 && newText.split(whereSeparator: \.isWhitespace).prefix(2) == words
  }

  /// The most cells of the table that a gap is aligned with.
  private static let largestTable = 250_000

  /// Aligns a large gap, as a name that changed everywhere leaves it: passages that share rare words and are
  /// like nothing else are the same ones, and what is left between them is aligned as smaller gaps are.
  private func split(
    _ range: Range<Int>, _ newRange: Range<Int>, _ likeness: [Likeness], _ newLikeness: [Likeness],
    _ keys: [Key], _ newKeys: [Key]
  ) -> [(old: Int, new: Int)] {
    let index = WordIndex(newLikeness.indices.map { ($0, newLikeness[$0]) })
    var claims: [Int: (old: Int, score: Double)] = [:]
    for position in likeness.indices {
      var best: (new: Int, score: Double)?
      for candidate in index.candidates(for: likeness[position]) {
        let score = likeness[position].likeness(to: newLikeness[candidate])
        guard score >= Self.likeEnough, score > best?.score ?? 0,
          Self.isComparable(old[range.lowerBound + position], new[newRange.lowerBound + candidate])
        else { continue }
        best = (candidate, score)
      }
      guard let (candidate, score) = best, score > claims[candidate]?.score ?? 0 else { continue }
      claims[candidate] = (position, score)
    }
    let found = claims.map { (old: range.lowerBound + $1.old, new: newRange.lowerBound + $0) }
      .sorted { $0.old < $1.old }
    var pairs: [(old: Int, new: Int)] = []
    var (position, newPosition) = (range.lowerBound, newRange.lowerBound)
    func gap(to end: Int, _ newEnd: Int) {
      guard (end - position) * (newEnd - newPosition) <= Self.largestTable else { return }
      pairs += similar(position..<end, newPosition..<newEnd, keys, newKeys)
    }
    for pair in Alignment.inOrder(found) {
      gap(to: pair.old, pair.new)
      pairs.append(pair)
      (position, newPosition) = (pair.old + 1, pair.new + 1)
    }
    gap(to: range.upperBound, newRange.upperBound)
    return pairs
  }

  /// Aligns passages of a gap that are alike, so that the sum of their likeness is greatest.
  private func similar(
    _ range: Range<Int>, _ newRange: Range<Int>, _ keys: [Key], _ newKeys: [Key]
  ) -> [(old: Int, new: Int)] {
    guard !range.isEmpty, !newRange.isEmpty else { return [] }
    let likeness = range.map { Likeness(oldTexts[$0]) }
    let newLikeness = newRange.map { Likeness(newTexts[$0]) }
    guard range.count * newRange.count <= Self.largestTable else {
      return split(range, newRange, likeness, newLikeness, keys, newKeys)
    }
    let (rows, columns) = (range.count, newRange.count)
    func score(_ row: Int, _ column: Int) -> Double {
      let (one, two) = (range.lowerBound + row, newRange.lowerBound + column)
      guard Self.isComparable(old[one], new[two]) else { return 0 }
      if old[one].kind == .head { return 1 }
      let value = likeness[row].likeness(to: newLikeness[column])
      let smaller = min(likeness[row].total, newLikeness[column].total)
      if value >= Self.likeEnough, smaller > 0 { return value }
      // One that was cut or continued is the same one: nearly all of the shorter is in the longer.
      let common = Double(likeness[row].common(with: newLikeness[column]))
      if smaller >= 8, common >= 0.9 * Double(smaller) { return 0.5 }
      if smaller >= 4, Self.continues(oldTexts[one], newTexts[two]) { return 0.5 }
      // What alone stands where another alone stood was rewritten.
      if rows == 1, columns == 1, value >= 0.25 { return value }
      // So was what has the number and the title of before.
      return Self.hasSameTitle(old[one], oldTexts[one], new[two], newTexts[two]) ? 0.4 : 0
    }
    let width = columns + 1
    var best = [Double](repeating: 0, count: (rows + 1) * width)
    var scores = [Double](repeating: 0, count: rows * columns)
    for row in stride(from: rows - 1, through: 0, by: -1) {
      for column in stride(from: columns - 1, through: 0, by: -1) {
        let own = score(row, column)
        scores[row * columns + column] = own
        let skip = max(best[(row + 1) * width + column], best[row * width + column + 1])
        let take = own > 0 ? own + best[(row + 1) * width + column + 1] : 0
        best[row * width + column] = max(skip, take)
      }
    }
    var pairs: [(old: Int, new: Int)] = []
    var (row, column) = (0, 0)
    while row < rows, column < columns {
      let own = scores[row * columns + column]
      if own > 0, best[row * width + column] == own + best[(row + 1) * width + column + 1] {
        pairs.append((range.lowerBound + row, newRange.lowerBound + column))
        row += 1
        column += 1
      } else if best[row * width + column] == best[(row + 1) * width + column] {
        row += 1
      } else {
        column += 1
      }
    }
    return pairs
  }
}

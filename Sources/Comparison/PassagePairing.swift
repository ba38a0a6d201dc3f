import Registry

/// Which passages of two versions are the same ones, in the order of both.
struct Pairing {
  private let old: [Passage]
  private let new: [Passage]
  private let oldTexts: [String]
  private let newTexts: [String]
  /// How alike passages must be that are taken for one.
  private static let likeEnough = 0.5

  init(_ old: [Passage], _ new: [Passage]) {
    self.old = old
    self.new = new
    oldTexts = old.map(\.says)
    newTexts = new.map(\.says)
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
    func align(_ range: Range<Int>, _ newRange: Range<Int>) {
      for pair in Alignment.pairs(Array(keys[range]), Array(newKeys[newRange])) {
        let (one, two) = (range.lowerBound + pair.old, newRange.lowerBound + pair.new)
        pairs += similar(position..<one, newPosition..<two, keys, newKeys)
        pairs.append((one, two))
        (position, newPosition) = (one + 1, two + 1)
      }
      pairs += similar(
        position..<range.upperBound, newPosition..<newRange.upperBound, keys, newKeys)
    }
    for heading in sections(keys, newKeys) {
      align(position..<heading.old, newPosition..<heading.new)
      pairs.append(heading)
      (position, newPosition) = (heading.old + 1, heading.new + 1)
    }
    align(position..<old.count, newPosition..<new.count)
    return pairs
  }

  /// Returns the headings that stay, so that a clause which goes to another section does not take the
  /// heading between the two with it.
  ///
  /// They have the same words once on each side, with the same number or with something in common that
  /// stands below them; of those that change places the ones with most in common stay.
  private func sections(_ keys: [Key], _ newKeys: [Key]) -> [(old: Int, new: Int)] {
    struct Section {
      let start: Int
      let contents: ArraySlice<Key>
    }
    func sections(
      _ passages: [Passage], _ texts: [String], _ keys: [Key]
    ) -> [[String]: [Section]] {
      var found: [[String]: [Section]] = [:]
      var end = passages.count
      for index in passages.indices.reversed() {
        guard case .heading = passages[index].kind else { continue }
        let section = Section(start: index, contents: keys[(index + 1)..<end])
        for name in [[texts[index]], [texts[index], passages[index].number]] {
          found[name, default: []].append(section)
        }
        end = index
      }
      return found
    }
    let before = sections(old, oldTexts, keys)
    var stays: [Int: (new: Int, weight: Int)] = [:]
    for (name, now) in sections(new, newTexts, newKeys) {
      guard now.count == 1, let was = before[name], was.count == 1 else { continue }
      let contents = Set(was[0].contents)
      let common = now[0].contents.count { contents.contains($0) }
      let hasNumber = old[was[0].start].number == new[now[0].start].number
      guard common > 0 || hasNumber else { continue }
      stays[was[0].start] = (now[0].start, common + 1)
    }
    return Alignment.heaviestInOrder(
      stays.map { ($0, $1.new, $1.weight) }.sorted { $0.old < $1.old })
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

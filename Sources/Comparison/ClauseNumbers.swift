import Registry

/// Counts the clauses of a document, so that each gets the numbers of all that it stands in: under
/// `H8.4` stand `(a)` and in it `(i)`, which are `H8.4(a)` and `H8.4(a)(i)`.
struct ClauseNumbers {
  private let numbering: Numbering
  /// The numbers that are open, the outermost first, each with the level of its heading.
  private var open: [(ordinal: Numbering.Ordinal, heading: Int?)] = []

  init(_ numbering: Numbering) {
    self.numbering = numbering
  }

  /// Closes what a heading without a number ends.
  mutating func close(atHeading level: Int) {
    open.removeAll { $0.heading.map { $0 >= level } ?? true }
  }

  /// Closes all.
  mutating func close() { open = [] }

  /// Takes the next number.
  ///
  /// - Parameters:
  ///   - readings: What it may be.
  ///   - following: What the number after it may be, which tells `(i)` the letter from the Roman one.
  ///   - heading: The level of the heading that it stands in, if it does.
  /// - Returns: The whole number and which reading was right; `nil` where none can be.
  mutating func take(
    _ readings: [Numbering.Reading], before following: [Numbering.Reading] = [],
    heading: Int? = nil
  ) -> (path: [Numbering.Ordinal], reading: Numbering.Reading)? {
    var best: (rank: Int, reading: Numbering.Reading)?
    for reading in readings where heading != nil || !reading.isBare {
      guard var rank = rank(of: reading) else { continue }
      if let one = reading.ordinals.first, reading.ordinals.count == 1,
        following.contains(where: { one.isFollowed(by: $0) })
      {
        rank += 2
      }
      if best.map({ rank > $0.rank }) ?? true { best = (rank, reading) }
    }
    guard let (_, reading) = best, let first = reading.ordinals.first else { return nil }
    open.removeAll { $0.ordinal.level >= first.level }
    open += reading.ordinals.map { ($0, heading) }
    return (open.map(\.ordinal), reading)
  }

  /// Says how well a reading continues what is open; `nil` where it has nothing to stand in.
  private func rank(of reading: Numbering.Reading) -> Int? {
    guard let first = reading.ordinals.first else { return nil }
    if first.level > 0, !open.contains(where: { $0.ordinal.level < first.level }) { return nil }
    // Which says its whole place needs nothing before it.
    if first.level == 0, reading.ordinals.count > 1 { return 6 }
    let form = numbering.levels[first.level].form
    let last = open.first { $0.ordinal.level == first.level }?.ordinal
    // `(via)` is a word, unless `(vi)` stands before it.
    if form == .roman || form == .capitalRoman, !first.inserted.isEmpty, last?.value != first.value
    {
      return nil
    }
    if let last { return last.step(to: first) == .next ? 4 : 1 }
    return first.mayBegin ? 3 : 0
  }
}

extension Numbering.Ordinal {
  /// Whether a reading begins with the next one of the same level.
  fileprivate func isFollowed(by reading: Numbering.Reading) -> Bool {
    guard let next = reading.ordinals.first else { return false }
    return next.level == level && next.value == value + 1
  }
}

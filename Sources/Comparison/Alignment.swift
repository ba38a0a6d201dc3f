/// Which elements of two sequences are the same, in the order of both.
package enum Alignment {
  /// The most cells of the table that a stretch without anchors is aligned with.
  private static let largestTable = 1_000_000

  /// Returns the positions of elements that stay, in increasing order on both sides.
  ///
  /// - Parameters:
  ///   - old: One sequence.
  ///   - new: The other.
  /// - Returns: Pairs of positions of equal elements.
  /// - Complexity: About linear where most elements occur once; bounded in any case.
  static func pairs<Element: Hashable>(
    _ old: [Element], _ new: [Element]
  ) -> [(old: Int, new: Int)] {
    var pairs: [(old: Int, new: Int)] = []
    align(old, 0..<old.count, new, 0..<new.count, into: &pairs)
    return pairs
  }

  /// Returns how many elements two sequences have in common, in the order of both.
  package static func commonCount<Element: Hashable>(_ old: [Element], _ new: [Element]) -> Int {
    pairs(old, new).count
  }

  private static func align<Element: Hashable>(
    _ old: [Element], _ oldRange: Range<Int>, _ new: [Element], _ newRange: Range<Int>,
    into pairs: inout [(old: Int, new: Int)]
  ) {
    var (low, newLow) = (oldRange.lowerBound, newRange.lowerBound)
    var (high, newHigh) = (oldRange.upperBound, newRange.upperBound)
    while low < high, newLow < newHigh, old[low] == new[newLow] {
      pairs.append((low, newLow))
      low += 1
      newLow += 1
    }
    var tail = 0
    while high > low, newHigh > newLow, old[high - 1] == new[newHigh - 1] {
      high -= 1
      newHigh -= 1
      tail += 1
    }
    if low < high, newLow < newHigh {
      let anchors = anchors(old, low..<high, new, newLow..<newHigh)
      if anchors.isEmpty {
        table(old, low..<high, new, newLow..<newHigh, into: &pairs)
      } else {
        for anchor in anchors {
          align(old, low..<anchor.old, new, newLow..<anchor.new, into: &pairs)
          pairs.append(anchor)
          (low, newLow) = (anchor.old + 1, anchor.new + 1)
        }
        align(old, low..<high, new, newLow..<newHigh, into: &pairs)
      }
    }
    for position in 0..<tail { pairs.append((high + position, newHigh + position)) }
  }

  /// Returns the elements that occur once on each side, as many of them as are in the same order.
  private static func anchors<Element: Hashable>(
    _ old: [Element], _ oldRange: Range<Int>, _ new: [Element], _ newRange: Range<Int>
  ) -> [(old: Int, new: Int)] {
    var places: [Element: (old: Int, oldCount: Int, new: Int, newCount: Int)] = [:]
    for position in oldRange {
      let known = places[old[position], default: (0, 0, 0, 0)]
      places[old[position]] = (position, known.oldCount + 1, 0, 0)
    }
    for position in newRange {
      guard let known = places[new[position]] else { continue }
      places[new[position]] = (known.old, known.oldCount, position, known.newCount + 1)
    }
    let unique = oldRange.compactMap { position -> (old: Int, new: Int)? in
      guard let place = places[old[position]], place.oldCount == 1, place.newCount == 1 else {
        return nil
      }
      return (position, place.new)
    }
    return inOrder(unique)
  }

  /// Finds a longest increasing subsequence, by piles of patience sorting.
  ///
  /// - Parameter unique: Pairs in increasing order of the old side.
  /// - Returns: As many of them as are in the same order on both sides.
  static func inOrder(_ unique: [(old: Int, new: Int)]) -> [(old: Int, new: Int)] {
    var piles: [Int] = []
    var before: [Int] = Array(repeating: -1, count: unique.count)
    for (index, pair) in unique.enumerated() {
      var (low, high) = (0, piles.count)
      while low < high {
        let middle = (low + high) / 2
        if unique[piles[middle]].new < pair.new { low = middle + 1 } else { high = middle }
      }
      if low > 0 { before[index] = piles[low - 1] }
      if low == piles.count { piles.append(index) } else { piles[low] = index }
    }
    var chain: [(old: Int, new: Int)] = []
    var index = piles.last ?? -1
    while index >= 0 {
      chain.append(unique[index])
      index = before[index]
    }
    return chain.reversed()
  }

  /// Finds an increasing subsequence of greatest weight.
  ///
  /// - Parameter pairs: Pairs in increasing order of the old side.
  /// - Returns: Those that are in the same order on both sides.
  /// - Complexity: O(n log n).
  static func heaviestInOrder(
    _ pairs: [(old: Int, new: Int, weight: Int)]
  ) -> [(old: Int, new: Int)] {
    let places = pairs.map(\.new).sorted()
    // For each prefix of the new side the best chain that ends in it, as a tree of Fenwick.
    var best: [(weight: Int, last: Int)] = Array(repeating: (0, -1), count: places.count + 1)
    var before: [Int] = []
    var top = (weight: 0, last: -1)
    for (index, pair) in pairs.enumerated() {
      var (low, high) = (0, places.count)
      while low < high {
        let middle = (low + high) / 2
        if places[middle] < pair.new { low = middle + 1 } else { high = middle }
      }
      var chain = (weight: 0, last: -1)
      var slot = low
      while slot > 0 {
        if best[slot].weight > chain.weight { chain = best[slot] }
        slot &= slot - 1
      }
      before.append(chain.last)
      let own = (weight: chain.weight + pair.weight, last: index)
      if own.weight > top.weight { top = own }
      slot = low + 1
      while slot <= places.count {
        if own.weight > best[slot].weight { best[slot] = own }
        slot += slot & -slot
      }
    }
    var found: [(old: Int, new: Int)] = []
    var index = top.last
    while index >= 0 {
      found.append((pairs[index].old, pairs[index].new))
      index = before[index]
    }
    return found.reversed()
  }

  /// Aligns a stretch by a table of longest common subsequences.
  private static func table<Element: Hashable>(
    _ old: [Element], _ oldRange: Range<Int>, _ new: [Element], _ newRange: Range<Int>,
    into pairs: inout [(old: Int, new: Int)]
  ) {
    let (rows, columns) = (oldRange.count, newRange.count)
    guard rows * columns <= largestTable else { return }
    let (start, newStart) = (oldRange.lowerBound, newRange.lowerBound)
    let width = columns + 1
    var lengths = [UInt32](repeating: 0, count: (rows + 1) * width)
    for row in stride(from: rows - 1, through: 0, by: -1) {
      for column in stride(from: columns - 1, through: 0, by: -1) {
        lengths[row * width + column] =
          old[start + row] == new[newStart + column]
          ? lengths[(row + 1) * width + column + 1] + 1
          : max(lengths[(row + 1) * width + column], lengths[row * width + column + 1])
      }
    }
    var (row, column) = (0, 0)
    while row < rows, column < columns {
      if old[start + row] == new[newStart + column] {
        pairs.append((start + row, newStart + column))
        row += 1
        column += 1
      } else if lengths[(row + 1) * width + column] >= lengths[row * width + column + 1] {
        row += 1
      } else {
        column += 1
      }
    }
  }
}

/// The elements of three versions of a sequence, each with a number that is the same wherever the
/// element is the same.
struct Identities {
  /// One element: the key that names it, where it has one, and what it says.
  struct Element {
    let key: String?
    let value: ValueDigest
    /// What an element without a key stands in; elsewhere the same words are another element.
    var owner: String?
  }

  private(set) var base: [Int] = []
  private(set) var ours: [Int] = []
  private(set) var theirs: [Int] = []
  /// How many elements there are in all.
  private(set) var count = 0

  private struct Name: Hashable {
    let key: String?
    let value: ValueDigest?
    let owner: String?
    /// Which of the equal ones it is, from the first.
    let occurrence: Int
  }

  /// Numbers elements: those with a key by it, others by what they say, and those that changed by the
  /// place between their neighbours.
  init(base: [Element], ours: [Element], theirs: [Element]) {
    var numbers: [Name: Int] = [:]
    var next = 0
    func number() -> Int {
      next += 1
      return next - 1
    }
    self.base = Self.names(base).map { name in
      let own = number()
      numbers[name] = own
      return own
    }
    let known = numbers
    func numbered(_ elements: [Element], _ names: [Name]) -> [Int?] {
      var found = names.map { known[$0] }
      pair(&found, elements, base)
      return found
    }
    let (ourNames, theirNames) = (Self.names(ours), Self.names(theirs))
    let (one, two) = (numbered(ours, ourNames), numbered(theirs, theirNames))
    // What both sides added is one element where both call it or say the same.
    var added: [Name: Int] = [:]
    func complete(_ found: [Int?], _ elements: [Element]) -> [Int] {
      let names = Self.names(elements.indices.filter { found[$0] == nil }.map { elements[$0] })
      var position = 0
      return found.map { known in
        if let known { return known }
        defer { position += 1 }
        if let other = added[names[position]] { return other }
        let own = number()
        added[names[position]] = own
        return own
      }
    }
    self.ours = complete(one, ours)
    self.theirs = complete(two, theirs)
    count = next
  }

  private static func names(_ elements: [Element]) -> [Name] {
    var seen: [Name: Int] = [:]
    return elements.map { element in
      let first = Name(
        key: element.key, value: element.key == nil ? element.value : nil,
        owner: element.key == nil ? element.owner : nil, occurrence: 0)
      let occurrence = seen[first, default: 0]
      seen[first] = occurrence + 1
      return Name(
        key: first.key, value: first.value, owner: first.owner, occurrence: occurrence)
    }
  }

  /// Pairs elements without a key that nothing is known of with those of the base that are gone, where
  /// both stand behind, or before, the same neighbour.
  private func pair(_ found: inout [Int?], _ elements: [Element], _ base: [Element]) {
    for isBackward in [false, true] {
      var taken = Set(found.compactMap(\.self))
      func runs(_ count: Int, _ state: (Int) -> (number: Int?, isFree: Bool)) -> [Int: [Int]] {
        var (runs, neighbour) = ([Int: [Int]](), -1)
        for step in 0..<count {
          let position = isBackward ? count - 1 - step : step
          let (number, isFree) = state(position)
          if let number {
            neighbour = number
          } else if isFree {
            runs[neighbour, default: []].append(position)
          }
        }
        return runs
      }
      let gone = runs(base.count) { position in
        let number = self.base[position]
        return (taken.contains(number) ? number : nil, base[position].key == nil)
      }
      let new = runs(elements.count) { (found[$0], elements[$0].key == nil) }
      for (neighbour, positions) in new {
        for (position, old) in zip(positions, gone[neighbour] ?? [])
        where taken.insert(self.base[old]).inserted {
          found[position] = self.base[old]
        }
      }
    }
  }
}

extension Identities {
  /// Merges the order of the elements that are kept.
  ///
  /// What one side added comes behind what it stands behind there; of two additions at one place ours
  /// is first, unless `precedes` knows better.
  ///
  /// - Parameters:
  ///   - isKept: Whether the result has an element.
  ///   - mayMove: Whether an order that both sides changed in different ways is no matter.
  ///   - mayAgree: Whether an order that both sides changed in the same way is theirs in common.
  ///   - precedes: Whether an element belongs before another one.
  /// - Returns: The elements in order; `nil` where both sides changed the order and may not.
  func order(
    keeping isKept: (Int) -> Bool, mayMove: Bool = false, mayAgree: Bool = true,
    precedes: (Int, Int) -> Bool = { _, _ in false }
  ) -> [Int]? {
    let places = Dictionary(zip(base, base.indices), uniquingKeysWith: { one, _ in one })
    func isMoved(_ side: [Int], _ places: [Int: Int]) -> Bool {
      var last = -1
      for place in side.lazy.compactMap({ places[$0] }) {
        guard place > last else { return true }
        last = place
      }
      return false
    }
    let theyMoved = isMoved(theirs, places)
    let isTheirs = theyMoved && !isMoved(ours, places)
    if theyMoved, !isTheirs, !mayMove {
      let mine = Dictionary(zip(ours, ours.indices), uniquingKeysWith: { one, _ in one })
      if !mayAgree || isMoved(theirs, mine) { return nil }
    }
    let (frame, other) = isTheirs ? (theirs, ours) : (ours, theirs)
    let old = Set(base)
    let inFrame = Dictionary(zip(frame, frame.indices), uniquingKeysWith: { one, _ in one })
    // By the position in the frame that they come behind, what is in the other side only.
    var additions: [Int: [Int]] = [:]
    var anchor = -1
    for element in other {
      if let position = inFrame[element] {
        anchor = position
      } else if isKept(element) {
        additions[anchor, default: []].append(element)
      }
    }
    let others = Set(other)
    func isAddition(_ element: Int) -> Bool { !old.contains(element) && !others.contains(element) }
    var result: [Int] = []
    var waiting: ArraySlice<Int> = []
    for position in -1..<frame.count {
      if position >= 0, isKept(frame[position]) {
        let element = frame[position]
        while let first = waiting.first {
          let comesFirst =
            isAddition(element)
            && (isTheirs ? precedes(element, first) : !precedes(first, element))
          if comesFirst { break }
          result.append(first)
          waiting = waiting.dropFirst()
        }
        result.append(element)
      }
      waiting += additions[position] ?? []
    }
    return result + waiting
  }
}

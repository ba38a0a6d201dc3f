package import Syntax

/// Which elements of two lists are the same thing, so that what differs in them is a change of it.
///
/// Elements are the same that have the same value of the property that the schema names (`x-key`). Where it names
/// none, a property such as `id` tells them apart, if each element of both lists has its own; else elements are
/// the same by what they say: all of it, or most of the words that no other element of a list has.
package struct ElementMatching: Sendable {
  /// The positions of elements that are the same, in the order of the new list.
  package let pairs: [(old: Int, new: Int)]
  /// Whether a property tells the elements apart; what they say may be reworded.
  package let hasKey: Bool

  private let oldByNew: [Int: Int]
  private let newByOld: [Int: Int]

  /// Matches the elements of two lists.
  ///
  /// - Parameters:
  ///   - old: The elements before.
  ///   - new: The elements now.
  ///   - key: The property that the schema says they are known by, if any.
  /// - Complexity: Linear in what the elements say.
  package init(from old: [Node], to new: [Node], key: String? = nil) {
    var free = FreeElements(old, new)
    let name = key ?? Self.ownKey(of: old, new)
    if let name { free.pairByValue(of: name, isFinal: true) }
    free.pairEqual()
    free.pairAlike()
    if name == nil, let weak = Self.weakKeys.first(where: { free.isKey($0) }) {
      free.pairByValue(of: weak, isFinal: false)
    }
    hasKey = name != nil
    pairs = free.pairs.sorted { $0.new < $1.new }
    oldByNew = Dictionary(pairs.map { ($0.new, $0.old) }, uniquingKeysWith: { one, _ in one })
    newByOld = Dictionary(pairs.map { ($0.old, $0.new) }, uniquingKeysWith: { one, _ in one })
  }

  /// Returns the position that an element had before; `nil` for a new one.
  package func old(of new: Int) -> Int? { oldByNew[new] }

  /// Returns the position that an element has now; `nil` for one that is gone.
  package func new(of old: Int) -> Int? { newByOld[old] }

  /// The properties that name an element wherever all elements have one, each its own.
  package static let names = ["id", "ref", "reference", "name"]
  /// Those that more often than not tell elements apart: numbers and days are changed by hand too.
  private static let weakKeys = ["number", "meeting", "date", "item", "category", "document"]

  private static func ownKey(of old: [Node], _ new: [Node]) -> String? {
    guard !old.isEmpty, !new.isEmpty else { return nil }
    return names.first { FreeElements.isKey($0, old) && FreeElements.isKey($0, new) }
  }
}

/// The elements of two lists that have no partner yet.
private struct FreeElements {
  private let old: [Node]
  private let new: [Node]
  private var freeOld: Set<Int>
  private var freeNew: Set<Int>
  private(set) var pairs: [(old: Int, new: Int)] = []

  init(_ old: [Node], _ new: [Node]) {
    self.old = old
    self.new = new
    freeOld = Set(old.indices)
    freeNew = Set(new.indices)
  }

  private mutating func pair(_ one: Int, _ two: Int) {
    pairs.append((one, two))
    freeOld.remove(one)
    freeNew.remove(two)
  }

  /// Whether each of some elements has its own value of a property.
  static func isKey(_ name: String, _ elements: [Node]) -> Bool {
    var seen: Set<String> = []
    return elements.allSatisfy { element in
      guard let text = element[name]?.text else { return false }
      return seen.insert(text).inserted
    }
  }

  /// Whether each element that has no partner has its own value of a property.
  func isKey(_ name: String) -> Bool {
    !freeOld.isEmpty && !freeNew.isEmpty && Self.isKey(name, freeOld.sorted().map { old[$0] })
      && Self.isKey(name, freeNew.sorted().map { new[$0] })
  }

  /// Pairs elements with the same value of a property, where only one on each side has it.
  ///
  /// - Parameters:
  ///   - name: The property.
  ///   - isFinal: Whether an element whose value the other side has not is none of the other side's.
  mutating func pairByValue(of name: String, isFinal: Bool) {
    func places(_ elements: [Node], _ free: Set<Int>) -> [String: [Int]] {
      var places: [String: [Int]] = [:]
      for position in free.sorted() {
        guard let text = elements[position][name]?.text else { continue }
        places[text, default: []].append(position)
      }
      return places
    }
    let (before, now) = (places(old, freeOld), places(new, freeNew))
    for (text, positions) in now {
      guard positions.count == 1, let others = before[text], others.count == 1 else { continue }
      pair(others[0], positions[0])
    }
    guard isFinal else { return }
    for (text, positions) in now where before[text] == nil { freeNew.subtract(positions) }
    for (text, positions) in before where now[text] == nil { freeOld.subtract(positions) }
  }

  /// Pairs elements that say the same: of several equal ones as many as both sides have.
  mutating func pairEqual() {
    var places: [Int: [Int]] = [:]
    for one in freeOld.sorted().reversed() {
      places[NodeValue(old[one]).digest, default: []].append(one)
    }
    for two in freeNew.sorted() {
      let hash = NodeValue(new[two]).digest
      guard let last = places[hash]?.last, old[last].isSame(as: new[two]) else { continue }
      places[hash]?.removeLast()
      pair(last, two)
    }
  }

  /// Pairs elements that have more than half of their own words in common, the most alike first.
  mutating func pairAlike() {
    let before = ownWords(old, freeOld)
    let now = ownWords(new, freeNew)
    var owners: [UInt64: Int] = [:]
    for (position, words) in before { for word in words { owners[word] = position } }
    var candidates: [(score: Double, old: Int, new: Int)] = []
    for (two, words) in now {
      var common: [Int: Int] = [:]
      for word in words { if let one = owners[word] { common[one, default: 0] += 1 } }
      for (one, count) in common where old[one].kind == new[two].kind {
        let score = 2 * Double(count) / Double((before[one]?.count ?? 0) + words.count)
        if score >= 0.5, count > 1 { candidates.append((score, one, two)) }
      }
    }
    candidates.sort { ($0.score, $1.old, $1.new) > ($1.score, $0.old, $0.new) }
    for candidate in candidates
    where freeOld.contains(candidate.old) && freeNew.contains(candidate.new) {
      pair(candidate.old, candidate.new)
    }
  }

  /// Returns the words of each free element that no other element of its list has.
  private func ownWords(_ elements: [Node], _ free: Set<Int>) -> [Int: [UInt64]] {
    let words = elements.map { Likeness($0.prose).distinct }
    var counts: [UInt64: Int] = [:]
    for word in words.joined() { counts[word, default: 0] += 1 }
    var own: [Int: [UInt64]] = [:]
    for position in free { own[position] = words[position].filter { counts[$0] == 1 } }
    return own
  }
}

extension Node {
  /// All texts of a value, as prose.
  var prose: String {
    switch kind {
    case .array: elements.map(\.prose).joined(separator: " ")
    case .object: members.map(\.value.prose).joined(separator: " ")
    default: text ?? ""
    }
  }
}

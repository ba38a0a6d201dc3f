/// Names that texts are searched for, all in one pass over the text.
///
/// The automaton of Aho and Corasick (Communications of the ACM 18, 1975): a tree of the names, in which each place
/// knows the longest other place whose letters were just read. What it takes grows with the names, not with their
/// number times the alphabet.
package struct NameSearch: Sendable {
  /// A place in the tree: what was read of a name.
  private struct Place {
    let byte: UInt8
    var child: Int32 = none
    var sibling: Int32 = none
    /// Where the search goes on when nothing follows here.
    var fallback: Int32 = 0
    /// The last name that ends here.
    var name: Int32 = none
    /// The next place among the fallbacks at which a name ends.
    var shorter: Int32 = none
  }

  private static let none: Int32 = -1

  private var places = [Place(byte: 0)]
  /// For each byte the place behind it, from the beginning.
  private var first = [Int32](repeating: 0, count: 256)
  /// The name before each one that has the same letters.
  private var same: [Int32] = []
  private var lengths: [Int] = []

  package var isEmpty: Bool { places.count == 1 }

  /// Prepares a search.
  ///
  /// - Parameter names: The names; empty ones are found nowhere.
  package init(_ names: [String]) {
    for (number, name) in names.enumerated() {
      lengths.append(name.utf8.count)
      same.append(Self.none)
      guard !name.isEmpty else { continue }
      var place = 0
      for byte in name.utf8 { place = add(byte, behind: place) }
      same[number] = places[place].name
      places[place].name = Int32(number)
    }
    link()
  }

  private mutating func add(_ byte: UInt8, behind place: Int) -> Int {
    if let known = child(byte, of: place) { return known }
    let new = Int32(places.count)
    var added = Place(byte: byte)
    added.sibling = places[place].child
    places[place].child = new
    places.append(added)
    if place == 0 { first[Int(byte)] = new }
    return Int(new)
  }

  private func child(_ byte: UInt8, of place: Int) -> Int? {
    if place == 0 {
      let found = Int(first[Int(byte)])
      return found == 0 ? nil : found
    }
    var next = places[place].child
    while next != Self.none {
      if places[Int(next)].byte == byte { return Int(next) }
      next = places[Int(next)].sibling
    }
    return nil
  }

  private func next(_ byte: UInt8, from place: Int) -> Int {
    var place = place
    while place != 0 {
      if let found = child(byte, of: place) { return found }
      place = Int(places[place].fallback)
    }
    return Int(first[Int(byte)])
  }

  /// Finds the fallbacks, the shorter places first.
  private mutating func link() {
    var queue = [0]
    var position = 0
    while position < queue.count {
      let place = queue[position]
      position += 1
      var child = places[place].child
      while child != Self.none {
        let index = Int(child)
        if place != 0 {
          let fallback = next(places[index].byte, from: Int(places[place].fallback))
          places[index].fallback = Int32(fallback)
          places[index].shorter =
            places[fallback].name != Self.none ? Int32(fallback) : places[fallback].shorter
        }
        queue.append(index)
        child = places[index].sibling
      }
    }
  }

  /// Finds the names in a text, those within and across each other included.
  ///
  /// - Parameters:
  ///   - text: The text, in UTF-8.
  ///   - body: Takes the number of a name and where it stands, in the order of their ends.
  package func find(
    in text: UnsafeBufferPointer<UInt8>, _ body: (_ name: Int, _ range: Range<Int>) -> Void
  ) {
    var place = 0
    for (position, byte) in text.enumerated() {
      place = next(byte, from: place)
      guard place != 0 else { continue }
      var end = places[place].name != Self.none ? place : Int(places[place].shorter)
      while end > 0 {
        var name = Int(places[end].name)
        while name >= 0 {
          body(name, (position + 1 - lengths[name])..<(position + 1))
          name = Int(same[name])
        }
        end = Int(places[end].shorter)
      }
    }
  }
}

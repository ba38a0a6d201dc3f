import Patterns
import Registry
import SourceText
import Syntax

extension Inspection {
  /// Returns the next free id of the series that an id is of.
  ///
  /// - Parameters:
  ///   - id: An id that ends in a number.
  ///   - position: Its register.
  /// - Returns: The id; `nil` where there is no series, or not every record of the register was read.
  func nextID(after id: String, in position: Int) -> String? {
    guard current.isWhole(position), let series = Series(of: id) else { return nil }
    let register = current.snapshot.catalogue.registers[position]
    var highest = series.number
    var used = Array(current.ids(in: position)) + formerIDs(in: position)
    used += formerUses.keys.filter { $0.register == register.name }.map(\.id)
    if let previous, let before = positionBefore(of: position) { used += previous.ids(in: before) }
    used += current.tombstones(of: register)
    for other in used {
      guard let one = Series(of: other), one.prefix == series.prefix else { continue }
      highest = max(highest, one.number)
    }
    let digits = String(highest + 1)
    let next =
      series.prefix + String(repeating: "0", count: max(0, series.width - digits.utf8.count))
      + digits
    guard register.isRegular(next, with: PatternMatcher()), !current.has(next, in: position) else {
      return nil
    }
    return next
  }
}

extension RecordIndex {
  /// Whether a file stands at a path.
  func isTaken(_ path: RepoPath) -> Bool {
    snapshot.file(at: path) != nil || snapshot.faults[path] != nil
  }

  /// The ids of a register that some rule of it knows a tombstone of.
  func tombstones(of register: Register) -> [String] {
    register.graveyards.compactMap(position(ofRegister:)).flatMap { records[$0] }
      .filter { $0.node["register"]?.text == register.name }.compactMap { $0.node["item"]?.text }
  }
}

/// The series that an id is of: what stands before its last number.
struct Series: Hashable {
  let prefix: String
  let number: Int
  /// The digits that the number is written with, zeros at its beginning included.
  let width: Int

  /// Reads an id; `nil` where it does not end in a number that one can count on from.
  init?(of id: String) {
    let digits = id.reversed().prefix { $0.isASCII && $0.isNumber }
    guard (1...9).contains(digits.count), digits.count < id.count,
      let number = Int(String(digits.reversed()))
    else { return nil }
    prefix = String(id.dropLast(digits.count))
    self.number = number
    width = digits.count
  }
}

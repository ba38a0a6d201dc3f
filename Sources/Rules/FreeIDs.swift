import Patterns
import Registry

extension RecordIndex {
  /// The next free id of a register, or why there is none.
  package enum FreeID: Hashable, Sendable {
    case id(String)
    /// The ids are of several series: what each begins with, the one with the most ids first.
    case several([String])
    /// The ids have no numbers that one can count on from, or not all of them could be read.
    case none
  }

  /// Returns the id that the next record of a register gets: one more than the highest of its series, whoever
  /// has or had it.
  ///
  /// - Parameters:
  ///   - position: The register.
  ///   - prefix: What the ids of the series begin with; `nil` where there is one series.
  ///   - others: Ids that records had elsewhere.
  /// - Returns: The id.
  package func freeID(
    in position: Int, series prefix: String?, besides others: Set<String>
  ) -> FreeID {
    guard isWhole(position) else { return .none }
    let register = snapshot.catalogue.registers[position]
    let current = Array(ids(in: position))
    var used = others.union(current).union(tombstones(of: register))
    for record in records[position] { used.formUnion(record.formerIDs) }
    var series: [String: (highest: Int, width: Int, count: Int)] = [:]
    for one in used.compactMap(Series.init) {
      let known = series[one.prefix] ?? (0, one.width, 0)
      series[one.prefix] = (
        max(known.highest, one.number), max(known.width, one.width), known.count + 1
      )
    }
    let widest = series.values.max { $0.count < $1.count }?.width ?? 1
    let chosen: String
    if let prefix {
      chosen = prefix
    } else {
      let own = Set(current.compactMap { Series(of: $0)?.prefix })
      guard own.count < 2 else {
        return .several(
          own.sorted { (series[$1]?.count ?? 0, $0) < (series[$0]?.count ?? 0, $1) })
      }
      guard let only = own.first else { return .none }
      chosen = only
    }
    let (highest, width, _) = series[chosen] ?? (0, widest, 0)
    let digits = String(highest + 1)
    let id = chosen + String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    guard register.isRegular(id, with: PatternMatcher()), !used.contains(id) else { return .none }
    return .id(id)
  }

  /// Returns what the ids of a series begin with that somebody gave without the mark before the number.
  ///
  /// - Parameters:
  ///   - prefix: What was given, as `TABASC46`.
  ///   - position: The register.
  /// - Returns: The same with the mark that other ids of the register have there; `nil` where none fits.
  package func series(like prefix: String, in position: Int) -> String? {
    let marks = Set(
      ids(in: position).compactMap { id in
        Series(of: id).map { one in
          String(one.prefix.reversed().prefix { !$0.isLetter && !$0.isNumber }.reversed())
        }
      })
    return marks.subtracting([""]).sorted().map { prefix + $0 }.first {
      if case .id = freeID(in: position, series: $0, besides: []) { true } else { false }
    }
  }
}

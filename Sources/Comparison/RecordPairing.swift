import Registry
import SourceText
import Syntax

/// Which records of two versions of a register are the same ones.
struct RecordPairing {
  /// The records now, each with the one that it was; `nil` where it was added.
  private(set) var pairs: [(old: Record?, new: Record)] = []
  /// The records that are not there any more.
  private(set) var gone: [Record] = []
  /// Records with an id that another one of their version has.
  private(set) var second: [Record] = []

  /// Pairs records by their ids, by the ids that they say they had, and where their whole content is that
  /// of one that is gone.
  ///
  /// - Parameters:
  ///   - old: The records before.
  ///   - new: The records now.
  /// - Complexity: Linear in the size of both.
  init(_ old: [Record], _ new: [Record]) {
    let places = Dictionary(old.map { ($0.id, $0.path) }, uniquingKeysWith: { one, _ in one })
    let (old, oldSecond) = Self.distinct(old, near: [:])
    let (new, newSecond) = Self.distinct(new, near: places)
    second = oldSecond + newSecond
    var before = Dictionary(old.map { ($0.id, $0) }, uniquingKeysWith: { one, _ in one })
    pairs = new.map { (before.removeValue(forKey: $0.id), $0) }
    for (index, pair) in pairs.enumerated() where pair.old == nil {
      guard let former = pair.new.formerIDs.first(where: { before[$0] != nil }) else { continue }
      pairs[index].old = before.removeValue(forKey: former)
    }
    var twins: [Twin: [String]] = [:]
    for record in old.reversed() where before[record.id] != nil {
      if let twin = Twin(record) { twins[twin, default: []].append(record.id) }
    }
    for (index, pair) in pairs.enumerated() where pair.old == nil {
      guard let twin = Twin(pair.new), let id = twins[twin]?.popLast() else { continue }
      pairs[index].old = before.removeValue(forKey: id)
    }
    gone = old.filter { before[$0.id] != nil }
  }

  /// Takes out what must not be told as gone or new.
  ///
  /// - Parameters:
  ///   - isUnread: Whether a record that is not there any more stood in a file that cannot be read now.
  ///   - wasUnread: Whether a new record stands in a file that could not be read before.
  /// - Returns: The records.
  mutating func withdraw(
    where isUnread: (Record) -> Bool, _ wasUnread: (Record) -> Bool
  ) -> [Record] {
    let withdrawn =
      gone.filter(isUnread) + pairs.filter { $0.old == nil && wasUnread($0.new) }.map(\.new)
    guard !withdrawn.isEmpty else { return [] }
    gone.removeAll(where: isUnread)
    pairs.removeAll { $0.old == nil && wasUnread($0.new) }
    return withdrawn
  }

  /// Separates records with an id that another has: of several the one that stands where it stood
  /// before is meant, else the first.
  private static func distinct(
    _ records: [Record], near places: [String: RepoPath]
  ) -> (first: [Record], second: [Record]) {
    var chosen: [String: Int] = [:]
    for (index, record) in records.enumerated() {
      guard let known = chosen[record.id] else {
        chosen[record.id] = index
        continue
      }
      let place = places[record.id]
      if place == record.path, records[known].path != place { chosen[record.id] = index }
    }
    guard chosen.count < records.count else { return (records, []) }
    var (first, second): ([Record], [Record]) = ([], [])
    for (index, record) in records.enumerated() {
      if chosen[record.id] == index { first.append(record) } else { second.append(record) }
    }
    return (first, second)
  }

  /// A record by what it says, but for its id; `nil` where that is too little to know it again.
  private struct Twin: Hashable {
    let record: Record
    let digest: Int

    init?(_ record: Record) {
      guard record.node.count >= 3 else { return nil }
      self.record = record
      digest = NodeValue.digest(
        of: record.node.members.lazy.filter { $0.value.index != record.idNode.index })
    }

    func hash(into hasher: inout Hasher) { hasher.combine(digest) }

    static func == (one: Twin, two: Twin) -> Bool {
      guard one.digest == two.digest, one.record.node.count == two.record.node.count else {
        return false
      }
      return one.record.node.members.allSatisfy { member in
        member.value.index == one.record.idNode.index
          || two.record.node[member.key.text ?? ""].map { member.value.isSame(as: $0) } ?? false
      }
    }
  }
}

package import Registry
import Syntax

/// Returns the keys of the elements of one version, where one that got another id keeps the one that
/// it had in the base, as its `formerly` says.
///
/// - Parameters:
///   - keys: The key of each element.
///   - former: The ids that each element had before.
///   - base: The keys of the base.
/// - Returns: The key that each element is known by.
func keptKeys(_ keys: [String?], former: [[String]], base: Set<String>) -> [String?] {
  let own = Set(keys.compactMap(\.self))
  return zip(keys, former).map { key, former in
    guard let key, !base.contains(key) else { return key }
    return former.first { base.contains($0) && !own.contains($0) } ?? key
  }
}

/// Whether ids are as unique after a merge as they are on both sides.
///
/// - Parameters:
///   - sides: The ids of each side.
///   - result: Those of the result.
/// - Returns: Whether no id stands in the result more often than on either side.
func areUnique(_ sides: [[String]], _ result: [String]) -> Bool {
  func counts(_ ids: [String]) -> [String: Int] {
    Dictionary(ids.map { ($0, 1) }, uniquingKeysWith: +)
  }
  let known = sides.map(counts)
  return counts(result).allSatisfy { id, count in
    count == 1 || known.contains { $0[id, default: 0] >= count }
  }
}

extension Node {
  /// The ids that a record had before.
  var formerIDs: [String] {
    guard kind == .object, let node = self["formerly"] else { return [] }
    return (node.kind == .array ? node.elements : [node]).compactMap(\.text)
  }
}

extension Register {
  /// Whether a record belongs before another one in the order of the register.
  ///
  /// - Parameters:
  ///   - one: Returns the text of a property of the record; empty where it has none.
  ///   - two: The same of the other one.
  /// - Returns: Whether it does; `false` for equals.
  package func puts(_ one: (String) -> String, before two: (String) -> String) -> Bool {
    for key in order {
      let (left, right) = (one(key.property), two(key.property))
      guard left != right else { continue }
      guard !left.isEmpty, !right.isEmpty else { return right.isEmpty }
      return (NaturalKey(left) < NaturalKey(right)) != key.isDescending
    }
    return false
  }
}

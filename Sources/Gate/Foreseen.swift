import Git
import SourceText

/// What Git would not do of a push, or not as the push says: Git moves its references one by one after the
/// gate, and a verdict on all of them must not rest on one that stays behind.
extension Gatekeeper {
  /// Refuses what Git cannot do, and what the push tells of this repository that is not so.
  ///
  /// Where a reference is, the client says; it need not be true.
  ///
  /// - Parameters:
  ///   - updates: The push.
  ///   - judgement: Where refusals go.
  /// - Throws: `GitError` where the references cannot be read.
  func foresee(
    _ updates: [ReferenceUpdate], into judgement: inout Judgement
  ) throws(GitError) {
    let there = try repository.allReferences()
    var room = Room(there.keys)
    var seen: Set<ReferenceName> = []
    for update in updates {
      let name = update.name
      guard seen.insert(name).inserted else {
        judgement.refuse(
          .badReference, "the push names '\(name)' twice", help: "Push one after the other")
        continue
      }
      if let target = there[name], target == nil {
        judgement.refuse(
          .badReference, "'\(name)' is another name of a reference on this server",
          help: "Push to the reference itself")
        continue
      }
      let actual = there[name] ?? nil
      if actual != update.old {
        judgement.refuse(
          .badReference, Self.contradiction(name, actual, update.old),
          help: "Somebody pushed in between: fetch first (git fetch origin), and push again")
      }
      if update.new == nil {
        if actual != nil { room.remove(name) }
      } else if actual == nil {
        if name.text != nil, !name.isValid {
          judgement.refuse(
            .badReference, "'\(name)' is no name that Git can give a reference here",
            help: "Give it another name")
        } else if let other = room.obstacle(to: name) {
          judgement.refuse(
            .badReference,
            "'\(other)' leaves no room for '\(name)': Git has no reference below another",
            help: other.name(in: "refs/tags/") == nil
              ? "Give it another name"
              : "Give it another name, or take that away first: git push origin :\(other)")
        }
        room.add(name)
      }
    }
  }

  private static func contradiction(
    _ name: ReferenceName, _ actual: ObjectID?, _ said: ObjectID?
  ) -> String {
    func short(_ id: ObjectID) -> Substring { id.description.prefix(7) }
    switch (actual, said) {
    case (let actual?, let said?):
      return "'\(name)' is at \(short(actual)), and not at \(short(said)) as the push says"
    case (let actual?, nil): return "'\(name)' is there already, at \(short(actual))"
    default: return "'\(name)' is not there, and the push tells where it is"
    }
  }
}

/// The names that references have, and the folders that these take.
private struct Room {
  private var names: Set<ReferenceName>
  private var folders: [ReferenceName: Int] = [:]

  init(_ names: some Sequence<ReferenceName>) {
    self.names = Set(names)
    for name in self.names { count(name, 1) }
  }

  mutating func add(_ name: ReferenceName) {
    if names.insert(name).inserted { count(name, 1) }
  }

  mutating func remove(_ name: ReferenceName) {
    if names.remove(name) != nil { count(name, -1) }
  }

  /// Returns a name above or below another, beside which that cannot be; `nil` where there is none.
  func obstacle(to name: ReferenceName) -> ReferenceName? {
    if let above = Self.folders(of: name).first(where: names.contains) { return above }
    guard folders[name, default: 0] > 0 else { return nil }
    let folder = name.bytes + [UInt8(ascii: "/")]
    return names.filter { $0.bytes.starts(with: folder) }
      .min { $0.bytes.lexicographicallyPrecedes($1.bytes) }
  }

  private mutating func count(_ name: ReferenceName, _ step: Int) {
    for folder in Self.folders(of: name) { folders[folder, default: 0] += step }
  }

  private static func folders(of name: ReferenceName) -> [ReferenceName] {
    name.bytes.indices.filter { name.bytes[$0] == UInt8(ascii: "/") }
      .map { ReferenceName(name.bytes[..<$0]) }
  }
}

import Registry
package import SourceText
import Syntax

/// A change of a file in which no record changed.
package struct OtherChange: Sendable {
  package let path: RepoPath
  package let kind: Kind

  package init(path: RepoPath, kind: Kind) {
    (self.path, self.kind) = (path, kind)
  }

  package enum Kind: Hashable, Sendable {
    /// The file belongs to no register.
    case stray
    /// So many of its records have no id, and they are not those of before.
    case unnamed(old: Int, new: Int, property: String)
    /// It has a record with an id that another record has.
    case second(id: String)
    /// It says the same in another layout: comments, quotes, the order of keys and columns.
    case layout
    /// Another mode, as that of a program, and the same bytes.
    case mode
    /// It came or went, and holds no record.
    case empty
  }

  /// Returns what the snapshots have beside their records and differs.
  static func all(from old: Snapshot, to new: Snapshot, _ second: [Record]) -> [OtherChange] {
    var changes = Set(old.strays).union(new.strays).map { OtherChange(path: $0, kind: .stray) }
    changes += second.map { OtherChange(path: $0.path, kind: .second(id: $0.id)) }
    let before = unnamed(in: old)
    let now = unnamed(in: new)
    for path in Set(before.keys).union(now.keys) {
      var counts: [NodeValue: Int] = [:]
      for node in now[path]?.nodes ?? [] { counts[NodeValue(node), default: 0] += 1 }
      for node in before[path]?.nodes ?? [] { counts[NodeValue(node), default: 0] -= 1 }
      var (gone, come) = counts.values.reduce((0, 0)) { sum, count in
        count < 0 ? (sum.0 - count, sum.1) : (sum.0, sum.1 + count)
      }
      // The text of a document is more than its head.
      if gone + come == 0, path.name.hasSuffix(".md"),
        old.source(at: path)?.bytes != new.source(at: path)?.bytes
      {
        (gone, come) = (1, 1)
      }
      guard gone + come > 0, let property = (now[path] ?? before[path])?.property else { continue }
      changes.append(
        OtherChange(path: path, kind: .unnamed(old: gone, new: come, property: property)))
    }
    return changes.sorted { $0.path < $1.path }
  }

  private static func unnamed(
    in snapshot: Snapshot
  ) -> [RepoPath: (nodes: [Node], property: String)] {
    var unnamed: [RepoPath: (nodes: [Node], property: String)] = [:]
    for file in snapshot.files where !file.unnamed.isEmpty {
      unnamed[file.path] = (file.unnamed, snapshot.catalogue.registers[file.register].idProperty)
    }
    return unnamed
  }
}

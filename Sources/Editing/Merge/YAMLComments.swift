import SourceText
import Syntax

/// How often each comment stands in a YAML text.
struct YAMLComments {
  private(set) var counts: [String: Int] = [:]

  /// Finds the comments of a stretch of a file.
  init(_ tree: SyntaxTree, in range: Range<Int>) {
    let bytes = tree.file.bytes
    var offset = range.lowerBound
    func collect(upTo end: Int) {
      while offset < end {
        let isStart = offset == 0 || bytes[offset - 1] <= 0x20
        guard bytes[offset] == UInt8(ascii: "#"), isStart else {
          offset += 1
          continue
        }
        var stop = offset
        while stop < range.upperBound, bytes[stop] != 0x0A { stop += 1 }
        counts[String(decoding: bytes[offset..<stop], as: UTF8.self), default: 0] += 1
        offset = stop
      }
    }
    for node in tree.nodes where node.kind != .array && node.kind != .object {
      let (start, stop) = (Int(node.start), Int(node.stop))
      // What an alias stands for was seen where it stands.
      guard start >= offset, stop <= range.upperBound else { continue }
      collect(upTo: start)
      offset = max(offset, stop)
    }
    collect(upTo: range.upperBound)
  }

  /// No comments.
  init() {}

  /// Whether `results` together have every comment that a merge keeps: those of both sides, without
  /// those that one side took out.
  static func areKept(
    base: YAMLComments, ours: YAMLComments, theirs: YAMLComments, in results: [YAMLComments]
  ) -> Bool {
    Set(ours.counts.keys).union(theirs.counts.keys).allSatisfy { comment in
      let (old, mine, other) = (
        base.counts[comment] ?? 0, ours.counts[comment] ?? 0, theirs.counts[comment] ?? 0
      )
      let wanted = mine == old ? other : other == old ? mine : max(mine, other)
      return results.contains { ($0.counts[comment] ?? 0) >= wanted }
    }
  }
}

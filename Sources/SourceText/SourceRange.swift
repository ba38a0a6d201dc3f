/// A stretch of one file, in UTF-8 offsets.
///
/// Offsets are cheap to compare and to slice; they become line and column only where a person is
/// about to read them (``LineIndex``). An empty range is a place between two bytes.
package struct SourceRange: Hashable, Sendable {
  package let path: RepoPath
  package let offsets: Range<Int>

  package init(_ path: RepoPath, _ offsets: Range<Int>) {
    self.path = path
    self.offsets = offsets
  }

  /// The place that stands for a file as a whole: its first byte.
  package static func file(_ path: RepoPath) -> SourceRange {
    SourceRange(path, 0..<0)
  }

  /// Whether the two have a byte or an end in common.
  package func meets(_ other: SourceRange) -> Bool {
    path == other.path && offsets.lowerBound <= other.offsets.upperBound
      && other.offsets.lowerBound <= offsets.upperBound
  }
}

extension SourceRange: Comparable {
  /// Orders places by file, then by where they begin and end.
  package static func < (left: SourceRange, right: SourceRange) -> Bool {
    if left.path != right.path { return left.path < right.path }
    return (left.offsets.lowerBound, left.offsets.upperBound)
      < (right.offsets.lowerBound, right.offsets.upperBound)
  }
}

/// A position as a person gives it: both numbers count from 1.
///
/// A column counts Unicode scalars, which is what libyaml and common editors count outside of rare
/// planes; a byte order mark at the start of a file has no column.
package struct LineColumn: Hashable, Sendable {
  package let line: Int
  package let column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

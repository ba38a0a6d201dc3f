import SourceText

/// How wide the lines of texts are in a file.
package enum YAMLWidth {
  /// The width where a file does not say another.
  package static let usual = 96
  /// The widths that files have.
  private static let widths = [usual, 80, 72, 100, 120]

  /// Returns the most characters of a line of text, as the folded blocks of a file show it.
  ///
  /// - Parameter tree: The file.
  /// - Returns: A width that every block may have been broken at; the longest line where they were broken by
  ///   hand, and ``usual`` at the least.
  package static func width(in tree: SyntaxTree) -> Int {
    var longest = 0
    var shortest = Int.max
    let bytes = tree.file.bytes
    for node in tree.nodes where node.kind == .string && node.isDecoded {
      let (start, stop) = (Int(node.start), Int(node.stop))
      guard start < stop, bytes[start] == UInt8(ascii: ">") else { continue }
      let lines = bytes[start..<stop].split(separator: 0x0A, omittingEmptySubsequences: false)
        .dropFirst().map { $0.last == 0x0D ? $0.dropLast() : $0 }
      for (line, next) in zip(lines, lines.dropFirst()) where !line.isEmpty && !next.isEmpty {
        let word = next.drop { $0 == 0x20 }.prefix { $0 != 0x20 }
        let length = YAMLWrapping.length(of: line)
        shortest = min(shortest, length + 1 + YAMLWrapping.length(of: word))
        // One word that is longer than a line cannot be broken.
        if line.drop(while: { $0 == 0x20 }).contains(0x20) { longest = max(longest, length) }
      }
    }
    guard longest < shortest else { return max(longest, usual) }
    return widths.first { longest <= $0 && $0 < shortest } ?? longest
  }
}

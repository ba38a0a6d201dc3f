package import Registry

/// The number of a clause at the begin of a line that begins no passage: the clause is read as a part of what
/// stands before it.
package struct HiddenClause: Hashable, Sendable {
  package let number: String
  /// Where the number stands in the file.
  package let range: Range<Int>
  /// Whether its line is indented.
  package let isIndented: Bool

  /// Finds the clauses that are hidden in the passages of a document.
  ///
  /// Lines that are wrapped begin with numbers that are cited; a clause is what goes on counting behind a line
  /// that ends with a full stop, a colon, a semicolon, "and" or "or", under a number that the document has
  /// nowhere else.
  ///
  /// - Parameters:
  ///   - passages: The passages.
  ///   - numbering: How the document is numbered.
  /// - Returns: The clauses, in the order of the document.
  package static func all(in passages: [Passage], _ numbering: Numbering) -> [HiddenClause] {
    var known = Set(passages.map(\.number))
    var found: [HiddenClause] = []
    var path: [Numbering.Ordinal] = []
    for passage in passages {
      switch passage.kind {
      case .paragraph, .item: break
      case .code where passage.source.first == " " || passage.source.first == "\t": break
      default:
        if !passage.path.isEmpty { path = passage.path }
        continue
      }
      if !passage.path.isEmpty { path = passage.path }
      var offset = passage.range.lowerBound
      var isBehindEnd = passage.kind == .code
      for line in passage.source.split(separator: "\n", omittingEmptySubsequences: false) {
        defer {
          offset += line.utf8.count + 1
          isBehindEnd = endsSentence(line)
        }
        guard isBehindEnd else { continue }
        let spaces = line.prefix { $0 == " " || $0 == "\t" }
        let text = line[spaces.endIndex...]
        for reading in numbering.readings(of: text) {
          guard let next = Self.path(after: path, reading) else { continue }
          let number = numbering.number(of: next)
          guard known.insert(number).inserted else { continue }
          let start = offset + spaces.utf8.count
          found.append(
            HiddenClause(
              number: number, range: start..<(start + reading.text.utf8.count),
              isIndented: !spaces.isEmpty))
          path = next
          break
        }
      }
    }
    return found
  }

  /// Returns the whole number of a reading that goes on counting behind another; `nil` where it does not.
  private static func path(
    after path: [Numbering.Ordinal], _ reading: Numbering.Reading
  ) -> [Numbering.Ordinal]? {
    guard !reading.isBare, let first = reading.ordinals.first, let last = reading.ordinals.last
    else { return nil }
    let next = path.prefix { $0.level < first.level } + reading.ordinals
    guard let before = path.first(where: { $0.level == last.level }) else {
      return last.mayBegin && next.dropLast().elementsEqual(path) && !path.isEmpty
        ? Array(next) : nil
    }
    let isBeside = path.prefix { $0.level < last.level }.elementsEqual(next.dropLast())
    return isBeside && before.step(to: last) == .next ? Array(next) : nil
  }

  private static func endsSentence(_ line: Substring) -> Bool {
    var text = line
    while text.last?.isWhitespace == true { text.removeLast() }
    guard let last = text.last else { return false }
    if ".:;".contains(last) { return true }
    return text.hasSuffix("; and") || text.hasSuffix("; or") || text.hasSuffix(", and")
  }
}

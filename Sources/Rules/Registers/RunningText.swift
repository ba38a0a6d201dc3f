import Comparison
import Registry
import SourceText
import Syntax

/// Running text of a record: a value that people read as prose, or a passage of a document.
struct RunningText {
  private enum Origin {
    case value(Node)
    /// The offset in the file at which the text begins.
    case passage(RepoPath, start: Int)
  }

  let text: String
  private let origin: Origin

  /// Returns the texts of a record.
  ///
  /// - Parameters:
  ///   - record: The record.
  ///   - ways: The ways to values that are read, as `updates[].text`; all texts where none is named.
  /// - Returns: The texts, those below the values included.
  private static func values(in record: Record, at ways: [String]) -> [RunningText] {
    let nodes = ways.isEmpty ? [record.node] : ways.flatMap { record.values(at: $0) }
    var texts: [(node: Node, text: String)] = []
    for node in nodes { collect(node, into: &texts) }
    // An id is a name and no prose.
    return texts.filter { $0.node.index != record.idNode.index }.map { node, text in
      RunningText(text: text, origin: .value(node))
    }
  }

  /// Returns the texts of a part of a record.
  static func all(below node: Node) -> [RunningText] {
    var texts: [(node: Node, text: String)] = []
    collect(node, into: &texts)
    return texts.map { RunningText(text: $1, origin: .value($0)) }
  }

  private static func collect(_ node: Node, into texts: inout [(node: Node, text: String)]) {
    switch node.kind {
    case .string: texts.append((node, node.text ?? ""))
    case .array: for element in node.elements { collect(element, into: &texts) }
    case .object: for member in node.members { collect(member.value, into: &texts) }
    default: break
    }
  }

  /// Returns the texts of a record at some ways; all of them where none is named.
  ///
  /// - Parameters:
  ///   - record: The record.
  ///   - snapshot: The version that it is of.
  ///   - register: Its register.
  ///   - ways: The ways to values.
  /// - Returns: The texts; those of passages without their numbers.
  static func all(
    in record: Record, of snapshot: Snapshot, _ register: Register, _ ways: [String]
  ) -> [RunningText] {
    all(in: record, register, ways) {
      snapshot.source(at: record.path).map { Passage.passages(of: $0, register.numbering) } ?? []
    }
  }

  fileprivate static func all(
    in record: Record, _ register: Register, _ ways: [String], passages: () -> [Passage]
  ) -> [RunningText] {
    let values = values(in: record, at: ways)
    guard ways.isEmpty, register.shape == .document else { return values }
    return values
      + passages().filter { $0.kind != .head && $0.kind != .code }.map { passage in
        RunningText(
          text: passage.unnumbered,
          origin: .passage(record.path, start: passage.markerRange.upperBound))
      }
  }

  /// Returns the place in the file of a stretch of the text.
  ///
  /// Where the file folds or escapes the text, the stretch is searched for again between the marks of
  /// the value, whatever white space stands between its words; what is not found so is shown as a
  /// whole.
  func place(of stretch: Range<Int>) -> SourceRange {
    let node: Node
    switch origin {
    case .passage(let path, let start):
      return SourceRange(path, (start + stretch.lowerBound)..<(start + stretch.upperBound))
    case .value(let value): node = value
    }
    let path = node.range.path
    let raw = node.tree.nodes[node.index]
    if !raw.isDecoded {
      return SourceRange(
        path, (Int(raw.low) + stretch.lowerBound)..<(Int(raw.low) + stretch.upperBound))
    }
    let bytes = Array(text.utf8)
    let source = node.tree.file.bytes
    let region = node.range.offsets
    let words = Array(bytes[stretch])
    // How often the same words stand before it tells which of their places is meant.
    var ordinal = 0
    var start = 0
    while start < stretch.lowerBound {
      if Self.end(of: words[...], in: bytes[...], from: start) != nil { ordinal += 1 }
      start += 1
    }
    var place = region.lowerBound
    while place < region.upperBound {
      if let end = Self.end(of: words[...], in: source[region], from: place) {
        if ordinal == 0 { return SourceRange(path, place..<end) }
        ordinal -= 1
      }
      place += 1
    }
    return node.range
  }

  /// Returns where some words end that begin at a place, or `nil` where others stand there.
  private static func end(
    of words: ArraySlice<UInt8>, in text: ArraySlice<UInt8>, from start: Int
  ) -> Int? {
    func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte == 10 || byte == 13 || byte == 9 }
    var place = start
    var words = words
    while let byte = words.popFirst() {
      if isSpace(byte) {
        let before = place
        while place < text.endIndex, isSpace(text[place]) { place += 1 }
        guard place > before else { return nil }
        while let next = words.first, isSpace(next) { words.removeFirst() }
        continue
      }
      guard place < text.endIndex, text[place] == byte else { return nil }
      place += 1
    }
    return place
  }
}

extension RegisterCase {
  /// Returns the texts of a record that the rule looks at: those at the ways that its parameter `in` names;
  /// all values where there is none, and the passages where the record is a document.
  func runningTexts(of record: Record) -> [RunningText] {
    RunningText.all(in: record, register, texts("in")) { inspection.passages[record.path] }
  }
}

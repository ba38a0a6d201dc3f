import Comparison
import Diagnostics
import Patterns
import Registry
import SourceText
import Synchronization
import Syntax

/// Running text of a record: a value that people read as prose, or a passage of a document.
struct RunningText: Sendable {
  private enum Origin: Sendable {
    case value(Node)
    /// The offset in the file at which the text begins.
    case passage(RepoPath, start: Int)
  }

  let text: String
  /// The letters of the text, which tell of most patterns that they are not in it.
  let letters: LetterPairs
  private let origin: Origin

  private init(_ text: String, _ origin: Origin) {
    var text = text
    letters = text.withUTF8 { LetterPairs(of: $0) }
    self.text = text
    self.origin = origin
  }

  /// The value that it is; `nil` for a passage.
  var value: Node? {
    if case .value(let node) = origin { return node }
    return nil
  }

  /// Returns the places where a pattern is found, from first to last.
  func matches(of pattern: Pattern, with matcher: PatternMatcher) -> [Pattern.Match] {
    pattern.mayMatch(letters) ? pattern.matches(in: text, with: matcher) : []
  }

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
      RunningText(text, .value(node))
    }
  }

  /// Returns the texts of a part of a record.
  static func all(below node: Node) -> [RunningText] {
    var texts: [(node: Node, text: String)] = []
    collect(node, into: &texts)
    return texts.map { RunningText($1, .value($0)) }
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

  static func all(
    in record: Record, _ register: Register, _ ways: [String], passages: () -> [Passage]
  ) -> [RunningText] {
    let values = values(in: record, at: ways)
    guard ways.isEmpty, register.shape == .document else { return values }
    return values
      + passages().filter { $0.kind != .head && $0.kind != .code }.map { passage in
        RunningText(
          passage.unnumbered, .passage(record.path, start: passage.markerRange.upperBound))
      }
  }

  /// Returns the edit that writes other words for a stretch of the text.
  func remedy(_ stretch: Range<Int>, _ words: String, changesMeaning: Bool = false) -> Remedy {
    let old = String(
      decoding: text.utf8.dropFirst(stretch.lowerBound).prefix(stretch.count), as: UTF8.self)
    return Remedy(
      .replace(place(of: stretch), old: old, new: words), changesMeaning: changesMeaning)
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
    let ways = texts("in")
    func read() -> [RunningText] {
      RunningText.all(in: record, register, ways) { inspection.passages[record.path] }
    }
    return ways.isEmpty ? inspection.texts.texts(of: record, read) : read()
  }
}

/// All texts of the records of a version, which many rules look at.
///
/// One belongs to one check of one snapshot: what it read it keeps, up to a bound.
final class RecordTexts: Sendable {
  private struct Place: Hashable {
    let tree: ObjectIdentifier
    let node: Int
  }

  private struct State {
    var known: [Place: [RunningText]] = [:]
    /// Of how many bytes texts are still kept.
    var room = 16 * 1024 * 1024
  }

  private let state = Mutex(State())

  /// Returns the texts of a record.
  ///
  /// - Parameters:
  ///   - record: The record.
  ///   - read: Reads them, where they are not known.
  /// - Returns: The texts.
  func texts(of record: Record, _ read: () -> [RunningText]) -> [RunningText] {
    let place = Place(tree: ObjectIdentifier(record.node.tree), node: record.node.index)
    if let known = state.withLock({ $0.known[place] }) { return known }
    let texts = read()
    let size = texts.reduce(0) { $0 + $1.text.utf8.count + MemoryLayout<RunningText>.stride }
    state.withLock { state in
      guard size <= state.room else { return }
      state.room -= size
      state.known[place] = texts
    }
    return texts
  }
}

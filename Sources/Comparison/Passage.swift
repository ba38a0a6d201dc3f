import Diagnostics
package import SourceText
import Syntax

/// A stretch of a document that is compared as one: a heading, a paragraph, an item of a list, a row of
/// a table.
///
/// Passages follow each other without a gap: together they are the whole file.
package struct Passage: Sendable {
  package enum Kind: Hashable, Sendable {
    /// The head of the file, with its lines of dashes.
    case head
    case heading(level: Int)
    case paragraph
    case item
    case row
    case code
    case other
  }

  package let kind: Kind
  /// Where it stands, up to the begin of the next one, in UTF-8 offsets.
  package let range: Range<Int>
  /// The source, with the white space that follows it.
  package let source: String
  /// The number in front of it, as it is written: `1.`, `(a)`, `H8.4`; empty where there is none.
  package let marker: String
  /// The number with those of all that it stands in: `A.1.3`, `H8.4(b)`.
  package let number: String

  /// What it says, without its marker and the white space around it.
  package var text: String {
    var text = Substring(source)
    while let last = text.last, last.isWhitespace { text.removeLast() }
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    if !marker.isEmpty, text.hasPrefix(marker) { text = text.dropFirst(marker.count) }
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    return String(text)
  }

  /// Returns the passages of a Markdown file, which together are its bytes; one for a file that is no
  /// Markdown that can be read.
  package static func passages(of file: SourceFile) -> [Passage] {
    var dropped = Report()
    guard
      let document = MarkdownReader.document(of: file, requiresHead: false, into: &dropped)
    else {
      return [whole(file)]
    }
    return PassageReader(document).passages()
  }

  private static func whole(_ file: SourceFile) -> Passage {
    let range = 0..<file.bytes.count
    return Passage(
      kind: .other, range: range, source: String(decoding: file.bytes, as: UTF8.self), marker: "",
      number: "")
  }
}

/// Cuts a document into passages and numbers them.
private struct PassageReader {
  private let document: MarkdownDocument
  private var starts: [(offset: Int, kind: Passage.Kind, lists: [Int])] = []

  init(_ document: MarkdownDocument) {
    self.document = document
    if document.bodyRange.lowerBound > 0 { starts.append((0, .head, [])) }
    // The lists around a block: the number of the item that each is at.
    var lists: [(depth: Int, next: Int, isOrdered: Bool)] = []
    var item: Int?
    for block in document.blocks {
      lists.removeAll { $0.depth >= block.depth }
      let offset = lineStart(block.range.lowerBound)
      switch block.kind {
      case .list(let isOrdered, let start): lists.append((block.depth, start, isOrdered))
      case .item:
        if let last = lists.indices.last { lists[last].next += 1 }
        item = min(item ?? offset, offset)
      case .heading(let level): add(item ?? offset, .heading(level: level), [])
      case .paragraph:
        let path = lists.map { $0.isOrdered ? $0.next - 1 : 0 }
        add(item ?? offset, lists.isEmpty || item == nil ? .paragraph : .item, path)
      case .row: add(offset, .row, [])
      case .code: add(item ?? offset, .code, [])
      case .html, .rule: add(item ?? offset, .other, [])
      case .quote, .table, .cell, .other: break
      }
      switch block.kind {
      case .list, .item, .quote: break
      default: item = nil
      }
    }
    if starts.isEmpty || starts[0].offset > 0 {
      starts.insert((0, .other, []), at: 0)
    }
  }

  private mutating func add(_ offset: Int, _ kind: Passage.Kind, _ lists: [Int]) {
    guard offset > starts.last?.offset ?? -1 else { return }
    starts.append((offset, kind, lists))
  }

  private func lineStart(_ offset: Int) -> Int {
    var start = offset
    while start > document.bodyRange.lowerBound, document.file.bytes[start - 1] != 0x0A {
      start -= 1
    }
    return start
  }

  func passages() -> [Passage] {
    var passages: [Passage] = []
    var headings: [(level: Int, number: String)] = []
    var subclauses = SubclauseNumbers()
    for (index, start) in starts.enumerated() {
      let end = index + 1 < starts.count ? starts[index + 1].offset : document.file.bytes.count
      let source = document.file.text(of: start.offset..<end)
      let marker = Marker.of(source, start.kind)
      var number = ""
      if case .heading(let level) = start.kind {
        headings.removeAll { $0.level >= level }
        headings.append((level, Marker.number(marker)))
        subclauses.leave()
      }
      let around = headings.map(\.number).filter { !$0.isEmpty }
      switch start.kind {
      case .heading: number = marker.isEmpty ? "" : Marker.joined(around)
      case .item, .paragraph:
        let own = Marker.number(marker)
        if Marker.isAbsolute(own) {
          number = own
        } else if let whole = subclauses.number(of: own) {
          number = whole
        } else if !start.lists.isEmpty, start.kind == .item, start.lists.last != 0 {
          number = Marker.joined(around + start.lists.filter { $0 > 0 }.map(String.init))
        } else if !own.isEmpty, start.kind == .paragraph {
          number = Marker.joined(around + [own])
        }
      default: break
      }
      if Marker.isAbsolute(number), Marker.number(marker) == number { subclauses.enter(number) }
      passages.append(
        Passage(
          kind: start.kind, range: start.offset..<end, source: source, marker: marker,
          number: number))
    }
    return passages
  }
}

/// The number in front of a passage.
enum Marker {
  /// Returns what stands in front of a passage as its number: `## A.`, `1.`, `- `, `(a)`, `H8.4`.
  static func of(_ source: String, _ kind: Passage.Kind) -> String {
    switch kind {
    case .head, .row, .code, .other: return ""
    case .heading, .paragraph, .item: break
    }
    var rest = Substring(source).drop { $0 == " " || $0 == "\t" }
    let begin = rest.startIndex
    if case .heading = kind {
      rest = rest.drop { $0 == "#" }
      let spaced = rest.drop { $0 == " " }
      let word = spaced.prefix { !$0.isWhitespace }
      let isNumber = isNumber(word)
      return String(source[begin..<(isNumber ? word.endIndex : rest.startIndex)])
    }
    let word = rest.prefix { !$0.isWhitespace }
    if kind == .item {
      let isBullet = ["-", "*", "+"].contains(String(word))
      if isBullet
        || (word.last == "." || word.last == ")") && word.dropLast().allSatisfy(\.isNumber)
      {
        return String(word)
      }
    }
    return isNumber(word) ? String(word) : ""
  }

  /// Whether a word is the number of a clause: `A.`, `12.3`, `(b)`, `(iv)`, `H8.4(b)`, `N4A`.
  private static func isNumber(_ word: Substring) -> Bool {
    let text = word.last == "." ? word.dropLast() : word
    guard !text.isEmpty, text.utf8.count <= 24 else { return false }
    if word.last == ".", text.count <= 2, text.allSatisfy({ $0.isASCII && $0.isLetter }) {
      return true
    }
    if isAbsolute(String(text)) { return true }
    if word.last == ".", text.allSatisfy({ $0.isNumber || $0 == "." }) { return true }
    if text.contains("."), text.allSatisfy({ $0.isNumber || $0 == "." }) { return true }
    guard text.first == "(", text.last == ")" else { return false }
    let inner = text.dropFirst().dropLast()
    return (1...5).contains(inner.count)
      && inner.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
  }

  /// Whether a number says all of its place, as `H8.4(b)` does and `(b)` does not.
  static func isAbsolute(_ number: String) -> Bool {
    let letters = number.prefix { $0.isASCII && $0.isUppercase }
    let rest = number.dropFirst(letters.count)
    guard (1...2).contains(letters.count), rest.first?.isNumber == true else { return false }
    var depth = 0
    for character in rest {
      switch character {
      case "(": depth += 1
      case ")": depth -= 1
      case ".": break
      default:
        guard character.isASCII, character.isLetter || character.isNumber else { return false }
      }
      guard depth == 0 || depth == 1 else { return false }
    }
    return depth == 0
  }

  /// Returns a marker without what is no number: `## A.` is `A`.
  static func number(_ marker: String) -> String {
    var text = Substring(marker).drop { $0 == "#" || $0 == " " }
    if text.last == "." { text.removeLast() }
    return ["-", "*", "+"].contains(String(text)) ? "" : String(text)
  }

  /// Joins numbers of places inside of each other.
  static func joined(_ numbers: [String]) -> String {
    numbers.reduce("") { joined, number in
      joined.isEmpty || number.hasPrefix("(") ? joined + number : joined + "." + number
    }
  }
}

import Diagnostics
import SourceText
import Syntax

/// Other bytes for a stretch of a file.
struct TextEdit: Hashable, Sendable {
  let range: Range<Int>
  let bytes: [UInt8]

  func applied(to file: [UInt8]) -> [UInt8] {
    var file = file
    file.replaceSubrange(range, with: bytes)
    return file
  }
}

/// The slips that can be made in the text of one file, each as people make it: in place, all else as it was.
struct SlipText {
  let bytes: [UInt8]
  /// Whether it is a table, in which a value is a cell.
  let isTable: Bool

  // MARK: In a value

  /// Leaves out a letter of a value; `nil` where it would have none left.
  func letterDropped(from node: Node, _ dice: inout Dice) -> TextEdit? {
    let letters = places(in: node) { isLetter(bytes[$0]) }
    guard letters.count > 1, let place = dice.pick(letters) else { return nil }
    return TextEdit(range: place..<(place + 1), bytes: [])
  }

  /// Swaps two digits beside each other that differ.
  func digitsSwapped(in node: Node, _ dice: inout Dice) -> TextEdit? {
    let region = region(of: node)
    let pairs = places(in: node) { place in
      place + 1 < region.upperBound && isDigit(bytes[place]) && isDigit(bytes[place + 1])
        && bytes[place] != bytes[place + 1]
    }
    return dice.pick(pairs).map { place in
      TextEdit(range: place..<(place + 2), bytes: [bytes[place + 1], bytes[place]])
    }
  }

  /// Makes the year of a date another: one with its month in digits or words, or a year alone.
  func yearOff(in node: Node, _ dice: inout Dice) -> TextEdit? {
    let region = region(of: node)
    func byte(_ place: Int) -> UInt8? { region.contains(place) ? bytes[place] : nil }
    let years = places(in: node) { place in
      guard let first = byte(place), let second = byte(place + 1),
        [[49, 57], [50, 48], [50, 49]].contains([first, second]),
        [2, 3].allSatisfy({ byte(place + $0).map(isDigit) == true }),
        byte(place - 1).map({ isDigit($0) || isLetter($0) }) != true
      else { return false }
      let next = byte(place + 4)
      if next == UInt8(ascii: "-") {
        return byte(place + 5).map(isDigit) == true && byte(place + 6).map(isDigit) == true
          && byte(place + 7).map(isDigit) != true
      }
      // After the name of a month, or alone.
      let isAlone = place == region.lowerBound && next == nil
      return next.map({ isDigit($0) || isLetter($0) }) != true
        && (isAlone || byte(place - 1) == 0x20 && byte(place - 2).map(isLetter) == true)
    }
    guard let place = dice.pick(years),
      let year = Int(bounded: String(decoding: bytes[place..<(place + 4)], as: UTF8.self))
    else { return nil }
    let other = dice.next() % 2 == 0 ? year + 1 : year - 1
    return TextEdit(range: place..<(place + 4), bytes: Array(String(other).utf8))
  }

  /// Makes a whole number one more or one less, and never less than 0.
  func numberOff(_ node: Node, _ dice: inout Dice) -> TextEdit? {
    guard let number = node.integer else { return nil }
    let isMore = dice.next() % 2 == 0 || number == 0
    return TextEdit(
      range: region(of: node), bytes: Array(String(isMore ? number + 1 : number - 1).utf8))
  }

  /// Leaves out a word of a text of several.
  func wordDropped(from node: Node, _ dice: inout Dice) -> TextEdit? {
    let region = region(of: node)
    var words: [Range<Int>] = []
    var start: Int?
    for place in region.lowerBound...region.upperBound {
      let isWord = place < region.upperBound && isLetter(bytes[place])
      if isWord, start == nil { start = place }
      guard !isWord, let first = start else { continue }
      start = nil
      let hasEscape = bytes[max(region.lowerBound, first - 5)..<first].contains(0x5C)
      if place - first > 2, !hasEscape { words.append(first..<place) }
    }
    guard words.count > 1, let word = dice.pick(words) else { return nil }
    if word.upperBound < region.upperBound, bytes[word.upperBound] == 0x20 {
      return TextEdit(range: word.lowerBound..<(word.upperBound + 1), bytes: [])
    }
    return TextEdit(range: word, bytes: [])
  }

  /// Writes another value in the place of one.
  ///
  /// - Parameters:
  ///   - node: The value.
  ///   - text: What is written instead.
  ///   - isText: Whether it is a text, and neither a number nor a truth value.
  /// - Returns: The edit.
  func replacing(_ node: Node, with text: String, isText: Bool = true) -> TextEdit {
    let written =
      if isTable { CSVCellText.written(text, isQuoted: text.hasPrefix(" ")) } else {
        Array((isText ? JSONText.string(text).text : text).utf8)
      }
    return TextEdit(range: stretch(of: node), bytes: written)
  }

  // MARK: In a container

  /// Takes a field out of a mapping.
  func removing(_ member: Int, of object: Node) -> TextEdit? {
    let members = object.members
    guard members.indices.contains(member) else { return nil }
    if isTable { return TextEdit(range: stretch(of: members[member].value), bytes: []) }
    guard members.count > 1 else {
      return TextEdit(range: stretch(of: object), bytes: Array("{}".utf8))
    }
    return taking(out: member, of: members.map { joined($0.key, $0.value) }, in: object)
  }

  /// Takes an element out of a list.
  func removing(element: Int, of list: Node) -> TextEdit? {
    let elements = list.elements
    guard elements.indices.contains(element) else { return nil }
    guard elements.count > 1 else {
      return TextEdit(range: stretch(of: list), bytes: Array("[]".utf8))
    }
    return taking(out: element, of: elements.map(stretch), in: list)
  }

  /// Lets two neighbours of a list change places.
  func swapping(element: Int, of list: Node) -> TextEdit? {
    let elements = list.elements
    guard elements.indices.contains(element), elements.indices.contains(element + 1),
      !elements[element].isSame(as: elements[element + 1])
    else { return nil }
    let (one, two) = (stretch(of: elements[element]), stretch(of: elements[element + 1]))
    guard stretch(of: list).contains(both: one, two), one.upperBound <= two.lowerBound else {
      return nil
    }
    let between = bytes[one.upperBound..<two.lowerBound]
    return TextEdit(
      range: one.lowerBound..<two.upperBound, bytes: Array(bytes[two]) + between + bytes[one])
  }

  /// Takes the line of a record out of a table.
  func removingRow(_ record: Node) -> TextEdit {
    var range = record.range.offsets
    while range.upperBound < bytes.count {
      range = range.lowerBound..<(range.upperBound + 1)
      if bytes[range.upperBound - 1] == 0x0A { break }
    }
    return TextEdit(range: range, bytes: [])
  }

  // MARK: Places

  /// Takes one of several parts of a container out, up to where the next begins.
  private func taking(
    out position: Int, of parts: [Range<Int>], in container: Node
  ) -> TextEdit? {
    let whole = stretch(of: container)
    // What an alias stands for is written elsewhere.
    guard parts.allSatisfy({ whole.contains(both: $0, $0) }) else { return nil }
    let part = parts[position]
    let range =
      position + 1 < parts.count
      ? part.lowerBound..<parts[position + 1].lowerBound
      : parts[position - 1].upperBound..<part.upperBound
    return TextEdit(range: range, bytes: [])
  }

  private func joined(_ key: Node, _ value: Node) -> Range<Int> {
    let (start, end) = (key.range.offsets.lowerBound, stretch(of: value).upperBound)
    return start..<max(start, end)
  }

  /// Returns where a value stands, without the line breaks that a block text ends with.
  func stretch(of node: Node) -> Range<Int> {
    let range = node.range.offsets
    var end = range.upperBound
    while end > range.lowerBound, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[end - 1]) { end -= 1 }
    return range.lowerBound..<end
  }

  /// Returns where the text of a value stands, without quotes and without the sign of a block.
  private func region(of node: Node) -> Range<Int> {
    let raw = node.tree.nodes[node.index]
    if !raw.isDecoded { return Int(raw.low)..<Int(raw.high) }
    let range = stretch(of: node)
    guard let first = range.first, [UInt8(ascii: ">"), UInt8(ascii: "|")].contains(bytes[first])
    else { return range }
    let line = bytes[range].firstIndex(of: 0x0A) ?? range.upperBound
    return line..<range.upperBound
  }

  private func places(in node: Node, where isWanted: (Int) -> Bool) -> [Int] {
    let region = region(of: node)
    let isDecoded = node.tree.nodes[node.index].isDecoded
    return region.filter { place in
      guard isWanted(place) else { return false }
      // What an escape consists of is no letter of the text.
      return !isDecoded || !bytes[max(region.lowerBound, place - 5)..<place].contains(0x5C)
    }
  }
}

private func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte | 0x20) }
private func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

extension Range<Int> {
  fileprivate func contains(both one: Range<Int>, _ two: Range<Int>) -> Bool {
    lowerBound <= one.lowerBound && two.upperBound <= upperBound
  }
}

import Registry

/// What a passage says, whatever its layout, and what layouts can differ in.
extension Passage {
  /// What it says in one layout: one space between words, cells without padding, lines that end with a
  /// line feed; of code and of a head all but the white space behind them.
  ///
  /// A line break that its author asks for stays one.
  package var says: String {
    switch kind {
    case .row: return cells.map(\.text).joined(separator: " | ")
    case .head, .code, .other:
      let text = source.withoutTrailingSpace
      guard text.utf8.contains(0x0D) else { return String(text) }
      return String(text).replacing("\r\n", with: "\n")
    case .heading, .paragraph, .item: return Self.flowing(text)
    }
  }

  /// What it says with its number, and with what its author says of it in braces.
  package var shown: String {
    guard kind != .head, kind != .code, kind != .other else { return says }
    return [Marker.shown(marker), says, attributes.source].filter { !$0.isEmpty }
      .joined(separator: " ")
  }

  private static func flowing(_ text: String) -> String {
    var flowing: [UInt8] = []
    flowing.reserveCapacity(text.utf8.count)
    let isQuote = text.utf8.first == UInt8(ascii: ">")
    var (spaces, isBroken, isHard) = (0, false, false)
    for byte in text.utf8 {
      switch byte {
      case 0x20, 0x09: spaces += 1
      case 0x0D: break
      case 0x0A:
        isHard = isHard || spaces >= 2 || flowing.last == UInt8(ascii: "\\")
        (isBroken, spaces) = (true, spaces + 1)
      case UInt8(ascii: ">") where isQuote && isBroken: break
      default:
        if isHard {
          if flowing.last != UInt8(ascii: "\\") { flowing.append(UInt8(ascii: "\\")) }
          flowing.append(0x0A)
        } else if spaces > 0 {
          flowing.append(0x20)
        }
        (spaces, isBroken, isHard) = (0, false, false)
        flowing.append(byte)
      }
    }
    return String(decoding: flowing, as: UTF8.self)
  }

  /// Whether it says the same as another passage in the same place, in another layout or not.
  func saysSame(as other: Passage) -> Bool {
    guard attributes.source == other.attributes.source, says.utf8.elementsEqual(other.says.utf8),
      kind == other.kind, depth == other.depth
    else { return false }
    switch (kind, other.kind) {
    case (.row, .row): return isHeaderRow == other.isHeaderRow
    case (.item, .item) where isListNumber && other.isListNumber: return number == other.number
    default: return Marker.number(marker) == Marker.number(other.marker)
    }
  }

  /// Whether its number is one that a list counts by itself.
  private var isListNumber: Bool {
    (marker.last == "." || marker.last == ")") && marker.dropLast().allSatisfy(\.isNumber)
      && marker.utf8.count > 1
  }

  /// What layouts of a passage can differ in, in the order in which they are told.
  enum LayoutAspect: String, CaseIterable {
    case lineEnds = "line ends"
    case lastBreak = "the last line break"
    case blankLines = "blank lines"
    case wrapping
    case alignment = "the alignment of a table"
    case padding = "the padding of a table"
    case bullets
    case numbers = "the numbers of a list"
    case space = "white space"
  }

  /// Returns what differs in the layout of two passages that say the same.
  ///
  /// - Parameters:
  ///   - other: The passage now.
  ///   - isLast: Whether both end their files.
  /// - Returns: What differs; something in any case.
  func layoutDifferences(from other: Passage, isLast: Bool) -> Set<LayoutAspect> {
    func parts(_ source: String) -> (body: String, tail: String) {
      let end = source.withoutTrailingSpace.endIndex
      return (String(source[..<end]), String(source[end...]))
    }
    func unix(_ text: String) -> String { text.replacing("\r\n", with: "\n") }
    var aspects: Set<LayoutAspect> = []
    if source.utf8.contains(0x0D) != other.source.utf8.contains(0x0D) { aspects.insert(.lineEnds) }
    let (one, two) = (parts(unix(source)), parts(unix(other.source)))
    if !one.tail.utf8.elementsEqual(two.tail.utf8),
      kind != .row || one.tail.isEmpty != two.tail.isEmpty
    {
      let isBreak = isLast && one.tail.contains("\n") != two.tail.contains("\n")
      aspects.insert(isBreak ? .lastBreak : .blankLines)
    }
    guard !one.body.utf8.elementsEqual(two.body.utf8) else {
      return aspects.isEmpty ? [.space] : aspects
    }
    switch kind {
    case .row:
      func rule(_ text: String) -> [Substring] {
        text.split(separator: "\n").dropFirst().joined().split(separator: "|").map { cell in
          cell.filter { $0 == ":" || $0 == "-" }
        }
      }
      func alignment(_ text: String) -> [[Bool]] {
        rule(text).map { [$0.first == ":", $0.last == ":"] }
      }
      let isAligned = alignment(one.body) == alignment(two.body)
      aspects.insert(isAligned ? .padding : .alignment)
    case .item where marker != other.marker:
      aspects.insert(isListNumber ? .numbers : .bullets)
      fallthrough
    default:
      func lines(_ text: String) -> [String] {
        text.split(separator: "\n").map {
          $0.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
      }
      let (old, new) = (lines(one.body), lines(two.body))
      if old.count != new.count || old.dropFirst() != new.dropFirst() {
        aspects.insert(.wrapping)
      } else if marker == other.marker {
        aspects.insert(.space)
      }
    }
    return aspects
  }
}

/// Reads the paragraphs and rows of a body back, with all changes accepted or all rejected.
///
/// It goes by bytes: to a character a mark of accent may belong that follows a bracket.
struct WordReader {
  private let isAccepting: Bool
  private var blocks: [[String]] = []
  private var words: [UInt8] = []
  private var isMarkGone = false
  private var isDropped = false
  /// Whether what follows is text; between other elements there is none.
  private var isText = false
  /// The cells of the row that is open, and whether the row is gone.
  private var row: (cells: [String], isGone: Bool)?
  private var isInRowProperties = false

  private init(accepting: Bool) {
    isAccepting = accepting
  }

  /// Returns a paragraph as `p` and its words, a row as `row` and the words of its cells.
  static func blocks(of body: String, accepting: Bool) -> [[String]] {
    var reader = WordReader(accepting: accepting)
    var rest = Array(body.utf8)[...]
    while let open = rest.firstIndex(of: UInt8(ascii: "<")) {
      if reader.isText, !reader.isDropped { reader.words += unescaped(rest[..<open]) }
      guard let close = rest[open...].firstIndex(of: UInt8(ascii: ">")) else { break }
      reader.read(String(decoding: rest[(open + 1)..<close], as: UTF8.self))
      rest = rest[(close + 1)...]
    }
    return reader.blocks
  }

  private mutating func takeWords() -> String {
    defer { words = [] }
    return String(decoding: words, as: UTF8.self)
  }

  private mutating func endParagraph() {
    if row != nil {
      let text = takeWords()
      row?.cells.append(text)
    } else if !isMarkGone {
      blocks.append(["p", takeWords()])
    }
    // Without its end a paragraph runs on into the next one.
    isMarkGone = false
  }

  private mutating func read(_ tag: String) {
    let isEmpty = tag.hasSuffix("/")
    switch tag.prefix(while: { $0 != " " }).trimmingSuffix("/") {
    case "w:trPr": isInRowProperties = true
    case "/w:trPr": isInRowProperties = false
    case "w:ins" where isEmpty, "w:del" where isEmpty:
      let isGone = tag.hasPrefix("w:del") == isAccepting
      if isInRowProperties { row?.isGone = isGone } else { isMarkGone = isGone }
    case "w:ins": isDropped = !isAccepting
    case "w:del": isDropped = isAccepting
    case "/w:ins", "/w:del": isDropped = false
    case "w:t", "w:delText": isText = !isEmpty
    case "/w:t", "/w:delText": isText = false
    case "w:br": if !isDropped { words.append(UInt8(ascii: "\n")) }
    case "w:tab": if !isDropped { words.append(UInt8(ascii: "\t")) }
    case "w:tbl":
      // Nothing runs on into a table.
      if !words.isEmpty { blocks.append(["p", takeWords()]) }
    case "w:tr": row = ([], false)
    case "/w:tr":
      if let row, !row.isGone { blocks.append(["row"] + row.cells) }
      row = nil
    case "w:p" where isEmpty, "/w:p": endParagraph()
    default: break
    }
  }

  private static func unescaped(_ text: ArraySlice<UInt8>) -> [UInt8] {
    guard text.contains(UInt8(ascii: "&")) else { return Array(text) }
    var result: [UInt8] = []
    var rest = text
    let names = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")]
    while let byte = rest.first {
      if byte == UInt8(ascii: "&"),
        let (name, character) = names.first(where: { rest.starts(with: $0.0.utf8) })
      {
        result += character.utf8
        rest = rest.dropFirst(name.utf8.count)
      } else {
        result.append(byte)
        rest = rest.dropFirst()
      }
    }
    return result
  }
}

extension Substring {
  fileprivate func trimmingSuffix(_ suffix: Character) -> Substring {
    last == suffix ? dropLast() : self
  }
}

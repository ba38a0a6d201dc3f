import Diagnostics

/// Breaks lines at spaces so that they fit a terminal, over pieces that may end anywhere.
///
/// What goes on below begins as far in as its line did. Lines that fit stay as they are, to the last space.
struct LineWrap {
  /// How many columns are taken.
  private var column = 0
  /// How far in the line begins.
  private var indent = 0
  private var isAtBegin = true
  /// The spaces behind the last word.
  private var spaces = 0

  init() {}

  /// Returns a piece of text with the breaks that it needs.
  ///
  /// - Parameters:
  ///   - text: The piece; sequences that set colours take no columns.
  ///   - width: How many columns there are.
  /// - Returns: The text.
  mutating func wrapped(_ text: String, to width: Int) -> String {
    var result = ""
    var word = ""
    for character in text {
      switch character {
      case "\n":
        add(&word, to: &result, width)
        if column + spaces <= width { result += String(repeating: " ", count: spaces) }
        result += "\n"
        self = LineWrap()
      case " " where isAtBegin && word.isEmpty:
        result += " "
        (column, indent) = (column + 1, indent + 1)
      case " ":
        add(&word, to: &result, width)
        spaces += 1
      default:
        word.append(character)
      }
    }
    add(&word, to: &result, width)
    return result
  }

  private mutating func add(_ word: inout String, to result: inout String, _ width: Int) {
    guard !word.isEmpty else { return }
    defer { word = "" }
    let taken = Self.columns(of: word)
    if spaces > 0, column + spaces + taken > width, column > indent {
      let margin = min(indent, width / 2)
      result += "\n" + String(repeating: " ", count: margin)
      column = margin
    } else {
      result += String(repeating: " ", count: spaces)
      column += spaces
    }
    result += word
    (column, spaces, isAtBegin) = (column + taken, 0, false)
  }

  /// How many columns a word takes without the sequences that set colours (ECMA-48, 5.4).
  private static func columns(of word: String) -> Int {
    guard word.contains("\u{1B}") else { return displayWidth(word) }
    return displayWidth(word.replacing(/\u{1B}\[[0-9;]*m/, with: ""))
  }
}

/// What stands in braces at the end of a passage: `{#planned-maintenance .inactive}`.
///
/// The form is that of Pandoc and of kramdown.
package struct Attributes: Hashable, Sendable {
  /// The name that stays where the number changes.
  package private(set) var anchor: String?
  package private(set) var classes: [String] = []
  /// As they are written, the braces included; empty where there are none.
  package private(set) var source = ""

  /// Reads the attributes at the end of a text.
  package init(of text: String) {
    let text = text.withoutTrailingSpace
    guard text.utf8.last == UInt8(ascii: "}"), text.last == "}", let open = text.lastIndex(of: "{")
    else { return }
    var (anchor, classes): (String?, [String]) = (nil, [])
    for word in text[text.index(after: open)...].dropLast().split(separator: " ") {
      let name = word.dropFirst()
      let isName = name.first?.isLetter == true && name.allSatisfy(Self.isOfName)
      guard isName, word.first == "#" && anchor == nil || word.first == "." else { return }
      if word.first == "#" { anchor = String(name) } else { classes.append(String(name)) }
    }
    guard anchor != nil || !classes.isEmpty else { return }
    (self.anchor, self.classes, source) = (anchor, classes, String(text[open...]))
  }

  private static func isOfName(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || "-_.:".contains(character))
  }
}

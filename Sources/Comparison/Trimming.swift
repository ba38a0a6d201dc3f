extension StringProtocol where SubSequence == Substring {
  /// The text without the white space at its end.
  var withoutTrailingSpace: Substring {
    // Nearly all white space is ASCII, and bytes are looked at in far less time than characters.
    let bytes = Substring(self).utf8
    var end = bytes.endIndex
    while end > bytes.startIndex {
      let before = bytes.index(before: end)
      guard bytes[before] == 0x20 || (0x09...0x0D).contains(bytes[before]) else { break }
      end = before
    }
    var text = self[..<end]
    guard let byte = text.utf8.last, byte >= 0x80 else { return text }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return text
  }
}

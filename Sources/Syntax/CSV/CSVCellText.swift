/// How a cell of comma-separated values is written (RFC 4180, section 2).
package enum CSVCellText {
  /// Whether a text can only stand between quotes.
  package static func needsQuotes(_ text: some Sequence<UInt8>) -> Bool {
    text.contains {
      $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 0x0A || $0 == 0x0D
    }
  }

  /// Returns the bytes of a cell.
  ///
  /// - Parameters:
  ///   - text: What it says.
  ///   - isQuoted: Whether it stands between quotes where it need not.
  /// - Returns: The bytes, quotes included.
  package static func written(_ text: String, isQuoted: Bool) -> [UInt8] {
    guard isQuoted || needsQuotes(text.utf8) else { return Array(text.utf8) }
    var bytes = [UInt8(ascii: "\"")]
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    return bytes + [UInt8(ascii: "\"")]
  }
}

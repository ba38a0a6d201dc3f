extension Unicode.Scalar {
  /// Whether the sign could steer a terminal or a reader, or cannot be seen at all: controls, what reorders
  /// a line, what has no width, private signs and those that are no characters.
  ///
  /// Line feeds and tabs are such signs too; callers that keep lines let them pass.
  package var isHidden: Bool {
    switch value {
    case 0..<0x20, 0x7F...0x9F, 0xAD, 0x34F, 0x61C, 0x115F...0x1160, 0x17B4...0x17B5,
      0x180B...0x180F,
      0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0x3164, 0xE000...0xF8FF, 0xFDD0...0xFDEF,
      0xFEFF, 0xFFA0, 0xFFF0...0xFFFB, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A, 0xE0000...0x10FFFF:
      true
    default: value & 0xFFFE == 0xFFFE
    }
  }

  /// What is shown in place of a hidden sign: `<U+001B>`.
  package var visible: String {
    let digits = String(value, radix: 16, uppercase: true)
    return "<U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ">"
  }
}

extension String {
  /// The text with hidden signs made visible; lines stay lines, also those that end as Windows ends them.
  package var visible: String { visible { $0 == "\n" || $0 == "\t" } }

  /// The text on one line, with hidden signs made visible.
  package var visibleOnOneLine: String { visible { _ in false } }

  /// Returns the text with those hidden signs made visible that are not to be kept.
  package func visible(unless isKept: (Unicode.Scalar) -> Bool) -> String {
    guard utf8.contains(where: Self.mayBeginHidden) else { return self }
    var result = ""
    result.reserveCapacity(utf8.count)
    var isReturnOpen = false
    for scalar in unicodeScalars {
      if isReturnOpen {
        result += scalar == "\n" && isKept("\n") ? "\r" : Unicode.Scalar("\r").visible
        isReturnOpen = false
      }
      if scalar == "\r", !isKept(scalar) {
        isReturnOpen = true
      } else if scalar.isHidden, !isKept(scalar) {
        result += scalar.visible
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    if isReturnOpen { result += Unicode.Scalar("\r").visible }
    return result
  }

  /// Whether a byte of UTF-8 may be the first of a hidden sign.
  ///
  /// Nearly all texts have none.
  private static func mayBeginHidden(_ byte: UInt8) -> Bool {
    switch byte {
    case 0..<0x20, 0x7F, 0xC2, 0xCD, 0xD8, 0xE1...0xE3, 0xEE...0xFF: true
    default: false
    }
  }
}

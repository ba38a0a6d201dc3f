@_spi(_Unicode) import Swift

/// A label of a host name in any script: what IDNA 2008 lets a U-label hold.
enum InternationalLabel {
  /// Whether a label is valid (RFC 5891, section 4.2).
  static func isValid(_ label: [Unicode.Scalar]) -> Bool {
    guard let first = label.first, first != "-", label.last != "-" else { return false }
    if label.count > 3, label[2] == "-", label[3] == "-" { return false }
    switch first.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: return false
    default: break
    }
    let text = String(String.UnicodeScalarView(label))
    guard text._nfc.elementsEqual(label) else { return false }
    for index in label.indices {
      switch derivedProperty(of: label[index]) {
      case .valid: break
      case .disallowed: return false
      case .contextual: guard holdsContext(at: index, in: label) else { return false }
      }
    }
    return holdsBidiRule(label)
  }

  private enum DerivedProperty {
    case valid
    case contextual
    case disallowed
  }

  /// The algorithm of RFC 5892, section 3.
  private static func derivedProperty(of scalar: Unicode.Scalar) -> DerivedProperty {
    switch scalar.value {
    case 0xDF, 0x3C2, 0x6FD, 0x6FE, 0xF0B, 0x3007: return .valid
    case 0xB7, 0x375, 0x5F3, 0x5F4, 0x30FB, 0x660...0x669, 0x6F0...0x6F9: return .contextual
    case 0x640, 0x7FA, 0x302E, 0x302F, 0x3031...0x3035, 0x303B: return .disallowed
    case 0x2D, 0x30...0x39, 0x61...0x7A: return .valid
    case 0x200C, 0x200D: return .contextual
    case 0x1100...0x11FF, 0xA960...0xA97F, 0xD7B0...0xD7FF: return .disallowed
    case 0x20D0...0x20FF, 0x1D100...0x1D1FF, 0x1D200...0x1D24F: return .disallowed
    default: break
    }
    let properties = scalar.properties
    if properties.changesWhenNFKCCaseFolded || properties.isDefaultIgnorableCodePoint
      || properties.isWhitespace || properties.isNoncharacterCodePoint
    {
      return .disallowed
    }
    switch properties.generalCategory {
    case .lowercaseLetter, .uppercaseLetter, .otherLetter, .decimalNumber, .modifierLetter,
      .nonspacingMark, .spacingMark:
      return .valid
    default: return .disallowed
    }
  }

  /// The rules of RFC 5892, appendix A.
  private static func holdsContext(at index: Int, in label: [Unicode.Scalar]) -> Bool {
    let before = index > 0 ? label[index - 1] : nil
    let after = index + 1 < label.count ? label[index + 1] : nil
    switch label[index].value {
    case 0xB7: return before == "l" && after == "l"
    case 0x375: return after.map { isGreek($0.value) } ?? false
    case 0x5F3, 0x5F4: return before.map { isHebrew($0.value) } ?? false
    case 0x30FB: return label.contains { isJapanese($0.value) }
    case 0x660...0x669: return !label.contains { (0x6F0...0x6F9).contains($0.value) }
    case 0x6F0...0x6F9: return !label.contains { (0x660...0x669).contains($0.value) }
    case 0x200C: return isVirama(before) || joins(at: index, in: label)
    default: return isVirama(before)
    }
  }

  private static func isVirama(_ scalar: Unicode.Scalar?) -> Bool {
    scalar?.properties.canonicalCombiningClass == .virama
  }

  private static func isGreek(_ value: UInt32) -> Bool {
    (0x370...0x3FF).contains(value) || (0x1F00...0x1FFF).contains(value)
  }

  private static func isHebrew(_ value: UInt32) -> Bool {
    (0x591...0x5F4).contains(value) || (0xFB1D...0xFB4F).contains(value)
  }

  /// Hiragana, Katakana or Han.
  private static func isJapanese(_ value: UInt32) -> Bool {
    switch value {
    case 0x30FB, 0x30FC: false
    case 0x3005, 0x3007, 0x3021...0x3029, 0x3038...0x303B, 0x3041...0x309F, 0x30A1...0x30FF,
      0x31F0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAD9, 0xFF66...0xFF9D,
      0x1B000...0x1B16F, 0x20000...0x323AF:
      true
    default: false
    }
  }

  // MARK: Joining

  /// Whether letters on both sides of a ZERO WIDTH NON-JOINER would join (appendix A.1).
  private static func joins(at index: Int, in label: [Unicode.Scalar]) -> Bool {
    let before = label[..<index].last { !isTransparent($0) }
    let after = label[(index + 1)...].first { !isTransparent($0) }
    guard let before, let after else { return false }
    return joinsBothSides(before.value)
      && (joinsBothSides(after.value) || joinsRightSide(after.value))
  }

  private static func isTransparent(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: scalar.value != 0x200C
    default: false
    }
  }

  /// Letters of the Arabic block that join to the letter before them only.
  private static func joinsRightSide(_ value: UInt32) -> Bool {
    switch value {
    case 0x622...0x625, 0x627, 0x629, 0x62F...0x632, 0x648, 0x671...0x673, 0x675...0x677,
      0x688...0x699, 0x6C0, 0x6C3...0x6CB, 0x6CD, 0x6CF, 0x6D2, 0x6D3, 0x6D5, 0x6EE, 0x6EF:
      true
    default: false
    }
  }

  private static func joinsBothSides(_ value: UInt32) -> Bool {
    let isArabicLetter =
      (0x620...0x64A).contains(value) || (0x66E...0x6D5).contains(value)
      || (0x6FA...0x6FF).contains(value) || (0x750...0x77F).contains(value)
    return isArabicLetter && value != 0x621 && value != 0x674 && !joinsRightSide(value)
  }

  // MARK: Direction

  /// The classes of UAX #9 that the Bidi rule tells apart.
  private enum Direction {
    case left
    case right
    case europeanNumber
    case arabicNumber
    case mark
    case neutral
  }

  private static func direction(of scalar: Unicode.Scalar) -> Direction {
    let value = scalar.value
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return .mark
    default: break
    }
    switch value {
    case 0x30...0x39, 0x6F0...0x6F9: return .europeanNumber
    case 0x660...0x669, 0x66B, 0x66C, 0x6DD: return .arabicNumber
    case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF:
      return .right
    case 0x2D, 0xB7, 0x375, 0x30FB, 0x200C, 0x200D: return .neutral
    default: return .left
    }
  }

  /// The Bidi rule (RFC 5893, section 2), for labels that hold letters written from the right.
  private static func holdsBidiRule(_ label: [Unicode.Scalar]) -> Bool {
    let directions = label.map { direction(of: $0) }
    guard directions.contains(where: { $0 == .right || $0 == .arabicNumber }) else { return true }
    guard directions.first == .right, !directions.contains(.left) else { return false }
    let hasBoth = directions.contains(.europeanNumber) && directions.contains(.arabicNumber)
    switch directions.last(where: { $0 != .mark }) {
    case .right, .europeanNumber, .arabicNumber: return !hasBoth
    default: return false
    }
  }
}

/// How a text looks, whatever letters it is written with (Unicode Technical Standard 39).
///
/// The table has the letters of other alphabets that look like those of ASCII, and the forms of ASCII that
/// Unicode has beside it; ids and names of files are of these.
package enum LookAlike {
  /// Returns the character of ASCII that another looks like; `nil` for one that looks like none, and for
  /// those of ASCII.
  package static func ascii(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0..<0x80: nil
    case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFF01 + 0x21)
    case 0x1D400..<0x1D6A4:
      Unicode.Scalar((scalar.value - 0x1D400) % 52 + ((scalar.value - 0x1D400) % 52 < 26 ? 65 : 71))
    case 0x1D7CE...0x1D7FF: Unicode.Scalar((scalar.value - 0x1D7CE) % 10 + 48)
    default: table[scalar]
    }
  }

  /// Returns a text with the characters of ASCII for those that look like them.
  package static func ascii(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    var plain = String.UnicodeScalarView()
    plain.append(contentsOf: text.unicodeScalars.map { ascii($0) ?? $0 })
    return String(plain)
  }

  private static let table: [Unicode.Scalar: Unicode.Scalar] = {
    // Each word is a character of ASCII and those that look like it.
    let words = """
      AАΑᎪꓮ BВΒᏴꓐ CСϹⅭᏟꓚℂ DⅮᎠꓓ EЕΕᎬꓰ FϜꓝ GԌꓖ HНΗᎻꓧℋ IІΙⅠꓲӀ JЈᎫꓙ KКΚᏦꓗ\u{212A} LⅬᏞꓡ MМΜⅯᎷꓟ NΝꓠℕ OОΟՕꓳ PРΡᏢꓑℙ QԚℚ \
      RᏒꓣℝ SЅՏᏚꓢ TТΤᎢꓔ UՍꓴ VⅤᏙꓦѴ WԜᎳꓪ XХΧⅩꓫ YУΥҮꓬ ZΖᏃꓜℤ aаαɑ bЬ cсϲⅽ dԁⅾ eеҽℯ gɡց hһհℎ iіιⅰı jјϳȷ kκ lⅼℓ mⅿ nո oоοօ \
      pрρ qԛզ rг sѕ uυս vνѵⅴ wԝ xхⅹ yуγү 3ЗӠ 6б -\u{2010}\u{2011}\u{2012}\u{2212} /\u{2044}\u{2215} .\u{2024}
      """
    var table: [Unicode.Scalar: Unicode.Scalar] = [:]
    for word in words.split(separator: " ") {
      guard let first = word.unicodeScalars.first else { continue }
      for scalar in word.unicodeScalars.dropFirst() { table[scalar] = first }
    }
    return table
  }()

  /// Returns a text as it looks: without what has no width, and without space around it.
  package static func skeleton(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var isSpaced = false
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace || scalar == "\u{3164}" {
        isSpaced = !result.isEmpty
        continue
      }
      if scalar.properties.isDefaultIgnorableCodePoint { continue }
      if isSpaced { result.append(" ") }
      isSpaced = false
      switch ascii(scalar) ?? scalar {
      case "0": result.append("O")
      case "1", "I", "|": result.append("l")
      case let plain: result.append(plain)
      }
    }
    return String(result)
  }

  /// Returns what all texts share that look alike, also where one has capitals.
  package static func key(_ text: String) -> String {
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "|") }) else {
      return skeleton(text).lowercased().replacing("i", with: "l")
    }
    return String(decoding: text.utf8.map(folded), as: UTF8.self)
  }

  /// Returns the byte of a key that stands for a character of ASCII.
  private static func folded(_ byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "0"): UInt8(ascii: "o")
    case UInt8(ascii: "1"), UInt8(ascii: "I"), UInt8(ascii: "i"): UInt8(ascii: "l")
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
    default: byte
    }
  }

  /// For each byte the one of a key; 0 for what only text can be compared with.
  private static let bytesOfKeys: [UInt8] = (UInt8.min...UInt8.max).map { byte in
    byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "|") ? folded(byte) : 0
  }

  /// Returns a number that a text of ASCII shares with its key, and with hardly any other text.
  ///
  /// - Parameter text: The text in UTF-8.
  /// - Returns: The number (FNV-1a over the key); `nil` for a text whose key only text can be compared with.
  package static func digest(_ text: UnsafeBufferPointer<UInt8>) -> UInt64? {
    var value: UInt64 = 0xCBF2_9CE4_8422_2325
    return bytesOfKeys.withUnsafeBufferPointer { keys in
      for byte in text {
        let key = keys[Int(byte)]
        guard key != 0 else { return nil }
        value = (value ^ UInt64(key)) &* 0x100_0000_01B3
      }
      return value
    }
  }

  /// How two texts that are not the same look.
  package enum Likeness {
    /// They differ in capitals alone.
    case byCase
    /// They differ in characters of ASCII that look alike, as `0` and `O`.
    case byASCII
    /// They look the same.
    case same
  }

  /// Returns how two different texts look alike; `nil` where they do not.
  package static func likeness(_ one: String, _ two: String) -> Likeness? {
    if one.lowercased() == two.lowercased() { return .byCase }
    guard skeleton(one) == skeleton(two) else { return nil }
    return one.utf8.allSatisfy { $0 < 0x80 } && two.utf8.allSatisfy { $0 < 0x80 }
      && trimmed(one) == one && trimmed(two) == two ? .byASCII : .same
  }

  private static func trimmed(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

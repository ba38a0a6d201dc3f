/// A text as YAML writes it in one style.
package struct YAMLScalarText: Sendable {
  /// What is written behind the key or the dash; of a quoted or plain text that goes on in other lines,
  /// these too.
  package let lines: [[UInt8]]
  package let style: YAMLStyle

  /// Where a text is written, and how it was written before.
  package struct Setting: Sendable {
    /// Whether it stands between brackets or braces.
    package var isFlow = false
    /// How many characters stand before it in its line.
    package var column = 0
    /// How many spaces stand before its other lines.
    package var indent = 2
    /// The column of the mapping or list that holds it; -1 for a whole file.
    package var outer = -1
    /// The most characters of a line.
    package var width = YAMLWidth.usual
    /// The lines of each paragraph that it had.
    package var paragraphs: [[[UInt8]]] = []
    /// Whether a block says how far it is indented.
    package var hasIndicator = false
    /// What a plain text may be taken for.
    package var meanings: Set<PlainMeaning> = [.text]

    package init() {}
  }

  /// Writes a text; there is none where it cannot be written so.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - style: How to write it.
  ///   - setting: Where.
  package init?(_ text: String, _ style: YAMLStyle, in setting: Setting) {
    guard !Self.hasControl(text),
      style == .doubleQuoted || text.unicodeScalars.allSatisfy(Self.isShown)
    else { return nil }
    self.style = style
    let bytes = Array(text.utf8)
    let lines: [[UInt8]]? =
      switch style {
      case .plain: Self.plain(bytes, setting)
      case .singleQuoted: Self.singleQuoted(bytes, setting)
      case .doubleQuoted: Self.doubleQuoted(text, setting)
      case .folded: Self.folded(bytes, setting)
      case .literal: Self.literal(bytes, setting)
      }
    guard let lines else { return nil }
    self.lines = lines
  }

  /// Whether a text has characters that steer programs and are no text: no style writes them.
  package static func hasControl(_ text: String) -> Bool {
    text.unicodeScalars.contains { scalar in
      switch scalar.value {
      case 0x09, 0x0A, 0x85: false
      case 0..<0x20, 0x7F..<0xA0: true
      default: false
      }
    }
  }

  /// Whether a character stands for itself outside of double quotes.
  private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
    ![0x85, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF].contains(scalar.value)
  }

  private static func isBlank(_ byte: UInt8?) -> Bool { byte == 0x20 || byte == 0x09 }

  // MARK: In a line

  private static func plain(_ text: [UInt8], _ setting: Setting) -> [[UInt8]]? {
    guard let first = text.first, let last = text.last, !isBlank(first), !isBlank(last),
      !text.contains(0x0A), !text.contains(0x09), setting.meanings.contains(PlainMeaning(text)),
      !text.starts(with: "---".utf8), !text.starts(with: "...".utf8)
    else { return nil }
    let second = text.dropFirst().first
    if ",[]{}#&*!|>'\"%@`".utf8.contains(first)
      || "-?:".utf8.contains(first) && (second == nil || isBlank(second))
      || last == UInt8(ascii: ":")
    {
      return nil
    }
    for (sign, next) in zip(text, text.dropFirst()) {
      if sign == UInt8(ascii: ":"), isBlank(next) { return nil }
      if isBlank(sign), next == UInt8(ascii: "#") { return nil }
    }
    if setting.isFlow, text.contains(where: { ",[]{}".utf8.contains($0) }) { return nil }
    return wrapped(text, setting)
  }

  private static func singleQuoted(_ text: [UInt8], _ setting: Setting) -> [[UInt8]]? {
    guard !text.contains(0x0A) else { return nil }
    var quoted = [UInt8(ascii: "'")]
    for byte in text {
      quoted.append(byte)
      if byte == UInt8(ascii: "'") { quoted.append(byte) }
    }
    return wrapped(quoted + [UInt8(ascii: "'")], setting)
  }

  private static func doubleQuoted(_ text: String, _ setting: Setting) -> [[UInt8]]? {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case "\u{85}": quoted += "\\N"
      case "\u{2028}": quoted += "\\L"
      case "\u{2029}": quoted += "\\P"
      case _ where !isShown(scalar):
        let digits = String(scalar.value, radix: 16, uppercase: true)
        quoted += "\\u" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return wrapped(Array((quoted + "\"").utf8), setting)
  }

  /// Breaks what stood in several lines before; the rest stays in one.
  private static func wrapped(_ text: [UInt8], _ setting: Setting) -> [[UInt8]] {
    guard let old = setting.paragraphs.first, old.count > 1 else { return [text] }
    let wrapping = YAMLWrapping(width: setting.width, indent: setting.indent)
    let lines = wrapping.lines(of: text[...], from: setting.column, like: old)
    return lines.prefix(1) + lines.dropFirst().map { indented($0, setting) }
  }

  // MARK: In lines below

  private static func literal(_ text: [UInt8], _ setting: Setting) -> [[UInt8]]? {
    guard let (content, head) = block(text, "|", setting) else { return nil }
    let lines = content.lines.split(separator: 0x0A, omittingEmptySubsequences: false)
    return [head] + lines.map { indented(Array($0), setting) } + content.tail
  }

  private static func folded(_ text: [UInt8], _ setting: Setting) -> [[UInt8]]? {
    guard let (content, head) = block(text, ">", setting) else { return nil }
    let wrapping = YAMLWrapping(width: setting.width, indent: setting.indent)
    var result = [head]
    var before: (isSpaced: Bool, breaks: Int)?
    let texts = content.lines.split(separator: 0x0A, omittingEmptySubsequences: false)
    let paragraphs = texts.filter { !$0.isEmpty && !isBlank($0.first) }
    let old = OldParagraphs(setting.paragraphs, for: paragraphs)
    var position = 0
    for (number, line) in texts.enumerated() {
      guard !line.isEmpty else {
        if before == nil { result.append([]) }
        before?.breaks += 1
        continue
      }
      // A line that begins with a space is kept as it is, with the breaks before and behind it.
      let isSpaced = isBlank(line.first)
      if let before, number > 0 {
        let count = before.isSpaced || isSpaced ? before.breaks - 1 : before.breaks
        result += Array(repeating: [], count: max(0, count))
      }
      if isSpaced {
        result.append(indented(Array(line), setting))
      } else {
        let lines = wrapping.lines(of: line, from: setting.indent, like: old.lines(of: position))
        result += lines.map { indented($0, setting) }
        position += 1
      }
      before = (isSpaced, 1)
    }
    return result + content.tail
  }

  /// Cuts a text into what stands in the lines of a block and the line breaks at its end, for which the head
  /// of the block has a sign.
  private static func block(
    _ text: [UInt8], _ sign: Unicode.Scalar, _ setting: Setting
  ) -> (content: (lines: ArraySlice<UInt8>, tail: [[UInt8]]), head: [UInt8])? {
    let breaks = text.reversed().prefix { $0 == 0x0A }.count
    let lines = text.dropLast(breaks)
    guard !setting.isFlow, !lines.isEmpty,
      setting.indent > max(setting.outer, 0) || setting.outer < 0
    else { return nil }
    var head = [UInt8(ascii: sign)]
    let first = lines.first { $0 != 0x0A }
    if setting.hasIndicator || isBlank(first) {
      let digit = setting.indent - max(setting.outer, 0)
      guard (1...9).contains(digit) else { return nil }
      head.append(UInt8(ascii: "0") + UInt8(digit))
    }
    if breaks == 0 { head.append(UInt8(ascii: "-")) }
    if breaks > 1 { head.append(UInt8(ascii: "+")) }
    return ((lines, Array(repeating: [], count: max(0, breaks - 1))), head)
  }

  private static func indented(_ line: [UInt8], _ setting: Setting) -> [UInt8] {
    line.isEmpty ? [] : Array(repeating: 0x20, count: setting.indent) + line
  }
}

/// Finds the lines that a paragraph had before the text was changed.
private struct OldParagraphs {
  private let old: [[[UInt8]]]
  private let count: Int
  /// How many paragraphs are the same at the begin and at the end.
  private let head: Int
  private let tail: Int

  init(_ old: [[[UInt8]]], for new: [ArraySlice<UInt8>]) {
    let texts = old.map { Array($0.joined(separator: [0x20])) }
    self.old = old
    count = new.count
    head = zip(texts, new).prefix { $0.elementsEqual($1) }.count
    tail = min(
      zip(texts.reversed(), new.reversed()).prefix { $0.elementsEqual($1) }.count,
      min(old.count, new.count) - head)
  }

  func lines(of position: Int) -> [[UInt8]] {
    if position >= count - tail { return old[old.count - (count - position)] }
    return position < old.count - tail ? old[position] : []
  }
}

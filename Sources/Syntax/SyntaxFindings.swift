package import Diagnostics
package import SourceText

extension Diagnostic.Code {
  /// A file has more bytes than are read.
  package static let tooLarge: Self = "syntax/too-large"
  /// Values are nested deeper than is read.
  package static let tooDeep: Self = "syntax/too-deep"
  /// A file has more values than are read.
  package static let tooManyNodes: Self = "syntax/too-many-values"
  /// Bytes that are not UTF-8.
  package static let badUTF8: Self = "syntax/bad-utf8"
  /// UTF-16 or UTF-32 instead of UTF-8.
  package static let wrongEncoding: Self = "syntax/wrong-encoding"
  /// A merge left several contents of a file.
  package static let conflict: Self = "source/conflict"
  /// A character that text files do not hold, such as NUL.
  package static let controlCharacter: Self = "syntax/control-character"
}

extension SourceFile {
  /// Why the bytes are no text that registrar reads: too many, not UTF-8, with control characters; `nil`
  /// for text.
  package var textFault: Diagnostic? {
    var report = Report()
    _ = TextCheck(self, SyntaxLimits()).run(into: &report)
    return report.sorted.first { $0.severity == .error }
  }
}

/// What all readers refuse before they look at the syntax.
struct TextCheck {
  private let file: SourceFile
  private let limits: SyntaxLimits
  private let isYAML: Bool

  init(_ file: SourceFile, _ limits: SyntaxLimits, isYAML: Bool = false) {
    self.file = file
    self.limits = limits
    self.isYAML = isYAML
  }

  /// Checks size, encoding and characters, and that no merge is unfinished.
  ///
  /// - Parameter report: Where findings go.
  /// - Returns: Whether the file is ASCII throughout; `nil` where it must not be read on.
  func run(into report: inout Report) -> Bool? {
    guard file.bytes.count <= limits.bytes else {
      report.error(
        .tooLarge, "the file has \(file.bytes.count) bytes, and \(limits.bytes) are the most",
        at: .file(file.path), help: "Split the file")
      return nil
    }
    if let encoding = wideEncoding {
      report.error(
        .wrongEncoding, "the file is \(encoding), not UTF-8", at: .file(file.path),
        help: "Save it again as UTF-8")
      return nil
    }
    return file.bytes.withUnsafeBufferPointer { bytes in check(bytes, &report) }
  }

  /// The encoding that the first bytes give away (YAML 1.2, section 5.2).
  private var wideEncoding: String? {
    let start = Array(file.bytes.prefix(4))
    switch (start.first, start.dropFirst().first) {
    case (0xFE, 0xFF): return "UTF-16"
    case (0xFF, 0xFE): return start.dropFirst(2).elementsEqual([0, 0]) ? "UTF-32" : "UTF-16"
    default: break
    }
    guard start.count == 4, start.contains(0) else { return nil }
    return start.count { $0 == 0 } == 3 ? "UTF-32" : "UTF-16"
  }

  private func check(_ bytes: UnsafeBufferPointer<UInt8>, _ report: inout Report) -> Bool? {
    var offset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var isASCII = offset == 0
    var line = offset
    var hidden = HiddenCharacterFindings(in: file)
    defer { hidden.end(&report) }
    while offset < bytes.count {
      if offset == line, let mark = Self.conflictMark(bytes, at: offset) {
        report.error(
          .conflict, "a merge left this file in conflict", at: SourceRange(file.path, mark),
          help: "Keep what holds of both sides, remove the lines of marks, and run "
            + "'git add \(file.path)'")
        return nil
      }
      let byte = bytes[offset]
      if byte >= 0x20, byte < 0x7F {
        offset += 1
      } else if byte >= 0x80 {
        isASCII = false
        let length = Self.scalarLength(bytes, at: offset)
        guard length > 0 else {
          report.error(
            .badUTF8, "the byte \(hexadecimal(byte)) is not UTF-8 here",
            at: SourceRange(file.path, offset..<(offset + 1)),
            help: "Save the file again as UTF-8")
          return nil
        }
        if limits.tellsHidden, Self.mayBeHidden(byte),
          let kind = kind(of: offset..<(offset + length))
        {
          hidden.add(kind.scalar, kind.kind, at: offset..<(offset + length), &report)
        }
        offset += length
      } else if byte == 0x7F {
        if limits.tellsHidden {
          hidden.add("\u{7F}", .control, at: offset..<(offset + 1), &report)
        }
        offset += 1
      } else if byte == 0x0A || byte == 0x0D || byte == 0x09 {
        offset += 1
        if byte != 0x09 { line = offset }
      } else {
        report.error(
          .controlCharacter, "the control character \(hexadecimal(byte)) is not text",
          at: SourceRange(file.path, offset..<(offset + 1)), help: "Remove it")
        return nil
      }
    }
    return isASCII
  }

  /// Returns where a mark of a conflict stands at the begin of a line.
  ///
  /// Git writes `<<<<<<<`, `|||||||` and `>>>>>>>` with a label; a line of `=======` may be the
  /// underline of a heading.
  private static func conflictMark(
    _ bytes: UnsafeBufferPointer<UInt8>, at start: Int
  ) -> Range<Int>? {
    let sign = bytes[start]
    guard sign == UInt8(ascii: "<") || sign == UInt8(ascii: ">") || sign == UInt8(ascii: "|") else {
      return nil
    }
    var offset = start
    while offset < bytes.count, bytes[offset] == sign { offset += 1 }
    // `conflict-marker-size` may ask for more than seven.
    guard (7...100).contains(offset - start), offset == bytes.count || bytes[offset] <= 0x20 else {
      return nil
    }
    if sign == UInt8(ascii: "|") {
      // A row of empty cells begins with bars too, and ends with one.
      var end = offset
      while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D, bytes[end] != sign {
        end += 1
      }
      let hasLabel = bytes[offset..<end].contains { $0 > 0x20 }
      guard hasLabel, end == bytes.count || bytes[end] != sign else { return nil }
    }
    return start..<offset
  }

  /// Whether the first byte of a scalar may be that of a hidden one.
  private static func mayBeHidden(_ byte: UInt8) -> Bool {
    byte == 0xC2 || byte == 0xCD || byte == 0xD8 || (0xE1...0xE3).contains(byte) || byte >= 0xEE
  }

  private func kind(of range: Range<Int>) -> (scalar: Unicode.Scalar, kind: HiddenCharacter)? {
    guard let scalar = file.text(of: range).unicodeScalars.first, scalar.isHidden else {
      return nil
    }
    // YAML tells of these itself, as they end lines for some readers.
    if isYAML, [0x85, 0x2028, 0x2029].contains(scalar.value) { return nil }
    var start = range.lowerBound
    while start > 0, start > range.lowerBound - 4 {
      start -= 1
      guard file.bytes[start] & 0xC0 == 0x80 else { break }
    }
    let previous = file.text(of: start..<range.lowerBound).unicodeScalars.last
    return HiddenCharacter(scalar, after: previous).map { (scalar, $0) }
  }

  private func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return "0x" + (digits.count < 2 ? "0" : "") + digits
  }

  /// Returns how many bytes the scalar at `offset` has, or 0 where there is no valid scalar
  /// (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF).
  private static func scalarLength(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Int {
    let first = bytes[offset]
    let (length, low, high): (Int, UInt8, UInt8) =
      switch first {
      case 0xC2...0xDF: (2, 0x80, 0xBF)
      case 0xE0: (3, 0xA0, 0xBF)
      case 0xE1...0xEC, 0xEE...0xEF: (3, 0x80, 0xBF)
      case 0xED: (3, 0x80, 0x9F)
      case 0xF0: (4, 0x90, 0xBF)
      case 0xF1...0xF3: (4, 0x80, 0xBF)
      case 0xF4: (4, 0x80, 0x8F)
      default: (0, 0, 0)
      }
    guard length > 0, offset + length <= bytes.count else { return 0 }
    guard bytes[offset + 1] >= low, bytes[offset + 1] <= high else { return 0 }
    for next in 2..<max(2, length) where bytes[offset + next] & 0xC0 != 0x80 { return 0 }
    return length
  }
}

extension Report {
  /// Notes that values are nested too deep.
  mutating func tooDeep(at range: SourceRange, _ limits: SyntaxLimits) {
    error(
      .tooDeep, "values are nested more than \(limits.depth) levels deep", at: range,
      help: "Flatten the structure")
  }

  /// Notes that a table of a document is too wide.
  mutating func tooManyColumns(at range: SourceRange, _ columns: Int) {
    error(
      .tooManyNodes,
      "this line has more than \(columns) columns, the most of a table in a document",
      at: range, help: "Keep the table in a CSV file, or split it")
  }

  /// Notes that a file has too many values.
  mutating func tooManyNodes(at range: SourceRange, _ limits: SyntaxLimits) {
    error(
      .tooManyNodes, "the file has more than \(limits.nodes) values", at: range,
      help: "Split the file")
  }
}

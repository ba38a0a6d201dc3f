package import Diagnostics
package import SourceText

/// A Markdown file: a YAML head between lines of dashes, and a body of CommonMark with tables.
package struct MarkdownDocument: Sendable {
  package let file: SourceFile
  /// The head, or `nil` where there is none.
  package let head: SyntaxTree?
  /// The text of the head, without the lines of dashes.
  package let headRange: Range<Int>
  /// All that follows the head.
  package let bodyRange: Range<Int>
  /// The blocks of the body in document order.
  package let blocks: [MarkdownBlock]

  /// Returns the source of a block.
  package func text(of block: MarkdownBlock) -> String { file.text(of: block.range) }
}

/// Reads Markdown files with a YAML head.
package struct MarkdownReader {
  /// Reads a file.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - requiresHead: Whether a file without a head is a mistake.
  ///   - limits: How much to take.
  ///   - report: Where findings go.
  /// - Returns: The document, or `nil` where it cannot be read; the report then says why.
  package static func document(
    of file: SourceFile, requiresHead: Bool, limits: SyntaxLimits = .init(),
    into report: inout Report
  ) -> MarkdownDocument? {
    guard TextCheck(file, limits).run(into: &report) != nil else { return nil }
    guard let split = split(file, requiresHead, &report) else { return nil }
    let head =
      split.head.isEmpty && !requiresHead
      ? nil : YAMLReader.tree(of: file, range: split.head, limits: limits, into: &report)
    if let root = head?.root, root.kind != .object {
      report.error(
        .badHead, "the head is not a mapping", at: root.range,
        help: "Write lines of 'key: value' between the lines of dashes")
    }
    guard
      let blocks = MarkdownBlocks(file: file, body: split.body, limits: limits).read(into: &report)
    else { return nil }
    if limits.tellsHidden { checkEntities(in: file, split.body, &report) }
    return MarkdownDocument(
      file: file, head: head, headRange: split.head, bodyRange: split.body, blocks: blocks)
  }

  /// Finds hidden characters that numbers stand for: `&#8203;`, `&#x200B;`.
  private static func checkEntities(
    in file: SourceFile, _ body: Range<Int>, _ report: inout Report
  ) {
    var findings = HiddenCharacterFindings(in: file)
    var offset = body.lowerBound
    while offset + 3 < body.upperBound {
      guard file.bytes[offset] == UInt8(ascii: "&"), file.bytes[offset + 1] == UInt8(ascii: "#")
      else {
        offset += 1
        continue
      }
      let start = offset
      offset += 2
      let digits = file.bytes[offset..<min(offset + 9, body.upperBound)].prefix {
        $0 != UInt8(ascii: ";")
      }
      let text = String(decoding: digits, as: UTF8.self)
      let isHexadecimal = text.first == "x" || text.first == "X"
      guard offset + digits.count < body.upperBound,
        file.bytes[offset + digits.count] == UInt8(ascii: ";"),
        let value = UInt32(
          isHexadecimal ? text.dropFirst() : text[...], radix: isHexadecimal ? 16 : 10),
        let scalar = Unicode.Scalar(value)
      else { continue }
      offset += digits.count + 1
      if let kind = HiddenCharacter(scalar, after: nil) {
        findings.add(scalar, kind, at: start..<offset, &report)
      }
    }
    findings.end(&report)
  }

  private static func split(
    _ file: SourceFile, _ requiresHead: Bool, _ report: inout Report
  ) -> (head: Range<Int>, body: Range<Int>)? {
    let start = file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let first = line(in: file, from: start)
    guard isMarker(file, start..<first.end, dots: false) else {
      if requiresHead {
        report.error(
          .missingHead, "the document has no head", at: SourceRange(file.path, start..<start),
          help: "Begin it with a line '---', lines of 'key: value' and a line '---'")
        return nil
      }
      return (start..<start, start..<file.bytes.count)
    }
    var offset = first.next
    while offset < file.bytes.count {
      let current = line(in: file, from: offset)
      if isMarker(file, offset..<current.end, dots: true) {
        return (first.next..<offset, current.next..<file.bytes.count)
      }
      offset = current.next
    }
    report.error(
      .unclosedHead, "the head is never closed", at: SourceRange(file.path, start..<first.end),
      help: "Add a line '---' after the last line of the head")
    return nil
  }

  private static func line(in file: SourceFile, from start: Int) -> (end: Int, next: Int) {
    var end = start
    while end < file.bytes.count, file.bytes[end] != 0x0A { end += 1 }
    return (end, min(end + 1, file.bytes.count))
  }

  private static func isMarker(_ file: SourceFile, _ range: Range<Int>, dots: Bool) -> Bool {
    var line = file.bytes[range]
    while let last = line.last, [0x20, 0x09, 0x0D].contains(last) { line.removeLast() }
    return line.elementsEqual("---".utf8) || (dots && line.elementsEqual("...".utf8))
  }
}

extension Diagnostic.Code {
  /// A document has no head.
  package static let missingHead: Self = "markdown/missing-head"
  /// A head does not end.
  package static let unclosedHead: Self = "markdown/unclosed-head"
  /// A head is not a mapping.
  package static let badHead: Self = "markdown/bad-head"
}

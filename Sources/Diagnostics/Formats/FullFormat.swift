import SourceText

/// Findings for people at a terminal: a headline, the lines in question with marks under them, and
/// what to do.
struct FullFormat {
  let context: ReportContext
  /// The most columns of a line that are shown around a mark.
  private static let width = 110

  func text(of diagnostics: [Diagnostic], _ places: inout Places) -> String {
    diagnostics.map { text(of: $0, &places) }.joined(separator: "\n")
  }

  private func text(of diagnostic: Diagnostic, _ places: inout Places) -> String {
    places.commit = diagnostic.commit
    let paint = Paint(isOn: context.usesColour)
    let waived = diagnostic.isWaived ? "waived " : ""
    let severity = "\(waived)\(diagnostic.severity.rawValue)[\(diagnostic.code.rawValue)]"
    var text = paint.severity(severity, diagnostic.severity)
    text += paint.bold(": " + diagnostic.message.text.visibleOnOneLine) + "\n"
    var labels = [Diagnostic.Label("", at: diagnostic.range)] + diagnostic.related
    labels = labels.enumerated().sorted { left, right in
      // The file of the finding first, then each file's lines in order.
      let isHere = left.element.range.path == diagnostic.range.path
      if isHere != (right.element.range.path == diagnostic.range.path) { return isHere }
      return left.element.range != right.element.range
        ? left.element.range < right.element.range : left.offset < right.offset
    }.map(\.element)
    let gutter =
      labels.compactMap { places.position(of: $0.range)?.start.line }.max()
      .map { String($0).count } ?? 1
    var path: RepoPath?
    var lastLine = 0
    for label in labels {
      let position = places.position(of: label.range)
      if label.range.path != path {
        let start = path == nil ? places.position(of: diagnostic.range)?.start : position?.start
        let arrow = path == nil ? "-->" : ":::"
        let place = start.map { ":\($0.line):\($0.column)" } ?? ""
        text +=
          String(repeating: " ", count: gutter) + paint.blue(arrow)
          + " \(label.range.path.string.visibleOnOneLine)\(place)\n"
        path = label.range.path
        lastLine = 0
        if position != nil { text += bar(gutter, paint) + "\n" }
      }
      guard let position, let source = places.text(of: label.range.path) else { continue }
      if lastLine > 0, position.start.line > lastLine + 1 { text += paint.blue("...") + "\n" }
      let isPrimary = label.range == diagnostic.range && label.message.text.isEmpty
      let picture = Picture(
        line: source.lines.offsets(ofLine: position.start.line), range: label.range.offsets,
        file: source.file, width: Self.width)
      if position.start.line != lastLine {
        let number = String(position.start.line)
        text += paint.blue(
          String(repeating: " ", count: gutter - number.count + 1) + number + " | ")
        text += picture.text + "\n"
      }
      let marks = picture.marks(isPrimary ? "^" : "-")
      let note = label.message.text.isEmpty ? "" : " " + label.message.text.visibleOnOneLine
      text +=
        bar(gutter, paint) + " "
        + (isPrimary
          ? paint.severity(marks + note, diagnostic.severity) : paint.blue(marks + note)) + "\n"
      lastLine = position.start.line
    }
    let notes = [("commit", diagnostic.commit?.label), ("help", diagnostic.help)]
    for case (let title, let note?) in notes {
      text +=
        String(repeating: " ", count: gutter + 1) + paint.blue("=") + paint.bold(" " + title)
        + ": \(note.visibleOnOneLine)\n"
    }
    return text
  }

  private func bar(_ gutter: Int, _ paint: Paint) -> String {
    paint.blue(String(repeating: " ", count: gutter + 2) + "|")
  }
}

/// One line of source as it is shown, and where a range stands in it.
private struct Picture {
  let text: String
  /// More bytes than fill a line, however many a column has.
  private static let most = 512
  private let before: Int
  private let length: Int

  init(line: Range<Int>, range: Range<Int>, file: SourceFile, width: Int) {
    let start = min(max(range.lowerBound, line.lowerBound), line.upperBound)
    let end = min(max(range.upperBound, start), line.upperBound)
    let head = Self.shown(file, line.lowerBound..<start, fromEnd: true)
    let marked = Self.shown(file, start..<end)
    let tail = Self.shown(file, end..<line.upperBound)
    let headWidth = displayWidth(head)
    let markedWidth = displayWidth(marked)
    length = max(1, min(markedWidth, width))
    guard headWidth + markedWidth + displayWidth(tail) > width else {
      text = head + marked + tail
      before = headWidth
      return
    }
    // A long line is cut around the mark.
    let keptHead = headWidth + markedWidth <= width ? head : "…" + Self.suffix(head, width / 3)
    let room = max(0, width - displayWidth(keptHead) - length)
    let keptTail = displayWidth(tail) > room ? Self.prefix(tail, room) + "…" : tail
    let keptMark = markedWidth > width ? Self.prefix(marked, width) + "…" : marked
    text = keptHead + keptMark + (markedWidth > width ? "" : keptTail)
    before = displayWidth(keptHead)
  }

  /// Returns a stretch as it is shown, or as much of its begin or end as could be.
  ///
  /// A line may be as long as a file, and have as many findings.
  private static func shown(
    _ file: SourceFile, _ stretch: Range<Int>, fromEnd: Bool = false
  ) -> String {
    var range = stretch
    if range.count > most {
      // No scalar is cut in two.
      var cut = fromEnd ? range.upperBound - most : range.lowerBound + most
      while cut > range.lowerBound, file.bytes[cut] & 0xC0 == 0x80 { cut -= 1 }
      range = fromEnd ? cut..<range.upperBound : range.lowerBound..<cut
    }
    var result = ""
    for scalar in file.text(of: range).unicodeScalars {
      if scalar == "\t" {
        result += "  "
      } else if scalar.isHidden {
        result += scalar.visible
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func prefix(_ text: String, _ width: Int) -> String {
    var used = 0
    return String(
      text.prefix { character in
        used += displayWidth(String(character))
        return used <= width
      })
  }

  private static func suffix(_ text: String, _ width: Int) -> String {
    String(prefix(String(text.reversed()), width).reversed())
  }

  func marks(_ mark: String) -> String {
    String(repeating: " ", count: before) + String(repeating: mark, count: length)
  }
}

/// Colours of a terminal, or none.
struct Paint {
  let isOn: Bool

  private func paint(_ text: String, _ code: String) -> String {
    isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }

  func bold(_ text: String) -> String { paint(text, "1") }
  func blue(_ text: String) -> String { paint(text, "1;34") }

  func severity(_ text: String, _ severity: Diagnostic.Severity) -> String {
    switch severity {
    case .error: paint(text, "1;31")
    case .warning: paint(text, "1;33")
    case .note: paint(text, "1;36")
    }
  }
}

/// Differences that readers cannot see, in words: a no-break space for a space, another composition of
/// the same letter, line ends.
package enum Unseen {
  /// Returns what differs of two texts that look alike.
  ///
  /// - Parameters:
  ///   - old: The text before.
  ///   - new: The text now.
  /// - Returns: Notes such as `no-break space becomes space`; none where the texts look different or
  ///   are the same.
  package static func notes(from old: String, to new: String) -> [String] {
    guard !old.utf8.elementsEqual(new.utf8) else { return [] }
    let (one, two) = (Look(old), Look(new))
    // Equality of texts is that of what is composed from the same letters.
    guard one.visible == two.visible else { return [] }
    var notes: [String] = []
    if one.lineEnds != two.lineEnds, one.lineCount == two.lineCount { notes.append("line ends") }
    var (lost, gained) = (one.excess(over: two), two.excess(over: one))
    let atEnd = (one.endsWithBreak, two.endsWithBreak)
    if atEnd.0 != atEnd.1 {
      notes.append(atEnd.0 ? "no line break at the end" : "a line break at the end")
      lost.removeAll { $0 == "\n" }
      gained.removeAll { $0 == "\n" }
    }
    while let scalar = lost.first, isSpace(scalar), let other = gained.first(where: isSpace) {
      lost.removeFirst()
      if let place = gained.firstIndex(of: other) { gained.remove(at: place) }
      notes.append("\(name(of: scalar)) becomes \(name(of: other))")
    }
    notes += lost.map { "\(name(of: $0)) is gone" } + gained.map { "\(name(of: $0)) is new" }
    if !one.visible.unicodeScalars.elementsEqual(two.visible.unicodeScalars) {
      notes.append("composed differently")
    }
    return notes.isEmpty ? ["white space"] : notes
  }

  /// Returns the same of the passages of a difference in which one text stands for another.
  package static func notes(in wording: Wording) -> [String] {
    var notes: [String] = []
    for (one, two) in zip(wording.parts, wording.parts.dropFirst())
    where one.kind == .deleted && two.kind == .inserted {
      notes += Self.notes(from: one.text, to: two.text).filter { !notes.contains($0) }
    }
    for part in wording.parts where part.kind != .equal {
      // A sign without a shape that stands for itself.
      let look = Look(part.text)
      guard look.visible.isEmpty, !look.unseen.isEmpty else { continue }
      let end = part.kind == .deleted ? "is gone" : "is new"
      notes += Set(look.unseen.keys.filter { !isPlain($0) }).sorted()
        .map { "\(name(of: $0)) \(end)" }.filter { note in
          !notes.contains { $0.contains(note.dropLast(end.utf8.count)) }
        }
    }
    return notes
  }

  /// What is seen of a text, and what is not.
  private struct Look {
    /// The text with one space for white space between words, and without signs that have no shape.
    var visible = ""
    /// How often each scalar stands in it that has no shape.
    var unseen: [Unicode.Scalar: Int] = [:]
    var lineEnds: Set<String> = []
    var lineCount = 0
    var endsWithBreak = false

    init(_ text: String) {
      var isSpaced = false
      var scalars = String.UnicodeScalarView()
      var last: Unicode.Scalar?
      func endLine(_ end: String) {
        lineEnds.insert(end)
        lineCount += 1
        unseen["\n", default: 0] += 1
      }
      for scalar in text.unicodeScalars {
        if last == "\r" { endLine(scalar == "\n" ? "\r\n" : "\r") }
        if scalar == "\n", last != "\r" { endLine("\n") }
        last = scalar
        if scalar == "\n" || scalar == "\r" {
          isSpaced = true
        } else if Unseen.isSpace(scalar) {
          isSpaced = true
          unseen[scalar, default: 0] += 1
        } else if scalar.properties.isDefaultIgnorableCodePoint
          || scalar.properties.generalCategory == .control
          || scalar.properties.generalCategory == .format
        {
          unseen[scalar, default: 0] += 1
        } else {
          if isSpaced, !scalars.isEmpty { scalars.append(" ") }
          isSpaced = false
          scalars.append(scalar)
        }
      }
      if last == "\r" { endLine("\r") }
      visible = String(scalars)
      endsWithBreak = last == "\n" || last == "\r"
    }

    /// Returns the scalars that stand here more often, the odd ones first.
    func excess(over other: Look) -> [Unicode.Scalar] {
      unseen.filter { $0.value > other.unseen[$0.key] ?? 0 }.map(\.key)
        .sorted { (Unseen.isPlain($0) ? 1 : 0, $0) < (Unseen.isPlain($1) ? 1 : 0, $1) }
    }
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\n" }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace
  }

  /// Returns what a scalar is called.
  private static func name(of scalar: Unicode.Scalar) -> String {
    switch scalar {
    case " ": return "space"
    case "\t": return "tab"
    case "\n": return "line break"
    default:
      let digits = String(scalar.value, radix: 16, uppercase: true)
      let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
      return scalar.properties.name?.lowercased() ?? scalar.properties.nameAlias?.lowercased()
        ?? code
    }
  }
}

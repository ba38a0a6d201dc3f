package import Comparison
package import Diagnostics
import Registry
import SourceText
package import Syntax

/// Changes of registers and documents as text for a terminal.
package struct ChangeText {
  private let usesColour: Bool
  /// Returns what is behind the change of a file: one line each.
  private let reasons: (RecordChange) -> [String]

  /// Prepares the writing.
  ///
  /// - Parameters:
  ///   - usesColour: Whether changes are coloured; they are marked in any case.
  ///   - reasons: Returns the commits behind a change, one line each.
  package init(usesColour: Bool, reasons: @escaping (RecordChange) -> [String] = { _ in [] }) {
    self.usesColour = usesColour
    self.reasons = reasons
  }

  private func paint(_ text: PaintedText, _ style: StaticString) -> PaintedText {
    usesColour ? text.painted(style) : text
  }

  /// Writes the changes of one register, piece by piece.
  package func write(
    _ changes: [RecordChange], in register: String, title: String, _ write: (PaintedText) -> Void
  ) {
    write(paint("\(register) (\(title)): \(Self.counts(changes))", "1") + "\n")
    for change in changes { write(text(of: change)) }
  }

  /// Returns how many records were added, changed and removed, in words.
  package static func counts(_ changes: [RecordChange]) -> String {
    let kinds: [RecordChange.Kind] = [.added, .changed, .removed]
    return kinds.compactMap { kind in
      let count = changes.count { $0.kind == kind }
      return count > 0 ? "\(count) \(kind.rawValue)" : nil
    }.joined(separator: ", ")
  }

  /// Returns one change.
  package func text(of change: RecordChange) -> PaintedText {
    var lines: [PaintedText] = []
    switch change.kind {
    case .added: lines.append(paint("+ \(change.id)", "32"))
    case .removed: lines.append(paint("- \(change.id)", "31"))
    case .changed: lines.append("~ \(change.id)")
    }
    if let former = change.formerID { lines[0] += ", was \(former)" }
    if let path = change.formerPath {
      lines.append("    file: \(path) → \(change.new?.path.string ?? "")")
    }
    if change.kind != .changed {
      for member in (change.new ?? change.old)?.node.members ?? []
      where member.key.text != "id" {
        lines += ValueText.lines(member.key.text ?? "", member.value).map { "    \($0)" }
      }
    } else {
      for field in change.fields + change.references { lines += self.lines(for: field) }
    }
    for consequence in change.consequences {
      lines.append("    \(consequence.name): \(consequence.old ?? "–") → \(consequence.new ?? "–")")
    }
    lines += reasons(change).map { paint("    by \($0)", "2") }
    return lines.map { "  \($0)\n" }.joined()
  }

  /// From how many bytes on two texts are told apart word by word.
  private static let longestValue = 30

  private func lines(for field: FieldChange) -> [PaintedText] {
    let name: PaintedText = "    \(field.path):"
    if let order = ValueText.order(of: field) { return ["\(name) \(order)"] }
    let notes = ValueText.notes(on: field)
    let remark = notes.isEmpty ? "" : " (\(notes.joined(separator: ", ")))"
    switch (field.old, field.new) {
    case (let old?, let new?):
      if let wording = field.wording {
        let isLong = max(wording.old.utf8.count, wording.new.utf8.count) > Self.longestValue
        if isLong || (notes.isEmpty && wording.parts.contains { $0.text.utf8.contains(0x0A) }) {
          return block(name, wording, remark)
        }
      }
      guard notes.isEmpty else {
        return ["\(name) \(ValueText.quoted(old)) → \(ValueText.quoted(new))\(remark)"]
      }
      return ["\(name) \(Self.shown(old)) → \(Self.shown(new))"]
    case (let old?, nil): return whole(name, old, "[-", "-]", "31")
    case (nil, let new?): return whole(name, new, "{+", "+}", "32")
    case (nil, nil): return []
    }
  }

  /// Returns a value that came or went as a whole, between marks.
  private func whole(
    _ name: PaintedText, _ node: Node, _ open: String, _ close: String, _ style: StaticString
  ) -> [PaintedText] {
    guard node.kind == .string, node.bytes.contains(0x0A) else {
      return ["\(name) \(paint("\(open)\(Self.shown(node))\(close)", style))"]
    }
    return [name]
      + ValueText.textLines(node.text ?? "").map { line in
        line.isEmpty ? "" : "      \(paint("\(open)\(line)\(close)", style))"
      }
  }

  /// Returns a difference of words, below the name where it has several lines.
  private func block(_ name: PaintedText, _ wording: Wording, _ remark: String) -> [PaintedText] {
    let lines = shownLines(of: wording)
    guard lines.count > 1 else { return ["\(name) \(lines.first ?? "")\(remark)"] }
    return ["\(name)\(remark)"] + lines.map { "      \($0)" }
  }

  /// Returns the lines of a difference with what is near to a change; the others are counted.
  private func shownLines(of wording: Wording) -> [PaintedText] {
    let lines = self.lines(of: wording)
    // What only moved is shown as it is.
    guard lines.contains(where: \.isChanged) else { return lines.map(\.text) }
    var shown: [PaintedText] = []
    var hidden = 0
    func tellHidden() {
      if hidden > 0 { shown.append(paint("… \(Count(hidden, "line")) the same", "2")) }
      hidden = 0
    }
    for (index, line) in lines.enumerated() {
      let near = lines[max(0, index - 1)...min(index + 1, lines.count - 1)]
      if near.contains(where: \.isChanged) {
        tellHidden()
        shown.append(line.text)
      } else {
        hidden += 1
      }
    }
    tellHidden()
    return shown
  }

  /// Returns the lines of a difference, each with its own marks.
  private func lines(of wording: Wording) -> [(text: PaintedText, isChanged: Bool)] {
    var lines: [(text: PaintedText, isChanged: Bool)] = [("", false)]
    for part in Self.fromLineStarts(wording.parts) {
      let isBreak = part.kind != .equal && part.text == "\n"
      let pieces = part.text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      for (index, piece) in pieces.enumerated() {
        if index > 0 { lines.append(("", false)) }
        guard part.kind != .equal else {
          lines[lines.count - 1].text += "\(Substring(piece))"
          continue
        }
        // A line break alone would leave no mark.
        let text = isBreak && index == 0 ? "\\n" : Substring(piece)
        guard !text.isEmpty else { continue }
        lines[lines.count - 1].text +=
          part.kind == .deleted ? paint("[-\(text)-]", "31") : paint("{+\(text)+}", "32")
        lines[lines.count - 1].isChanged = true
      }
    }
    if let last = lines.last, last.text.isEmpty, lines.count > 1 { lines.removeLast() }
    return lines
  }

  /// Moves what came or went between line breaks, so that it begins a line: of two line breaks either
  /// may be the one that is new.
  private static func fromLineStarts(
    _ parts: [Wording.Part]
  ) -> [(kind: Wording.Kind, text: Substring)] {
    var moved = parts.map { (kind: $0.kind, text: $0.text[...]) }
    for index in moved.indices.dropFirst().dropLast()
    where moved[index].kind != .equal && moved[index].text.count > 1
      && moved[index].text.first == "\n" && moved[index - 1].kind == .equal
      && moved[index + 1].kind == .equal && moved[index + 1].text.first == "\n"
    {
      moved[index - 1].text += "\n"
      moved[index].text = moved[index].text.dropFirst() + "\n"
      moved[index + 1].text = moved[index + 1].text.dropFirst()
    }
    return moved
  }

  /// Returns a difference of words with the marks of `git diff --word-diff`.
  package func text(of wording: Wording) -> PaintedText {
    wording.parts.map { part in
      switch part.kind {
      case .equal: PaintedText(part.text)
      case .deleted: paint("[-\(part.text)-]", "31")
      case .inserted: paint("{+\(part.text)+}", "32")
      }
    }.joined()
  }

  /// Returns a value on one line.
  package static func shown(_ node: Node) -> String { ValueText.line(node) }

  /// Returns the passages of a document that changed, each with its number.
  ///
  /// - Parameters:
  ///   - redline: The document.
  ///   - positions: The steps to show; all where it is `nil`.
  ///   - showsHead: Whether the head of the file is told too, which else is told as a record.
  ///   - reason: Returns the commit behind the change of a passage.
  /// - Returns: The lines.
  package func text(
    of redline: Redline, only positions: Set<Int>? = nil, showsHead: Bool = false,
    reason: (Int) -> String? = { _ in nil }
  ) -> PaintedText {
    var text: PaintedText = ""
    var heading = ""
    var shownHeading = ""
    // What is behind several changes is told once, under the last of them.
    var lastReason: String?
    func tellReason(_ next: String?) {
      if let lastReason, lastReason != next {
        text += "      \(paint("by \(lastReason)", "2"))\n"
      }
      lastReason = next
    }
    for (position, step) in redline.steps.enumerated() {
      let passage = step.new ?? step.old
      if case .heading? = passage?.kind { heading = passage?.text ?? "" }
      guard step.isChange, showsHead || passage?.kind != .head,
        positions?.contains(position) ?? true
      else { continue }
      tellReason(reason(position))
      if heading != shownHeading, !heading.isEmpty {
        text += "    \(paint("§ \(heading)", "1"))\n"
        shownHeading = heading
      }
      let number = passage?.kind == .head ? "head" : passage?.number ?? ""
      let remark = Remark.text(of: step, in: redline)
      let kind = step.kind == .same ? "renumbered" : Self.name(of: step.kind)
      var title = [number, kind].filter { !$0.isEmpty }.joined(separator: " ")
      if let remark { title += " (\(remark))" }
      text += "    \(paint(PaintedText(title), "36"))\n"
      // What moved is shown once, where it is now, with what changed in it.
      guard step.kind != .same, step.kind != .movedAway else { continue }
      let origin =
        step.kind == .movedHere ? step.partner.flatMap { redline.steps[$0].old } : step.old
      var wording = PassageWording.shown(from: origin, to: step.new)
      if !wording.isChanged, step.kind == .reworded {
        wording = PassageWording(from: origin, to: step.new).wording
      }
      for line in shownLines(of: wording) where !line.isEmpty { text += "      \(line)\n" }
    }
    tellReason(nil)
    let layout = positions == nil ? redline.layoutDifferences : []
    if !layout.isEmpty {
      text += "    \(paint("layout only", "36")): \(layout.joined(separator: ", "))\n"
    }
    return text
  }

  /// Returns a kind of change as a word.
  package static func name(of kind: Redline.Kind) -> String {
    switch kind {
    case .same: "unchanged"
    case .layout: "layout only"
    case .reworded: "reworded"
    case .inserted: "inserted"
    case .deleted: "deleted"
    case .movedAway: "moved away"
    case .movedHere: "moved here"
    case .split: "split off"
    case .joined: "joined"
    }
  }
}

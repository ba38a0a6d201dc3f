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

  /// Returns the changes of one register.
  package func text(of changes: [RecordChange], in register: String, title: String) -> PaintedText {
    var text = paint("\(register) (\(title)): \(Self.counts(changes))", "1") + "\n"
    for change in changes { text += self.text(of: change) }
    return text
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
      where member.value.kind != .object {
        let name = member.key.text ?? ""
        guard name != "id", member.value.kind != .array else { continue }
        lines.append("    \(name): \(Self.shown(member.value))")
      }
    }
    for field in change.fields { lines += self.lines(for: field) }
    for reference in change.references { lines += self.lines(for: reference) }
    for consequence in change.consequences {
      lines.append("    \(consequence.name): \(consequence.old ?? "–") → \(consequence.new ?? "–")")
    }
    lines += reasons(change).map { paint("    by \($0)", "2") }
    return lines.map { "  \($0)\n" }.joined()
  }

  private func lines(for field: FieldChange) -> [PaintedText] {
    guard let old = field.old else {
      return ["    \(field.path): \(paint("{+\(field.new.map(Self.shown) ?? "")+}", "32"))"]
    }
    guard let new = field.new else {
      return ["    \(field.path): \(paint("[-\(Self.shown(old))-]", "31"))"]
    }
    if let wording = field.wording, max(wording.old.utf8.count, wording.new.utf8.count) > 30 {
      return ["    \(field.path): \(text(of: wording))"]
    }
    return ["    \(field.path): \(Self.shown(old)) → \(Self.shown(new))"]
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
  package static func shown(_ node: Node) -> String {
    switch node.kind {
    case .array: "[" + node.elements.map(shown).joined(separator: ", ") + "]"
    case .object:
      "{" + node.members.map { "\($0.key.text ?? ""): \(shown($0.value))" }.joined(separator: ", ")
        + "}"
    default: (node.text ?? "null").replacing("\n", with: " ")
    }
  }

  /// Returns the passages of a document that changed, each with its number.
  ///
  /// - Parameters:
  ///   - redline: The document.
  ///   - positions: The steps to show; all where it is `nil`.
  ///   - reason: Returns the commit behind the change of a passage.
  /// - Returns: The lines.
  package func text(
    of redline: Redline, only positions: Set<Int>? = nil, reason: (Int) -> String? = { _ in nil }
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
      guard step.kind != .same || step.isRenumbered, passage?.kind != .head,
        positions?.contains(position) ?? true
      else { continue }
      tellReason(reason(position))
      if heading != shownHeading, !heading.isEmpty {
        text += "    \(paint("§ \(heading)", "1"))\n"
        shownHeading = heading
      }
      let number = passage?.number ?? ""
      let remark = Remark.text(of: step, in: redline)
      let kind = step.kind == .same ? "renumbered" : Self.name(of: step.kind)
      var title = [number, kind].filter { !$0.isEmpty }.joined(separator: " ")
      if let remark { title += " (\(remark))" }
      text += "    \(paint(PaintedText(title), "36"))\n"
      // What moved is shown once, where it is now, with what changed in it.
      guard step.kind != .same, step.kind != .movedAway else { continue }
      let origin =
        step.kind == .movedHere ? step.partner.flatMap { redline.steps[$0].old } : step.old
      let body = self.text(of: PassageWording(from: origin, to: step.new).shown)
      for line in body.lines { text += "      \(line)\n" }
    }
    tellReason(nil)
    return text
  }

  /// Returns a kind of change as a word.
  package static func name(of kind: Redline.Kind) -> String {
    switch kind {
    case .same: "unchanged"
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

import Comparison
import Diagnostics
import Publishing
import Registry
import SourceText
import Syntax

/// Changes in the forms that people and programs read.
struct ChangeView {
  private let changes: Changes
  private let usesColour: Bool

  /// Prepares the showing of changes.
  ///
  /// - Parameters:
  ///   - changes: What differs.
  ///   - fields: The fields to show; all where it is `nil`.
  ///   - usesColour: Whether a terminal shows colours.
  init(changes: Changes, fields: [String]?, usesColour: Bool) {
    var changes = changes
    if let fields {
      changes.registers = changes.registers.compactMap { register, records in
        let kept = records.compactMap { $0.keeping(fields) }
        return kept.isEmpty ? nil : (register, kept)
      }
      changes.documents = []
    }
    self.changes = changes
    self.usesColour = usesColour
  }

  private var title: String { "\(changes.old) → \(changes.new)" }

  var text: PaintedText {
    guard !changes.isEmpty else { return "" }
    let writer = ChangeText(usesColour: usesColour, reasons: changes.reasons)
    var parts: [PaintedText] = []
    if !changes.schemas.isEmpty {
      let lines = changes.schemas.map { change -> PaintedText in
        let kind = change.old == nil ? "added" : change.new == nil ? "removed" : "changed"
        return "  \(change.path) \(kind)\n"
      }
      parts.append("schemas and catalogue (no change of data):\n\(lines.joined())")
    }
    for (register, records) in changes.registers {
      parts.append(writer.text(of: records, in: register.name, title: register.title))
    }
    // The record of a document that came or went says so.
    for document in changes.documents where !document.isWhole {
      parts.append(
        "\(document.title)\n\(writer.text(of: document.redline, reason: document.reason))")
    }
    if !changes.dangling.isEmpty {
      let lines: [PaintedText] = changes.dangling.map {
        "  \($0.id) (\($0.register)) → \($0.target)\n"
      }
      parts.append("references that lead nowhere now:\n\(lines.joined())")
    }
    return "\(title)\n" + parts.map { "\n\($0)" }.joined()
  }

  var stat: String {
    var rows = changes.registers.map { register, records in
      [register.name]
        + [RecordChange.Kind.added, .changed, .removed].map { kind in
          String(records.count { $0.kind == kind })
        }
    }
    rows += changes.documents.filter { !$0.isWhole }.map { document in
      [document.title, "", String(document.redline.changes.count), ""]
    }
    guard !rows.isEmpty else { return "" }
    return TextTable(header: ["register", "added", "changed", "removed"], rows: rows)
      .text(width: nil)
  }

  var summary: String {
    changes.registers.map { register, records in
      records.map { record in
        let former = record.formerID.map { " (was \($0))" } ?? ""
        return "\(record.kind.rawValue) \(register.name) \(record.id)\(former)\n"
      }.joined()
    }.joined()
      + changes.documents.filter { !$0.isWhole }.map {
        "changed \($0.title): \($0.redline.changes.count) passages\n"
      }
      .joined()
  }

  /// Returns the changes as a document with tracked changes.
  ///
  /// - Parameter seconds: When they were made, since 1970.
  /// - Returns: The bytes of the file.
  /// - Throws: `Proof.Failure` where it does not give both versions back.
  func word(at seconds: Int) throws(Proof.Failure) -> [UInt8] {
    var document = WordDocument(title: title, author: "registrar", seconds: seconds)
    for (register, records) in changes.registers where register.shape != .document {
      document.add(records, of: register.title)
    }
    for change in changes.documents { document.add(change.redline) }
    return try document.redline()
  }

  /// Returns the changes as Markdown, documents as redlines in CriticMarkup.
  func markdown() throws(Proof.Failure) -> String {
    guard !changes.isEmpty else { return "" }
    // One document alone is its redline and nothing else, so that it can be read back.
    if changes.registers.isEmpty, changes.schemas.isEmpty, changes.documents.count == 1 {
      return try markdown(of: changes.documents[0].redline)
    }
    var text = "# \(title)\n"
    for (register, records) in changes.registers {
      text += "\n## \(register.title)\n"
      for record in records {
        let former = record.formerID.map { ", was \($0)" } ?? ""
        text += "\n### \(record.id) \(record.kind.rawValue)\(former)\n\n"
        for field in record.fields + record.references {
          let old = field.old.map(ChangeText.shown) ?? ""
          let new = field.new.map(ChangeText.shown) ?? ""
          let wording = field.wording ?? Wording(from: old, to: new)
          let value = CriticMarkup.text(of: wording).replacing("\n", with: " ")
          text += "- \(field.path): \(value)\n"
        }
        for consequence in record.consequences {
          text += "- \(consequence.name): \(consequence.old ?? "–") → \(consequence.new ?? "–")\n"
        }
        if record.kind != .changed {
          for member in (record.new ?? record.old)?.node.members ?? [] {
            text += "- \(member.key.text ?? ""): \(ChangeText.shown(member.value))\n"
          }
        }
        for reason in changes.reasons(record) { text += "- by \(reason)\n" }
      }
    }
    for document in changes.documents {
      text += "\n## \(document.title)\n\n" + (try markdown(of: document.redline))
    }
    return text
  }

  private func markdown(of redline: Redline) throws(Proof.Failure) -> String {
    // A comment is of neither version, and nothing may stand behind the last line but it.
    let text = CriticMarkup.text(of: redline) + CriticMarkup.comment(Proof.statement)
    try Proof.check(text, old: redline.old, new: redline.new)
    return text
  }

  func html() throws(Proof.Failure) -> String {
    try RedlinePage(
      title: title,
      summary: ["registrar \(Registrar.version)"],
      registers: changes.registers.map { ($0.register.title, $0.changes) },
      parts: changes.documents.map {
        .init(title: $0.title, redline: $0.redline, reason: $0.reason)
      }, reasons: changes.reasons
    ).text()
  }

  /// One object; `version` is 1, and its members are an interface.
  var json: String {
    let registers = changes.registers.map { register, records in
      JSONText.object([
        "register": .string(register.name), "records": .array(records.map { json($0) }),
      ])
    }
    let documents = changes.documents.map { document in
      JSONText.object([
        "id": .string(document.id), "title": .string(document.title),
        "passages": .array(
          document.redline.changes.map { index in
            let step = document.redline.steps[index]
            return .object([
              "kind": .string(step.kind == .same ? "renumbered" : step.kind.rawValue),
              "oldNumber": step.old.map { .string($0.number) },
              "newNumber": step.new.map { .string($0.number) },
              "old": step.old.map { .string($0.source) },
              "new": step.new.map { .string($0.source) },
              "partner": step.partner.map { .number($0) },
              "reason": document.reason(index).map { .string($0) },
            ])
          }),
      ])
    }
    return JSONText.object([
      "version": .number(1), "old": .string(changes.old), "new": .string(changes.new),
      "schemas": .array(changes.schemas.map { .string($0.path.string) }),
      "registers": .array(registers), "documents": .array(documents),
    ]).text + "\n"
  }

  private func json(_ change: RecordChange) -> JSONText {
    func list(_ fields: [FieldChange]) -> JSONText {
      .array(
        fields.map { field in
          .object([
            "field": .string(field.path), "old": field.old.map { .written($0.json) },
            "new": field.new.map { .written($0.json) },
          ])
        })
    }
    return .object([
      "id": .string(change.id), "kind": .string(change.kind.rawValue),
      "formerID": change.formerID.map { .string($0) },
      "formerPath": change.formerPath.map { .string($0.string) },
      "fields": list(change.fields), "references": list(change.references),
      "consequences": .array(
        change.consequences.map { consequence in
          .object([
            "name": .string(consequence.name), "old": consequence.old.map { .string($0) },
            "new": consequence.new.map { .string($0) },
          ])
        }),
      "reasons": .array(changes.reasons(change).map { .string($0) }),
    ])
  }
}

extension RecordChange {
  /// Returns the change with some fields alone, or `nil` where none of them changed.
  func keeping(_ names: [String]) -> RecordChange? {
    guard kind == .changed else { return self }
    func isKept(_ field: FieldChange) -> Bool {
      names.contains {
        field.path == $0 || field.path.hasPrefix($0 + ".") || field.path.hasPrefix($0 + "[")
      }
    }
    let kept = RecordChange(
      register: register, old: old, new: new, fields: fields.filter(isKept),
      references: references.filter(isKept))
    return kept.fields.isEmpty && kept.references.isEmpty ? nil : kept
  }
}

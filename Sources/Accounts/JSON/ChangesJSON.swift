import Comparison
import Diagnostics
import Registry
import SourceText
import Syntax

extension Changes {
  /// Writes the changes as one object, piece by piece; `version` is 1, and its members are an interface.
  ///
  /// - Parameter write: Takes the pieces.
  /// - Throws: What reading the reasons throws.
  package func writeJSON(_ write: (String) -> Void) throws {
    func string(_ text: String) -> String { JSONText.string(text).text }
    write("{\"version\":1,\"old\":\(string(old)),\"new\":\(string(new))")
    let schemaPaths = schemas.map { JSONText.string($0.path.string) }
    write(",\"schemas\":\(JSONText.array(schemaPaths).text),\"registers\":[")
    for (position, (register, records)) in registers.enumerated() {
      write(position == 0 ? "" : ",")
      write("{\"register\":\(string(register.name)),\"records\":[")
      for (number, record) in records.enumerated() {
        write((number == 0 ? "" : ",") + record.json(reasons: reasons(record)).text)
      }
      write("]}")
    }
    write("],\"documents\":[")
    var isFirst = true
    for document in documents {
      guard let text = try json(document)?.text else { continue }
      write((isFirst ? "" : ",") + text)
      isFirst = false
    }
    let (layout, rest) = othersByLayout
    let unread = unreadable.map { change in
      JSONText.object([
        "path": .string(change.file.path.string),
        "old": change.file.old.map { .string($0.code.rawValue) },
        "new": change.file.new.map { .string($0.code.rawValue) },
        "reason": .string(change.reason), "linesRemoved": change.lines.map { .number($0.removed) },
        "linesAdded": change.lines.map { .number($0.added) },
        "records": .array(change.file.ids.map { .string($0) }),
      ])
    }
    let noRecords = rest.map { change in
      JSONText.object([
        "path": .string(change.path.string), "kind": .string(change.name),
        "text": .string(change.line),
      ])
    }
    write("],\"unreadable\":\(JSONText.array(unread).text)")
    write(",\"others\":\(JSONText.array(noRecords).text)")
    let paths = layout.map { JSONText.string($0.path.string) }
    write(",\"layout\":\(JSONText.array(paths).text)}\n")
  }

  /// Returns a document; `nil` where nothing of its text differs.
  private func json(_ document: DocumentChange) throws -> JSONText? {
    let redline = document.redline
    let (positions, layout) = (document.changes(in: redline), redline.layoutDifferences)
    guard !positions.isEmpty || !layout.isEmpty else { return nil }
    let reason = try document.reasons(redline)
    let passages = positions.map { redline.json(of: $0, reason: reason($0)) }
    return .object([
      "id": .string(document.id), "title": .string(document.title), "passages": .array(passages),
      "layout": layout.isEmpty ? nil : .array(layout.map { .string($0) }),
    ])
  }
}

extension Changes {
  /// The changes as one value, for an answer that holds them.
  func json() throws -> JSONText {
    var text = ""
    try writeJSON { text += $0 }
    return .written(String(text.dropLast()))
  }
}

extension RecordChange {
  /// Returns the change as answers have it, with its reasons where these are told.
  func json(reasons: [String]?) -> JSONText {
    func list(_ fields: [FieldChange]) -> JSONText {
      .array(
        fields.map { field in
          .object([
            "field": .string(field.path), "old": field.old.map { .written($0.json) },
            "new": field.new.map { .written($0.json) },
            "order": field.order.isEmpty ? nil : .array(field.order.map { .number($0) }),
          ])
        })
    }
    return .object([
      "id": .string(id), "kind": .string(kind.rawValue),
      "formerID": formerID.map { .string($0) },
      "formerPath": formerPath.map { .string($0.string) },
      "fields": list(fields + references), "references": list(references),
      "consequences": .array(
        consequences.map { consequence in
          .object([
            "name": .string(consequence.name), "old": consequence.old.map { .string($0) },
            "new": consequence.new.map { .string($0) },
          ])
        }),
      "reasons": reasons.map { .strings($0) },
    ])
  }
}

extension Redline {
  /// Returns a passage that changed, as answers have it.
  func json(of position: Int, reason: String?) -> JSONText {
    let step = steps[position]
    return .object([
      "kind": .string(step.kind == .same ? "renumbered" : step.kind.rawValue),
      "oldNumber": step.old.map { .string($0.number) },
      "newNumber": step.new.map { .string($0.number) },
      "old": step.old.map { .string($0.source) }, "new": step.new.map { .string($0.source) },
      "partner": step.partner.map { .number($0) }, "reason": .text(reason),
    ])
  }
}

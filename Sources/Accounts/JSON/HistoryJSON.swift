import Comparison
package import Diagnostics
import Git
import History
import Registry
import SourceText
import Syntax

extension Commit {
  /// What answers tell of a commit, with the trailers that give the reason of its changes.
  func members(by catalogue: Catalogue) -> [(String, JSONText?)] {
    [
      ("commit", .string(id.description)), ("date", .string(day)), ("subject", .string(subject)),
      (
        "trailers",
        .array(
          catalogue.reasons(of: self).map {
            .object(["key": .string($0.key), "value": .string($0.value)])
          })
      ),
    ]
  }

  /// The commit as answers have it.
  func json(by catalogue: Catalogue) -> JSONText { .members(members(by: catalogue)) }
}

extension ItemLife {
  /// Returns the answer in its documented form, `log`.
  ///
  /// - Returns: One object.
  package func json() -> JSONText {
    let commits = entries.map { entry in
      JSONText.members(
        entry.commit.members(by: catalogue) + [
          ("cut", entry.isCut ? .bool(true) : nil),
          ("mended", entry.isMended ? .bool(true) : nil),
          ("unreadable", .text(entry.unreadable?.string)),
          ("was", .text(entry.formerNumber)),
          ("change", told(entry.change)?.json(reasons: nil)),
          (
            "passages",
            entry.text.map { text in
              .array(text.steps.map { text.redline.json(of: $0, reason: nil) })
            }
          ),
        ])
    }
    return .answer(
      "log",
      [
        "register": .string(register), "item": .string(id), "field": .text(field),
        "clause": .text(clause), "now": .text(heir), "cut": .bool(isCut),
        "commits": .array(commits),
      ])
  }

  /// Of an item that came or went, the field that is asked for alone.
  private func told(_ change: RecordChange?) -> RecordChange? {
    guard let change, let field, change.kind != .changed else { return change }
    guard let record = change.new ?? change.old else { return change }
    let fields = FieldChange.changes(ofWhole: record.node, isAdded: change.kind == .added)
    return RecordChange(
      register: change.register, old: change.old, new: change.new,
      fields: fields.filter { $0.path == field }, references: [])
  }
}

extension ItemHistory.Entry {
  /// The number that the clause had before, where it had another one.
  package var formerNumber: String? {
    guard !isCut, let text, let before = text.before, before != text.number, !before.isEmpty else {
      return nil
    }
    return before
  }
}

extension ReferenceLog {
  /// Returns the answer in its documented form, `log`.
  ///
  /// - Returns: One object.
  /// - Throws: What reading the changes throws.
  package func json() throws -> JSONText {
    let commits = try steps.map { commit, changes in
      JSONText.members(commit.members(by: catalogue) + [("changes", try changes?.json())])
    }
    return .answer("log", ["commits": .array(commits)])
  }
}

extension ItemOrigins {
  /// Returns the answer in its documented form, `blame`.
  ///
  /// - Returns: One object.
  package func json() -> JSONText {
    func list(_ parts: [Part], _ title: String) -> JSONText {
      .array(
        parts.map { part in
          let value: (String, JSONText?) =
            switch part.value {
            case .field(let node): ("value", .written(node.json))
            case .passage(let text): ("text", .string(text))
            }
          return .members([
            (title, .string(part.name)), value, ("commit", part.commit?.json(by: catalogue)),
            ("cut", part.isCut ? .bool(true) : nil),
          ])
        })
    }
    return .answer(
      "blame",
      [
        "register": .string(register), "item": .string(id), "cut": .bool(isCut),
        "fields": fields.map { list($0, "field") },
        "passages": passages.map { list($0, "number") },
      ])
  }
}

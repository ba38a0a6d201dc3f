import Baselines
import Comparison
package import Diagnostics
import Registry
import Rules
import Syntax

extension JSONText {
  /// An answer in its documented form: its name, the version of the form, and its members.
  static func answer(_ name: String, _ members: KeyValuePairs<String, JSONText?>) -> JSONText {
    let body = JSONText.object(members).text.dropFirst()
    let head = "{\"answer\":\(JSONText.string(name).text),\"version\":1"
    return .written(head + (body == "}" ? "}" : "," + body))
  }

  static func strings(_ values: [String]) -> JSONText { .array(values.map { .string($0) }) }

  static func text(_ value: String?) -> JSONText? { value.map { .string($0) } }

  static func day(_ value: Day?) -> JSONText? { value.map { .string("\($0)") } }
}

extension StatusAccount {
  /// Returns the answer in its documented form, `status`.
  ///
  /// - Parameter listsItems: Whether every item is listed.
  /// - Returns: One object.
  package func json(listsItems: Bool) -> JSONText {
    let since = baselines.map { kind, baseline, changes in
      JSONText.object([
        "kind": .string(kind), "name": .string(baseline.name),
        "effective": .text(baseline.effective),
        "changed": .array(
          changes.items(of: baseline).map { register, items in
            .object([
              "register": .string(register.name),
              "items": .array(
                items.map { .object(["id": .string($0.id), "kind": .string($0.kind.rawValue)]) }),
            ])
          }),
      ])
    }
    let counts = registers.map { register in
      JSONText.object([
        "name": .string(register.name), "items": .number(register.count),
        "states": .array(
          register.states.map {
            .object(["state": .string($0.state), "items": .number($0.count)])
          }),
      ])
    }
    let listed = items.map { register, record, isChanged in
      JSONText.object([
        "register": .string(register), "id": .string(record.id),
        "itemVersion": .text(record.node["version"]?.text), "state": .text(record.state),
        "changed": .bool(isChanged),
      ])
    }
    return .answer(
      "status",
      [
        "code": .string(index.snapshot.catalogue.title), "at": .string(title),
        "day": .day(day), "unclear": .bool(isUnclear), "baselines": .array(since),
        "registers": .array(counts), "items": listsItems ? .array(listed) : nil,
        "pending": pending.map { pending in
          .array(pending.all.map { $0.json(by: pending.process, changes: nil, collisions: nil) })
        },
        "variations": variations.map { variations in
          .array(
            variations.map { record, end in
              .object([
                "id": .string(record.id), "name": .text(record.shownTitle), "until": .text(end),
              ])
            })
        },
      ])
  }
}

extension PendingModification {
  /// Returns the modification as answers have it.
  func json(
    by process: ModificationProcess, changes: JSONText?, collisions: [String]?
  ) -> JSONText {
    .object([
      "id": .string(id), "title": .string(title), "state": .text(state),
      "toldAt": .text(told(by: process)), "effective": .day(effective),
      "draftedAgainst": .text(draftedAgainst),
      "branch": .string(tip == nil ? "none" : isMerged ? "merged" : "text"),
      "collisions": collisions.map { .strings($0) }, "changes": changes,
    ])
  }
}

extension DocumentLog {
  /// Returns the answer in its documented form, `document-log`.
  ///
  /// - Parameter entries: The items to tell.
  /// - Returns: One object.
  package func json(of entries: [Entry]) -> JSONText {
    let items = entries.map { entry in
      JSONText.object([
        "register": .string(entry.register), "id": .string(entry.id),
        "title": .string(entry.title), "itemVersion": .text(entry.version),
        "effective": .text(entry.effective), "decisions": .strings(entry.decisions),
        "since": .string(entry.since), "sha256": .string(entry.digest),
      ])
    }
    return .answer(
      "document-log",
      [
        "baseline": .string(baseline.name), "effective": .text(baseline.effective),
        "items": .array(items),
      ])
  }
}

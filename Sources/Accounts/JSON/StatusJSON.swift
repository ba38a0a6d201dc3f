import Baselines
import Comparison
package import Diagnostics
import Registry
import Rules
import Syntax

extension JSONText {
  /// An answer in its documented form: its name, the version of the form, and its members.
  ///
  /// - Parameters:
  ///   - name: The name of the form.
  ///   - members: Its members; those without a value are left out.
  /// - Returns: One object.
  package static func answer(
    _ name: String, _ members: KeyValuePairs<String, JSONText?>
  ) -> JSONText {
    let body = JSONText.object(members).text.dropFirst()
    let head = "{\"answer\":\(JSONText.string(name).text),\"version\":1"
    return .written(head + (body == "}" ? "}" : "," + body))
  }

  static func strings(_ values: [String]) -> JSONText { .array(values.map { .string($0) }) }

  static func text(_ value: String?) -> JSONText? { value.map { .string($0) } }

  static func day(_ value: Day?) -> JSONText? { value.map { .string("\($0)") } }

  /// Items that changed, by their registers, each with its reasons where these are told.
  static func changed<Fault: Error>(
    _ registers: [(register: Register, items: [ChangedItem])],
    _ reasons: (ChangedItem) throws(Fault) -> [String]?
  ) throws(Fault) -> JSONText {
    var parts: [JSONText] = []
    for (register, items) in registers {
      var told: [JSONText] = []
      for item in items {
        told.append(
          .object([
            "id": .string(item.id), "kind": .string(item.kind.rawValue),
            "reasons": try reasons(item).map { .strings($0) },
          ]))
      }
      parts.append(.object(["register": .string(register.name), "items": .array(told)]))
    }
    return .array(parts)
  }
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
        "changed": .changed(changes.items(of: baseline)) { _ in nil },
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
    return .answer(
      "status",
      [
        "code": .string(index.snapshot.catalogue.title), "at": .string(title),
        "day": .day(day), "unclear": .bool(isUnclear), "baselines": .array(since),
        "registers": .array(counts), "items": listsItems ? .array(items.map(Self.json)) : nil,
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

extension StatusAccount {
  /// An item as the answer lists it.
  private static func json(
    _ register: String, _ record: Record, isChanged: Bool
  ) -> JSONText {
    .object([
      "register": .string(register), "id": .string(record.id),
      "itemVersion": .text(record.node["version"]?.text), "state": .text(record.state),
      "changed": .bool(isChanged),
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

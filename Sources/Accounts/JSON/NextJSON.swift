package import Baselines
import Comparison
package import Diagnostics
package import Registry
import SourceText
import Syntax

/// What is approved and not yet in force.
package struct ComingText {
  /// The baselines that take effect later.
  package let baselines: [Baseline]
  /// The approved modifications and what they do to the text; `nil` where the catalogue says nothing of modifications.
  package let modifications: (pending: PendingModifications, text: ConformedText)?

  package init(
    baselines: [Baseline], modifications: (pending: PendingModifications, text: ConformedText)?
  ) {
    self.baselines = baselines
    self.modifications = modifications
  }

  /// Returns the answer in its documented form, `next`.
  ///
  /// - Returns: One object.
  /// - Throws: What reading the reasons of changes throws.
  package func json() throws -> JSONText {
    let coming = baselines.map { baseline in
      JSONText.object([
        "name": .string(baseline.name), "effective": .text(baseline.effective),
        "decisions": .strings(baseline.decisions),
      ])
    }
    let told = try modifications.map { pending, text in
      try pending.approved.map { modification in
        let step = text.steps.first { $0.modification.id == modification.id }
        return modification.json(
          by: pending.process, changes: try step?.changes.json(),
          collisions: step?.collisions.map(\.string))
      }
    }
    return .answer(
      "next", ["baselines": .array(coming), "modifications": .array(told ?? [])])
  }
}

extension Collisions {
  /// Returns the answer in its documented form, `collisions`.
  ///
  /// - Returns: One object.
  package func json() -> JSONText {
    let meetings = meetings.map { meeting -> JSONText in
      switch meeting {
      case .drafts(let one, let other, let part, let mine, let theirs):
        .object([
          "kind": .string("drafts"), "drafts": .strings([one, other]), "part": .string(part),
          "changes": .array([mine.json, theirs.json]),
        ])
      case .groundless(let one, let name):
        .object([
          "kind": .string("groundless"), "drafts": .strings([one]), "ground": .string(name),
        ])
      case .followed(let one, let ground, let later, let moved):
        .object([
          "kind": .string("followed"), "drafts": .strings([one]), "ground": .string(ground),
          "by": .string(later),
          "moved": .array(
            moved.map { .object(["part": .string($0.name), "change": $0.part.json]) }),
        ])
      case .moved(let one, let part, let since, let mine, let now):
        .object([
          "kind": .string("moved"), "drafts": .strings([one]), "part": .string(part),
          "since": .string(since.description), "changes": .array([mine.json, now.json]),
        ])
      }
    }
    let uncompared = uncompared.map { id, reason -> JSONText in
      switch reason {
      case .noBranch(let name):
        .object([
          "id": .string(id), "reason": .string("no-branch"), "branch": .text(name),
        ])
      case .noGround: .object(["id": .string(id), "reason": .string("no-ground")])
      }
    }
    return .answer(
      "collisions",
      [
        "drafts": .number(count), "meetings": .array(meetings), "notCompared": .array(uncompared),
      ])
  }
}

extension Collisions.Part {
  /// What changes in a part of an item.
  fileprivate var json: JSONText {
    .array(
      changes.map { change in
        switch change {
        case .whole(let kind, let register):
          .object(["kind": .string(kind.rawValue), "register": .string(register)])
        case .field(let field):
          .object([
            "field": .string(field.path), "old": field.old.map { .written($0.json) },
            "new": field.new.map { .written($0.json) },
          ])
        case .wording(let wording):
          .object(["old": .string(wording.old), "new": .string(wording.new)])
        }
      })
  }
}

extension ConformedText {
  /// Returns the text of one item in its documented form, `conformed-text`.
  ///
  /// - Parameters:
  ///   - record: The item.
  ///   - register: Its register.
  /// - Returns: One object.
  /// - Throws: `SourceTreeError` where it cannot be read.
  package func json(of record: Record, in register: Register) throws -> JSONText {
    let text = String(decoding: try tree.bytes(of: record.path, limit: .max), as: UTF8.self)
    let with = steps.filter { $0.changes(item: record.id) }.map { step in
      JSONText.object([
        "id": .string(step.modification.id), "effective": .day(step.modification.effective),
      ])
    }
    let without = steps.filter { $0.collisions.contains(record.path) }.map(\.modification.id)
    return .answer(
      "conformed-text",
      [
        "register": .string(register.name), "item": .string(record.id), "text": .string(text),
        "with": .array(with), "without": .strings(without),
      ])
  }
}

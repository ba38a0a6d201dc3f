package import Baselines
import Comparison
package import Diagnostics
import Git
package import Registry
import SourceText
import Syntax

extension Standing {
  /// The standing as one word of the documented forms.
  var name: String {
    switch self {
    case .good: "good"
    case .unsigned: "unsigned"
    case .unclear: "unclear"
    case .bad: "bad"
    }
  }
}

extension JSONText {
  /// Returns what verifying baselines found in its documented form, `verification`.
  ///
  /// - Parameters:
  ///   - entries: The baselines with what was found.
  ///   - standing: What is said of all of them together.
  /// - Returns: One object.
  package static func verification(
    _ entries: [ConfigurationAudit.Entry], _ standing: Standing
  ) -> JSONText {
    .answer(
      "verification",
      ["standing": .string(standing.name), "baselines": .array(entries.map { $0.row.json() })])
  }
}

extension ConfigurationAudit.Entry {
  /// The baseline with what was found of it.
  var row: BaselineListing.Row {
    .init(
      name: verification.name, baseline: baseline, object: nil, verification: verification,
      withdrawal: verification.withdrawal)
  }
}

extension ConfigurationAudit {
  /// Returns the answer in its documented form, `audit`.
  ///
  /// - Parameter today: The day of whoever asks.
  /// - Returns: One object.
  /// - Throws: What reading the reasons of changes throws.
  package func json(on today: Day) throws -> JSONText {
    let changed = try since?.map { kind, baseline, registers in
      JSONText.object([
        "kind": .string(kind), "baseline": .string(baseline.name),
        "changed": try registers.map { try .changed($0) { try $0.reasons() } },
      ])
    }
    return .answer(
      "audit",
      [
        "code": .string(code), "at": .string(version), "day": .day(today),
        "standing": .string(standing.name), "baselines": .array(entries.map { $0.row.json() }),
        "since": changed.map { .array($0) },
        "check": check.map { check in
          .object([
            "errors": .number(check.errors), "warnings": .number(check.warnings),
            "waived": .number(check.waived),
            "waivers": .array(
              check.waivers.map {
                .object(["id": .string($0.waiver.id), "findings": .number($0.count)])
              }),
          ])
        },
        "findings": .strings(findings), "unclear": .strings(unclear),
        "undecided": .strings(undecided), "unsigned": .strings(unsigned),
        "untagged": .array(
          untagged.map { version in
            .object([
              "id": .string(version.id), "register": .string(version.register),
              "effective": .day(version.day), "name": .string(version.name),
            ])
          }),
        "overtaken": .strings(overtaken.map(\.id)),
      ])
  }
}

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
  /// Returns what was in force on a day in its documented form, `as-of`.
  ///
  /// - Parameters:
  ///   - date: The day.
  ///   - known: The day by which baselines were published; `nil` where all count.
  ///   - answers: The answer of each kind, with the version that had followed the baseline and has none.
  /// - Returns: One object.
  package static func inForce(
    on date: Day, known: Day?,
    _ answers: [(kind: String, answer: InForce, follower: UntaggedVersion?)]
  ) -> JSONText {
    let kinds = answers.map { kind, answer, follower -> JSONText in
      switch answer {
      case .baseline(let baseline):
        .object([
          "kind": .string(kind), "baseline": .string(baseline.name),
          "effective": .text(baseline.effective), "decisions": .strings(baseline.decisions),
          "unclear": .bool(false),
          "followedBy": follower.map { version in
            .object([
              "id": .string(version.id), "register": .string(version.register),
              "effective": .day(version.day),
            ])
          },
        ])
      case .unknown(let baseline):
        .object([
          "kind": .string(kind), "baseline": .string(baseline.name), "unclear": .bool(true),
        ])
      }
    }
    return .answer("as-of", ["date": .day(date), "known": .day(known), "kinds": .array(kinds)])
  }

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
      ["standing": .string(standing.name), "baselines": .array(entries.map(\.json))])
  }
}

extension ConfigurationAudit.Entry {
  /// The baseline with what was found of it.
  fileprivate var json: JSONText {
    .object([
      "name": .string(verification.name), "effective": .text(baseline?.effective),
      "decisions": baseline.map { .strings($0.decisions) },
      "items": baseline?["Items"].flatMap { Int($0) }.map { .number($0) },
      "commit": .text(baseline?.tag.target.description),
      "manifestSHA256": .text(baseline?["Manifest-SHA256"]),
      "standing": .string(verification.standing.name),
      "signed": .bool(verification.isSigned),
      "signers": .strings(verification.signers.map(\.name)),
      "findings": .array(
        verification.findings.map { finding in
          .object([
            "standing": finding.standing.map { .string($0.name) }, "text": .string(finding.text),
          ])
        }),
      "waived": .number(verification.waived.sorted.count),
      "withdrawnBy": .text(verification.withdrawal?.decision),
    ])
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
        "standing": .string(standing.name), "baselines": .array(entries.map(\.json)),
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

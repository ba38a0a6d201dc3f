import Baselines
package import CEL
import Comparison
package import Diagnostics
import Git
package import Registry
import SourceText
import Syntax

extension Listing {
  /// Returns the answer in its documented form, `list`: each record with all fields that it has.
  ///
  /// - Returns: An array, as programs that read registers take it.
  package func json() -> JSONText { .array(records.map { .written($0.node.json) }) }
}

extension Snapshot {
  /// Returns which registers there are in the documented form, `registers`.
  ///
  /// - Returns: One object.
  package func registersJSON() -> JSONText {
    let registers = catalogue.registers.map { register in
      JSONText.object([
        "name": .string(register.name), "title": .string(register.title),
        "records": .number(records(of: register).count),
        "files": .strings(register.templates.map { Catalogue.folder + "/" + $0.text }),
      ])
    }
    return .answer("registers", ["registers": .array(registers)])
  }
}

extension BaselineListing {
  /// Returns the answer in its documented form, `baselines`.
  ///
  /// - Returns: One object.
  package func json() -> JSONText {
    .answer(
      "baselines",
      [
        "standing": rows.contains { $0.verification != nil } ? .string(standing.name) : nil,
        "baselines": .array(rows.map { $0.json() }),
      ])
  }
}

extension BaselineListing.Row {
  /// The baseline with what was found of it.
  func json() -> JSONText {
    .object([
      "name": .string(name), "effective": .text(baseline?.effective),
      "decisions": baseline.map { .strings($0.decisions) },
      "items": baseline?["Items"].flatMap { Int($0) }.map { .number($0) },
      "commit": .text(baseline?.tag.target.description),
      "manifestSHA256": .text(baseline?["Manifest-SHA256"]),
      "standing": verification.map { .string($0.standing.name) },
      "signed": verification.map { .bool($0.isSigned) },
      "signers": verification.map { .strings($0.signers.map(\.name)) },
      "findings":
        verification.map { verification in
          .array(
            verification.findings.map { finding in
              .object([
                "standing": finding.standing.map { .string($0.name) },
                "text": .string(finding.text),
              ])
            })
        },
      "waived": verification.map { .number($0.waived.sorted.count) },
      "withdrawnBy": .text(withdrawal?.decision),
    ])
  }
}

extension JSONText {
  /// Returns a baseline in the documented form, `baseline`.
  ///
  /// - Parameters:
  ///   - entry: The baseline with what was found.
  ///   - registers: The registers that its kind holds; all where it is `nil`.
  /// - Returns: One object.
  package static func baseline(
    _ entry: ConfigurationAudit.Entry, registers: [String]?
  ) -> JSONText {
    let tag = entry.baseline?.tag
    return .answer(
      "baseline",
      [
        "baseline": entry.row.json(),
        "tag": .text(tag?.id.description), "tagger": .text(tag.map { "\($0.tagger)" }),
        "message": .text(tag?.message), "registers": registers.map { .strings($0) },
      ])
  }

  /// Returns the pages of codes in the documented form, `codes`.
  ///
  /// - Parameters:
  ///   - pages: The pages.
  ///   - rules: The rules of schemas that have the code.
  /// - Returns: One object.
  package static func codes(_ pages: [Explanation], rules: [SchemaRule] = []) -> JSONText {
    let codes = pages.map { page in
      JSONText.object([
        "code": .string(page.code.rawValue), "severity": .string(page.severity.rawValue),
        "what": .string(page.what), "why": .string(page.why),
        "mend": .string(page.mend), "bad": .string(page.bad), "good": .string(page.good),
      ])
    }
    let told = rules.map { rule in
      JSONText.object([
        "code": .string(rule.code), "path": .string(rule.path.string), "line": .number(rule.line),
        "rule": .string(rule.source), "message": .string(rule.message), "help": .text(rule.help),
      ])
    }
    return .answer("codes", ["codes": .array(codes), "rules": rules.isEmpty ? nil : .array(told)])
  }

  /// Returns a value in the documented form, `value`.
  package static func value(_ value: Value) -> JSONText {
    .answer("value", ["type": .string(value.typeName), "value": value.json])
  }
}

extension Value {
  /// The value as JSON has it; what JSON has no form for is its text.
  fileprivate var json: JSONText {
    switch self {
    case .null: .written("null")
    case .bool(let value): .bool(value)
    case .int(let value): .written(String(value))
    case .uint(let value): .written(String(value))
    case .string(let text): .string(text)
    case .list(let values): .array(values.map(\.json))
    case .map(let map):
      .members(
        map.entries.map { entry in
          let key = if case .string(let text) = entry.key { text } else { entry.key.text }
          return (key, entry.value.json)
        })
    case .optional(let value?): value.json
    case .optional(nil): .written("null")
    case .double, .bytes, .timestamp, .duration, .type, .version: .string(text)
    }
  }
}

extension ReleaseNotes {
  /// Returns the answer in its documented form, `notes`.
  ///
  /// - Returns: One object.
  /// - Throws: What reading the reasons of changes throws.
  package func json() throws -> JSONText {
    .answer(
      "notes",
      [
        "name": .string(new.name), "effective": .text(new.effective),
        "published": .text(new["Published"]), "decisions": .strings(new.decisions),
        "cause": .text(new["Cause"]), "follows": .string(old.name),
        "followsEffective": .text(old.effective),
        "items": new["Items"].flatMap { Int($0) }.map { .number($0) },
        "manifestSHA256": .text(new["Manifest-SHA256"]), "text": .string(new.text),
        "documents": .array(
          documents.map { change, versions, reasons in
            .object([
              "id": .string(change.id), "title": .text(change.new?.shownTitle),
              "from": .text(versions[0]), "to": .text(versions[1]), "reasons": .strings(reasons),
            ])
          }),
        "endedVariations": .array(
          endedVariations.map {
            .object(["id": .string($0.id), "name": .text($0.shownTitle)])
          }),
        "next": approved.map { approved in
          .array(
            approved.map {
              .object([
                "id": .string($0.id), "title": .string($0.title), "effective": .day($0.effective),
              ])
            })
        },
        "changes": try changes.json(),
      ])
  }
}

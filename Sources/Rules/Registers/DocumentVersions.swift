import Comparison
package import Diagnostics
package import Registry
import SourceText
import Syntax

extension RegisterRule {
  /// A version stands for one text: who holds 2.0 holds what everybody holds (rules R19, R20, R24).
  package static let documentVersions = RegisterRule(
    "document-versions",
    [
      .releasedChanged, .versionLowered, .versionAlone, .versionStatus, .unrecordedVersion,
      .recordOrder,
    ],
    requirement:
      "A released version of a document keeps its text, and a version rises with the text.",
    betweenVersions: [.releasedChanged, .versionLowered, .versionAlone],
    [
      Parameter(name: "version", kind: .property, meaning: "The property with the version."),
      Parameter(
        name: "status", kind: .property,
        meaning: "The property with the status, such as draft or final.", isRequired: false),
      Parameter(
        name: "drafts", kind: .texts,
        meaning:
          "The words of status of what is not released: its version is below 1.0, or above that of the last release; 'draft' and 'consultation' where none is given.",
        isRequired: false),
      Parameter(
        name: "released", kind: .texts,
        meaning:
          "The words of status that need version 1.0 or higher; 'final', 'approved', 'designated' and 'effective' where none is given.",
        isRequired: false),
      Parameter(
        name: "record", kind: .property,
        meaning:
          "The property with the amendment record: a list with 'version' and 'effective', oldest first.",
        isRequired: false),
    ]
  ) { rule, report in
    guard let property = rule.text("version") else { return }
    for record in rule.records {
      guard let node = record.node[property], let version = node.text else { continue }
      let isDraft = Self.isDraft(record, in: rule.register)
      checkStatus(of: record, version, node, rule, isDraft: isDraft, into: &report)
      checkAmendments(of: record, version, node, rule, isDraft: isDraft, into: &report)
      guard let previous = rule.inspection.previous,
        let position = previous.position(ofRegister: rule.register.name),
        let old = previous.record(record.id, in: position),
        let before = old.node[property]?.text
      else { continue }
      // The text of a draft changes until it is released.
      let wasReleased = isReleased(before) && !Self.isDraft(old, in: rule.register)
      let (one, two) = (NaturalKey(before), NaturalKey(version))
      if two < one {
        report.error(
          .versionLowered, .lowered(record.id, before, version), at: node.range,
          help: "Give it a version above '\(before)'")
      }
      guard
        let isSame = saysSame(old, in: previous, as: record, in: rule.index, rule.register)
      else { continue }
      if !isSame, one == two, wasReleased {
        report.error(
          .releasedChanged, .changed(record.id, before), at: node.range,
          help: "Raise the version, or restore the text of '\(before)'")
      }
      // A draft becomes the first release without a change of its words.
      if isSame, one < two, !isDraft, wasReleased || !isReleased(version) {
        report.warning(
          .versionAlone, .alone(record.id, version), at: node.range,
          help: "Change the text that the version stands for, or keep '\(before)'")
      }
    }
  }

  /// Whether a version is one of a release: 1.0 or higher.
  private static func isReleased(_ version: String) -> Bool {
    (Int(version.prefix { $0.isNumber }) ?? 0) >= 1
  }

  /// Whether a document says below its head what it said in another version, whatever its layout.
  ///
  /// - Parameters:
  ///   - old: The document in the other version.
  ///   - previous: The records of that version.
  ///   - record: The document.
  ///   - index: The records of its version.
  ///   - register: Its register.
  /// - Returns: The answer; `nil` where a file cannot be read.
  package static func saysSame(
    _ old: Record, in previous: RecordIndex, as record: Record, in index: RecordIndex,
    _ register: Register
  ) -> Bool? {
    guard let before = previous.snapshot.source(at: old.path),
      let now = index.snapshot.source(at: record.path)
    else { return nil }
    func body(_ source: SourceFile, _ record: Record) -> ArraySlice<UInt8> {
      source.bytes[min(record.node.range.offsets.upperBound, source.bytes.count)...]
    }
    return body(before, old) == body(now, record)
      || text(of: before, register) == text(of: now, register)
  }

  /// Returns the passages of a document without its head, each with its form.
  private static func text(of source: SourceFile, _ register: Register) -> [String] {
    Passage.passages(of: source, register.numbering).compactMap { passage in
      passage.kind == .head ? nil : "\(passage.form): \(passage.shown)"
    }
  }

  /// Returns the version of a document, which stands where the register's rule says.
  package static func version(of record: Record, in register: Register) -> String? {
    record.node[parameters(in: register)?["version"]?.text ?? "version"]?.text
  }

  /// Whether the amendment record of a document has its version.
  package static func isOnRecord(_ record: Record, in register: Register) -> Bool {
    let list = parameters(in: register)?["record"]?.text.flatMap { record.node[$0] }
    guard let version = version(of: record, in: register) else { return false }
    return list?.elements.contains { $0["version"]?.text == version } ?? false
  }

  private static func parameters(in register: Register) -> Node? {
    register.rules.first { $0.key.text == documentVersions.name }?.value
  }

  /// Whether a document is a draft: its status is one of the words that the register's rule has for it.
  package static func isDraft(_ record: Record, in register: Register) -> Bool {
    let rule = parameters(in: register)
    guard let word = record.node[rule?["status"]?.text ?? "status"]?.text else { return false }
    let words = rule?["drafts"]?.elements.compactMap(\.text) ?? []
    return (words.isEmpty ? ["draft", "consultation"] : words).contains(word.lowercased())
  }

  /// Returns the documents that are drafts, with their versions.
  package static func drafts(
    in index: RecordIndex
  ) -> [(register: Register, record: Record, version: String?)] {
    var found: [(Register, Record, String?)] = []
    for (position, register) in index.snapshot.catalogue.registers.enumerated()
    where register.shape == .document {
      for record in index.records[position] where isDraft(record, in: register) {
        found.append((register, record, version(of: record, in: register)))
      }
    }
    return found
  }

  /// A draft of the first release has a version below 1.0, and one of a later release the version that it will
  /// have: above that of the last amendment on record.
  private static func checkStatus(
    of record: Record, _ version: String, _ node: Node, _ rule: RegisterCase, isDraft: Bool,
    into report: inout Report
  ) {
    guard let property = rule.text("status"), let status = record.node[property],
      let word = status.text
    else { return }
    let given = rule.texts("released")
    let isFinal = (given.isEmpty ? ["final", "approved", "designated", "effective"] : given)
      .contains(word.lowercased())
    let last = rule.text("record").flatMap { record.node[$0] }?.elements.last?["version"]?.text
    let isToCome = NaturalKey(last ?? "1.0") < NaturalKey(version)
    guard isDraft && isReleased(version) && !isToCome || isFinal && !isReleased(version) else {
      return
    }
    report.warning(
      .versionStatus, .status(word, version), at: status.range,
      related: [.init("the version stands here", at: node.range)],
      help: isDraft
        ? "Give a draft the version that it will have, above '\(last ?? "1.0")', a first one a version below 1.0; or say what it is now"
        : "Give it version 1.0 or higher, or call it a draft")
  }

  private static func checkAmendments(
    of record: Record, _ version: String, _ node: Node, _ rule: RegisterCase, isDraft: Bool,
    into report: inout Report
  ) {
    guard let property = rule.text("record"), let list = record.node[property] else { return }
    var last: (version: Node, effective: Node?)?
    for entry in list.elements {
      guard let own = entry["version"], let text = own.text else { continue }
      let effective = entry["effective"]
      if let (before, since) = last {
        if !(NaturalKey(before.text ?? "") < NaturalKey(text)) {
          report.error(
            .recordOrder, .versionOrder(text, before.text ?? ""), at: own.range,
            help: "Write the amendments from the first version to the last, each once")
        }
        if let day = effective?.text, let earlier = since?.text, day <= earlier {
          report.error(
            .recordOrder, .sameDay(text, day, before.text ?? "", earlier),
            at: effective?.range ?? own.range,
            help: "Correct one of the two days: one version is in force on a day")
        }
      }
      last = (own, effective ?? last?.effective)
    }
    if let last, last.version.text != version, isReleased(version), !isDraft {
      report.error(
        .unrecordedVersion, .unrecorded(version, last.version.text ?? ""), at: node.range,
        related: [.init("the amendment record ends here", at: last.version.range)],
        help: "Add '\(version)' to '\(property)', with the day and the cause")
    }
  }
}

extension Diagnostic.Code {
  /// The text of a released version changed.
  package static let releasedChanged: Self = "version/released-changed"
  /// A version is below the one before.
  package static let versionLowered: Self = "version/lowered"
  /// A version rose and the text is the same.
  package static let versionAlone: Self = "version/raised-alone"
  /// The status and the version of a document contradict each other.
  package static let versionStatus: Self = "version/status"
  /// The amendment record of a document does not end with its version.
  package static let unrecordedVersion: Self = "version/unrecorded"
  /// The amendments of a document are not in the order of versions and days.
  package static let recordOrder: Self = "version/record-order"
}

extension Diagnostic.Message {
  fileprivate static func changed(_ id: String, _ version: String) -> Self {
    "the text of '\(id)' changed, and it is version '\(version)' still"
  }
  fileprivate static func lowered(_ id: String, _ before: String, _ version: String) -> Self {
    "'\(id)' is version '\(version)' and was '\(before)'"
  }
  fileprivate static func alone(_ id: String, _ version: String) -> Self {
    "'\(id)' is version '\(version)' now, and its text is the same"
  }
  fileprivate static func status(_ word: String, _ version: String) -> Self {
    "it is '\(word)' and has version '\(version)'"
  }
  fileprivate static func unrecorded(_ version: String, _ last: String) -> Self {
    "it is version '\(version)', and its amendment record ends with '\(last)'"
  }
  fileprivate static func versionOrder(_ version: String, _ before: String) -> Self {
    "version '\(version)' stands after '\(before)'"
  }
  fileprivate static func sameDay(
    _ version: String, _ day: String, _ before: String, _ earlier: String
  ) -> Self {
    "version '\(version)' is in force from \(day), and '\(before)' from \(earlier)"
  }
}

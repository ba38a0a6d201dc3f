import CEL
import Comparison
package import Diagnostics
import JSONSchema
import Registry
import SourceText
import Syntax

extension Rule {
  /// What was recorded stays as it was: ISO 15489 asks of records that they are complete and
  /// unaltered, and that what is added is added openly.
  static let keptHistory = Rule(
    [.rewrittenHistory, .removedHistory, .changedImmutable],
    requirement: "Histories only grow, and what is final does not change.", .betweenVersions
  ) { inspection, report in
    guard let previous = inspection.previous else { return }
    // Both schemas judge: a change cannot take away the rule that forbids it.
    for file in inspection.files(in: previous)
    where file.annotations.contains(where: isAboutHistory) {
      let name = previous.snapshot.catalogue.registers[file.register].name
      guard let register = inspection.current.position(ofRegister: name) else { continue }
      var counterparts: [Int: Counterparts] = [:]
      for annotation in file.annotations
      where isAboutHistory(annotation) && inspection.mayDiffer(annotation.instance, in: file) {
        guard let old = file.record(with: annotation.instance),
          let record = inspection.successor(of: old, in: register),
          record.node.tree !== old.node.tree
        else { continue }
        let way =
          counterparts[old.node.index]
          ?? Counterparts(from: old.node, to: record.node, keys: inspection.elementKeys)
        counterparts[old.node.index] = way
        let (now, _) = way.counterpart(of: annotation.instance)
        check(annotation, annotation.instance, now, of: record, before: old, inspection, &report)
      }
    }
    for file in inspection.files() where file.annotations.contains(where: isAboutHistory) {
      var counterparts: [Int: Counterparts] = [:]
      for annotation in file.annotations
      where isAboutHistory(annotation) && inspection.mayDiffer(annotation.instance, in: file) {
        guard let record = file.record(with: annotation.instance),
          let old = inspection.predecessor(of: record, in: file.register),
          old.node.tree !== record.node.tree
        else { continue }
        let way =
          counterparts[record.node.index]
          ?? Counterparts(from: record.node, to: old.node, keys: inspection.elementKeys)
        counterparts[record.node.index] = way
        guard case .here(let before) = way.counterpart(of: annotation.instance).what else {
          continue
        }
        check(
          annotation, before, .here(annotation.instance), of: record, before: old, inspection,
          &report)
      }
    }
  }

  private static func isAboutHistory(_ annotation: Annotation) -> Bool {
    switch OwnKeyword.allCases[annotation.keyword] {
    case .appendOnly: annotation.value.bool == true
    case .immutableWhen: true
    default: false
    }
  }

  private static func check(
    _ annotation: Annotation, _ before: Node, _ now: Counterparts.Counterpart, of record: Record,
    before old: Record, _ inspection: Inspection, _ report: inout Report
  ) {
    let subject = Subject(before, now, record, inspection)
    switch OwnKeyword.allCases[annotation.keyword] {
    case .appendOnly: checkGrowth(of: before, in: subject, &report)
    case .immutableWhen:
      let condition = annotation.value["when"] ?? annotation.value
      guard let expression = (try? Parser.expression(condition.text ?? "")),
        let value = try? inspection.value(of: expression, on: before),
        value.isEqual(to: .bool(true))
      else { return }
      var exceptions = annotation.value["except"]?.texts ?? []
      if let openly = annotation.value["openly"]?.text {
        let entries = before[openly]?.elements.count ?? 0
        if let now = subject.now?[openly]?.elements.count, now > entries { return }
        exceptions.append(openly)
      }
      let help = help(with: annotation.value, inspection)
      checkSameness(of: before, except: exceptions, condition, in: subject, help, &report)
      if before.index == old.node.index {
        checkText(of: record, old, condition, inspection, help, &report)
      }
    default: break
    }
  }

  /// Returns what to do where something final changed: the schema may have a field for it.
  private static func help(with condition: Node, _ inspection: Inspection) -> String {
    guard let openly = condition["openly"]?.text else {
      return "Restore it, and make the change in a new version"
    }
    let form = SchemaTypes(inspection.current.snapshot.rulebook.schemas)
      .entryForm(of: condition.owner?["properties"]?[openly])
    return
      "Restore it; where it was wrong, keep the change and add an entry at the end of '\(openly)': "
      + "- \(form ?? "{…}")"
  }

  /// What a value that must be kept is now, and how findings call it.
  private struct Subject {
    /// The value now; `nil` where it is gone.
    let now: Node?
    let name: String
    /// Where it stands, or would.
    let place: SourceRange
    /// Where to say that a field of it is gone.
    let ownPlace: SourceRange

    init(
      _ before: Node, _ now: Counterparts.Counterpart, _ record: Record, _ inspection: Inspection
    ) {
      switch now {
      case .here(let node):
        self.now = node
        name = inspection.name(of: node, in: record)
        place = node.range
        ownPlace = node.index == record.node.index ? record.idNode.range : node.range
      case .missing(let owner):
        self.now = nil
        name = inspection.name(of: owner, in: record)
        place = owner.index == record.node.index ? record.idNode.range : owner.range
        ownPlace = place
      case .gone(let list):
        self.now = nil
        name = record.id
        place = list.range
        ownPlace = place
      }
    }
  }

  private static func checkGrowth(
    of before: Node, in subject: Subject, _ report: inout Report
  ) {
    let (old, new) = (before.elements, subject.now?.elements ?? [])
    for (position, element) in old.enumerated() {
      guard position < new.count else {
        report.error(
          .removedHistory, .removed(old.count - position, in: subject.name),
          at: new.last?.range ?? subject.place,
          help: "Put it back, and add what is to be said at the end")
        return
      }
      guard element.isSame(as: new[position]) else {
        let place = new[position].firstDifference(from: element)
        report.error(
          .rewrittenHistory, .rewritten(position + 1, in: subject.name), at: place.range,
          help: "Restore the old wording, and add what is to be said at the end")
        return
      }
    }
  }

  /// The text of a document that is final is as final as its head.
  private static func checkText(
    of record: Record, _ old: Record, _ condition: Node, _ inspection: Inspection,
    _ help: String, _ report: inout Report
  ) {
    guard let previous = inspection.previous,
      let position = inspection.current.register(of: record),
      case let register = inspection.current.snapshot.catalogue.registers[position],
      register.shape == .document,
      RegisterRule.saysSame(old, in: previous, as: record, in: inspection.current, register)
        == false
    else { return }
    report.error(
      .changedImmutable, .finalText(record.id), at: record.idNode.range,
      related: [.init("this rule", at: condition.range)], help: help)
  }

  private static func checkSameness(
    of before: Node, except exceptions: [String], _ condition: Node, in subject: Subject,
    _ help: String, _ report: inout Report
  ) {
    let related = [Diagnostic.Label("this rule", at: condition.range)]
    guard let now = subject.now else {
      report.error(
        .changedImmutable, .immutable(subject.name), at: subject.place, related: related,
        help: help)
      return
    }
    for member in now.members where !exceptions.contains(member.key.text ?? "") {
      guard let old = before[member.key.text ?? ""] else {
        report.error(
          .changedImmutable, .immutable(subject.name), at: member.key.range, related: related,
          help: help)
        continue
      }
      guard !old.isSame(as: member.value) else { continue }
      report.error(
        .changedImmutable, .immutable(subject.name),
        at: member.value.firstDifference(from: old).range, related: related, help: help)
    }
    for member in before.members {
      let key = member.key.text ?? ""
      guard now[key] == nil, !exceptions.contains(key) else { continue }
      report.error(
        .changedImmutable, .lost(key, subject.name), at: subject.ownPlace, related: related,
        help: help)
    }
  }
}

extension Node {
  /// Returns the innermost value here that differs from what stood in its place.
  func firstDifference(from old: Node) -> Node {
    guard kind == .object, old.kind == .object else { return self }
    for member in members {
      guard let before = old[member.key.text ?? ""] else { return member.key }
      if !member.value.isSame(as: before) { return member.value.firstDifference(from: before) }
    }
    return self
  }
}

extension Diagnostic.Code {
  /// An element of a history that may only grow is not as it was.
  package static let rewrittenHistory: Self = "history/rewritten"
  /// An element of a history that may only grow is gone.
  package static let removedHistory: Self = "history/removed"
  /// Something changed that is final.
  package static let changedImmutable: Self = "history/immutable"
}

extension Diagnostic.Message {
  fileprivate static func rewritten(_ position: Int, in id: String) -> Self {
    "entry \(position) of the history of '\(id)' is not as it was"
  }
  fileprivate static func removed(_ count: Int, in id: String) -> Self {
    let lost = count == 1 ? "an entry" : "\(count) entries"
    return "the history of '\(id)' has lost \(lost)"
  }
  fileprivate static func finalText(_ id: String) -> Self {
    "the text of '\(id)' is final, and it changed"
  }
  fileprivate static func immutable(_ id: String) -> Self {
    "'\(id)' was final, and this is not as it was"
  }
  fileprivate static func lost(_ property: String, _ id: String) -> Self {
    "'\(id)' was final, and '\(property)' is gone from it"
  }
}

import CEL
package import Diagnostics
import JSONSchema
import Registry
import Syntax

extension Rule {
  /// What was recorded stays as it was: ISO 15489 asks of records that they are complete and
  /// unaltered, and that what is added is added openly.
  static let keptHistory = Rule(
    [.rewrittenHistory, .removedHistory, .changedImmutable],
    requirement: "Histories only grow, and what is final does not change."
  ) { inspection, report in
    guard let previous = inspection.previous else { return }
    // Both schemas judge: a change cannot take away the rule that forbids it.
    for file in previous.snapshot.files {
      let name = previous.snapshot.catalogue.registers[file.register].name
      guard let register = inspection.current.position(ofRegister: name) else { continue }
      for annotation in file.annotations {
        guard let old = file.record(with: annotation.instance),
          let record = inspection.successor(of: old, in: register)
        else { continue }
        check(annotation, old, annotation.instance, record, inspection, &report)
      }
    }
    for file in inspection.current.snapshot.files {
      for annotation in file.annotations {
        guard let record = file.record(with: annotation.instance),
          let old = inspection.predecessor(of: record, in: file.register),
          let path = record.node.path(to: annotation.instance), let before = old.node[path]
        else { continue }
        check(annotation, old, before, record, inspection, &report)
      }
    }
  }

  private static func check(
    _ annotation: Annotation, _ old: Record, _ before: Node, _ record: Record,
    _ inspection: Inspection, _ report: inout Report
  ) {
    guard let path = old.node.path(to: before), !path.crossesArrays else { return }
    switch OwnKeyword.allCases[annotation.keyword] {
    case .appendOnly where annotation.value.bool == true:
      checkGrowth(of: before, to: record.node[path], in: record, &report)
    case .immutableWhen:
      let condition = annotation.value["when"] ?? annotation.value
      guard let expression = (try? Parser.expression(condition.text ?? "")),
        let value = try? inspection.value(of: expression, on: before),
        value.isEqual(to: .bool(true))
      else { return }
      let exceptions = annotation.value["except"]?.texts ?? []
      checkSameness(
        of: before, to: record.node[path], except: exceptions, condition, in: record, &report)
    default: break
    }
  }

  private static func checkGrowth(
    of before: Node, to now: Node?, in record: Record, _ report: inout Report
  ) {
    let (old, new) = (before.elements, now?.elements ?? [])
    for (position, element) in old.enumerated() {
      guard position < new.count else {
        report.error(
          .removedHistory, .removed(old.count - position, element, in: record.id),
          at: new.last?.range ?? now?.range ?? record.idNode.range,
          help: "Put it back, and add what is to be said at the end")
        return
      }
      guard element.isSame(as: new[position]) else {
        let place = new[position].firstDifference(from: element)
        report.error(
          .rewrittenHistory, .rewritten(position + 1, in: record.id), at: place.range,
          help: "Restore the old wording, and add what is to be said at the end")
        return
      }
    }
  }

  private static func checkSameness(
    of before: Node, to now: Node?, except exceptions: [String], _ condition: Node,
    in record: Record, _ report: inout Report
  ) {
    let related = [Diagnostic.Label("this rule", at: condition.range)]
    let help = "Restore it, and make the change in a new version"
    guard let now else {
      report.error(
        .changedImmutable, .immutable(record.id), at: record.idNode.range, related: related,
        help: help)
      return
    }
    for member in now.members where !exceptions.contains(member.key.text ?? "") {
      guard let old = before[member.key.text ?? ""] else {
        report.error(
          .changedImmutable, .immutable(record.id), at: member.key.range, related: related,
          help: help)
        continue
      }
      guard !old.isSame(as: member.value) else { continue }
      report.error(
        .changedImmutable, .immutable(record.id),
        at: member.value.firstDifference(from: old).range, related: related, help: help)
    }
    for member in before.members {
      let key = member.key.text ?? ""
      guard now[key] == nil, !exceptions.contains(key) else { continue }
      report.error(
        .changedImmutable, .lost(key, record.id), at: record.idNode.range, related: related,
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
  fileprivate static func removed(_ count: Int, _ first: Node, in id: String) -> Self {
    let lost = count == 1 ? "an entry" : "\(count) entries"
    return "the history of '\(id)' has lost \(lost)"
  }
  fileprivate static func immutable(_ id: String) -> Self {
    "'\(id)' was final, and this is not as it was"
  }
  fileprivate static func lost(_ property: String, _ id: String) -> Self {
    "'\(id)' was final, and '\(property)' is gone from it"
  }
}

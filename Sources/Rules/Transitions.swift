import CEL
package import Diagnostics
import JSONSchema
import Registry
import Syntax

extension Rule {
  /// What schemas say of two versions of a record: states that may follow each other, and rules that
  /// name the old version.
  static let transitions = Rule(
    [.initialState, .stateTransition, .stateDemand],
    requirement: "From one version to the next a record changes only as its schema allows."
  ) { inspection, report in
    guard inspection.previous != nil else { return }
    for file in inspection.current.snapshot.files {
      for annotation in file.annotations {
        let keyword = OwnKeyword.allCases[annotation.keyword]
        guard keyword == .states || keyword == .rules,
          let record = file.record(with: annotation.instance)
        else { continue }
        let old = inspection.predecessor(of: record, in: file.register)
        if keyword == .states {
          checkState(annotation, of: record, old, file, inspection, &report)
        } else if let old {
          checkRules(annotation, of: record, old, inspection, &report)
        }
      }
    }
  }

  private static func checkRules(
    _ annotation: Annotation, of record: Record, _ old: Record, _ inspection: Inspection,
    _ report: inout Report
  ) {
    let rules = inspection.expressions.rules(at: annotation.value).filter(\.namesOldVersion)
    guard !rules.isEmpty, let path = record.node.path(to: annotation.instance),
      !path.crossesArrays, let before = old.node[path]
    else { return }
    for rule in rules {
      inspection.apply(rule, to: annotation.instance, old: before, into: &report)
    }
  }

  private static func checkState(
    _ annotation: Annotation, of record: Record, _ old: Record?, _ file: RegisterFile,
    _ inspection: Inspection, _ report: inout Report
  ) {
    let (state, states) = (annotation.instance, annotation.value)
    guard let now = state.text, let path = record.node.path(to: state), !path.crossesArrays else {
      return
    }
    guard let before = old?.node[path]?.text else {
      // Where the register is new, its records were in some state before anybody wrote them down.
      let initial = states["initial"]?.elements.compactMap(\.text) ?? []
      guard !initial.isEmpty, inspection.hadRecords(in: file.register), !initial.contains(now)
      else { return }
      report.error(
        .initialState, .initial(now, record.id, initial), at: state.range,
        related: [.init("the states that a record begins with", at: states.range)],
        help: "Begin with \(alternatives(initial)), and change the state with the next decision")
      return
    }
    guard before != now else { return }
    let transitions = (states["transitions"]?.elements ?? []).filter {
      $0["from"]?.texts.contains(before) == true
    }
    guard let transition = transitions.first(where: { $0["to"]?.texts.contains(now) == true })
    else {
      let allowed = transitions.flatMap { $0["to"]?.texts ?? [] }
      report.error(
        .stateTransition, .transition(before, now, record.id), at: state.range,
        related: [.init("the transitions that are allowed", at: states.range)],
        help: allowed.isEmpty
          ? "Keep '\(before)': it is final"
          : "From '\(before)' it can become \(alternatives(allowed))")
      return
    }
    guard let demand = transition["demands"],
      let expression = inspection.expressions
        .expression(at: demand), let owner = state.owner, let oldOwner = old?.node[path]?.owner
    else { return }
    do throws(EvaluationError) {
      let value = try inspection.value(of: expression, on: owner, old: oldOwner)
      guard !value.isEqual(to: .bool(true)) else { return }
      report.error(
        .stateDemand,
        .init(
          transition["message"]?.text
            ?? "from '\(before)' to '\(now)' \(demand.text ?? "") must hold"),
        at: state.range, related: [.init("this transition", at: demand.range)],
        help: transition["help"]?.text)
    } catch {
      report.add(.undecided(error, demand, at: state))
    }
  }

  private static func alternatives(_ names: [String]) -> String {
    names.map { "'\($0)'" }.joined(separator: " or ")
  }
}

extension Inspection {
  /// Whether a register had records in the version before.
  func hadRecords(in register: Int) -> Bool {
    guard let previous, let position = positionBefore(of: register) else { return false }
    return !previous.records[position].isEmpty
  }
}

extension RegisterFile {
  /// Returns the record that a node stands in.
  func record(with node: Node) -> Record? {
    if records.count == 1 { return records[0] }
    return records.last { $0.node.tree === node.tree && $0.node.index <= node.index }
  }
}

extension Node {
  /// The texts of a list of texts, or the one text.
  var texts: [String] { (kind == .array ? elements : [self]).compactMap(\.text) }
}

extension Diagnostic.Code {
  /// A new record is in a state that none begins with.
  package static let initialState: Self = "state/initial"
  /// A record went from one state to another that may not follow it.
  package static let stateTransition: Self = "state/transition"
  /// A change of state lacks what it demands.
  package static let stateDemand: Self = "state/demand"
}

extension Diagnostic.Message {
  fileprivate static func initial(_ state: String, _ id: String, _ initial: [String]) -> Self {
    "'\(id)' is new and already '\(state)'"
  }
  fileprivate static func transition(_ before: String, _ now: String, _ id: String) -> Self {
    "'\(id)' was '\(before)' and cannot become '\(now)'"
  }
}

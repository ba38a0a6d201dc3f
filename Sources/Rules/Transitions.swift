import CEL
import Comparison
package import Diagnostics
import JSONSchema
import Registry
import Syntax

extension Rule {
  /// What schemas say of two versions of a record: states that may follow each other, and rules that
  /// name the old version.
  static let transitions = Rule(
    [.initialState, .stateTransition, .stateDemand],
    requirement: "From one version to the next a record changes only as its schema allows.",
    .betweenVersions
  ) { inspection, report in
    guard inspection.previous != nil else { return }
    for file in inspection.files() {
      var counterparts: [Int: Counterparts] = [:]
      for annotation in file.annotations {
        let keyword = OwnKeyword.allCases[annotation.keyword]
        guard keyword == .states || keyword == .rules,
          inspection.mayDiffer(annotation.instance, in: file),
          let record = file.record(with: annotation.instance)
        else { continue }
        let old = inspection.predecessor(of: record, in: file.register)
        // Both versions share what did not change.
        if let old, old.node.tree === record.node.tree { continue }
        var before: (what: Counterparts.Counterpart, hasKeys: Bool)?
        if let old {
          let way =
            counterparts[record.node.index]
            ?? Counterparts(from: record.node, to: old.node, keys: inspection.elementKeys)
          counterparts[record.node.index] = way
          before = way.counterpart(of: annotation.instance)
        }
        if keyword == .states {
          checkState(annotation, of: record, before, file, inspection, &report)
        } else if case .here(let node)? = before?.what, inspection.stride != .walked {
          for rule in inspection.expressions.rules(at: annotation.value) where rule.namesOldVersion
          {
            inspection.apply(rule, to: annotation.instance, old: node, into: &report)
          }
        }
      }
    }
  }

  private static func checkState(
    _ annotation: Annotation, of record: Record,
    _ old: (what: Counterparts.Counterpart, hasKeys: Bool)?, _ file: RegisterFile,
    _ inspection: Inspection, _ report: inout Report
  ) {
    let (state, states) = (annotation.instance, annotation.value)
    // A state that the schema does not list is told as that.
    guard let now = state.text,
      states.owner?["enum"].map({ $0.texts.contains(now) }) ?? true
    else { return }
    let name = inspection.name(of: state.owner ?? state, in: record)
    guard case .here(let oldState)? = old?.what, let before = oldState.text else {
      // An element that only its words tell from others may be an old one, reworded.
      guard old?.hasKeys != false else { return }
      // Where the register is new, its records were in some state before anybody wrote them down.
      let initial = states["initial"]?.elements.compactMap(\.text) ?? []
      guard !initial.isEmpty, inspection.hadRecords(in: file.register), !initial.contains(now),
        !inspection.wasUnread(record, in: file.register),
        !inspection.isBack(record, in: file.register),
        !(inspection.stride != .step && reaches(now, from: initial, by: states))
      else { return }
      report.error(
        .initialState, .initial(now, name, initial), at: state.range,
        related: [.init("the states that a record begins with", at: states.range)],
        help: "Begin with \(alternatives(initial)), and change the state with the next decision")
      return
    }
    guard before != now, !(inspection.stride != .step && reaches(now, from: [before], by: states))
    else {
      return
    }
    let transitions = (states["transitions"]?.elements ?? []).filter {
      $0["from"]?.texts.contains(before) == true
    }
    guard let transition = transitions.first(where: { $0["to"]?.texts.contains(now) == true })
    else {
      // A state that the schema does not know was a mistake, which any state may mend.
      guard states.knows(before) else { return }
      let allowed = transitions.flatMap { $0["to"]?.texts ?? [] }
      report.error(
        .stateTransition, .transition(before, now, name), at: state.range,
        related: [.init("the transitions that are allowed", at: states.range)],
        help: allowed.isEmpty
          ? "Keep '\(before)': it is final"
          : "From '\(before)' it can become \(alternatives(allowed))"
            + (reaches(now, from: [before], by: states)
              ? "; commit each step to '\(now)' by itself" : ""))
      return
    }
    guard let demand = transition["demands"],
      let expression = inspection.expressions
        .expression(at: demand), let owner = state.owner, let oldOwner = oldState.owner
    else { return }
    do throws(EvaluationError) {
      let value = try inspection.value(of: expression, on: owner, old: oldOwner)
      guard !value.isEqual(to: .bool(true)) else { return }
      report.error(
        .stateDemand,
        .init(
          transition["message"]?.text.map { inspection.filled($0, on: owner, old: oldOwner) }
            ?? "from '\(before)' to '\(now)' \(demand.text ?? "") must hold"),
        at: state.range, related: [.init("this transition", at: demand.range)],
        help: transition["help"]?.text.map { inspection.filled($0, on: owner, old: oldOwner) })
    } catch {
      inspection.tell(error, of: demand, on: owner, old: oldOwner, at: state, &report)
    }
  }

  /// Whether a state can be reached from others, in however many steps.
  private static func reaches(_ state: String, from starts: [String], by states: Node) -> Bool {
    let transitions = (states["transitions"]?.elements ?? []).map {
      (from: $0["from"]?.texts ?? [], to: $0["to"]?.texts ?? [])
    }
    var reached = Set(starts)
    while true {
      let next = transitions.filter { !reached.isDisjoint(with: $0.from) }.flatMap(\.to)
      let grown = reached.union(next)
      if grown.count == reached.count { return reached.contains(state) }
      reached = grown
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
    return previous.hasRecords(in: position)
  }
}

extension RegisterFile {
  /// Returns the record that a node stands in.
  func record(with node: Node) -> Record? { record(holding: node) }
}

extension Node {
  /// Whether a state is one that an `x-states`, or the `enum` beside it, names.
  fileprivate func knows(_ state: String) -> Bool {
    let transitions = self["transitions"]?.elements ?? []
    let lists = [self["initial"], owner?["enum"]] + transitions.flatMap { [$0["from"], $0["to"]] }
    return lists.contains { $0?.texts.contains(state) == true }
  }

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

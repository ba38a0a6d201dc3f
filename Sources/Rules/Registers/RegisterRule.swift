import CEL
package import Diagnostics
import JSONSchema
import Patterns
import Registry
import Syntax

/// A rule about a register as a whole, which the catalogue switches on with its parameters.
///
/// A rule is a value, in a file of its own with its codes and wordings.
package struct RegisterRule: Sendable {
  /// What a parameter holds.
  package enum Kind: Sendable {
    /// The name of a property, or a way to values such as `agenda[].actions[]`.
    case property
    /// A list of properties.
    case properties
    /// The name of a register.
    case register
    /// A list of names of registers.
    case registers
    /// A way to values, or a list of ways.
    case ways
    /// A text, or a list of texts.
    case texts
    case number
    /// A regular expression of ECMA-262.
    case pattern
    /// A mapping of texts to texts or lists of texts.
    case mapping
    /// A mapping of registers to ways to values of theirs, or lists of ways.
    case waysOfRegisters
    /// A mapping of regular expressions to texts.
    case patterns
    /// A mapping of regular expressions to expressions over a record.
    case expressions
  }

  package struct Parameter: Sendable {
    package let name: String
    package let kind: Kind
    /// What it says, as a sentence with a full stop.
    package let meaning: String
    package var isRequired = true
    /// The parameter that names the register whose property this is; `nil` for the register of the rule.
    var of: String?
    /// The parameter with the way to the mappings whose property this is.
    var within: String?
    /// The parameter with the property that has these values.
    var valuesOf: String?
    /// The values that are meant where none is given, of which records must have some.
    var standardValues: [String] = []
    /// The property that is meant where none is given.
    var standard: String?
    /// What the rule compares the values of the property as.
    var holds: SchemaFields.Need?
    /// The properties that the rule reads of the records of the register that this names, beside their ids; `nil`
    /// where it may read any.
    var fields: [String]?
    /// The parameter with the ways to those properties.
    var fieldsIn: String?
    /// The fewest elements of a list with which the rule can find anything.
    var fewest = 1
  }

  /// The key under `rules` in the catalogue.
  package let name: String
  /// The codes that the rule reports.
  package let codes: [Diagnostic.Code]
  /// What must hold, as one sentence with a full stop.
  package let requirement: String
  package let parameters: [Parameter]
  /// Whether the verdict on one record depends on the others of the register.
  let concernsAll: Bool
  /// Whether it concerns all records for what it looks up in them alone, and judges each by itself.
  let judgesEach: Bool
  /// Those of the codes that speak of the way from one version to the next.
  let betweenVersions: Set<Diagnostic.Code>
  /// Whether it looks for ids in every register.
  let findsAny: Bool
  /// Whether it says what is missing, which nobody can say where a file could not be read.
  let tellsMissing: Bool
  private let body: @Sendable (RegisterCase, inout Report) -> Void

  init(
    _ name: String, _ codes: [Diagnostic.Code], requirement: String,
    betweenVersions: Set<Diagnostic.Code> = [], concernsAll: Bool = false,
    judgesEach: Bool = false, tellsMissing: Bool = false, findsAny: Bool = false,
    _ parameters: [Parameter],
    body: @escaping @Sendable (RegisterCase, inout Report) -> Void
  ) {
    self.name = name
    self.codes = codes
    self.requirement = requirement
    self.parameters = parameters
    self.concernsAll = concernsAll
    self.judgesEach = judgesEach
    self.betweenVersions = betweenVersions
    self.tellsMissing = tellsMissing
    self.findsAny = findsAny
    self.body = body
  }

  /// Returns what is to be done for the rules that the catalogue switches on, in their order.
  ///
  /// - Parameter inspection: What is judged.
  /// - Returns: The parts of the work, of which none needs another.
  static func works(_ inspection: Inspection) -> [Rule.Work] {
    if let focus = inspection.focus {
      return [{ check(focus, $0, into: &$1, step: &$2) }]
    }
    let catalogue = inspection.current.snapshot.catalogue
    var works: [Rule.Work] = []
    // What is stated once for several registers is judged once.
    var accepted: [Int: Bool] = [:]
    for (position, register) in catalogue.registers.enumerated() {
      works.append { checkRows(of: register, position, $0, into: &$2) }
      for member in register.rules where member.value.bool != false {
        var found = Report()
        defer {
          if !found.isEmpty { works.append { [found] _, report, _ in report.merge(found) } }
        }
        let name = member.key.text ?? ""
        guard let rule = all.first(where: { $0.name == name }) else {
          guard accepted.updateValue(false, forKey: member.key.index) == nil else { continue }
          found.error(
            .unknownRule, "there is no rule '\(name)'", at: member.key.range,
            help: advice(for: name, among: all.map(\.name))
              ?? "See the rules in the reference of the catalogue")
          continue
        }
        let rulebook = inspection.current.snapshot.rulebook
        if rulebook.isReviewed { rule.reviewFields(in: member, position, rulebook, into: &found) }
        let isGood =
          accepted[member.key.index] ?? rule.accepts(member, of: catalogue, into: &found)
        accepted[member.key.index] = isGood
        guard isGood,
          !rule.concernsAll || inspection.current.isWhole(position),
          !rule.tellsMissing || !rule.restsOnUnread(member.value, position, inspection.current)
        else { continue }
        works.append { [found] inspection, report, step in
          report.merge(found)
          rule.run(
            on: RegisterCase(inspection: inspection, position: position, parameters: member.value),
            into: &report, step: &step)
        }
        found = Report()
      }
    }
    return works
  }

  private func run(on rule: RegisterCase, into report: inout Report, step: inout Report) {
    var found = Report()
    body(rule, &found)
    for finding in found.diagnostics {
      if betweenVersions.contains(finding.code) {
        step.add(finding)
      } else {
        report.add(finding)
      }
    }
  }

  /// Runs the rules that may judge otherwise than before.
  private static func check(
    _ focus: Focus, _ inspection: Inspection, into report: inout Report, step: inout Report
  ) {
    let registers = inspection.current.snapshot.catalogue.registers
    checkRows(of: registers[focus.register], focus.register, inspection, into: &step)
    for (part, isOfChange) in focus.rules {
      let parameters = part.parameters
      guard
        !part.rule.tellsMissing
          || !part.rule.restsOnUnread(parameters, part.register, inspection.current)
      else { continue }
      part.rule.run(
        on: RegisterCase(
          inspection: inspection, position: part.register, parameters: parameters,
          isOfChange: isOfChange),
        into: &report, step: &step)
    }
  }

  /// Rows of a table leave no gap that anybody sees: that one is gone is told wherever no rule of the catalogue says
  /// what may go.
  private static func checkRows(
    of register: Register, _ position: Int, _ inspection: Inspection, into report: inout Report
  ) {
    guard register.shape == .table, inspection.previous != nil,
      let root = register.definition.tree.root,
      !register.rules.contains(where: { $0.key.text == nothingOpenVanishes.name })
    else { return }
    let rule = RegisterCase(inspection: inspection, position: position, parameters: root)
    for record in rule.vanished(ended: [], state: nil, tombstones: []) {
      report.warning(
        .vanished, .vanished(record.record.id, nil), at: record.place,
        help: "Put the row back, unless it was to go", item: record.record.id)
    }
  }

  /// Whether files of the register, or of those that parameters name, could not be read.
  private func restsOnUnread(_ values: Node, _ position: Int, _ index: RecordIndex) -> Bool {
    let others = registers(in: values).compactMap { index.position(ofRegister: $0) }
    return ([position] + others).contains { index.hasUnread($0) }
  }

  /// Returns why a text is no expression over a record; `nil` where it is one.
  private static func fault(ofExpression source: String) -> String? {
    do throws(ExpressionError) {
      var checker = Checker(names: ["self": .any], functions: OwnFunctions.signatures)
      _ = try checker.type(of: try Parser.expression(source))
      return nil
    } catch {
      return error.message
    }
  }

  /// Whether the parameters are those that the rule has; reports those that are not.
  private func accepts(
    _ member: Node.Member, of catalogue: Catalogue, into report: inout Report
  ) -> Bool {
    var isGood = true
    func bad(_ node: Node, _ message: Diagnostic.Message, _ help: String) {
      report.error(.badParameter, message, at: node.range, help: help)
      isGood = false
    }
    let values = member.value
    for value in values.members where !parameters.contains(where: { $0.name == value.key.text }) {
      let known = parameters.map(\.name)
      bad(
        value.key, "the rule '\(name)' has no parameter '\(value.key.text ?? "")'",
        advice(for: value.key.text ?? "", among: known)
          ?? "It has: \(known.joined(separator: ", "))")
    }
    for parameter in parameters {
      guard let value = values[parameter.name] else {
        if parameter.isRequired {
          bad(
            member.key, "the rule '\(name)' lacks its parameter '\(parameter.name)'",
            "Add it: \(parameter.meaning)")
        }
        continue
      }
      if !parameter.kind.fits(value) {
        bad(
          value, "'\(parameter.name)' of the rule '\(name)' is not of its kind", parameter.meaning)
      } else if [.properties, .registers].contains(parameter.kind),
        value.elements.count < parameter.fewest
      {
        bad(
          value, "with so few in '\(parameter.name)' the rule '\(name)' finds nothing",
          "Name \(parameter.fewest) or more. \(parameter.meaning)")
      }
      for (source, fault) in parameter.kind.faults(in: value) {
        bad(
          source,
          "'\(source.text ?? "")' is not a regular expression of ECMA-262: \(fault.message)",
          "Write it as JavaScript would take it with the flag 'u'")
      }
      for member in parameter.kind == .expressions ? value.members : [] {
        guard let fault = Self.fault(ofExpression: member.value.text ?? "") else { continue }
        bad(
          member.value, "'\(member.value.text ?? "")' is no expression: \(fault)",
          "Try it with: registrar eval")
      }
      let names =
        switch parameter.kind {
        case .register: [value]
        case .registers: value.elements
        case .waysOfRegisters: value.members.map(\.key)
        default: [Node]()
        }
      for name in names {
        guard let text = name.text, catalogue.register(named: text) == nil else { continue }
        bad(
          name, "there is no register '\(text)'",
          advice(for: text, among: catalogue.registers.map(\.name))
            ?? "Name a register of the catalogue")
      }
    }
    return isGood
  }
}

/// One register under one rule of the catalogue.
package struct RegisterCase {
  let inspection: Inspection
  /// The position of the register in the catalogue.
  let position: Int
  let parameters: Node
  /// Whether the records that changed are all that may be judged otherwise than before.
  var isOfChange = false

  var index: RecordIndex { inspection.current }
  var register: Register { index.snapshot.catalogue.registers[position] }
  /// The records to judge, in the order of files.
  var records: [Record] {
    guard isOfChange, let focus = inspection.focus, !focus.isOfFile else { return recordsOfFiles }
    return recordsOfFiles.filter { focus.changed.contains($0.id) }
  }
  /// The records to judge with those that stand beside them.
  var recordsOfFiles: [Record] {
    isOfChange ? inspection.records(in: position) : index.records[position]
  }

  func text(_ name: String) -> String? { parameters[name]?.text }
  func texts(_ name: String) -> [String] { parameters[name]?.texts ?? [] }
  func number(_ name: String) -> Int? { parameters[name]?.integer }
  func pattern(_ name: String) -> Pattern? {
    parameters[name]?.text.flatMap { try? Pattern(ecma262: $0) }
  }

  /// Returns the position of the register that a parameter names.
  func register(_ name: String) -> Int? {
    text(name).flatMap { index.position(ofRegister: $0) }
  }
}

extension Record {
  /// Returns the values at the end of a way such as `agenda[].actions[]`.
  func values(at way: String) -> [Node] {
    var nodes = [node]
    for step in way.split(separator: ".") {
      let name = step.hasSuffix("[]") ? String(step.dropLast(2)) : String(step)
      nodes = nodes.compactMap { $0[name] }
      if step.hasSuffix("[]") { nodes = nodes.flatMap(\.elements) }
    }
    return nodes
  }
}

extension Diagnostic.Code {
  /// The catalogue switches on a rule that does not exist.
  package static let unknownRule: Self = "catalogue/unknown-rule"
  /// A parameter of a rule in the catalogue is not as the rule asks.
  package static let badParameter: Self = "catalogue/bad-parameter"
}

extension RegisterRule {
  /// Every rule that a catalogue can switch on.
  package static let all: [RegisterRule] = [
    .approvedScope, .captions, .citedSections, .classOfWhole, .clauseNumbering, .clauseReferences,
    .datesInOrder,
    .decisionAuthority, .declaredRenumbering,
    .definedLevels, .definedTerms, .disjointRanges, .documentVersions, .dueDates, .glossaryNames,
    .keptNumber, .keptOrder,
    .mutualReferences, .neverReusedIDs, .nothingOpenVanishes, .numbering, .oneInForce, .oneState,
    .owedReports, .pastDates, .ragStatus, .recordLinks,
    .referenceForms, .resolvedChanges, .scaleRanges, .statedNumbers, .statedWeekdays, .textHygiene,
    .totals,
  ]
}

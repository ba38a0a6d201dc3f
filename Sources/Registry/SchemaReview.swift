package import Diagnostics
import JSONSchema
import Syntax

/// Judges the schemas of a repository: against the meta-schema, and by whether what they say has any effect.
package struct SchemaReview {
  private let lint = SchemaLint(ownKeywords: Set(OwnKeyword.collected))

  package init() {}

  /// Reviews all schemas of a repository.
  ///
  /// - Parameters:
  ///   - schemas: The schemas; each is compiled.
  ///   - report: Where findings go, those of compiling included.
  package func review(_ schemas: SchemaSet, into report: inout Report) {
    let paths = schemas.paths()
    for path in paths { _ = schemas.program(at: path) }
    report.merge(schemas.report)
    // What compiling found wrong says more than the meta-schema does of the same place.
    let known = Set(schemas.report.diagnostics.map(\.range))
    var form = Report()
    for path in paths {
      guard let root = schemas.document(at: path)?.root else { continue }
      lint.checkForm(of: root, into: &form)
      lint.checkKeywords(of: root, into: &report)
      checkOwnKeywords(in: root, into: &report)
    }
    form.keep { !known.contains($0.range) }
    report.merge(form)
  }

  /// Warns of definitions that no schema uses.
  package func checkDefinitions(of schemas: SchemaSet, into report: inout Report) {
    let paths = schemas.paths()
    let programs = paths.compactMap { schemas.program(at: $0) }
    for path in paths {
      guard let root = schemas.document(at: path)?.root else { continue }
      lint.checkDefinitions(of: root, usedBy: programs, into: &report)
    }
  }

  /// Checks our keywords in a schema: their values, and whether they have an effect where they stand.
  private func checkOwnKeywords(in root: Node, into report: inout Report) {
    lint.forEachSchema(in: root) { schema, isJudged in
      let own = schema.members.compactMap { member in
        OwnKeyword(rawValue: member.key.text ?? "").map { (keyword: $0, member: member) }
      }
      guard !own.isEmpty else { return }
      var form = Report()
      OwnSchema.keywords.check(schema, into: &form)
      report.merge(form)
      for (keyword, member) in own {
        guard isJudged else {
          report.noEffect(
            keyword, at: member, "what stands under 'not' says what a value is not",
            help: "Move it to where the value is described")
          continue
        }
        check(keyword, member, of: schema, root: root, into: &report)
      }
    }
  }

  private func check(
    _ keyword: OwnKeyword, _ member: Node.Member, of schema: Node, root: Node,
    into report: inout Report
  ) {
    let type = schema["type"]
    let types = type?.string.map { [$0] } ?? type?.elements.compactMap(\.string) ?? []
    if let fitting = keyword.types, !types.isEmpty, fitting.isDisjoint(with: types) {
      report.noEffect(
        keyword, at: member, "the value is of the type \(types.joined(separator: " or "))",
        help: keyword.place)
      return
    }
    switch keyword {
    case .states: checkStates(member, of: schema, into: &report)
    case .computed where schema.index == root.index:
      report.noEffect(
        keyword, at: member, "a record as a whole is not computed",
        help: "Put it on the property that follows from others")
    case .key:
      guard let name = member.value.string else { return }
      let elements = schema["items"].map { resolved($0, in: root) }
      let types = elements?["type"].map {
        $0.string.map { [$0] } ?? $0.elements.compactMap(\.string)
      }
      if let types, !types.contains("object") {
        report.noEffect(
          keyword, at: member, "the elements are of the type \(types.joined(separator: " or "))",
          help: "Remove it: such elements are known by what they say")
        return
      }
      checkField(name, member.value, of: elements, keyword, into: &report)
    case .immutableWhen:
      for name in member.value["except"]?.elements ?? [] {
        checkField(name.text ?? "", name, of: schema, keyword, into: &report)
      }
      if let place = member.value["openly"], let name = place.string {
        checkField(name, place, of: schema, keyword, into: &report)
      }
    case .rules:
      for rule in member.value.elements {
        guard let place = rule["at"], let name = place.string else { continue }
        checkField(name, place, of: schema, keyword, into: &report)
      }
    default: break
    }
  }

  /// Follows references within a file, as far as they lead.
  private func resolved(_ schema: Node, in root: Node) -> Node {
    var place = schema
    for _ in 0..<16 {
      guard let reference = place["$ref"]?.string, reference.hasPrefix("#/") else { break }
      var target: Node? = root
      for name in reference.dropFirst(2).split(separator: "/") { target = target?[String(name)] }
      guard let target else { break }
      place = target
    }
    return place
  }

  /// Of two transitions between the same states the first is the one that counts.
  private func checkDemands(_ transitions: [Node], into report: inout Report) {
    var pairs: [String: [String: Node]] = [:]
    var count = 0
    for transition in transitions {
      let to = transition["to"]?.states ?? []
      for from in transition["from"]?.states ?? [] {
        for state in to {
          count += 1
          guard count < 100_000 else { return }
          guard let first = pairs[from]?[state] else {
            pairs[from, default: [:]][state] = transition
            continue
          }
          guard first.index != transition.index,
            let demand = transition["demands"] ?? first["demands"]
          else { continue }
          report.error(
            .noEffect,
            "there are two transitions from '\(from)' to '\(state)', and only the first counts",
            at: transition.range, related: [.init("the demand of one of them", at: demand.range)],
            help: "Write one for each pair of states, with all that it demands")
          return
        }
      }
    }
  }

  /// States that the enumeration beside them has not can neither be left nor reached.
  private func checkStates(
    _ member: Node.Member, of schema: Node, into report: inout Report
  ) {
    checkDemands(member.value["transitions"]?.elements ?? [], into: &report)
    guard let known = schema["enum"]?.elements.compactMap(\.text), !known.isEmpty else { return }
    let transitions = member.value["transitions"]?.elements ?? []
    let lists = [member.value["initial"]] + transitions.flatMap { [$0["from"], $0["to"]] }
    for list in lists.compactMap(\.self) {
      for state in list.kind == .array ? list.elements : [list] {
        guard let name = state.text, !known.contains(name) else { continue }
        report.error(
          .noEffect, "there is no state '\(name)'", at: state.range,
          related: [.init("the states are listed here", at: (schema["enum"] ?? schema).range)],
          help: suggestion(for: name, among: known)
            ?? "Name one of: \(known.joined(separator: ", "))")
      }
    }
  }

  /// Looks whether a closed schema has the property that a keyword names.
  private func checkField(
    _ name: String, _ place: Node, of schema: Node?, _ keyword: OwnKeyword,
    into report: inout Report
  ) {
    guard let schema, schema["additionalProperties"]?.bool == false, schema["$ref"] == nil,
      schema["patternProperties"] == nil, let properties = schema["properties"],
      properties[name] == nil
    else { return }
    let known = properties.members.compactMap(\.key.text)
    report.error(
      .noEffect, "'\(keyword.rawValue)' names '\(name)', which is no field here", at: place.range,
      help: suggestion(for: name, among: known) ?? "Name one of: \(known.joined(separator: ", "))")
  }

  private func suggestion(for name: String, among known: [String]) -> String? {
    advice(for: name, among: known)
  }
}

extension Node {
  /// The texts of a list of states, or the one state.
  fileprivate var states: [String] { (kind == .array ? elements : [self]).compactMap(\.text) }
}

extension OwnKeyword {
  /// The types of values that the keyword says something of; `nil` for all.
  fileprivate var types: Set<String>? {
    switch self {
    case .references: ["string", "array"]
    case .unique, .states: ["string", "number", "integer", "boolean"]
    case .appendOnly, .key: ["array"]
    case .immutableWhen: ["object"]
    case .rules, .computed, .classification: nil
    }
  }

  /// Where the keyword belongs, as a sentence in the imperative.
  fileprivate var place: String {
    switch self {
    case .references: "Put it on a text, or on a list of texts"
    case .unique, .states: "Put it on a text or a number"
    case .appendOnly, .key: "Put it on a list"
    case .immutableWhen: "Put it on a mapping"
    case .rules, .computed, .classification: "Put it elsewhere"
    }
  }
}

extension Report {
  fileprivate mutating func noEffect(
    _ keyword: OwnKeyword, at member: Node.Member, _ reason: String, help: String
  ) {
    error(
      .noEffect, "'\(keyword.rawValue)' has no effect here: \(reason)", at: member.key.range,
      help: help)
  }
}

extension Diagnostic.Code {
  /// A keyword of ours, or a part of it, that can have no effect.
  package static let noEffect: Self = "schema/no-effect"
}

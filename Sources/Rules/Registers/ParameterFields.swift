import Diagnostics
import JSONSchema
import Registry
import Syntax

extension RegisterRule {
  /// Looks whether the schemas can have the fields and values that parameters name: a rule about a field that no
  /// record can have passes everything in silence.
  ///
  /// - Parameters:
  ///   - member: The rule in the catalogue.
  ///   - position: The register that it is about.
  ///   - rulebook: The catalogue and the schemas.
  ///   - report: Where findings go.
  func reviewFields(
    in member: Node.Member, _ position: Int, _ rulebook: Rulebook, into report: inout Report
  ) {
    for parameter in parameters {
      if parameter.kind == .waysOfRegisters {
        reviewWays(in: member.value[parameter.name], rulebook, into: &report)
      }
      guard let (register, fields) = fields(for: parameter, member, position, rulebook) else {
        continue
      }
      let value = member.value[parameter.name]
      switch parameter.kind {
      case .property, .properties, .ways:
        var ways: [(place: Node, way: String)] = []
        if let value {
          ways = (value.kind == .array ? value.elements : [value]).compactMap { node in
            node.string.map { (node, $0) }
          }
        } else if let standard = parameter.standard, isAsked(parameter, in: member.value) {
          ways = [(member.key, standard)]
        }
        for (source, way) in ways where way != "id" {
          if let need = parameter.holds, case .here(let place) = fields.lookup(way),
            !place.mayHold(need)
          {
            let form =
              need == .day
              ? "Give '\(way)' the \"format\": \"date\" in its schema, or name another field"
              : "Give '\(way)' the type of a number in its schema, or name another field"
            report.error(
              .badParameter, "nothing says that '\(way)' of '\(register)' is \(need.name)",
              at: source.range, help: form)
            continue
          }
          guard let fault = fields.fault(of: way, in: register) else { continue }
          report.error(
            .unknownCatalogueField, fault.message, at: source.range,
            help: value == nil ? "Say with '\(parameter.name)' which field it is" : fault.help)
        }
      case .texts:
        checkValues(value, of: parameter, member, register, fields, into: &report)
      default: break
      }
    }
  }

  private func reviewWays(in ways: Node?, _ rulebook: Rulebook, into report: inout Report) {
    for member in ways?.members ?? [] {
      guard let name = member.key.text,
        let owner = rulebook.catalogue.registers.firstIndex(where: { $0.name == name }),
        let program = rulebook.programs[owner]
      else { continue }
      let fields = SchemaFields(of: program)
      for way in member.value.kind == .array ? member.value.elements : [member.value] {
        guard let fault = fields.fault(of: way.text ?? "", in: name) else { continue }
        report.error(.unknownCatalogueField, fault.message, at: way.range, help: fault.help)
      }
    }
  }

  /// Whether a property that is not named counts: one of another register only where that is named.
  private func isAsked(_ parameter: Parameter, in values: Node) -> Bool {
    parameter.of.map { values[$0] != nil } ?? true
  }

  /// Returns the fields that a parameter may name, and the register they are of.
  private func fields(
    for parameter: Parameter, _ member: Node.Member, _ position: Int, _ rulebook: Rulebook
  ) -> (register: String, fields: SchemaFields)? {
    let registers = rulebook.catalogue.registers
    var owner = position
    if let of = parameter.of {
      guard let name = member.value[of]?.text,
        let other = registers.firstIndex(where: { $0.name == name })
      else { return nil }
      owner = other
    }
    guard registers.indices.contains(owner), let program = rulebook.programs[owner] else {
      return nil
    }
    let fields = SchemaFields(of: program)
    guard let within = parameter.within.flatMap({ member.value[$0]?.text }) else {
      return (registers[owner].name, fields)
    }
    guard case .here(let inner) = fields.lookup(within) else { return nil }
    return (registers[owner].name, inner)
  }

  private func checkValues(
    _ value: Node?, of parameter: Parameter, _ member: Node.Member, _ register: String,
    _ fields: SchemaFields, into report: inout Report
  ) {
    guard let name = parameter.valuesOf, let named = member.value[name], let way = named.text,
      case .here(let field) = fields.lookup(way)
    else { return }
    if !parameter.standardValues.isEmpty {
      let meant = value?.texts ?? parameter.standardValues
      let some = field.values.map { values in meant.count { values.contains($0) } }
      if some.map({ $0 < 2 }) ?? (field.isAnyText || !field.mayBe(.string)) {
        report.error(
          .badParameter,
          "nothing says that '\(way)' of '\(register)' is \(meant.joined(separator: ", "))",
          at: named.range,
          help:
            "List them in its schema with 'enum', say with '\(parameter.name)' which they are, or name another field"
        )
        return
      }
    }
    guard let value, let known = field.values else { return }
    for node in value.kind == .array ? value.elements : [value] {
      guard let text = node.text, !known.contains(text) else { continue }
      report.error(
        .unknownCatalogueField, "no record of '\(register)' can have the \(way) '\(text)'",
        at: node.range,
        help: advice(for: text, among: known)
          ?? "It is one of: \(known.joined(separator: ", "))")
    }
  }
}

import Patterns
import Syntax

extension RegisterRule {
  /// Returns the names of registers in the values of the parameters.
  func registers(in values: Node) -> [String] { parameters.flatMap { $0.registers(in: values) } }

  /// Returns the properties that the rule reads of the records of a register that parameters name, beside their
  /// ids; `nil` where it may read any.
  func fieldsRead(of register: String, _ values: Node) -> [String]? {
    var fields: [String] = []
    for parameter in parameters
    where parameter.kind == .expressions || parameter.registers(in: values).contains(register) {
      let ways = parameter.fieldsIn.map { values[$0]?.texts ?? [] }
      guard let own = parameter.fields ?? ways else { return nil }
      // A way such as updates[].meeting begins with a property.
      fields += own.map { way in String(way.prefix { $0 != "." && $0 != "[" }) }
    }
    return fields
  }
}

extension RegisterRule.Parameter {
  fileprivate func registers(in values: Node) -> [String] {
    switch kind {
    case .register: [values[name]?.text].compactMap(\.self)
    case .registers: values[name]?.texts ?? []
    case .waysOfRegisters: (values[name]?.members ?? []).compactMap(\.key.text)
    default: []
    }
  }
}

extension RegisterRule.Kind {
  func fits(_ value: Node) -> Bool {
    switch self {
    case .property, .register: value.kind == .string
    case .properties, .registers:
      value.kind == .array && value.elements.allSatisfy { $0.kind == .string }
    case .texts, .ways:
      value.kind == .string
        || (value.kind == .array && value.elements.allSatisfy { $0.text != nil })
    case .number: value.kind == .number
    case .pattern: value.kind == .string
    case .mapping, .waysOfRegisters: value.kind == .object
    case .patterns, .expressions:
      value.kind == .object && value.members.allSatisfy { $0.value.text != nil }
    }
  }

  /// Returns the regular expressions in a value that are none, and why.
  func faults(in value: Node) -> [(source: Node, fault: PatternError)] {
    let sources: [Node] =
      switch self {
      case .pattern: [value]
      case .patterns, .expressions: value.members.map(\.key)
      default: []
      }
    return sources.compactMap { source in
      do throws(PatternError) {
        _ = try Pattern(ecma262: source.text ?? "")
        return nil
      } catch {
        return (source, error)
      }
    }
  }
}

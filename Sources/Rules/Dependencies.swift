import JSONSchema
package import Registry
import Syntax

/// Which registers the verdict on a register depends on, as its schema and the catalogue say.
package struct Dependencies {
  private let catalogue: Catalogue
  /// The positions of the registers.
  private let names: [String: Int]
  /// For each register, those whose records its references name.
  private var references: [Set<Int>] = []
  /// For each register, those that expressions of its schema and rules of the catalogue read.
  private var reads: [Set<Int>] = []
  /// The registers with rules that ask of names in texts whether any register has a record of them.
  private var namingAny: Set<Int> = []
  /// The registers that have values or rules which concern all their records together.
  private var concernsAll: Set<Int> = []

  package init(of rulebook: Rulebook) {
    catalogue = rulebook.catalogue
    names = Dictionary(
      catalogue.registers.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { $1 })
    for (position, register) in catalogue.registers.enumerated() {
      var targets: Set<Int> = []
      var read: Set<Int> = []
      for (keyword, value) in rulebook.programs[position]?.annotationValues ?? [] {
        switch OwnKeyword.allCases[keyword] {
        case .references:
          let named = value.texts.compactMap { names[$0] }
          targets.formUnion(named)
          // What is gone is told by its tombstone.
          read.formUnion(
            named.flatMap { catalogue.registers[$0].graveyards }.compactMap { names[$0] })
        case .unique: concernsAll.insert(position)
        case .computed, .rules, .states, .immutableWhen:
          read.formUnion(registersRead(by: value))
        case .classification, .appendOnly, .key: break
        }
      }
      for rule in RegisterRule.all {
        guard let parameters = register.rules.first(where: { $0.key.text == rule.name }) else {
          continue
        }
        if rule.concernsAll { concernsAll.insert(position) }
        if rule.findsAny { namingAny.insert(position) }
        read.formUnion(registersRead(by: rule, parameters.value))
      }
      references.append(targets)
      reads.append(read)
    }
  }

  /// Returns the registers that a rule of the catalogue reads, as its parameters say.
  func registersRead(by rule: RegisterRule, _ values: Node) -> Set<Int> {
    let expressions = rule.parameters.filter { $0.kind == .expressions }
      .flatMap { values[$0.name]?.members ?? [] }
    return Set(rule.registers(in: values).compactMap { names[$0] })
      .union(expressions.flatMap { registersRead(by: $0.value) })
  }

  private func registersRead(by value: Node) -> Set<Int> {
    switch value.kind {
    case .string:
      let source = value.text ?? ""
      var read: Set<Int> = []
      if source.calls("orkingDays") {
        read.formUnion(catalogue.calendars.compactMap { names[$0.register] })
      }
      if source.calls("record") || source.calls("records") {
        // Which one may be computed; a name that stands there is the common case.
        let named = quoted(in: source).compactMap { names[String(Substring($0))] }
        read.formUnion(named.isEmpty ? Array(names.values) : named)
      }
      return read
    case .array:
      return value.elements.reduce(into: []) { $0.formUnion(registersRead(by: $1)) }
    case .object:
      return value.members.reduce(into: []) { $0.formUnion(registersRead(by: $1.value)) }
    default: return []
    }
  }

  /// Returns what stands between two quotation marks of an expression, whichever they are.
  private func quoted(in source: String) -> [Substring.UTF8View] {
    let pieces = source.utf8.split(omittingEmptySubsequences: false) {
      $0 == UInt8(ascii: "'") || $0 == UInt8(ascii: "\"")
    }
    return pieces.dropFirst().dropLast().map { $0 }
  }

  /// Returns the registers whose references lead into one of the given ones.
  package func referring(to registers: Set<Int>) -> Set<Int> {
    Set(references.indices.filter { !references[$0].isDisjoint(with: registers) })
  }

  /// Returns the registers of which records may name one that is gone.
  ///
  /// - Parameter registers: The registers that ids are gone from.
  /// - Returns: Those with references into one of them, and with texts that name records of any register.
  func naming(_ registers: Set<Int>) -> Set<Int> {
    registers.isEmpty ? [] : referring(to: registers).union(namingAny)
  }

  /// Returns the registers that must be read whole, where records of some change.
  ///
  /// - Parameters:
  ///   - touched: The registers that have changes.
  ///   - started: Registers that must be read whole in any case.
  /// - Returns: The registers to read whole.
  func wholes(touched: Set<Int>, and started: Set<Int>) -> Set<Int> {
    var wholes = started.union(touched.intersection(concernsAll))
    // Who reads a register that changes is judged anew.
    wholes.formUnion(reads.indices.filter { !reads[$0].isDisjoint(with: touched) })
    while true {
      let grown = wholes.union(touched).reduce(into: wholes) { $0.formUnion(reads[$1]) }
      if grown == wholes { return wholes }
      wholes = grown
    }
  }
}

extension String {
  /// Whether a function is called whose name ends so.
  fileprivate func calls(_ name: String) -> Bool {
    utf8.indices.contains { place in
      utf8[place] == UInt8(ascii: "(")
        && utf8[..<place].reversed().starts(with: name.utf8.reversed())
    }
  }
}

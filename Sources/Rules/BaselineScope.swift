import CEL
import Diagnostics
package import Registry
import Syntax

/// Which records a kind of baseline holds.
package struct BaselineScope: Sendable {
  private let registers: Set<String>?
  private let conditions: [String: Expression]

  /// Prepares looking what a kind holds; everything where there is none.
  package init(_ kind: BaselineKind?) {
    registers = kind?.registers.map(Set.init)
    conditions = (kind?.conditions ?? [:]).compactMapValues { try? Parser.expression($0) }
  }

  /// Whether it holds some records of a register.
  package func holds(_ register: Register) -> Bool { registers?.contains(register.name) ?? true }

  /// Whether it holds a record.
  ///
  /// One of which the condition says nothing is held: what a baseline lacks, nobody approves.
  package func holds(_ record: Record, of register: Register) -> Bool {
    guard holds(register) else { return false }
    guard let condition = conditions[register.name] else { return true }
    var interpreter = Interpreter(variables: ["self": Value(record.node)], functions: nil)
    guard case .bool(let holds)? = try? interpreter.value(of: condition) else { return true }
    return holds
  }

  /// Whether it holds a file, which it does for any of its records; one that cannot be read may have some.
  package func holds(_ file: RegisterFile, of register: Register) -> Bool {
    guard holds(register) else { return false }
    return conditions[register.name] == nil || file.records.isEmpty
      || file.records.contains { holds($0, of: register) }
  }

  /// Looks whether the conditions of a catalogue are expressions over what their registers hold.
  static func review(_ rulebook: Rulebook, into report: inout Report) {
    let root = rulebook.catalogue.registers.first?.definition.tree.root
    for kind in root?["baselines"]?.members ?? [] {
      for member in kind.value["where"]?.members ?? [] {
        guard let source = member.value.string,
          let register = rulebook.catalogue.register(named: member.key.text ?? "")
        else { continue }
        do throws(ExpressionError) {
          let expression = try Parser.expression(source)
          var checker = Checker(names: ["self": rulebook.type(of: register)], functions: [])
          guard try checker.type(of: expression).mayBe(.bool) else {
            throw ExpressionError(message: "it is neither true nor false", range: expression.range)
          }
        } catch {
          report.error(
            .badExpression, "'\(source)' is no expression: \(error.message)",
            at: member.value.range,
            help: "Write what is true for the records that it holds: self.body == 'TABASC'")
        }
      }
    }
  }
}

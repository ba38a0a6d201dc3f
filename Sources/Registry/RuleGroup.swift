import Syntax

/// Rules that the catalogue states once for several registers.
struct RuleGroup {
  /// The registers that are named; `nil` where all are meant but the exceptions.
  let registers: Set<String>?
  let except: Set<String>
  /// The names of the rules and their parameters.
  let rules: [Node.Member]

  /// Whether the rules are for a register.
  func isFor(_ register: String) -> Bool {
    registers?.contains(register) ?? !except.contains(register)
  }
}

extension [RuleGroup] {
  /// Returns the rules for a register: its own, and those of the groups that it does not state itself.
  ///
  /// - Parameters:
  ///   - register: Its name.
  ///   - own: What its own entry states, `false` to switch a rule off included.
  /// - Returns: Each rule once.
  func rules(for register: String, own: [Node.Member]) -> [Node.Member] {
    var names = Set(own.compactMap(\.key.text))
    return own
      + lazy.filter { $0.isFor(register) }.flatMap(\.rules).filter {
        names.insert($0.key.text ?? "").inserted
      }
  }
}

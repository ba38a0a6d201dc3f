package import Diagnostics
package import Syntax

/// Who may sign which kind of baseline, and how many of them it takes.
package struct SigningPolicy: Hashable, Sendable {
  /// So many signers of a role.
  package struct Demand: Hashable, Sendable {
    package let role: String
    package let count: Int
  }

  /// The members of each role: the principal of an SSH key as a file of allowed signers names it, or
  /// the fingerprint of an OpenPGP key.
  package var roles: [String: Set<String>] = [:]
  /// What each kind of baseline demands.
  package var kinds: [String: [Demand]] = [:]

  package init() {}

  /// Reads the members of roles.
  ///
  /// - Parameters:
  ///   - node: The mapping `roles`.
  ///   - bad: Called with what is wrong.
  mutating package func readRoles(_ node: Node?, _ bad: (Node, Diagnostic.Message) -> Void) {
    for role in node?.members ?? [] {
      if role.value.kind != .array { bad(role.value, "a role is a list of signers") }
      roles[role.key.text ?? ""] = Set(role.value.elements.compactMap(\.string))
    }
  }

  /// Reads what a kind demands: a mapping from roles to numbers.
  ///
  /// - Parameters:
  ///   - node: The mapping.
  ///   - kind: The kind of baseline.
  ///   - bad: Called with what is wrong.
  mutating package func readDemands(
    _ node: Node?, of kind: String, _ bad: (Node, Diagnostic.Message) -> Void
  ) {
    for member in node?.members ?? [] {
      let role = member.key.text ?? ""
      guard let members = roles[role] else {
        bad(member.key, "there is no role '\(role)'")
        continue
      }
      guard let count = member.value.integer, count > 0, count <= members.count else {
        bad(member.value, "the number of signers is 1 to \(members.count), as many as the role has")
        continue
      }
      kinds[kind, default: []].append(Demand(role: role, count: count))
    }
    guard let node, let demands = kinds[kind], demands.count <= Self.mostRoles else { return }
    var people: [String: [Int]] = [:]
    for (position, demand) in demands.enumerated() {
      for member in roles[demand.role] ?? [] { people[member, default: []].append(position) }
    }
    let counts = demands.map(\.count)
    let order = people.keys.sorted().compactMap { people[$0] }
    if Self.places(counts, takenBy: order) != counts {
      bad(node, "nobody can sign this: one signer fills one role, and these have too few")
    }
  }

  /// How many roles of a kind are looked at.
  private static let mostRoles = 64

  /// Returns how many places of each role are taken where nobody takes two, as many in all as can be.
  ///
  /// - Parameters:
  ///   - counts: The places of each role.
  ///   - people: For each one the roles, by their positions.
  /// - Returns: The places that are taken, in the order of the roles.
  package static func places(_ counts: [Int], takenBy people: [[Int]]) -> [Int] {
    var holders: [[Int]] = counts.map { _ in [] }
    // Whoever holds a place makes room for another who has no other, one after the other.
    func seat(_ person: Int, _ tried: inout Set<Int>) -> Bool {
      for role in people[person] where tried.insert(role).inserted {
        if holders[role].count < counts[role] {
          holders[role].append(person)
          return true
        }
        for (place, holder) in holders[role].enumerated() where seat(holder, &tried) {
          holders[role][place] = person
          return true
        }
      }
      return false
    }
    for person in people.indices {
      var tried: Set<Int> = []
      _ = seat(person, &tried)
    }
    return holders.map(\.count)
  }
}

/// What must hold for a baseline of a kind to be made, beyond a clean check.
package struct BaselineDemands: Hashable, Sendable {
  /// Whether it names a decision.
  package var decision = false
  /// Whether it names the day of its publication.
  package var published = false
  /// Whether the version of a document rises when its text changes, and only then.
  package var versions = false
  /// The trailers one of which a commit behind each change carries; empty where none is asked for.
  package var explained: [String] = []
  /// Whether the modifications that commits name may be in force, and have changed what they claim.
  package var modifications = false

  package init() {}
}

/// How modifications are kept: their register, the branches with their text, and what their states
/// mean.
package struct ModificationProcess: Hashable, Sendable {
  package let register: String
  /// The branch of one: `modification/{id}`.
  package let branch: PathTemplate?
  /// The trailer of commits that carry one out.
  package let trailer: String
  /// The property with the state.
  package let state: String
  /// The states in which one is decided and not yet in force.
  package let approved: [String]
  /// The state that says that it is in force.
  package let implemented: String?
  /// The states in which one is over without effect.
  package let ended: [String]
  /// The property with the day from which it is in force.
  package let effective: String?
  /// The property that lists the items that it changes.
  package let affects: String?
  /// The property with the baseline that its text is drafted against.
  package let draftedAgainst: String?

  /// Whether one in this state is still to come.
  package func isPending(_ state: String?) -> Bool {
    guard let state else { return true }
    return state != implemented && !ended.contains(state)
  }
}

/// How variations are kept.
package struct VariationRegister: Hashable, Sendable {
  package let register: String
  /// The property with the last day.
  package let end: String
}

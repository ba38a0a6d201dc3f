package import Registry

/// What is asked of the signatures of something.
package struct SignatureDemand: Hashable, Sendable {
  /// So many signers of the members of a role.
  package struct Role: Hashable, Sendable {
    let name: String
    let members: Set<String>
    let count: Int
  }

  /// The roles that the kind of baseline takes.
  package var roles: [Role] = []
  /// The kind, to name it.
  package var kind = ""
  /// How many have to sign at least.
  package var threshold = 0
  /// Whether a signature is asked for, whosever it is.
  package var requiresSignature = false

  package init() {}

  /// Whether anything is asked for.
  package var isAsked: Bool { requiresSignature || threshold > 0 || !roles.isEmpty }

  /// Asks for what a policy says of a kind.
  package mutating func add(_ policy: SigningPolicy?, of kind: String) {
    self.kind = kind
    roles = (policy?.kinds[kind] ?? []).map { demand in
      Role(
        name: demand.role, members: policy?.roles[demand.role] ?? [], count: demand.count)
    }
  }
}

/// The signatures of a tag, a withdrawal or an envelope, held against what is asked of them.
package struct Endorsement: Sendable {
  package private(set) var findings: [Finding] = []
  /// Whose signatures are good, each once.
  package private(set) var signers: [Signing.Signer] = []
  /// Whether there is any signature, whatever it is worth.
  package private(set) var isSigned = false

  package var standing: Standing { findings.standing }

  /// Why it is not good, in words.
  package var reasons: String {
    findings.filter { $0.standing != nil }.map(\.text).joined(separator: "; ")
  }

  /// Judges signatures.
  ///
  /// Whoever may push can add a signature: of those that were added a bad one counts for nothing, and is no
  /// reason to fail.
  ///
  /// - Parameters:
  ///   - own: What is known of the signatures that it came with.
  ///   - added: What is known of those that others added.
  ///   - unread: How many of these were not looked at.
  ///   - demand: What is asked for.
  package init(
    own: [Signing.Verdict], added: [Signing.Verdict] = [], unread: Int = 0,
    _ demand: SignatureDemand
  ) {
    var isUnclear = false
    for verdict in own {
      switch verdict {
      case .good(let signer): add(signer)
      case .bad: findings.append(Finding(.bad, verdict.words))
      case .unknown:
        findings.append(Finding(.unclear, verdict.words))
        isUnclear = true
      case .unsigned: continue
      }
      isSigned = true
    }
    for verdict in added {
      switch verdict {
      case .good(let signer):
        add(signer)
        isSigned = true
      case .bad(let reason): note("a signature that was added is not good: \(reason)")
      case .unknown(let reason):
        note("a signature that was added cannot be judged: \(reason)")
        isUnclear = true
        isSigned = true
      case .unsigned: break
      }
    }
    for signer in signers {
      guard let trust = signer.trust, trust < .fully,
        !demand.roles.contains(where: { signer.isOne(of: $0.members) })
      else { continue }
      note("nobody whom you trust has certified the key of \(signer.name) (trust: \(trust))")
    }
    if unread > 0 { note("\(unread) more signatures that were added were not looked at") }
    var isUnsigned = !isSigned && !findings.contains { $0.standing == .bad }
    if isUnsigned, demand.isAsked {
      findings.append(
        unread > 0
          ? Finding(.unclear, "whether it is signed: there are too many signatures")
          : Finding(.unsigned, "it is not signed"))
    }
    if unread > 0 { (isUnclear, isUnsigned) = (true, false) }
    count(for: demand, otherwise: isUnsigned ? nil : isUnclear ? .unclear : .bad)
  }

  /// Holds the signers against roles and numbers.
  ///
  /// - Parameters:
  ///   - demand: What is asked for.
  ///   - standing: What follows where there are too few.
  private mutating func count(for demand: SignatureDemand, otherwise standing: Standing?) {
    var entitled = signers
    if !demand.roles.isEmpty {
      entitled = signers.filter { signer in
        demand.roles.contains { signer.isOne(of: $0.members) }
      }
      for signer in signers where !entitled.contains(signer) {
        note("\(signer.name) signed it and has no role for the kind '\(demand.kind)'")
      }
      // Two pairs of eyes are asked for, and who has two roles has one.
      let counts = SigningPolicy.places(
        demand.roles.map(\.count),
        takenBy: entitled.map { signer in
          demand.roles.indices.filter { signer.isOne(of: demand.roles[$0].members) }
        })
      for (role, count) in zip(demand.roles, counts) where count < role.count {
        let isElsewhere = entitled.count { $0.isOne(of: role.members) } > count
        findings.append(
          Finding(
            standing,
            "it is signed by \(count) of the role '\(role.name)', and takes \(role.count)"
              + (isElsewhere ? ": a signer counts for one role" : "")))
      }
    }
    if entitled.count < demand.threshold {
      findings.append(
        Finding(standing, "it is signed by \(entitled.count), and takes \(demand.threshold)"))
    }
  }

  private mutating func add(_ signer: Signing.Signer) {
    if !signers.contains(where: { $0.isSame(as: signer) }) { signers.append(signer) }
  }

  private mutating func note(_ text: String) {
    let finding = Finding(nil, text)
    if !findings.contains(finding) { findings.append(finding) }
  }
}

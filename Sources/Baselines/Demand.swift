package import Git
import Registry

extension Ledger {
  /// Returns what is asked of the signatures of a baseline: by the terms, or by the catalogue of the one before
  /// it, because what is judged does not name its judges.
  func demand(
    on baseline: Baseline, _ terms: Verification.Terms
  ) throws(GitError) -> SignatureDemand {
    var demand = SignatureDemand()
    demand.threshold = terms.threshold
    demand.requiresSignature = terms.requiresSignature
    if let policy = terms.signers.policy {
      demand.add(policy, of: kind(of: baseline)?.name ?? "")
    } else if let catalogue = try catalogue(trustedBefore: baseline, terms) {
      demand.add(catalogue.signing, of: catalogue.baselineKind(of: baseline.name)?.name ?? "")
    }
    return demand
  }

  /// Returns the catalogue that says who may sign a baseline, that of the one before it.
  ///
  /// Where that changed the
  /// roles without the signatures that it took itself, it is the last that did not.
  private func catalogue(
    trustedBefore baseline: Baseline, _ terms: Verification.Terms
  ) throws(GitError) -> Catalogue? {
    var trusted: Catalogue?
    for earlier in chain(of: baseline.name).prefix(while: { $0.name != baseline.name }) {
      guard let own = catalogue(of: earlier) else { continue }
      if let current = trusted, current.signing != own.signing {
        var demand = SignatureDemand()
        demand.add(current.signing, of: current.baselineKind(of: earlier.name)?.name ?? "")
        if !demand.roles.isEmpty {
          let endorsement = try endorsement(of: earlier, demand, terms)
          guard endorsement.standing == .good else { continue }
        }
      }
      trusted = own
    }
    return trusted
  }

  /// Judges the signatures of a baseline.
  func endorsement(
    of baseline: Baseline, _ demand: SignatureDemand, _ terms: Verification.Terms
  ) throws(GitError) -> Endorsement {
    let commit = baseline.commit.flatMap { try? repository.commit($0) }
    let earliest = commit.map { min(max($0.time, 0), 253_402_300_799) } ?? 0
    return try endorsement(of: baseline.tag, notBefore: earliest, demand, terms)
  }

  /// Judges the signatures of a withdrawal, which takes who may sign the baseline.
  ///
  /// Of the first of a kind its own
  /// catalogue says that, which was there before the withdrawal.
  package func endorsement(
    ofWithdrawalOf baseline: Baseline, _ withdrawal: Withdrawal, _ terms: Verification.Terms
  ) throws(GitError) -> Endorsement {
    var demand = try demand(on: baseline, terms)
    if terms.signers.policy == nil, demand.roles.isEmpty,
      self.baseline(before: baseline.name) == nil,
      let own = catalogue(of: baseline)
    {
      demand.add(own.signing, of: own.baselineKind(of: baseline.name)?.name ?? "")
    }
    return try endorsement(of: withdrawal.tag, notBefore: baseline.tag.time ?? 0, demand, terms)
  }

  /// Returns the signatures that others added to a baseline, without those that are known not to be good.
  package func addedSignatures(
    on baseline: Baseline, _ terms: Verification.Terms
  ) throws(GitError) -> [String] {
    let signing = Signing(in: repository, signers: terms.signers.allowed, terms.tools)
    let added = try CoSignatures(of: baseline.tag, in: repository, at: notes)
    return added.judged(by: signing).verdicts.compactMap { text, verdict in
      if case .bad = verdict { nil } else { text }
    }
  }

  /// Judges the signatures of an envelope with a baseline's manifest: it takes who may sign the baseline.
  package func endorsement(
    of envelope: Envelope, of baseline: Baseline, _ terms: Verification.Terms
  ) throws(GitError) -> Endorsement {
    let signing = Signing(in: repository, signers: terms.signers.allowed, terms.tools)
    let signed = Envelope.encoding(of: envelope.payload)
    return Endorsement(
      own: envelope.signatures.prefix(Envelope.mostSignatures).map {
        signing.verdict(on: $0, of: signed, as: Envelope.namespace)
      }, try demand(on: baseline, terms))
  }

  private func endorsement(
    of tag: AnnotatedTag, notBefore earliest: Int64, _ demand: SignatureDemand,
    _ terms: Verification.Terms
  ) throws(GitError) -> Endorsement {
    let signing = Signing(in: repository, signers: terms.signers.allowed, terms.tools)
    let added = try CoSignatures(of: tag, in: repository, at: notes).judged(by: signing)
    return Endorsement(
      own: [signing.verdict(on: tag, notBefore: earliest)], added: added.verdicts.map(\.verdict),
      unread: added.rest, demand)
  }

  /// Returns the withdrawals that count, by the names of the baselines: who may sign a baseline has signed them,
  /// or nobody here can tell.
  package func countedWithdrawals(
    _ terms: Verification.Terms = .init()
  ) throws(GitError) -> [String: Withdrawal] {
    var counted: [String: Withdrawal] = [:]
    for (name, withdrawal) in withdrawals {
      guard let baseline = self[name]?.baseline else { continue }
      let standing = try endorsement(ofWithdrawalOf: baseline, withdrawal, terms).standing
      if standing == .good || standing == .unclear { counted[name] = withdrawal }
    }
    return counted
  }
}

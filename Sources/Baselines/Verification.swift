package import Diagnostics
import Git
package import History
import Registry
import Rules
package import SourceText

/// What is found of one baseline.
package struct Verification: Sendable {
  package let name: String
  package internal(set) var findings: [Finding] = []
  /// Whose signatures are good, each once.
  package internal(set) var signers: [Signing.Signer] = []
  /// Whether there is any signature, whatever it is worth.
  package internal(set) var isSigned = false
  package internal(set) var items = 0
  /// What its commit's own waivers accept.
  package internal(set) var waived = Report()
  /// What withdraws it, where that counts.
  package internal(set) var withdrawal: Withdrawal?

  package var standing: Standing { findings.standing }
  package var isGood: Bool { standing == .good }
  /// The words that it is told with.
  package var words: String { standing.words(isSigned: isSigned) }

  mutating func add(_ standing: Standing?, _ text: String) {
    findings.append(Finding(standing, text))
  }

  /// How a baseline is verified.
  package struct Terms: Sendable {
    /// The programs and keys to verify signatures with.
    package var tools = Signing.Tools.settings
    /// Whose signatures count; without roles in it those of the catalogue of the baseline before.
    package var signers = Signers()
    /// How many have to sign it at least.
    package var threshold = 0
    /// Whether one without a signature is not enough.
    package var requiresSignature = false
    /// Whether the records are checked by their own schemas too.
    package var checksRecords = true
    package var jobs = 1
    /// The tag objects that were seen before, by the names of their tags.
    package var pins: [String: ObjectID] = [:]

    package init() {}

    /// Uses a file of signers that the user names: nothing that comes with the repository counts beside it.
    package mutating func use(_ signers: Signers) {
      self.signers = signers
      tools = .user(signers.openPGP)
    }
  }

  /// Verifies the tag of a name.
  ///
  /// - Parameters:
  ///   - name: The name, without `refs/tags/`.
  ///   - ledger: All the baselines that it stands among.
  ///   - terms: How.
  package init(of name: String, in ledger: Ledger, _ terms: Terms) async {
    var way = Way(in: ledger.repository, jobs: terms.jobs)
    await self.init(of: name, in: ledger, terms, along: &way)
  }

  /// Verifies the tag of a name, one of several.
  ///
  /// - Parameters:
  ///   - name: The name, without `refs/tags/`.
  ///   - ledger: All the baselines that it stands among.
  ///   - terms: How.
  ///   - way: Knows the steps that were judged for others, and learns those that are judged for it.
  package init(of name: String, in ledger: Ledger, _ terms: Terms, along way: inout Way) async {
    self.name = name
    do {
      try await judge(ledger, terms, &way)
    } catch let failure as GitError {
      add(.unclear, "what it takes to tell cannot be read: \(failure.message)")
    } catch let failure as SourceTreeError {
      add(.unclear, "what it takes to tell cannot be read: \(Self.words(for: failure))")
    } catch {
      add(.unclear, "what it takes to tell cannot be read")
    }
  }

  private mutating func judge(_ ledger: Ledger, _ terms: Terms, _ way: inout Way) async throws {
    let repository = ledger.repository
    guard let id = try ledger.reference(toTag: name) else {
      if terms.pins[name] != nil {
        add(.bad, "there is no tag '\(name)'")
        add(.bad, "it was there when it was pinned")
      } else {
        add(ledger.gaps.mayLackTags ? .unclear : .bad, "there is no tag '\(name)'")
      }
      return
    }
    if let pin = terms.pins[name], pin != id {
      add(.bad, "it was moved: it is \(id) and was \(pin) when it was pinned")
    }
    let object: (kind: String, bytes: [UInt8])?
    do throws(GitError) {
      object = try repository.object(id)
    } catch {
      self.add(
        .bad,
        error.isMismatch
          ? "its object is not what its name \(id) stands for: the object store was edited"
          : "its object \(id) cannot be read: \(error.message)")
      return
    }
    guard let (kind, bytes) = object else {
      add(ledger.gaps.isPartial ? .unclear : .bad, "its object \(id) is missing")
      return
    }
    guard kind == "tag" else {
      add(.bad, "it is a lightweight tag of a \(kind), which records nothing")
      return
    }
    guard repository.isContent(bytes, of: id, kind: "tag") else {
      add(.bad, "its object is not what its name \(id) stands for: the object store was edited")
      return
    }
    guard let tag = AnnotatedTag(id: id, bytes: bytes),
      let baseline = Baseline(name: name, tag: tag)
    else {
      add(.bad, "its object records no baseline")
      return
    }
    judgeHead(baseline)
    judgeTrailers(baseline)
    try judgeSignatures(baseline, ledger, terms)
    try judgeWithdrawal(baseline, ledger, terms)
    try judgePrevious(baseline, ledger, terms)
    guard let commit = baseline.commit else {
      add(.bad, "it tags a \(tag.targetKind) and no commit")
      return
    }
    judgeBranch(commit, ledger)
    try await judgeContent(baseline, commit, ledger, terms, &way)
  }

  private mutating func judgeHead(_ baseline: Baseline) {
    if baseline.tag.name != name {
      add(.bad, "the tag object says that it is '\(baseline.tag.name)': it was given another name")
    }
    if let own = baseline["Baseline"], own != name {
      add(.bad, "it records the baseline '\(own)' and not '\(name)'")
    }
    for line in baseline.tag.strayLines {
      add(.bad, "its head has the line '\(line)' too: others may read another tag than Git does")
    }
    if baseline.tag.time == nil {
      add(.bad, "it does not say who tagged it and when: '\(baseline.tag.tagger)'")
    }
    if baseline["Manifest-Format"] != String(Manifest.format) {
      add(
        .bad,
        "its manifest has the format '\(baseline["Manifest-Format"] ?? "")', which is unknown here")
    }
  }

  /// What says two things proves neither, and what is left out is not what was approved.
  private mutating func judgeTrailers(_ baseline: Baseline) {
    let needed = [
      "Baseline", "Kind", "Effective", "Items", "Files", "Manifest-Format", "Manifest-SHA256",
    ]
    for key in needed + ["Published", "Previous", "Cause"] where baseline.values(of: key).count > 1
    {
      add(.bad, "it records '\(key)' more than once")
    }
    for key in needed where baseline[key] == nil {
      add(.bad, "it does not record '\(key)'")
    }
    for key in ["Effective", "Published"] {
      if let text = baseline[key], Day(text) == nil {
        add(.bad, "it records '\(key): \(text)', which is no day")
      }
    }
  }

  private mutating func judgeSignatures(
    _ baseline: Baseline, _ ledger: Ledger, _ terms: Terms
  ) throws(GitError) {
    let endorsement = try ledger.endorsement(
      of: baseline, ledger.demand(on: baseline, terms), terms)
    findings += endorsement.findings
    signers = endorsement.signers
    isSigned = endorsement.isSigned
  }

  private mutating func judgeWithdrawal(
    _ baseline: Baseline, _ ledger: Ledger, _ terms: Terms
  ) throws(GitError) {
    guard let withdrawal = ledger.withdrawals[name] else { return }
    let endorsement = try ledger.endorsement(ofWithdrawalOf: baseline, withdrawal, terms)
    let by = endorsement.signers.map(\.name).joined(separator: ", ")
    switch endorsement.standing {
    case .good:
      add(
        nil,
        "it was withdrawn by the decision \(withdrawal.decision) "
          + (by.isEmpty ? "(not signed)" : "(signed by \(by))"))
      self.withdrawal = withdrawal
    case .unclear:
      add(
        .unclear, "whether its withdrawal by \(withdrawal.decision) counts: \(endorsement.reasons)")
      self.withdrawal = withdrawal
    case .unsigned, .bad:
      add(
        nil,
        "a withdrawal of it, '\(withdrawal.tag.name)', does not count: \(endorsement.reasons)")
    }
  }

  private mutating func judgePrevious(
    _ baseline: Baseline, _ ledger: Ledger, _ terms: Terms
  ) throws(GitError) {
    // What was withdrawn is a dead end that the chain may pass by.
    let withdrawn = ledger.withdrawals.isEmpty ? [:] : try ledger.countedWithdrawals(terms)
    let stands = { (other: Baseline) in withdrawn[other.name] == nil }
    let isWithdrawn = withdrawn[name] != nil
    let chain = ledger.chain(of: name)
    let earlier = chain.prefix { $0.name != name }
    guard let text = baseline["Previous"] else {
      if isWithdrawn { return }
      if let expected = earlier.last(where: stands) {
        add(.bad, "it follows none, and '\(expected.name)' is before it: a second chain")
      } else if earlier.isEmpty, let next = chain.dropFirst().first(where: stands),
        next.previous == nil
      {
        add(.bad, "nothing follows it, and '\(next.name)' follows none: a second chain")
      }
      return
    }
    let lost: Standing = ledger.gaps.mayLackTags || ledger.gaps.isPartial ? .unclear : .bad
    guard let id = baseline.previous, let tag = try ledger.repository.annotatedTag(id),
      let before = Baseline(name: tag.name, tag: tag)
    else {
      add(baseline.previous == nil ? .bad : lost, "the baseline before it, \(text), is missing")
      return
    }
    let now = try ledger.reference(toTag: before.name)
    if now == nil {
      add(lost, "the baseline before it, '\(before.name)', was deleted")
    } else if now != id {
      add(.bad, "the baseline before it, '\(before.name)', is not the one that it followed")
    }
    let others = ledger.followers(of: id, like: name).filter { $0.name != name && stands($0) }
      .map(\.name)
    let expected = earlier.last { stands($0) || $0.tag.id == id }
    if isWithdrawn {
      // Nothing follows from it.
    } else if !others.isEmpty {
      add(
        .bad,
        "'\(others.joined(separator: "', '"))' follows '\(before.name)' as well: the chain has two ends"
      )
    } else if now == id, let expected, expected.tag.id != id {
      add(.bad, "it follows '\(before.name)', and '\(expected.name)' is between them")
    }
    judgeOrder(baseline, after: before, ledger)
  }

  private mutating func judgeOrder(
    _ baseline: Baseline, after before: Baseline, _ ledger: Ledger
  ) {
    if !ledger.repository.isAncestor(before.tag.target, of: baseline.tag.target) {
      if ledger.gaps.isShallow {
        add(.unclear, "whether its commit follows '\(before.name)' is beyond the shallow clone")
      } else {
        add(.bad, "its commit does not follow that of the baseline before it, '\(before.name)'")
      }
    }
    // A key that has ended could sign again if the clock were set back.
    if let time = before.tag.time, let own = baseline.tag.time, own < time {
      add(
        .bad, "it was tagged before the baseline before it, '\(before.name)': a clock was set back")
    }
    if let day = before.effective, let own = baseline.effective, own < day {
      add(.bad, "it is in force from \(own), before '\(before.name)' from \(day)")
    }
  }

  /// What no branch has was never judged, and nobody sees it.
  private mutating func judgeBranch(_ commit: ObjectID, _ ledger: Ledger) {
    guard !ledger.isOnBranch(commit) else { return }
    if ledger.gaps.isShallow {
      add(.unclear, "whether its commit is on a branch is beyond the shallow clone")
    } else if ledger.branches.isEmpty || ledger.gaps.lacksBranches {
      add(.unclear, "its commit is on no branch that this clone has")
    } else {
      add(.bad, "its commit is on no branch")
    }
  }
}

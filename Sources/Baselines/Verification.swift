package import Diagnostics
package import Git
import Registry
import Rules
package import SourceText

/// What is found of one baseline.
package struct Verification: Sendable {
  /// One thing that is wrong, or worth knowing.
  package struct Finding: Hashable, Sendable {
    package let severity: Diagnostic.Severity
    package let text: String
  }

  package let name: String
  package private(set) var findings: [Finding] = []
  /// Whose signatures are good, each once.
  package private(set) var signers: [Signing.Signer] = []
  package private(set) var items = 0

  package var isGood: Bool { !findings.contains { $0.severity == .error } }

  private mutating func error(_ text: String) {
    findings.append(Finding(severity: .error, text: text))
  }

  private mutating func warning(_ text: String) {
    findings.append(Finding(severity: .warning, text: text))
  }

  /// How a baseline is verified.
  package struct Terms: Sendable {
    /// The programs and keys to verify signatures with.
    package var tools = Signing.Tools.settings
    /// Whose signatures count; without roles in it those of the catalogue of the baseline before.
    package var signers = Signers()
    /// How many have to sign it at least.
    package var threshold = 0
    /// Whether one without a signature is bad.
    package var requiresSignature = false
    /// Whether the records are checked by their own schemas too.
    package var checksRecords = true
    package var jobs = 1
    /// The tag objects that were seen before, by the names of their tags.
    package var pins: [String: ObjectID] = [:]
    /// A commit of the notes with signatures that were added; `nil` for the one that their reference names.
    package var notes: ObjectID?

    package init() {}

    /// Uses a file of signers.
    package mutating func use(_ signers: Signers) {
      self.signers = signers
      if let keyring = signers.keyring { tools = .given(programs: [:], keyring: keyring) }
    }
  }

  /// Verifies the tag of a name.
  ///
  /// - Parameters:
  ///   - name: The name, without `refs/tags/`.
  ///   - repository: Where it is.
  ///   - terms: How.
  /// - Throws: `GitError` or `SourceTreeError` where the repository cannot be read at all.
  package init(
    of name: String, in repository: Repository, _ terms: Terms
  ) async throws {
    self.name = name
    guard let id = try repository.reference("refs/tags/" + name) else {
      error("there is no tag '\(name)'")
      if terms.pins[name] != nil { error("it was there when it was pinned") }
      return
    }
    if let pin = terms.pins[name], pin != id {
      error("it was moved: it is \(id) and was \(pin) when it was pinned")
    }
    let object: (kind: String, bytes: [UInt8])?
    do throws(GitError) {
      object = try repository.object(id)
    } catch {
      self.error(
        error.isMismatch
          ? "its object is not what its name \(id) stands for: the object store was edited"
          : "its object \(id) cannot be read: \(error.message)")
      return
    }
    guard let (kind, bytes) = object else {
      error("its object \(id) is missing")
      return
    }
    guard kind == "tag" else {
      error("it is a lightweight tag of a \(kind), which records nothing")
      return
    }
    guard repository.isContent(bytes, of: id, kind: "tag") else {
      error("its object is not what its name \(id) stands for: the object store was edited")
      return
    }
    guard let tag = AnnotatedTag(id: id, bytes: bytes),
      let baseline = Baseline(name: name, tag: tag)
    else {
      error("its object records no baseline")
      return
    }
    try await judge(baseline, repository, terms)
  }

  /// Verifies a baseline whose tag object is there and whose reference is not yet.
  ///
  /// - Parameters:
  ///   - baseline: The baseline.
  ///   - repository: Where it is.
  ///   - terms: How.
  /// - Throws: `GitError` or `SourceTreeError` where the repository cannot be read at all.
  package init(
    of baseline: Baseline, in repository: Repository, _ terms: Terms
  ) async throws {
    name = baseline.name
    try await judge(baseline, repository, terms)
  }

  private mutating func judge(
    _ baseline: Baseline, _ repository: Repository, _ terms: Terms
  ) async throws {
    judgeNames(baseline)
    judgeTrailers(baseline)
    try judgeSignatures(baseline, repository, terms)
    if let withdrawal = try repository.withdrawal(of: name), withdrawal.baseline == baseline.tag.id
    {
      let by = Signing(in: repository, signers: terms.signers.allowed, terms.tools)
        .verdict(on: withdrawal.tag).words
      warning("it was withdrawn by the decision \(withdrawal.decision) (\(by))")
    }
    try judgePrevious(baseline, repository)
    guard baseline.tag.targetKind == "commit" else {
      error("it tags a \(baseline.tag.targetKind) and no commit")
      return
    }
    do {
      try await judgeContent(baseline, repository, terms)
    } catch let failure as GitError {
      if repository.isShallow {
        warning("its commit is beyond the shallow clone: \(failure.message)")
      } else {
        error("its commit cannot be read: \(failure.message)")
      }
    } catch let failure as SourceTreeError {
      error(Self.words(for: failure))
    }
  }

  private static func words(for failure: SourceTreeError) -> String {
    switch failure {
    case .store(let operation, let reason): "cannot \(operation): \(reason)"
    case .missing(let path), .notAFile(let path): "'\(path)' is missing"
    case .tooLarge(let path, _, _): "'\(path)' is too large"
    case .unreadable(let path, let reason): "'\(path)' cannot be read: \(reason)"
    case .tooDeep(_, let limit): "folders are nested more than \(limit) deep"
    case .undecodablePath(let shown): "the name '\(shown)' is not UTF-8"
    }
  }

  private mutating func judgeNames(_ baseline: Baseline) {
    if baseline.tag.name != name {
      error("the tag object says that it is '\(baseline.tag.name)': it was given another name")
    }
    if let own = baseline["Baseline"], own != name {
      error("it records the baseline '\(own)' and not '\(name)'")
    }
    if baseline["Manifest-Format"] != String(Manifest.format) {
      error(
        "its manifest has the format '\(baseline["Manifest-Format"] ?? "")', which is unknown here")
    }
  }

  /// What says two things proves neither.
  private mutating func judgeTrailers(_ baseline: Baseline) {
    for key in [
      "Baseline", "Kind", "Effective", "Published", "Previous", "Items", "Files", "Manifest-Format",
      "Manifest-SHA256",
    ] where baseline.values(of: key).count > 1 {
      error("it records '\(key)' more than once")
    }
  }

  private mutating func judgeSignatures(
    _ baseline: Baseline, _ repository: Repository, _ terms: Terms
  ) throws(GitError) {
    let signing = Signing(in: repository, signers: terms.signers.allowed, terms.tools)
    func add(_ signer: Signing.Signer, to signers: inout [Signing.Signer]) {
      if !signers.contains(where: { $0.identity == signer.identity }) { signers.append(signer) }
    }
    var isBad = false
    switch signing.verdict(on: baseline.tag) {
    case .good(let signer): add(signer, to: &signers)
    case .bad(let reason):
      error("its signature is not good: \(reason)")
      isBad = true
    case .unsigned: break
    }
    // Whoever may push can add a note: a bad one counts for nothing, and is no reason to fail.
    for verdict in try CoSignatures(of: baseline.tag, in: repository, at: terms.notes).verdicts(
      by: signing)
    {
      switch verdict {
      case .good(let signer): add(signer, to: &signers)
      case .bad(let reason): warning("a signature that was added is not good: \(reason)")
      case .unsigned: break
      }
    }
    if signers.isEmpty, !isBad {
      if terms.requiresSignature { error("it is not signed") } else { warning("it is not signed") }
    }
    guard let kind = baseline["Kind"] else { return }
    var policy = terms.signers.policy
    if policy == nil { policy = try Self.policy(before: baseline, repository) }
    let demands = policy?.kinds[kind] ?? []
    var entitled = signers
    if let policy, !demands.isEmpty {
      entitled = signers.filter { signer in
        demands.contains { policy.roles[$0.role]?.contains(signer.identity) ?? false }
      }
      for signer in signers where !entitled.contains(signer) {
        warning("\(signer.name) signed it and has no role for the kind '\(kind)'")
      }
      for demand in demands {
        let count = entitled.count { policy.roles[demand.role]?.contains($0.identity) ?? false }
        guard count < demand.count else { continue }
        error("it is signed by \(count) of the role '\(demand.role)', and takes \(demand.count)")
      }
    }
    if entitled.count < terms.threshold {
      error("it is signed by \(entitled.count), and takes \(terms.threshold)")
    }
  }

  /// Who may sign, by the catalogue of the baseline before: what is judged does not name its judges.
  private static func policy(
    before baseline: Baseline, _ repository: Repository
  ) throws(GitError) -> SigningPolicy? {
    guard let id = baseline.previous, let tag = try repository.annotatedTag(id),
      let tree = try? CommitTree(at: tag.target.description, in: repository)
    else { return nil }
    return (try? Rulebook.catalogue(of: tree))?.signing
  }

  private mutating func judgePrevious(
    _ baseline: Baseline, _ repository: Repository
  ) throws(GitError) {
    guard let text = baseline["Previous"] else { return }
    guard let id = baseline.previous, let tag = try repository.annotatedTag(id),
      let before = Baseline(name: tag.name, tag: tag)
    else {
      error("the baseline before it, \(text), is missing")
      return
    }
    let now = try repository.reference("refs/tags/" + before.name)
    if now != id {
      error(
        now == nil
          ? "the baseline before it, '\(before.name)', was deleted"
          : "the baseline before it, '\(before.name)', is not the one that it followed")
    }
    if !repository.isAncestor(tag.target, of: baseline.tag.target) {
      if repository.isShallow {
        warning("whether its commit follows '\(before.name)' is beyond the shallow clone")
      } else {
        error("its commit does not follow that of the baseline before it, '\(before.name)'")
      }
    }
    // A key that has ended could sign again if the clock were set back.
    if let time = tag.time, let own = baseline.tag.time, own < time {
      error("it was tagged before the baseline before it, '\(before.name)': a clock was set back")
    }
    if let day = before.effective, let own = baseline.effective, own < day {
      error("it is in force from \(own), before '\(before.name)' from \(day)")
    }
  }

  /// Makes the manifest again and compares it, and checks the records.
  private mutating func judgeContent(
    _ baseline: Baseline, _ repository: Repository, _ terms: Terms
  ) async throws {
    let tree = try CommitTree(at: baseline.tag.target.description, in: repository)
    if let (kind, bytes) = try repository.object(baseline.tag.target),
      !repository.isContent(bytes, of: baseline.tag.target, kind: kind)
    {
      error("its commit is not what its name stands for: the object store was edited")
    }
    var report = Report()
    let read: Snapshot?
    do throws(SourceTreeError) {
      read = try await Self.read(tree, terms, into: &report)
    } catch {
      // What is wrong may be wrong in several files.
      let count = findings.count
      try judgeObjects(tree, repository) { _ in true }
      if findings.count == count { throw error }
      return
    }
    guard let snapshot = read else {
      error("the catalogue of its commit cannot be read")
      return
    }
    guard let kind = snapshot.catalogue.baselineKind(of: name) else {
      error("the catalogue of its commit knows no kind of baseline for '\(name)'")
      return
    }
    let known = Set(snapshot.files.map(\.path))
    try judgeObjects(tree, repository) { !known.contains($0) }
    let manifest = try await Manifest(
      of: snapshot, in: tree, kind: kind, name: name, effective: baseline.effective ?? "",
      jobs: terms.jobs)
    items = manifest.items.count
    if manifest.digest.description != baseline["Manifest-SHA256"] {
      error(
        "what its commit holds is not what was approved: the manifest's SHA-256 is \(manifest.digest), "
          + "and the tag records \(baseline["Manifest-SHA256"] ?? "none")")
      try nameDifferences(from: terms.pins[name], tree, snapshot, repository)
    }
    if let count = baseline["Items"], count != String(items) {
      error("it holds \(items) items, and the tag records \(count)")
    }
    guard terms.checksRecords else { return }
    let index = RecordIndex(of: snapshot)
    Rule.check(index, into: &report)
    _ = Waivers(in: index)
      .apply(to: &report, index, today: Day(number: 0), isWhole: false)
    for finding in report.sorted where finding.severity == .error {
      error("\(finding.range.path): [\(finding.code.rawValue)] \(finding.message.text)")
    }
  }

  /// Reads the records, each object compared with its name.
  private static func read(
    _ tree: CommitTree, _ terms: Terms, into report: inout Report
  ) async throws(SourceTreeError) -> Snapshot? {
    Repository.comparesContent(true)
    defer { Repository.comparesContent(false) }
    return try await Snapshot.read(
      tree, jobs: terms.jobs, judges: terms.checksRecords, into: &report)
  }

  /// Names the records that differ from the baseline as it was pinned, where its tag is still there.
  private mutating func nameDifferences(
    from pin: ObjectID?, _ tree: CommitTree, _ snapshot: Snapshot, _ repository: Repository
  ) throws {
    guard let pin, let tag = try repository.annotatedTag(pin), tag.target != tree.commit,
      let pinned = try? CommitTree(at: tag.target.description, in: repository)
    else { return }
    for change in try tree.changes(since: pinned) {
      let kind = change.old == nil ? "was added" : change.new == nil ? "is gone" : "is another"
      let ids = snapshot.file(at: change.path)?.records.map(\.id) ?? []
      let name = ids.count == 1 ? "'\(ids[0])' (\(change.path))" : "'\(change.path)'"
      error("\(name) \(kind) since it was pinned")
    }
  }

  /// Looks whether files are what their names in Git stand for, and names those that are not.
  private mutating func judgeObjects(
    _ tree: CommitTree, _ repository: Repository, where isAsked: (RepoPath) -> Bool
  ) throws {
    for entry in try tree.entries(under: nil) where entry.kind == .file {
      guard isAsked(entry.path), let id = entry.object else { continue }
      guard let (kind, bytes) = try repository.object(id) else {
        error("'\(entry.path)' is missing from the repository")
        continue
      }
      if !repository.isContent(bytes, of: id, kind: kind) {
        error("'\(entry.path)' is not what was committed: the object store was edited")
      }
    }
  }
}

import Accounts
import ArgumentParser
import Baselines
import Diagnostics
import Git
import History
import Registry
import Rules
import SourceText

struct BaselineCreate: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Tag a commit as a baseline",
    discussion: """
      The commit must check clean, the way from the baseline before must be legal, and the dates \
      must be in order; all that stands in the way is told at once. The tag is signed as Git's \
      settings say (tag.gpgSign), or with --sign.
      """)

  @Argument(help: "The name of the tag, as in 'sec/5.0'.")
  var name: String

  @Option(
    name: .customLong("at"),
    help: ArgumentHelp("The commit; HEAD by default.", valueName: "revision"),
    completion: .names)
  var named: String?

  @Option(help: ArgumentHelp("The day from which it is in force.", valueName: "date"))
  var effective: String

  @Option(help: ArgumentHelp("The day on which it was published.", valueName: "date"))
  var published: String?

  @Option(
    help: ArgumentHelp("The decision behind it, as in SECP39#24.", valueName: "reference"),
    completion: .names)
  var decision: [String] = []

  @Option(help: "What caused it, as in 'Secretary of State designation'.")
  var cause: String?

  @Option(help: ArgumentHelp("A file with the text for people.", valueName: "file"))
  var messageFile: String?

  @Flag(inversion: .prefixedNo, help: "Sign the tag.")
  var sign: Bool?

  @Flag(help: "Say that there is no baseline of the kind yet, also in a clone that may lack tags.")
  var first = false

  @Flag(help: "Show the tag and write nothing.")
  var dryRun = false

  mutating func run(in session: inout Session) async throws -> Outcome {
    guard let day = Day(effective) else {
      throw Failure("'\(effective)' is no date", hint: "Write it as 2016-11-08")
    }
    let revision = named ?? "HEAD"
    let place = try Workplace(session)
    let repository = try place.openRepository()
    let ledger = try place.ledger()
    guard let tree = try place.tree(at: .revision(revision)) as? CommitTree else {
      throw Failure("'\(revision)' is no commit")
    }
    var report = Report()
    guard let snapshot = try await session.snapshot(tree, jobs: nil, into: &report) else {
      throw Failure("the catalogue of \(tree.title) cannot be read", hint: "Run: registrar check")
    }
    guard let kind = snapshot.catalogue.baselineKind(of: name) else {
      let kinds = snapshot.catalogue.kinds.map(\.template)
      throw Failure(
        "'\(name)' is the name of no kind of baseline",
        hint: "Name it as: \(kinds.joined(separator: ", "))")
    }
    let index = RecordIndex(of: snapshot)
    let previous = try ledger.baseline(toFollow: name, of: kind)
    var before: RecordIndex?
    if let previous {
      let earlier = try place.tree(at: .revision(previous.tag.target.description))
      var dropped = Report()
      before = try await session.snapshot(earlier, jobs: nil, into: &dropped)
        .map { RecordIndex(of: $0) }
    }
    Rule.check(index, into: &report)
    var waived = Waivers(in: index).apply(to: &report, index, today: session.today, isWhole: true)
    if let previous {
      var way = Way(in: repository, jobs: session.processorCount)
      let steps = try await way.found(
        to: tree, nil, at: .commit(tree.commit), since: previous.tag.target)
      report.merge(Way.report(of: steps, to: index, today: session.today, waived: &waived))
    }
    var request = Creation.Request(name: name, effective: day)
    request.decisions = decision
    if let published {
      guard let day = Day(published) else {
        throw Failure("'\(published)' is no date", hint: "Write it as 2016-11-08")
      }
      request.published = day
    }
    request.cause = cause
    request.isFirst = first
    request.text = try messageFile.map { name throws(Failure) in try session.text(ofFile: name) }
    var creation = try await Creation(
      request, of: kind, index, in: tree, ledger, with: before, repository,
      jobs: session.processorCount)
    let errors = report.sorted.count { $0.severity == .error }
    if errors > 0 {
      let way = previous.map { " and the way from '\($0.name)'" } ?? ""
      creation.add(
        obstacle: Obstacle(
          .baselineCheck, "the check of \(tree.title)\(way) has \(Count(errors, "error"))",
          help: try previous.flatMap { before throws(GitError) in
            try wayOut(of: report, since: before.name, repository)
          }))
    }
    try judgeWorkTree(repository, &creation, &session)
    guard creation.obstacles.isEmpty else {
      let outcome = session.refuse(creation.obstacles)
      if errors > 0 {
        var findings = Findings(report, of: tree, previous: nil, checked: []) { _ in "" }
        findings.snapshot = snapshot
        findings.repository = repository
        session.tell(
          report, as: .concise, summary: "", checked: [], source: findings.source)
      }
      return outcome
    }
    for draft in creation.drafts { session.errors += "note: \(draft), and the baseline holds it\n" }
    let warnings = report.sorted.count { $0.severity == .warning }
    if warnings > 0 {
      session.errors +=
        "note: the check has \(Count(warnings, "warning")): registrar check --at \(revision)\n"
    }
    let tool = "registrar \(Registrar.version)"
    if dryRun {
      session.output += creation.message(tool: tool)
      session.output += "\nnothing was written\n"
      return .clean
    }
    let signing = session.signing(repository)
    let id: ObjectID
    do {
      id = try creation.write(
        tagger: try session.identity(repository), tool: tool,
        signing: sign ?? signing.isWanted ? signing : nil)
    } catch let failure as Signing.Failure {
      throw Failure(
        "the tag cannot be signed: \(failure.reason)",
        hint: "Look at user.signingkey and gpg.format, or use --no-sign")
    } catch let failure as GitError {
      throw Failure("the tag cannot be written: \(failure.message)", hint: "Nothing was changed")
    }
    let items = Count(creation.manifest.items.count, "item")
    let accepted = waived.isEmpty ? "" : ", \(Count(waived.sorted.count, "finding")) waived"
    session.output +=
      "tagged \(tree.title) as \(name) (\(id.description.prefix(7))): \(items)\(accepted)\n"
    session.output += waived.waivedLines(of: name)
    session.output += "push it with: git push origin refs/tags/\(name)\n"
    return .clean
  }

  /// A commit is made of what is committed: what is not is easily thought to be in it.
  private func judgeWorkTree(
    _ repository: Repository, _ creation: inout Creation, _ session: inout Session
  ) throws {
    let paths = try repository.uncommitted(under: [Catalogue.folder, Catalogue.schemaFolder])
    guard let first = paths.first else { return }
    let rest = paths.count > 1 ? " and \(Count(paths.count - 1, "other file"))" : ""
    guard named == nil else {
      session.errors += "note: changes that are not committed are not in it: '\(first)'\(rest)\n"
      return
    }
    let verb = paths.count > 1 ? "are" : "is"
    creation.add(
      obstacle: Obstacle(
        .baselineUncommitted,
        "'\(first)'\(rest) changed and \(verb) not committed; commit, or name the commit with --at")
    )
  }
}

extension BaselineCreate {
  /// Returns what to do about the first illegal step of a way: a later commit does not mend it.
  private func wayOut(
    of report: Report, since before: String, _ repository: Repository
  ) throws(GitError) -> String? {
    let steps = report.sorted.filter { $0.severity == .error && $0.commit != nil }
    guard let first = steps.min(by: { ($0.commit?.position ?? 0) < ($1.commit?.position ?? 0) }),
      let commit = first.commit, let id = ObjectID(hexadecimal: commit.id)
    else { return nil }
    let name = "commit \(commit.id.prefix(7))"
    guard try repository.isOnRemote(id) else {
      return
        "No later commit mends \(name), which is on no remote yet: change it, or squash it with "
        + "what it takes back (git rebase -i \(before))"
    }
    return "No later commit mends \(name), and it is on a remote: have it accepted by a decision, "
      + "as a record of the register '\(Waivers.register)' with 'code: \(first.code.rawValue)' and "
      + "'file: \(first.range.path)'"
  }
}

extension Session {
  /// Says why something is not made.
  mutating func refuse(_ obstacles: [Obstacle]) -> Outcome {
    for obstacle in obstacles {
      errors += "refused: \(obstacle.reason) [\(obstacle.code.rawValue)]\n"
      if let help = obstacle.help { errors += "  = help: \(help)\n" }
    }
    errors += "nothing was written; registrar explain CODE says more\n"
    return .errorsFound
  }
}

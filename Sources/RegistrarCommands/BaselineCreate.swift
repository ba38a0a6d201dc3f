import ArgumentParser
import Baselines
import Diagnostics
import Git
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
    help: ArgumentHelp("The commit; HEAD by default.", valueName: "revision"))
  var revision = "HEAD"

  @Option(help: ArgumentHelp("The day from which it is in force.", valueName: "date"))
  var effective: String

  @Option(help: ArgumentHelp("The day on which it was published.", valueName: "date"))
  var published: String?

  @Option(help: ArgumentHelp("The decision behind it, as in SECP39/24.", valueName: "reference"))
  var decision: [String] = []

  @Option(help: "What caused it, as in 'Secretary of State designation'.")
  var cause: String?

  @Option(help: ArgumentHelp("A file with the text for people.", valueName: "file"))
  var messageFile: String?

  @Flag(inversion: .prefixedNo, help: "Sign the tag.")
  var sign: Bool?

  @Flag(help: "Show the tag and write nothing.")
  var dryRun = false

  mutating func run(in session: inout Session) async throws -> Outcome {
    guard let day = Day(effective) else {
      throw Failure("'\(effective)' is no date", hint: "Write it as 2016-11-08")
    }
    let place = try Workplace(session)
    let repository = try place.openRepository()
    guard let tree = try place.tree(at: .revision(revision)) as? CommitTree else {
      throw Failure("'\(revision)' is no commit")
    }
    var report = Report()
    guard let snapshot = try await session.snapshot(tree, jobs: nil, into: &report) else {
      throw Failure("the catalogue of \(tree.title) cannot be read", hint: "Run: registrar check")
    }
    guard let kind = snapshot.catalogue.baselineKind(of: name) else {
      let kinds = snapshot.catalogue.baselines.map(\.template)
      throw Failure(
        "'\(name)' is the name of no kind of baseline",
        hint:
          "Name it as: \((kinds.isEmpty ? ["release/{version}"] : kinds).joined(separator: ", "))")
    }
    let index = RecordIndex(of: snapshot)
    let previous = try previous(of: kind, before: tree.commit, repository)
    var before: RecordIndex?
    if let previous {
      let earlier = try place.tree(at: .revision(previous.tag.target.description))
      var dropped = Report()
      before = try await session.snapshot(earlier, jobs: nil, into: &dropped)
        .map { RecordIndex(of: $0) }
    }
    Rule.check(index, against: before, into: &report)
    let waived = Waivers(in: index).apply(to: &report, index, today: session.today, isWhole: true)
    var request = Creation.Request(name: name, effective: day)
    request.decisions = decision
    if let published {
      guard let day = Day(published) else {
        throw Failure("'\(published)' is no date", hint: "Write it as 2016-11-08")
      }
      request.published = day
    }
    request.cause = cause
    request.text = try messageFile.map { name throws(Failure) in try session.text(ofFile: name) }
    var creation = try await Creation(
      request, of: kind, index, in: tree, after: previous, with: before, repository,
      jobs: session.processorCount)
    let errors = report.sorted.count { $0.severity == .error }
    if errors > 0 {
      let way = previous.map { " and the way from '\($0.name)'" } ?? ""
      creation.add(obstacle: "the check of \(tree.title)\(way) has \(Count(errors, "error"))")
    }
    guard creation.obstacles.isEmpty else {
      session.output += creation.obstacles.map { "cannot: \($0)\n" }.joined()
      if errors > 0 {
        session.output += "\n"
        session.tell(report, as: .concise, summary: "", checked: []) { path, _ in
          snapshot.source(at: path)
        }
      }
      return .errorsFound
    }
    let tool = "registrar \(Registrar.version)"
    if dryRun {
      session.output += creation.message(tool: tool)
      session.output += "\nnothing was written\n"
      return .clean
    }
    let signing = Signing(in: repository)
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
    session.output += waived.waivedLines
    session.output += "push it with: git push origin refs/tags/\(name)\n"
    return .clean
  }

  /// Returns the last baseline of a kind that a commit follows.
  private func previous(
    of kind: BaselineKind, before commit: ObjectID, _ repository: Repository
  ) throws(GitError) -> Baseline? {
    let reachable = try repository.baselines().filter { baseline in
      // A tag under another name is none that anything follows.
      kind.value(in: baseline.name) != nil && baseline.name != name
        && baseline.tag.name == baseline.name
    }
    return reachable.max {
      NaturalKey(kind.value(in: $0.name) ?? "") < NaturalKey(kind.value(in: $1.name) ?? "")
    }
  }
}

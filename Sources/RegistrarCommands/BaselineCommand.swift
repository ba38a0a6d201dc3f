import ArgumentParser
import Baselines
import Comparison
import Diagnostics
import Git
import Registry
import Rules
import SourceText
import Syntax

struct BaselineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "baseline", abstract: "Tag approved states, and verify them",
    discussion: """
      A baseline is an annotated tag that records a manifest of every item with its digest. The \
      kinds of baseline and the names of their tags stand in the catalogue.
      """,
    subcommands: [
      BaselineCreate.self, BaselineVerify.self, BaselineList.self, BaselineShow.self,
      BaselineManifest.self, BaselineNotes.self, BaselinePin.self, BaselineWithdraw.self,
    ])
}

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
    var creation = try Creation(request, of: kind, index, in: tree, after: previous, repository)
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

struct BaselineVerify: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Verify that baselines are what was approved",
    discussion: """
      Looks at names, signatures, the chain of baselines, every object's content and the manifest, \
      and checks the records under their own schemas. Works offline and in bare repositories.
      """)

  @Argument(help: "The names of baselines; all by default.")
  var names: [String] = []

  @Option(
    help: ArgumentHelp("A file of allowed signers, as ssh-keygen reads it.", valueName: "file"))
  var signers: String?

  @Flag(help: "Take a baseline without a signature for a bad one.")
  var requireSignature = false

  @Flag(help: "Leave the check of the records by their schemas out.")
  var noCheck = false

  mutating func run(in session: inout Session) async throws -> Outcome {
    let repository = try Workplace(session).openRepository()
    var terms = Verification.Terms()
    terms.signers = signers.map { session.absolute($0) }
    terms.requiresSignature = requireSignature
    terms.checksRecords = !noCheck
    terms.jobs = session.processorCount
    terms.pins = Pins(in: repository).all
    var wanted = names
    if wanted.isEmpty {
      wanted = try repository.baselines().map(\.name)
      wanted += terms.pins.keys.filter { !wanted.contains($0) }.sorted()
    }
    guard !wanted.isEmpty else {
      session.output += "there are no baselines\n"
      return .clean
    }
    var isGood = true
    for name in wanted {
      let verification = try await Verification(of: name, in: repository, terms)
      isGood = isGood && verification.isGood
      let signer = verification.signer.map { ", signed by \($0)" } ?? ""
      let items = verification.items > 0 ? ": \(Count(verification.items, "item"))" : ""
      session.output +=
        "\(verification.isGood ? "good" : "BAD ")  \(name)\(items)\(signer)\n"
      for finding in verification.findings {
        session.output += "      \(finding.severity.rawValue): \(finding.text)\n"
      }
    }
    return isGood ? .clean : .errorsFound
  }
}

struct BaselineList: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List baselines with their dates and decisions")

  mutating func run(in session: inout Session) throws -> Outcome {
    let repository = try Workplace(session).openRepository()
    let withdrawals = try repository.withdrawals()
    let rows = try repository.baselines().sorted { NaturalKey($0.name) < NaturalKey($1.name) }
      .map { baseline in
        [
          baseline.name, baseline.effective ?? "", baseline.decisions.joined(separator: ", "),
          baseline["Items"] ?? "", String(baseline.tag.target.description.prefix(7)),
          baseline.tag.signature == nil ? "no" : "yes",
          withdrawals[baseline.name].map { "withdrawn by \($0.decision)" } ?? "",
        ]
      }
    session.output += TextTable(
      header: ["baseline", "effective", "decisions", "items", "commit", "signed", ""], rows: rows
    ).text(width: session.isTerminal ? session.width : nil)
    return .clean
  }
}

struct BaselineShow: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show what a baseline records")

  @Argument(help: "The name of the baseline.")
  var name: String

  mutating func run(in session: inout Session) throws -> Outcome {
    let repository = try Workplace(session).openRepository()
    let baseline = try repository.baseline(named: name)
    session.output += "\(baseline.name) (\(baseline.tag.id))\n"
    if let withdrawal = try repository.withdrawals()[name] {
      session.output += "withdrawn by the decision \(withdrawal.decision)\n"
    }
    session.output += "commit \(baseline.tag.target)\ntagger \(baseline.tag.tagger)\n\n"
    session.output += baseline.tag.message
    return .clean
  }
}

struct BaselineManifest: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "manifest", abstract: "Print the manifest of a baseline",
    discussion: "The JSON is an in-toto Statement in canonical form; its SHA-256 stands in the tag."
  )

  @Argument(help: "The name of the baseline.")
  var name: String

  @Option(help: "How to print it.")
  var format: ManifestFormat = .json

  enum ManifestFormat: String, CaseIterable, ExpressibleByArgument {
    case json
    case csv
    case text
  }

  mutating func run(in session: inout Session) async throws -> Outcome {
    let place = try Workplace(session)
    let baseline = try place.openRepository().baseline(named: name)
    let tree = try place.tree(at: .revision(baseline.tag.target.description))
    let snapshot = try await session.snapshotToShow(tree)
    guard let kind = snapshot.catalogue.baselineKind(of: name) else {
      throw Failure("the catalogue of \(tree.title) knows no kind of baseline for '\(name)'")
    }
    let manifest = try Manifest(
      of: snapshot, in: tree, kind: kind, name: name, effective: baseline.effective ?? "")
    switch format {
    // Nothing follows the last byte: the digest is that of the output.
    case .json: session.output += manifest.text
    case .csv:
      session.output += "sha256,path\n"
      for file in manifest.files { session.output += "\(file.digest),\(file.path)\n" }
    case .text:
      // The form that sha256sum --check reads.
      for file in manifest.files { session.output += "\(file.digest)  \(file.path)\n" }
    }
    return .clean
  }
}

struct BaselineWithdraw: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw", abstract: "Record that a baseline was wrong",
    discussion:
      "The baseline stays as it is; every later answer about it says that it was withdrawn.")

  @Argument(help: "The name of the baseline.")
  var name: String

  @Option(help: ArgumentHelp("The decision behind it.", valueName: "reference"))
  var decision: String

  @Flag(inversion: .prefixedNo, help: "Sign the record.")
  var sign: Bool?

  mutating func run(in session: inout Session) throws -> Outcome {
    let repository = try Workplace(session).openRepository()
    let baseline = try repository.baseline(named: name)
    let signing = Signing(in: repository)
    do {
      try Withdrawal.write(
        baseline, decision: decision, tagger: try session.identity(repository),
        signing: sign ?? signing.isWanted ? signing : nil, in: repository)
    } catch let failure as Signing.Failure {
      throw Failure("the record cannot be signed: \(failure.reason)")
    } catch let failure as GitError {
      throw Failure("the record cannot be written: \(failure.message)")
    }
    session.output +=
      "withdrew \(name)\npush it with: git push origin refs/tags/withdrawn/\(name)\n"
    return .clean
  }
}

struct BaselineNotes: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "notes", abstract: "Write release notes from one baseline to the next",
    discussion: "Markdown: dates, decisions and cause, and each change with the decision behind it."
  )

  @Argument(help: "The baseline before.")
  var first: String

  @Argument(help: "The baseline that the notes are for.")
  var second: String

  mutating func run(in session: inout Session) async throws -> Outcome {
    let place = try Workplace(session)
    let repository = try place.openRepository()
    let (old, new) = (
      try repository.baseline(named: first), try repository.baseline(named: second)
    )
    let changes = try await ChangeReader(place: place, session: session, names: [])
      .changes(
        from: try place.tree(at: .revision(old.tag.target.description)),
        to: try place.tree(at: .revision(new.tag.target.description)))
    var text = "# \(new.name)\n\n\(new.text)\n\n| | |\n|---|---|\n"
    let rows: [(String, String?)] = [
      ("In force from", new.effective), ("Published", new["Published"]),
      ("Decision", new.decisions.isEmpty ? nil : new.decisions.joined(separator: ", ")),
      ("Cause", new["Cause"]), ("Follows", "\(old.name), in force from \(old.effective ?? "–")"),
      ("Items", new["Items"]), ("Manifest (SHA-256)", new["Manifest-SHA256"]),
    ]
    for case (let name, let value?) in rows { text += "| \(name) | \(value) |\n" }
    text += "\n## What changed\n"
    if changes.isEmpty { text += "\nNothing.\n" }
    for (register, records) in changes.registers {
      text += "\n### \(register.title)\n\n"
      for record in records {
        let title = (record.new ?? record.old)?.node["title"]?.text.map { " \($0)" } ?? ""
        let former = record.formerID.map { " (was \($0))" } ?? ""
        text += "- **\(record.id)**\(title)\(former) \(record.kind.rawValue)"
        let fields = (record.fields + record.references).prefix(8).map { field -> String in
          guard let one = field.old, let two = field.new, one.kind != .array, one.kind != .object,
            max((one.text ?? "").count, (two.text ?? "").count) <= 40
          else { return field.path }
          return "\(field.path) \(one.text ?? "") → \(two.text ?? "")"
        }
        if !fields.isEmpty { text += ": " + fields.joined(separator: "; ") }
        text += "\n"
        for reason in changes.reasons(record) { text += "  - \(reason)\n" }
      }
    }
    for (title, redline) in changes.documents {
      text += "\n### \(title)\n\n\(Count(redline.changes.count, "passage")) changed.\n"
    }
    session.output += text
    return .clean
  }
}

struct BaselinePin: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "pin", abstract: "Remember baselines as they are now",
    discussion: """
      A tag that is moved, replaced or deleted later is told by 'baseline verify'. What is \
      remembered stays in this clone.
      """)

  mutating func run(in session: inout Session) throws -> Outcome {
    let repository = try Workplace(session).openRepository()
    var pins = Pins(in: repository)
    var added = 0
    var moved: [String] = []
    for baseline in try repository.baselines() {
      if let known = pins.all[baseline.name] {
        if known != baseline.tag.id { moved.append(baseline.name) }
      } else {
        pins.all[baseline.name] = baseline.tag.id
        added += 1
      }
    }
    for name in moved {
      session.output += "BAD   \(name)\n      error: it was moved since it was pinned\n"
    }
    guard pins.write() else {
      throw Failure("'\(pins.path)' cannot be written", hint: "Look at its permissions")
    }
    session.output += "pinned \(Count(added, "baseline")), \(pins.all.count) in all\n"
    return moved.isEmpty ? .clean : .errorsFound
  }
}

extension Repository {
  /// Returns a baseline, or fails where there is none of the name.
  fileprivate func baseline(named name: String) throws(Failure) -> Baseline {
    let known: [Baseline]
    do throws(GitError) {
      known = try baselines()
    } catch {
      throw Failure("the tags cannot be read: \(error.message)")
    }
    if let baseline = known.first(where: { $0.name == name }) { return baseline }
    throw Failure(
      "there is no baseline '\(name)'",
      hint: nearest(to: name, among: known.map(\.name)).map { "Did you mean '\($0)'?" }
        ?? "List them with: registrar baseline list")
  }
}

extension Workplace {
  /// Returns the repository, or fails where there is none.
  func openRepository() throws(Failure) -> Repository {
    guard let repository else {
      throw Failure("there is no Git repository here", hint: "Run the command inside of one")
    }
    return repository
  }
}

extension Session {
  /// Returns a path that does not count from the session's folder.
  func absolute(_ name: String) -> String {
    name.hasPrefix("/") ? name : workingDirectory + "/" + name
  }

  /// Returns the text of a file that the user names.
  func text(ofFile name: String) throws(Failure) -> String {
    guard let bytes = WorkTree.bytes(ofFile: absolute(name), limit: 1 << 20) else {
      throw Failure("there is no file '\(name)' that can be read")
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Returns who makes a tag and when, as Git would say it.
  func identity(_ repository: Repository) throws(Failure) -> String {
    let name = environment["GIT_COMMITTER_NAME"] ?? repository.setting("user.name")
    let address = environment["GIT_COMMITTER_EMAIL"] ?? repository.setting("user.email")
    guard let name, let address else {
      throw Failure(
        "Git does not know who you are", hint: "Run: git config user.name … and user.email …")
    }
    let time = environment["GIT_COMMITTER_DATE"] ?? "\(now()) +0000"
    // The forms that a tag object can hold hold none of these.
    func plain(_ text: String) -> String { String(text.filter { !"<>\n".contains($0) }) }
    return "\(plain(name)) <\(plain(address))> \(plain(time))"
  }
}

import Accounts
import ArgumentParser
import Baselines
import Diagnostics
import Git
import History
import Registry
import Rules
import SourceText

struct BaselineList: AnswerCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List baselines with their dates and decisions",
    discussion: """
      Each is verified: the word and the exit status are those of 'registrar baseline verify'. With \
      --no-verify nothing is looked at, and the list is what the tags say of themselves.
      """)

  @Flag(inversion: .prefixedNo, help: "Verify each of them, what its commit holds included.")
  var verify = true

  @Option(help: "How to print it.")
  var format: TableFormat = .text

  @OptionGroup var destination: Destination

  mutating func run(in session: inout Session) async throws -> Outcome {
    let place = try Workplace(session)
    let ledger = try place.ledger()
    let terms = try place.terms(session)
    let listing = try await BaselineListing(of: ledger, verify ? terms : nil, pins: terms.pins)
    session.errors += ledger.gapNote
    if listing.rows.isEmpty, format == .text {
      session.output += "none: there are no baselines\n"
      return Outcome(listing.standing)
    }
    let rows = listing.rows.map { row -> [String] in
      let verdict = verify ? "withdrawn" : "said to be withdrawn"
      return [
        row.name, row.baseline?.effective ?? "",
        row.baseline?.decisions.joined(separator: ", ") ?? "", row.baseline?["Items"] ?? "",
        row.object.map { String($0.description.prefix(7)) } ?? "",
        row.verification?.words ?? "not looked at",
        row.withdrawal.map { "\(verdict) by \($0.decision)" } ?? "",
      ]
    }
    session.tell(
      TextTable(
        header: ["baseline", "effective", "decisions", "items", "commit", "verified", ""],
        rows: rows), as: format
    ) { listing.json() }
    if listing.standing != .good, verify {
      session.errors += "hint: registrar baseline verify NAME says why\n"
    }
    return Outcome(listing.standing)
  }
}

struct BaselineShow: AnswerCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show what a baseline records: scope, dates, decisions, waivers, signers",
    discussion: "It is verified as by 'registrar baseline verify', with the same exit status.")

  @Argument(help: "The name of the baseline.", completion: .names)
  var name: String

  @Option(help: "How to print it.")
  var format: AnswerFormat = .text

  @OptionGroup var destination: Destination

  mutating func run(in session: inout Session) async throws -> Outcome {
    let place = try Workplace(session)
    let ledger = try place.ledger()
    let terms = try place.terms(session)
    try ledger.find(name, terms)
    let verification = await Verification(of: name, in: ledger, terms)
    if format == .json {
      let baseline = ledger[name]?.baseline
      session.output.add(
        escaped: JSONText.baseline(
          .init(baseline: baseline, verification: verification),
          registers: baseline.flatMap { ledger.kind(of: $0)?.registers }
        ).text + "\n")
      return Outcome(verification.standing)
    }
    guard let entry = ledger[name], let baseline = entry.baseline else {
      session.tell(verification)
      return Outcome(verification.standing)
    }
    session.output += "\(baseline.name) (\(baseline.tag.id))\n"
    session.output += "commit \(baseline.tag.target)\ntagger \(baseline.tag.tagger)\n"
    let kept = ledger.kind(of: baseline)?.registers
    session.output += "registers: \(kept?.joined(separator: ", ") ?? "all")\n"
    session.tell(verification)
    session.output += verification.waived.waivedLines(of: name)
    session.output += "\n" + baseline.tag.message
    return Outcome(verification.standing)
  }
}

struct BaselineManifest: AnswerCommand {
  static let configuration = CommandConfiguration(
    commandName: "manifest", abstract: "Print the manifest of a baseline",
    discussion: """
      The JSON is an in-toto Statement in canonical form; its SHA-256 stands in the tag. As dsse it stands in \
      an envelope that the key of Git's settings signs.
      """
  )

  @Argument(help: "The name of the baseline.", completion: .names)
  var name: String

  @Option(help: "How to print it.")
  var format: ManifestFormat = .json

  /// What '--format dsse' was called before.
  @Flag(help: .hidden) var dsse = false

  @OptionGroup var destination: Destination

  enum ManifestFormat: String, CaseIterable, ExpressibleByArgument {
    case json
    case csv
    case text
    case dsse
  }

  mutating func run(in session: inout Session) async throws -> Outcome {
    let place = try Workplace(session)
    let baseline = try place.ledger().baseline(named: name)
    let (manifest, _) = try await session.manifest(of: baseline, place)
    session.output.add(
      escaped: dsse || format == .dsse
        ? try envelope(of: manifest, place, session) : text(of: manifest))
    return .clean
  }

  private func text(of manifest: Manifest) -> String {
    switch format {
    // Nothing follows the last byte: the digest is that of the output.
    case .json, .dsse: manifest.text
    case .csv:
      TextTable(
        header: ["sha256", "path"], rows: manifest.files.map { ["\($0.digest)", $0.path.string] }
      ).csv
    // The form that sha256sum --check reads.
    case .text: manifest.files.map { "\($0.digest)  \($0.path)\n" }.joined().visible
    }
  }

  private func envelope(
    of manifest: Manifest, _ place: Workplace, _ session: Session
  ) throws(Failure) -> String {
    let signing = session.signing(try place.openRepository())
    do throws(Signing.Failure) {
      let signature = try signing.signature(
        of: Envelope.encoding(of: manifest.bytes), as: Envelope.namespace)
      let envelope = Envelope(payload: manifest.bytes, signatures: [signature])
      return String(decoding: envelope.bytes, as: UTF8.self)
    } catch {
      throw Failure(
        "it cannot be signed: \(error.reason)", hint: "Look at user.signingkey and gpg.format")
    }
  }
}

struct BaselineWithdraw: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw", abstract: "Record that a baseline was wrong",
    discussion:
      "The baseline stays as it is; every later answer about it says that it was withdrawn.")

  @Argument(help: "The name of the baseline.", completion: .names)
  var name: String

  @Option(
    help: ArgumentHelp("The decision behind it.", valueName: "reference"), completion: .names)
  var decision: String

  @Flag(inversion: .prefixedNo, help: "Sign the record.")
  var sign: Bool?

  @Flag(help: "Show the record and write nothing.")
  var dryRun = false

  mutating func run(in session: inout Session) async throws -> Outcome {
    let place = try Workplace(session)
    let repository = try place.openRepository()
    let ledger = try place.ledger()
    let baseline = try ledger.baseline(named: name)
    let head = try await session.snapshotToShow(place.tree(at: .revision("HEAD")))
    let tag = Withdrawal.tag(of: name)
    let tagger = try session.identity(repository)
    if try ledger.reference(toTag: tag) != nil {
      return session.refuse([
        Obstacle(.tagExists, "there is a tag '\(tag)' already, and a withdrawal is never moved")
      ])
    }
    if let fault = Decisions(in: RecordIndex(of: head))?.fault(of: decision) {
      return session.refuse([Obstacle(.baselineDecision, fault)])
    }
    if dryRun {
      session.output += Withdrawal.text(baseline, decision: decision, tagger: tagger)
      session.output += "\nnothing was written\n"
      return .clean
    }
    let signing = session.signing(repository)
    do {
      try Withdrawal.write(
        baseline, decision: decision, tagger: tagger,
        signing: sign ?? signing.isWanted ? signing : nil, in: repository)
    } catch let failure as Signing.Failure {
      throw Failure("the record cannot be signed: \(failure.reason)")
    } catch let failure as GitError {
      throw Failure("the record cannot be written: \(failure.message)")
    }
    session.output +=
      "withdrew \(name)\npush it with: git push origin refs/tags/\(tag)\n"
    let written = try place.ledger()
    if let withdrawal = written.withdrawals[name] {
      let endorsement = try written.endorsement(ofWithdrawalOf: baseline, withdrawal, .init())
      if endorsement.standing != .good {
        session.errors += "note: it does not count yet: \(endorsement.reasons)\n"
        session.errors += "hint: Others add their signatures with: registrar baseline sign \(tag)\n"
      }
    }
    return .clean
  }
}

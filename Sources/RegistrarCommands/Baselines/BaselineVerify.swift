import Accounts
import ArgumentParser
import Baselines
import Diagnostics
import Git
import History
import SourceText

struct BaselineVerify: AnswerCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Verify that baselines are what was approved",
    discussion: """
      Looks at names, signatures, the chain of baselines, every object's content and the manifest, \
      and checks the records under their own schemas. Works offline and in bare repositories.
      """)

  @Argument(help: "The names of baselines; all by default.", completion: .names)
  var names: [String] = []

  @Option(
    help: ArgumentHelp(
      "Whose signatures count: a file of allowed signers, or a .yaml with roles.",
      valueName: "file"))
  var signers: String?

  @Option(help: ArgumentHelp("How many have to sign it at least.", valueName: "number"))
  var threshold = 0

  @Flag(help: "Ask for a signature, whosever it is.")
  var requireSignature = false

  @Option(help: ArgumentHelp("A signed manifest (DSSE) to verify too.", valueName: "file"))
  var dsse: String?

  @Flag(help: "Leave the check of the records by their schemas out.")
  var noCheck = false

  @Option(help: "How to print it.")
  var format: AnswerFormat = .text

  @OptionGroup var destination: Destination

  mutating func validate() throws {
    if format == .json, dsse != nil {
      throw ValidationError("--dsse is told as text: leave --format out.")
    }
  }

  mutating func run(in session: inout Session) async throws -> Outcome {
    let place = try Workplace(session)
    let ledger = try place.ledger()
    var terms = try place.terms(session, signers: signers)
    terms.threshold = threshold
    terms.requiresSignature = requireSignature
    terms.checksRecords = !noCheck
    let wanted = try wanted(ledger, terms)
    guard !wanted.isEmpty else {
      if format == .json {
        session.output.add(escaped: JSONText.verification([], .unclear).text + "\n")
        session.errors += ledger.gapNote
        return Outcome(.unclear)
      }
      session.output += "\(Standing.unclear.word)  there are no baselines\n"
      if let hint = ledger.gapHint { session.output += "      \(hint)\n" }
      return Outcome(.unclear)
    }
    var worst = Standing.good
    var way = Way(in: ledger.repository, jobs: terms.jobs)
    var entries: [ConfigurationAudit.Entry] = []
    for name in wanted {
      let verification = await Verification(of: name, in: ledger, terms, along: &way)
      worst = max(worst, verification.standing)
      if format == .json {
        entries.append(.init(baseline: ledger[name]?.baseline, verification: verification))
      } else {
        session.tell(verification)
      }
    }
    if names.isEmpty, ledger.gaps.isShallow { worst = max(worst, .unclear) }
    if format == .json {
      session.output.add(escaped: JSONText.verification(entries, worst).text + "\n")
      return Outcome(worst)
    }
    if worst == .unclear, let remedy = ledger.gaps.remedy {
      let words = ledger.gaps.words.joined(separator: ", ")
      session.output += "\nWhat is missing here: \(words). Run: \(remedy)\n"
    }
    if let dsse {
      guard names.count == 1 else {
        throw Failure("--dsse goes with the name of one baseline")
      }
      guard ledger[names[0]]?.baseline != nil else { return Outcome(worst) }
      do {
        worst = max(worst, try await verify(dsse, ledger, terms, &session))
      } catch is SourceTreeError where worst != .good {
        session.output +=
          "\(Standing.unclear.word)  \(dsse): '\(names[0])' is not here as a whole\n"
        worst = max(worst, .unclear)
      }
    }
    return Outcome(worst)
  }

  /// Returns the names of what is verified: all baselines, and what was pinned and is gone.
  private func wanted(_ ledger: Ledger, _ terms: Verification.Terms) throws -> [String] {
    for name in names { try ledger.find(name, terms) }
    return names.isEmpty ? try ledger.names(pinned: terms.pins) : names
  }

  /// Verifies that an envelope holds the manifest of the baseline, and that those signed it who may sign the
  /// baseline.
  private func verify(
    _ file: String, _ ledger: Ledger, _ terms: Verification.Terms, _ session: inout Session
  ) async throws -> Standing {
    let place = try Workplace(session)
    let baseline = try ledger.baseline(named: names[0])
    let (manifest, _) = try await session.manifest(of: baseline, place)
    guard let bytes = WorkTree.bytes(ofFile: session.absolute(file), limit: 1 << 30),
      let envelope = Envelope(bytes)
    else { throw Failure("'\(file)' is no envelope of a manifest") }
    guard envelope.payload == manifest.bytes else {
      session.output +=
        "\(Standing.bad.word)  \(file): it holds another manifest than that of \(names[0])\n"
      for difference in manifest.differences(from: envelope.payload) {
        session.output += "      error: \(difference)\n"
      }
      return .bad
    }
    // An envelope is there to be signed.
    var asking = terms
    asking.requiresSignature = true
    let endorsement = try ledger.endorsement(of: envelope, of: baseline, asking)
    let signers = endorsement.signers.map(\.name).joined(separator: ", ")
    session.output += "\(endorsement.standing.word)  \(file): the manifest of \(names[0])"
    session.output += signers.isEmpty ? "\n" : ", signed by \(signers)\n"
    for finding in endorsement.findings {
      session.output += "      \(finding.label): \(finding.text)\n"
    }
    return endorsement.standing
  }
}

extension Session {
  /// Tells what was found of a baseline.
  mutating func tell(_ verification: Verification) {
    let names = verification.signers.map(\.name).joined(separator: ", ")
    let signer = names.isEmpty ? "" : ", signed by \(names)"
    let items = verification.items > 0 ? ": \(Count(verification.items, "item"))" : ""
    output += "\(verification.words)  \(verification.name)\(items)\(signer)\n"
    for finding in verification.findings {
      output += "      \(finding.label): \(finding.text)\n"
    }
  }
}

extension Session {
  /// Reads a file of signers that the user names.
  func signers(in name: String) throws(Failure) -> Signers {
    let path = absolute(name)
    var report = Report()
    guard let signers = Signers.read(path, into: &report) else {
      throw Failure("there is no file '\(name)' that can be read")
    }
    if let fault = report.firstError(in: [signers.source].compactMap(\.self)) {
      throw Failure(fault)
    }
    return signers
  }
}

extension Report {
  /// Returns the first error of a file that decides how others are judged, in a sentence with its place.
  ///
  /// - Parameter sources: The files that errors may be in.
  /// - Returns: The sentence; `nil` where there is no error.
  func firstError(in sources: [SourceFile]) -> String? {
    guard let fault = sorted.first(where: { $0.severity == .error }) else { return nil }
    var place = fault.range.path.string
    if let source = sources.first(where: { $0.path == fault.range.path }) {
      let position = LineIndex(source).position(at: fault.range.offsets.lowerBound)
      place += ":\(position.line):\(position.column)"
    }
    let help = fault.help.map { ". " + $0 } ?? ""
    return "\(place): \(fault.message.text)\(help) [\(fault.code.rawValue)]"
  }
}

struct BaselineSign: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "sign", abstract: "Add a signature to a baseline",
    discussion: """
      A detached signature over the tag object, by the key of Git's settings, kept in the notes \
      \(CoSignatures.reference): the tag itself is never written again.
      """)

  @Argument(help: "The name of the baseline, or of its withdrawal.", completion: .names)
  var name: String

  mutating func run(in session: inout Session) throws -> Outcome {
    let place = try Workplace(session)
    let repository = try place.openRepository()
    let ledger = try place.ledger()
    let tag: AnnotatedTag
    if let withdrawal = ledger.withdrawals.values.first(where: { $0.tag.name == name }) {
      tag = withdrawal.tag
    } else {
      tag = try ledger.baseline(named: name).tag
    }
    let person = try session.person(repository)
    do {
      try CoSignatures.add(to: tag, session.signing(repository), by: person, in: repository)
    } catch let failure as Signing.Failure {
      throw Failure(
        "it cannot be signed: \(failure.reason)", hint: "Look at user.signingkey and gpg.format")
    } catch let failure as GitError {
      throw Failure("the signature cannot be kept: \(failure.message)")
    }
    session.output +=
      "signed \(name)\npush it with: git push origin \(CoSignatures.reference)\n"
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
    let place = try Workplace(session)
    let repository = try place.openRepository()
    let ledger = try place.ledger()
    var pins = Pins(in: repository)
    var added = 0
    var moved: [String] = []
    let withdrawals = ledger.withdrawals.values.map(\.tag)
    for tag in ledger.baselines.map({ (name: $0.name, id: $0.tag.id) })
      + withdrawals.map({ (name: $0.name, id: $0.id) })
    {
      if let known = pins.all[tag.name] {
        if known != tag.id { moved.append(tag.name) }
      } else {
        pins.all[tag.name] = tag.id
        added += 1
      }
    }
    for name in moved {
      session.output +=
        "\(Standing.bad.word)  \(name)\n      error: it was moved since it was pinned\n"
    }
    guard pins.write() else {
      throw Failure("'\(pins.path)' cannot be written", hint: "Look at its permissions")
    }
    session.output += "pinned \(Count(added, "baseline")), \(pins.all.count) in all\n"
    return moved.isEmpty ? .clean : .errorsFound
  }
}

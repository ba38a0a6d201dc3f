import ArgumentParser
import Baselines
import Diagnostics
import Git
import SourceText

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
    help: ArgumentHelp(
      "Whose signatures count: a file of allowed signers, or a .yaml with roles.",
      valueName: "file"))
  var signers: String?

  @Option(help: ArgumentHelp("How many have to sign it at least.", valueName: "number"))
  var threshold = 0

  @Flag(help: "Take a baseline without a signature for a bad one.")
  var requireSignature = false

  @Option(help: ArgumentHelp("A signed manifest (DSSE) to verify too.", valueName: "file"))
  var dsse: String?

  @Flag(help: "Leave the check of the records by their schemas out.")
  var noCheck = false

  mutating func run(in session: inout Session) async throws -> Outcome {
    let repository = try Workplace(session).openRepository()
    var terms = Verification.Terms()
    if let signers { terms.use(try session.signers(in: signers)) }
    terms.threshold = threshold
    terms.requiresSignature = requireSignature
    terms.checksRecords = !noCheck
    terms.jobs = session.processorCount
    terms.pins = Pins(in: repository).all
    var wanted = names
    if wanted.isEmpty {
      wanted = try repository.baselines().map(\.name)
      wanted += terms.pins.keys.filter { name in
        // A withdrawal that is as it was has nothing more to verify.
        !wanted.contains(name)
          && !(Withdrawal.isName(name)
            && (try? repository.reference("refs/tags/" + name)) == terms.pins[name])
      }.sorted()
    }
    guard !wanted.isEmpty else {
      session.output += "there are no baselines\n"
      return .clean
    }
    var isGood = true
    for name in wanted {
      let verification = try await Verification(of: name, in: repository, terms)
      isGood = isGood && verification.isGood
      let names = verification.signers.map(\.name).joined(separator: ", ")
      let signer = names.isEmpty ? "" : ", signed by \(names)"
      let items = verification.items > 0 ? ": \(Count(verification.items, "item"))" : ""
      session.output +=
        "\(verification.isGood ? "good" : "BAD ")  \(name)\(items)\(signer)\n"
      for finding in verification.findings {
        session.output += "      \(finding.severity.rawValue): \(finding.text)\n"
      }
    }
    if let dsse {
      guard names.count == 1 else {
        throw Failure("--dsse goes with the name of one baseline")
      }
      isGood = try await verify(dsse, terms, &session) && isGood
    }
    return isGood ? .clean : .errorsFound
  }

  /// Verifies that an envelope holds the manifest of the baseline, and who signed it.
  private func verify(
    _ file: String, _ terms: Verification.Terms, _ session: inout Session
  ) async throws -> Bool {
    let place = try Workplace(session)
    let repository = try place.openRepository()
    let (manifest, _) = try await session.manifest(
      of: try repository.baseline(named: names[0]), place)
    guard let bytes = WorkTree.bytes(ofFile: session.absolute(file), limit: 1 << 30),
      let envelope = Envelope(bytes)
    else { throw Failure("'\(file)' is no envelope of a manifest") }
    guard envelope.payload == manifest.bytes else {
      session.output += "BAD   \(file): it holds another manifest than that of \(names[0])\n"
      for difference in manifest.differences(from: envelope.payload) {
        session.output += "      error: \(difference)\n"
      }
      return false
    }
    let signing = Signing(in: repository, signers: terms.signers.allowed, terms.tools)
    var isGood = !envelope.signatures.isEmpty
    if !isGood { session.output += "BAD   \(file): it is not signed\n" }
    for signature in envelope.signatures {
      let verdict = signing.verdict(
        on: signature, of: Envelope.encoding(of: envelope.payload), as: Envelope.namespace)
      switch verdict {
      case .good(let signer): session.output += "good  \(file): signed by \(signer.name)\n"
      case .bad(let reason):
        session.output += "BAD   \(file): its signature is not good: \(reason)\n"
        isGood = false
      case .unsigned: break
      }
    }
    return isGood
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
    if let fault = report.sorted.first(where: { $0.severity == .error }) {
      throw Failure("\(name): \(fault.message.text)")
    }
    return signers
  }
}

struct BaselineSign: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "sign", abstract: "Add a signature to a baseline",
    discussion: """
      A detached signature over the tag object, by the key of Git's settings, kept in the notes \
      \(CoSignatures.reference): the tag itself is never written again.
      """)

  @Argument(help: "The name of the baseline.")
  var name: String

  mutating func run(in session: inout Session) throws -> Outcome {
    let repository = try Workplace(session).openRepository()
    let baseline = try repository.baseline(named: name)
    let person = try session.person(repository)
    do {
      try CoSignatures.add(
        to: baseline.tag, Signing(in: repository), by: person, in: repository)
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
    let repository = try Workplace(session).openRepository()
    var pins = Pins(in: repository)
    var added = 0
    var moved: [String] = []
    let withdrawals = try repository.withdrawals().values.map(\.tag)
    for tag in try repository.baselines().map({ (name: $0.name, id: $0.tag.id) })
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
      session.output += "BAD   \(name)\n      error: it was moved since it was pinned\n"
    }
    guard pins.write() else {
      throw Failure("'\(pins.path)' cannot be written", hint: "Look at its permissions")
    }
    session.output += "pinned \(Count(added, "baseline")), \(pins.all.count) in all\n"
    return moved.isEmpty ? .clean : .errorsFound
  }
}

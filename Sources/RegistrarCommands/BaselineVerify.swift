import ArgumentParser
import Baselines
import Diagnostics
import Git

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

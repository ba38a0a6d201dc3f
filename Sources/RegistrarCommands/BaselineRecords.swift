import ArgumentParser
import Baselines
import Diagnostics
import Git
import Registry
import Rules
import SourceText

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
    commandName: "show",
    abstract: "Show what a baseline records: scope, dates, decisions, waivers, signers")

  @Argument(help: "The name of the baseline.")
  var name: String

  mutating func run(in session: inout Session) async throws -> Outcome {
    let place = try Workplace(session)
    let repository = try place.openRepository()
    let baseline = try repository.baseline(named: name)
    session.output += "\(baseline.name) (\(baseline.tag.id))\n"
    if let withdrawal = try repository.withdrawal(of: name) {
      session.output += "withdrawn by the decision \(withdrawal.decision)\n"
    }
    session.output += "commit \(baseline.tag.target)\ntagger \(baseline.tag.tagger)\n"
    let signing = Signing(in: repository)
    session.output += signing.verdict(on: baseline.tag).words + "\n"
    for verdict in try CoSignatures(of: baseline.tag, in: repository).verdicts(by: signing) {
      if case .good(let signer) = verdict {
        session.output += "signed by \(signer.name) as well\n"
      }
    }
    let tree = try place.tree(at: .revision(baseline.tag.target.description))
    var report = Report()
    if let snapshot = try await session.snapshot(tree, jobs: nil, into: &report) {
      let kept = snapshot.catalogue.baselineKind(of: name)?.registers
      session.output += "registers: \(kept?.joined(separator: ", ") ?? "all")\n"
      let index = RecordIndex(of: snapshot)
      Rule.check(index, into: &report)
      session.output +=
        Waivers(in: index)
        .apply(to: &report, index, today: Day(number: 0), isWhole: false).waivedLines
    }
    session.output += "\n" + baseline.tag.message
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

  @Flag(help: "Print it in an envelope (DSSE), signed by the key of Git's settings.")
  var dsse = false

  enum ManifestFormat: String, CaseIterable, ExpressibleByArgument {
    case json
    case csv
    case text
  }

  mutating func run(in session: inout Session) async throws -> Outcome {
    let place = try Workplace(session)
    let baseline = try place.openRepository().baseline(named: name)
    let (manifest, _) = try await session.manifest(of: baseline, place)
    if dsse {
      let signing = try Signing(in: place.openRepository())
      do throws(Signing.Failure) {
        let signature = try signing.signature(
          of: Envelope.encoding(of: manifest.bytes), as: Envelope.namespace)
        let envelope = Envelope(payload: manifest.bytes, signatures: [signature])
        session.output.add(escaped: String(decoding: envelope.bytes, as: UTF8.self))
      } catch {
        throw Failure(
          "it cannot be signed: \(error.reason)", hint: "Look at user.signingkey and gpg.format")
      }
      return .clean
    }
    switch format {
    // Nothing follows the last byte: the digest is that of the output.
    case .json: session.output.add(escaped: manifest.text)
    case .csv:
      session.output +=
        TextTable(
          header: ["sha256", "path"], rows: manifest.files.map { ["\($0.digest)", "\($0.path)"] }
        ).csv
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

import Accounts
import ArgumentParser
import Baselines
import Diagnostics
import Git
import Registry
import SourceText

struct BaselineExport: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a baseline as an archive for an auditor",
    discussion: """
      Its files, its manifest, its tag and signatures, and programs for sh and for Python that verify them \
      without Git and without registrar. The same baseline always gives the same bytes. The exit status is \
      that of 'registrar baseline verify'; a bad baseline is not written.
      """)

  @Argument(help: "The name of the baseline.", completion: .names)
  var name: String

  @Option(help: ArgumentHelp("Where to write it, as NAME.tar.gz.", valueName: "file"))
  var output: String

  @Option(
    help: ArgumentHelp(
      "A file of allowed signers to judge by, and to put beside it.", valueName: "file"))
  var signers: String?

  mutating func run(in session: inout Session) async throws -> Outcome {
    let place = try Workplace(session)
    let ledger = try place.ledger()
    let terms = try place.terms(session, signers: signers)
    try ledger.find(name, terms)
    let verification = await Verification(of: name, in: ledger, terms)
    guard verification.standing != .bad, let baseline = ledger[name]?.baseline else {
      session.tell(verification)
      session.errors += "'\(name)' is not what was approved, and nothing was written\n"
      return Outcome(verification.standing)
    }
    let content: (manifest: Manifest, tree: any SourceTree)
    do {
      content = try await session.manifest(of: baseline, place)
    } catch is SourceTreeError where verification.standing == .unclear {
      session.tell(verification)
      session.errors += "'\(name)' is not here as a whole, and nothing was written\n"
      return Outcome(.unclear)
    }
    let (manifest, tree) = content
    var story = Export.Story()
    story.withdrawal = verification.withdrawal
    story.verification = verification
    let snapshot = try await session.snapshotToShow(tree)
    story.title = snapshot.catalogue.title
    let signatures = try ledger.addedSignatures(on: baseline, terms)
    let export = Export(of: baseline, manifest, snapshot, signatures: signatures, story)
    let allowed = terms.signers.allowed.flatMap { WorkTree.bytes(ofFile: $0, limit: 1 << 24) }
    let bytes = try export.bytes(of: tree, allowedSigners: allowed)
    try session.write(bytes, to: output)
    session.output +=
      "wrote \(output): \(Count(manifest.files.count, "file")), \(Digest(of: bytes))\n"
    session.tell(verification)
    return Outcome(verification.standing)
  }
}

extension Session {
  /// Makes the manifest of a baseline again.
  mutating func manifest(
    of baseline: Baseline, _ place: Workplace
  ) async throws -> (Manifest, any SourceTree) {
    let tree = try place.tree(at: .revision(baseline.tag.target.description))
    let snapshot = try await snapshotToShow(tree)
    guard let kind = snapshot.catalogue.baselineKind(of: baseline.name) else {
      throw Failure(
        "the catalogue of \(tree.title) knows no kind of baseline for '\(baseline.name)'")
    }
    let manifest = try await Manifest(
      of: snapshot, in: tree, kind: kind, name: baseline.name, effective: baseline.effective ?? "",
      jobs: processorCount)
    return (manifest, tree)
  }
}

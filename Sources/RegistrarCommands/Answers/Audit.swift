import Accounts
import ArgumentParser
import Baselines
import Diagnostics
import Git
import Registry
import SourceText
import Syntax

struct Audit: AnswerCommand {
  static let configuration = CommandConfiguration(
    abstract: "Verify every baseline, decision and tag, and report it for an auditor",
    discussion: """
      The configuration audit of ISO 10007: each baseline is what its tag records, was decided by a \
      decision of the registers, and follows the one before; no tag has the name of a baseline and \
      records none; what changed since the last baselines and what is waived is told. A report in Markdown, or as JSON.
      """)

  @Option(
    help: ArgumentHelp(
      "Whose signatures count: a file of allowed signers, or a .yaml with roles.",
      valueName: "file"))
  var signers: String?

  @Option(
    name: .customLong("at"),
    help: ArgumentHelp("The version to tell of.", valueName: "revision"),
    completion: .names)
  var revision = "HEAD"

  @Option(help: "How to report.")
  var format: PageFormat = .markdown

  @OptionGroup var destination: Destination

  mutating func run(in session: inout Session) async throws -> Outcome {
    let place = try Workplace(session)
    let repository = try place.openRepository()
    guard !repository.isUnborn || revision != "HEAD" else {
      throw Failure("there is no commit yet")
    }
    let head = try place.tree(at: .revision(revision))
    let versions = session.versions
    let audit = try await ConfigurationAudit(
      at: head, today: session.today, place.ledger(), place.terms(session, signers: signers),
      ChangeReader(place, session), versions)
    session.note(versions)
    let page =
      switch format {
      case .markdown: try AuditPage(audit, of: head, on: session.today).text
      case .json: try audit.json(on: session.today).text + "\n"
      }
    session.output.add(escaped: page)
    if revision == "HEAD" { try session.noteUncommitted(repository) }
    return Outcome(audit.standing)
  }
}

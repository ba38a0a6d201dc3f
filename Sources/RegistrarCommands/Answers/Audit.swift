import Accounts
import ArgumentParser
import Baselines
import Diagnostics
import Git
import Publishing
import Registry
import SourceText
import Syntax

struct Audit: AnswerCommand {
  static let configuration = CommandConfiguration(
    abstract: "Verify every baseline, decision and tag, and report it for an auditor",
    discussion: """
      The configuration audit of ISO 10007: each baseline is what its tag records, was decided by a \
      decision of the registers, and follows the one before; no tag has the name of a baseline and \
      records none; what changed since the last baselines and what is waived is told. A report as text, Markdown, HTML, for Word, or as JSON.
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

  @Option(help: "How to report; without it as the ending of --output says, else as text.")
  var format: PaperFormat?

  @OptionGroup var destination: Destination

  mutating func validate() throws {
    try PaperFormat.check(format, for: destination)
  }

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
    let format = PaperFormat.chosen(format, for: destination)
    if format == .json {
      session.output.add(escaped: try audit.json(on: session.today).text + "\n")
    } else {
      let page = try AuditPage(
        audit, of: head.title, on: session.today, by: "registrar \(Registrar.version)",
        audit.check.map { lines(of: $0.report, head) } ?? []
      ).page
      session.tell(page, as: format, at: "\(session.today)T00:00:00Z")
    }
    if revision == "HEAD" { try session.noteUncommitted(repository) }
    return Outcome(audit.standing)
  }

  private func lines(of report: Report, _ head: any SourceTree) -> [String] {
    guard !report.isEmpty else { return [] }
    let context = ReportContext(
      tool: "registrar", version: Registrar.version,
      source: { path, _ in Findings.source(at: path, in: head) })
    return report.text(as: .concise, in: context).split(separator: "\n").map(String.init)
  }
}

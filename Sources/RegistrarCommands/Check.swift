import ArgumentParser
import Diagnostics
import Registry
import Rules
import SourceText

struct Check: SessionCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check the registers against their schemas and rules",
    discussion: """
      Reads every register of the catalogue and reports all that is wrong in one run. References \
      are followed over all registers, also where paths narrow the report.
      """)

  @Argument(help: "Report only what stands in these files and folders.")
  var paths: [String] = []

  @OptionGroup var source: SourceOptions

  @Option(help: "How to tell findings.")
  var format: ReportFormat = .full

  @Option(help: ArgumentHelp("How many files to work on at once.", valueName: "number"))
  var jobs: Int?

  mutating func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs takes a number from 1.") }
  }

  mutating func run(in session: inout Session) async throws -> Outcome {
    let start = session.clock()
    let place = try Workplace(session)
    var folders: [RepoPath] = []
    var isNarrowed = !paths.isEmpty
    for text in paths {
      if let path = try place.path(text, in: session) {
        folders.append(path)
      } else {
        isNarrowed = false
      }
    }
    let tree = try place.tree(at: source.source)
    var report = Report()
    let snapshot = try await session.snapshot(tree, jobs: jobs, into: &report)
    if let snapshot {
      let index = RecordIndex(of: snapshot)
      for rule in Rule.all { rule.check(index, into: &report) }
    }
    if isNarrowed {
      report.keep { finding in folders.contains { finding.range.path.isInside($0) } }
    }
    session.tell(
      report, as: format,
      summary: summary(of: report, snapshot, seconds: session.clock() - start),
      checked: snapshot?.files.map(\.path) ?? []
    ) { path in
      snapshot?.source(at: path) ?? Self.source(at: path, in: tree)
    }
    return report.hasErrors ? .errorsFound : .clean
  }

  /// Reads a file that no register or schema is, to show lines of it.
  private static func source(at path: RepoPath, in tree: any SourceTree) -> SourceFile? {
    guard let bytes = try? tree.bytes(of: path, limit: 1 << 24) else { return nil }
    return SourceFile(path: path, bytes: bytes)
  }

  private func summary(of report: Report, _ snapshot: Snapshot?, seconds: Double) -> String {
    let counts = [
      (report.sorted.count { $0.severity == .error }, "error"),
      (report.sorted.count { $0.severity == .warning }, "warning"),
    ].filter { $0.0 > 0 }.map { Count($0.0, $0.1).description }
    let found = counts.isEmpty ? "no problems" : counts.joined(separator: ", ")
    guard let snapshot else { return "nothing checked: \(found)\n" }
    let hundredths = Int((seconds * 100).rounded())
    let time = "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100) s"
    let items = Count(snapshot.recordCount, "record")
    let registers = Count(snapshot.catalogue.registers.count, "register")
    return "checked \(items) in \(registers) of \(snapshot.title) in \(time): \(found)\n"
  }
}

extension ReportFormat: ExpressibleByArgument {}

extension Session {
  /// Prints findings and a summary; where the findings are for a program the summary goes to people
  /// alone.
  mutating func tell(
    _ report: Report, as format: ReportFormat, summary: String, checked: [RepoPath],
    source: @escaping (RepoPath) -> SourceFile?
  ) {
    let context = ReportContext(
      tool: "registrar", version: Registrar.version, source: source,
      explanation: { Explanation.page(for: $0) }, checked: checked, usesColour: usesColour)
    output += report.text(as: format, in: context)
    switch format {
    case .full, .concise: output += (format == .full && !report.isEmpty ? "\n" : "") + summary
    case .json, .sarif, .github, .junit: errors += summary
    }
  }
}

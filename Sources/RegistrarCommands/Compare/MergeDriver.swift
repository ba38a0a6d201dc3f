import Accounts
import ArgumentParser
import Comparison
import Diagnostics
import Editing
import Git
import JSONSchema
import Registry
import SourceText
import Syntax

struct MergeDriver: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge-driver", abstract: "Merge a file of a register by what it says",
    discussion: """
      Git runs it where .gitattributes says merge=registrar and 'hook install' was run: \
      'registrar merge-driver %O %A %B %P %X %Y %L'. What both sides changed stays in the file between \
      Git's marks.

      Exit status: 0 clean, 1 conflicts, 129 the merge could not be made.
      """,
    shouldDisplay: false)

  /// The exit status by which Git knows that a driver failed; up to 128 it takes it for conflicts.
  static let failed: Int32 = 129

  /// What 'hook install' writes into Git's settings.
  static let commandLine = "registrar merge-driver %O %A %B %P %X %Y %L"

  @Argument(help: "The version that both sides come from.")
  var base: String

  @Argument(help: "Our version, where the result goes.")
  var ours: String

  @Argument(help: "Their version.")
  var theirs: String

  @Argument(help: "The path in the repository.")
  var path: String

  @Argument(help: "What the marks call our version.")
  var ourLabel: String?

  @Argument(help: "What the marks call their version.")
  var theirLabel: String?

  @Argument(help: "How many signs a mark has.")
  var size: String?

  mutating func run(in session: inout Session) throws -> Outcome {
    guard let path = RepoPath(path) else { throw Failure("'\(path)' is no path of a repository") }
    let labels = labels(session.environment)
    let names = [base, ours, theirs].map(session.absolute)
    let files = names.compactMap { name in
      WorkTree.bytes(ofFile: name, limit: SyntaxLimits().bytes)
        .map { SourceFile(path: path, bytes: $0) }
    }
    guard files.count == 3 else { return try mergeUnread(names, path, labels, &session) }
    let rules = Self.rules(for: path, in: session)
    let merge = ThreeWayMerge(
      base: files[0], ours: files[1], theirs: files[2], register: rules?.register,
      program: rules?.program, labels: labels
    ) { FileMerge.lines($0, $1, $2, labels) }
    guard FileWriter.replace(names[1], with: merge.bytes) else {
      throw Failure("'\(ours)' cannot be written")
    }
    return merge.conflicts == 0 ? .clean : .errorsFound
  }

  /// Returns what the marks say, where Git tells it: since 2.44 as words of the command, before by the
  /// name of what is merged.
  private func labels(_ environment: [String: String]) -> ConflictLabels {
    func label(_ word: String?, or other: String) -> String {
      let line = word?.prefix { !$0.isNewline } ?? ""
      return line.isEmpty || line == "%X" || line == "%Y" ? other : String(line)
    }
    let merged = environment.filter { $0.key.hasPrefix("GITHEAD_") }
    let name = merged.count == 1 ? merged.first?.value : nil
    let signs = size.flatMap { Int($0) } ?? 7
    return ConflictLabels(
      ours: label(ourLabel, or: "HEAD"), theirs: label(theirLabel, or: label(name, or: "theirs")),
      size: (7...1000).contains(signs) ? signs : 7)
  }

  /// Leaves a file that is too large to be compared to Git, and to whoever merges.
  private func mergeUnread(
    _ names: [String], _ path: RepoPath, _ labels: ConflictLabels, _ session: inout Session
  ) throws(Failure) -> Outcome {
    guard names.allSatisfy(FileWriter.exists),
      let outcome = FileMerge.mergeFile(names[1], names[0], names[2], labels), outcome < 128
    else { throw Failure("a version of '\(path)' cannot be read") }
    session.errors +=
      "registrar: '\(path)' is too large to be compared by what it says: look at the result\n"
    return .errorsFound
  }

  /// Returns the register that a file belongs to, and the schema of its records, as the work tree has
  /// them.
  private static func rules(
    for path: RepoPath, in session: Session
  ) -> (register: Register, program: JSONSchema.Program?)? {
    guard let place = try? Workplace(session), let root = place.root else { return nil }
    let tree = WorkTree(root: root)
    guard let catalogue = try? Rulebook.catalogue(of: tree) else { return nil }
    return FileMerge.rules(for: path, catalogue, in: tree)
  }
}

import Diagnostics
import Git
import Registry
import SourceText

/// What a check found, and where its places are.
struct Findings {
  var report: Report
  var waived = Report()
  let checked: [RepoPath]
  let summary: (String) -> String
  var snapshot: Snapshot?
  /// What judged each commit of a range, by its position.
  var rulebooks: [Int: Rulebook] = [:]
  /// Where the commits of a range are.
  var repository: Repository?
  private let tree: (any SourceTree)?
  private let previous: (any SourceTree)?

  init(
    _ report: Report, of tree: (any SourceTree)?, previous: (any SourceTree)?,
    checked: [RepoPath], summary: @escaping (String) -> String
  ) {
    self.report = report
    self.tree = tree
    self.previous = previous
    self.checked = checked
    self.summary = summary
  }

  /// Returns the begin of the last line, with the seconds that the check took.
  func summary(_ seconds: Double) -> String {
    let hundredths = Int((seconds * 100).rounded())
    let rest = hundredths % 100
    return summary("\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest) s")
  }

  /// Returns the text that a finding points into: of the version that was checked, or of the one
  /// before where the file is gone.
  func source(at path: RepoPath, in commit: Diagnostic.Commit?) -> SourceFile? {
    if let repository, let commit {
      guard let tree = try? CommitTree(at: commit.id, in: repository) else { return nil }
      return Self.source(at: path, in: tree)
        ?? (try? CommitTree(at: commit.id + "^", in: repository))
        .flatMap { Self.source(at: path, in: $0) }
    }
    if let known = snapshot?.source(at: path) { return known }
    return tree.flatMap { Self.source(at: path, in: $0) }
      ?? previous.flatMap { Self.source(at: path, in: $0) }
  }

  static func source(at path: RepoPath, in tree: any SourceTree) -> SourceFile? {
    guard let bytes = try? tree.bytes(of: path, limit: 1 << 24) else { return nil }
    return SourceFile(path: path, bytes: bytes)
  }
}

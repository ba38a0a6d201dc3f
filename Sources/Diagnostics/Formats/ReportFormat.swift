package import SourceText

/// A way to tell findings.
package enum ReportFormat: String, CaseIterable, Sendable {
  /// For people at a terminal: the lines in question with marks under them.
  case full = "text"
  /// One line a finding, as compilers print and editors read.
  case concise
  /// One object, for programs.
  case json
  /// SARIF 2.1.0 (OASIS), for code scanning.
  case sarif
  /// Commands that GitHub Actions shows beside a change.
  case github
  /// JUnit's XML, for test reports of build servers.
  case junit
}

/// What a format needs beside the findings.
package struct ReportContext {
  /// What checked.
  package let tool: String
  package let version: String
  /// Returns the text that findings of a commit, or of the one source, point into, where it could be
  /// read.
  package let source: (RepoPath, Diagnostic.Commit?) -> SourceFile?
  /// Returns the page of a code.
  package let explanation: (Diagnostic.Code) -> Explanation?
  /// The files that were checked, for formats that list what is in order too.
  package let checked: [RepoPath]
  /// Whether the terminal shows colours.
  package let usesColour: Bool

  package init(
    tool: String, version: String, source: @escaping (RepoPath, Diagnostic.Commit?) -> SourceFile?,
    explanation: @escaping (Diagnostic.Code) -> Explanation? = { _ in nil },
    checked: [RepoPath] = [], usesColour: Bool = false
  ) {
    self.tool = tool
    self.version = version
    self.source = source
    self.explanation = explanation
    self.checked = checked
    self.usesColour = usesColour
  }
}

extension Report {
  /// Returns the findings as text, in the order of their places.
  ///
  /// For people, of one kind in one file the first are told and the others counted; programs get all.
  ///
  /// - Parameters:
  ///   - format: How to tell them.
  ///   - context: What the format needs beside them.
  /// - Returns: Whole lines.
  package func text(as format: ReportFormat, in context: ReportContext) -> String {
    var places = Places(source: context.source)
    switch format {
    case .full:
      let (shown, rest) = shortened
      let text = FullFormat(context: context).text(of: shown, &places)
      return rest.isEmpty ? text : text + "\n" + rest
    case .concise:
      let (shown, rest) = shortened
      return ConciseFormat().text(of: shown, &places) + rest
    case .json: return JSONFormat(context: context).text(of: sorted, &places)
    case .sarif: return SARIFFormat(context: context).text(of: sorted, &places)
    case .github: return GitHubFormat().text(of: sorted, &places)
    case .junit: return JUnitFormat(context: context).text(of: sorted, &places)
    }
  }
}

extension Report {
  /// How many findings of one kind in one file people are shown.
  private static var mostAlike: Int { 100 }

  private struct Kind: Hashable {
    let path: RepoPath
    let commit: Int?
    let code: Diagnostic.Code
  }

  /// The findings that people are shown, and lines that tell how many more there are of each kind.
  private var shortened: (shown: [Diagnostic], rest: String) {
    var counts: [Kind: Int] = [:]
    var full: [Kind] = []
    let shown = sorted.filter { finding in
      let kind = Kind(
        path: finding.range.path, commit: finding.commit?.position, code: finding.code)
      counts[kind, default: 0] += 1
      let count = counts[kind, default: 0]
      if count == Self.mostAlike + 1 { full.append(kind) }
      return count <= Self.mostAlike
    }
    let rest = full.map { kind in
      let more = Count((counts[kind] ?? 0) - Self.mostAlike, "more finding")
      return
        "\(kind.path.string.visibleOnOneLine): … and \(more) of \(kind.code.rawValue) in this file; "
        + "see all with: --format json\n"
    }
    return (shown, rest.joined())
  }
}

/// Lines and columns of findings; the lines of each file are counted once.
struct Places {
  /// A file of a commit.
  private struct Key: Hashable {
    let path: RepoPath
    let commit: Int?
  }

  /// The commit of the finding at hand.
  var commit: Diagnostic.Commit?
  private let source: (RepoPath, Diagnostic.Commit?) -> SourceFile?
  private var known: [Key: (file: SourceFile, lines: LineIndex)?] = [:]

  init(source: @escaping (RepoPath, Diagnostic.Commit?) -> SourceFile?) {
    self.source = source
  }

  mutating func text(of path: RepoPath) -> (file: SourceFile, lines: LineIndex)? {
    let key = Key(path: path, commit: commit?.position)
    if let text = known[key] { return text }
    let text = source(path, commit).map { ($0, LineIndex($0)) }
    known[key] = .some(text)
    return text
  }

  /// Returns where a range begins and ends, or `nil` where the file's text is not at hand.
  mutating func position(of range: SourceRange) -> (start: LineColumn, end: LineColumn)? {
    guard let text = text(of: range.path) else { return nil }
    return (
      text.lines.position(at: range.offsets.lowerBound),
      text.lines.position(at: range.offsets.upperBound)
    )
  }
}

import Accounts
import Diagnostics
import Editing
import Git
import Registry
import Rules
import SourceText

/// What is done about findings that have a remedy.
struct Fixes {
  private let place: Workplace
  private let tree: any SourceTree
  private let isDryRun: Bool
  /// What was asked for by findings of a code that is to be mended, or left, from now on.
  private var answers: [Diagnostic.Code: Bool] = [:]
  private var isOver = false
  /// How many findings are left since nobody could be asked.
  private var unasked = 0

  /// Prepares mending.
  ///
  /// - Parameters:
  ///   - place: Where the user is.
  ///   - tree: The work tree.
  ///   - isDryRun: Whether nothing is to be written.
  init(_ place: Workplace, _ tree: any SourceTree, isDryRun: Bool) {
    (self.place, self.tree, self.isDryRun) = (place, tree, isDryRun)
  }

  /// Mends findings, and writes what was mended.
  ///
  /// - Parameters:
  ///   - findings: What a check found of the work tree.
  ///   - isInScope: Whether a finding is one of those that were asked for.
  ///   - session: Who is asked, and where output goes.
  ///   - check: Checks another tree.
  /// - Returns: What a check finds now.
  /// - Throws: `Failure` where something cannot be written, and what checking throws.
  mutating func apply(
    to findings: Findings, where isInScope: (Diagnostic) -> Bool, _ session: inout Session,
    check: @escaping (any SourceTree) async throws -> Findings
  ) async throws -> Findings {
    guard let snapshot = findings.snapshot else { return findings }
    let unmerged = Set(
      try (tree as? CheckedOutTree)?.unmerged(under: Catalogue.folders) ?? [])
    var mending = Mending(tree, (findings.report, RecordIndex(of: snapshot))) { tree in
      let findings = try await check(tree)
      return findings.snapshot.map { (findings.report, RecordIndex(of: $0)) }
    }
    var (fixes, asking) = (self, session)
    var asked: Set<String> = []
    try await mending.run { finding in
      guard isInScope(finding), !unmerged.contains(finding.range.path) else { return false }
      return fixes.isWanted(finding, findings, &asked, &asking)
    }
    (self, session) = (fixes, asking)
    return try await finish(mending, findings, check, &session)
  }

  private mutating func isWanted(
    _ finding: Diagnostic, _ findings: Findings, _ asked: inout Set<String>,
    _ session: inout Session
  ) -> Bool {
    guard let remedy = finding.remedy else { return false }
    guard remedy.changesMeaning else { return true }
    if let answer = answers[finding.code] { return answer }
    let name = Self.line(for: finding, findings)
    guard let ask = session.ask, !isOver else {
      if asked.insert(name).inserted { unasked += 1 }
      return false
    }
    guard asked.insert(name).inserted else { return false }
    let question =
      "\(name): \(finding.message.text.visibleOnOneLine)\n"
      + "\(remedy.words.visibleOnOneLine)? [y]es, [n]o, [a]ll of \(finding.code.rawValue), [q]uit: "
    switch ask(question)?.lowercased().first {
    case "y": return true
    case "a":
      answers[finding.code] = true
      return true
    case "q", nil: isOver = true
    default: break
    }
    return false
  }

  /// Says what was mended, and writes it.
  private func finish(
    _ mending: Mending, _ before: Findings, _ check: (any SourceTree) async throws -> Findings,
    _ session: inout Session
  ) async throws -> Findings {
    for finding in mending.mended {
      session.errors +=
        "\(isDryRun ? "would be fixed" : "fixed"): \(Self.line(for: finding, before)): "
        + "\(finding.remedy?.words ?? "") [\(finding.code.rawValue)]\n"
    }
    for finding in mending.followed {
      session.errors +=
        "and with it: \(finding.range.path): \(finding.remedy?.words ?? "") [\(finding.code.rawValue)]\n"
    }
    for finding in mending.refused {
      session.errors +=
        "left: \(Self.line(for: finding, before)): another finding would "
        + "come of it: \(finding.remedy?.words ?? "") [\(finding.code.rawValue)]\n"
    }
    if unasked > 0 {
      session.errors +=
        "left: \(Count(unasked, "finding")) whose remedy changes what is said; you are asked about each on a terminal\n"
    }
    let edits = mending.editor.edits
    guard !edits.isEmpty else { return before }
    // What was tried last need not be what is kept.
    let after = try await check(mending.editor.tree)
    guard !isDryRun else {
      session.errors += "nothing is written: --dry-run\n"
      return after
    }
    try EditWriter(place).write(edits)
    try tellStaged(edits, &session)
    return after
  }

  /// Says of which files something else is staged: what is staged stays as it is.
  private func tellStaged(_ edits: [FileEdit], _ session: inout Session) throws {
    guard place.repository != nil, let head = try place.headTree() else { return }
    let staged = try place.tree(at: .index)
    for edit in edits {
      let own = try? staged.bytes(of: edit.path, limit: .max)
      guard own != (try? head.bytes(of: edit.path, limit: .max)) else { continue }
      session.errors +=
        "note: what is staged of '\(edit.path)' is as it was; stage it again with git add\n"
    }
  }

  /// Returns where a finding stands, as compilers say it.
  private static func line(for finding: Diagnostic, _ findings: Findings) -> String {
    let path = finding.range.path
    guard let source = findings.source(at: path, in: nil) else { return path.string }
    let place = LineIndex(source).position(at: finding.range.offsets.lowerBound)
    return "\(path):\(place.line):\(place.column)"
  }
}

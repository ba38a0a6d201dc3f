import Accounts
import ArgumentParser
import Diagnostics
import Git
import History
import Registry
import Rules
import SourceText
import Syntax

struct Check: AnswerCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check the registers against their schemas and rules",
    discussion: """
      Reads every register of the catalogue and reports all that is wrong in one run. References \
      are followed over all registers, also where words narrow the report.

      With --against the way from an earlier revision is checked too: states that may not follow \
      each other, histories that were rewritten, records that are gone. --staged compares with HEAD. \
      --new-since leaves out what was wrong before, and reads no more than it must. --range checks \
      every commit of a range against its parents.

      --fix takes findings of the work tree away whose remedy is one edit. Each is tried first: it must take its \
      finding away and bring none. What changes what is said is asked about on a terminal, and left elsewhere.
      """)

  @Argument(
    help: "Report only what stands in these registers, items, files and folders.",
    completion: .names)
  var words: [String] = []

  @OptionGroup var source: SourceOptions

  @Option(
    help: ArgumentHelp("Check the way from this revision too.", valueName: "revision"),
    completion: .names)
  var against: String?

  @Option(
    help: ArgumentHelp("Report only what was not wrong at this revision.", valueName: "revision"),
    completion: .names)
  var newSince: String?

  @Option(
    help: ArgumentHelp(
      "Check every commit that the second revision has and the first has not.",
      valueName: "first..second"),
    completion: .names)
  var range: String?

  @Flag(help: "Show the findings that are waived too.")
  var waived = false

  @Flag(help: "Mend what one edit mends, in the work tree, and report what is left.")
  var fix = false

  @Flag(help: "With --fix: say what would be mended, and write nothing.")
  var dryRun = false

  @Option(help: "How to tell findings.")
  var format: ReportFormat = .full

  @OptionGroup var destination: Destination

  @Option(help: ArgumentHelp("How many files to work on at once.", valueName: "number"))
  var jobs: Int?

  mutating func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs takes a number from 1.") }
    if against != nil, newSince != nil {
      throw ValidationError("--new-since checks the way from its revision; leave --against out.")
    }
    if fix, source.staged || source.revision != nil || newSince != nil || range != nil {
      throw ValidationError("--fix mends the work tree; leave the revisions out.")
    }
    if dryRun, !fix { throw ValidationError("--dry-run goes with --fix.") }
    guard range != nil else { return }
    if source.staged || source.revision != nil || against != nil || newSince != nil {
      throw ValidationError(
        "--range checks each commit against its parents; leave the other revisions out.")
    }
  }

  mutating func run(in session: inout Session) async throws -> Outcome {
    let start = session.clock()
    let place = try Workplace(session)
    var findings: Findings
    if let range {
      findings = try await check(range, at: place, session)
    } else if let newSince {
      findings = try await checkNew(since: newSince, at: place, session)
    } else {
      let tree = try place.tree(at: source.source)
      findings = try await checkAll(tree, at: place, &session)
    }
    // Where the catalogue cannot be read, that is the answer, whatever was asked for.
    let whole = findings
    let named =
      findings.snapshot == nil && findings.report.hasErrors && range == nil
      ? [] : try await place.words(words, in: try trees(at: place), session)
    if !named.isEmpty {
      let scope = try CheckScope(named, findings)
      findings.report.keep(where: scope.contains)
      findings.waived.keep(where: scope.contains)
    }
    if fix { findings = try await mend(whole, named, at: place, &session) }
    let isBroken = findings.report.hasErrors
    let count = Count(findings.waived.sorted.count, "finding").description
    let scope = named.isEmpty ? "" : ", shown for \(named.map(\.text).joined(separator: ", "))"
    let summary =
      findings.summary(session.clock() - start) + scope + ": " + findings.report.counts
      + (findings.waived.isEmpty ? "\n" : ", \(count) waived\n")
    if waived { findings.report.merge(findings.waived) }
    session.tell(
      findings.report, as: format, summary: summary, checked: findings.checked,
      source: findings.source)
    return isBroken ? .errorsFound : .clean
  }

  /// Returns the versions that a word may name something of: what is gone was in the earlier one.
  private func trees(at place: Workplace) throws(Failure) -> [any SourceTree] {
    if let range, let dots = range.firstRange(of: "..") {
      let tip = range[dots.upperBound...]
      return [try place.tree(at: .revision(tip.isEmpty ? "HEAD" : String(tip)))]
    }
    let tree = try place.tree(at: source.source)
    if let earlier = against ?? newSince, place.isRevision(earlier) {
      return [tree, try place.tree(at: .revision(earlier))]
    }
    return [tree] + (try source.revision == nil ? [place.headTree()].compactMap(\.self) : [])
  }

  /// Mends what was found, and returns what is found then.
  private func mend(
    _ findings: Findings, _ named: [Word], at place: Workplace, _ session: inout Session
  ) async throws -> Findings {
    let tree = try place.tree(at: .workTree)
    var fixes = Fixes(place, tree, isDryRun: dryRun)
    let scope = named.isEmpty ? nil : try CheckScope(named, findings)
    var quiet = session
    quiet.showProgress = nil
    let check = { [self] (changed: any SourceTree) async throws -> Findings in
      var quiet = quiet
      var findings = try await checkAll(changed, at: place, &quiet)
      try addUnseen(in: tree, findings.snapshot?.catalogue, to: &findings.report)
      return findings
    }
    var left = try await fixes.apply(
      to: findings, where: { scope?.contains($0) ?? true }, &session, check: check)
    if let scope {
      left.report.keep(where: scope.contains)
      left.waived.keep(where: scope.contains)
    }
    return left
  }

  /// Checks everything, and the way from an earlier version where there is one to compare with.
  private func checkAll(
    _ tree: any SourceTree, at place: Workplace, _ session: inout Session
  ) async throws -> Findings {
    let earlier = try against.map { name throws(Failure) in
      try place.tree(at: .revision(name))
    }
    var report = Report()
    let snapshot = try await session.snapshot(tree, jobs: jobs, into: &report)
    guard let snapshot else {
      return Findings(report, of: tree, previous: nil, checked: []) { _ in "nothing checked" }
    }
    try addUnseen(in: tree, snapshot.catalogue, to: &report)
    let index = RecordIndex(of: snapshot)
    var accepted = Report()
    let steps = try await way(to: tree, index, since: earlier, at: place, session)
    if let state = steps.last?.state {
      report.merge(state)
      Rule.tidy(&report, of: index)
    } else {
      Rule.check(index, jobs: jobs, into: &report)
    }
    report.merge(
      Way.report(of: steps, to: index, today: session.today, waived: &accepted))
    accepted.merge(
      Waivers(in: index)
        .apply(to: &report, index, today: session.today, isWhole: words.isEmpty))
    let items = Count(snapshot.recordCount, "record")
    let registers = Count(snapshot.catalogue.registers.count, "register")
    let before = try earlier ?? (source.revision == nil ? place.headTree() : nil)
    let way = (source.staged ? before : earlier).map { ", from \($0.title)" } ?? ""
    var findings = Findings(
      report, of: tree, previous: before, checked: snapshot.files.map(\.path)
    ) { seconds in
      "checked \(items) in \(registers) of \(snapshot.title)\(way) in \(seconds)"
    }
    findings.snapshot = snapshot
    findings.waived = accepted
    findings.repository = place.repository
    return findings
  }

  /// Judges the way to a version: the commits since an earlier one, and the step from the last commit to
  /// index or work tree.
  ///
  /// - Parameters:
  ///   - tree: The version.
  ///   - index: Its records, where all were read.
  ///   - earlier: The earlier version; `nil` where only the last step is asked for.
  ///   - place: Where it is.
  ///   - session: How many processors there are.
  /// - Returns: What is wrong with each step; none outside of Git.
  /// - Throws: `GitError` or `SourceTreeError` where a version cannot be read.
  private func way(
    to tree: any SourceTree, _ index: RecordIndex?, since earlier: (any SourceTree)?,
    at place: Workplace, _ session: Session
  ) async throws -> [Way.Found] {
    guard let repository = place.repository else { return [] }
    let start = (earlier as? CommitTree)?.commit
    let end: Way.End
    if let commit = (tree as? CommitTree)?.commit {
      guard start != nil else { return [] }
      end = .commit(commit)
    } else {
      end = .desk(try Desk(in: repository))
    }
    var way = Way(in: repository, jobs: jobs ?? session.processorCount)
    return try await way.found(to: tree, index, at: end, since: start)
  }

  /// Adds the files that a merge left in conflict and whose words do not show it, and those that a register has
  /// and Git ignores.
  private func addUnseen(
    in tree: any SourceTree, _ catalogue: Catalogue?, to report: inout Report
  ) throws {
    guard let tree = tree as? CheckedOutTree else { return }
    for path in tree.ignored.sorted() {
      guard let catalogue, catalogue.registers.contains(where: { $0.claims(path) }) else {
        continue
      }
      report.add(.ignored(path))
    }
    let told = Set(report.sorted.filter { $0.code == .conflict }.map(\.range.path))
    for path in try tree.unmerged(under: Catalogue.folders) where !told.contains(path) {
      if let finding = Diagnostic.misplaced(TreeEntry(path: path, kind: .conflict)) {
        report.add(finding)
      }
    }
  }

  /// Checks what changed since a revision.
  private func checkNew(
    since revision: String, at place: Workplace, _ session: Session
  ) async throws -> Findings {
    let tree = try place.tree(at: source.source)
    // Before the first commit everything is new.
    let isFirst = revision == "HEAD" && place.repository?.isUnborn == true
    let earlier: any SourceTree =
      isFirst ? MemoryTree([:], title: "nothing") : try place.tree(at: .revision(revision))
    let changes = try TreeChange.between(earlier, tree, under: Catalogue.folders)
    let increment = try await Increment.check(
      from: earlier, to: tree, changes, jobs: jobs ?? session.processorCount)
    var report = increment.state
    report.tellUnjudgedOnce()
    try addUnseen(in: tree, increment.current?.snapshot.catalogue, to: &report)
    var waived = Report()
    let steps = try await way(to: tree, nil, since: earlier, at: place, session)
    report.merge(Way.report(of: steps, to: nil, today: session.today, waived: &waived))
    if let index = increment.current {
      waived.merge(
        Waivers(in: index).apply(to: &report, index, today: session.today, isWhole: false))
    }
    let files = Count(changes.count, "changed file")
    var findings = Findings(
      report, of: tree, previous: earlier, checked: changes.compactMap(\.new?.path)
    ) { seconds in
      "checked \(files) of \(tree.title) since \(earlier.title) in \(seconds)"
    }
    findings.snapshot = increment.current?.snapshot
    findings.waived = waived
    findings.repository = place.repository
    return findings
  }

  /// Whether a range begins at a commit that is in no clone: forges name that before a new branch with
  /// zeros, and that before a push by force by its id.
  private func isMissing(
    _ name: Substring, _ repository: Repository
  ) throws(GitError) -> Bool {
    guard let id = ObjectID(hexadecimal: String(name)) else { return false }
    if repository.isShallow { return false }
    return try repository.kind(of: id) == nil
  }

  /// Checks each commit of a range.
  private func check(
    _ range: String, at place: Workplace, _ session: Session
  ) async throws -> Findings {
    guard let repository = place.repository else {
      throw Failure("there is no Git repository here", hint: "Run the command inside of one")
    }
    guard let dots = range.firstRange(of: ".."), !range.contains("...") else {
      throw Failure("'\(range)' is no range", hint: "Write two revisions: --range main..HEAD")
    }
    let names = (range[..<dots.lowerBound], range[dots.upperBound...])
    let tip = try place.commit(names.1.isEmpty ? "HEAD" : String(names.1))
    let commits: [Commit]
    var title = range
    if names.0.isEmpty {
      commits = try repository.commits(from: nil, to: tip)
    } else if try isMissing(names.0, repository) {
      commits = try repository.commits(onlyAt: tip)
      title +=
        " (it begins at no commit here, as for a new branch or after a push by force: what no other "
      title += "branch and no tag has)"
    } else {
      let start = try place.commit(String(names.0))
      commits = try repository.commits(from: start, to: tip)
      if start == tip {
        title += " (both are the same commit)"
      } else if commits.isEmpty {
        let end = names.1.isEmpty ? "HEAD" : String(names.1)
        throw Failure(
          "'\(range)' holds no commits: '\(end)' comes before '\(names.0)', and a range goes from the "
            + "earlier to the later one",
          hint: "Write: --range \(end)..\(names.0)")
      }
    }
    var report = Report()
    var waived = Report()
    var check = RangeCheck(in: repository, jobs: jobs ?? session.processorCount)
    let today = session.today
    var rulebooks: [Int: Rulebook] = [:]
    try await check.check(commits) { increment, commit in
      var found = increment.found
      if let index = increment.current {
        rulebooks[commit.position] = index.snapshot.rulebook
        var accepted = Waivers(in: index).apply(to: &found, index, today: today, isWhole: false)
        accepted.assign(commit)
        waived.merge(accepted)
      }
      found.assign(commit)
      report.merge(found)
    }
    let items = Count(commits.count, "commit")
    var findings = Findings(report, of: nil, previous: nil, checked: []) { seconds in
      "checked \(items) of \(title) in \(seconds)"
    }
    findings.waived = waived
    findings.repository = repository
    findings.rulebooks = rulebooks
    return findings
  }
}

extension Report {
  /// How many errors and warnings there are, in words.
  fileprivate var counts: String {
    let sorted = sorted
    let counts = [
      (sorted.count { $0.severity == .error }, "error"),
      (sorted.count { $0.severity == .warning }, "warning"),
      (sorted.count { $0.severity == .note }, "note"),
    ].filter { $0.0 > 0 }.map { Count($0.0, $0.1).description }
    return counts.isEmpty ? "no problems" : counts.joined(separator: ", ")
  }
}

extension ReportFormat: ExpressibleByArgument {}

extension Session {
  /// Prints findings and a summary; where the findings are for a program the summary goes to people
  /// alone.
  mutating func tell(
    _ report: Report, as format: ReportFormat, summary: String, checked: [RepoPath],
    source: @escaping (RepoPath, Diagnostic.Commit?) -> SourceFile?
  ) {
    let context = ReportContext(
      tool: "registrar", version: Registrar.version, source: source,
      explanation: { Explanation.page(for: $0) }, checked: checked, usesColour: usesColour)
    output.add(escaped: report.text(as: format, in: context))
    switch format {
    case .full, .concise: output += (format == .full && !report.isEmpty ? "\n" : "") + summary
    case .json, .sarif, .github, .junit: errors += summary
    }
  }
}
